"""Whose names people are shown."""

from sqlalchemy import ColumnElement, Text, and_, case, literal, null

from server.auth.principal import Principal
from server.users.models import Role, User


def name_for(viewer: Principal) -> ColumnElement[str | None]:
    """Return the name of a `User`, as far as the viewer may know it.

    Names are shown to those who read aloud themselves; one that holds an e-mail address, or is of somebody who is about
    to leave, is shown to nobody.
    """
    if not viewer.sees_all and viewer.role is Role.NONE:
        return literal(None, Text)
    return case((and_(User.leaves_at.is_(None), User.name.not_like("%@%")), User.name), else_=null())
