"""Trying again what failed, and transcribing once more."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from server.media.kinds import MediaKind
from server.media.models import Media
from server.media.state import Status
from server.tasks.models import Kind
from server.transcription.models import Transcript
from tests.results.conftest import Shelf

ERROR = {"error_code": "engine_refused", "error_message": "Choose another engine."}


async def retry(http: httpx.AsyncClient, result_id: str, headers: dict[str, str]) -> httpx.Response:
    """Ask for another try."""
    return await http.post(f"/results/{result_id}/retry", headers=headers)


async def transcribe(
    http: httpx.AsyncClient, result_id: str, headers: dict[str, str], **wish: object
) -> httpx.Response:
    """Ask for another transcript."""
    return await http.post(f"/results/{result_id}/transcribe", json=wish, headers=headers)


async def show(http: httpx.AsyncClient, result_id: str, headers: dict[str, str], **query: str) -> Any:
    """Read a result."""
    return (await http.get(f"/results/{result_id}", params=query, headers=headers)).json()


async def download(http: httpx.AsyncClient, result_id: str, headers: dict[str, str], **query: str) -> tuple[int, str]:
    """Download a text."""
    answer = await http.get(f"/results/{result_id}/transcript.txt", params=query, headers=headers)
    return answer.status_code, answer.text.strip() if answer.is_success else answer.json()["code"]


async def test_failed_transcription_is_tried_again_as_it_was_asked_for(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]
) -> None:
    """With its renditions there, only the transcription begins anew; what failed stays on record."""
    result_id = await shelf.add(Status.FAILED, **ERROR)
    asked: dict[str, Any] = {"engine": "aws", "wish": {"engine": "aws", "speakers": 2}, "asked_language": "he"}
    failed = await shelf.add_transcript(result_id, error="engine_refused", **asked)
    await shelf.put_rendition(result_id, "inference", b"fLaC", "audio/flac")
    assert (await retry(http, result_id, mine)).status_code == 202
    result = await show(http, result_id, mine)
    assert (result["status"], result["error"]) == ("transcribing", None)
    assert await shelf.work_for(result_id) == [Kind.SUBMIT]
    again, before = result["transcripts"]
    assert (before["id"], before["error"]["code"]) == (failed, "engine_refused")
    assert (again["engine"], again["error"], again["finished_at"]) == ("aws", None, None)
    async with shelf.units.begin() as work:
        transcript = await work.session.get_one(Transcript, UUID(again["id"]))
    assert (transcript.wish, transcript.asked_language) == (asked["wish"], "he")


@pytest.mark.parametrize("was_heard", [False, True])
async def test_without_renditions_the_source_is_tried_again(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str], *, was_heard: bool
) -> None:
    """What failed before it had renditions, or has lost them, begins with the bytes as they came."""
    result_id = await shelf.add(Status.FAILED, **ERROR)
    if was_heard:
        await shelf.add_transcript(result_id, error="engine_refused")
    await shelf.put_source(result_id)
    assert (await retry(http, result_id, mine)).status_code == 202
    result = await show(http, result_id, mine)
    assert (result["status"], await shelf.work_for(result_id)) == ("received", [Kind.TRANSCODE])
    assert [transcript["error"] is None for transcript in result["transcripts"]] == ([True, False] if was_heard else [])


async def test_with_nothing_left_to_work_on_nothing_is_begun(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]
) -> None:
    """When source and renditions are gone, the result stays as it is, and it is said what to do."""
    result_id = await shelf.add(Status.FAILED, **ERROR)
    await shelf.add_transcript(result_id, error="engine_refused")
    for answer in (await retry(http, result_id, mine), await transcribe(http, result_id, mine)):
        assert (answer.status_code, answer.json()["code"]) == (409, "source_gone")
        assert "Upload it again" in answer.json()["detail"]
    result = await show(http, result_id, mine)
    assert (result["status"], len(result["transcripts"]), await shelf.work_for(result_id)) == ("failed", 1, [])


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.TRANSCODING, Status.TRANSCRIBING, Status.COMPLETED])
async def test_only_the_failed_are_tried_again(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str], status: Status
) -> None:
    """A retry of what is well or under way is refused, so that a double one does nothing."""
    answer = await retry(http, await shelf.add(status), mine)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_failed")


async def test_another_transcript_is_made_beside_the_first(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]
) -> None:
    """While it is made, the first one is shown and downloaded as before."""
    result_id = await shelf.add()
    first = await shelf.add_transcript(result_id, "Good", "morning")
    await shelf.put_rendition(result_id, "inference", b"fLaC", "audio/flac")
    assert (await transcribe(http, result_id, mine, engine="aws", language="en-US")).status_code == 202
    result = await show(http, result_id, mine)
    assert (result["status"], result["text"], result["transcript_id"]) == ("transcribing", "Good morning", first)
    assert await shelf.work_for(result_id) == [Kind.SUBMIT]
    second = result["transcripts"][0]["id"]
    assert [transcript["id"] for transcript in result["transcripts"]] == [second, first]
    assert await download(http, result_id, mine) == (200, "Good\nmorning")
    assert await download(http, result_id, mine, transcript_id=second) == (409, "transcript_not_ready")
    assert (await show(http, result_id, mine, transcript_id=second))["text"] == ""
    assert (await transcribe(http, result_id, mine)).json()["code"] == "not_transcribable"


async def test_newest_good_transcript_is_shown_and_each_can_be_had(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]
) -> None:
    """One that failed is listed with its reason and not shown; the result itself is well."""
    result_id = await shelf.add()
    first = await shelf.add_transcript(result_id, "Good", "mourning")
    second = await shelf.add_transcript(result_id, "Good", "morning", model="base")
    third = await shelf.add_transcript(result_id, error="engine_refused")
    result = await show(http, result_id, mine)
    assert (result["status"], result["error"], result["text"]) == ("completed", None, "Good morning")
    assert (result["transcript_id"], result["model"]) == (second, "base")
    assert [transcript["error"] and transcript["error"]["code"] for transcript in result["transcripts"]] == [
        "engine_refused",
        None,
        None,
    ]
    wanted = [await download(http, result_id, mine, transcript_id=one) for one in (first, second, third)]
    assert wanted == [(200, "Good\nmourning"), (200, "Good\nmorning"), (409, "transcript_not_ready")]
    assert (await show(http, result_id, mine, transcript_id=first))["text"] == "Good mourning"


async def test_transcripts_belong_to_their_result(http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]) -> None:
    """Another result's transcript is not to be had through this one, as little as one that isn't there."""
    result_id, other = await shelf.add(), await shelf.add()
    for foreign in (await shelf.add_transcript(other, "secret"), str(uuid4())):
        assert await download(http, result_id, mine, transcript_id=foreign) == (404, "not_found")
        assert (await show(http, result_id, mine, transcript_id=foreign))["code"] == "not_found"


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"language": "he"}, "language_not_supported"),
        ({"model": "huge"}, "model_not_available"),
        ({"engine": "whisper", "speakers": 2}, "option_not_supported"),
        ({"engine": "aws", "redact": True}, "option_not_supported"),
        ({"engine": "parrot"}, "invalid_request"),
        ({"engin": "aws"}, "invalid_request"),
    ],
)
async def test_wishes_that_can_not_be_had_change_nothing(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str], wish: dict[str, Any], code: str
) -> None:
    """What no engine here will do is refused before anything is begun."""
    result_id = await shelf.add()
    await shelf.put_rendition(result_id, "inference", b"fLaC", "audio/flac")
    answer = await transcribe(http, result_id, mine, **wish)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    result = await show(http, result_id, mine)
    assert (result["status"], result["transcripts"], await shelf.work_for(result_id)) == ("completed", [], [])


async def test_failed_result_may_be_given_to_another_engine(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]
) -> None:
    """Who is told to choose another engine can do so; the language that was declared still counts."""
    result_id = await shelf.add(Status.FAILED, language="he", **ERROR)
    await shelf.add_transcript(result_id, error="engine_refused")
    await shelf.put_rendition(result_id, "inference", b"fLaC", "audio/flac")
    assert (await transcribe(http, result_id, mine, engine="aws", speakers=2)).status_code == 202
    async with shelf.units.begin() as work:
        media = await work.session.get_one(Media, UUID(result_id))
    assert (media.status, media.error_code) == (Status.TRANSCRIBING, None)
    asked = (await show(http, result_id, mine))["transcripts"][0]["id"]
    async with shelf.units.begin() as work:
        transcript = await work.session.get_one(Transcript, UUID(asked))
    assert (transcript.asked_language, transcript.wish) == ("he", {"engine": "aws", "speakers": 2})


async def test_what_failed_before_its_length_was_known_may_be_given_to_another_engine(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]
) -> None:
    """A recording that was too long for one engine, and so got no renditions, begins with its source."""
    result_id = await shelf.add(Status.FAILED, duration_ms=None, **ERROR)
    await shelf.put_source(result_id)
    assert (await transcribe(http, result_id, mine, engine="whisper")).status_code == 202
    assert (await show(http, result_id, mine))["status"] == "received"


@pytest.mark.parametrize(
    ("status", "changed"),
    [
        (Status.RECEIVED, {}),
        (Status.TRANSCODING, {}),
        (Status.COMPLETED, {"kind": MediaKind.IMAGE, "duration_ms": None}),
        (Status.COMPLETED, {"kind": MediaKind.VIDEO, "duration_ms": None}),
    ],
)
async def test_what_has_no_sound_or_is_under_way_is_not_transcribed_again(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str], status: Status, changed: dict[str, Any]
) -> None:
    """Pictures and silent videos have nothing to listen to; what is worked on is waited for."""
    answer = await transcribe(http, await shelf.add(status, **changed), mine)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_transcribable")


async def test_many_failures_cost_neither_the_text_nor_an_old_transcript(
    http: httpx.AsyncClient, shelf: Shelf, mine: dict[str, str]
) -> None:
    """However often another transcript has failed since, the good one is shown, and every one can be named."""
    result_id = await shelf.add()
    old = await shelf.add_transcript(result_id, "Good", "mourning")
    await shelf.add_transcript(result_id, "Good", "morning")
    for _ in range(100):
        await shelf.add_transcript(result_id, error="engine_refused")
    assert (await show(http, result_id, mine))["text"] == "Good morning"
    assert await download(http, result_id, mine) == (200, "Good\nmorning")
    assert await download(http, result_id, mine, transcript_id=old) == (200, "Good\nmourning")
