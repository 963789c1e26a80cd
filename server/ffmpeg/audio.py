"""Files of sound that every browser plays, as ffmpeg's output options."""

from dataclasses import dataclass

from server.ffmpeg.forms import FASTSTART, FORMS, Form
from server.ffmpeg.probe import AudioStream
from server.ffmpeg.render import Output
from server.ffmpeg.tap import SAMPLE_RATE

_LATE_MS = 50  # encoder delay stays below this, a track that sets in late does not
_FLAC_CHANNELS = 8
_HIGHEST_RATE = 48_000
_CD_BITS = 16
_CHANNEL_KBIT = 80
_AAC_RATES = frozenset({8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000})
_ENCODER_THREADS = "2"  # one for each core would outgrow the limit of address space on a large machine

# Late starts and gaps become silence, for else the text would run ahead of the picture and of a copy. Left alone,
# `aresample` would also cut where time stamps fall behind the samples, as those of some AVI files do: so no frame
# is let begin before the end of the one before it.
_NEVER_BACK = "asetpts='st(1,max(PTS,ld(0)));st(0,ld(1)+NB_SAMPLES/SR/TB);ld(1)'"
# And no frame is passed on that is longer than encoders take: one of 65,535 samples at 8 kHz is too long for FLAC at
# 16 kHz. Asking the encoder for a `-frame_size` instead makes ffmpeg 9.0 hang now and then where the sound has a gap.
_TIMELINE = f"{_NEVER_BACK},aresample=async=1:first_pts=0,asetpts=N/SR/TB,asetnsamples=4096:pad=0"


@dataclass(frozen=True, slots=True)
class Copy:
    """Where the packets of a codec can go as they are."""

    extension: str
    muxer: str
    media_type: str
    options: tuple[str, ...] = ()


_M4A = Copy("m4a", "ipod", "audio/mp4", FASTSTART)
# Opus from a browser's recorder keeps its exact start in WebM. Copied into Ogg by ffmpeg it gets granule
# positions below zero, which RFC 7845 (4.5) makes players reject.
_WEBM = Copy("webm", "webm", "audio/webm", ("-cues_to_front", "1"))
_COPIES = {
    "mp3": Copy("mp3", "mp3", "audio/mpeg"),
    "aac": _M4A,
    "opus": _WEBM,
    "vorbis": _WEBM,
    "flac": Copy("flac", "flac", "audio/flac"),
}


def copy_target(stream: AudioStream) -> Copy | None:
    """Tell where a stream can be copied to without encoding it again.

    Returns:
        None when it must be encoded: no browser plays its codec, or it sets in later than the file, which a
        copy that starts at zero would hide.
    """
    return None if _is_late(stream) else _COPIES.get(stream.codec)


def best(stem: str, stream: AudioStream) -> Output:
    """Keep all there is: a copy where possible, else FLAC with up to 24 bits."""
    target = copy_target(stream)
    if target is None:
        return flac(stem, stream)
    arguments = (*_only(stream), "-c:a", "copy", *target.options, "-f", target.muxer)
    return Output(f"{stem}.{target.extension}", arguments, target.media_type)


def flac(stem: str, stream: AudioStream) -> Output:
    """Encode without a loss."""
    depth = _depth(stream)
    channels = ("-ac", "2") if stream.channels > _FLAC_CHANNELS else ()
    return Output(f"{stem}.flac", (*_decoded(stream), *channels, "-c:a", "flac", *depth, "-f", "flac"), "audio/flac")


def even_flac(stem: str, stream: AudioStream, *, rate: int, channels: int) -> Output:
    """Encode without a loss to a given rate and number of channels, to be joined with others of the same."""
    encoder = ("-ac", str(channels), "-ar", str(rate), "-c:a", "flac", *_depth(stream))
    return Output(f"{stem}.mka", (*_decoded(stream), *encoder, "-f", "matroska"), "audio/x-matroska")


def aac(stem: str, stream: AudioStream, *, kbit: int = 64) -> Output:
    """Make a mono AAC file that starts to play before it is loaded."""
    rate = str(min(stream.sample_rate, _HIGHEST_RATE))
    # The fast coder takes a third of the time of the default, and at this rate is nearer to the original too.
    encoder = ("-ac", "1", "-ar", rate, "-c:a", "aac", "-aac_coder", "fast", "-b:a", f"{kbit}k")
    return Output(f"{stem}.m4a", (*_decoded(stream), *encoder, *FASTSTART, "-f", "ipod"), "audio/mp4")


def beside_picture(stream: AudioStream) -> tuple[str, ...]:
    """Give the options of the sound in an MP4 file with a picture: AAC for two ears, copied where it is that."""
    if _is_fit_beside_picture(stream):
        return ("-map", f"0:{stream.index}", "-c:a", "copy")
    channels = min(stream.channels, 2)
    rate = stream.sample_rate if stream.sample_rate in _AAC_RATES else _HIGHEST_RATE
    encoder = ("-c:a", "aac", "-threads:a", _ENCODER_THREADS, "-b:a", f"{channels * _CHANNEL_KBIT}k")
    form = ("-ac", str(channels), "-ar", str(rate))
    return ("-map", f"0:{stream.index}", "-af", _TIMELINE, *form, *encoder)


def beginning(stem: str, stream: AudioStream, form: Form, *, seconds: int) -> Output:
    """Make a mono file of the first seconds."""
    sound = ("-t", str(seconds), "-ac", "1", "-ar", str(form.rate), *form.encoder)
    return Output(f"{stem}.{form.extension}", (*_decoded(stream), *sound, "-f", form.muxer), form.media_type)


def speech(stem: str, stream: AudioStream, form: Form = FORMS["flac"]) -> Output:
    """Make a 16 kHz mono file, which is what speech models hear."""
    sound = ("-ac", "1", "-ar", str(SAMPLE_RATE), *form.encoder)
    return Output(f"{stem}.{form.extension}", (*_decoded(stream), *sound, "-f", form.muxer), form.media_type)


def samples(stream: AudioStream) -> tuple[str, ...]:
    """Give the options of a `Tap` on a stream."""
    return (*_decoded(stream), "-ac", "1", "-ar", str(SAMPLE_RATE), "-c:a", "pcm_s16le", "-f", "s16le")


def as_recorded(stream: AudioStream, *, rate: int, channels: int) -> tuple[str, ...]:
    """Give the options for samples as they were recorded: s16le, the channels interleaved."""
    form = ("-ar", str(rate), "-ac", str(channels), "-c:a", "pcm_s16le", "-f", "s16le")
    return (*_decoded(stream), *form)


def _depth(stream: AudioStream) -> tuple[str, ...]:
    is_deep = stream.bits is not None and stream.bits > _CD_BITS
    return ("-sample_fmt", "s32", "-bits_per_raw_sample", "24") if is_deep else ("-sample_fmt", "s16")


def _is_fit_beside_picture(stream: AudioStream) -> bool:
    is_for_two = stream.channels <= 2 and stream.sample_rate <= _HIGHEST_RATE  # noqa: PLR2004 - ears
    return stream.codec == "aac" and stream.profile == "LC" and is_for_two and not _is_late(stream)


def _is_late(stream: AudioStream) -> bool:
    return stream.start_ms > _LATE_MS


def _only(stream: AudioStream) -> tuple[str, ...]:
    """Take one stream and nothing else: no tags, chapters, cover art, subtitles, no mark of the encoder."""
    bare = ("-map_metadata", "-1", "-map_chapters", "-1", "-vn", "-sn", "-dn", "-bitexact")
    return ("-map", f"0:{stream.index}", *bare, "-threads", _ENCODER_THREADS)


def _decoded(stream: AudioStream) -> tuple[str, ...]:
    """Decode one stream so that the count of its samples is the time."""
    return (*_only(stream), "-af", _TIMELINE)
