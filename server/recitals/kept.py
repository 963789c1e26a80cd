"""Which text segments of a recital count, as an expression over tables; `segments.stretches` is the same over rows."""

from sqlalchemy import ColumnElement, case, select

from server.recitals.models import Recital, TextSegment

_BEYOND = 2**31 - 1


def first_discarded() -> ColumnElement[int]:
    """Return the index from which on a recital's text segments were taken back at its end.

    Those before it are kept, but for those that don't count. It is looked up once for each recital, so keep it out of
    conditions on segments.
    """
    indices = select(TextSegment.index).where(TextSegment.recital_id == Recital.id).order_by(TextSegment.index.desc())
    taken_back = indices.offset(Recital.discard_last - 1).limit(1).correlate(Recital).scalar_subquery()
    # Where fewer were read than are taken back there is none: no index is below NULL.
    return case((Recital.discard_last == 0, _BEYOND), else_=taken_back)
