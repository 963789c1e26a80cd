"""Signing up, confirming and forgotten passwords over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, status

from server.auth import signing_in
from server.auth.problems import CodeRefused, PasswordRefused, SignInUnavailable, SignUpRefused, TooManyTries
from server.auth.registration import Registration
from server.auth.registration_schemas import Accepted, Address, Confirmation, NewPassword, SignUp
from server.problems import problems
from server.unit_of_work import Work

router = APIRouter(prefix="/auth", tags=["auth"], responses=problems(TooManyTries, SignInUnavailable))


def get_registration(request: Request) -> Registration:
    """Return the way to the pool's accounts."""
    registration: Registration = request.app.state.registration
    return registration


Accounts = Annotated[Registration, Depends(get_registration)]


@router.post("/sign-up", status_code=status.HTTP_202_ACCEPTED, responses=problems(SignUpRefused, PasswordRefused))
async def sign_up(wish: SignUp, accounts: Accounts) -> Accepted:
    """Make an account; the code that confirms it goes to the address."""
    await accounts.sign_up(wish.email, wish.password.get_secret_value(), wish.name, wish.language)
    return Accepted()


@router.post("/confirm", status_code=status.HTTP_204_NO_CONTENT, responses=problems(CodeRefused))
async def confirm_sign_up(confirmation: Confirmation, accounts: Accounts) -> None:
    """Confirm an account by the code that was mailed; then one can sign in."""
    await accounts.confirm(confirmation.email, confirmation.code)


@router.post("/resend-code", status_code=status.HTTP_202_ACCEPTED)
async def resend_code(address: Address, accounts: Accounts) -> Accepted:
    """Have the code of a new account mailed again."""
    await accounts.resend_code(address.email)
    return Accepted()


@router.post("/forgot-password", status_code=status.HTTP_202_ACCEPTED)
async def forget_password(address: Address, accounts: Accounts) -> Accepted:
    """Have a code mailed by which a new password can be set."""
    await accounts.forgot_password(address.email)
    return Accepted()


@router.post(
    "/reset-password", status_code=status.HTTP_204_NO_CONTENT, responses=problems(CodeRefused, PasswordRefused)
)
async def reset_password(wish: NewPassword, accounts: Accounts, work: Work) -> None:
    """Set a new password by the code that was mailed, and end every session of the person."""
    await signing_in.reset_password(work, accounts, wish.email, wish.code, wish.password.get_secret_value())
