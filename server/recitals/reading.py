"""One stretch of reading, measured: its sound, its pace, and how far what was heard is from the prompt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from server.configuration.reciting import Quality
from server.recitals.fidelity import Errors, compare
from server.recitals.measures import Flag, Measures
from server.recitals.signal import Levels

FEWEST_CHARACTERS = 10
"""The pace of a shorter text ("Oh!") says nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured of a recital or of one sentence.

    `spoken_ms` is the time from the first word's beginning to the last one's end, summed up over sentences, and
    `characters` are those of their prompts; without a transcript there are no `errors`.
    """

    levels: Levels
    spoken_ms: int
    characters: int
    errors: Errors | None
    language_match: bool | None = None

    @classmethod
    def of(cls, levels: Levels, prompt: Sequence[str], heard: Sequence[str] | None) -> Self:
        """Compare what was heard in a stretch with its prompt, both as `words_of` gives them."""
        errors = None if heard is None else compare(prompt, heard)
        return cls(levels, levels.spoken_ms, len("".join(prompt)), errors)

    @property
    def seconds_per_character(self) -> float | None:
        """The pace; None where there is nothing to read, or nobody spoke."""
        return self.spoken_ms / 1000 / self.characters if self.characters and self.spoken_ms else None

    def measures(self, thresholds: Quality) -> Measures:
        """Tell what was measured, rounded to what it is good for, and mark what lies beyond the thresholds."""
        levels, errors = self.levels, self.errors
        return Measures(
            duration_ms=levels.duration_ms,
            word_error_rate=_rounded(errors.word_rate if errors else None, 4),
            character_error_rate=_rounded(errors.character_rate if errors else None, 4),
            seconds_per_character=_rounded(self.seconds_per_character, 4),
            clipping_share=round(levels.clipping_share, 6),
            peak_db=round(levels.peak_db, 1),
            rms_db=round(levels.rms_db, 1),
            signal_to_noise_db=_rounded(levels.signal_to_noise_db, 1),
            speech_share=round(levels.speech_share, 4),
            leading_silence_ms=levels.leading_silence_ms,
            trailing_silence_ms=levels.trailing_silence_ms,
            language_match=self.language_match,
            flags=[*self._flags_of_text(thresholds), *self._flags_of_sound(thresholds)],
        )

    def _flags_of_text(self, thresholds: Quality) -> list[Flag]:
        errors = self.errors or Errors()
        words, characters = errors.word_rate or 0.0, errors.character_rate or 0.0
        return _those_that_hold(
            {
                # A name that the engine spells in its own way is a wrong word of nearly the same characters.
                Flag.WRONG_TEXT: words > thresholds.max_word_error_rate
                and characters > thresholds.max_character_error_rate,
                Flag.WRONG_LANGUAGE: self.language_match is False,
            }
        )

    def _flags_of_sound(self, thresholds: Quality) -> list[Flag]:
        levels = self.levels
        if levels.signal_to_noise_db is None:  # nobody speaks: whatever else could be said follows from that
            return [Flag.SILENT]
        pace = self.seconds_per_character if self.characters >= FEWEST_CHARACTERS else None
        longest_silence_ms = max(levels.leading_silence_ms, levels.trailing_silence_ms)
        return _those_that_hold(
            {
                Flag.CLIPPED: levels.clipping_share > thresholds.max_clipping_share,
                Flag.NOISY: levels.signal_to_noise_db < thresholds.min_signal_to_noise_db,
                Flag.QUIET: levels.rms_db < thresholds.min_rms_db,
                Flag.LITTLE_SPEECH: levels.speech_share < thresholds.min_speech_share,
                Flag.LONG_SILENCE: longest_silence_ms > thresholds.max_silence_seconds * 1000,
                Flag.TOO_FAST: pace is not None and pace < thresholds.min_seconds_per_character,
                Flag.TOO_SLOW: pace is not None and pace > thresholds.max_seconds_per_character,
            }
        )


def _those_that_hold(flags: dict[Flag, bool]) -> list[Flag]:
    return [flag for flag, holds in flags.items() if holds]


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
