"""The Amazon Transcribe engine against the local AWS, and against answers that only the real one gives."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from aiobotocore.stub import AioStubber
from botocore.exceptions import ClientError

from server.aws.clients import Clients, open_clients
from server.aws.store import Address, Store
from server.settings import Settings
from server.transcription import events
from server.transcription.engines import amazon
from server.transcription.engines.amazon import AmazonTranscribe
from server.transcription.engines.amazon_jobs import Job
from server.transcription.engines.amazon_states import Ended, Lost, Refused, State, Underway
from server.transcription.engines.errors import (
    EngineFailed,
    EngineRefused,
    EngineUnavailable,
    NoRoom,
    TooLongForEngine,
    VocabularyUnknown,
)
from tests.transcription.engines.amazon_job import make_job


@pytest.fixture(scope="session")
def engine(clients: Clients, store: Store) -> AmazonTranscribe:
    """The engine on the local AWS."""
    return AmazonTranscribe(clients, store)


@pytest.fixture(scope="session")
def jobs(settings: Settings) -> dict[str, Job]:
    """A job of each kind."""
    folder, bucket = f"tests/{uuid4()}", settings.aws.processed_bucket
    audio, nothing = Address(bucket, f"{folder}/inference.flac"), Address(bucket, f"{folder}/nothing.flac")

    def named(kind: str) -> dict[str, Any]:
        return {"name": f"lectern-{uuid4()}", "output": Address(bucket, f"{folder}/{kind}.json")}

    return {
        "speakers": make_job(audio=audio, language=None, wish={"speakers": 2}, **named("speakers")),
        "redacted": make_job(audio=audio, language="en-US", wish={"redact": True}, **named("redacted")),
        "missing": make_job(audio=nothing, language="he", **named("missing")),
    }


@pytest.fixture(scope="session")
async def states(engine: AmazonTranscribe, jobs: dict[str, Job], clients: Clients) -> dict[str, State]:
    """How each job came out; each was started twice."""
    audio = jobs["speakers"].audio
    await clients.s3.put_object(Bucket=audio.bucket, Key=audio.key, Body=b"fLaC")
    for job in (*jobs.values(), *jobs.values()):
        await engine.start(job)
    async with asyncio.timeout(30):
        return {kind: await outcome(engine, job.name) for kind, job in jobs.items()}


async def outcome(engine: AmazonTranscribe, name: str) -> State:
    """Look until a job is over."""
    while isinstance(state := await engine.look(name), Underway):
        await asyncio.sleep(0.1)
    return state


async def test_result_with_speakers(engine: AmazonTranscribe, states: dict[str, State]) -> None:
    """A job comes to its end, the language is found, and the result is read with its speakers."""
    ended = states["speakers"]
    assert isinstance(ended, Ended)
    parsed = await engine.read(ended)
    assert (ended.language, parsed.language) == ("en", "en")
    assert {segment.speaker for segment in parsed.segments} == {"Speaker 1", "Speaker 2"}
    assert "deterministic placeholder speech" in " ".join(segment.text for segment in parsed.segments)


async def test_redacted_result(
    engine: AmazonTranscribe, states: dict[str, State], jobs: dict[str, Job], store: Store
) -> None:
    """Personal data is hidden in the text that is read, and no other text is written."""
    ended = states["redacted"]
    assert isinstance(ended, Ended)
    assert "[PII]" in " ".join(segment.text for segment in (await engine.read(ended)).segments)
    assert await store.head(jobs["redacted"].output) is None


async def test_recording_that_is_not_there(states: dict[str, State]) -> None:
    """A job whose recording can't be read is refused with Amazon's reason."""
    refused = states["missing"]
    assert isinstance(refused, Refused)
    assert isinstance(refused.problem, EngineRefused)
    assert "S3 URI" in refused.problem.detail


async def test_news_of_every_job(
    states: dict[str, State], jobs: dict[str, Job], clients: Clients, settings: Settings
) -> None:
    """EventBridge tells of each job's end through the queue, in words that we understand."""
    queue = settings.aws.transcribe_events_queue_url or ""
    waiting = {job.name for job in jobs.values()}
    told: dict[str, str] = {}
    async with asyncio.timeout(20):
        while waiting - set(told):
            answer = await clients.sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=5)
            news = [events.read(message["Body"]) for message in answer.get("Messages", ())]
            told |= {ended.name: ended.status for ended in news}
    completed = {kind: told[job.name] == "COMPLETED" for kind, job in jobs.items()}
    assert completed == {kind: isinstance(state, Ended) for kind, state in states.items()}


async def test_forgotten_job_is_lost(engine: AmazonTranscribe, jobs: dict[str, Job]) -> None:
    """A job that was deleted isn't there; deleting it again is well."""
    job = make_job(name=f"lectern-{uuid4()}", audio=jobs["speakers"].audio, output=jobs["speakers"].output)
    await engine.start(job)
    assert isinstance(await engine.look(job.name), Underway)
    for _ in range(2):
        await engine.forget(job.name)
    assert isinstance(await engine.look(job.name), Lost)


@pytest.mark.parametrize(("body", "reason"), [(None, "is gone"), (b"{}", "not understood"), (b"{" * 99, "larger than")])
async def test_results_that_are_none(
    engine: AmazonTranscribe,
    clients: Clients,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    body: bytes | None,
    reason: str,
) -> None:
    """A result that is gone, is something else or would not fit into memory fails the attempt."""
    monkeypatch.setattr(amazon, "MAX_RESULT", 50)
    output = Address(settings.aws.processed_bucket, f"tests/{uuid4()}.json")
    if body is not None:
        await clients.s3.put_object(Bucket=output.bucket, Key=output.key, Body=body)
    with pytest.raises(EngineFailed, match=reason):
        await engine.read(Ended(None, output))


@pytest.fixture(scope="session")
async def scripted_clients(settings: Settings) -> AsyncIterator[Clients]:
    """Clients that nobody else uses."""
    async with open_clients(settings.aws) as clients:
        yield clients


@pytest.fixture
def script(scripted_clients: Clients) -> AioStubber:
    """The answers that the service is to give."""
    return AioStubber(scripted_clients.transcribe)


AMBIGUOUS = "You've either sent too many requests or your input file is too long."


@pytest.mark.parametrize(
    ("code", "sentence", "fault"),
    [
        ("LimitExceededException", "You have too many jobs running at the same time. Try again later.", NoRoom),
        ("BadRequestException", "You have too many jobs running at the same time. Try again later.", NoRoom),
        ("LimitExceededException", AMBIGUOUS, NoRoom),
        ("ThrottlingException", "Rate exceeded", NoRoom),
        ("LimitExceededException", "Your input file is too long.", TooLongForEngine),
        ("BadRequestException", "The requested vocabulary couldn't be found.", VocabularyUnknown),
        ("BadRequestException", "1 validation error detected: something else", EngineRefused),
        ("AccessDeniedException", "User is not authorized to perform this", EngineUnavailable),
        ("InternalFailureException", "There was an internal error.", ClientError),
    ],
)
async def test_refusals_at_the_start(
    scripted_clients: Clients, script: AioStubber, code: str, sentence: str, fault: type[Exception]
) -> None:
    """A crowd is told from a recording that is too long, and both from what only an operator or time can mend."""
    script.add_client_error("start_transcription_job", code, sentence)
    with script, pytest.raises(fault) as raised:
        await AmazonTranscribe(scripted_clients, Store(scripted_clients)).start(make_job())
    assert type(raised.value).__name__ == ("InternalFailureException" if fault is ClientError else fault.__name__)


async def test_every_option_is_passed_on(scripted_clients: Clients, script: AioStubber) -> None:
    """Language, speakers, vocabulary and redaction reach the service in its own words."""
    expected = {
        "TranscriptionJobName": "lectern-1",
        "Media": {"MediaFileUri": "s3://processed/a/inference.flac"},
        "MediaFormat": "flac",
        "LanguageCode": "de-DE",
        "OutputBucketName": "processed",
        "OutputKey": "a/result.json",
        "Settings": {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 3, "VocabularyName": "names"},
        "ContentRedaction": {"RedactionType": "PII", "RedactionOutput": "redacted"},
    }
    script.add_response("start_transcription_job", {"TranscriptionJob": {}}, expected)
    wish = {"speakers": 3, "vocabulary": "names", "redact": True}
    with script:
        await AmazonTranscribe(scripted_clients, Store(scripted_clients)).start(make_job(language="de", wish=wish))
        script.assert_no_pending_responses()


async def test_older_words_for_a_missing_job(scripted_clients: Clients, script: AioStubber) -> None:
    """A job that isn't there, or can't be deleted yet, is no failure, by whatever code that is told."""
    missing = "The requested job couldn't be found. Check the job name and try your request again."
    script.add_client_error("get_transcription_job", "BadRequestException", missing)
    script.add_client_error("delete_transcription_job", "BadRequestException", missing)
    script.add_client_error("delete_transcription_job", "BadRequestException", "The job is IN_PROGRESS.")
    engine = AmazonTranscribe(scripted_clients, Store(scripted_clients))
    with script:
        assert await engine.look("lectern-1") == Lost(missing)
        await engine.forget("lectern-1")
        await engine.forget("lectern-1")
        script.assert_no_pending_responses()
