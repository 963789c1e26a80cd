"""The services of `compose.yaml`, as far as they are ours to run."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.containers.dockerfile import substitute

SECONDS = {"s": 1, "m": 60}


@dataclass(frozen=True, slots=True)
class Service:
    """A service whose image is built here.

    Attributes:
        dockerfile: its name.
        arguments: of the build.
        command: None for the image's own.
        environment: goes before the env file.
        volumes: by the path inside: a name, None for one of its own; and whether it may only be read.
        in_memory: options of folders in memory, by path.
        health: a command; None for the image's own, or none.
        ends: whether it does its work and is done.
    """

    name: str
    dockerfile: str
    arguments: dict[str, str]
    command: list[str] | None
    environment: dict[str, str]
    volumes: dict[str, tuple[str | None, bool]]
    in_memory: dict[str, str]
    health: list[str] | None
    replicas: int
    ends: bool
    stop_seconds: float
    needs: tuple[str, ...]


def read_services(file: Path, variables: Mapping[str, str]) -> list[Service]:
    """Read the services that have a build of their own, whatever stands behind others after them.

    Raises:
        NotUnderstood: a variable is missing.
    """
    told = _resolved(yaml.safe_load(file.read_text()), variables)
    ours = {name: service for name, service in told["services"].items() if "build" in service}
    return [_read(name, ours[name]) for name in _in_order(ours)]


def _in_order(services: Mapping[str, Any]) -> list[str]:
    """Put what ends before what goes on: no service here waits for another in any other way."""
    return sorted(services, key=lambda name: services[name]["restart"] != "no")


def _read(name: str, told: Mapping[str, Any]) -> Service:
    test = told.get("healthcheck", {}).get("test")
    return Service(
        name=name,
        dockerfile=told["build"].get("dockerfile", "Dockerfile"),
        arguments=told["build"].get("args", {}),
        command=told.get("command"),
        environment=told.get("environment", {}),
        volumes=dict(map(_volume, told.get("volumes", []))),
        in_memory=dict(_memory(mount) for mount in told.get("tmpfs", [])),
        health=_health(test) if test else None,
        replicas=told.get("deploy", {}).get("replicas", 1),
        ends=told["restart"] == "no",
        stop_seconds=_seconds(told.get("stop_grace_period", "10s")),
        needs=tuple(told.get("depends_on", ())),
    )


def _volume(mount: str) -> tuple[str, tuple[str | None, bool]]:
    parts = mount.split(":")
    if len(parts) == 1:
        return mount, (None, False)
    return parts[1], (parts[0], parts[2:] == ["ro"])


def _memory(mount: str) -> tuple[str, str]:
    path, _, options = mount.partition(":")
    return path, options or "mode=1777"


def _health(test: list[str]) -> list[str]:
    return ["/bin/sh", "-c", test[1]] if test[0] == "CMD-SHELL" else test[1:]


def _seconds(text: str) -> float:
    return float(text[:-1]) * SECONDS[text[-1]]


def _resolved(told: Any, variables: Mapping[str, str]) -> Any:
    """Put in the values of variables; `$$` stands for a dollar."""
    match told:
        case str():
            return "$".join(substitute(part, variables) for part in told.split("$$"))
        case list():
            return [_resolved(part, variables) for part in told]
        case dict():
            return {key: _resolved(value, variables) for key, value in told.items()}
        case _:
            return told
