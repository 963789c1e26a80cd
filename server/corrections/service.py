"""Correcting transcripts: what is written, and who is told."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel

from server.audit.models import Action
from server.audit.service import note
from server.auth.principal import Principal
from server.corrections.comparing import counted
from server.corrections.finding import Named, editable, readable
from server.corrections.operations import applied
from server.corrections.patches import Patch, difference, rows_of
from server.corrections.reading import check_number
from server.corrections.repository import CorrectionRepository
from server.corrections.schemas import Edited, PatchShown
from server.corrections.segments import StoredSegment, shown, words_shown
from server.corrections.wishes import EditWish
from server.idempotency.service import Keyed, once
from server.media.models import Media
from server.preconditions import check_revision
from server.search import service as search
from server.transcription.models import Transcript, TranscriptEdit
from server.unit_of_work import UnitOfWork

Segments = list[StoredSegment]


@dataclass(frozen=True, slots=True)
class Condition:
    """Of which versions a change may be, and the key under which it is made once."""

    revisions: Sequence[str]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Correcting:
    """A transcript while it is corrected; until the transaction ends, nobody else does."""

    work: UnitOfWork
    editor: Principal
    media: Media
    transcript: Transcript

    @property
    def corrections(self) -> CorrectionRepository:
        """Its versions."""
        return CorrectionRepository(self.work, self.transcript.id)


class _Made(BaseModel):
    """What is kept under a key: nothing of the text, which stays in one place alone."""

    version: int
    is_new: bool


class _Asked(BaseModel):
    transcript_id: UUID
    revisions: Sequence[str]
    change: str


async def correct(work: UnitOfWork, editor: Principal, named: Named, condition: Condition, wish: EditWish) -> Edited:
    """Apply operations to a transcript, all or none, and keep what they come to as a new version.

    Raises:
        NotFound: there is no such transcript, or it is another's.
        NotFinished: it is not finished.
        RevisionDiffers: it has another version by now.
        KeyReused: the key belongs to another change.
        Problem: an operation can't be applied; see `applied`.
    """

    async def change() -> _Made:
        correcting = await _begin(work, editor, named, condition)
        before = await correcting.corrections.segments()
        after = await asyncio.to_thread(applied, before, wish.operations, correcting.media.duration_ms)
        return await _write(correcting, before, after)

    asked = _asked(named, condition, wish.model_dump_json(exclude_unset=True))
    made = await once(work, Keyed(editor.user_id, condition.key, asked), _Made, change)
    return await _show(work, editor, named, made)


async def restore(work: UnitOfWork, editor: Principal, named: Named, condition: Condition, number: int) -> Edited:
    """Bring a version of a transcript back as a new one.

    Raises:
        NotFound: there is no such version, or it is another's.
        NotFinished: the transcript is not finished.
        RevisionDiffers: it has another version by now.
        KeyReused: the key belongs to another change.
    """

    async def change() -> _Made:
        correcting = await _begin(work, editor, named, condition)
        check_number(correcting.transcript, number)
        before = await correcting.corrections.segments()
        after = before.copy()
        await correcting.corrections.go_back(after, correcting.transcript.version, number)
        return await _write(correcting, before, after, restored_from=number)

    asked = _asked(named, condition, str(number))
    made = await once(work, Keyed(editor.user_id, condition.key, asked), _Made, change)
    return await _show(work, editor, named, made)


def _asked(named: Named, condition: Condition, change: str) -> _Asked:
    return _Asked(transcript_id=named.transcript_id, revisions=condition.revisions, change=change)


async def _begin(work: UnitOfWork, editor: Principal, named: Named, condition: Condition) -> Correcting:
    media, transcript = await editable(work, editor, named)
    check_revision(condition.revisions, transcript.version, version=transcript.version)
    return Correcting(work, editor, media, transcript)


async def _write(
    correcting: Correcting, before: Segments, after: Segments, *, restored_from: int | None = None
) -> _Made:
    # An edit may have to do with every segment of hours of speech, and then this takes long for the event loop.
    patches = await asyncio.to_thread(difference, before, after)
    version = correcting.transcript.version
    if patches:
        version += 1
        values = {"number": version, "author_id": correcting.editor.user_id, "restored_from": restored_from}
        edit = await asyncio.to_thread(_edit, patches, transcript_id=correcting.transcript.id, **values)
        correcting.corrections.add(edit)
        text = " ".join(segment.text for segment in after)
        await correcting.corrections.rewrite(rows_of(patches, len(before)), version=version, text=text)
        await _tell(correcting, version)
    return _Made(version=version, is_new=bool(patches))


def _edit(patches: Sequence[Patch], **values: object) -> TranscriptEdit:
    written = [patch.written() for patch in patches]
    return TranscriptEdit(patches=written, **counted(patches).model_dump(), **values)


async def _tell(correcting: Correcting, version: int) -> None:
    """Have search and open pages follow; the file does so anyway."""
    work, media, editor = correcting.work, correcting.media, correcting.editor
    await search.index(work, media.id)
    ids = {"id": str(media.id), "transcript_id": str(correcting.transcript.id)}
    work.publish(media.owner_id, {"type": "transcript", **ids, "version": version})
    if media.owner_id != editor.user_id:
        note(
            work,
            Action.TRANSCRIPT_CORRECTED,
            actor_id=editor.user_id,
            subject_id=media.id,
            tool=editor.tool,
            transcript=str(correcting.transcript.id),
            version=version,
        )


async def _show(work: UnitOfWork, editor: Principal, named: Named, made: _Made) -> Edited:
    """Show what an edit came to, also when it is sent again, as long as its editor may read that."""
    transcript = await readable(work, editor, named)
    patches = await CorrectionRepository(work, transcript.id).patches(made.version) if made.is_new else []
    return await asyncio.to_thread(_edited, made.version, patches)


def _edited(version: int, patches: Sequence[Patch]) -> Edited:
    return Edited(version=version, patches=[_shown(patch) for patch in patches])


def _shown(patch: Patch) -> PatchShown:
    return PatchShown(
        first=patch.first,
        removed=len(patch.removed),
        segments=shown(patch.inserted, patch.first),
        words=words_shown(patch.inserted, patch.first),
    )
