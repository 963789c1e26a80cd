"""What is made of a picture: one for the page, and a small one for lists."""

from server.ffmpeg.render import Output
from server.ffmpeg.sniff import WEBP, identify
from server.ffmpeg.source import Source
from server.images.failures import UnreadablePicture
from server.images.formats import DECODERS
from server.images.polyglots import check_whole
from server.images.render import LARGEST, Order, largest_output, render
from server.media.models import Media
from server.media.renditions import THUMBNAIL, WEB
from server.pipeline.seen import Seen
from server.pipeline.tools import Tools

SIDES = {WEB: LARGEST, THUMBNAIL: 320}
"""The sides in pixels of the squares that they fit."""


def disk_for_image(tools: Tools, size: int) -> int:  # noqa: ARG001 - as other kinds' estimates
    """Estimate the bytes that a picture and its renditions take up together."""
    return size + len(SIDES) * largest_output(size)


async def render_image(tools: Tools, media: Media, source: Source, names: set[str]) -> Seen:
    """Make those of a picture's renditions that are named.

    Raises:
        FfmpegFailure: nothing can be made of it.
    """
    container = await identify(source.path)
    if container not in DECODERS:
        raise UnreadablePicture
    await check_whole(source.path)
    order = Order(
        path=source.path,
        decoder=DECODERS[container],
        sides={name: SIDES[name] for name in sorted(names)},
        moving=WEB,
        most_megapixels=tools.settings.uploads.max_image_megapixels,
    )
    shape = await render(order, order.limits(media.size))
    outputs = [Output(f"{name}.{WEBP.extension}", (), WEBP.media_type) for name in order.sides]
    return Seen(outputs, shape.width, shape.height)
