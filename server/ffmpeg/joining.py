"""From the pieces of a recorded session to one recording, without encoding it again where that is possible."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from pathlib import Path

from server.ffmpeg import audio, packets, webm
from server.ffmpeg.confine import Limits
from server.ffmpeg.failures import FfmpegFailure, NoSound
from server.ffmpeg.packets import Hole, Track
from server.ffmpeg.pieces import Piece
from server.ffmpeg.probe import probe
from server.ffmpeg.render import Output, render
from server.ffmpeg.source import Source

# An option of the whole run, for which any place will do: without, a file's clock would begin at its first packet.
_ITS_CLOCK = ("-copyts",)
_COPIED = (*_ITS_CLOCK, "-map", "0:a:0", "-map_metadata", "-1", "-bitexact", "-c:a", "copy", "-f", "matroska")


@dataclass(frozen=True, slots=True)
class Joined:
    """The whole sound, and as much of it as was asked for.

    `holes` are without sound; `unread` are the numbers of slices in whose pieces there is none that can be read.
    """

    whole: Output
    cut: Output
    duration_ms: int
    holes: tuple[Hole, ...]
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Settled:
    """A piece in a file of its own whose length is known; those of one `run` have one clock."""

    source: Source
    track: Track
    run: int


@dataclass(frozen=True, slots=True)
class Joining:
    """How pieces are joined.

    Attributes:
        ffmpeg: the program.
        folder: a private folder; after a failure nothing in it is of use.
        limits: what each run of the program may use.
        stall_seconds: how long nothing may come of one.
    """

    ffmpeg: Path
    folder: Path
    limits: Limits
    stall_seconds: float | None = None

    async def join(self, pieces: Sequence[Piece], cut_ms: int) -> Joined:
        """Make the files `source` and `main` in the folder, of which `main` ends at `cut_ms`.

        Packets are copied: the cut is then exact to one of them, and time that is missing is left out of the content
        but not of the clock. Where pieces are of different forms, all are decoded, and become FLAC.

        Raises:
            FfmpegFailure: nothing can be read, or the machine is in trouble.
        """
        if len(pieces) == 1:
            [piece] = pieces
            return await self._finish(piece.source, piece.source, cut_ms)
        runs = accumulate(not piece.resumes for piece in pieces)
        found = [await self._settle(piece, run) for piece, run in zip(pieces, runs, strict=True)]
        settled = [piece for piece in found if piece is not None]
        if not settled:
            raise NoSound
        unread = [n for piece, known in zip(pieces, found, strict=True) if known is None for n in piece.sequences]
        is_even = len({piece.track.form for piece in settled}) == 1
        listed = await self._list(settled if is_even else await self._even(settled))
        return replace(await self._finish(listed, settled[0].source, cut_ms, copies=is_even), unread=tuple(unread))

    async def _finish(self, source: Source, like: Source, cut_ms: int, *, copies: bool = True) -> Joined:
        """Make the two files of an input whose stream is the one that `like` has."""
        stream = (await probe(like)).sound()
        # Frames of FLAC are numbered: they can't be copied from one file behind those of another.
        make = audio.best if copies and (source is like or stream.codec != "flac") else audio.flac
        whole, cut = make("source", stream), _until(cut_ms, make("main", stream))
        try:
            async with asyncio.TaskGroup() as both:  # a run that copies keeps one core busy
                making = both.create_task(self._make_whole(source, whole))
                both.create_task(self._run(source, cut))
        except BaseExceptionGroup as failed:
            raise failed.exceptions[0] from failed  # the first one ended the other
        track = making.result()
        if track is None:
            raise NoSound
        return Joined(whole, cut, track.length_ms, track.holes)

    async def _make_whole(self, source: Source, whole: Output) -> Track | None:
        if not whole.name.endswith(".webm"):
            return await self._run_listed(source, whole)
        await self._run(source, whole)
        return await webm.read(self.folder / whole.name)

    async def _settle(self, piece: Piece, run: int) -> _Settled | None:
        """Copy a piece into a file of its own; None when there is nothing in it that can be read."""
        settled = piece.path.with_suffix(".mka")
        try:
            track = await self._run_listed(piece.source, Output(settled.name, _COPIED, "audio/x-matroska"))
        except FfmpegFailure as failure:
            if not failure.final:
                raise
            track = None
        return _Settled(Source(settled, "matroska"), track, run) if track else None

    async def _even(self, settled: Sequence[_Settled]) -> list[_Settled]:
        """Decode pieces to the highest rate and the most channels that one of them has."""
        streams = [(await probe(piece.source)).sound() for piece in settled]
        rate = max(stream.sample_rate for stream in streams)
        channels = max(stream.channels for stream in streams)
        bits = max((stream.bits for stream in streams if stream.bits), default=None)
        even: list[_Settled] = []
        for piece, stream in zip(settled, streams, strict=True):
            stem, equal = f"{piece.source.path.stem}-even", replace(stream, bits=bits)
            output = audio.even_flac(stem, equal, rate=rate, channels=channels)
            await self._run(piece.source, output)
            even.append(replace(piece, source=Source(self.folder / output.name, "matroska")))
        return even

    async def _list(self, settled: Sequence[_Settled]) -> Source:
        """Write the list that has pieces played one after the other: https://ffmpeg.org/ffmpeg-formats.html#concat."""
        lengths = [_until_next(piece, following) for piece, following in pairwise(settled)]
        lengths.append(settled[-1].track.length_ms)
        files = zip((piece.source.path.name for piece in settled), lengths, strict=True)
        lines = ["ffconcat version 1.0", *(f"file {name}\nduration {length / 1000:.3f}" for name, length in files), ""]
        path = self.folder / "pieces.ffconcat"
        await asyncio.to_thread(path.write_text, "\n".join(lines))
        return Source(path, "concat", listed="matroska")

    async def _run_listed(self, source: Source, *outputs: Output) -> Track | None:
        """Make files, and tell where the packets of the input lie."""
        listing = packets.listing("packets.txt")
        await self._run(source, *outputs, listing)
        return await packets.read(self.folder / listing.name)

    async def _run(self, source: Source, *outputs: Output) -> None:
        await render(self.ffmpeg, source, outputs, self.folder, self.limits, stall_seconds=self.stall_seconds)


def _until(cut_ms: int, output: Output) -> Output:
    return replace(output, arguments=("-t", f"{cut_ms / 1000:.3f}", *output.arguments))


def _until_next(piece: _Settled, following: _Settled) -> int:
    """Return after how many milliseconds the next piece begins; its own clock tells if it is of the same run."""
    length = piece.track.length_ms
    return max(length, following.track.start_ms - piece.track.start_ms) if piece.run == following.run else length
