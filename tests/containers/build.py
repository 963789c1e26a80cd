"""Builds what a Dockerfile tells, instruction by instruction, into folders that are mounted over each other."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from tests.containers import kernel, machine
from tests.containers.accounts import Account, find_account
from tests.containers.bases import PATH, Bases
from tests.containers.context import Ignored, files_of
from tests.containers.dockerfile import Instruction, Stage, pairs, read_stages, substitute
from tests.containers.room import Room


class StepFailed(Exception):  # noqa: N818 - what a step has done
    """A step of a Dockerfile ended with another status than 0."""


@dataclass(slots=True)
class Image:
    """What a stage has become: its folders, the uppermost first, and what is known of how to run it."""

    layers: list[Path]
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": PATH})
    arguments: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    user: str = "0:0"
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    volumes: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    @property
    def variables(self) -> dict[str, str]:
        """What instructions see of `$NAME`."""
        return self.arguments | self.environment

    def account(self) -> Account:
        """Find whom its programs run as."""
        return find_account(self.user, self.layers)


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds stages of one Dockerfile below `folder`, whose `caches` outlive it; `say` is told each step."""

    file: Path
    checkout: Path
    folder: Path
    caches: Path
    bases: Bases
    say: Callable[[str], None]
    arguments: dict[str, str] = field(default_factory=dict)
    built: dict[str, Image] = field(default_factory=dict)

    def build(self, target: str | None = None) -> Image:
        """Build a stage, by default the last, and those that it needs.

        Raises:
            StepFailed: a step did not succeed; what it said stands in the message.
        """
        stages = {stage.name: stage for stage in read_stages(self.file)}
        return self._stage(target or list(stages)[-1], stages)

    def _stage(self, name: str, stages: dict[str, Stage]) -> Image:
        if name in self.built:
            return self.built[name]
        stage = stages[name]
        for instruction in stage.instructions:  # those that it takes files from
            if (other := instruction.flag("from")) in stages:
                self._stage(other, stages)
        if stage.begins_with in stages:
            image = deepcopy(self._stage(stage.begins_with, stages))
        else:
            image = Image(layers=self.bases.layers(stage.begins_with))
        image.arguments = {}
        self.built[name] = self._execute(stage, image)
        return image

    def _execute(self, stage: Stage, image: Image) -> Image:
        place = self.folder / stage.name
        root, changes, work = (place / part for part in ("root", "changes", "work"))
        for folder in (root, changes, work):
            folder.mkdir(parents=True)
        kernel.mount_layers(image.layers, root, changes, work)
        image.layers.insert(0, changes)
        site = _Site(self, image, root)
        for instruction in stage.instructions:
            self.say(f"{stage.name}: {instruction.keyword} {instruction.value}")
            site.do(instruction)
        kernel.unmount(root)  # what is changed now would show in the stages that begin with this one
        kernel.mount_layers(image.layers, root, changes=None)
        return image


@dataclass(frozen=True, slots=True)
class _Site:
    """One stage under construction, its root mounted."""

    builder: Builder
    image: Image
    root: Path

    def do(self, instruction: Instruction) -> None:
        value = substitute(instruction.value, self.image.variables)
        match instruction.keyword:
            case "RUN":
                self._run(instruction)
            case "COPY":
                self._copy(instruction, value)
            case "WORKDIR":
                self.image.folder = os.path.join(self.image.folder, value)  # noqa: PTH118 - a path of the image
                self._inside(self.image.folder).mkdir(parents=True, exist_ok=True)
            case _:
                self._note(instruction, value)

    def _note(self, instruction: Instruction, value: str) -> None:
        """Keep what is told of how to run the image; LABEL, EXPOSE and STOPSIGNAL (the usual one) tell others."""
        image = self.image
        match instruction.keyword:
            case "ARG":
                name, _, default = value.partition("=")
                image.arguments[name] = self.builder.arguments.get(name, default)
            case "ENV":
                image.environment |= pairs(instruction.value, image.variables)
            case "USER":
                image.user = value
            case "ENTRYPOINT":
                image.entrypoint, image.command = self._program(instruction), []
            case "CMD":
                image.command = self._program(instruction)
            case "HEALTHCHECK":
                image.health = json.loads(value.partition("CMD")[2])
            case "VOLUME":
                image.volumes += instruction.array or value.split()

    def _program(self, instruction: Instruction) -> list[str]:
        return instruction.array or ["/bin/sh", "-c", instruction.value]

    def _inside(self, path: str) -> Path:
        """Say where on this machine a path of the image is."""
        return self.root / os.path.join(self.image.folder, path).lstrip("/")  # noqa: PTH118 - a path of the image

    def _run(self, instruction: Instruction) -> None:
        account = self.image.account()
        home = {"HOME": account.home} | machine.ways()
        room = Room(
            root=str(self.root),
            folder=self.image.folder,
            user=account.user,
            group=account.group,
            environment=home | self.image.variables,
            shown=machine.shown(),
            volumes=dict(self._caches(instruction)),
        )
        command = room.command(*(instruction.array or ["/bin/sh", "-c", instruction.value]))
        done = subprocess.run(
            command, cwd=self.builder.checkout, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise StepFailed(f"RUN {instruction.value}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")

    def _caches(self, instruction: Instruction) -> Iterator[tuple[str, str]]:
        for value in (value for name, value in instruction.flags if name == "mount"):
            told = dict(part.partition("=")[::2] for part in value.split(","))
            cache = self.builder.caches / told["target"].strip("/").replace("/", "-")
            for folder in (cache, self._inside(told["target"])):
                if not folder.exists():
                    folder.mkdir(parents=True)
                    os.chown(folder, int(told.get("uid", 0)), int(told.get("gid", 0)))
            yield told["target"], str(cache)

    def _copy(self, instruction: Instruction, value: str) -> None:
        *sources, target = value.split()
        owner = find_account(instruction.flag("chown") or "0:0", self.image.layers)
        into = self._inside(target)
        as_folder = target.endswith("/") or len(sources) > 1
        for source in sources:
            found = self._found(source, instruction.flag("from"))
            for path in found:
                to = into / path.name if path.is_file() and (as_folder or into.is_dir()) else into
                _lay(path, to, owner)

    def _found(self, source: str, stage: str | None) -> list[Path]:
        """Find what is to be copied, in another stage or in a folder with nothing but what the ignore file passes."""
        beneath = self.builder.folder / stage / "root" if stage else self._context()
        found = sorted(beneath.glob(source.strip("/")))
        if not found:
            raise StepFailed(f"COPY {source}: there is nothing of that name, or the ignore file withholds it.")
        return found

    def _context(self) -> Path:
        context = self.builder.folder / "context"
        if not context.exists():
            ignoring = self.builder.file.with_name(f"{self.builder.file.name}.dockerignore")
            for file in files_of(self.builder.checkout, Ignored(ignoring.read_text())):
                (context / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(self.builder.checkout / file, context / file, follow_symlinks=False)
        return context


def _lay(source: Path, target: Path, owner: Account) -> None:
    """Copy a file, or what a folder holds, and make it its new owner's."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
        for path in source.rglob("*"):
            os.chown(target / path.relative_to(source), owner.user, owner.group, follow_symlinks=False)
    else:
        shutil.copy2(source, target, follow_symlinks=False)
    os.chown(target, owner.user, owner.group, follow_symlinks=False)
