"""Applying what an editor asks for to the segments of a transcript."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from server.corrections.alignment import realigned
from server.corrections.dividing import divided, united
from server.corrections.problems import (
    EditTooLarge,
    NoSuchSegment,
    NothingLeft,
    TextTooLong,
    TimesOutOfOrder,
    TooManyReplacements,
)
from server.corrections.replacing import Sought, replaced
from server.corrections.segments import StoredSegment
from server.corrections.timing import retimed
from server.corrections.wishes import (
    LONGEST_TEXT,
    AnyOperation,
    Change,
    Insert,
    Merge,
    Remove,
    RenameSpeaker,
    ReplaceAll,
    Split,
)
from server.transcription.engines.base import Segment

MOST_REPLACEMENTS = 10_000
"""Of all operations of an edit, as the next one: the item's row is held while they are made."""
MOST_SEARCHED = 10_000_000
"""Characters of segments that have what is to be replaced, be it within words."""
MOST_WORDS = 250_000
"""That are written anew; twelve hours of speech have about half as many."""
MOST_CHARACTERS = 1_000_000
"""Of a transcript, unless it had more."""


def applied(
    segments: Sequence[StoredSegment], operations: Sequence[AnyOperation], duration_ms: int | None
) -> list[StoredSegment]:
    """Return what operations come to, each applied to what those before it left.

    Args:
        segments: as they are; those that nothing is done to are the same objects afterwards.
        operations: what is to be done.
        duration_ms: how long the recording is, as far as is known. An engine may have heard a little more.

    Raises:
        NoSuchSegment: an operation names none that there is.
        TimesOutOfOrder: a segment would end before it begins, lie outside of the recording, or, when all is done,
            begin before the one ahead of it.
        NothingLeft: one would be split into itself and nothing.
        TextTooLong: one would have more than `LONGEST_TEXT` characters.
        TooManyReplacements: there would be more than `MOST_REPLACEMENTS`.
        EditTooLarge: more than `MOST_SEARCHED` would be searched, or more than `MOST_WORDS` written, or the whole have
            more than `MOST_CHARACTERS`.
    """
    draft = _Draft(list(segments), max([duration_ms or 0, *(segment.end_ms for segment in segments)]))
    for operation in operations:
        draft.apply(operation)
    _check_order(draft.segments, {id(segment) for segment in segments})
    if _length(draft.segments) > max(MOST_CHARACTERS, _length(segments)):
        raise EditTooLarge(f"The transcript would have more than {MOST_CHARACTERS:,} characters.")
    return draft.segments


def _length(segments: Sequence[StoredSegment]) -> int:
    return sum(len(segment.text) for segment in segments)


def _check_order(segments: Sequence[StoredSegment], untouched: set[int]) -> None:
    for index, (one, following) in enumerate(pairwise(segments), 1):
        if following.start_ms < one.start_ms and not {id(one), id(following)} <= untouched:
            raise TimesOutOfOrder(index, "would begin before the one ahead of it")


class _Draft:
    """The segments while operations are applied to them."""

    def __init__(self, segments: list[StoredSegment], latest_ms: int) -> None:
        self.segments = segments
        self._latest_ms = latest_ms
        self._searched = self._replacements = self._words = 0

    def apply(self, operation: AnyOperation) -> None:
        match operation:
            case Change():
                self._change(operation)
            case Split():
                self._split(operation)
            case Merge():
                self._merge(operation.segment)
            case Remove():
                self._at(operation.segment)
                del self.segments[operation.segment]
            case Insert():
                self._insert(operation)
            case ReplaceAll():
                self._replace_all(operation)
            case RenameSpeaker():
                self._rename(operation)

    def _change(self, wish: Change) -> None:
        segment = changed = self._at(wish.segment).spoken()
        start_ms = segment.start_ms if wish.start_ms is None else wish.start_ms
        end_ms = segment.end_ms if wish.end_ms is None else wish.end_ms
        if (start_ms, end_ms) != (segment.start_ms, segment.end_ms):
            self._check_times(wish.segment, start_ms, end_ms)
            changed = retimed(changed, start_ms, end_ms)
        if "speaker" in wish.model_fields_set:
            changed = replace(changed, speaker=wish.speaker)
        if wish.text is not None and wish.text != changed.text:
            changed = realigned(changed, wish.text)
        if changed != segment:
            self._put(wish.segment, 1, changed)

    def _split(self, wish: Split) -> None:
        segment = self._at(wish.segment).spoken()
        if not segment.text[: wish.at].strip() or not segment.text[wish.at :].strip():
            raise NothingLeft(wish.segment)
        if wish.at_ms is not None and not segment.start_ms <= wish.at_ms <= segment.end_ms:
            raise TimesOutOfOrder(wish.segment, f"lasts from {segment.start_ms} to {segment.end_ms} ms")
        self._put(wish.segment, 1, *divided(segment, wish.at, wish.at_ms))

    def _merge(self, index: int) -> None:
        whole = united(self._at(index).spoken(), self._at(index + 1).spoken())
        self._check_length(index, whole.text)
        self._put(index, 2, whole)

    def _insert(self, wish: Insert) -> None:
        if wish.after >= 0:
            self._at(wish.after)
        index = wish.after + 1
        self._check_times(index, wish.start_ms, wish.end_ms)
        empty = Segment(wish.start_ms, wish.end_ms, "", speaker=wish.speaker)
        self._put(index, 0, realigned(empty, wish.text))

    def _replace_all(self, wish: ReplaceAll) -> None:
        sought = Sought.of(wish.find, match_case=wish.match_case, whole_words=wish.whole_words)
        emptied = set[int]()
        for index, segment in enumerate(self.segments):
            if not (spans := self._spans(sought, segment.text)):
                continue
            text = replaced(segment.text, spans, wish.replacement).strip()
            self._check_length(index, text)
            if not text:
                emptied.add(index)
            elif text != segment.text:
                self._put(index, 1, realigned(segment.spoken(), text))
        self.segments = [segment for index, segment in enumerate(self.segments) if index not in emptied]

    def _spans(self, sought: Sought, text: str) -> list[tuple[int, int]]:
        if not sought.is_in(text):
            return []
        self._searched += len(text)
        if self._searched > MOST_SEARCHED:
            raise EditTooLarge("That is too much text for so many searches. Make several edits of it.")
        spans = list(sought.spans(text))
        self._replacements += len(spans)
        if self._replacements > MOST_REPLACEMENTS:
            raise TooManyReplacements(MOST_REPLACEMENTS)
        return spans

    def _rename(self, wish: RenameSpeaker) -> None:
        self.segments = [
            replace(segment, speaker=wish.name) if segment.speaker == wish.speaker else segment
            for segment in self.segments
        ]

    def _at(self, index: int) -> StoredSegment:
        if not 0 <= index < len(self.segments):
            raise NoSuchSegment(index, len(self.segments))
        return self.segments[index]

    def _put(self, index: int, count: int, *segments: Segment) -> None:
        self._words += sum(len(segment.words) for segment in segments)
        if self._words > MOST_WORDS:
            raise EditTooLarge(f"That are more than {MOST_WORDS:,} words to be written. Make several edits of it.")
        self.segments[index : index + count] = map(StoredSegment.of, segments)

    def _check_times(self, index: int, start_ms: int, end_ms: int) -> None:
        if end_ms < start_ms:
            raise TimesOutOfOrder(index, "would end before it begins")
        if end_ms > self._latest_ms:
            raise TimesOutOfOrder(index, f"would lie outside of the recording, which ends at {self._latest_ms} ms")

    def _check_length(self, index: int, text: str) -> None:
        if len(text) > LONGEST_TEXT:
            raise TextTooLong(index, LONGEST_TEXT)
