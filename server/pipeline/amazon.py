"""From the inference rendition to the text, by Amazon Transcribe: a job is submitted, let go, and collected.

No worker waits: what ends a job's waiting is an event, and where that is lost, the time at which it is asked after.
"""

from datetime import UTC, datetime, timedelta
from functools import partial

from server.aws.store import Address
from server.media.models import Media
from server.media.repository import MediaRepository
from server.media.state import Status
from server.pipeline import endings
from server.pipeline.flow import advance, await_job
from server.pipeline.tools import Tools
from server.pipeline.transcribe import Listening, send_back, start_listening
from server.problems import Problem
from server.tasks import service as tasks
from server.tasks.models import Kind, Taken
from server.tasks.stage import NotYet, Outcome, Unworkable
from server.transcription.engines.amazon_jobs import Job
from server.transcription.engines.amazon_results import Parsed
from server.transcription.engines.amazon_states import Ended, Lost, Refused, State
from server.transcription.engines.errors import NoRoom
from server.transcription.models import Transcript
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork

ROOM = "transcribe"
"""What tasks wait for while all places for jobs are taken."""
SUBMITTED_SOON = timedelta(seconds=5)
LOOK_AGAIN = timedelta(seconds=60)
"""Places become free by `admit`; this is for when that went wrong, and for Amazon's own limits."""


async def submit(tools: Tools, taken: Taken) -> Outcome:
    """Submit a job for the inference rendition, and let go."""
    asked = await start_listening(tools, taken)
    if asked is None:
        return Outcome()
    if await tools.store.head(asked.inference.address) is None:
        return Outcome(partial(send_back, taken=taken))
    job = job_of(tools, asked)
    await _reserve(tools, taken, asked.transcript, job)
    try:
        await tools.amazon.start(job)
    except NoRoom as reason:
        await _release(tools, taken, asked.transcript)
        raise NotYet(str(reason), LOOK_AGAIN, ROOM) from reason
    except Problem as problem:
        raise Unworkable(problem.code, problem.detail) from problem
    return Outcome(partial(_let_go, tools=tools, media=asked.media))


async def collect(tools: Tools, taken: Taken) -> Outcome:
    """Bring in a job's result, or look again later."""
    async with tools.units.begin() as work:
        media = await MediaRepository(work).get(taken.subject_id)
        transcript = await TranscriptRepository(work).open_of(media.id)
        is_being_submitted = await tasks.is_open(work.session, Kind.SUBMIT, media.id)
    if media.status is not Status.TRANSCRIBING or transcript is None or transcript.job is None:
        return Outcome()
    match await _look(tools, transcript.job):
        case Ended() as ended:
            parsed = await tools.amazon.read(ended)
            return Outcome(
                partial(_complete, taken=taken, transcript=transcript, parsed=parsed),
                partial(_clear, tools, transcript.job, ended.output),
            )
        case Refused(problem):
            raise Unworkable(problem.code, problem.detail)
        case Lost() if is_being_submitted:
            raise NotYet("the job is being submitted", SUBMITTED_SOON)
        case Lost():
            _check_time(tools, transcript)
            await tools.amazon.forget(transcript.job)
            return Outcome(partial(_submit_again, transcript=transcript, media=media))
        case _:
            _check_time(tools, transcript)
            raise NotYet("the job is under way", timedelta(seconds=tools.settings.transcription.poll_seconds))


async def take_note(work: UnitOfWork, job: str) -> bool:
    """Have a job's result collected at once, because it is said to have ended.

    Returns:
        False when nothing waits for such a job.
    """
    transcript = await TranscriptRepository(work).by_job(job)
    if transcript is None:
        return False
    if not await tasks.hasten(work, Kind.COLLECT, transcript.media_id):
        # The job was faster than the worker that submitted it.
        await await_job(work, await MediaRepository(work).get(transcript.media_id), seconds=0)
    return True


async def fail_job(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Write down why it failed, and give the place to the next."""
    await endings.fail_media(work, taken, reason)
    await tasks.admit(work, ROOM)


def job_of(tools: Tools, asked: Listening) -> Job:
    """Describe a job; the same transcript always gets the same name, so that starting it twice starts it once."""
    media, transcript = asked.media, asked.transcript
    return Job(
        name=f"lectern-{transcript.id}",
        audio=asked.inference.address,
        output=tools.processed(result_key(media, transcript)),
        duration_ms=media.duration_ms or 0,
        size=asked.inference.size,
        language=transcript.asked_language,
        wish=transcript.speech_wish,
    )


def result_key(media: Media, transcript: Transcript) -> str:
    """Return where Amazon Transcribe is to put its result."""
    return f"{media.owner_id}/{media.id}/{transcript.id}.json"


async def _reserve(tools: Tools, taken: Taken, transcript: Transcript, job: Job) -> None:
    most = tools.settings.transcription.max_jobs
    async with tools.units.begin() as work:
        await tasks.hold(work.session, taken)
        reserved = await TranscriptRepository(work).reserve_job(transcript.id, job.name, most=most)
    if not reserved:
        raise NotYet(f"all {most} places for jobs are taken", LOOK_AGAIN, ROOM)


async def _release(tools: Tools, taken: Taken, transcript: Transcript) -> None:
    async with tools.units.begin() as work:
        await tasks.hold(work.session, taken)
        await TranscriptRepository(work).release_job(transcript.id)


async def _let_go(work: UnitOfWork, tools: Tools, media: Media) -> None:
    await await_job(work, media, tools.settings.transcription.poll_seconds)


async def _complete(work: UnitOfWork, taken: Taken, transcript: Transcript, parsed: Parsed) -> None:
    await TranscriptRepository(work).add_segments(transcript.id, 0, parsed.segments)
    text = " ".join(segment.text for segment in parsed.segments)
    await endings.complete(work, taken.subject_id, transcript, text=text, language=parsed.language)
    await tasks.admit(work, ROOM)


async def _clear(tools: Tools, job: str, output: Address) -> None:
    await tools.amazon.forget(job)
    await tools.store.delete([output])


async def _submit_again(work: UnitOfWork, transcript: Transcript, media: Media) -> None:
    """Start over: Amazon knows of no such job, because it was never started or is forgotten."""
    await TranscriptRepository(work).release_job(transcript.id)
    await advance(work, media)


async def _look(tools: Tools, job: str) -> State:
    try:
        return await tools.amazon.look(job)
    except NoRoom as reason:
        raise NotYet(str(reason), LOOK_AGAIN) from reason


def _check_time(tools: Tools, transcript: Transcript) -> None:
    limit = timedelta(hours=tools.settings.transcription.give_up_hours)
    if transcript.started_at is not None and datetime.now(UTC) - transcript.started_at > limit:
        raise Unworkable(
            "engine_timeout", "Amazon Transcribe did not end its work in time. Try again, or choose another engine."
        )
