"""Accounts in the user pool: made, confirmed and opened again by our own calls.

Nobody learns here whether an address has an account: what the pool says of one is told as if there were none, and the
other way round. Source of the errors:
https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html and its neighbours.
"""

from collections.abc import Awaitable, Iterable
from typing import TYPE_CHECKING

import structlog
from botocore.exceptions import BotoCoreError, ClientError

from server.auth.problems import CodeRefused, PasswordRefused, SignInUnavailable, SignUpRefused, TooManyTries

if TYPE_CHECKING:
    from types_aiobotocore_cognito_idp import CognitoIdentityProviderClient
    from types_aiobotocore_cognito_idp.type_defs import AttributeTypeTypeDef

log = structlog.get_logger(__name__)

KNOWN_ALREADY = ("UsernameExistsException", "AliasExistsException")
NO_MAIL_DUE = (
    "CodeDeliveryFailureException",
    "InvalidParameterException",  # the account is confirmed already, or its address is not verified
    "LimitExceededException",  # of one account: only those that exist have had too many
    "NotAuthorizedException",
    "UserNotConfirmedException",
    "UserNotFoundException",
)
CODE_WRONG = (
    "AliasExistsException",
    "CodeMismatchException",
    "ExpiredCodeException",
    "InvalidParameterException",
    "LimitExceededException",
    "NotAuthorizedException",  # the account is confirmed already, or disabled
    "TooManyFailedAttemptsException",
    "UserNotConfirmedException",
    "UserNotFoundException",
)
PASSWORD_WRONG = ("InvalidPasswordException", "PasswordHistoryPolicyViolationException")
SIGN_UP_WRONG = ("InvalidParameterException", "NotAuthorizedException", "UserLambdaValidationException")
TOO_MANY = ("LimitExceededException", "TooManyRequestsException", "ThrottlingException")


class Registration:
    """Calls the pool as our own client of it, one without a secret; such calls are not signed."""

    def __init__(self, pool: "CognitoIdentityProviderClient", client_id: str) -> None:
        self._pool = pool
        self._client_id = client_id

    async def sign_up(self, email: str, password: str, name: str, language: str | None) -> None:
        """Make an account, to which the pool mails a code; where there is one already, nothing happens.

        Raises:
            PasswordRefused: the pool asks more of a password.
            SignUpRefused: the pool does not take this person.
            TooManyTries: the pool is asked too much right now.
            SignInUnavailable: the pool does not answer.
        """
        attributes: list[AttributeTypeTypeDef] = [{"Name": "email", "Value": email}, {"Name": "name", "Value": name}]
        if language is not None:
            attributes.append({"Name": "locale", "Value": language})
        asked = self._pool.sign_up(
            ClientId=self._client_id, Username=email, Password=password, UserAttributes=attributes
        )
        await _ask(asked, as_if_done=KNOWN_ALREADY)

    async def confirm(self, email: str, code: str) -> None:
        """Confirm that an account's address is its owner's.

        Raises:
            CodeRefused: the code does not hold.
            TooManyTries, SignInUnavailable: as above.
        """
        asked = self._pool.confirm_sign_up(ClientId=self._client_id, Username=email, ConfirmationCode=code)
        await _ask(asked, code_wrong=CODE_WRONG)

    async def resend_code(self, email: str) -> None:
        """Have the code of a new account mailed again, if there is such an account.

        Raises:
            TooManyTries, SignInUnavailable: as above.
        """
        asked = self._pool.resend_confirmation_code(ClientId=self._client_id, Username=email)
        await _ask(asked, as_if_done=NO_MAIL_DUE)

    async def forgot_password(self, email: str) -> None:
        """Have a code mailed by which a new password can be set, if there is such an account.

        Raises:
            TooManyTries, SignInUnavailable: as above.
        """
        await _ask(self._pool.forgot_password(ClientId=self._client_id, Username=email), as_if_done=NO_MAIL_DUE)

    async def reset_password(self, email: str, code: str, password: str) -> None:
        """Set a new password.

        Raises:
            CodeRefused: the code does not hold.
            PasswordRefused, TooManyTries, SignInUnavailable: as above.
        """
        asked = self._pool.confirm_forgot_password(
            ClientId=self._client_id, Username=email, ConfirmationCode=code, Password=password
        )
        await _ask(asked, code_wrong=CODE_WRONG)


async def _ask(asked: Awaitable[object], as_if_done: Iterable[str] = (), code_wrong: Iterable[str] = ()) -> None:
    """Wait for the pool's answer, and tell its refusal as one of ours; botocore's messages may name the person."""
    try:
        await asked
    except BotoCoreError as error:
        log.warning("the user pool is away", error=type(error).__name__)
        raise SignInUnavailable from None
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in as_if_done:
            log.info("the user pool had nothing to do", reason=code)
            return
        if code in code_wrong:
            raise CodeRefused from None
        raise _told(code, error.response["Error"].get("Message", "")) from None


def _told(code: str, message: str) -> Exception:
    """Tell what does not depend on whose address it is."""
    if code in PASSWORD_WRONG:
        return PasswordRefused(message.rpartition("policy: ")[2])
    if code in SIGN_UP_WRONG:
        return SignUpRefused()
    if code in TOO_MANY:
        return TooManyTries()
    log.warning("the user pool refused", reason=code)
    return SignInUnavailable()
