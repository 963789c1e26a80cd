"""The formats that speech is handed on in, by the extensions of their files."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A format as ffmpeg's output options.

    `rate` is in Hz: the highest that it takes which others take too.
    """

    extension: str
    media_type: str
    muxer: str
    encoder: tuple[str, ...]
    rate: int = 44_100


FASTSTART = ("-movflags", "+faststart")
_AAC = ("-c:a", "aac", "-aac_coder", "fast", "-b:a", "64k")
_OPUS = ("-c:a", "libopus", "-b:a", "48k")
_OPUS_RATE = 48_000  # of the five that it takes (RFC 6716, 2), the one that is no loss

FORMS = {
    form.extension: form
    for form in (
        Form("mp3", "audio/mpeg", "mp3", ("-c:a", "libmp3lame", "-b:a", "96k")),
        Form("flac", "audio/flac", "flac", ("-c:a", "flac", "-sample_fmt", "s16")),
        Form("wav", "audio/wav", "wav", ("-c:a", "pcm_s16le")),
        Form("ogg", "audio/ogg", "ogg", _OPUS, _OPUS_RATE),
        Form("m4a", "audio/mp4", "ipod", (*_AAC, *FASTSTART)),
        Form("webm", "audio/webm", "webm", _OPUS, _OPUS_RATE),
    )
}
