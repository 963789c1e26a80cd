"""The same seven seconds of speech in every container that is accepted."""

from dataclasses import dataclass

from server.ffmpeg import sniff
from server.ffmpeg.sniff import Container

SPEECH_MS = 7100
PICTURE = ("-f", "lavfi", "-i", "testsrc=s=64x48:d=7.1:r=10", "-map", "0:a", "-map", "1:v")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


@dataclass(frozen=True)
class Piece:
    """A file: ffmpeg's arguments that make it of the speech, and what it should be found to be."""

    name: str
    arguments: tuple[str, ...]
    container: Container
    codec: str
    main: str

    def __str__(self) -> str:
        """Name the test."""
        return self.name


def piece(name: str, arguments: str, container: Container, codec: str, main: str) -> Piece:
    """Write a piece on one line."""
    return Piece(name, tuple(arguments.split()), container, codec, main)


SOUNDS = (
    piece("s16.wav", "-c:a pcm_s16le", sniff.WAV, "pcm_s16le", "flac"),
    piece("rf64.wav", "-rf64 always", sniff.WAV, "pcm_s16le", "flac"),
    piece("phone.wav", "-ar 8000 -c:a pcm_mulaw", sniff.WAV, "pcm_mulaw", "flac"),
    piece("surround.wav", "-ac 6 -ar 48000 -c:a pcm_s24le", sniff.WAV, "pcm_s24le", "flac"),
    piece("studio.wav", "-ar 192000 -c:a pcm_f32le", sniff.WAV, "pcm_f32le", "flac"),
    piece("a.w64", "", sniff.W64, "pcm_s16le", "flac"),
    piece("a.aiff", "", sniff.AIFF, "pcm_s16be", "flac"),
    piece("a.caf", "", sniff.CAF, "pcm_s16be", "flac"),
    piece("a.flac", "", sniff.FLAC, "flac", "flac"),
    piece("a.mp3", "-c:a libmp3lame", sniff.MP3, "mp3", "mp3"),
    piece("bare.mp3", "-c:a libmp3lame -id3v2_version 0 -write_xing 0", sniff.MP3, "mp3", "mp3"),
    piece("layer2.mp3", "-c:a mp2 -f mp2", sniff.MP3, "mp2", "flac"),
    piece("a.aac", "-c:a aac", sniff.AAC, "aac", "m4a"),
    piece("opus.ogg", "-c:a libopus", sniff.OGG, "opus", "webm"),
    piece("vorbis.ogg", "-c:a libvorbis", sniff.OGG, "vorbis", "webm"),
    piece("speech.webm", "-c:a libopus", sniff.WEBA, "opus", "webm"),
    piece("a.mka", "-c:a libmp3lame", sniff.MKA, "mp3", "mp3"),
    piece("a.m4a", "-c:a aac", sniff.M4A, "aac", "m4a"),
    piece("alac.m4a", "-c:a alac", sniff.M4A, "alac", "flac"),
    piece("surround.m4a", "-ac 6 -c:a aac", sniff.M4A, "aac", "m4a"),
    piece("a.amr", "-ar 8000 -c:a libopencore_amrnb -b:a 12.2k", sniff.AMR, "amr_nb", "flac"),
    piece("a.wma", "-c:a wmav2", sniff.WMA, "wmav2", "flac"),
)


def film(name: str, arguments: str, container: Container, codec: str, main: str) -> Piece:
    """Write a piece with a picture on one line."""
    return Piece(name, (*PICTURE, *H264, *arguments.split()), container, codec, main)


FILMS = (
    film("v.mp4", "-c:a aac", sniff.MP4, "aac", "m4a"),
    film("v.mov", "-c:a aac", sniff.MOV, "aac", "m4a"),
    film("v.3gp", "-ar 8000 -c:a libopencore_amrnb -b:a 12.2k", sniff.THREE_GP, "amr_nb", "flac"),
    film("v.mkv", "-c:a flac", sniff.MKV, "flac", "flac"),
    film("v.avi", "-c:a libmp3lame", sniff.AVI, "mp3", "mp3"),
    film("v.ts", "-c:a aac", sniff.MPEG_TS, "aac", "m4a"),
    film("v.m2ts", "-c:a aac", sniff.MPEG_TS, "aac", "m4a"),
    film("v.mpg", "-c:v mpeg1video -r 25 -c:a mp2", sniff.MPEG_PS, "mp2", "flac"),
    film("v.flv", "-c:a aac", sniff.FLV, "aac", "m4a"),
    film("v.webm", "-c:v libvpx -c:a libopus", sniff.WEBM, "opus", "webm"),
    film("v.wmv", "-c:v wmv2 -c:a wmav2", sniff.WMV, "wmav2", "flac"),
)
"""The picture may begin some milliseconds beside the sound, so that these run a little longer."""
