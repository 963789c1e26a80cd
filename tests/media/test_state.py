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


def test_progress_follows_the_status() -> None:
    """What is complete was heard to its end, also when a second transcript has failed half-way; what begins is not."""
    media = Media(status=Status.COMPLETED, duration_ms=1000, progress=1.0, heard_ms=1000)
    media.become(Status.TRANSCRIBING)
    assert (media.progress, media.heard_ms) == (0.0, 0)
    media.progress, media.heard_ms = 0.5, 500
    media.become(Status.COMPLETED)
    assert (media.progress, media.heard_ms) == (1.0, 1000)


def test_reason_of_a_failure_goes_with_it() -> None:
    """A failed item says why, until it is tried again."""
    media = Media(status=Status.TRANSCRIBING)
    media.fail("no_sound", "Turn the microphone on.")
    assert (media.status, media.error_code) == (Status.FAILED, "no_sound")
    media.become(Status.RECEIVED)
    assert (media.error_code, media.error_message) == (None, None)


def test_whatever_is_under_way_can_fail_and_be_deleted() -> None:
    """No item can get stuck: each way ends."""
    for status in UNDER_WAY:
        assert {Status.FAILED, Status.DELETING} <= TRANSITIONS[status]
    assert TRANSITIONS[Status.GONE] == frozenset()
