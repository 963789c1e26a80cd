"""What we ask of another service, and what it answers."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import delete, select
from uuid_utils.compat import uuid7

from server.media.models import Media
from server.preprocessing.addresses import written
from server.preprocessing.contract import Answer, Callback, Message
from server.preprocessing.kinds import Status
from server.preprocessing.models import PreprocessingRequest
from server.problems import NotFound, Problem
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.unit_of_work import UnitOfWork
from server.webhooks.kinds import Transport

SHORT, INFERENCE = "short.mp3", "inference.flac"
"""What is asked for; the format is that of the extension."""


class OtherKeys(Problem):
    """The answer is about other objects than the request was."""

    status = 422
    code = "other_keys"

    def __init__(self) -> None:
        super().__init__("The keys are not those of the request. Answer with those that its message has.")


async def ask(work: UnitOfWork, media: Media, bucket: str) -> PreprocessingRequest:
    """Begin a request about an item; its results are to lie in a bucket of ours, under keys that are its alone."""
    request_id = uuid7()
    prefix = f"{media.owner_id}/{media.id}/{request_id.hex}/"
    request = PreprocessingRequest(
        id=request_id,
        media_id=media.id,
        bucket=bucket,
        short_key=prefix + SHORT,
        inference_key=prefix + INFERENCE,
        status=Status.ASKED,
    )
    work.session.add(request)
    await work.session.flush()
    return request


def message(request: PreprocessingRequest, media: Media, callback_url: str) -> Message:
    """Write the message that another service is sent."""
    return Message(
        s3_key_temp=written(media.source),
        s3_key_short=written(request.short),
        s3_key_for_inference=written(request.inference),
        request_id=str(request.id),
        callback_response=Callback(url=callback_url, type=Transport.HTTP),
    )


async def newest(work: UnitOfWork, media_id: UUID, *, for_change: bool = False) -> PreprocessingRequest | None:
    """Return the latest request about an item, whatever became of it, or None."""
    query = select(PreprocessingRequest).where(PreprocessingRequest.media_id == media_id)
    query = query.order_by(PreprocessingRequest.id.desc()).limit(1)
    return (await work.session.execute(query.with_for_update() if for_change else query)).scalar_one_or_none()


async def note_sent(work: UnitOfWork, request_id: UUID) -> datetime:
    """Note that the message is in the queue, and return since when."""
    request = await work.session.get_one(PreprocessingRequest, request_id)
    request.sent_at = datetime.now(UTC)
    return request.sent_at


async def take_answer(work: UnitOfWork, answer: Answer) -> None:
    """Take note of what became of a request; the worker that acts upon it is called.

    Only the first answer counts, and none that comes after the request was given up.

    Raises:
        NotFound: there is no such request.
        OtherKeys: the request was about other objects.
    """
    request = await _request(work, answer.request_id)
    await _check_keys(work, request, answer)
    if request.status is not Status.ASKED:
        return
    await tasks.hasten(work, Kind.PREPROCESS, request.media_id)  # before the request is locked: tasks come first
    request = await _request(work, answer.request_id, for_change=True)
    if request.status is Status.ASKED:
        request.status = Status(answer.status)
        request.answered_at = datetime.now(UTC)
        if answer.error is not None:
            request.error_code, request.error_message = answer.error.code, answer.error.message


async def awaited(work: UnitOfWork, keys: Sequence[str]) -> set[str]:
    """Return those of the keys under which another service has been asked to put something, and may be about to."""
    asked = {key: request_id for key in keys if (request_id := _id_in(key)) is not None}
    query = select(PreprocessingRequest.id).where(PreprocessingRequest.id.in_(set(asked.values())))
    open_ones = set((await work.session.execute(query.where(PreprocessingRequest.status == Status.ASKED))).scalars())
    return {key for key, request_id in asked.items() if request_id in open_ones}


def _id_in(key: str) -> UUID | None:
    """Read the request's id from `{owner}/{media}/{request}/{name}`."""
    try:
        return UUID(key.split("/")[2])
    except (IndexError, ValueError):
        return None


async def give_up(work: UnitOfWork, media_id: UUID, code: str, message: str) -> None:
    """Note that nothing is expected of the latest request about an item any more."""
    request = await newest(work, media_id, for_change=True)
    if request is not None and request.status is Status.ASKED:
        request.status, request.error_code, request.error_message = Status.FAILED, code, message


async def forget(work: UnitOfWork, media_id: UUID) -> None:
    """Remove what was asked about an item."""
    await work.session.execute(delete(PreprocessingRequest).where(PreprocessingRequest.media_id == media_id))


async def _request(work: UnitOfWork, request_id: str | None, *, for_change: bool = False) -> PreprocessingRequest:
    try:
        named = UUID(request_id)
    except (TypeError, ValueError):
        raise NotFound("request") from None
    query = select(PreprocessingRequest).where(PreprocessingRequest.id == named)
    query = query.with_for_update().execution_options(populate_existing=True) if for_change else query
    found = (await work.session.execute(query)).scalar_one_or_none()
    if found is None:
        raise NotFound("request")
    return found


async def _check_keys(work: UnitOfWork, request: PreprocessingRequest, answer: Answer) -> None:
    media = await work.session.get(Media, request.media_id)
    if media is None:  # it has just been erased, with what was asked about it
        raise NotFound("request")
    asked = written(media.source), written(request.short), written(request.inference)
    if (answer.s3_key_temp, answer.s3_key_short, answer.s3_key_for_inference) != asked:
        raise OtherKeys
