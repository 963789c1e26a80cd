"""One input file, and the options that keep libavformat from opening anything else."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAX_STREAMS = 64
MAX_PIXELS = 100_000_000
_DECODER_THREADS = "4"  # each takes address space, so that their number may not follow the machine's cores


@dataclass(frozen=True, slots=True)
class Source:
    """A local file and the one demuxer that may read it.

    The path should be in a private folder, under a name that its sender did not choose.
    """

    path: Path
    demuxer: str
    listed: str | None = None
    """The demuxer of the files that it names, where it is a list of our own."""
    reading: tuple[str, ...] = ()
    """What else ffmpeg's command line says of how it is read."""

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
            "format_whitelist": ",".join(filter(None, (self.demuxer, self.listed))),
            # Some demuxers leave out what is beyond the limit: one more than allowed tells those files.
            "max_streams": str(MAX_STREAMS + 1),
            "max_pixels": str(MAX_PIXELS),
        }
        return shared | ({"enable_drefs": "0", "use_absolute_path": "0"} if self.demuxer == "mov" else {})

    def arguments(self) -> Iterator[str]:
        """Give what ffmpeg's command line says of it as an input."""
        for name, value in self.options().items():
            yield from (f"-{name}", value)
        yield from (*self.reading, "-threads", _DECODER_THREADS, "-f", self.demuxer, "-i", self.url)
