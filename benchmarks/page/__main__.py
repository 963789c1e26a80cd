"""Lighthouse on what people see most, signed in: home, the results and a result. Run by `make lighthouse`.

Starts a stack of its own. The processor's speed and what else it does go into the score for performance, so that the
middle one of several runs counts.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median_low
from urllib.parse import urlsplit

from playwright.async_api import async_playwright
from rich.console import Console
from rich.table import Table

from server.local.backing import CHECKOUT, Options
from server.local.ports import Ports, choose
from server.local.stack import Running, stack
from tests.browser.chromium import CHROMIUM, FLAGS
from tests.browser.people import open_finished, person_of, send_elsewhere, sign_in

AIM = 95
NODE = CHECKOUT / ".tools/node/bin/node"
SCRIPT = Path(__file__).with_name("lighthouse.js")


@dataclass(frozen=True, slots=True)
class Visit:
    """One run on one page; scores of 100 by category, and what was marked down."""

    address: str
    form: str
    scores: dict[str, int]
    faults: list[str]


async def measure(runs: int) -> list[Visit]:
    """Visit every page so many times in every form."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        async with (
            stack(folder / ".lectern", Options(say=lambda _: None)) as running,
            signed_in(running, folder) as (port, addresses),
        ):
            argv: tuple[str | Path, ...] = (NODE, SCRIPT, str(port), str(runs), *addresses)
            node = await asyncio.create_subprocess_exec(*argv, stdout=asyncio.subprocess.PIPE)
            written, _ = await node.communicate()
    if node.returncode:
        raise SystemExit("Lighthouse could not be run; why is said above.")
    return [Visit(**json.loads(line)) for line in written.splitlines()]


@asynccontextmanager
async def signed_in(running: Running, folder: Path) -> AsyncIterator[tuple[int, list[str]]]:
    """Open a browser in which an admin is signed in; return its port, and what there is to visit."""
    local = json.loads(running.local_json.read_text())
    result_id = await send_elsewhere(local, "admin")
    port = choose(Ports(), folder / "port.json").api
    flags = [*FLAGS, f"--remote-debugging-port={port}"]
    async with (
        async_playwright() as driver,
        await driver.chromium.launch_persistent_context(
            folder / "profile", executable_path=CHROMIUM, args=flags, base_url=running.base_url, locale="en-GB"
        ) as context,
    ):
        page = await context.new_page()
        await sign_in(page, person_of(local, "admin"))
        await open_finished(page, "speech")
        await page.close()
        yield port, [f"{running.base_url}{path}" for path in ("/", "/results", f"/results/{result_id}")]


def show(visits: Sequence[Visit]) -> bool:
    """Print the middle score of every page and category, and say whether all are as high as they should be.

    Where one is too low, what was marked down in its best run is told as well.
    """
    categories = list(visits[0].scores)
    console = Console(soft_wrap=True)
    table = Table("page", "as on a", *categories)
    low = []
    for (address, form), several in groups(visits):
        middle = [median_low(visit.scores[category] for visit in several) for category in categories]
        page = urlsplit(address).path
        table.add_row(page, form, *map(str, middle))
        if min(middle) < AIM:
            best = max(several, key=lambda visit: sum(visit.scores.values()))
            low.append(f"{page} on a {form}: {', '.join(best.faults)}")
    console.print(table, *low, sep="\n")
    return not low


def groups(visits: Sequence[Visit]) -> Iterator[tuple[tuple[str, str], list[Visit]]]:
    """Put the runs on one page in one form together; they come one after the other."""
    for key, group in groupby(visits, key=lambda visit: (visit.address, visit.form)):
        yield key, list(group)


def main() -> int:
    """Measure, show, and fail where a score is too low."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="on each page, by default 3")
    return 0 if show(asyncio.run(measure(parser.parse_args().runs))) else 1


if __name__ == "__main__":
    sys.exit(main())
