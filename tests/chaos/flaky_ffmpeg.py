"""An ffmpeg that meets with misfortunes, each of them once."""

import shlex
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from pathlib import Path

SCRIPT = """#!/bin/sh
# A misfortune that waits in the folder befalls whoever removes its file; everyone else is ffmpeg.
for waiting in {folder}/*; do
    case "$waiting" in
    *.killed) rm "$waiting" 2>/dev/null && kill -9 $$ ;;
    *.full) rm "$waiting" 2>/dev/null && exit 228 ;;
    *.hangs) rm "$waiting" 2>/dev/null && exec sleep 3600 ;;
    esac
done
exec {ffmpeg} "$@"
"""


class Misfortune(StrEnum):
    """What may happen to a run: killed as for want of memory, ENOSPC as ffmpeg tells it, no progress for ever."""

    KILLED = "killed"
    FULL = "full"
    HANGS = "hangs"


@dataclass(frozen=True, slots=True)
class FlakyFfmpeg:
    """A program that runs the real one, but for the misfortunes that lie in wait in a folder."""

    folder: Path
    real: Path
    _numbers: "count[int]" = field(default_factory=count)

    @property
    def program(self) -> Path:
        """What to name as ffmpeg."""
        return self.folder / "ffmpeg"

    @property
    def _misfortunes(self) -> Path:
        return self.folder / "misfortunes"

    def install(self) -> None:
        """Write the program."""
        self._misfortunes.mkdir(parents=True)
        script = SCRIPT.format(folder=shlex.quote(str(self._misfortunes)), ffmpeg=shlex.quote(str(self.real)))
        self.program.write_text(script)
        self.program.chmod(0o755)

    async def lay(self, misfortune: Misfortune) -> None:
        """Let it befall the next run."""
        (self._misfortunes / f"{next(self._numbers)}.{misfortune}").touch()
