"""Dockerfiles, read as stages of instructions."""

import io
import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from dockerfile_parse import DockerfileParser

OF_FILES = {"COPY", "FROM", "RUN", "VOLUME", "WORKDIR"}
OF_PROCESSES = {"ARG", "CMD", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "STOPSIGNAL", "USER"}
KNOWN = OF_FILES | OF_PROCESSES
_FLAG = re.compile(r"--([a-z-]+)=(\S+)\s+")
_INNERMOST = re.compile(r"\$(?:(\w+)|\{(\w+)(?:(:[-?])([^${}]*))?\})")
"""A variable without another in its default; https://docs.docker.com/reference/compose-file/interpolation/."""


class NotUnderstood(Exception):  # noqa: N818 - it may be right all the same
    """A file has something that this program doesn't know how to do."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: `flags` are what stands before its value as `--name=value`."""

    keyword: str
    flags: tuple[tuple[str, str], ...]
    value: str

    def flag(self, name: str) -> str | None:
        """Give the value of a flag that may be there once."""
        return dict(self.flags).get(name)

    @property
    def array(self) -> list[str] | None:
        """The value as it is in its exec form, None where it is for a shell."""
        return cast("list[str]", json.loads(self.value)) if self.value.startswith("[") else None


@dataclass(frozen=True, slots=True)
class Stage:
    """What comes from one FROM: the image or stage it begins with, and what is done to it."""

    name: str
    begins_with: str
    instructions: tuple[Instruction, ...]


def read_stages(file: Path) -> list[Stage]:
    """Read a Dockerfile.

    Raises:
        NotUnderstood: it has an instruction that is not executed here.
    """
    stages: list[Stage] = []
    for instruction in _instructions(file):
        if instruction.keyword == "FROM":
            image, *named = instruction.value.split()
            stages.append(Stage(named[1] if named else str(len(stages)), image, ()))
        elif stages:
            last = stages[-1]
            stages[-1] = Stage(last.name, last.begins_with, (*last.instructions, instruction))
        else:
            raise NotUnderstood(f"{file.name}: {instruction.keyword} before the first FROM.")
    return stages


def _instructions(file: Path) -> Iterator[Instruction]:
    parser = DockerfileParser(fileobj=io.BytesIO(file.read_bytes()), env_replace=False)
    for found in parser.structure:
        keyword, value = found["instruction"], found["value"]
        if keyword == "COMMENT":
            continue
        if keyword not in KNOWN:
            raise NotUnderstood(f"{file.name}, line {found['startline'] + 1}: {keyword} is not executed here.")
        flags = []
        while flag := _FLAG.match(value):
            flags.append((flag[1], flag[2]))
            value = value[flag.end() :]
        yield Instruction(keyword, tuple(flags), value.strip())


def pairs(value: str, variables: Mapping[str, str]) -> dict[str, str]:
    """Read the `name=value …` of ENV and LABEL."""
    return dict(word.split("=", 1) for word in shlex.split(substitute(value, variables)))


def substitute(text: str, variables: Mapping[str, str]) -> str:
    """Put values in the place of `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:?what is wrong}`.

    Raises:
        NotUnderstood: one of the last kind has no value.
    """

    def value_of(found: re.Match[str]) -> str:
        value = variables.get(found[1] or found[2], "")
        if not value and found[3] == ":?":
            raise NotUnderstood(f"{found[2]}: {found[4]}")
        return value or found[4] or ""

    while (replaced := _INNERMOST.sub(value_of, text)) != text:
        text = replaced
    return text
