"""Reading settings at the edge, and telling what is wrong with all of them at once."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from server.configuration.base import Group

WRONG_SETTINGS = 2
"""The exit status of a process that can't begin with its settings."""

GroupT = TypeVar("GroupT", bound=Group)


class SettingsWrong(Exception):  # noqa: N818 - says how it stands
    """What is missing, malformed or contradictory; `lines` says of each what it is and what to do, and no value."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = list(lines)
        super().__init__("\n".join(self.lines))


def read_groups(kinds: Mapping[str, type[Group]], given: Mapping[str, str] | None = None) -> dict[str, Group]:
    """Read groups of settings.

    Args:
        kinds: the groups, by name.
        given: what goes before the environment and `.env`.

    Raises:
        SettingsWrong: with what is wrong in any of them.
    """
    read: dict[str, Group] = {}
    lines: list[str] = []
    for name, kind in kinds.items():
        try:
            read[name] = kind.model_validate(_of_group(kind, given or {}))
        except ValidationError as error:
            lines += explain(error, kind)
    if lines:
        raise SettingsWrong(lines)
    return read


def start_group(kind: type[GroupT]) -> GroupT:
    """Read one group for a process that needs no other; when something is wrong with it, end the process."""
    try:
        return kind()
    except ValidationError as error:
        stop(explain(error, kind))


def stop(lines: Iterable[str]) -> NoReturn:
    """End a process that can't begin: one line for each thing that is wrong, and no traceback."""
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    raise SystemExit(WRONG_SETTINGS)


@contextmanager
def stopping(*errors: type[Exception]) -> Iterator[None]:
    """End a process that can't begin for one of these reasons, whose text says which setting it is and what to do."""
    try:
        yield
    except errors as error:
        stop([str(error)])


def explain(error: ValidationError, kind: type[BaseModel]) -> Iterator[str]:
    """Tell each thing that is wrong in a line: which setting, what of it, and what it is to be."""
    fields = {field.alias or name: field for name, field in kind.model_fields.items()}
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        name = str(fault["loc"][0]) if fault["loc"] else ""
        if name not in fields:  # of several settings, which the message names
            yield from fault["msg"].removeprefix("Value error, ").splitlines()
        elif fault["type"] == "missing":
            yield f"{name} is missing. Set it: {_described(fields[name])}"
        else:
            yield f"{name} is wrong: {_sentence(fault['msg'])} Correct it: {_described(fields[name])}"


def _sentence(message: str) -> str:
    said = message.removeprefix("Value error, ").rstrip(".")
    return f"{said[:1].lower()}{said[1:]}."


def _described(field: FieldInfo) -> str:
    return field.description or ""


def _of_group(kind: type[Group], given: Mapping[str, str]) -> dict[str, str]:
    aliases = (field.alias for field in kind.model_fields.values())
    return {alias: given[alias] for alias in aliases if alias is not None and given.get(alias)}
