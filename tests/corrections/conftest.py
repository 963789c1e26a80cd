"""Transcripts that are corrected."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import accumulate
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Text, cast, insert, select

from server.auth.principal import Principal
from server.aws.store import Store
from server.corrections import service
from server.corrections.finding import Named
from server.corrections.schemas import Edited
from server.corrections.service import Condition
from server.corrections.wishes import EditWish
from server.settings import Settings
from server.transcription.engines.base import Segment, Word
from server.transcription.models import TranscriptSegment
from server.unit_of_work import Units
from server.valkey.broadcast import Event
from tests.results.conftest import Shelf, know
from tests.tokens import Pool

WORD_MS = 300


def heard(text: str, start_ms: int = 0, **more: Any) -> Segment:
    """Return a segment as an engine hears it: its words, parted by spaces, follow each other."""
    words = text.split()
    starts = accumulate([start_ms, *[WORD_MS] * len(words)])
    timed = tuple(Word(at, at + WORD_MS - 50, word, 0.5) for at, word in zip(starts, words, strict=False))
    return Segment(start_ms, start_ms + WORD_MS * len(words), text, timed, 0.5, **more)


@dataclass
class Desk:
    """A transcript, and who corrects it."""

    units: Units
    owner: Principal
    named: Named
    version: int = 0
    news: list[tuple[UUID, Event]] = field(default_factory=list)

    async def correct(self, *operations: dict[str, Any], key: str | None = None) -> Edited:
        """Correct the newest version."""
        wish = EditWish.model_validate({"operations": operations})
        condition = Condition([f'"{self.version}"'], key)
        async with self.units.begin() as work:
            edited = await service.correct(work, self.owner, self.named, condition, wish)
            self.news += work.news
        self.version = edited.version
        return edited

    async def restore(self, number: int) -> Edited:
        """Bring a version back."""
        async with self.units.begin() as work:
            edited = await service.restore(work, self.owner, self.named, Condition(["*"]), number)
        self.version = edited.version
        return edited

    async def rows(self) -> list[tuple[Any, ...]]:
        """Return the segments as the database has them, byte for byte."""
        table = TranscriptSegment.__table__.c
        columns = [cast(column, Text) for column in table if column.name != "transcript_id"]
        query = select(*columns).where(table.transcript_id == self.named.transcript_id).order_by(table.index)
        async with self.units.begin() as work:
            return [tuple(row) for row in await work.session.execute(query)]

    @property
    def address(self) -> str:
        """Where it lies in the API."""
        return f"/results/{self.named.result_id}/transcripts/{self.named.transcript_id}"


async def furnish(shelf: Shelf, segments: Sequence[Segment], duration_ms: int = 10_000, **changed: Any) -> Desk:
    """Put a transcript where the API finds it."""
    result_id = await shelf.add(duration_ms=duration_ms)
    transcript_id = await shelf.add_transcript(result_id, text=" ".join(s.text for s in segments), **changed)
    rows = [
        asdict(segment)
        | {"transcript_id": UUID(transcript_id), "index": index, "words": [asdict(word) for word in segment.words]}
        for index, segment in enumerate(segments)
    ]
    async with shelf.units.begin() as work:
        await work.session.execute(insert(TranscriptSegment), rows)
    owner = Principal(shelf.owner, sees_all=False)
    return Desk(shelf.units, owner, Named(UUID(result_id), UUID(transcript_id)))


@pytest.fixture
async def shelf(units: Units, store: Store, pool: Pool, settings: Settings) -> Shelf:
    """My results."""
    return Shelf(units, store, settings, await know(units, pool, "me"))


@pytest.fixture
def mine(pool: Pool) -> dict[str, str]:
    """Me."""
    return pool.person("me")


@pytest.fixture
async def desk(shelf: Shelf) -> Desk:
    """Three sentences of two speakers."""
    texts = (("Good morning, Ada.", "1"), ("Good morning, Mister Babbage.", "2"), ("How is the engine?", "1"))
    return await furnish(
        shelf, [heard(text, 3000 * place, speaker=speaker) for place, (text, speaker) in enumerate(texts)]
    )
