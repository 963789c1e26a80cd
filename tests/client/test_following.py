"""Tests of waiting for a result."""

import asyncio

import pytest

from server.client import following
from server.client.client import Client
from server.client.feed import Feed, News
from server.client.following import until_accepted, until_finished
from server.client.problems import NotTranscribed
from tests.client import wire
from tests.client.fake import Answer, Channel, Fake, problem, says
from tests.client.wire import RESULT_ID, UPLOAD_ID

EVENTS = "GET /events"
RESULT = f"GET /results/{RESULT_ID}"
UPLOAD = f"GET /uploads/{UPLOAD_ID}"
ERROR = {"code": "no_sound", "message": "There is no sound in it."}


class Diary:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, int]] = []
        self._written = asyncio.Event()

    def sending(self, sent: int, size: int) -> None:
        """Nothing is sent here: it would be a fault."""
        pytest.fail(f"{sent} of {size} bytes sent while following")

    def standing(self, news: News) -> None:
        """Write down how far the result is."""
        self.heard.append((news.status, news.heard_ms))
        self._written.set()

    async def has(self, status: str, heard_ms: int) -> None:
        """Wait until something is written down."""
        while (status, heard_ms) not in self.heard:
            self._written.clear()
            await self._written.wait()


@pytest.fixture
def diary() -> Diary:
    """An empty diary."""
    return Diary()


@pytest.fixture
def channel(fake: Fake) -> Channel:
    """The stream of events."""
    channel = Channel()
    fake.on(EVENTS, channel)
    return channel


async def test_news_spare_questions(fake: Fake, client: Client, channel: Channel, diary: Diary) -> None:
    """While events tell how it goes, the result is read only at the beginning and at the end."""
    fake.on(RESULT, says(200, wire.result(status="transcribing", heard_ms=5_000)), says(200, wire.result()))
    async with asyncio.timeout(5), Feed(client).running() as feed, asyncio.TaskGroup() as tasks:
        finishing = tasks.create_task(until_finished(client, feed, RESULT_ID, diary))
        await diary.has("transcribing", 5_000)
        channel.tell("weather", {"sunny": True})
        channel.tell("result", wire.news(id=str(UPLOAD_ID), heard_ms=9_000))
        channel.tell("result", wire.news(heard_ms=6_000))
        await diary.has("transcribing", 6_000)
        assert fake.count(RESULT) == 1
        channel.tell("result", wire.news(status="completed", heard_ms=10_000))
    assert finishing.result().text == "Hello."
    assert diary.heard == [("transcribing", 5_000), ("transcribing", 6_000), ("completed", 10_000)]
    assert fake.count(RESULT) == 2


async def test_lost_stream_is_opened_again(fake: Fake, client: Client, channel: Channel, diary: Diary) -> None:
    """What happened while the stream was away is read from the result when it is back."""
    fake.on(RESULT, says(200, wire.result(status="transcribing", heard_ms=5_000)), says(200, wire.result()))
    async with asyncio.timeout(5), Feed(client).running() as feed, asyncio.TaskGroup() as tasks:
        finishing = tasks.create_task(until_finished(client, feed, RESULT_ID, diary))
        await diary.has("transcribing", 5_000)
        channel.drop()
        channel.tell("reset", {})
    assert finishing.result().status == "completed"
    assert fake.count(EVENTS) == 2


@pytest.mark.parametrize("stream", [problem(500, "internal_error", "Sorry."), says(503), says(200, b"data: {\n\n")])
async def test_without_a_stream(
    fake: Fake, client: Client, diary: Diary, monkeypatch: pytest.MonkeyPatch, stream: Answer
) -> None:
    """Where no events come through, the result is looked at now and then."""
    monkeypatch.setattr(following, "RECHECK_SECONDS", 0.02)
    under_way = [says(200, wire.result(status="transcribing", heard_ms=ms)) for ms in (5_000, 6_000)]
    fake.on(EVENTS, stream)
    fake.on(RESULT, *under_way, says(200, wire.result()))
    async with asyncio.timeout(5), Feed(client).running() as feed:
        assert (await until_finished(client, feed, RESULT_ID, diary)).status == "completed"
    assert diary.heard == [("transcribing", 5_000), ("transcribing", 6_000), ("completed", 10_000)]


async def test_failure_is_told_in_the_services_words(
    fake: Fake, client: Client, channel: Channel, diary: Diary
) -> None:
    """A result that failed raises its code and its sentence."""
    channel.tell("reset", {})
    fake.on(RESULT, says(200, wire.result(status="failed", error=ERROR)))
    async with asyncio.timeout(5), Feed(client).running() as feed:
        with pytest.raises(NotTranscribed, match=r"There is no sound in it\. \(no_sound\)"):
            await until_finished(client, feed, RESULT_ID, diary)


async def test_upload_becomes_a_result(fake: Fake, client: Client) -> None:
    """An upload is looked at until it has become a result; pauses grow, and news cut them short."""
    accepted = says(200, wire.upload(status="uploaded", result_id=str(RESULT_ID)))
    fake.on(UPLOAD, says(200, wire.upload()), says(200, wire.upload()), accepted)
    assert await until_accepted(client, Feed(client), UPLOAD_ID) == RESULT_ID
    assert fake.count(UPLOAD) == 3


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"status": "rejected", "error": ERROR}, r"There is no sound in it\. \(no_sound\)"),
        ({"status": "aborted"}, r"Send the file again\. \(upload_aborted\)"),
    ],
)
async def test_upload_comes_to_nothing(fake: Fake, client: Client, state: dict[str, object], told: str) -> None:
    """An upload that was rejected or given up isn't waited for."""
    fake.on(UPLOAD, says(200, wire.upload(**state)))
    with pytest.raises(NotTranscribed, match=told):
        await until_accepted(client, Feed(client), UPLOAD_ID)
