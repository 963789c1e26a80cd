"""The same words out of every format, and into every format."""

import asyncio
import io
import re
from datetime import timedelta
from itertools import combinations
from typing import Any

import jiwer
import pytest
import srt
import webvtt

from tests.end_to_end.foreign import machine
from tests.end_to_end.material import PICTURE, encode
from tests.end_to_end.settling import Ending, process

RECIPES = {
    "phone.wav": "-map 0:a -ar 8000 -c:a pcm_u8",
    "plain.wav": "-map 0:a -ar 16000 -c:a pcm_s16le",
    "stereo.wav": "-map 0:a -ar 44100 -ac 2 -c:a pcm_s24le",
    "surround.wav": "-map 0:a -ar 48000 -ac 6 -c:a pcm_f32le",
    "a.mp3": "-map 0:a -c:a libmp3lame",
    "a.flac": "-map 0:a",
    "a.m4a": "-map 0:a -c:a aac",
    "a.ogg": "-map 0:a -c:a libopus",
    "a.webm": "-map 0:a -c:a libopus",
    "recorder.webm": "-map 0:a -c:a libopus -live 1",
    "a.aiff": "-map 0:a",
    "film.mp4": f"{PICTURE} -c:a aac",
    "film.mkv": f"{PICTURE} -c:a libopus",
}
TYPES = {
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "webm": "audio/webm",
    "aiff": "audio/aiff",
    "mp4": "video/mp4",
    "mkv": "video/x-matroska",
}
WORD_ERROR_RATE = 0.1
CLUSTER = bytes.fromhex("1f43b675")  # RFC 9559, 5.1.3


def words(text: str) -> str:
    """Return the bare words of a text."""
    return " ".join(re.sub(r"[^a-z ]+", " ", text.lower()).split())


@pytest.fixture(scope="module")
async def endings(local: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ending]:
    """The sample in every format, sent all at once, and what became of each."""
    files = encode(tmp_path_factory.mktemp("formats"), RECIPES)
    files["recorder.webm"] = with_clusters_of_unknown_size(files["recorder.webm"])
    async with machine(local) as client, asyncio.timeout(180), asyncio.TaskGroup() as tasks:
        sent = {
            name: tasks.create_task(
                process(client, content, filename=name, content_type=TYPES[name.rpartition(".")[2]])
            )
            for name, content in files.items()
        }
    return {name: task.result() for name, task in sent.items()}


async def test_every_format_gives_the_same_words(endings: dict[str, Ending]) -> None:
    """Whatever rate, depth, channels, codec and container: all complete, and no two differ by more than a tenth."""
    assert {name: ending.status for name, ending in endings.items()} == dict.fromkeys(RECIPES, "completed")
    kinds = {name: ending.result["kind"] for name, ending in endings.items()}
    assert {name for name, kind in kinds.items() if kind == "video"} == {"film.mp4", "film.mkv"}
    for one, other in combinations(RECIPES, 2):
        heard, also_heard = words(endings[one].text), words(endings[other].text)
        assert max(jiwer.wer(heard, also_heard), jiwer.wer(also_heard, heard)) <= WORD_ERROR_RATE, (one, other)


async def test_exports_agree_to_the_millisecond(local: dict[str, Any], endings: dict[str, Ending]) -> None:
    """JSON, WebVTT, SubRip and plain text of one result say the same at the same times to the parsers of others."""
    result = endings["a.mp3"].result
    async with machine(local) as client:
        texts = {
            extension: (await client.get(f"/results/{result['id']}/transcript.{extension}")).raise_for_status()
            for extension in ("json", "vtt", "srt", "txt")
        }
    segments = texts["json"].json()["segments"]
    said = [(part["start_ms"], part["end_ms"], part["text"]) for part in segments]
    assert said == [(part["start_ms"], part["end_ms"], part["text"]) for part in result["segments"]]
    shown = [(milliseconds(cue.start), milliseconds(cue.end), cue.content) for cue in srt.parse(texts["srt"].text)]
    captions = webvtt.from_buffer(io.StringIO(texts["vtt"].text)).captions
    assert [(clock(cue.start), clock(cue.end), cue.text) for cue in captions] == shown
    assert " ".join(text for *_, text in shown).split() == result["text"].split()
    spoken = [*segments, *result["words"]]
    assert {start for start, *_ in shown} <= {part["start_ms"] for part in spoken}
    assert {end for _, end, _ in shown} <= {part["end_ms"] for part in spoken}
    assert texts["txt"].text.splitlines() == [text for *_, text in said]
    assert " ".join(text for *_, text in said) == result["text"]
    words_said = [{"segment": index} | word for index, part in enumerate(segments) for word in part["words"]]
    assert words_said == result["words"]


def with_clusters_of_unknown_size(webm: bytes) -> bytes:
    """Make a file as a browser's recorder does, which writes each cluster before it knows how large that becomes."""
    before, *clusters = webm.split(CLUSTER)
    assert clusters
    return CLUSTER.join((before, *map(_with_unknown_size, clusters)))


def _with_unknown_size(cluster: bytes) -> bytes:
    length = 9 - cluster[0].bit_length()  # RFC 8794, 4 and 6.2: leading zeros give the length, ones alone "unknown"
    unknown = (1 << 7 * length + 1) - 1
    return unknown.to_bytes(length) + cluster[length:]


def milliseconds(time: timedelta) -> int:
    """Count a time's milliseconds."""
    return time // timedelta(milliseconds=1)


def clock(time: str) -> int:
    """Read `HH:MM:SS.mmm` as milliseconds."""
    hours, minutes, seconds = time.split(":")
    return milliseconds(timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds)))
