"""A process with children on a data folder, made to be killed: `python parent.py FOLDER`."""

import asyncio
import json
import os
import sys
from pathlib import Path

from server.local.child import Child
from server.local.claim import claimed
from server.local.supervisor import supervisor

SCRIPTS = {
    "gentle": "exec sleep 100",
    "mother": "sleep 100 & echo $!; wait",
}


async def main(folder: Path) -> None:
    """Start the children, say on standard output who is who, and wait."""
    async with claimed(folder) as claim, supervisor(folder, print, kept_open=(claim.descriptor,)) as supervising:
        claim.tell("http://127.0.0.1:1")
        for name, script in SCRIPTS.items():
            await supervising.start(
                Child(name=name, command=("/bin/sh", "-c", script), environment={"PATH": os.defpath})
            )

        async def told() -> bool:
            return supervising.log_of("mother").read_text().endswith("\n")

        await supervising.ready("mother", told)
        grandchild = int(supervising.log_of("mother").read_text())
        sys.stdout.write(json.dumps([*supervising.pids.values(), grandchild]) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
