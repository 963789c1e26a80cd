"""How a large file is cut into parts."""

import pytest

from server.settings import MEGABYTE
from server.uploads.multipart import part_lengths, part_size


@pytest.mark.parametrize("size", [1, 16 * MEGABYTE, 16 * MEGABYTE + 1, 5000 * MEGABYTE, 200_000 * MEGABYTE, 2**42 + 7])
def test_parts_add_up_within_the_limits_of_s3(size: int) -> None:
    """There are at most 10,000 parts, all of one length but the last, and they are the file."""
    lengths = part_lengths(size)
    assert sum(lengths) == size
    assert len(lengths) <= 10_000
    assert set(lengths[:-1]) <= {part_size(size)}
    assert 0 < lengths[-1] <= part_size(size)
