"""One stack for all that goes wrong."""

from collections.abc import AsyncIterator, Iterator

import pytest
from stamina.instrumentation import get_on_retry_hooks, set_on_retry_hooks

from tests.chaos.rig import Rig, rig

OWNERS = 3


@pytest.fixture(scope="session", autouse=True)
def _quiet() -> Iterator[None]:
    hooks = get_on_retry_hooks()
    set_on_retry_hooks([])  # that clients try again is no news here
    yield
    set_on_retry_hooks(hooks)


@pytest.fixture(scope="package")
async def rigged(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rig]:
    """A stack with two workers of each kind, whose time can be made to pass."""
    async with rig(tmp_path_factory.mktemp("chaos"), OWNERS, hastened=True) as rigged:
        yield rigged
