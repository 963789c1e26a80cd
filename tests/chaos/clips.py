"""Short recordings whose words are known, cut from the sample."""

import asyncio
import re
import wave
from asyncio.subprocess import DEVNULL, PIPE
from dataclasses import dataclass
from pathlib import Path

import jiwer

from tests.conftest import SAMPLE

PHRASES = {
    "a": (0, 1860, "and mister john dashwood had"),
    "b": (1860, 4180, "then leisure to consider how much"),
    "c": (4180, 6190, "there might be prudently in his power"),
    "d": (6190, 7100, "to do for them"),
}
"""Stretches of the sample between pauses: from and to in milliseconds, and the words."""

ORDERS = (
    *("ab", "ad", "ba", "bd", "ca", "cb"),
    *("abd", "acb", "acd", "adb", "bad", "bda", "cab", "cad", "cba", "cbd", "dab", "dba"),
)
"""Those of two or three phrases in which the model mishears at most one word in eight, whatever they mean."""

MOVING = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=10")
FORMS: dict[str, tuple[str, ...]] = {
    ".wav": ("-c:a", "pcm_s16le"),
    ".flac": ("-c:a", "flac", "-ar", "44100"),
    ".mp3": ("-c:a", "libmp3lame", "-b:a", "64k"),
    ".m4a": ("-c:a", "aac", "-b:a", "64k", "-ac", "2"),
    ".ogg": ("-c:a", "libopus", "-b:a", "32k"),
    ".weba": ("-c:a", "libopus", "-b:a", "32k", "-f", "webm"),
    ".mp4": (*MOVING, "-shortest", "-c:v", "mpeg4", "-c:a", "aac", "-b:a", "64k"),
}
"""ffmpeg's options behind the sound, by the extension."""

PAUSE_MS = 350
WORD_ERROR_RATE = 0.5
"""More would be another text altogether."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Phrases of the sample in an order of their own, 3 to 7 seconds; `gain` makes its bytes unlike any other's."""

    order: str
    gain: float
    extension: str

    @property
    def words(self) -> str:
        """What is said in it."""
        return _words(self.order)

    def is_said_in(self, text: str) -> bool:
        """Say whether a text is this clip's, and no other's, however much of it was misheard."""
        bare = re.sub(r"[^a-z ]+", " ", text.lower().replace("mr.", "mister"))
        heard = " ".join(bare.split())
        own = jiwer.wer(self.words, heard)
        return bool(own <= WORD_ERROR_RATE and all(own <= jiwer.wer(_words(order), heard) for order in ORDERS))

    async def record(self, path: Path, ffmpeg: Path) -> None:
        """Write it into a file."""
        raw = ("-f", "s16le", "-ar", "16000", "-ac", "1", "-i", "pipe:0")
        form = (*FORMS[self.extension], "-af", f"volume={self.gain}")
        process = await asyncio.create_subprocess_exec(
            ffmpeg, "-loglevel", "error", "-y", *raw, *form, path, stdin=PIPE, stdout=DEVNULL
        )
        await process.communicate(await asyncio.to_thread(_samples, self.order))
        assert process.returncode == 0, f"ffmpeg can't make {path.name}"


def _words(order: str) -> str:
    return " ".join(PHRASES[name][2] for name in order)


def _samples(order: str) -> bytes:
    with wave.open(str(SAMPLE)) as sample:
        rate, width = sample.getframerate(), sample.getsampwidth()
        sound = sample.readframes(sample.getnframes())
    bytes_of = [(start * rate // 1000 * width, end * rate // 1000 * width) for start, end, _ in PHRASES.values()]
    stretch = dict(zip(PHRASES, bytes_of, strict=True))
    pause = bytes(PAUSE_MS * rate // 1000 * width)
    return b"".join(sound[slice(*stretch[name])] + pause for name in order)
