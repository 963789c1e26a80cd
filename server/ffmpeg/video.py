"""Moving pictures that every browser plays, and a still of them, as ffmpeg's output options."""

from collections.abc import Iterator
from fractions import Fraction

from server.ffmpeg import audio
from server.ffmpeg.colours import is_wide, to_bt709
from server.ffmpeg.forms import FASTSTART
from server.ffmpeg.probe import AudioStream, Probe, VideoStream
from server.ffmpeg.render import Output

LONGER, SHORTER = 1920, 1080
POSTER_SIDE = 1280
UNDAMAGED = ("-fflags", "+discardcorrupt")
"""How a video is read, so that no player stumbles over the half packet at the end of a file that was cut off."""

_STILL_SECONDS = 5
_LATE_MS = 500  # a first frame that comes later than this is shown from the beginning on, which a copy can't say
_FASTEST = 60.5  # of 60 frames a second, with what a phone's clock adds
_CLOCK = 90_000  # of the time stamps: by default they would be rounded to a frame rate, which not every video has
_THREADS = "4"  # the same everywhere: what is encoded depends on their number
_QUEUE = "4096"

# H.264 in these has true time stamps: AVI knows none.
_COPIED_FROM = {"mov", "matroska", "mpegts", "flv"}
_PROFILES = {"Constrained Baseline", "Main", "High"}
_HIGHEST_LEVEL = 42
_PIXELS = {"yuv420p", "yuvj420p"}
# Slices and parameter sets (H.264, 7.4.1). All else may hold what a camera or an encoder says of itself: its remarks
# (SEI), filler, and types that no standard has. Nothing of what we make or copy needs it.
_WITHOUT_REMARKS = ("-bsf:v", "filter_units=pass_types=1-5|7|8")
_LEAST_LUMA = 24  # black is 16
_WIDEST_PIXEL = 255  # of all that libavformat takes seriously; QuickTime can say two thousand millions


def displayed(picture: VideoStream) -> tuple[int, int]:
    """Say how wide and how high a picture is shown: upright, of square pixels."""
    aspect = min(Fraction(*picture.aspect), Fraction(_WIDEST_PIXEL))
    width, height = max(1, round(picture.width * aspect)), picture.height
    return (height, width) if _is_sideways(picture) else (width, height)


def part(begins_s: float) -> tuple[str, ...]:
    """Say how to read the few seconds that a still is looked for in, from about there on."""
    # Not even to the beginning is one to seek in a file that can't be sought in, such as some of Flash.
    to_there = ("-ss", f"{begins_s:.3f}", "-noaccurate_seek") if begins_s else ()
    return (*UNDAMAGED, *to_there, "-t", str(_STILL_SECONDS))


def web(stem: str, probe: Probe, sound: AudioStream | None, *, kbit: int, maps_tones: bool) -> Output:
    """Make an MP4 file that starts to play before it is loaded; what is fit for it already is copied.

    Args:
        stem: of the file's name.
        probe: what the file says of itself, its picture looked at.
        sound: which of its streams is to be heard with it.
        kbit: the most kilobits that a second of picture may take.
        maps_tones: whether ffmpeg has the filters for it (`colours.FILTERS`).
    """
    picture = probe.picture()
    heard = audio.beside_picture(sound) if sound else ("-an",)
    streams = ("-map", f"0:{picture.index}", *_seen(picture, probe.demuxer, kbit, maps_tones=maps_tones), *heard)
    bare = ("-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-write_tmcd", "0", "-bitexact")
    muxer = ("-max_muxing_queue_size", _QUEUE, "-abort_on", "empty_output", *FASTSTART, "-f", "mp4")
    return Output(f"{stem}.mp4", (*streams, *bare, *_WITHOUT_REMARKS, *muxer), "video/mp4")


def poster(stem: str, picture: VideoStream, *, maps_tones: bool, even_dark: bool) -> Output:
    """Make a JPEG file of the frame that stands best for those of a `part`.

    Args:
        stem: of the file's name.
        picture: the stream, looked at.
        maps_tones: whether ffmpeg has the filters for it (`colours.FILTERS`).
        even_dark: whether it may be all but black; else there may be none, and the file is empty.
    """
    width, height = _fitted(*displayed(picture), POSTER_SIDE, POSTER_SIDE)
    light = "signalstats", f"metadata=select:key=lavfi.signalstats.YAVG:value={_LEAST_LUMA}:function=greater"
    filters = (
        *_deinterlaced(picture),
        "fps=4:eof_action=pass",  # or there would be none of a video that is over in an eighth of a second
        *to_bt709(picture, width, height, maps_tones=maps_tones),
        *(() if even_dark else light),
        f"thumbnail={4 * _STILL_SECONDS}",
        "scale=in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=pc",  # as JFIF has it
        "format=yuvj420p",
    )
    bare = ("-map_metadata", "-1", "-an", "-sn", "-dn", "-bitexact", "-threads", _THREADS)
    encoder = ("-frames:v", "1", "-c:v", "mjpeg", "-q:v", "4", "-f", "mjpeg")
    return Output(
        f"{stem}.jpg", ("-map", f"0:{picture.index}", "-vf", ",".join(filters), *bare, *encoder), "image/jpeg"
    )


def _seen(picture: VideoStream, demuxer: str, kbit: int, *, maps_tones: bool) -> tuple[str, ...]:
    if _is_fit(picture, demuxer):
        return ("-c:v", "copy")
    rate = ("-crf", "23", "-maxrate", f"{kbit}k", "-bufsize", f"{2 * kbit}k", "-g", "120")
    form = ("-profile:v", "high", "-level:v", str(_HIGHEST_LEVEL / 10), "-enc_time_base:v", f"1:{_CLOCK}")
    filters = ",".join(_filters(picture, maps_tones=maps_tones))
    return ("-vf", filters, "-c:v", "libx264", "-preset", "veryfast", "-threads:v", _THREADS, *rate, *form)


def _filters(picture: VideoStream, *, maps_tones: bool) -> Iterator[str]:
    yield from _deinterlaced(picture)
    if picture.frame_rate is not None and picture.frame_rate > _FASTEST:
        yield "fps=60"
    yield from to_bt709(picture, *_boxed(*displayed(picture)), maps_tones=maps_tones)
    yield f"settb=1/{_CLOCK}"
    yield "setpts='if(eq(N,0),0,PTS)'"  # the first frame is shown from the beginning on


def _deinterlaced(picture: VideoStream) -> Iterator[str]:
    if picture.interlaced:
        yield "bwdif=mode=send_frame"


def _is_fit(picture: VideoStream, demuxer: str) -> bool:
    """Say whether a picture is already what we would make of it."""
    width, height = displayed(picture)
    return (
        (demuxer in _COPIED_FROM and picture.codec == "h264" and picture.pixel_format in _PIXELS)
        and (picture.profile in _PROFILES and picture.level is not None and 0 < picture.level <= _HIGHEST_LEVEL)
        and (max(width, height) <= LONGER and min(width, height) <= SHORTER and picture.aspect == (1, 1))
        and (picture.frame_rate is not None and picture.frame_rate <= _FASTEST and not picture.interlaced)
        and (not is_wide(picture) and not _is_mirrored(picture) and picture.start_ms <= _LATE_MS)
    )


def _boxed(width: int, height: int) -> tuple[int, int]:
    box = (LONGER, SHORTER) if width >= height else (SHORTER, LONGER)
    return _fitted(width, height, *box)


def _fitted(width: int, height: int, widest: int, highest: int) -> tuple[int, int]:
    """Scale a size down into a box, if need be; H.264 with half as many colours as pixels takes even sides alone."""
    scale = min(Fraction(widest, width), Fraction(highest, height), Fraction(1))
    return max(2, int(width * scale) // 2 * 2), max(2, int(height * scale) // 2 * 2)


def _is_sideways(picture: VideoStream) -> bool:
    matrix = picture.display_matrix
    return matrix is not None and abs(matrix[1]) > abs(matrix[0])


def _is_mirrored(picture: VideoStream) -> bool:
    """Say whether a picture is shown mirrored, which players, other than a turn, may not do."""
    matrix = picture.display_matrix
    return matrix is not None and matrix[0] * matrix[4] - matrix[1] * matrix[3] < 0
