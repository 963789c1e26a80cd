"""Recordings of which it is known what is said in them, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from server.auth.principal import Principal
from server.media.kinds import MediaKind
from server.media.models import Media
from server.media.state import Status
from server.results.finding import Finder, Listing
from server.results.schemas import ResultPage, ResultSummary
from server.search import service as search
from server.transcription.models import Transcript, TranscriptSegment
from server.unit_of_work import UnitOfWork
from server.users.models import User, UserKind

WORD_MS = 300


@dataclass(frozen=True)
class Library:
    """Somebody's recordings, within one transaction; each word takes 0.3 s, and segments follow without a pause."""

    work: UnitOfWork
    reader: Principal

    async def add(self, *segments: str, language: str | None = "en", **changed: Any) -> UUID:
        """Add a recording in which this is said; without segments, it has no text."""
        media_id = uuid7()
        facts: dict[str, Any] = {"owner_id": self.reader.user_id, "title": "A recording", "duration_ms": 60_000}
        facts |= {"kind": MediaKind.AUDIO, "status": Status.COMPLETED, "content_type": "audio/wav", "size": 1}
        facts |= {"source_bucket": "raw", "source_key": str(media_id), "etag": "e", "language": language}
        self.work.session.add(Media(id=media_id, **(facts | changed)))
        await self.work.session.flush()
        if segments:
            await self._say(media_id, segments, language)
        await search.index(self.work, media_id)
        return media_id

    async def _say(self, media_id: UUID, segments: Sequence[str], language: str | None) -> None:
        transcript = Transcript(
            media_id=media_id, engine="whisper", model="tiny", language=language, finished_at=datetime.now(UTC)
        )
        self.work.session.add(transcript)
        await self.work.session.flush()
        at = 0
        for index, text in enumerate(segments):
            words = [timed(word, at + number * WORD_MS) for number, word in enumerate(text.split())]
            end = at + len(words) * WORD_MS
            self.work.session.add(
                TranscriptSegment(
                    transcript_id=transcript.id,
                    index=index,
                    start_ms=at,
                    end_ms=end,
                    text=text,
                    confidence=0.9,
                    words=words,
                )
            )
            at = end

    async def find(self, **wish: Any) -> ResultPage:
        """Return the first page of what the reader finds."""
        return await Finder(self.work, self.reader).page(Listing(**wish))

    async def ids(self, **wish: Any) -> list[UUID]:
        """Return the ids of what the reader finds."""
        return [item.id for item in (await self.find(**wish)).items]

    async def one(self, **wish: Any) -> ResultSummary:
        """Return the only result that the reader finds."""
        [item] = (await self.find(**wish)).items
        return item


def timed(word: str, start_ms: int) -> dict[str, Any]:
    """Return a word as transcripts have it."""
    return {"start_ms": start_ms, "end_ms": start_ms + WORD_MS, "text": word, "confidence": 0.9}


@pytest.fixture
async def library(work: UnitOfWork) -> Library:
    """My recordings."""
    me = User(kind=UserKind.PERSON)
    work.session.add(me)
    await work.session.flush()
    return Library(work, Principal(me.id, sees_all=False))
