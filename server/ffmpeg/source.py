"""One input file, and the options that keep libavformat from opening anything else."""

from dataclasses import dataclass
from pathlib import Path

MAX_STREAMS = 64
MAX_PIXELS = 100_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A local file and the one demuxer that may read it.

    The path should be in a private folder, under a name that its sender did not choose.
    """

    path: Path
    demuxer: str

    @property
    def url(self) -> str:
        """The path as ffmpeg takes it, so that nothing in its name is read as a protocol or a pattern."""
        return f"file:{self.path.absolute()}"

    def options(self) -> dict[str, str]:
        """Give the demuxing and decoding options, by their names in libavformat and libavcodec.

        A demuxer may open further files, and a playlist be taken for sound: the whitelists shut out both
        (https://ffmpeg.org/ffmpeg-formats.html, Format Options). External tracks of a QuickTime file are off
        by default, and said here all the same.
        """
        shared = {
            "protocol_whitelist": "file,pipe",
            "format_whitelist": self.demuxer,
            # Some demuxers leave out what is beyond the limit: one more than allowed tells those files.
            "max_streams": str(MAX_STREAMS + 1),
            "max_pixels": str(MAX_PIXELS),
        }
        return shared | ({"enable_drefs": "0", "use_absolute_path": "0"} if self.demuxer == "mov" else {})
