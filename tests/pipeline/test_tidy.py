"""Removing what nobody needs, from buckets of the tests' own."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from server.auth.principal import Principal
from server.aws.store import Address
from server.configuration.processing import EngineName
from server.exports import service as exports
from server.exports.models import Export, ExportStatus
from server.idempotency.models import IdempotencyRecord
from server.mails.models import Mail, MailKind
from server.media.models import Media
from server.media.state import Status
from server.pipeline.store_text import text_address
from server.pipeline.tidy import HOUSE, STRANDED_MINUTES, SUBJECT, tidy
from server.recitals import slices
from server.recitals.state import RecitalStatus
from server.search import service as search
from server.tasks import service as tasks
from server.tasks.models import Kind, Task
from server.tasks.queues import Queue
from server.tasks.service import Fenced
from server.transcription.models import Transcript
from server.uploads.state import Method, UploadStatus
from server.users import service as users
from server.users.models import User, UserKind
from server.users.service import Claimed
from tests.pipeline.conftest import Bench
from tests.pipeline.recited import objects, recite, write


@pytest.fixture(scope="session")
def buckets() -> tuple[str, str, str]:
    """The names of three buckets that hold nothing of other tests."""
    return f"tidy-raw-{uuid4()}", f"tidy-processed-{uuid4()}", f"tidy-content-{uuid4()}"


@pytest.fixture
async def house(bench: Bench, buckets: tuple[str, str, str]) -> Bench:
    """A bench whose buckets are its own, where nothing is too young to be removed."""
    aws = bench.tools.settings.aws
    aws.raw_bucket, aws.processed_bucket, aws.content_bucket = buckets
    for bucket in buckets:
        await bench.tools.store.clients.s3.create_bucket(Bucket=bucket)
        await bench.tools.store.delete_under(bucket, "")
    bench.tools.settings.work.orphan_minutes = 0
    return bench


async def go_through(house: Bench) -> None:
    """Run the stage."""
    taken = await house.take(Kind.TIDY, SUBJECT)
    await house.write(taken, await tidy(house.tools, taken))


async def left(house: Bench) -> set[str]:
    """Name what lies in the buckets."""
    aws = house.tools.settings.aws
    return {
        listed.address.key
        for bucket in (aws.raw_bucket, aws.processed_bucket, aws.content_bucket)
        async for page in house.tools.store.pages(bucket)
        for listed in page
    }


async def result(house: Bench, folder: Path, key: str) -> str:
    """Put something into the bucket of renditions, and return its key."""
    await house.put(b"x", key, folder, house.tools.settings.aws.processed_bucket)
    return key


async def test_only_what_no_row_names_is_removed(house: Bench, tmp_path: Path) -> None:
    """Sources, renditions and what pending uploads sent stay; what nobody knows goes, once it is old enough."""
    media = await house.media(b"sound", tmp_path, Status.COMPLETED)
    rendition = await house.rendition(media, tmp_path)
    pending = await house.upload(b"sound", tmp_path)
    named = {media.source_key, rendition.key, pending.key}
    gone = await house.media(b"sound", tmp_path, Status.GONE)
    aborted = await house.upload(b"sound", tmp_path, status=UploadStatus.ABORTED)
    await house.put(b"x", "nobody/knows/source", tmp_path)
    orphan = await result(house, tmp_path, f"{house.owner}/{media.id}/{uuid4().hex}-1/main.flac")
    unnamed = {gone.source_key, aborted.key, "nobody/knows/source", orphan}
    house.tools.settings.work.orphan_minutes = 1
    await go_through(house)
    assert await left(house) == named | unnamed
    house.tools.settings.work.orphan_minutes = 0
    await go_through(house)
    assert await left(house) == named


async def test_what_is_being_made_stays(house: Bench, tmp_path: Path) -> None:
    """The objects of an attempt under way have no row yet; once it is over without naming them, they go."""
    media = await house.media(b"sound", tmp_path, Status.TRANSCODING)
    taken = await house.take(Kind.TRANSCODE, media.id)
    making = await result(house, tmp_path, f"{house.tools.output_prefix(media, taken)}main.flac")
    await result(house, tmp_path, making.replace(f"{taken.id.hex}-1", f"{taken.id.hex}-0"))
    await go_through(house)
    assert await left(house) == {media.source_key, making}
    async with house.tools.units.begin() as work:
        await tasks.finish(work.session, taken)
    await go_through(house)
    assert await left(house) == {media.source_key}


async def test_results_that_are_awaited_stay(house: Bench, tmp_path: Path) -> None:
    """What Amazon Transcribe wrote is kept until it is collected; what it writes after that goes."""
    asked = await house.unheard(tmp_path, EngineName.AWS, job="lectern-1")
    named = await left(house)
    prefix = f"{house.owner}/{asked.media_id}"
    awaited = {await result(house, tmp_path, f"{prefix}/{name}{asked.id}.json") for name in ("", "redacted-")}
    await result(house, tmp_path, f"{prefix}/{uuid4()}.json")
    await result(house, tmp_path, f"{prefix}/.write_access_check_file.temp")
    await go_through(house)
    assert await left(house) == named | awaited
    async with house.tools.units.begin() as work:
        (await work.session.get_one(Transcript, asked.id)).finished_at = datetime.now(UTC)
    await go_through(house)
    assert await left(house) == named


async def test_exports_stay_until_their_time_is_over(house: Bench, tmp_path: Path) -> None:
    """A file that can be fetched is named; once it can't be, it goes, and its row says so."""
    async with house.tools.units.begin() as work:
        wanted = await exports.ask(work, Principal(house.owner, sees_all=False))
        key = await result(house, tmp_path, f"{house.owner}/exports/{wanted.id}/{uuid4().hex}-1/lectern.zip")
        await exports.finish(work, wanted.id, house.tools.processed(key), 1, days=1)
    await go_through(house)
    assert await left(house) == {key}
    async with house.tools.units.begin() as work:
        over = update(Export).where(Export.id == wanted.id)
        await work.session.execute(over.values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    await go_through(house)
    assert await left(house) == set()
    async with house.tools.units.begin() as work:
        row = await work.session.get_one(Export, wanted.id)
    assert (row.status, row.key) == (ExportStatus.EXPIRED, None)


async def test_recitals_keep_what_they_need(house: Bench, tmp_path: Path) -> None:
    """Slices stay until the recital is published, files as long as it isn't discarded; the rest of one is purged."""
    document = await write(house)
    recitals = {status: await recite(house, tmp_path, document, status) for status in RecitalStatus}
    other = f"{house.owner}/2026-11-21/text/main.json"
    await house.put(b"{}", other, tmp_path, house.tools.settings.aws.content_bucket)
    await house.put(b"x", f"{uuid4()}/main.webm", tmp_path, house.tools.settings.aws.content_bucket)
    await house.put(b"x", f"{slices.prefix(house.owner, uuid4())}000000-{0:016x}", tmp_path)
    await go_through(house)
    held = {status: len(await objects(house, recital)) for status, recital in recitals.items()}
    assert held == dict.fromkeys(RecitalStatus, 6) | {RecitalStatus.UPLOADED: 4, RecitalStatus.DISCARDED: 0}
    assert len(await left(house)) == sum(held.values()) + 1
    purged = [status for status, recital in recitals.items() if Kind.PURGE in await house.waiting(recital.id)]
    assert purged == [RecitalStatus.DISCARDED]


async def test_texts_stay_with_their_items(house: Bench, tmp_path: Path) -> None:
    """The text of an item that is gone goes, also where a worker that was killed has left it."""
    items = [await house.media(b"x", tmp_path, status) for status in (Status.COMPLETED, Status.GONE)]
    texts = [text_address(house.tools.settings.aws, media) for media in items]
    for text in texts:
        await house.put(b"{}", text.key, tmp_path, text.bucket)
    await go_through(house)
    assert {text.key for text in texts} & await left(house) == {texts[0].key}


async def test_leave_that_was_given_up_is_begun_again(house: Bench) -> None:
    """Whoever's time is over has a task; who is still in time, and who stays, has none."""
    async with house.tools.units.begin() as work:
        over, in_time, staying = [
            await users.recognise(work, Claimed(UserKind.PERSON, "tests", uuid4().hex)) for _ in range(3)
        ]
        for person, days in ((over, -1), (in_time, 1)):
            leaves_at = datetime.now(UTC) + timedelta(days=days)
            await work.session.execute(update(User).where(User.id == person.id).values(leaves_at=leaves_at))
    await go_through(house)
    assert [await house.waiting(person.id) for person in (over, in_time, staying)] == [[Kind.LEAVE], [], []]


async def test_parts_that_nobody_joins_are_thrown_away(house: Bench) -> None:
    """Multiparts of pending uploads go on, all others end, once they are old enough."""
    transfers, raw = house.tools.transfers, house.tools.settings.aws.raw_bucket

    async def begun(status: UploadStatus) -> str:
        upload = await house.announced(1, method=Method.MULTIPART, status=status)
        multipart_id = await transfers.begin_multipart(upload.address, "audio/wav")
        async with house.tools.units.begin() as work:
            (await work.session.merge(upload)).multipart_id = multipart_id
        return multipart_id

    async def under_way() -> set[str]:
        return {multipart.id async for page in transfers.multiparts(raw) for multipart in page}

    waiting, decided = await begun(UploadStatus.PENDING), await begun(UploadStatus.EXPIRED)
    stray = await transfers.begin_multipart(Address(raw, "nobody/knows/source"), "audio/wav")
    house.tools.settings.work.orphan_minutes = 1
    await go_through(house)
    assert await under_way() == {waiting, decided, stray}
    house.tools.settings.work.orphan_minutes = 0
    await go_through(house)
    assert await under_way() == {waiting}


async def test_parts_of_attempts_that_were_killed_are_thrown_away(house: Bench, tmp_path: Path) -> None:
    """What a worker is writing goes on; what one that died has begun to write ends."""
    transfers = house.tools.transfers
    media = await house.media(b"sound", tmp_path, Status.TRANSCODING)
    taken = await house.take(Kind.TRANSCODE, media.id)
    address = house.tools.processed(f"{house.tools.output_prefix(media, taken)}main.flac")
    for key in (address.key, address.key.replace(f"{taken.id.hex}-1", f"{taken.id.hex}-0")):
        await transfers.begin_multipart(house.tools.processed(key), "audio/flac")
    await go_through(house)
    pages = transfers.multiparts(address.bucket)
    assert [multipart.address async for page in pages for multipart in page] == [address]


async def test_late_object_of_an_expired_upload_is_taken_in(house: Bench, tmp_path: Path) -> None:
    """Bytes that came when their upload had been closed, and of which no event told, are not thrown away."""
    upload = await house.upload(b"sound", tmp_path, status=UploadStatus.EXPIRED)
    await go_through(house)
    assert (await left(house), await house.waiting(upload.id)) == ({upload.key}, [Kind.INTAKE])


@pytest.mark.parametrize(
    ("status", "kind"),
    [(Status.RECEIVED, Kind.TRANSCODE), (Status.TRANSCRIBING, Kind.TRANSCRIBE), (Status.DELETING, Kind.ERASE)],
)
async def test_stranded_items_are_picked_up(house: Bench, tmp_path: Path, status: Status, kind: Kind) -> None:
    """An item under way that no task works on gets its task; one that has a task, or was just heard of, is left."""
    silent = timedelta(minutes=STRANDED_MINUTES + 1)
    stranded, worked_on, young = [await house.media(b"x", tmp_path, status) for _ in range(3)]
    for media in (stranded, worked_on, young):
        await house.asked(media)
    async with house.tools.units.begin() as work:
        old = update(Media).where(Media.id.in_([stranded.id, worked_on.id]))
        await work.session.execute(old.values(updated_at=func.now() - silent))
        await tasks.add(
            work, Kind.COLLECT, worked_on.id, owner_id=house.owner, queue=Queue.WORK, delay=timedelta(hours=1)
        )
    await go_through(house)
    found = [await house.waiting(media.id) for media in (stranded, worked_on, young)]
    assert found == [[kind], [Kind.COLLECT], []]


async def test_what_cannot_be_searched_yet_is_indexed(house: Bench, tmp_path: Path) -> None:
    """Items from before there was a search are found from then on; what is under way is as silent as before."""
    media = [await house.media(b"x", tmp_path, status) for status in (Status.COMPLETED, Status.TRANSCODING)]
    silent = [(await house.read(one.id)).updated_at for one in media]
    await go_through(house)
    indexed = [await house.read(one.id) for one in media]
    assert [(one.search_version, one.updated_at) for one in indexed] == [(search.VERSION, at) for at in silent]


async def test_the_past_is_forgotten(house: Bench) -> None:
    """Answers, ended tasks and mails of long ago are removed, those of yesterday are not."""
    kept, forgotten = uuid4(), uuid4()
    keep_days = house.tools.settings.work.keep_days
    async with house.tools.units.begin() as work:
        for subject, answered, ended in ((kept, 1, keep_days - 1), (forgotten, 3, keep_days + 1)):
            created_at = datetime.now(UTC) - timedelta(days=answered)
            work.session.add(
                IdempotencyRecord(owner_id=subject, key="k", fingerprint="f", answer={}, created_at=created_at)
            )
            await tasks.add(work, Kind.INTAKE, subject, owner_id=HOUSE, queue=Queue.WORK)
            values = {"state": "done", "finished_at": func.now() - timedelta(days=ended)}
            await work.session.execute(update(Task).where(Task.subject_id == subject).values(**values))
            ended_at = datetime.now(UTC) - timedelta(days=ended)
            work.session.add(Mail(kind=MailKind.TEXT, subject_id=subject, dedupe=str(subject), ended_at=ended_at))
    await go_through(house)
    async with house.tools.units.begin() as work:
        for remembered in (select(IdempotencyRecord.owner_id), select(Task.subject_id), select(Mail.subject_id)):
            assert {kept, forgotten} & set((await work.session.execute(remembered)).scalars()) == {kept}


async def test_worker_that_was_overtaken_removes_nothing(house: Bench, tmp_path: Path) -> None:
    """What a worker knows that was asleep for a while may be wrong by now: it has to hold its task."""
    await house.put(b"x", "nobody/knows/source", tmp_path)
    taken = await house.take(Kind.TIDY, SUBJECT)
    async with house.tools.units.begin() as work:
        await tasks.hand_back(work.session, taken)
    with pytest.raises(Fenced):
        await tidy(house.tools, taken)
    assert await left(house) == {"nobody/knows/source"}
