"""From a file to its result."""

import asyncio
from pathlib import Path

from server.client.client import Client
from server.client.feed import Feed
from server.client.following import Watcher, until_accepted, until_finished
from server.client.media_types import media_type
from server.client.sending import send
from server.results.schemas import Result
from server.uploads.schemas import LONGEST_NAME, UploadWish


async def transcribe(client: Client, feed: Feed, path: Path, watcher: Watcher, language: str | None = None) -> Result:
    """Upload a file, wait for its text, and return the completed result.

    Raises:
        ApiProblem: the service or the store refuses.
        NotTranscribed: the service couldn't make text of it.
        Unreachable: one of them doesn't answer.
        FileChanged: the file was cut meanwhile.
        OSError: the file can't be read.
    """
    size = (await asyncio.to_thread(path.stat)).st_size
    wish = UploadWish(filename=_label(path.name), content_type=await media_type(path), size=size, language=language)
    session = await client.begin(wish)
    await send(client, session, path, lambda sent: watcher.sending(sent, size))
    result_id = await until_accepted(client, feed, session.id)
    return await until_finished(client, feed, result_id, watcher)


def _label(name: str) -> str:
    """Return a file's name as the service takes it: disks allow names that no page could show."""
    shown = "".join(char if char.isprintable() and char not in r"\/" else "_" for char in name)
    stem, dot, extension = shown.rpartition(".")
    return shown if len(shown) <= LONGEST_NAME else stem[: LONGEST_NAME - len(dot + extension)] + dot + extension
