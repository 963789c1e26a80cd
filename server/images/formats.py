"""Which decoder reads which kind of picture."""

from server.ffmpeg import sniff
from server.ffmpeg.sniff import Container

DECODERS: dict[Container, str] = {
    sniff.JPEG: "JPEG",
    sniff.PNG: "PNG",
    sniff.WEBP: "WEBP",
    sniff.GIF: "GIF",
    sniff.TIFF: "TIFF",
    sniff.HEIC: "HEIF",
    sniff.AVIF: "AVIF",
}
"""The one decoder, by Pillow's name, that a picture of each kind is given to; what isn't here is not taken."""
