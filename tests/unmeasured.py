"""Processes whose coverage is not measured: it doubles the time that each takes to start."""

from collections.abc import Mapping

from server.local.backing import Options


def unmeasured(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which Python measures no coverage."""
    return {name: value for name, value in environment.items() if not name.startswith("COVERAGE_")}


def quiet(**settings: str) -> Options:
    """Return the options of a stack of tests: silent, unmeasured, with these settings besides the surroundings'.

    Its speech model has one thread: two of them wait for each other where the other tests have the other core.
    """
    user = unmeasured(Options().user) | {"WHISPER_THREADS": "1"} | settings
    return Options(user=user, say=lambda _: None)
