"""Processes of tests that take no more of the processor than they must."""

from collections.abc import Mapping

from server.local.backing import Options


def unmeasured(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which Python measures no coverage, which doubles the time that a process takes to start.

    The speech model has one thread in it: two of them wait for each other where other tests have the other core.
    """
    kept = {name: value for name, value in environment.items() if not name.startswith("COVERAGE_")}
    return kept | {"WHISPER_THREADS": "1"}


def quiet(**settings: str) -> Options:
    """Return the options of a stack of tests: silent, unmeasured, with these settings besides the surroundings'."""
    return Options(user=unmeasured(Options().user) | settings, say=lambda _: None)
