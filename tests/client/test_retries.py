"""Tests of trying again."""

import asyncio
from http import HTTPStatus

import pytest
from pydantic import SecretStr

from server.client.client import Client
from server.client.problems import ApiProblem, Unreachable
from server.client.retries import Retries
from server.client.sign_in import BearerToken
from server.uploads.schemas import UploadWish
from tests.client import wire
from tests.client.conftest import QUICK
from tests.client.fake import Fake, hangs_up, problem, says
from tests.client.wire import UPLOAD_ID

UPLOAD = f"GET /uploads/{UPLOAD_ID}"
WISH = UploadWish(filename="talk.wav", content_type="audio/wav", size=10, title=None, language=None, sha256=None)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_passing_trouble_is_tried_again(fake: Fake, client: Client, status: int) -> None:
    """An answer that may be another in a moment is asked for again, until it is."""
    fake.on(UPLOAD, says(status), says(status), says(200, wire.upload()))
    assert (await client.upload(UPLOAD_ID)).id == UPLOAD_ID
    assert fake.count(UPLOAD) == 3


async def test_lost_connection_is_tried_again(fake: Fake, client: Client) -> None:
    """A connection that is cut before the answer is made again."""
    fake.on(UPLOAD, hangs_up, says(200, wire.upload()))
    assert (await client.upload(UPLOAD_ID)).id == UPLOAD_ID


async def test_one_key_for_all_attempts(fake: Fake, client: Client) -> None:
    """Beginning an upload says the same key in each attempt, and another the next time."""
    fake.on("POST /uploads", hangs_up, says(201, wire.by_form("-")))
    await client.begin(WISH)
    await client.begin(WISH)
    keys = [seen.headers["idempotency-key"] for seen in fake.seen]
    assert keys[0] == keys[1] != keys[2]


async def test_attempts_are_bounded(fake: Fake, client: Client) -> None:
    """Trouble that stays is reported, with the server's own words, after the last attempt."""
    fake.on(UPLOAD, problem(503, "sign_in_unavailable", "Try again shortly."))
    with pytest.raises(ApiProblem) as raised:
        await client.upload(UPLOAD_ID)
    assert (raised.value.status, raised.value.code, raised.value.detail) == (
        503,
        "sign_in_unavailable",
        "Try again shortly.",
    )
    assert fake.count(UPLOAD) == QUICK.attempts


async def test_no_server() -> None:
    """A server that isn't there is named."""
    async with Client.connect("http://127.0.0.1:9", BearerToken(SecretStr("t")), QUICK) as client:
        with pytest.raises(Unreachable, match=r"http://127\.0\.0\.1:9 can't be reached"):
            await client.upload(UPLOAD_ID)


async def test_retry_after_counts(fake: Fake, client: Client) -> None:
    """A pause that the server names is kept, though our own would be shorter."""
    fake.on(UPLOAD, says(429, headers={"Retry-After": "1"}), says(200, wire.upload()))
    clock = asyncio.get_running_loop().time
    began = clock()
    await client.upload(UPLOAD_ID)
    assert 1 <= clock() - began < 5


async def test_retry_after_as_a_date(fake: Fake) -> None:
    """A pause may be named by the time when it ends; then our own, longer one doesn't count."""
    past = {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}
    fake.on(UPLOAD, says(503, headers=past), says(200, wire.upload()))
    slow = Retries(first_seconds=60, longest_seconds=60)
    async with Client.connect(fake.url, BearerToken(SecretStr("t")), slow) as client, asyncio.timeout(5):
        await client.upload(UPLOAD_ID)


async def test_retry_after_that_makes_no_sense(fake: Fake, client: Client) -> None:
    """A pause that can't be read is as good as none."""
    fake.on(UPLOAD, says(503, headers={"Retry-After": "soon"}), says(200, wire.upload()))
    assert (await client.upload(UPLOAD_ID)).id == UPLOAD_ID


async def test_retry_after_too_long(fake: Fake, client: Client) -> None:
    """Nobody waits for an hour; the refusal is reported at once."""
    fake.on(UPLOAD, says(429, headers={"Retry-After": "3600"}))
    with pytest.raises(ApiProblem) as raised:
        await client.upload(UPLOAD_ID)
    assert raised.value.status == HTTPStatus.TOO_MANY_REQUESTS
    assert fake.count(UPLOAD) == 1


async def test_lasting_refusal_is_not_tried_again(fake: Fake, client: Client) -> None:
    """What the service refuses for good is asked for once."""
    fake.on("POST /uploads", problem(422, "upload_too_large", "Split the recording."))
    with pytest.raises(ApiProblem, match=r"Split the recording\. \(422 upload_too_large\)"):
        await client.begin(WISH)
    assert fake.count("POST /uploads") == 1


async def test_refusal_of_a_proxy(fake: Fake, client: Client) -> None:
    """Who doesn't speak problem+json is quoted by status."""
    fake.on(UPLOAD, says(413, b"<html>no</html>"))
    with pytest.raises(ApiProblem) as raised:
        await client.upload(UPLOAD_ID)
    assert raised.value.code == "request_entity_too_large"
    assert "127.0.0.1 answered 413" in raised.value.detail


async def test_unknown_status(fake: Fake, client: Client) -> None:
    """A status that HTTP doesn't know is told all the same."""
    fake.on(UPLOAD, says(499))
    with pytest.raises(ApiProblem, match="499"):
        await client.upload(UPLOAD_ID)


async def test_another_service(fake: Fake, client: Client) -> None:
    """A good answer that makes no sense comes from something that isn't this service."""
    fake.on(UPLOAD, says(200, b"<html>Welcome!</html>"))
    with pytest.raises(ApiProblem, match="doesn't speak this client's language"):
        await client.upload(UPLOAD_ID)
