"""What is made of a video to be seen: a file that every browser plays, and a still of it."""

from dataclasses import dataclass, replace

from server.ffmpeg import video
from server.ffmpeg.allowance import disk_for_pictures, picture_allowance, picture_kbit
from server.ffmpeg.colours import FILTERS, is_wide
from server.ffmpeg.failures import RenderFailed, TooLong
from server.ffmpeg.filters import has_filters
from server.ffmpeg.probe import AudioStream, Probe, VideoStream, probe
from server.ffmpeg.render import Output, render
from server.ffmpeg.source import Source
from server.images.failures import TooManyPixels
from server.media.models import Media
from server.media.renditions import POSTER, WEB
from server.pipeline.seen import Seen
from server.pipeline.tools import Tools
from server.pipeline.transcode import longest_ms

MOST_MEGAPIXELS = 36
"""Of 8K, with some to spare: what decoding takes of memory grows with them."""
STILLS = ((0.1, False), (0.4, False), (0.1, True), (0.0, True))
"""At which shares of a video a still is looked for, and whether it may be dark there."""
PATIENCE = 5
"""How much longer than other work this may stand still: all else goes before it, and a still comes all at once."""


def disk_for_video(tools: Tools, size: int) -> int:
    """Estimate the bytes that a video and its renditions take up together."""
    return disk_for_pictures(size, longest_ms=longest_ms(tools))


async def render_video(tools: Tools, media: Media, source: Source, names: set[str]) -> Seen:
    """Make those of a video's renditions that are named.

    Raises:
        NoPicture: there is nothing to be seen in it.
        FfmpegFailure: nothing can be made of it.
    """
    probed = await probe(source, look=True)
    picture = probed.picture()
    _check(probed, picture, longest_ms(tools))
    duration_ms = probed.duration_ms or media.duration_ms
    maps_tones = is_wide(picture) and await has_filters(tools.ffmpeg, FILTERS, source.path.parent)
    film = Film(tools, source, probed, picture, media.size, duration_ms, maps_tones=maps_tones)
    outputs = []
    if POSTER in names:
        outputs.append(await film.poster())
    if WEB in names:
        outputs.append(await film.web())
    return Seen(outputs, *video.displayed(picture))


def _check(probed: Probe, picture: VideoStream, most_ms: int) -> None:
    if picture.width * picture.height > MOST_MEGAPIXELS * 1_000_000:
        raise TooManyPixels(MOST_MEGAPIXELS)
    if probed.duration_ms is not None and probed.duration_ms > most_ms:
        raise TooLong(most_ms)


@dataclass(frozen=True, slots=True)
class Film:
    """One video, and what has been learned of it."""

    tools: Tools
    source: Source
    probed: Probe
    picture: VideoStream
    size: int
    duration_ms: int | None
    maps_tones: bool

    async def web(self) -> Output:
        """Make the file to be played; where the sound spoils it, without."""
        sound = next(iter(self.probed.audio), None)
        try:
            return await self._web(sound)
        except RenderFailed as failure:
            if sound is None or not failure.final:
                raise
        return await self._web(None)

    async def _web(self, sound: AudioStream | None) -> Output:
        kbit = picture_kbit(self.size, self.duration_ms)
        output = video.web(WEB, self.probed, sound, kbit=kbit, maps_tones=self.maps_tones)
        await self._render(replace(self.source, reading=video.UNDAMAGED), output)
        return output

    async def poster(self) -> Output:
        """Make the still, from the first place where there is a frame for it.

        Raises:
            RenderFailed: there is no frame anywhere.
        """
        for share, even_dark in STILLS:
            output = video.poster(POSTER, self.picture, maps_tones=self.maps_tones, even_dark=even_dark)
            part = replace(self.source, reading=video.part(share * (self.duration_ms or 0) / 1000))
            if await self._has_frame(part, output):
                return output
        raise RenderFailed("The video has no frame that can be shown. Export or record it again, and send that.")

    async def _has_frame(self, part: Source, output: Output) -> bool:
        try:
            return await self._render(part, output) > 0
        except RenderFailed as failure:
            if not failure.final:
                raise
            return False

    async def _render(self, source: Source, output: Output) -> int:
        """Make one file, and return its size."""
        made = await render(
            self.tools.ffmpeg,
            source,
            [output],
            source.path.parent,
            picture_allowance(self.size, self.duration_ms, longest_ms=longest_ms(self.tools)),
            progress=self._check_length,
            stall_seconds=PATIENCE * self.tools.settings.work.stall_seconds,
        )
        return made.sizes[output.name]

    async def _check_length(self, done_ms: int) -> None:
        if done_ms > (most_ms := longest_ms(self.tools)):
            raise TooLong(most_ms)
