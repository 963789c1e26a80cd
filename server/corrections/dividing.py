"""Making two segments of one, and one of two."""

from dataclasses import replace
from itertools import groupby

from server.corrections.scripts import joined
from server.corrections.timing import with_words, within
from server.transcription.engines.base import Segment, Word
from server.transcription.timed_words import share, words_said


def divided(segment: Segment, at: int, at_ms: int | None) -> tuple[Segment, Segment]:
    """Divide a segment after so many characters, which leave each part some text.

    Args:
        segment: one with its words.
        at: within its text.
        at_ms: when the first ends and the second begins, within its times; None: as the words do, or by length where
            nothing tells. A word on both sides is divided like the text, its time by length.
    """
    texts = segment.text[:at].strip(), segment.text[at:].strip()
    first, second = _parted(segment, len("".join(segment.text[:at].split())))
    if at_ms is not None:
        end_ms = start_ms = at_ms
    elif first and second:
        end_ms, start_ms = first[-1].end_ms, second[0].start_ms
    else:
        end_ms = start_ms = share(segment.start_ms, segment.end_ms, texts)[0][1]
    earlier = replace(segment, text=texts[0], end_ms=end_ms)
    later = replace(segment, text=texts[1], start_ms=start_ms)
    return (
        with_words(earlier, within(first, segment.start_ms, end_ms)),
        with_words(later, within(second, start_ms, segment.end_ms)),
    )


def united(segment: Segment, following: Segment) -> Segment:
    """Unite a segment with the one after it; the speaker is that of the first, if it has any."""
    end_ms = max(segment.end_ms, following.end_ms)
    heard_until = segment.words[-1].end_ms if segment.words else segment.start_ms
    words = [*segment.words, *within(following.words, heard_until, end_ms)]
    whole = replace(
        segment,
        end_ms=end_ms,
        text=joined(segment.text, following.text),
        speaker=segment.speaker or following.speaker,
    )
    return with_words(whole, words)


def _parted(segment: Segment, count: int) -> tuple[list[Word], list[Word]]:
    """Part the words of a segment after so many characters, without spaces."""
    first: list[Word] = []
    second: list[Word] = []
    at = 0
    for _, run in groupby(words_said(segment), key=id):
        letters = list(run)
        word, within_first = letters[0], min(max(count - at, 0), len(letters))
        at += len(letters)
        if word is None:
            continue
        if within_first in {0, len(letters)}:
            (first if within_first else second).append(word)
        else:
            one, other = _cut(word, within_first)
            first.append(one)
            second.append(other)
    return first, second


def _cut(word: Word, length: int) -> tuple[Word, Word]:
    text = "".join(word.text.split())
    texts = text[:length], text[length:]
    (start_ms, middle_ms), (_, end_ms) = share(word.start_ms, word.end_ms, texts)
    return Word(start_ms, middle_ms, texts[0], word.confidence), Word(middle_ms, end_ms, texts[1], word.confidence)
