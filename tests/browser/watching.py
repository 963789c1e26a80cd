"""Pictures and videos to send, and what has become of them in the store."""

import asyncio
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.async_api import FilePayload, Locator

from server.aws.clients import open_clients
from server.configuration.services import Aws
from server.ffmpeg.binary import find_ffmpeg
from server.local.stack import Running
from tests.conftest import SAMPLE

TOP, BOTTOM = (200, 30, 30), (30, 30, 200)
QUARTER_TURN = 6
"""Of a camera held upright; source: https://www.cipa.jp/std/documents/e/DC-X008-Translation-2023-E.pdf, Orientation."""
ORIENTATION = 0x0112


async def make_talk(path: Path) -> None:
    """Have speech come with a picture that moves, in a form that browsers don't play."""
    pattern = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=24"]
    form = ["-shortest", "-c:v", "mpeg4", "-q:v", "5", "-c:a", "pcm_s16le"]
    ffmpeg = await asyncio.create_subprocess_exec(
        find_ffmpeg(None), "-nostdin", "-loglevel", "error", *pattern, "-i", SAMPLE, *form, path
    )
    assert await ffmpeg.wait() == 0


def turned_photo(name: str) -> FilePayload:
    """Make a picture 300 wide and 400 high, red above blue, as a turned camera writes it: lying on its side."""
    upright = Image.new("RGB", (300, 400), TOP)
    ImageDraw.Draw(upright).rectangle((0, 200, 300, 400), fill=BOTTOM)
    exif = Image.Exif()
    exif[ORIENTATION] = QUARTER_TURN
    content = BytesIO()
    upright.transpose(Image.Transpose.ROTATE_90).save(content, "JPEG", exif=exif)
    return {"name": name, "mimeType": "image/jpeg", "buffer": content.getvalue()}


async def is_upright(picture: Locator) -> bool:
    """Look whether it is shown as it was taken, red above blue."""
    seen = Image.open(BytesIO(await picture.screenshot())).convert("RGB")
    middle = seen.width // 2
    upper, lower = (seen.getpixel((middle, seen.height * part // 4)) for part in (1, 3))
    return _is_near(upper, TOP) and _is_near(lower, BOTTOM) and seen.height > seen.width


def _is_near(seen: object, meant: tuple[int, int, int]) -> bool:
    assert isinstance(seen, tuple)
    return all(abs(one - other) < 40 for one, other in zip(seen, meant, strict=True))


async def lose_rendition(running: Running, result_id: str, name: str) -> None:
    """Have a form of a result's content expire, as the store does after its days."""
    ours = Aws.model_validate(running.backing.environment)
    async with open_clients(ours) as clients:
        listed = await clients.s3.list_objects_v2(Bucket=ours.processed_bucket)
        keys = [held["Key"] for held in listed["Contents"] if result_id in held["Key"]]
        [lost] = [key for key in keys if Path(key).stem == name]
        await clients.s3.delete_object(Bucket=ours.processed_bucket, Key=lost)
