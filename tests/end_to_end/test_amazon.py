"""Speech to text by Amazon Transcribe, as the local AWS plays it."""

import asyncio
from typing import Any

from tests.conftest import SAMPLE
from tests.end_to_end.foreign import machine
from tests.end_to_end.settling import process

IN_TIME_SECONDS = 60
"""Much less than the time after which a job without an event is asked after."""


async def test_text_comes_with_the_event(local: dict[str, Any]) -> None:
    """Whoever names the engine gets its text as soon as the job has ended."""
    async with machine(local) as client, asyncio.timeout(IN_TIME_SECONDS):
        ending = await process(client, SAMPLE.read_bytes(), transcription={"engine": "aws", "speakers": 2})
    assert ending.status == "completed"
    assert ending.text
    assert [made["engine"] for made in ending.result["transcripts"]] == ["aws"]
