"""Changes that say which revision they are of, so that of two who change the same one the second is told so."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends, Header

from server.problems import Problem

ANY = "*"
"""Whichever revision it is (RFC 9110, section 13.1.1)."""


class PreconditionNeeded(Problem):
    """A change has to say which revision it is of (RFC 6585, section 3)."""

    status = 428
    code = "precondition_required"

    def __init__(self) -> None:
        super().__init__("Say which revision you change: send the ETag that you were given as If-Match.")


class RevisionDiffers(Problem):
    """Somebody has changed it meanwhile (RFC 9110, section 13.1.1)."""

    status = 412
    code = "revision_differs"

    def __init__(self, **current: int) -> None:
        detail = "This has been changed meanwhile. Get it anew, and make your change in that."
        super().__init__(detail, headers=None, **current)


def entity_tag(revision: int) -> str:
    """Write a revision as an entity tag (RFC 9110, section 8.8.3)."""
    return f'"{revision}"'


def get_revisions(
    if_match: Annotated[str | None, Header(description="The `ETag` of what is changed.")] = None,
) -> list[str]:
    """Read which revisions a change may be of.

    Raises:
        PreconditionNeeded: it does not say.
    """
    if if_match is None:
        raise PreconditionNeeded
    return [tag.strip() for tag in if_match.split(",")]


Revisions = Annotated[list[str], Depends(get_revisions)]
"""The entity tags one of which is to be changed, or `*`; a problem's where there are none."""


def check_revision(revisions: Sequence[str], current: int, **told: int) -> None:
    """Let a change pass if it is of the current revision.

    Args:
        revisions: the entity tags that it names.
        current: the revision that there is now.
        told: by what name the problem tells that.

    Raises:
        RevisionDiffers: it is of another.
    """
    if ANY not in revisions and entity_tag(current) not in revisions:
        raise RevisionDiffers(**told)
