"""Colours as browsers expect them of a video, whatever they were: ffmpeg's filters to BT.709."""

from collections.abc import Iterator

from server.ffmpeg.probe import VideoStream

FILTERS = frozenset({"zscale", "tonemap"})
"""What ffmpeg needs to bring high dynamic range down; without them its tones are taken as they are."""

# The numbers are those of H.273: 8.1 of primaries, 8.2 of transfer, 8.3 of matrices.
_BT2020 = 9
_CURVES = {16: "smpte2084", 18: "arib-std-b67"}
_MATRICES = {1: "bt709", 4: "fcc", 5: "bt601", 6: "bt601", 7: "smpte240m", 9: "bt2020", 10: "bt2020"}
_HD_LINES = 720
_NITS = 100


def is_wide(picture: VideoStream) -> bool:
    """Say whether a picture has more tones or more colours than BT.709."""
    return picture.transfer in _CURVES or picture.primaries == _BT2020


def to_bt709(picture: VideoStream, width: int, height: int, *, maps_tones: bool) -> Iterator[str]:
    """Give the filters to a size and to 8 bits of BT.709, of square pixels.

    Args:
        picture: the stream.
        width: in pixels, even.
        height: in pixels, even.
        maps_tones: whether ffmpeg has `FILTERS`.
    """
    if is_wide(picture) and maps_tones:
        yield f"scale={width}:{height}"
        yield from _mapped(picture)
    else:
        yield f"scale={width}:{height}:in_color_matrix={_matrix(picture)}:out_color_matrix=bt709:out_range=tv"
    yield "format=yuv420p"
    yield "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
    yield "setsar=1"


def _mapped(picture: VideoStream) -> Iterator[str]:
    """Bring the range of tones down in linear light."""
    curve = _CURVES.get(picture.transfer)
    # Said of the frames, for zscale knows no way from colours of which any property is missing.
    yield f"setparams=color_primaries=bt2020:color_trc={curve or 'bt709'}:colorspace=bt2020nc"
    yield f"zscale=t=linear:npl={_NITS}"
    yield "format=gbrpf32le"
    yield "zscale=p=bt709"
    if curve:
        yield "tonemap=tonemap=hable:desat=0"
    yield "zscale=t=bt709:m=bt709:r=limited"


def _matrix(picture: VideoStream) -> str:
    """Name the matrix of a picture's colours; where it tells none, as its size lets expect."""
    return _MATRICES.get(picture.colour_matrix, "bt709" if picture.height >= _HD_LINES else "bt601")
