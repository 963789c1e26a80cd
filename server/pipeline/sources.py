"""Files that came from outside, on their way into ffmpeg."""

from pathlib import Path

from server.aws.store import ObjectChanged, ObjectMissing
from server.ffmpeg.sniff import identify
from server.ffmpeg.source import Source
from server.media.models import Media
from server.pipeline.refusals import check_digest, not_media
from server.pipeline.tools import Tools
from server.tasks.stage import Unworkable


async def source_of(path: Path) -> Source:
    """Tell the container of a file; with all of it at hand, a long tag in front hides nothing.

    Raises:
        Unworkable: it is of no known kind.
    """
    container = await identify(path)
    if container is None:
        raise not_media()
    return Source(path, container.demuxer)


async def fetch_source(tools: Tools, media: Media, folder: Path) -> Source:
    """Copy an item's source into a folder, and tell what it is.

    Raises:
        Unworkable: it is gone, has changed, or is of no known kind.
    """
    path = folder / "source"
    try:
        check_digest(media.sha256, await tools.store.fetch(media.source, path, etag=media.etag))
    except ObjectMissing:
        raise Unworkable("source_missing", "The file is not there any more. Upload it again.") from None
    except ObjectChanged:
        raise Unworkable(
            "source_changed", "The file was sent a second time while it was worked on. Upload it again."
        ) from None
    return await source_of(path)
