"""What people make of a result: its title, its tags and their notes."""

from collections.abc import Sequence
from uuid import UUID

from server.audit.models import Action
from server.audit.service import note
from server.auth.principal import Principal
from server.media.models import Media
from server.media.news import announce
from server.media.repository import MediaRepository
from server.preconditions import check_revision
from server.problems import NotFound
from server.results.organising_schemas import ResultEdit, ResultLabels
from server.search.service import index
from server.unit_of_work import UnitOfWork


async def change(
    work: UnitOfWork, editor: Principal, result_id: UUID, wish: ResultEdit, revisions: Sequence[str]
) -> ResultLabels:
    """Change a result. Of two who change the same revision, the second is told so; what changes nothing is no revision.

    Args:
        work: the transaction.
        editor: its owner, or who sees all.
        result_id: which result.
        wish: what is to be changed.
        revisions: the entity tags one of which it must have, or `*`.

    Raises:
        NotFound: there is none such, or it is another's.
        RevisionDiffers: it has none of these tags.
    """
    media = await MediaRepository(work).visible(editor, result_id, for_change=True)
    if media is None:
        raise NotFound("result")
    check_revision(revisions, media.revision, revision=media.revision)
    given = wish.model_dump(exclude_unset=True)
    changed = {name: value for name, value in given.items() if getattr(media, name) != value}
    if changed:
        relabel(work, editor, media, **changed)
        await work.session.flush()
    if "title" in changed:
        await index(work, media.id)
    return ResultLabels.model_validate(media)


def relabel(work: UnitOfWork, editor: Principal, media: Media, **changed: object) -> None:
    """Give a result another title, other tags or notes, as a new revision."""
    for name, value in changed.items():
        setattr(media, name, value)
    media.revision += 1
    announce(work, media)
    if media.owner_id != editor.user_id:
        fields = ", ".join(sorted(changed))
        note(work, Action.RESULT_CHANGED, actor_id=editor.user_id, subject_id=media.id, tool=editor.tool, fields=fields)
