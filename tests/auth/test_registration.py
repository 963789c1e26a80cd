"""Accounts in the user pool, by our own calls."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from aiobotocore.config import AioConfig
from fastapi import FastAPI

from server.audit.models import Action
from server.auth.registration import Registration
from server.aws.clients import HASTY, Clients, open_clients
from server.local.backing import Backing
from server.settings import Settings
from tests.auth.conftest import Town, bearer
from tests.client.fake import Fake, fake_server, says
from tests.swapping import instead

PASSWORD, OTHER = "Correct-horse-7", "Battery-staple-8"
BODIES: dict[str, dict[str, str]] = {
    "sign-up": {"email": "eve@example.com", "password": PASSWORD, "name": "Eve", "language": "en"},
    "confirm": {"email": "eve@example.com", "code": "000000"},
    "resend-code": {"email": "eve@example.com"},
    "forgot-password": {"email": "eve@example.com"},
    "reset-password": {"email": "eve@example.com", "code": "000000", "password": PASSWORD},
}


@pytest.fixture
def client_id(services: Backing) -> str:
    """Our own client of the local pool."""
    return services.environment["COGNITO_CLIENT_IDS"]


@pytest.fixture
async def local_pool(running_app: FastAPI, clients: Clients, client_id: str) -> AsyncIterator[None]:
    """Have the application use the local pool."""
    with instead(running_app, registration=Registration(clients.cognito, client_id)):
        yield


@pytest.fixture(scope="module")
async def fake_pool(running_app: FastAPI, settings: Settings) -> AsyncIterator[Fake]:
    """Have the application use a pool that answers as it is told to."""
    once = HASTY.merge(AioConfig(retries={"max_attempts": 0}, read_timeout=0.3))
    async with fake_server() as fake:
        fake.prefix = ""
        here = settings.aws.model_copy(update={"endpoint_url": fake.url})
        async with open_clients(here, once) as clients:
            with instead(running_app, registration=Registration(clients.cognito, "a-client")):
                yield fake


async def ask(http: httpx.AsyncClient, path: str, **changed: str | None) -> httpx.Response:
    """Ask for something; a changed member of None is left out."""
    body = {name: value for name, value in (BODIES[path] | changed).items() if value is not None}
    return await http.post(f"/auth/{path}", json=body)


async def mailed(services: Backing, email: str) -> str:
    """Return the newest code in the local mailbox of an address."""
    async with httpx.AsyncClient() as anyone:
        box = await anyone.get(f"{services.environment['AWS_ENDPOINT_URL']}/_ministack/ses/messages")
    [mails] = box.json()["messages"].values()  # of the one account there is
    return next(re.sub(r"\D", "", mail["BodyText"]) for mail in reversed(mails) if email in mail["To"])


@pytest.mark.usefixtures("local_pool")
async def test_account_from_sign_up_to_new_password(http: httpx.AsyncClient, town: Town, services: Backing) -> None:
    """A code that is mailed confirms the account, another lets one set a new password, which ends every session."""
    email = "ada@example.com"
    assert (await ask(http, "sign-up", email=email, name="Ada")).status_code == 202
    for code, status in (("999999", 400), (await mailed(services, email), 204), (await mailed(services, email), 400)):
        assert (await ask(http, "confirm", email=email, code=code)).status_code == status
    token = await town.session(email)
    assert (await ask(http, "forgot-password", email=email)).status_code == 202
    code = await mailed(services, email)
    assert (await ask(http, "reset-password", email=email, code=code, password="")).status_code == 422
    assert (await http.get("/results", headers=bearer(token))).status_code == 200
    assert (await ask(http, "reset-password", email=email, code=code, password=OTHER)).status_code == 204
    assert (await http.get("/results", headers=bearer(token))).status_code == 401
    assert len(await town.log(Action.SIGNED_OUT_EVERYWHERE)) == 1


@pytest.mark.usefixtures("local_pool")
async def test_nobody_learns_who_has_an_account(http: httpx.AsyncClient, services: Backing) -> None:
    """Every answer is the same for a stranger, a new account and a confirmed one, whatever the case of the address."""
    known, new = "known@example.com", "new@example.com"
    for email in (known, new):
        await ask(http, "sign-up", email=email)
    await ask(http, "confirm", email=known, code=await mailed(services, known))
    asked: list[tuple[str, dict[str, str]]] = [
        ("sign-up", {"password": "correct-horse-7"}),
        ("resend-code", {}),
        ("forgot-password", {}),
        ("confirm", {"code": "000000"}),
        ("reset-password", {"code": "000000", "password": "Correct horse 7"}),
        ("reset-password", {"code": "000000"}),
        ("sign-up", {}),
    ]
    for path, changed in asked:
        answers = [await ask(http, path, email=email, **changed) for email in ("un@example.com", new, known.upper())]
        assert len({(answer.status_code, answer.text) for answer in answers}) == 1, (path, changed, answers)


@pytest.mark.parametrize(
    ("path", "error", "status", "code"),
    [
        ("sign-up", "UsernameExistsException", 202, None),
        ("sign-up", "InvalidPasswordException", 422, "password_refused"),
        ("sign-up", "InvalidParameterException", 403, "sign_up_refused"),
        ("sign-up", "NotAuthorizedException", 403, "sign_up_refused"),
        ("sign-up", "UserLambdaValidationException", 403, "sign_up_refused"),
        ("sign-up", "TooManyRequestsException", 429, "too_many_tries"),
        ("sign-up", "ResourceNotFoundException", 503, "sign_in_unavailable"),
        ("resend-code", "UserNotFoundException", 202, None),
        ("resend-code", "InvalidParameterException", 202, None),
        ("resend-code", "LimitExceededException", 202, None),
        ("forgot-password", "UserNotFoundException", 202, None),
        ("forgot-password", "LimitExceededException", 202, None),
        ("forgot-password", "TooManyRequestsException", 429, "too_many_tries"),
        ("confirm", "UserNotFoundException", 400, "code_refused"),
        ("confirm", "CodeMismatchException", 400, "code_refused"),
        ("confirm", "ExpiredCodeException", 400, "code_refused"),
        ("confirm", "TooManyFailedAttemptsException", 400, "code_refused"),
        ("confirm", "AliasExistsException", 400, "code_refused"),
        ("reset-password", "LimitExceededException", 400, "code_refused"),
        ("reset-password", "UserNotConfirmedException", 400, "code_refused"),
        ("reset-password", "PasswordHistoryPolicyViolationException", 422, "password_refused"),
        ("reset-password", "ThrottlingException", 429, "too_many_tries"),
        ("reset-password", "InternalErrorException", 503, "sign_in_unavailable"),
        ("reset-password", "SomethingNew", 503, "sign_in_unavailable"),
    ],
)
async def test_what_the_pool_refuses_is_told(
    http: httpx.AsyncClient, fake_pool: Fake, path: str, error: str, status: int, code: str | None
) -> None:
    """Each refusal becomes one of ours with what to do, and none that would tell who has an account."""
    said = "Password did not conform with policy: Password not long enough"
    fake_pool.on(
        "POST /", says(400, {"__type": error, "message": said}, {"Content-Type": "application/x-amz-json-1.1"})
    )
    answer = await ask(http, path)
    assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text
    assert ("Retry-After" in answer.headers) is (status in {429, 503})
    if code == "password_refused":
        assert "this password: Password not long enough. Choose another" in answer.json()["detail"]


async def test_pool_that_is_away(http: httpx.AsyncClient, running_app: FastAPI, settings: Settings) -> None:
    """Where nothing answers, it is 503, try again."""
    nowhere = settings.aws.model_copy(update={"endpoint_url": "http://127.0.0.1:9"})
    async with open_clients(nowhere, HASTY.merge(AioConfig(retries={"max_attempts": 0}))) as clients:
        with instead(running_app, registration=Registration(clients.cognito, "a-client")):
            for path in BODIES:
                answer = await ask(http, path)
                assert (answer.status_code, answer.json()["code"]) == (503, "sign_in_unavailable"), answer.text


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("sign-up", {"password": "Short-7"}),
        ("sign-up", {"password": "lower-case-only-7"}),
        ("sign-up", {"password": "No-digit-in-here"}),
        ("sign-up", {"password": "With a space in it 7"}),
        ("sign-up", {"password": "Nul\0in-it-is-7"}),
        ("sign-up", {"password": "Aa7" * 100}),
        ("sign-up", {"email": "nobody"}),
        ("sign-up", {"email": "a\0b@example.com"}),
        ("sign-up", {"email": f"{'a' * 60}@{'b' * 100}.example"}),
        ("sign-up", {"name": "A\0da"}),
        ("sign-up", {"name": " "}),
        ("sign-up", {"name": None}),
        ("sign-up", {"language": "not a language"}),
        ("sign-up", {"role": "admin"}),
        ("confirm", {"code": "12\0456"}),
        ("confirm", {"code": "1" * 100}),
        ("reset-password", {"password": "short"}),
        ("forgot-password", {"email": "a b@example.com"}),
    ],
)
async def test_bad_input_never_reaches_the_pool(
    http: httpx.AsyncClient, fake_pool: Fake, path: str, changed: dict[str, str | None]
) -> None:
    """What can't be right is refused with the name of the field, and no password is repeated."""
    before = len(fake_pool.seen)
    answer = await ask(http, path, **changed)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, next(iter(changed)))
    assert str(changed.get("password")) not in answer.text
    assert len(fake_pool.seen) == before
