"""A text made into sentences, by a child process that its faults are confined to.

The parsers are fast and given to hostile texts: a megabyte of nested elements takes one of them minutes.
"""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self
from uuid import UUID
from weakref import WeakValueDictionary

import structlog
from pydantic import BaseModel

from server.documents.kinds import MOST_SENTENCES, Form, Verdict
from server.documents.problems import NothingToRead, NotText, TooComplex, TooLong, WrongCharset
from server.ffmpeg.confine import Finished, Limits, TimedOut, run

log = structlog.get_logger(__name__)

CHILD = "server.documents.reading_child"
LIMITS = Limits(seconds=40, memory=1024**3, cpu_seconds=20)
"""The longest Markdown takes some ten seconds."""
MOST_OUTPUT = 96 * 1024**2
AT_ONCE = 2
"""Texts that one process has read at the same time."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text as it came; `charset` and `language` where somebody has said them.

    `spoken` is the language that counts when neither anybody nor the text itself tells another.
    """

    content: bytes
    form: Form
    charset: str | None = None
    language: str | None = None
    spoken: str | None = None


class Summary(BaseModel):
    """What there is to know of a text; `language` is None where nothing tells."""

    title: str
    language: str | None
    sentence_count: int
    character_count: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in sentences: each of `batches` is a JSON array of objects with `index`, `paragraph` and `text`."""

    summary: Summary
    batches: Sequence[bytes]

    @classmethod
    def parse(cls, output: bytes) -> Self:
        """Read what the child has printed."""
        *batches, last = output.splitlines()
        return cls(Summary.model_validate_json(last), batches)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads texts, a few at a time, and of each person one, so that nobody takes all places with what takes long."""

    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _turns: WeakValueDictionary[UUID, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def read(self, source: Source, person: UUID) -> Reading:
        """Make a text of somebody's into sentences.

        Raises:
            WrongCharset: its bytes are in none that is known, or in another than was said.
            NotText: it has control characters.
            NothingToRead: no sentence came of it.
            TooLong: too many did.
            TooComplex: it took too much time or memory.
        """
        turn = self._turns.setdefault(person, asyncio.Lock())
        async with turn, self._places:
            with TemporaryDirectory(prefix="lectern-") as name:
                finished = await _run(source, Path(name))
        _check(finished)
        return await asyncio.to_thread(Reading.parse, finished.stdout)


async def _run(source: Source, folder: Path) -> Finished:
    await asyncio.to_thread((folder / "source").write_bytes, source.content)
    known = (source.charset or "", source.language or "", source.spoken or "")
    argv = (sys.executable, "-I", "-m", CHILD, source.form, *known)
    try:
        return await run(argv, folder, LIMITS, most=MOST_OUTPUT)
    except TimedOut as error:
        raise TooComplex from error


def _check(finished: Finished) -> None:
    match finished.code:
        case Verdict.READ if len(finished.stdout) < MOST_OUTPUT:
            return
        case Verdict.WRONG_CHARSET:
            raise WrongCharset(finished.tail)
        case Verdict.NO_TEXT:
            raise NotText
        case Verdict.EMPTY:
            raise NothingToRead
        case Verdict.TOO_MANY:
            raise TooLong(MOST_SENTENCES)
        case _:
            log.warning("a text was not read", code=finished.code, tail=finished.tail)
            raise TooComplex
