"""Whatever is sent ends in one right state, opens nothing of the machine, and harms nobody else's work."""

import asyncio
import re
from pathlib import Path
from typing import Any

import httpx

from server.aws.clients import open_clients
from server.configuration.services import Aws
from server.local.stack import Running
from tests.conftest import SAMPLE
from tests.end_to_end.foreign import machine
from tests.end_to_end.hostile import Sent, broken, canary, prying
from tests.end_to_end.settling import Ending, process, settled

ADVICE = re.compile(r"\b(Upload|Convert|Export|Record|Send|Choose|Check|open)\b")


async def test_hostile_files_end_well(local: dict[str, Any], running_stack: Running, tmp_path: Path) -> None:
    """All at once: each ends as it should and says what to do, the canary is not touched, and the worker goes on."""
    async with machine(local) as client, canary(tmp_path) as bird, asyncio.timeout(180):
        files = broken(tmp_path) | prying(tmp_path, bird)
        endings = await process_all(client, files)
        ended = {name: (ending.status, ending.code) for name, ending in endings.items()}
        assert ended == {name: (sent.status, sent.code) for name, sent in files.items()}
        for name, ending in endings.items():
            check_words(files[name], ending, tmp_path)
        assert bird.asked == []
        after = await process(client, SAMPLE.read_bytes())
    assert "Dashwood" in after.text
    assert not list(Path(running_stack.backing.environment["WORK_FOLDER"]).glob("**/source*"))


async def process_all(client: httpx.AsyncClient, files: dict[str, Sent]) -> dict[str, Ending]:
    """Send all files side by side and wait for the end of each."""
    async with asyncio.TaskGroup() as tasks:
        sent = {
            name: tasks.create_task(process(client, file.content, filename=name, **declared(file)))
            for name, file in files.items()
        }
    return {name: task.result() for name, task in sent.items()}


def declared(file: Sent) -> dict[str, str]:
    """Say what the sender says of a file."""
    return {"content_type": file.content_type} | ({"sha256": file.sha256} if file.sha256 else {})


def check_words(sent: Sent, ending: Ending, folder: Path) -> None:
    """A failure says what to do and nothing of the machine; a success says what was said."""
    if ending.error:
        assert ADVICE.search(ending.error["message"]), ending.error
        assert str(folder) not in ending.error["message"]
    assert sent.says in ending.text
    assert bool(sent.says) is bool(ending.text)


async def test_bytes_that_the_form_was_not_made_for(local: dict[str, Any]) -> None:
    """More or fewer bytes than declared don't get through the form, and none at all can't be declared."""
    speech = SAMPLE.read_bytes()
    async with machine(local) as client, httpx.AsyncClient() as store:
        wish = {"filename": "a.wav", "content_type": "audio/wav", "size": len(speech)}
        for content in (speech + b"x", speech[:-1], b""):
            session = (await client.post("/uploads", json=wish)).raise_for_status().json()
            answer = await store.post(session["url"], data=session["fields"], files={"file": content})
            assert answer.status_code == 400, answer.text
            complete = await client.post(f"/uploads/{session['id']}/complete")
            assert (complete.status_code, complete.json()["code"]) == (409, "upload_incomplete")
        assert (await client.post("/uploads", json=wish | {"size": 0})).status_code == 422


async def test_bytes_that_came_past_the_form(local: dict[str, Any], running_stack: Running) -> None:
    """Should other bytes get into the bucket all the same, S3's news of them is enough to reject the upload."""
    speech = SAMPLE.read_bytes()
    ours = Aws.model_validate(running_stack.backing.environment)
    async with machine(local) as client, open_clients(ours) as clients, asyncio.timeout(20):
        for content in (speech * 2, speech[:-1], b""):
            wish = {"filename": "a.wav", "content_type": "audio/wav", "size": len(speech)}
            session = (await client.post("/uploads", json=wish)).raise_for_status().json()
            await clients.s3.put_object(Bucket=ours.raw_bucket, Key=session["fields"]["key"], Body=content)
            ending = await settled(client, session["id"])
            assert (ending.status, ending.code) == ("rejected", "size_mismatch")
