"""From upload to text over HTTP alone."""

import asyncio
import re
import stat
from typing import Any

import httpx
import jiwer

from server.local.stack import Running
from tests.conftest import SAMPLE, SAMPLE_WORDS
from tests.end_to_end.foreign import machine, result_of, send, sign_in_page, sign_in_person, signed_in, until

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def words(text: str) -> str:
    """Bare words, as the sample's are written."""
    return re.sub(r"[^a-z ]+", "", text.lower().replace("mr.", "mister"))


async def test_speech_in_text_out(local: dict[str, Any]) -> None:
    """An upload becomes text with times, in every format, with every rendition playable by range."""
    async with machine(local) as client:
        upload_id = await send(client, SAMPLE.read_bytes(), title="Sense")
        result = await until(client, "completed", "failed", result_id=await result_of(client, upload_id))
        assert (result["status"], result["title"], result["language"]) == ("completed", "Sense", "en")
        assert jiwer.wer(SAMPLE_WORDS, words(result["text"])) <= 0.1
        times = [(word["start_ms"], word["end_ms"]) for word in result["words"]]
        assert times == sorted(times)
        assert 0 <= times[0][0] <= times[-1][1] <= result["duration_ms"] == 7100
        for extension in ("txt", "vtt", "srt", "tsv", "json"):
            text = (await client.get(f"/results/{result['id']}/transcript.{extension}")).raise_for_status().text
            assert "Dashwood" in text
        for form in result["renditions"]:
            address = httpx.URL(local["base_url"]).join(form["url"])
            part = await client.get(address, headers={"Range": "bytes=0-3"}, follow_redirects=True)
            assert (part.status_code, len(part.content)) == (206, 4), form["name"]


async def test_file_that_is_not_what_it_says_is_rejected(local: dict[str, Any]) -> None:
    """A foreign client learns of a rejection from the upload itself, with a code and a sentence."""
    async with machine(local) as client:
        upload_id = await send(client, b"These are words, but nobody speaks them.", complete=True)
        async with asyncio.timeout(20):
            while (upload := (await client.get(f"/uploads/{upload_id}")).json())["status"] == "pending":
                await asyncio.sleep(0.1)
    assert (upload["status"], upload["error"]["code"], upload["result_id"]) == ("rejected", "not_media", None)


async def test_pages_sign_in_by_a_session(local: dict[str, Any]) -> None:
    """A browser that we send to the pool's page comes back signed in, uploads, sees its own, and signs out."""
    person = next(person for person in local["people"] if person["role"] == "speaker")
    async with httpx.AsyncClient(base_url=f"{local['base_url']}/api/v1", headers=SAME_ORIGIN) as page:
        await sign_in_page(page, person)
        assert (await page.get("/auth/session")).json()["email"] == person["email"]
        session = page.cookies["lectern"]
        upload_id = await send(page, SAMPLE.read_bytes())
        assert (await page.get(f"/uploads/{upload_id}")).status_code == 200
        assert (await page.post("/auth/logout")).status_code == 204
        page.cookies.set("lectern", session)
        assert (await page.get("/results")).status_code == 401


async def test_people_sign_in_on_the_hosted_page(local: dict[str, Any], running_stack: Running) -> None:
    """A person's access and id token both work; an admin sees what a speaker sent, another speaker's token does not."""
    environment = running_stack.backing.environment
    client_id, callback = environment["COGNITO_CLIENT_IDS"], f"{local['base_url']}/signed-in"
    speaker = await sign_in_person(local, client_id, callback, "speaker")
    admin = await sign_in_person(local, client_id, callback, "admin")
    async with signed_in(local, speaker["access_token"]) as mine, signed_in(local, speaker["id_token"]) as same:
        upload_id = await send(mine, SAMPLE.read_bytes())
        assert (await same.get(f"/uploads/{upload_id}")).status_code == 200
        result_id = await result_of(same, upload_id)
    async with signed_in(local, admin["access_token"]) as theirs, machine(local) as other:
        assert (await theirs.get(f"/results/{result_id}")).status_code == 200
        assert (await other.get(f"/results/{result_id}")).status_code == 404


async def test_deleted_result_leaves_nothing_in_s3(local: dict[str, Any], running_stack: Running) -> None:
    """After a delete, the objects go too."""
    async with machine(local) as client:
        result_id = await result_of(client, await send(client, SAMPLE.read_bytes()))
        result = await until(client, "completed", result_id=result_id)
        forms = [httpx.URL(local["base_url"]).join(form["url"]) for form in result["renditions"]]
        signed = [(await client.get(form)).headers["location"] for form in forms]
        assert (await client.delete(f"/results/{result_id}")).status_code == 202
        async with httpx.AsyncClient() as browser, asyncio.timeout(20):
            while any([(await browser.get(address)).status_code != 404 for address in signed]):
                await asyncio.sleep(0.1)
    assert running_stack.pids["worker"]


def test_local_description_is_private(running_stack: Running) -> None:
    """Secrets on disk are for their owner alone."""
    assert stat.S_IMODE(running_stack.local_json.stat().st_mode) == 0o600
