"""Waiting until the service is done with a file."""

from typing import Protocol
from uuid import UUID

from server.client.client import Client
from server.client.feed import Feed, News
from server.client.problems import NotTranscribed
from server.media.state import UNDER_WAY
from server.results.schemas import Result
from server.uploads.state import UploadStatus

RECHECK_SECONDS = 10.0
FIRST_LOOK_SECONDS = 0.1


class Watcher(Protocol):
    """Is told how a file fares."""

    def sending(self, sent: int, size: int) -> None:
        """So many bytes are sent, of so many."""
        ...

    def standing(self, news: News) -> None:
        """The result stands so."""
        ...


async def until_accepted(client: Client, feed: Feed, upload_id: UUID) -> UUID:
    """Wait until a completed upload has become a result, and return its id.

    Raises:
        NotTranscribed: it was rejected or given up.
    """
    seconds = FIRST_LOOK_SECONDS
    with feed.mailbox() as mailbox:
        while True:
            upload = await client.upload(upload_id)
            if upload.result_id is not None:
                return upload.result_id
            if upload.error is not None:
                raise NotTranscribed(upload.error.code, upload.error.message)
            if upload.status is UploadStatus.ABORTED:
                raise NotTranscribed("upload_aborted", "The upload was given up meanwhile. Send the file again.")
            # No event tells of an upload itself, only of the result that it becomes; so the pauses grow.
            await mailbox.next(None, seconds)
            seconds = min(seconds * 2, RECHECK_SECONDS)


async def until_finished(client: Client, feed: Feed, result_id: UUID, watcher: Watcher) -> Result:
    """Wait until a result is completed, and return it.

    Raises:
        NotTranscribed: it failed.
    """
    with feed.mailbox() as mailbox:
        while (result := await client.result(result_id)).status in UNDER_WAY:
            news: News | None = News.model_validate(result)
            while news is not None and news.status in UNDER_WAY:
                watcher.standing(news)
                news = await mailbox.next(result_id, RECHECK_SECONDS)
    watcher.standing(News.model_validate(result))
    if result.error is not None:
        raise NotTranscribed(result.error.code, result.error.message)
    return result
