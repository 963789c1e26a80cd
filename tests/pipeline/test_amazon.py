"""From sound to text by Amazon Transcribe: submitted, let go, collected; the jobs run at the local AWS."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from server.aws.clients import Clients
from server.aws.store import Address, Store
from server.configuration.processing import EngineName
from server.media.models import Media
from server.media.state import Status
from server.pipeline.amazon import ROOM, collect, fail_job, submit, take_note
from server.pipeline.erase import erase
from server.settings import Settings
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.stage import NotYet, Unworkable
from server.transcription.engines.amazon import AmazonTranscribe
from server.transcription.engines.amazon_jobs import Job
from server.transcription.engines.amazon_states import Lost, Underway
from server.transcription.engines.errors import NoRoom
from server.transcription.models import Transcript
from tests.pipeline.conftest import Bench
from tests.transcription.engines.amazon_job import make_job

AWS = EngineName.AWS


@pytest.fixture(scope="session")
async def begun(clients: Clients, store: Store, settings: Settings) -> dict[str, Job]:
    """Jobs that begin with the first test, and are over by the last ones."""
    bucket, folder = settings.aws.processed_bucket, f"tests/{uuid4()}"
    audio, nothing = Address(bucket, f"{folder}/inference.flac"), Address(bucket, f"{folder}/nothing.flac")
    await clients.s3.put_object(Bucket=bucket, Key=audio.key, Body=b"fLaC")
    jobs = {
        kind: make_job(name=f"lectern-{uuid4()}", audio=heard, output=Address(bucket, f"{folder}/{kind}.json"))
        for kind, heard in {"good": audio, "missing": nothing}.items()
    }
    for job in jobs.values():
        await AmazonTranscribe(clients, store).start(job)
    return jobs


@pytest.fixture(scope="session")
async def over(begun: dict[str, Job], clients: Clients, store: Store) -> dict[str, Job]:
    """The same jobs, once they are over."""
    async with asyncio.timeout(30):
        for job in begun.values():
            while isinstance(await AmazonTranscribe(clients, store).look(job.name), Underway):
                await asyncio.sleep(0.1)
    return begun


async def submitted(bench: Bench, asked: Transcript) -> None:
    """Run the stage that submits."""
    taken = await bench.take(Kind.SUBMIT, asked.media_id)
    await bench.write(taken, await submit(bench.tools, taken))


async def collected(bench: Bench, asked: Transcript) -> Media:
    """Run the stage that collects, and read the item anew."""
    taken = await bench.take(Kind.COLLECT, asked.media_id)
    await bench.write(taken, await collect(bench.tools, taken))
    return await bench.read(asked.media_id)


async def one_that_waits(bench: Bench, folder: Path) -> UUID:
    """Have an item wait until a place for a job is free, and name it."""
    asked = await bench.unheard(folder, AWS)
    taken = await bench.take(Kind.SUBMIT, asked.media_id)
    async with bench.tools.units.begin() as work:
        await tasks.defer(work, taken, NotYet("all places are taken", timedelta(hours=1), ROOM))
    assert not await bench.is_due(asked.media_id, Kind.SUBMIT)
    return asked.media_id


async def test_job_under_way_is_looked_at_again_later(bench: Bench, tmp_path: Path, begun: dict[str, Job]) -> None:
    """No worker waits for a job: it is asked after now and then, should its event not come."""
    asked = await bench.unheard(tmp_path, AWS, job=begun["good"].name, started_at=datetime.now(UTC))
    taken = await bench.take(Kind.COLLECT, asked.media_id)
    with pytest.raises(NotYet) as reason:
        await collect(bench.tools, taken)
    poll_seconds = bench.tools.settings.transcription.poll_seconds
    assert (reason.value.delay, reason.value.waits_for) == (timedelta(seconds=poll_seconds), None)


async def test_job_that_takes_too_long_is_given_up(bench: Bench, tmp_path: Path, begun: dict[str, Job]) -> None:
    """Neither one that never ends nor one that is lost again and again is waited for for ever."""
    limit = timedelta(hours=bench.tools.settings.transcription.give_up_hours)
    for job in (begun["good"].name, "lectern-unknown"):
        asked = await bench.unheard(tmp_path, AWS, job=job, started_at=datetime.now(UTC) - limit)
        taken = await bench.take(Kind.COLLECT, asked.media_id)
        with pytest.raises(Unworkable) as reason:
            await collect(bench.tools, taken)
        assert reason.value.code == "engine_timeout"


async def test_submitting_twice_starts_one_job(bench: Bench, tmp_path: Path) -> None:
    """An attempt whose worker died after it had started the job doesn't make the next one start another."""
    asked = await bench.unheard(tmp_path, AWS, wish={"speakers": 3}, asked_language="en-GB")
    await submit(bench.tools, await bench.take(Kind.SUBMIT, asked.media_id))
    async with bench.tools.units.begin() as work:
        await tasks.withdraw(work.session, asked.media_id)
    await submitted(bench, asked)
    transcribe = bench.tools.store.clients.transcribe
    listed = await transcribe.list_transcription_jobs(JobNameContains=str(asked.id))
    assert [job["TranscriptionJobName"] for job in listed["TranscriptionJobSummaries"]] == [f"lectern-{asked.id}"]
    job = (await transcribe.get_transcription_job(TranscriptionJobName=f"lectern-{asked.id}"))["TranscriptionJob"]
    assert (job["LanguageCode"], job["Settings"]["MaxSpeakerLabels"]) == ("en-GB", 3)
    assert [(found.job, found.finished_at) for found in await bench.transcripts(asked.media_id)] == [
        (f"lectern-{asked.id}", None)
    ]
    assert await bench.waiting(asked.media_id) == [Kind.COLLECT]
    assert not await bench.is_due(asked.media_id, Kind.COLLECT)


async def test_no_more_jobs_at_once_than_allowed(bench: Bench, tmp_path: Path) -> None:
    """When all places are taken the task waits for one, without a job; a place that is free again is used."""
    bench.tools.settings.transcription.max_jobs = 1
    first = await bench.unheard(tmp_path, AWS, job="another's")
    asked = await bench.unheard(tmp_path, AWS)
    taken = await bench.take(Kind.SUBMIT, asked.media_id)
    with pytest.raises(NotYet) as reason:
        await submit(bench.tools, taken)
    assert reason.value.waits_for == ROOM
    assert [found.job for found in await bench.transcripts(asked.media_id)] == [None]
    assert isinstance(await bench.tools.amazon.look(f"lectern-{asked.id}"), Lost)
    async with bench.tools.units.begin() as work:
        (await work.session.get_one(Transcript, first.id)).fail("engine_refused", "Refused.")
    await submit(bench.tools, taken)
    assert isinstance(await bench.tools.amazon.look(f"lectern-{asked.id}"), Underway)


async def test_place_that_amazon_denies_is_given_back(bench: Bench, tmp_path: Path) -> None:
    """When the service itself is too busy, the task waits and holds no place meanwhile."""

    class Busy(AmazonTranscribe):
        async def start(self, job: Job) -> None:
            raise NoRoom(job.name)

    clients, store = bench.tools.store.clients, bench.tools.store
    asked = await bench.unheard(tmp_path, AWS)
    taken = await bench.take(Kind.SUBMIT, asked.media_id)
    with pytest.raises(NotYet) as reason:
        await submit(replace(bench.tools, amazon=Busy(clients, store)), taken)
    assert reason.value.waits_for == ROOM
    assert [found.job for found in await bench.transcripts(asked.media_id)] == [None]


async def test_what_amazon_never_takes_fails_at_once(bench: Bench, tmp_path: Path) -> None:
    """What is known to be refused isn't asked; the reason is told, and the next that waits goes on."""
    waiting = await one_that_waits(bench, tmp_path)
    asked = await bench.unheard(tmp_path, AWS, asked_language="tlh")
    taken = await bench.take(Kind.SUBMIT, asked.media_id)
    with pytest.raises(Unworkable) as reason:
        await submit(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        await fail_job(work, taken, reason.value)
    failed = await bench.read(asked.media_id)
    assert (failed.status, failed.error_code) == (Status.FAILED, "language_not_supported")
    assert await bench.is_due(waiting, Kind.SUBMIT)


async def test_news_of_an_end_has_the_result_collected(bench: Bench, tmp_path: Path) -> None:
    """The event makes the task due that was to look later; it comes twice, or too late, without harm."""
    asked = await bench.unheard(tmp_path, AWS)
    await submitted(bench, asked)
    for _ in range(2):
        async with bench.tools.units.begin() as work:
            assert await take_note(work, f"lectern-{asked.id}")
    assert await bench.waiting(asked.media_id) == [Kind.COLLECT]
    assert await bench.is_due(asked.media_id, Kind.COLLECT)


async def test_news_may_be_faster_than_the_worker_that_submitted(bench: Bench, tmp_path: Path) -> None:
    """A job may be over before its submission is written down: it is collected all the same, once."""
    asked = await bench.unheard(tmp_path, AWS)
    taken = await bench.take(Kind.SUBMIT, asked.media_id)
    outcome = await submit(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        assert await take_note(work, f"lectern-{asked.id}")
    assert await bench.is_due(asked.media_id, Kind.COLLECT)
    await bench.write(taken, outcome)
    assert await bench.waiting(asked.media_id) == [Kind.COLLECT]


async def test_news_of_unknown_jobs_changes_nothing(bench: Bench) -> None:
    """Other services' jobs are none of ours."""
    async with bench.tools.units.begin() as work:
        assert not await take_note(work, "somebody-elses")


async def test_lost_job_is_submitted_again(bench: Bench, tmp_path: Path) -> None:
    """A job that Amazon doesn't know was never started, or is forgotten: the same transcript is asked for once more."""
    asked = await bench.unheard(tmp_path, AWS, job="lectern-unknown", started_at=datetime.now(UTC))
    assert (await collected(bench, asked)).status is Status.TRANSCRIBING
    assert await bench.waiting(asked.media_id) == [Kind.SUBMIT]
    await submitted(bench, asked)
    assert [(found.id, found.job) for found in await bench.transcripts(asked.media_id)] == [
        (asked.id, f"lectern-{asked.id}")
    ]


async def test_expired_rendition_is_made_again_before_a_job_is_started(bench: Bench, tmp_path: Path) -> None:
    """Amazon isn't given an address with nothing there: the item begins again with its source."""
    asked = await bench.unheard(tmp_path, AWS)
    await bench.tools.store.delete_under(bench.tools.settings.aws.processed_bucket, f"{bench.owner}/{asked.media_id}/")
    await submitted(bench, asked)
    assert (await bench.read(asked.media_id)).status is Status.RECEIVED
    assert await bench.waiting(asked.media_id) == [Kind.TRANSCODE]
    assert [(found.id, found.job) for found in await bench.transcripts(asked.media_id)] == [(asked.id, None)]


async def test_deleting_ends_the_job_and_gives_its_place_on(bench: Bench, tmp_path: Path) -> None:
    """An item that is deleted while its job is under way holds no place any longer, and is not collected."""
    waiting = await one_that_waits(bench, tmp_path)
    asked = await bench.unheard(tmp_path, AWS)
    await submitted(bench, asked)
    async with bench.tools.units.begin() as work:
        await tasks.withdraw(work.session, asked.media_id)
        (await work.session.get_one(Media, asked.media_id)).become(Status.DELETING)
    taken = await bench.take(Kind.ERASE, asked.media_id)
    await bench.write(taken, await erase(bench.tools, taken))
    assert isinstance(await bench.tools.amazon.look(f"lectern-{asked.id}"), Lost)
    assert (await bench.read(asked.media_id)).status is Status.GONE
    assert await bench.is_due(waiting, Kind.SUBMIT)
    async with bench.tools.units.begin() as work:
        assert not await take_note(work, f"lectern-{asked.id}")
    assert (await collected(bench, asked)).status is Status.GONE


async def test_result_of_an_ended_job_is_taken_in(bench: Bench, tmp_path: Path, over: dict[str, Job]) -> None:
    """The text is written with its segments, the job and its file are removed, and the next that waits goes on."""
    waiting, job = await one_that_waits(bench, tmp_path), over["good"]
    asked = await bench.unheard(tmp_path, AWS, job=job.name)
    media = await collected(bench, asked)
    [written] = await bench.transcripts(media.id)
    assert (media.status, media.heard_ms) == (Status.COMPLETED, 1000)
    assert "deterministic placeholder speech" in written.text
    assert (written.language, written.finished_at is not None) == ("en", True)
    assert await bench.is_due(waiting, Kind.SUBMIT)
    assert isinstance(await bench.tools.amazon.look(job.name), Lost)
    assert await bench.tools.store.head(job.output) is None
    assert (await collected(bench, asked)).status is Status.COMPLETED


async def test_refused_job_fails_and_gives_its_place_on(bench: Bench, tmp_path: Path, over: dict[str, Job]) -> None:
    """What Amazon can't transcribe fails with Amazon's reason, and the next that waits goes on."""
    waiting = await one_that_waits(bench, tmp_path)
    asked = await bench.unheard(tmp_path, AWS, job=over["missing"].name)
    taken = await bench.take(Kind.COLLECT, asked.media_id)
    with pytest.raises(Unworkable) as reason:
        await collect(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        await fail_job(work, taken, reason.value)
    media = await bench.read(asked.media_id)
    assert (media.status, media.error_code) == (Status.FAILED, "engine_refused")
    assert "S3 URI" in (media.error_message or "")
    assert await bench.is_due(waiting, Kind.SUBMIT)


async def test_event_that_comes_before_its_job_costs_nothing(bench: Bench, tmp_path: Path) -> None:
    """News of a job's earlier life, come while it is being started anew, has it looked at again, not started over."""
    asked = await bench.unheard(tmp_path, AWS, job="lectern-not-started", started_at=datetime.now(UTC))
    await bench.take(Kind.SUBMIT, asked.media_id)
    async with bench.tools.units.begin() as work:
        assert await take_note(work, "lectern-not-started")
    taken = await bench.take(Kind.COLLECT, asked.media_id)
    with pytest.raises(NotYet, match="being submitted"):
        await collect(bench.tools, taken)
    [kept] = await bench.transcripts(asked.media_id)
    assert kept.job == "lectern-not-started"


async def test_job_of_a_deleted_item_is_let_be(bench: Bench, tmp_path: Path) -> None:
    """Should a look be left over when its item is deleted, it ends, and failing changes nothing."""
    asked = await bench.unheard(tmp_path, AWS, job="lectern-unknown", started_at=datetime.now(UTC))
    async with bench.tools.units.begin() as work:
        (await work.session.get_one(Media, asked.media_id)).become(Status.DELETING)
    taken = await bench.take(Kind.COLLECT, asked.media_id)
    async with bench.tools.units.begin() as work:
        await fail_job(work, taken, Unworkable("engine_timeout", "It took too long."))
    await bench.write(taken, await collect(bench.tools, taken))
    assert (await bench.read(asked.media_id)).status is Status.DELETING
