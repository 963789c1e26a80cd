"""Runs the services of `compose.yaml` out of images, confined as they are told to be."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from server.local.child import Child
from server.local.supervisor import Supervisor
from tests.containers.build import Image
from tests.containers.compose import Service
from tests.containers.room import Room


@dataclass(frozen=True, slots=True)
class Container:
    """One running copy of a service."""

    name: str
    service: Service
    room: Room
    command: tuple[str, ...]
    health: list[str]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where services run.

    Attributes:
        folder: for roots and volumes.
        images: by the name of the Dockerfile.
        written: what the env file says.
        elsewhere: what is told otherwise than in `compose.yaml`, because the services beside ours are this machine's.
    """

    supervisor: Supervisor
    checkout: Path
    folder: Path
    images: Mapping[str, Image]
    written: Mapping[str, str]
    elsewhere: Mapping[str, str]
    running: list[Container] = field(default_factory=list)

    async def run(self, service: Service) -> None:
        """Run a service to its end, or start its copies."""
        if service.ends:
            container = self._container(service.name, service)
            await self.supervisor.run(self._child(container.name, container.command))
        else:
            copies = range(1, service.replicas + 1)
            started = [self._container(f"{service.name}-{number}", service) for number in copies]
            self.running.extend(started)
            children = [self._child(one.name, one.command, service.stop_seconds) for one in started]
            await self.supervisor.start(*children)

    async def run_beside(self, container: Container, name: str, *command: str, **more: Mapping[str, str]) -> str:
        """Run another program with a container's files, and return what it printed.

        Args:
            container: which files, volumes and rights it has.
            name: of its own.
            command: the program and its arguments.
            more: `shown` and `environment` beyond the container's, by their names in `Room`.

        Raises:
            StackError: its status was not 0.
        """
        root = self.folder / "roots" / name
        root.mkdir(parents=True, exist_ok=True)
        own = container.room
        room = replace(
            own,
            root=str(root),
            shown=own.shown | dict(more.get("shown", {})),
            environment=own.environment | dict(more.get("environment", {})),
        )
        return await self.supervisor.run(self._child(name, room.command(*command)))

    def _container(self, name: str, service: Service) -> Container:
        image = self.images[service.dockerfile]
        account = image.account()
        root = self.folder / "roots" / name
        root.mkdir(parents=True)
        writable = {path: volume for path, (volume, read_only) in service.volumes.items() if not read_only}
        shown = {path: volume for path, (volume, read_only) in service.volumes.items() if volume and read_only}
        room = Room(
            root=str(root),
            folder=image.folder,
            user=account.user,
            group=account.group,
            environment=image.environment | self._told(service),
            layers=[str(layer) for layer in image.layers],
            shown={path: str(self._volume(volume)) for path, volume in shown.items()},
            volumes={
                path: str(self._volume(volume or f"{name}{path.replace('/', '-')}", image, path))
                for path, volume in writable.items()
            },
            in_memory=service.in_memory,
            confined=True,
        )
        own = image.command if service.command is None else service.command
        return Container(name, service, room, room.command(*image.entrypoint, *own), service.health or image.health)

    def _told(self, service: Service) -> dict[str, str]:
        return dict(self.written) | service.environment | dict(self.elsewhere) if service.environment else {}

    def _volume(self, name: str, image: Image | None = None, path: str = "") -> Path:
        """Give a volume's folder; a new one takes over what the image has there, as an engine does it."""
        folder = self.folder / "volumes" / name
        if not folder.exists() and image is not None:
            original = next(layer / path.lstrip("/") for layer in image.layers if (layer / path.lstrip("/")).exists())
            shutil.copytree(original, folder)
            for inside in (original, *original.rglob("*")):
                there, owner = folder / inside.relative_to(original), inside.stat()
                os.chown(there, owner.st_uid, owner.st_gid)
        return folder

    def _child(self, name: str, command: tuple[str, ...], stop_seconds: float = 10) -> Child:
        return Child(
            name=name,
            command=command,
            environment={"PATH": os.environ["PATH"]},
            folder=self.checkout,
            stop_seconds=stop_seconds,
        )
