"""Pictures that are something else, too."""

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from server.images.failures import Polyglot
from server.images.polyglots import check_beginning, check_whole
from tests.images.gallery import corners, encoded, turned

JPEG = encoded(corners(), "JPEG")
GIF = encoded(corners(), "GIF")


def archive(comment: bytes = b"") -> bytes:
    """Make a ZIP file, as a JAR is one, too."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("META-INF/MANIFEST.MF", "Main-Class: Evil\n")
        file.comment = comment
    return content.getvalue()


@pytest.mark.parametrize(
    ("head", "other"),
    [
        (encoded(corners(), "JPEG", comment=b"%PDF-1.7"), "PDF"),
        (encoded(corners(), "JPEG", comment=b"<HTML><body>"), "web page"),
        (encoded(corners(), "GIF", comment=b"<script>alert(1)</script>"), "web page"),
        (encoded(corners(), "JPEG", comment=b'<svg xmlns="http://www.w3.org/2000/svg" onload="evil()"/>'), "web page"),
        (encoded(corners(), "JPEG", comment=b"<?php system($_GET[0]);"), "web page"),
        (encoded(corners(), "JPEG", comment=b"< !DOCTYPE html>"), "web page"),
        (b"GIF89a/*" + GIF[8:] + b"*/=1;evil()", "script"),
        (b"GIF89a=1;evil()", "script"),
        (JPEG[:4] + b"/*" + JPEG[6:], "script"),
    ],
)
def test_what_begins_as_something_else_is_refused(head: bytes, other: str) -> None:
    """A page, a document or a script in front is not taken as a picture; the sentence says what it is."""
    with pytest.raises(Polyglot, match=f"a picture and a .*{other}"):
        check_beginning(head[:4096])


@pytest.mark.parametrize(
    ("behind", "other"),
    [
        (archive(), "ZIP"),
        (archive(b"a comment behind it"), "ZIP"),
        (archive() + b"junk", "ZIP"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
        (b"Rar!\x1a\x07\x01\x00", "RAR"),
    ],
)
async def test_what_ends_as_an_archive_is_refused(tmp_path: Path, behind: bytes, other: str) -> None:
    """Unpackers read from the end, so that any picture may stand in front of an archive."""
    path = tmp_path / "source"
    path.write_bytes(JPEG + behind)
    with pytest.raises(Polyglot, match=other):
        await check_whole(path)


@pytest.mark.parametrize(
    "content",
    [
        turned("JPEG", 6),
        encoded(corners(), "JPEG", xmp=b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"/>'),
        JPEG + b"\0\0\0\x1cftypmp42\0\0\0\0isommp42\0\0\0\x08free\0\0\0\x08mdat",
        JPEG + JPEG,
        encoded(corners(), "MPO", save_all=True, append_images=[Image.new("L", (8, 8))]),
        JPEG + b"PK\x05\x06" + bytes(18),
        JPEG + random.Random(1).randbytes(70_000) + b"PK\x05\x06\0\0\0\0",  # noqa: S311 - the same bytes every time
        encoded(corners(), "TIFF"),
    ],
    ids=["exif", "xmp", "film of the moment", "map of brightness", "two pictures", "empty", "chance", "tiff"],
)
async def test_pictures_of_phones_and_editors_are_taken(tmp_path: Path, content: bytes) -> None:
    """Films and further pictures behind the first, and all that is said in tags, are no disguise."""
    path = tmp_path / "source"
    path.write_bytes(content)
    check_beginning(content[:4096])
    await check_whole(path)
