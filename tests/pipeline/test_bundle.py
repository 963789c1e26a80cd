"""The texts of many results as one file."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from docx import Document
from sqlalchemy import update

from server.auth.principal import Principal
from server.exports import service
from server.exports.models import Export, ExportStatus
from server.media.models import Media
from server.media.state import Status
from server.pipeline.bundle import bundle
from server.pipeline.packing import fail_export
from server.tasks import service as tasks
from server.tasks.models import Kind, Taken
from server.tasks.stage import Unworkable
from server.transcription.engines.base import Segment
from server.transcription.repository import TranscriptRepository
from tests.pipeline.conftest import Bench


async def asked(bench: Bench, *wanted: UUID, formats: tuple[str, ...] = ("txt",)) -> tuple[UUID, Taken]:
    """Ask for the texts of results, and take the task."""
    async with bench.tools.units.begin() as work:
        caller = Principal(bench.owner, sees_all=False)
        export = await service.ask_for_results(work, caller, wanted, formats)
    return export.id, await bench.take(Kind.BUNDLE, export.id)


async def read(bench: Bench, export_id: UUID) -> Export:
    """Read an export anew."""
    async with bench.tools.units.begin() as work:
        return await work.session.get_one(Export, export_id, populate_existing=True)


async def made(bench: Bench, folder: Path, *wanted: UUID, formats: tuple[str, ...] = ("txt",)) -> tuple[ZipFile, Any]:
    """Have such a file made; return it with its manifest, all checksums checked."""
    export_id, taken = await asked(bench, *wanted, formats=formats)
    await bench.write(taken, await bundle(bench.tools, taken))
    ready = await read(bench, export_id)
    assert ready.address is not None
    async with bench.tools.units.begin() as work:
        assert await service.named(work, ready.address.bucket, [ready.address.key]) == {ready.key}
    await bench.tools.store.fetch(ready.address, folder / "texts.zip")
    archive = ZipFile(folder / "texts.zip")
    assert archive.testzip() is None
    return archive, json.loads(archive.read("manifest.json"))


async def spoken(bench: Bench, folder: Path, title: str, *texts: str) -> UUID:
    """Make a result with a text, and with an older one and a newer one that failed."""
    media = await bench.media(b"-", folder, Status.COMPLETED, title=title, duration_ms=900)
    for text in ("Older", *texts):
        transcript = await bench.asked(media, finished_at=datetime.now(UTC), text=text, language="en")
        async with bench.tools.units.begin() as work:
            await TranscriptRepository(work).add_segments(transcript.id, 0, [Segment(0, 900, text)])
    await bench.asked(media, error_code="engine_timeout", error_message="Try again.")
    return media.id


async def test_each_text_has_its_own_name(bench: Bench, tmp_path: Path) -> None:
    """Newest texts in all formats, under titles that no system takes for another's, or for the manifest."""
    titles = ["שיחה.wav", "Talk", "talk", "TALK (2)", "manifest", "../../etc/passwd", "Cafe\u0301", "café", "CON"]
    ids = [await spoken(bench, tmp_path, title, f"Said in {title}") for title in titles]
    archive, manifest = await made(bench, tmp_path, *ids, formats=("json", "docx"))
    stems = "שיחה", "Talk", "talk (2)", "TALK (2) (2)", "manifest (2)", "etc passwd", "Cafe\u0301", "café (2)", "_CON"
    files = [[f"{stem}.json", f"{stem}.docx"] for stem in stems]
    assert [(one["id"], one["title"]) for one in manifest["results"]] == list(zip(map(str, ids), titles, strict=True))
    assert ([one["files"] for one in manifest["results"]], manifest["formats"]) == (files, ["json", "docx"])
    assert {one["missing"] for one in manifest["results"]} == {None}
    assert archive.namelist() == [*(name for pair in files for name in pair), "manifest.json"]
    assert [json.loads(archive.read(name))["text"] for name, _ in files] == [f"Said in {title}" for title in titles]
    talk = Document(io.BytesIO(archive.read("Talk.docx")))
    assert talk.paragraphs[0].text == "Talk"
    kinds = [archive.getinfo(name).compress_type for name in files[0]]
    assert (kinds, archive.getinfo(files[0][0]).flag_bits & 0x800) == ([ZIP_DEFLATED, ZIP_STORED], 0x800)


async def test_what_has_no_text_says_why(bench: Bench, tmp_path: Path) -> None:
    """Deleted meanwhile, not finished, failed, or without sound: the rest is there all the same."""
    whole, gone = await spoken(bench, tmp_path, "A", "Good"), await spoken(bench, tmp_path, "B", "Secret")
    under_way = await bench.media(b"-", tmp_path, Status.TRANSCRIBING)
    failed = await bench.media(b"-", tmp_path, Status.FAILED, error_code="no_speech", error_message="Speak up.")
    picture = await bench.media(b"-", tmp_path, Status.COMPLETED)
    async with bench.tools.units.begin() as work:
        await work.session.execute(update(Media).where(Media.id == gone).values(status=Status.DELETING))
    archive, manifest = await made(bench, tmp_path, gone, under_way.id, whole, failed.id, picture.id)
    reasons = [one["missing"] and one["missing"]["code"] for one in manifest["results"]]
    assert reasons == ["deleted", "not_finished", None, "no_speech", "no_sound"]
    assert (manifest["results"][0]["title"], archive.namelist()) == (None, ["A.txt", "manifest.json"])


async def test_one_that_was_given_up_is_over(bench: Bench, tmp_path: Path) -> None:
    """It says so, and what is over is not made again."""
    export_id, taken = await asked(bench, await spoken(bench, tmp_path, "A", "Good"))
    async with bench.tools.units.begin() as work:
        await tasks.give_up(work.session, taken, "")
        await fail_export(work, taken, Unworkable("processing_failed", "It failed."))
    assert (await read(bench, export_id)).status is ExportStatus.FAILED
    taken = await bench.take(Kind.BUNDLE, export_id)
    await bench.write(taken, await bundle(bench.tools, taken))
    assert (await read(bench, export_id)).key is None
