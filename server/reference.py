"""Writes down every setting: `python -m server.reference configuration`, or `example` for `.env.example`."""

import sys
from collections.abc import Callable, Iterator

from pydantic.fields import FieldInfo

from server.configuration.base import Group
from server.settings import Settings

CONFIGURATION = """# Configuration

Everything is set by environment variables, which may also stand in a file `.env` of the working folder; the environment
wins. An empty value counts as unset. API and workers read the same settings and are best given the same ones; a process
that lacks one it needs, or is given two that contradict each other, stops at once and says which. `lectern check`
([operations](operations.md#check-a-deployment)) then tries what they name. The local stack (`make run`) brings its own
addresses and secrets, and keeps what you set.

This page is made from the settings themselves (`make settings`), as is `.env.example`, a file to begin with.

Beside these, the libraries' own variables hold: `AWS_ENDPOINT_URL_TRANSCRIBE` and its like, for AWS services whose
address is told by nothing above; `HF_HOME` and others for speech models ([operations](operations.md#speech-models));
and `FORWARDED_ALLOW_IPS` for the API behind a proxy ([security](security.md#the-network)).
"""
EXAMPLE = "# Copy to .env. An empty value counts as unset; the local stack brings its own values for what it runs.\n"


def configuration() -> str:
    """Return the page about settings: a table for each group."""
    return CONFIGURATION + "".join(f"\n{_table(group)}" for group in groups())


def example() -> str:
    """Return the settings as a file of variables, each with what it is."""
    return EXAMPLE + "".join(f"\n{_lines(group)}" for group in groups())


def groups() -> Iterator[type[Group]]:
    """Yield the groups of settings in their order."""
    for field in Settings.model_fields.values():
        if not (isinstance(field.annotation, type) and issubclass(field.annotation, Group)):
            raise TypeError(field)
        yield field.annotation


def _title(group: type[Group]) -> str:
    return (group.__doc__ or "").splitlines()[0]


def _default(field: FieldInfo) -> str:
    """Return a default as one would write it; nothing where there is none."""
    value = None if field.is_required() else field.get_default(call_default_factory=True)
    if isinstance(value, list):
        return ",".join(map(str, value))
    if isinstance(value, dict):
        return ",".join(f"{name}={part}" for name, part in value.items())
    return "" if value is None else str(value)


def _table(group: type[Group]) -> str:
    rows = "".join(_row(field) for field in group.model_fields.values())
    return f"## {_title(group).rstrip('.')}\n\n| setting | what it is | by default |\n| --- | --- | --- |\n{rows}"


def _row(field: FieldInfo) -> str:
    default = _default(field)
    shown = "**required**" if field.is_required() else default and f"`{default}`"
    said = (field.description or "").replace("|", "\\|")
    return f"| `{field.alias}` | {said} | {shown} |\n"


def _lines(group: type[Group]) -> str:
    fields = group.model_fields.values()
    return f"# == {_title(group)}\n" + "".join(
        f"# {field.description}{' Required.' if field.is_required() else ''}\n{field.alias}={_default(field)}\n"
        for field in fields
    )


PAGES: dict[str, Callable[[], str]] = {"configuration": configuration, "example": example}

if __name__ == "__main__":
    sys.stdout.write(PAGES[sys.argv[1]]())
