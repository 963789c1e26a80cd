"""From the slices of a recorder to files that a demuxer reads."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from server.ffmpeg import riff
from server.ffmpeg.riff import Samples
from server.ffmpeg.slices import MOST_HEADERS, Form, form_of, headers, resumption
from server.ffmpeg.source import Source


@dataclass(slots=True)
class Piece:
    """A file of slices without one missing between them, from the slice `first` to `last`.

    One that `resumes` is of the same recording as the piece before it and has the same clock; any other begins a new
    one, with a clock of its own.
    """

    path: Path
    form: Form
    first: int
    last: int
    resumes: bool = False

    @property
    def source(self) -> Source:
        """The file as an input."""
        return Source(self.path, self.form.demuxer)

    @property
    def sequences(self) -> range:
        """The numbers of its slices."""
        return range(self.first, self.last + 1)

    def append(self, sequence: int, slice_: Path, *, at: int = 0, size: int = -1) -> None:
        """Add `size` bytes of a slice, or all there are from `at` on."""
        with self.path.open("ab") as file, slice_.open("rb") as more:
            more.seek(at)
            file.write(more.read(size))
        self.last = sequence


@dataclass(slots=True)
class Assembly:
    """Puts slices together, which must come in their order; blocking.

    Attributes:
        folder: where the pieces are made.
        pieces: what has been put together so far.
        unread: the numbers of slices that came and can't be read, because the headers they need did not.
    """

    folder: Path
    pieces: list[Piece] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)

    def add_all(self, slices: Iterable[tuple[int, Path]]) -> None:
        """Add slices by their numbers, and remove their files."""
        for sequence, slice_ in slices:
            self._add(sequence, slice_)
            slice_.unlink()

    def _add(self, sequence: int, slice_: Path) -> None:
        with slice_.open("rb") as file:
            form = form_of(file.read(16))
        current = self.pieces[-1] if self.pieces else None
        if form is not None:
            self._begin(sequence, slice_, form)
        elif current is not None and current.last == sequence - 1:
            current.append(sequence, slice_)
        elif current is None or not self._resume(current, sequence, slice_):
            self.unread.append(sequence)

    def _begin(self, sequence: int, slice_: Path, form: Form) -> None:
        samples = riff.find_samples(slice_) if form.demuxer == "wav" else None
        if samples is None:
            self._new(form, sequence).append(sequence, slice_)
        elif not self._append_samples(sequence, slice_, samples):
            piece = self._new(form, sequence)
            piece.append(sequence, slice_, size=samples.at + samples.size)
            riff.without_end(piece.path, samples)

    def _append_samples(self, sequence: int, slice_: Path, samples: Samples) -> bool:
        """Add samples to those before them, where they are of the same form."""
        current = self.pieces[-1] if self.pieces else None
        before = riff.find_samples(current.path) if current and current.form.demuxer == "wav" else None
        if current is None or before is None or before.form != samples.form:
            return False
        current.append(sequence, slice_, at=samples.at, size=samples.size)
        return True

    def _resume(self, current: Piece, sequence: int, slice_: Path) -> bool:
        """Go on after slices that are missing, with the headers of the piece before them."""
        at = resumption(slice_.read_bytes(), current.form)
        with current.path.open("rb") as file:
            before = headers(file.read(MOST_HEADERS), current.form)
        if at is None or before is None:
            return False
        piece = self._new(current.form, sequence, resumes=True)
        piece.path.write_bytes(before)
        piece.append(sequence, slice_, at=at)
        return True

    def _new(self, form: Form, sequence: int, *, resumes: bool = False) -> Piece:
        piece = Piece(self.folder / f"{sequence:06}.piece", form, sequence, sequence, resumes)
        self.pieces.append(piece)
        return piece
