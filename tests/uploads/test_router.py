"""Upload sessions over HTTP, against a real S3."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from server.settings import MEGABYTE, Settings
from server.unit_of_work import Units
from server.uploads.models import Upload
from server.webhooks.kinds import Transport
from tests.tokens import Pool

WISH = {"filename": "talk.wav", "content_type": "audio/wav", "size": 11}
VIDEO = {"filename": "film.mp4", "content_type": "video/mp4", "size": 101 * MEGABYTE}


@pytest.fixture
def mine(pool: Pool) -> dict[str, str]:
    """Me."""
    return pool.person("me")


@pytest.fixture
def theirs(pool: Pool) -> dict[str, str]:
    """Somebody else."""
    return pool.person("somebody-else")


async def begin(http: httpx.AsyncClient, headers: dict[str, str], **changed: object) -> httpx.Response:
    """Ask for an upload."""
    return await http.post("/uploads", json=WISH | changed, headers=headers)


async def send(session: dict[str, Any], content: bytes, **fields: str) -> httpx.Response:
    """Send a file as a browser would."""
    async with httpx.AsyncClient() as browser:
        return await browser.post(session["url"], data=session["fields"] | fields, files={"file": content})


async def test_begun_upload_says_where_to_send(http: httpx.AsyncClient, mine: dict[str, str]) -> None:
    """The session names a form, its fields and its end; the key holds nothing of the client's making."""
    answer = await begin(http, mine, title="My talk", language="en-GB")
    session = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/uploads/{session['id']}"
    assert (session["status"], session["method"], session["title"]) == ("pending", "post", "My talk")
    assert session["fields"]["key"].endswith(f"/{session['id']}/source")
    assert session["expires_at"] > session["created_at"]


async def test_form_takes_exactly_what_was_declared(http: httpx.AsyncClient, mine: dict[str, str]) -> None:
    """S3 itself refuses a body of another length, another key and another type."""
    session = (await begin(http, mine)).json()
    assert (await send(session, b"too long a body")).status_code in {400, 403}
    assert (await send(session, b"short")).status_code in {400, 403}
    assert (await send(session, b"hello world", key="elsewhere")).status_code == 403
    assert (await send(session, b"hello world", **{"Content-Type": "text/html"})).status_code == 403
    assert (await send(session, b"hello world")).status_code == 204


@pytest.mark.parametrize(
    "changed",
    [
        {"transcription": {"model": "\x00"}, "filename": "a.png", "content_type": "image/png"},
        {"engine": "aws"},  # an option of `transcription`: not to be passed over in silence
        {"size": 0},
        {"size": -1},
        {"size": "many"},
        {"size": 10**30},
        {"content_type": "text/plain"},
        {"content_type": ""},
        {"content_type": "audio/wav\r\nX: y"},
        {"filename": "../../etc/passwd"},
        {"filename": "a\\b.wav"},
        {"filename": ".."},
        {"filename": "a\nb.wav"},
        {"filename": "a\x00b.wav"},
        {"filename": "a\u2028b.wav"},
        {"filename": "a" * 300},
        {"filename": ""},
        {"title": "two\nlines"},
        {"language": "English please"},
        {"sha256": "ABC"},
    ],
)
async def test_bad_wishes_are_refused_with_a_reason(
    http: httpx.AsyncClient, mine: dict[str, str], changed: dict[str, object]
) -> None:
    """Each fault is 422 and is named."""
    answer = await begin(http, mine, **changed)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.json()["detail"]) > 10


@pytest.mark.parametrize(
    ("language", "transcription"),
    [
        (None, {"engine": "aws", "speakers": 3}),
        ("en", {"engine": "whisper", "model": "tiny.en"}),
        ("en-US", {"engine": "aws", "vocabulary": "our-names", "redact": True}),
    ],
)
async def test_wish_for_the_transcription_is_kept(
    http: httpx.AsyncClient,
    mine: dict[str, str],
    units: Units,
    language: str | None,
    transcription: dict[str, object],
) -> None:
    """What is asked of the transcription is written down with the upload, as it was said."""
    upload_id = (await begin(http, mine, language=language, transcription=transcription)).json()["id"]
    async with units.begin() as work:
        upload = await work.session.get_one(Upload, UUID(upload_id))
    assert (upload.language, upload.wish) == (language, transcription)


async def test_callback_is_kept_and_not_shown(
    http: httpx.AsyncClient, mine: dict[str, str], settings: Settings, units: Units
) -> None:
    """Where its end is to be told is the uploader's: it may hold a secret, and admins see uploads."""
    queue = "https://sqs.us-east-1.amazonaws.com/123456789012/told"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings.callbacks, "queues", [queue])
        answer = await begin(http, mine, callback={"url": queue, "type": "SQS"})
    assert "callback" not in str(answer.json())
    async with units.begin() as work:
        upload = await work.session.get_one(Upload, UUID(answer.json()["id"]))
    assert (upload.callback_url, upload.callback_transport) == (queue, Transport.SQS)


@pytest.mark.parametrize(
    ("callback", "code"),
    [
        ({"url": "https://169.254.169.254/latest"}, "target_refused"),
        ({"url": "http://example.com/"}, "target_refused"),
        ({"url": "https://example.com/", "type": "SQS"}, "target_refused"),
        ({"url": "https://example.com/", "type": "FAX"}, "invalid_request"),
        ({"type": "HTTP"}, "invalid_request"),
    ],
)
async def test_callback_that_can_not_be_told(
    http: httpx.AsyncClient, mine: dict[str, str], callback: dict[str, str], code: str
) -> None:
    """The client learns at once what would be refused in the end."""
    answer = await begin(http, mine, callback=callback)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize(
    ("language", "transcription", "code", "way_out"),
    [
        (None, {"engine": "whisper", "speakers": 2}, "option_not_supported", "'aws'"),
        (None, {"redact": True}, "option_not_supported", "'aws'"),
        (None, {"engine": "aws", "model": "tiny.en"}, "option_not_supported", "'whisper'"),
        (None, {"engine": "aws", "vocabulary": "our-names"}, "option_not_supported", "declare"),
        ("he", {"engine": "aws", "redact": True}, "option_not_supported", "en-US"),
        ("tlh", {"engine": "aws"}, "language_not_supported", "another engine"),
        ("he", {}, "language_not_supported", "the engine 'aws'"),
        (None, {"model": "huge"}, "model_not_available", "'tiny.en'"),
        (None, {"speakers": 1}, "invalid_request", "2"),
        (None, {"engine": "parrot"}, "invalid_request", "'whisper'"),
        (None, {"speaker": 2}, "invalid_request", "speaker"),
    ],
)
async def test_wishes_that_can_not_be_had_are_refused_with_the_way_out(
    http: httpx.AsyncClient,
    mine: dict[str, str],
    language: str | None,
    transcription: dict[str, object],
    code: str,
    way_out: str,
) -> None:
    """Before a byte is sent, the client learns what no engine here will do, and what it can ask for instead."""
    answer = await begin(http, mine, language=language, transcription=transcription)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert way_out in answer.json()["detail"]


async def test_pictures_are_not_held_against_the_engines(http: httpx.AsyncClient, mine: dict[str, str]) -> None:
    """The language of a picture's title doesn't matter to anyone who listens."""
    assert (await begin(http, mine, content_type="image/png", language="he")).status_code == 201


@pytest.mark.parametrize(("content_type", "limit_mb"), [("audio/wav", 100), ("video/mp4", 5000), ("image/png", 50)])
async def test_each_kind_has_its_limit(
    http: httpx.AsyncClient, mine: dict[str, str], content_type: str, limit_mb: int
) -> None:
    """A file of the limit's size is welcome, one byte more is too large."""
    limit = limit_mb * MEGABYTE
    assert (await begin(http, mine, content_type=content_type, size=limit)).status_code == 201
    refused = await begin(http, mine, content_type=content_type, size=limit + 1)
    assert (refused.status_code, refused.json()["code"], refused.json()["limit"]) == (422, "upload_too_large", limit)


async def test_codec_parameters_of_a_type_do_not_matter(http: httpx.AsyncClient, mine: dict[str, str]) -> None:
    """What a browser's recorder says of its recording is understood."""
    answer = await begin(http, mine, content_type="audio/webm;codecs=opus")
    assert (answer.status_code, answer.json()["content_type"]) == (201, "audio/webm")


async def test_anothers_upload_is_404_in_every_way(
    http: httpx.AsyncClient, mine: dict[str, str], theirs: dict[str, str]
) -> None:
    """Nobody learns that another's upload exists."""
    upload_id = (await begin(http, mine)).json()["id"]
    for path in (upload_id, str(uuid4())):
        answers = [
            await http.get(f"/uploads/{path}", headers=theirs),
            await http.post(f"/uploads/{path}/sign", headers=theirs),
            await http.post(f"/uploads/{path}/parts", json={"part_numbers": [1]}, headers=theirs),
            await http.get(f"/uploads/{path}/parts", headers=theirs),
            await http.post(f"/uploads/{path}/complete", headers=theirs),
            await http.delete(f"/uploads/{path}", headers=theirs),
        ]
        assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(404, "not_found")] * 6
    assert (await http.get(f"/uploads/{upload_id}", headers=mine)).json()["status"] == "pending"


async def test_admin_machine_sees_anothers_upload(http: httpx.AsyncClient, mine: dict[str, str], pool: Pool) -> None:
    """The admin scope sees all; the base scope only its own."""
    upload_id = (await begin(http, mine)).json()["id"]
    assert (await http.get(f"/uploads/{upload_id}", headers=pool.machine("lectern/admin"))).status_code == 200
    assert (await http.get(f"/uploads/{upload_id}", headers=pool.machine("lectern/base"))).status_code == 404


async def test_complete_before_the_bytes_says_what_is_missing(http: httpx.AsyncClient, mine: dict[str, str]) -> None:
    """Nothing is taken on the client's word alone."""
    upload_id = (await begin(http, mine)).json()["id"]
    answer = await http.post(f"/uploads/{upload_id}/complete", headers=mine)
    assert (answer.status_code, answer.json()["code"]) == (409, "upload_incomplete")


async def test_complete_twice_is_as_once(http: httpx.AsyncClient, mine: dict[str, str]) -> None:
    """Completing is idempotent."""
    session = (await begin(http, mine)).json()
    await send(session, b"hello world")
    answers = [await http.post(f"/uploads/{session['id']}/complete", headers=mine) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]


async def test_aborted_upload_takes_nothing_more(http: httpx.AsyncClient, mine: dict[str, str]) -> None:
    """After DELETE the session is closed, and deleting again is well."""
    session = (await begin(http, mine)).json()
    path = f"/uploads/{session['id']}"
    assert [(await http.delete(path, headers=mine)).status_code for _ in range(2)] == [204, 204]
    assert (await http.post(f"{path}/sign", headers=mine)).json()["code"] == "upload_closed"
    assert (await http.post(f"{path}/complete", headers=mine)).json()["code"] == "upload_closed"
    assert (await http.get(path, headers=mine)).json()["status"] == "aborted"


async def test_expired_upload_takes_nothing_more(http: httpx.AsyncClient, mine: dict[str, str], units: Units) -> None:
    """It can't be signed or completed any more, and says so, unless the bytes turn out to be there."""
    session = (await begin(http, mine)).json()
    path = f"/uploads/{session['id']}"
    async with units.begin() as work:
        (await work.session.get_one(Upload, UUID(session["id"]))).expire()
    for closed in (f"{path}/sign", f"{path}/complete"):
        answer = await http.post(closed, headers=mine)
        assert (answer.status_code, answer.json()["code"]) == (409, "upload_closed")
    shown = (await http.get(path, headers=mine)).json()
    assert (shown["status"], shown["error"]["code"]) == ("expired", "upload_expired")
    await send(session, b"hello world")
    assert (await http.post(f"{path}/complete", headers=mine)).status_code == 202


async def test_sign_again_moves_the_end(http: httpx.AsyncClient, mine: dict[str, str]) -> None:
    """New addresses come with a new end."""
    session = (await begin(http, mine)).json()
    again = (await http.post(f"/uploads/{session['id']}/sign", headers=mine)).json()
    assert again["expires_at"] > session["expires_at"]
    assert (await send(again, b"hello world")).status_code == 204


async def test_large_files_go_in_parts(http: httpx.AsyncClient, mine: dict[str, str]) -> None:
    """Parts are signed for their exact length, listed as they arrive, and joined when all are there."""
    session = (await begin(http, mine, **VIDEO)).json()
    path = f"/uploads/{session['id']}"
    assert (session["method"], session["part_size"], session["fields"]) == ("multipart", 16 * MEGABYTE, None)
    lengths = [16 * MEGABYTE] * 6 + [5 * MEGABYTE]
    signed = (await http.post(f"{path}/parts", json={"part_numbers": [*range(1, 8)]}, headers=mine)).json()
    async with httpx.AsyncClient() as browser:
        for part in signed["parts"][:-1]:
            sent = await browser.put(part["url"], content=bytes(lengths[part["part_number"] - 1]))
            assert sent.status_code == 200
        incomplete = (await http.post(f"{path}/complete", headers=mine)).json()
        assert (incomplete["code"], incomplete["missing_parts"]) == ("upload_incomplete", [7])
        await browser.put(signed["parts"][-1]["url"], content=bytes(lengths[-1]))
    listed = (await http.get(f"{path}/parts", headers=mine)).json()["parts"]
    assert [part["size"] for part in listed] == lengths
    answers = [await http.post(f"{path}/complete", headers=mine) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert (await http.get(f"{path}/parts", headers=mine)).json()["parts"] == []


async def test_parts_belong_to_large_files_alone(http: httpx.AsyncClient, mine: dict[str, str]) -> None:
    """A form's upload has no parts, and a large file only as many as it needs."""
    form = (await begin(http, mine)).json()["id"]
    large = (await begin(http, mine, **VIDEO)).json()["id"]

    async def sign(upload_id: str, numbers: list[int]) -> httpx.Response:
        return await http.post(f"/uploads/{upload_id}/parts", json={"part_numbers": numbers}, headers=mine)

    assert (await sign(form, [1])).json()["code"] == "wrong_upload_method"
    assert (await http.get(f"/uploads/{form}/parts", headers=mine)).json()["code"] == "wrong_upload_method"
    assert (await sign(large, [8])).json()["code"] == "no_such_part"
    for numbers in ([], [0], [10_001]):
        assert (await sign(large, numbers)).status_code == 422


async def test_same_key_begins_one_upload(
    http: httpx.AsyncClient, mine: dict[str, str], theirs: dict[str, str]
) -> None:
    """A request that is sent again is answered as the first time; the key belongs to its owner and wish."""
    key = {"Idempotency-Key": str(uuid4())}
    first, second = [(await begin(http, mine | key)).json() for _ in range(2)]
    assert first == second
    assert (await begin(http, theirs | key)).json()["id"] != first["id"]
    reused = await begin(http, mine | key, size=12)
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency_key_reused")


async def test_unknown_ids_are_not_errors_of_ours(http: httpx.AsyncClient, mine: dict[str, str]) -> None:
    """What is no id at all is 422, not 500."""
    assert (await http.get("/uploads/nonsense", headers=mine)).status_code == 422
