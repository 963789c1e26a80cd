"""Files that came from outside, on their way into ffmpeg."""

from pathlib import Path

from server.ffmpeg.sniff import identify
from server.ffmpeg.source import Source
from server.pipeline.refusals import not_media


async def source_of(path: Path) -> Source:
    """Tell the container of a file; with all of it at hand, a long tag in front hides nothing.

    Raises:
        Unworkable: it is of no known kind.
    """
    container = await identify(path)
    if container is None:
        raise not_media()
    return Source(path, container.demuxer)
