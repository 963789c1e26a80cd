"""What is made of pictures of each kind."""

import struct
import warnings
from collections.abc import Callable, Iterator

import pytest
from PIL import Image

from server.images.formats import DECODERS
from server.images.render_child import INCOMPLETE, TOO_MANY_PIXELS, UNREADABLE
from tests.images import gallery
from tests.images.conftest import Easel
from tests.images.gallery import BLUE, CANARY, CORNERS, FILES, GREEN, RED, SIZE, YELLOW, corners, encoded, see_through

ROTATED = (FILES / "rotated.heic").read_bytes()
PIXELS_ALONE = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}

Colours = tuple[tuple[int, ...], ...]
Make = Callable[[], bytes]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """The child says for the log what it finds odd; in this process that would be an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def near(found: list[tuple[int, ...]], wanted: Colours, tolerance: int = 6) -> bool:
    """Say whether colours are as they should be, but for what is lost when a picture is written."""
    pairs = [
        (left, right) for one, other in zip(found, wanted, strict=True) for left, right in zip(one, other, strict=False)
    ]
    return all(abs(left - right) <= tolerance for left, right in pairs)


def chunks(webp: bytes) -> Iterator[bytes]:
    """Name the parts of a WebP file (RFC 9649, section 2)."""
    at = 12
    while at < len(webp):
        yield webp[at : at + 4]
        (size,) = struct.unpack_from("<L", webp, at + 4)
        at += 8 + size + size % 2


@pytest.mark.parametrize(
    ("form", "orientation"),
    [
        *(("JPEG", orientation) for orientation in (*range(1, 9), 0, 77)),
        *((form, orientation) for form in ("PNG", "WEBP", "TIFF", "AVIF") for orientation in (4, 5, 6)),
    ],
)
def test_picture_is_upright_and_without_a_past(easel: Easel, form: str, orientation: int) -> None:
    """However the camera was held, up is up; and where that was, nobody learns from the renditions."""
    source = gallery.turned(form, orientation)
    assert CANARY.encode() in source
    assert easel.paint(source, form) == SIZE
    assert near(easel.quarters(), CORNERS)
    for name in ("web", "thumbnail"):
        assert easel.seen(name).size == SIZE
        assert set(chunks(easel.made(name))) <= PIXELS_ALONE
        assert CANARY.encode() not in easel.made(name)


def test_heic_is_turned_once(easel: Easel) -> None:
    """A phone says it twice, as a property and in Exif; its place is not told either."""
    assert CANARY.encode() in ROTATED
    assert b"irot" in ROTATED
    assert easel.paint(ROTATED, "HEIF") == SIZE
    assert near(easel.quarters(), CORNERS)
    assert set(chunks(easel.made())) <= PIXELS_ALONE
    assert CANARY.encode() not in easel.made()


def test_what_only_editors_say_turns_nothing(easel: Easel) -> None:
    """The orientation that stands in XMP alone is not heeded, as browsers don't."""
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    assert easel.paint(encoded(corners(), "JPEG", xmp=xmp), "JPEG") == SIZE


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("PNG", lambda: encoded(see_through(), "PNG")),
        ("PNG", lambda: encoded(see_through().quantize(), "PNG")),
        ("PNG", lambda: encoded(corners(), "PNG", transparency=RED)),
        ("GIF", lambda: encoded(see_through(), "GIF")),
        ("WEBP", lambda: encoded(see_through(), "WEBP")),
        ("TIFF", lambda: encoded(see_through(), "TIFF")),
        ("AVIF", lambda: encoded(see_through(), "AVIF")),
        ("HEIF", (FILES / "alpha.heic").read_bytes),
        ("PNG", lambda: encoded(see_through(), "PNG", icc_profile=gallery.srgb())),
    ],
)
def test_transparency_is_kept(easel: Easel, form: str, content: Make) -> None:
    """Whether by a channel, a palette or one colour, what could be seen through still can."""
    easel.paint(content(), form)
    first, *others = easel.quarters()
    assert first[3] == 0
    assert near(others, tuple((*colour, 255) for colour in (GREEN, BLUE, YELLOW)))


INK, CYAN, GREY = (255, 0, 0, 0), (0, 255, 255), (128, 128, 128)
STEPS: Colours = ((0, 0, 0), (64, 64, 64), GREY, (255, 255, 255))
DARKNESS = tuple(tuple(255 - share for share in step) for step in STEPS)


@pytest.mark.parametrize(
    ("form", "content", "colours"),
    [
        ("JPEG", lambda: encoded(Image.new("CMYK", SIZE, INK), "JPEG"), (CYAN,) * 4),
        ("JPEG", lambda: encoded(Image.new("CMYK", SIZE, INK), "JPEG", icc_profile=gallery.srgb()), (CYAN,) * 4),
        ("TIFF", lambda: encoded(Image.new("CMYK", SIZE, INK), "TIFF"), (CYAN,) * 4),
        ("TIFF", lambda: encoded(corners().convert("YCbCr"), "TIFF", compression="jpeg"), CORNERS),
        ("TIFF", lambda: encoded(Image.new("LAB", SIZE, (136, 128, 128)), "TIFF"), (GREY,) * 4),
        ("JPEG", lambda: encoded(corners(), "JPEG", icc_profile=gallery.swapped()), tuple(c[::-1] for c in CORNERS)),
        ("PNG", lambda: encoded(corners(), "PNG", icc_profile=gallery.swapped()), tuple(c[::-1] for c in CORNERS)),
        ("PNG", lambda: encoded(corners(), "PNG", icc_profile=b"no profile"), CORNERS),
        ("JPEG", lambda: encoded(Image.new("L", SIZE, 128), "JPEG", icc_profile=gallery.swapped()), (GREY,) * 4),
        ("JPEG", lambda: encoded(corners(), "MPO", save_all=True, append_images=[Image.new("RGB", (8, 8))]), CORNERS),
        ("PNG", lambda: encoded(gallery.steps(), "PNG"), STEPS),
        ("TIFF", lambda: encoded(gallery.steps(), "TIFF"), STEPS),
        ("TIFF", lambda: encoded(gallery.steps().convert("I").convert("I;16B"), "TIFF", compression="tiff_lzw"), STEPS),
        ("TIFF", lambda: gallery.white_is_zero(encoded(gallery.steps(), "TIFF")), DARKNESS),
        ("TIFF", lambda: encoded(gallery.steps().convert("I"), "TIFF"), STEPS),
        ("TIFF", lambda: encoded(gallery.steps().convert("I").convert("F"), "TIFF"), STEPS),
        ("TIFF", lambda: encoded(gallery.shares(0.0, 0.5), "TIFF"), ((0, 0, 0), (0, 0, 0), GREY, GREY)),
        ("PNG", lambda: gallery.png(*SIZE, 2, 16, [struct.pack(">3H", *(c * 257 for c in RED)) * 64] * 48), (RED,) * 4),
        ("PNG", lambda: gallery.png(*SIZE, 4, 16, [struct.pack(">2H", 0x8000, 0xFFFF) * 64] * 48), (GREY,) * 4),
        ("HEIF", (FILES / "ten_bits.heic").read_bytes, CORNERS),
    ],
)  # fmt: skip
def test_colours_are_right(easel: Easel, form: str, content: Make, colours: Colours) -> None:
    """Ink, light and brightness; by the embedded profile where it fits; of more than eight bits too."""
    easel.paint(content(), form)
    assert near(easel.quarters(), colours)
    assert set(chunks(easel.made())) <= PIXELS_ALONE


@pytest.mark.parametrize(
    ("form", "size", "web", "thumbnail"),
    [
        ("JPEG", (3000, 100), (2048, 68), (320, 11)),
        ("JPEG", (200, 4200), (98, 2048), (15, 320)),
        ("PNG", (4096, 200), (2048, 100), (320, 16)),
        ("PNG", (400, 300), (400, 300), (320, 240)),
        ("PNG", (5000, 1), (2048, 1), (320, 1)),
        ("PNG", (1, 1), (1, 1), (1, 1)),
    ],
)
def test_picture_fits_and_never_grows(
    easel: Easel, form: str, size: tuple[int, int], web: tuple[int, int], thumbnail: tuple[int, int]
) -> None:
    """The longer side is cut down to what a page shows; a small picture stays as small as it is."""
    assert easel.paint(encoded(Image.new("RGB", size, RED), form), form) == size
    assert (easel.seen("web").size, easel.seen("thumbnail").size) == (web, thumbnail)


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "AVIF"])
def test_animation_goes_on_moving(easel: Easel, form: str) -> None:
    """Each picture is shown for as long as before; the small one stands still."""
    easel.paint(gallery.film(form), form)
    web = easel.seen()
    assert web.n_frames == 3  # type: ignore[attr-defined] # of animated kinds alone
    for frame, colour in enumerate((RED, GREEN, BLUE)):
        web.seek(frame)
        web.load()
        assert (web.info["duration"], near([web.convert("RGB").getpixel((9, 9))], (colour,))) == (120, True)  # type: ignore[list-item] # three numbers, as it is RGB
    assert set(chunks(easel.made())) <= PIXELS_ALONE
    assert easel.seen("thumbnail").n_frames == 1  # type: ignore[attr-defined] # of animated kinds alone


@pytest.mark.parametrize(
    ("form", "told", "rounds"),
    [("GIF", {}, 1), ("GIF", {"loop": 0}, 0), ("GIF", {"loop": 2}, 3), ("PNG", {"loop": 2}, 2), ("WEBP", {}, 0)],
)
def test_animation_ends_when_it_did(easel: Easel, form: str, told: dict[str, int], rounds: int) -> None:
    """It runs for as many rounds; 0 is for ever, and a GIF counts those after the first."""
    easel.paint(gallery.film(form, **told), form)
    assert easel.seen().info["loop"] == rounds


def test_picture_for_those_who_see_no_animation_is_left_out(easel: Easel) -> None:
    """An animated PNG may have such a picture in front."""
    easel.paint(gallery.film("PNG", default_image=True), "PNG")
    assert easel.seen().n_frames == 2  # type: ignore[attr-defined] # of animated kinds alone


@pytest.mark.parametrize("bound", [{"most_frames": 2}, {"most_moving_pixels": 3 * SIZE[0] * SIZE[1] - 1}])
@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "AVIF"])
def test_animation_beyond_the_bounds_stands_still(easel: Easel, form: str, bound: dict[str, int]) -> None:
    """Its first picture is shown; whoever wants all of it has the source."""
    easel.paint(gallery.film(form), form, **bound)
    assert near(easel.quarters(), (RED,) * 4)
    assert easel.seen().n_frames == 1  # type: ignore[attr-defined] # of animated kinds alone


@pytest.mark.parametrize("name", ["web", "thumbnail"])
@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("JPEG", lambda: encoded(corners((300, 200)), "JPEG")),
        ("GIF", lambda: gallery.film("GIF")),
        ("HEIF", lambda: ROTATED),
    ],
)
def test_same_bytes_each_time(easel: Easel, form: str, content: Make, name: str) -> None:
    """A rendition is the same to the last bit, whether it is made with the other or alone."""
    sides = {"web": 30, "thumbnail": 10}
    easel.paint(content(), form, largest=30, wanted=sides)
    first = easel.made(name)
    (easel.folder / f"{name}.webp").unlink()
    easel.paint(content(), form, largest=30, wanted={name: sides[name]})
    assert easel.made(name) == first


def cut(form: str, share: float, **options: object) -> bytes:
    """Leave the end of a picture out."""
    content = encoded(corners((640, 480)), form, **options)
    return content[: int(len(content) * share)]


@pytest.mark.parametrize(
    ("form", "content", "status"),
    [
        ("JPEG", lambda: cut("JPEG", 0.9), INCOMPLETE),
        ("JPEG", lambda: cut("JPEG", 0.9, progressive=True), INCOMPLETE),
        ("PNG", lambda: cut("PNG", 0.5), INCOMPLETE),
        ("GIF", lambda: cut("GIF", 0.5), INCOMPLETE),
        ("GIF", lambda: gallery.film("GIF")[:-30], INCOMPLETE),
        ("TIFF", lambda: cut("TIFF", 0.9), INCOMPLETE),
        ("TIFF", lambda: cut("TIFF", 0.9, compression="tiff_lzw"), UNREADABLE),
        ("AVIF", lambda: cut("AVIF", 0.9), INCOMPLETE),
        ("WEBP", lambda: cut("WEBP", 0.9), UNREADABLE),
        ("HEIF", lambda: ROTATED[:-9], UNREADABLE),
        ("JPEG", lambda: encoded(corners(), "JPEG")[:9], UNREADABLE),
        ("JPEG", lambda: b"", UNREADABLE),
        ("AVIF", lambda: b"", UNREADABLE),
        ("JPEG", lambda: encoded(corners(), "PNG"), UNREADABLE),
        ("TIFF", lambda: encoded(corners(), "BMP"), UNREADABLE),
        ("HEIF", lambda: encoded(corners(), "AVIF"), UNREADABLE),
    ],
)
def test_damaged_or_foreign_pictures_are_told(easel: Easel, form: str, content: Make, status: int) -> None:
    """A header that can't be read, or pixels that end early; no other decoder is tried than the one."""
    assert easel.attempt(content(), form) == status


@pytest.mark.parametrize("form", DECODERS.values())
def test_claim_of_too_many_pixels_is_refused(easel: Easel, form: str) -> None:
    """The header is enough: with 30,000 pixels each way, or as many as the format can say."""
    assert easel.attempt(gallery.bombs(30_000)[form], form) == TOO_MANY_PIXELS


def test_bound_of_pixels_is_exact(easel: Easel) -> None:
    """As many as are allowed are taken, and not one more."""
    content = encoded(corners((20, 10)), "PNG")
    assert [easel.attempt(content, "PNG", most_pixels=most) for most in (200, 198)] == [0, TOO_MANY_PIXELS]
