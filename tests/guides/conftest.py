"""The stack on which the guides are tried."""

from tests.end_to_end.conftest import local, running_stack

__all__ = ["local", "running_stack"]
