"""Check a deployment: `python -m server.checks [--as api|worker|whisper] [--json] [--without THING]`.

The exit status is 0 when all is well, 1 when something fails, 2 when the settings are wrong.
"""

import argparse
import asyncio
import logging
import sys
from collections.abc import Collection

from rich.console import Console

from server.checks.findings import Finding
from server.checks.permissions import Service
from server.checks.plan import Checkup
from server.checks.report import as_json, as_table, in_a_line, is_well
from server.settings import Settings, start_settings

WIDE = 180
"""Columns where nobody's window says how many there are: a log."""


async def _look(settings: Settings, services: Collection[Service], without: Collection[str]) -> list[Finding]:
    async with Checkup.opened(settings) as checkup:
        return await checkup.findings(services, without)


def main() -> int:
    """Try everything that the arguments ask for; return the exit status."""
    parser = argparse.ArgumentParser(prog="lectern check")
    parser.add_argument("--as", dest="service", choices=list(Service), type=Service)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--without", action="append", default=[])
    given = parser.parse_args()
    settings = start_settings()
    logging.disable()  # what libraries say of what fails is told below, once
    services = [given.service] if given.service else list(Service)
    findings = asyncio.run(_look(settings, services, given.without))
    console = Console(width=None if sys.stdout.isatty() else WIDE)
    if given.json:
        sys.stdout.write(as_json(findings) + "\n")
    else:
        console.print(as_table(findings))
        console.print(in_a_line(findings), markup=False, highlight=False)
    return int(not is_well(findings))


if __name__ == "__main__":
    sys.exit(main())
