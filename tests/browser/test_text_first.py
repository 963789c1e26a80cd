"""A video's text, which waits for nothing that is only to be seen."""

import asyncio
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.ffmpeg.binary import find_ffmpeg
from tests.conftest import SAMPLE
from tests.end_to_end.foreign import machine, result_of, send, until


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """The sample with a picture that takes many times as long to encode as the sample takes to be heard."""
    second, film = tmp_path / "second.mkv", tmp_path / "film.mp4"
    picture = ("-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=30:d=1", "-c:v", "mpeg4", "-q:v", "8", "-g", "30")
    again = ("-stream_loop", "6", "-i", second, "-i", SAMPLE, "-map", "0", "-map", "1", "-c:v", "copy", "-c:a", "aac")
    for arguments in ((*picture, second), (*again, film)):
        subprocess.run((find_ffmpeg(None), "-loglevel", "error", *arguments), check=True, timeout=60)
    return film


async def test_text_is_there_before_the_picture(local: dict[str, Any], film: Path) -> None:
    """The text is complete while the picture is still under way; then both can be played, with captions."""
    async with machine(local) as client, asyncio.timeout(120):
        upload_id = await send(client, film.read_bytes(), filename="film.mp4", content_type="video/mp4")
        result_id = await result_of(client, upload_id)
        result = await until(client, "completed", "failed", result_id=result_id)
        assert "Dashwood" in result["text"]
        assert (result["kind"], result["pictures"]) == ("video", "under_way")
        awaited = await client.get(f"/results/{result_id}/renditions/web")
        assert (awaited.status_code, awaited.json()["status"]) == (202, "under_way")
        while (result := await read(client, result_id))["pictures"] == "under_way":
            await asyncio.sleep(0.2)
        assert (result["pictures"], result["width"], result["height"]) == ("ready", 1920, 1080)
        for name in ("web", "poster", "captions"):
            answer = await client.get(f"/results/{result_id}/renditions/{name}", follow_redirects=True)
            assert answer.status_code == httpx.codes.OK, name
        assert answer.text.startswith("WEBVTT")
        assert "Dashwood" in answer.text


async def read(client: httpx.AsyncClient, result_id: str) -> dict[str, Any]:
    """Read a result."""
    result: dict[str, Any] = (await client.get(f"/results/{result_id}")).raise_for_status().json()
    return result
