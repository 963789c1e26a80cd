"""What a media item may become."""

import pytest

from server.media.models import Media
from server.media.state import TRANSITIONS, UNDER_WAY, ForbiddenTransition, Status


@pytest.mark.parametrize("current", Status)
@pytest.mark.parametrize("wanted", Status)
def test_the_table_decides(current: Status, wanted: Status) -> None:
    """Every pair of states is allowed or forbidden by the table alone; staying is nothing."""
    media = Media(status=current)
    if wanted is current or wanted in TRANSITIONS[current]:
        media.become(wanted)
        assert media.status is wanted
    else:
        with pytest.raises(ForbiddenTransition):
            media.become(wanted)
        assert media.status is current


def test_whatever_is_under_way_can_fail_and_be_deleted() -> None:
    """No item can get stuck: each way ends."""
    for status in UNDER_WAY:
        assert {Status.FAILED, Status.DELETING} <= TRANSITIONS[status]
    assert TRANSITIONS[Status.GONE] == frozenset()
