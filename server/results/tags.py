"""Tags of many results at once."""

from sqlalchemy import func, select, true

from server.auth.principal import Principal
from server.media.models import Media
from server.media.state import HIDDEN
from server.problems import Problem
from server.results.labels import relabel
from server.results.organising_schemas import MOST_TAGS, TagCount, TagList, TagsChanged, TagsEdit, fold
from server.unit_of_work import UnitOfWork


class TooManyTags(Problem):
    """A result would have more tags than one may."""

    status = 409
    code = "too_many_tags"

    def __init__(self, results: list[str]) -> None:
        super().__init__(
            f"A result has at most {MOST_TAGS} tags. Remove some of these, and add yours then.", ids=results
        )


async def change(work: UnitOfWork, editor: Principal, wish: TagsEdit) -> TagsChanged:
    """Add and remove tags of all these results, or of none; of others' nothing is said, nor of those that are gone.

    Raises:
        TooManyTags: there is no room for them on some.
    """
    query = select(Media).where(Media.id.in_(wish.ids), Media.status.not_in(HIDDEN))
    if not editor.sees_all:
        query = query.where(Media.owner_id == editor.user_id)
    # In one order, so that two who change the same ones don't wait for each other.
    found = (await work.session.execute(query.order_by(Media.id).with_for_update())).scalars().all()
    changed = {media: tags for media in found if (tags := _changed(media.tags, wish)) != media.tags}
    if crowded := [str(media.id) for media, tags in changed.items() if len(tags) > MOST_TAGS]:
        raise TooManyTags(crowded)
    for media, tags in changed.items():
        relabel(work, editor, media, tags=tags)
    return TagsChanged(changed=len(changed))


async def commonest(work: UnitOfWork, owner: Principal, limit: int, beginning: str | None) -> TagList:
    """Return the caller's own tags that begin so, whatever the case, those first that most results have."""
    tag = func.unnest(Media.tags).table_valued("tag").render_derived()
    count = func.count().label("count")
    query = (
        select(tag.c.tag, count)
        .select_from(Media)
        .join(tag, true())
        .where(Media.owner_id == owner.user_id, Media.status.not_in(HIDDEN))
        .group_by(tag.c.tag)
        .order_by(count.desc(), tag.c.tag)
        .limit(limit)
    )
    if beginning is not None:
        query = query.where(func.lower(tag.c.tag).startswith(beginning.lower(), autoescape=True))
    rows = (await work.session.execute(query)).all()
    return TagList(items=[TagCount(tag=row.tag, count=row.count) for row in rows])


def _changed(tags: list[str], wish: TagsEdit) -> list[str]:
    """Leave out those that are removed, and put behind the rest those that are not there yet."""
    removed = set(map(fold, wish.remove))
    kept = [tag for tag in tags if fold(tag) not in removed]
    there = set(map(fold, kept))
    return kept + [tag for tag in wish.add if fold(tag) not in there]
