"""The stack for those who work on it: Vite stands before the API, and each follows its own code.

Everything that a browser needs is behind the one address, the local AWS too: a phone reaches no other.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from server.local import aws
from server.local.backing import CHECKOUT, Options, say_at_once
from server.local.certificate import address_here, make_certificate
from server.local.child import Child
from server.local.environment import surroundings
from server.local.ports import LOOPBACK
from server.local.stack import FOLDER, stack, until_stopped, welcome

PORT = 5173
WEB = CHECKOUT / "web_client"
NODE = CHECKOUT / ".tools/node/bin/node"
POOL_PAGES = ("/oauth2", "/login", "/logout")
BUCKETS = ("RAW_BUCKET", "PROCESSED_BUCKET", "CONTENT_STORAGE_S3_BUCKET")


async def serve(folder: Path, *, https: bool) -> None:
    """Run everything until this is cancelled."""
    address = address_here() if https else LOOPBACK
    origin = f"{'https' if https else 'http'}://{address}:{PORT}"
    user = surroundings() | {"PUBLIC_URL": origin, "S3_PUBLIC_ENDPOINT_URL": origin}
    async with stack(folder, Options(user=user, reload=True)) as running:
        services = running.backing
        certificate = make_certificate(services.folder / "certificate", address) if https else None
        vite = make_vite(services.environment, services.base_url, aws.address(services.ports.aws), certificate)
        await services.supervisor.start(vite)
        await services.supervisor.ready(vite.name, _listens)
        say_at_once(welcome(running, origin))
        await asyncio.Event().wait()


def make_vite(settings: Mapping[str, str], api_url: str, aws_url: str, certificate: tuple[Path, Path] | None) -> Child:
    """Make the process that stands before the API and the local AWS; it reads what it is told in `vite.config.ts`.

    Args:
        settings: those of the service, which name the buckets.
        api_url: where the API listens.
        aws_url: where the local AWS listens.
        certificate: that of HTTPS and its key, or None for HTTP on this machine alone.
    """
    paths = [*POOL_PAGES, *(f"/{settings[name]}" for name in BUCKETS)]
    environment = os.environ | {"API_URL": api_url, "AWS_URL": aws_url, "AWS_PATHS": ",".join(paths)}
    if certificate is not None:
        environment |= {"TLS_CERTIFICATE": str(certificate[0]), "TLS_KEY": str(certificate[1])}
    command = (str(NODE), "node_modules/vite/bin/vite.js", "--port", str(PORT))
    return Child(name="vite", command=command, environment=environment, folder=WEB)


async def _listens() -> bool:
    try:
        _, writer = await asyncio.open_connection(LOOPBACK, PORT)
    except OSError:
        return False
    writer.close()
    return True


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--https", action="store_true", help="with a self-made certificate, for the whole network")
    sys.exit(asyncio.run(until_stopped(serve(FOLDER, https=parser.parse_args().https))))
