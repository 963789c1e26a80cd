"""The assessment of a recital: what is measured of it as a whole and of each of its sentences."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from server.configuration.reciting import Quality
from server.recitals.fidelity import Errors
from server.recitals.hearing import heard_words, share_out
from server.recitals.measures import Flag, Measures
from server.recitals.reading import Reading
from server.recitals.segments import Stretch
from server.recitals.signal import Signal
from server.recitals.wording import words_of
from server.transcription.engines.base import Segment
from server.transcription.engines.language import whisper_code


@dataclass(frozen=True, slots=True)
class Heard:
    """What an engine heard; `language` is what it found out by itself, None where it was told or doesn't say."""

    segments: Sequence[Segment]
    language: str | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The measures of a recital, and of each kept sentence by its index."""

    whole: Measures
    sentences: Mapping[int, Measures]

    @property
    def flags(self) -> list[Flag]:
        """All that is marked, of the whole or of any sentence, each once."""
        marked = {flag for measures in (self.whole, *self.sentences.values()) for flag in measures.flags}
        return [flag for flag in Flag if flag in marked]


def assess(
    signal: Signal, stretches: Sequence[Stretch], heard: Heard | None, language: str, thresholds: Quality
) -> Assessment:
    """Measure a recital. It computes: call it in a thread.

    Args:
        signal: the sound of its main file.
        stretches: its text segments on the time line of that file, kept or not.
        heard: what an engine heard in that file; None without a transcript.
        language: the document's, a BCP-47 tag.
        thresholds: what marks a recital, or a sentence, for review.
    """
    prompts = [words_of(stretch.text, language) for stretch in stretches]
    texts = _texts(heard, stretches, prompts, language)
    readings = {
        stretch.index: Reading.of(signal.levels(stretch.start_ms, stretch.end_ms), prompt, text)
        for stretch, prompt, text in zip(stretches, prompts, texts, strict=True)
        if stretch.is_kept
    }
    whole = _whole(signal, readings.values(), heard, language)
    return Assessment(
        whole.measures(thresholds), {index: reading.measures(thresholds) for index, reading in readings.items()}
    )


def _texts(
    heard: Heard | None, stretches: Sequence[Stretch], prompts: Sequence[Sequence[str]], language: str
) -> Sequence[Sequence[str] | None]:
    if heard is None:
        return [None] * len(stretches)
    return share_out(heard_words(heard.segments, language), [stretch.end_ms for stretch in stretches], prompts)


def _whole(signal: Signal, readings: Collection[Reading], heard: Heard | None, language: str) -> Reading:
    return Reading(
        signal.levels(),
        spoken_ms=sum(reading.spoken_ms for reading in readings),
        characters=sum(reading.characters for reading in readings),
        errors=sum((reading.errors for reading in readings if reading.errors), Errors()) if heard else None,
        language_match=whisper_code(heard.language) == whisper_code(language) if heard and heard.language else None,
    )
