"""From slices to a recording that goes the way of every other."""

from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import webvtt
from sqlalchemy import delete

from server.ffmpeg.failures import MachineTrouble
from server.ffmpeg.probe import probe
from server.ffmpeg.source import Source
from server.media.kinds import Origin
from server.media.state import Status
from server.pipeline import aggregate as stage
from server.pipeline.aggregate import aggregate
from server.pipeline.endings import fail_recital
from server.pipeline.transcode import transcode
from server.recitals import service as recitals
from server.recitals.models import Recital
from server.recitals.state import RecitalStatus
from server.search import service as search
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.service import Fenced
from server.tasks.stage import Failed, Unworkable
from tests.pipeline.conftest import Bench
from tests.pipeline.reciting import SENTENCES, Lectern
from tests.recorder import cut, record

FILES = {"transcript.vtt", "source.webm", "main.webm"}


@pytest.fixture
def lectern(bench: Bench, tmp_path: Path) -> Lectern:
    """Where recitals are read."""
    return Lectern(bench, tmp_path)


async def run(bench: Bench, recital_id: UUID) -> None:
    """Run the stage to its end."""
    taken = await bench.take(Kind.AGGREGATE, recital_id)
    await bench.write(taken, await aggregate(bench.tools, taken))


async def disavow(bench: Bench, recital_id: UUID) -> None:
    """Take a recital back, and remove what is there."""
    async with bench.tools.units.begin() as work:
        assert await recitals.discard(work, recital_id, "disavowed", "Taken back.")
    content = bench.tools.settings.aws.content_bucket
    await bench.tools.store.delete_under(content, f"{recital_id}/")


async def test_recital_becomes_an_item(bench: Bench, lectern: Lectern) -> None:
    """Three files lie where they stay, the item's source is one of them, and the renditions come next."""
    recital_id = await lectern.ended()
    await run(bench, recital_id)
    recital, media = await lectern.read(recital_id), await lectern.item(recital_id)
    assert (recital.status, recital.duration_ms, recital.gaps) == (RecitalStatus.AGGREGATED, 5000, [])
    assert (media.status, media.title, media.language) == (Status.RECEIVED, "A walk", "en")
    assert (media.origin, media.search_version) == (Origin.RECITAL, search.VERSION)
    assert media.source.key == f"{recital_id}/main.webm"
    assert await lectern.renditions(media.id) == {"main": media.source}
    assert await lectern.published(recital_id) == FILES
    main = await probe(Source(await lectern.fetch(recital_id, "main.webm"), "matroska"))
    whole = await probe(Source(await lectern.fetch(recital_id, "source.webm"), "matroska"))
    assert main.duration_ms == pytest.approx(5000, abs=60)
    assert whole.duration_ms == pytest.approx(7100, abs=60)
    cues = webvtt.read(str(await lectern.fetch(recital_id, "transcript.vtt"))).captions
    assert [(cue.start, cue.end, unescape(cue.text)) for cue in cues] == [
        ("00:00:00.000", "00:00:03.000", "And Mr. <John> Dashwood"),
        ("00:00:03.000", "00:00:05.000", "had then --> leisure"),
    ]
    assert await bench.waiting(media.id) == [Kind.TRANSCODE]
    assert len(await lectern.slices(recital_id)) == 7
    await run(bench, recital_id)  # once more changes nothing
    assert (await lectern.read(recital_id)).media_id == media.id


async def test_what_is_missing_is_told(bench: Bench, lectern: Lectern) -> None:
    """Slices that never came are named, and the time that is silent for want of them."""
    slices = dict(enumerate(cut(record(), 10)))
    del slices[4]
    recital_id = await lectern.ended(slices, last_sequence=11)
    await run(bench, recital_id)
    *sequences, hole = (await lectern.read(recital_id)).gaps
    assert sequences == [{"sequence": 4}, {"sequence": 10}, {"sequence": 11}]
    assert 1000 < hole["end_ms"] - hole["start_ms"] < 2500


@pytest.mark.parametrize(
    ("slices", "changed", "code"),
    [
        ({}, {}, "no_sound"),
        ({0: b"\x1a\x45\xdf\xa3 nothing"}, {"sentences": ()}, "no_text"),
        ({0: b"\x1a\x45\xdf\xa3 nothing"}, {"discard_last": 2}, "nothing_kept"),
        ({0: b"\x1a\x45\xdf\xa3 nothing"}, {}, "unreadable"),
        ({1: b"no headers"}, {}, "unreadable"),
    ],
)
async def test_nothing_to_keep(
    bench: Bench, lectern: Lectern, slices: dict[int, bytes], changed: dict[str, Any], code: str
) -> None:
    """A recital without sound or text is discarded with the reason, and what there is of it is removed."""
    recital_id = await lectern.ended(slices, **changed)
    await run(bench, recital_id)
    recital = await lectern.read(recital_id)
    assert (recital.status, recital.error_code, recital.media_id) == (RecitalStatus.DISCARDED, code, None)
    assert await bench.waiting(recital_id) == [Kind.PURGE]
    assert await lectern.published(recital_id) == set()


async def test_fault_of_ours_loses_nothing(
    bench: Bench, lectern: Lectern, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trouble of the machine and a slice that S3 lost are tried again; given up, the recital stays as it is."""
    recital_id = await lectern.ended()
    taken = await bench.take(Kind.AGGREGATE, recital_id)
    killed = tmp_path / "ffmpeg"
    killed.write_text("#!/bin/sh\nkill -9 $$\n")
    killed.chmod(0o755)
    with pytest.raises(Failed) as reason:
        await aggregate(replace(bench.tools, ffmpeg=killed), taken)
    assert reason.value.code == MachineTrouble.code
    monkeypatch.setattr(stage, "AT_ONCE", 2)
    lost = next(iter(await lectern.slices(recital_id)))
    await bench.tools.store.delete_under(
        bench.tools.settings.aws.raw_bucket, f"{bench.owner}/recitals/{recital_id}/{lost}"
    )
    with pytest.raises(Failed, match="not where it was put"):
        await aggregate(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        await fail_recital(work, taken, Unworkable("slice_lost", "It is not there."))
    recital = await lectern.read(recital_id)
    assert (recital.status, recital.error_code) == (RecitalStatus.ENDED, "slice_lost")


async def test_two_aggregators(bench: Bench, lectern: Lectern) -> None:
    """One that was overtaken writes nothing, and leaves the winner's files as they are."""
    recital_id = await lectern.ended()
    first = await bench.take(Kind.AGGREGATE, recital_id)
    late = await aggregate(bench.tools, first)
    async with bench.tools.units.begin() as work:
        await tasks.hand_back(work.session, first)
    second = await bench.take(Kind.AGGREGATE, recital_id)
    with pytest.raises(Fenced):  # before it would overwrite anything
        await aggregate(bench.tools, first)
    await bench.write(second, await aggregate(bench.tools, second))
    with pytest.raises(Fenced):
        await bench.write(first, late)
    await late.discard()
    media = await lectern.item(recital_id)
    stored = await bench.tools.store.head(media.source)
    assert stored is not None
    assert (stored.etag, stored.size) == (media.etag, media.size)
    assert await lectern.published(recital_id) == FILES


async def test_slice_that_came_meanwhile(bench: Bench, lectern: Lectern) -> None:
    """A slice that came late is not left out: its recital is aggregated anew."""
    *slices, last = cut(record(), 5)
    recital_id = await lectern.ended(dict(enumerate(slices)), last_sequence=4)
    taken = await bench.take(Kind.AGGREGATE, recital_id)
    outcome = await aggregate(bench.tools, taken)
    await lectern.bring(recital_id, 4, last)
    await bench.write(taken, outcome)
    assert (await lectern.read(recital_id)).status is RecitalStatus.ENDED
    assert await bench.waiting(recital_id) == [Kind.AGGREGATE]


@pytest.mark.parametrize("sentences", [SENTENCES, ()])
async def test_text_that_came_meanwhile(bench: Bench, lectern: Lectern, sentences: tuple[tuple[str, int], ...]) -> None:
    """A text that came late, or what was said of it, is not left out; nothing is discarded that has one by now."""
    recital_id = await lectern.ended(sentences=sentences)
    taken = await bench.take(Kind.AGGREGATE, recital_id)
    outcome = await aggregate(bench.tools, taken)
    await lectern.say(recital_id, 1, does_not_count=bool(sentences))
    await bench.write(taken, outcome)
    assert (await lectern.read(recital_id)).status is RecitalStatus.ENDED
    assert await bench.waiting(recital_id) == [Kind.AGGREGATE]


async def test_disavowed_in_the_middle(bench: Bench, lectern: Lectern) -> None:
    """Who finds the recital taken back removes what was written, at whichever moment that was."""
    recital_id = await lectern.ended()
    taken = await bench.take(Kind.AGGREGATE, recital_id)
    outcome = await aggregate(bench.tools, taken)
    await disavow(bench, recital_id)
    await lectern.bench.put(b"late", f"{recital_id}/main.webm", lectern.folder, bench.tools.settings.aws.content_bucket)
    with pytest.raises(Fenced):
        await bench.write(taken, outcome)
    await outcome.discard()
    assert await lectern.published(recital_id) == set()
    assert (await lectern.read(recital_id)).status is RecitalStatus.DISCARDED


async def test_owner_left_in_the_middle(bench: Bench, lectern: Lectern) -> None:
    """Who finds that the recital has gone with its owner removes what was written, too."""
    recital_id = await lectern.ended()
    taken = await bench.take(Kind.AGGREGATE, recital_id)
    outcome = await aggregate(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        await work.session.execute(delete(Recital).where(Recital.id == recital_id))
    await outcome.discard()
    assert await lectern.published(recital_id) == set()


async def test_renditions_of_a_recital(bench: Bench, lectern: Lectern) -> None:
    """The light one is published, the best is there already, the rest may expire; all are made anew from the best."""
    recital_id = await lectern.ended()
    await run(bench, recital_id)
    media = await lectern.item(recital_id)
    for _ in range(2):
        taken = await bench.take(Kind.TRANSCODE, media.id)
        await bench.write(taken, await transcode(bench.tools, taken))
        found = await lectern.renditions(media.id)
        assert {name: address.bucket for name, address in found.items()} == {
            **dict.fromkeys(("main", "light"), bench.tools.settings.aws.content_bucket),
            **dict.fromkeys(("short", "inference", "peaks"), bench.tools.settings.aws.processed_bucket),
        }
        for address in found.values():
            assert await bench.tools.store.head(address) is not None
        assert await lectern.published(recital_id) == FILES | {"light.m4a"}
        assert await bench.waiting(recital_id) == [Kind.PUBLISH]
        async with bench.tools.units.begin() as work:
            (await work.session.get_one(type(media), media.id)).become(Status.RECEIVED)


async def test_late_renditions_of_a_disavowed_recital(bench: Bench, lectern: Lectern) -> None:
    """An attempt that lost its task to a disavowal takes its rendition out of the bucket of content again."""
    recital_id = await lectern.ended()
    await run(bench, recital_id)
    media = await lectern.item(recital_id)
    late = await transcode(bench.tools, await bench.take(Kind.TRANSCODE, media.id))
    assert "light.m4a" in await lectern.published(recital_id)
    async with bench.tools.units.begin() as work:
        await recitals.discard(work, recital_id, "disavowed", "Taken back.")
    await late.discard()
    assert await lectern.published(recital_id) == set()


async def test_language_that_no_engine_hears(bench: Bench, lectern: Lectern) -> None:
    """A recital in such a language is published all the same; only its item fails, and says why."""
    recital_id = await lectern.ended(language="he")
    await run(bench, recital_id)
    media = await lectern.item(recital_id)
    taken = await bench.take(Kind.TRANSCODE, media.id)
    await bench.write(taken, await transcode(bench.tools, taken))
    media = await lectern.item(recital_id)
    assert (media.status, media.error_code) == (Status.FAILED, "language_not_supported")
    assert "light" in await lectern.renditions(media.id)
    assert set(await bench.waiting(recital_id)) == {Kind.PUBLISH, Kind.ASSESS}
