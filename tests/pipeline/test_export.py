"""Everything that is held about somebody, as one file."""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from server.audit.models import Action
from server.audit.service import note
from server.auth import api_keys
from server.auth.models import Scope
from server.auth.principal import Principal
from server.aws.growing import SMALLEST_PART
from server.aws.store import Address, Store
from server.exports import service
from server.exports.models import Export, ExportStatus
from server.mails.models import Mail, MailKind
from server.media.state import Status
from server.pipeline import holdings
from server.pipeline.export import export
from server.pipeline.packing import fail_export
from server.shares.models import Share
from server.tasks import service as tasks
from server.tasks.models import Kind, Taken
from server.tasks.service import Fenced
from server.tasks.stage import Unworkable
from server.transcription.engines.base import Segment, Word
from server.transcription.models import TranscriptEdit
from server.transcription.repository import TranscriptRepository
from server.users import roles
from server.users import service as users
from server.users.models import Role, UserKind
from server.users.roles import Giver
from server.users.service import Claimed
from server.webhooks import deliveries
from server.webhooks.deliveries import Message, Target
from server.webhooks.kinds import Proof, Transport
from server.webhooks.models import WebhookEndpoint
from tests.pipeline import recited
from tests.pipeline.conftest import Bench

LARGE = os.urandom(SMALLEST_PART + 1000)
ALWAYS = ("profile.json", "audit.json", "uploads.json", "mails.json", "deliveries.json")
HOOK = "https://example.com/lectern"


async def asked(bench: Bench) -> tuple[UUID, Taken]:
    """Ask for an export, and take its task."""
    async with bench.tools.units.begin() as work:
        wanted = await service.ask(work, Principal(bench.owner, sees_all=False))
    return wanted.id, await bench.take(Kind.EXPORT, wanted.id)


async def read(bench: Bench, export_id: UUID) -> Export:
    """Read an export anew."""
    async with bench.tools.units.begin() as work:
        return await work.session.get_one(Export, export_id, populate_existing=True)


async def fetched(bench: Bench, export_id: UUID, folder: Path) -> ZipFile:
    """Fetch an export, and check every checksum in it."""
    ready = await read(bench, export_id)
    assert ready.address is not None
    await bench.tools.store.fetch(ready.address, folder / "export.zip")
    assert ready.size == (folder / "export.zip").stat().st_size
    archive = ZipFile(folder / "export.zip")
    assert archive.testzip() is None
    return archive


async def spoken(bench: Bench, folder: Path) -> tuple[str, str]:
    """Make an item with a text and one that failed, and return its folder in an export with the text's stem."""
    upload = await bench.upload(LARGE, folder, filename="Ein Gespräch.wav")
    changed = {"source_key": upload.key, "title": "Talk", "notes": "To be read again.", "duration_ms": 900}
    media = await bench.media(b"-", folder, Status.COMPLETED, **changed)
    done = await bench.asked(media, finished_at=datetime.now(UTC), text="Good morning", language="en", version=1)
    await bench.asked(media, error_code="engine_timeout", error_message="Try again.")
    async with bench.tools.units.begin() as work:
        words = (Word(0, 400, "Good", 0.9),)
        await TranscriptRepository(work).add_segments(done.id, 0, [Segment(0, 900, "Good morning", words, 0.9, None)])
        work.session.add(TranscriptEdit(transcript_id=done.id, number=1, patches=[{"first": 0}]))
    return f"results/{media.id}", f"results/{media.id}/transcripts/{done.id}"


async def test_all_that_is_held_is_in_it(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows as JSON without our secrets, texts in three forms, and the bytes that were sent; nothing of anybody else."""
    monkeypatch.setattr(holdings, "AT_ONCE", 1)
    folder, stem = await spoken(bench, tmp_path)
    gone = await bench.media(b"x", tmp_path, Status.FAILED)
    await bench.tools.store.delete([gone.source])
    async with bench.tools.units.begin() as work:
        await api_keys.make(work, Principal(bench.owner, sees_all=False), "nightly", Scope.BASE, None)
        work.session.add(WebhookEndpoint(owner_id=bench.owner, url=HOOK, description="", events=[], sealed_secret="x"))
        target = Target(HOOK, Transport.HTTP, Proof.CALLBACK)
        await deliveries.send(work, target, Message("ping", {}), owner_id=bench.owner, dedupe="ping")
        work.session.add(Share(media_id=UUID(folder[-36:]), digest=b"digest", with_sound=True))
        work.session.add(Mail(kind=MailKind.AGREEMENT, user_id=bench.owner, dedupe="agreed", sealed="x"))
        note(work, Action.SIGNED_IN, actor_id=bench.owner)
        note(work, Action.SIGNED_IN, actor_id=gone.id)
    await bench.media(b"x", tmp_path, Status.DELETING)
    export_id, taken = await asked(bench)
    await bench.write(taken, await export(bench.tools, taken))
    with await fetched(bench, export_id, tmp_path) as archive:
        of_result = {f"{folder}/result.json", f"{folder}/source/Ein Gespräch.wav", f"results/{gone.id}/result.json"}
        texts = {f"{stem}.{extension}" for extension in ("json", "txt", "vtt", "edits.json")}
        assert [edit["patches"] for edit in json.loads(archive.read(f"{stem}.edits.json"))] == [[{"first": 0}]]
        assert set(archive.namelist()) == {*ALWAYS} | of_result | texts
        assert archive.read(f"{folder}/source/Ein Gespräch.wav") == LARGE
        assert archive.read(f"{stem}.txt") == b"Good morning\n"
        _check_rows(archive, bench.owner, folder)
        kept = {name: archive.getinfo(name).compress_type for name in archive.namelist()}
        assert {name for name, kind in kept.items() if kind == ZIP_STORED} == {f"{folder}/source/Ein Gespräch.wav"}
        assert kept["profile.json"] == ZIP_DEFLATED


def _check_rows(archive: ZipFile, owner: UUID, folder: str) -> None:
    def rows(name: str) -> Any:
        return json.loads(archive.read(name))

    profile = rows("profile.json")
    assert (profile["person"]["id"], len(profile["identities"])) == (str(owner), 1)
    assert [set(key) & {"digest", "name"} for key in profile["api_keys"]] == [{"name"}]
    assert [set(hook) & {"sealed_secret", "url"} for hook in profile["webhook_endpoints"]] == [{"url"}]
    assert [delivery["url"] for delivery in rows("deliveries.json")] == [HOOK]
    assert [(mail["kind"], set(mail) & {"sealed", "status"}) for mail in rows("mails.json")] == [
        ("agreement", {"status"})
    ]
    assert [entry["action"] for entry in rows("audit.json")] == ["key_made", "signed_in", "export_asked"]
    assert [upload["filename"] for upload in rows("uploads.json")] == ["Ein Gespräch.wav"]
    result = rows(f"{folder}/result.json")
    assert (result["title"], result["duration_ms"], result["notes"]) == ("Talk", 900, "To be read again.")
    assert [(share["with_sound"], set(share) & {"digest", "opened"}) for share in result["shares"]] == [
        (True, {"opened"})
    ]
    assert [transcript["error_code"] for transcript in result["transcripts"]] == [None, "engine_timeout"]


async def test_what_was_done_ahead_of_them_is_theirs(bench: Bench, tmp_path: Path) -> None:
    """An approval names its person by the address alone, in whatever case; those of others are not told."""
    giver = Giver(uuid4())
    async with bench.tools.units.begin() as work:
        for email in ("Ada@example.com", "bob@example.com"):
            await roles.approve(work, giver, email, Role.SPEAKER)
        ada = await users.recognise(work, Claimed(UserKind.PERSON, "tests", uuid4().hex, email="ada@Example.com"))
    theirs = Bench(bench.tools, ada.id)
    export_id, taken = await asked(theirs)
    await theirs.write(taken, await export(theirs.tools, taken))
    with await fetched(theirs, export_id, tmp_path) as archive:
        entries = json.loads(archive.read("audit.json"))
    told = [(entry["action"], entry["details"].get("email")) for entry in entries]
    assert told == [("approved_ahead", "Ada@example.com"), ("export_asked", None)]


async def test_somebody_who_has_nothing_gets_that(bench: Bench, tmp_path: Path) -> None:
    """An empty list is a list; what is done already is not done again."""
    export_id, taken = await asked(bench)
    await bench.write(taken, await export(bench.tools, taken))
    with await fetched(bench, export_id, tmp_path) as archive:
        assert archive.namelist() == [*ALWAYS]
        assert json.loads(archive.read("uploads.json")) == []
    before = (await read(bench, export_id)).key
    taken = await bench.take(Kind.EXPORT, export_id)
    await bench.write(taken, await export(bench.tools, taken))
    assert (await read(bench, export_id)).key == before


async def left(bench: Bench) -> list[str]:
    """Name what lies in the bucket of exports, whole or in parts, under the owner's id."""
    bucket, prefix = bench.tools.settings.aws.processed_bucket, f"{bench.owner}/"
    listed = await bench.tools.store.clients.s3.list_objects_v2(Bucket=bucket, Prefix=prefix)
    parts = [part.address.key async for page in bench.tools.transfers.multiparts(bucket, prefix) for part in page]
    return [found["Key"] for found in listed.get("Contents", ())] + parts


async def test_attempt_that_was_overtaken_leaves_nothing(bench: Bench) -> None:
    """What it has written is removed, and the export waits for the other attempt."""
    export_id, taken = await asked(bench)
    outcome = await export(bench.tools, taken)
    assert len(await left(bench)) == 1
    async with bench.tools.units.begin() as work:
        await tasks.hand_back(work.session, taken)
    with pytest.raises(Fenced):
        await bench.write(taken, outcome)
    await outcome.discard()
    assert (await left(bench), (await read(bench, export_id)).status) == ([], ExportStatus.PENDING)


async def test_what_breaks_off_leaves_no_parts(bench: Bench, tmp_path: Path) -> None:
    """A source that ends in its middle ends the attempt; when the last has ended so, one may ask again."""

    class Breaking(Store):
        @asynccontextmanager
        async def reading(self, address: Address, *, etag: str | None = None) -> AsyncIterator[AsyncIterator[bytes]]:
            async with super().reading(address, etag=etag) as pieces:
                yield _broken(pieces)

    async def _broken(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        for _ in range(SMALLEST_PART // 1024**2):
            yield await anext(pieces)
        raise OSError("the connection broke")

    await bench.media(LARGE, tmp_path, Status.COMPLETED)
    export_id, taken = await asked(bench)
    with pytest.raises(OSError, match="broke"):
        await export(replace(bench.tools, store=Breaking(bench.tools.store.clients)), taken)
    assert await left(bench) == []
    async with bench.tools.units.begin() as work:
        await tasks.give_up(work.session, taken, "")
        await fail_export(work, taken, Unworkable("processing_failed", "It failed."))
    failed = await read(bench, export_id)
    assert (failed.status, failed.error and "Ask for another" in failed.error) == (ExportStatus.FAILED, True)
    assert (await asked(bench))[0] != export_id


async def test_documents_and_recitals_are_in_it(bench: Bench, tmp_path: Path) -> None:
    """Texts, what was read of them and when, slices until there are files, and files; nothing of anybody else."""
    document = await recited.write(bench)
    recital = await recited.recite(bench, tmp_path, document)
    async with bench.tools.units.begin() as work:
        another = await users.recognise(work, Claimed(UserKind.MACHINE, "tests", uuid4().hex))
    await recited.recite(Bench(bench.tools, another.id), tmp_path, document)
    export_id, taken = await asked(bench)
    await bench.write(taken, await export(bench.tools, taken))
    with await fetched(bench, export_id, tmp_path) as archive:
        names = [name for name in archive.namelist() if "/" in name]
        held = [name.replace("0000", "slices/0000", 1) for name in await recited.objects(bench, recital)]
        of_document = {f"documents/{document.id}/document.json", f"documents/{document.id}/text.txt"}
        assert set(names) == of_document | {f"recitals/{recital.id}/{name}" for name in ["recital.json", *held]}
        assert archive.read(f"documents/{document.id}/text.txt").decode() == "\n\n".join(recited.TEXTS)
        assert archive.read(f"recitals/{recital.id}/main.webm") == b"main.webm"
        read_aloud = json.loads(archive.read(f"recitals/{recital.id}/recital.json"))
    assert (read_aloud["title"], [one["text"] for one in read_aloud["segments"]]) == ("A walk", [*recited.TEXTS])
