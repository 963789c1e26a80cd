"""Forgetting a person, with all that is theirs."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Column, ColumnElement, Text, Uuid, cast, func, or_, select, update
from uuid_utils.compat import uuid7

from server.account import leaving
from server.audit.models import Action, AuditEntry
from server.audit.service import note
from server.auth import api_keys
from server.auth.models import Scope
from server.auth.principal import Principal
from server.documents.models import Document
from server.exports import service as exports
from server.exports.models import Export
from server.idempotency.models import IdempotencyRecord
from server.invites.models import Invite, InviteUse
from server.mails.models import Mail, MailKind
from server.media.state import Status
from server.models import Base
from server.pipeline.erase import erase
from server.pipeline.leave import forget_person
from server.pipeline.stages import stages
from server.recitals.models import Recital
from server.recitals.state import RecitalStatus
from server.tasks import service as tasks
from server.tasks.models import Kind, Taken, Task
from server.tasks.stage import NotYet, Unworkable
from server.unit_of_work import UnitOfWork, Units
from server.uploads.state import Method, UploadStatus
from server.users import roles
from server.users import service as users
from server.users.models import Agreement, Approval, Role, User, UserKind
from server.users.roles import Giver
from server.users.service import Claimed
from server.webhooks import deliveries, endpoints
from server.webhooks.endpoints import Office
from server.webhooks.kinds import Event
from server.webhooks.schemas import EndpointWish
from tests.pipeline import recited
from tests.pipeline.conftest import Bench, wait_for_locks
from tests.pipeline.recited import recite, write

LOG = {"audit_log.actor_id", "audit_log.subject_id"}
"""Where a person's id stays: the log says what was done, not by whom that was."""


@dataclass(frozen=True)
class Person:
    """Somebody with something of everything."""

    claimed: Claimed
    id: UUID
    recital: Recital | None = None
    """Theirs."""

    @property
    def principal(self) -> Principal:
        """Them, as a caller."""
        return Principal(self.id, sees_all=False)


async def settle(bench: Bench, folder: Path, name: str) -> Person:
    """Make a person who has something in every table and in every bucket."""
    email = f"{name}-{uuid4().hex}@example.com"
    claimed = Claimed(UserKind.PERSON, "https://issuer.test", email, email=email, name=email)
    async with bench.tools.units.begin() as work:
        await roles.approve(work, Giver(uuid7()), email.upper(), Role.SPEAKER)
        person = Person(claimed, (await users.recognise(work, claimed)).id)
        work.session.add_all([Agreement(user_id=person.id, version="1"), Approval(email=email, role=Role.SPEAKER)])
        invite = Invite(
            name="all", role=Role.NONE, digest=uuid4().bytes, most_uses=1, expires_at=datetime.now(UTC), uses=1
        )
        work.session.add(invite)
        await work.session.flush()
        work.session.add(InviteUse(invite_id=invite.id, user_id=person.id))
        work.session.add(IdempotencyRecord(owner_id=person.id, key="k", fingerprint="f", answer={"of": email}))
        await api_keys.make(work, person.principal, email, Scope.BASE, None)
        await exports.ask(work, person.principal)
        await _subscribe(work, bench, person)
        for to in ({"user_id": person.id}, {"address": email.upper()}):
            work.session.add(Mail(kind=MailKind.APPROVED, dedupe=f"{to}", details={"role": "speaker"}, **to))
        note(work, Action.ROLE_CHANGED, actor_id=uuid7(), subject_id=person.id, email=email)
    return replace(person, recital=await _give_things(Bench(bench.tools, person.id), folder))


async def _subscribe(work: UnitOfWork, bench: Bench, person: Person) -> None:
    office = Office(bench.tools.settings, bench.tools.courier.seal)
    wish = EndpointWish(url="https://example.com/hook", events=[Event.RESULT_COMPLETED])
    endpoint, _ = await endpoints.make(work, office, person.principal, wish)
    await endpoints.show_callback_secret(work, office, person.principal)
    await deliveries.ping(work, endpoint)


async def _give_things(theirs: Bench, folder: Path) -> Recital:
    media = await theirs.media(b"sound", folder, Status.COMPLETED)
    await theirs.rendition(media, folder)
    await theirs.asked(media, finished_at=datetime.now(UTC))
    await theirs.upload(b"sound", folder, status=UploadStatus.UPLOADED, media_id=media.id)
    await theirs.upload(b"sound", folder)
    upload = await theirs.announced(1, method=Method.MULTIPART)
    multipart_id = await theirs.tools.transfers.begin_multipart(upload.address, "audio/wav")
    async with theirs.tools.units.begin() as work:
        (await work.session.merge(upload)).multipart_id = multipart_id
    aws = theirs.tools.settings.aws
    for bucket in (aws.raw_bucket, aws.processed_bucket, aws.content_bucket):
        await theirs.put(b"x", f"{theirs.owner}/{uuid4()}/nobody-knows", folder, bucket)
    await theirs.take(Kind.TRANSCODE, media.id)
    made = await theirs.media(b"sound", folder, Status.COMPLETED)
    document = await write(theirs, is_public=True)
    return await recite(theirs, folder, document, RecitalStatus.AGGREGATED, media_id=made.id)


async def over(bench: Bench, person: Person) -> Taken:
    """Let a person leave whose time is over, and take the task."""
    async with bench.tools.units.begin() as work:
        await leaving.leave(work, person.principal, timedelta())
    return await bench.take(Kind.LEAVE, person.id)


async def gone(bench: Bench, person: Person) -> None:
    """Look until everything is gone, as workers do."""
    taken = await over(bench, person)
    for _ in range(2):  # a look that ended in its middle changes nothing about the next
        with pytest.raises(NotYet):
            await forget_person(bench.tools, taken)
    async with bench.tools.units.begin() as work:
        await tasks.hand_back(work.session, taken)
        erasing = (
            await work.session.execute(
                select(Task.subject_id).where(Task.owner_id == person.id, Task.kind == Kind.ERASE)
            )
        ).scalars()
        subjects = list(erasing)
    assert len(subjects) == 2
    for subject in subjects:
        erasure = await bench.take(Kind.ERASE, subject)
        await bench.write(erasure, await erase(bench.tools, erasure))
    taken = await bench.take(Kind.LEAVE, person.id)
    await bench.write(taken, await forget_person(bench.tools, taken))


async def objects(bench: Bench, person: Person) -> int:
    """Count what lies under a person's id, parts included, and of what they have read."""
    tools, owner, found = bench.tools, person.id, 0
    aws = tools.settings.aws
    for bucket in (aws.raw_bucket, aws.processed_bucket, aws.content_bucket):
        listed = await tools.store.clients.s3.list_objects_v2(Bucket=bucket, Prefix=f"{owner}/")
        found += listed["KeyCount"]
        found += sum([len(page) async for page in tools.transfers.multiparts(bucket, f"{owner}/")])
    return found + (len(await recited.objects(bench, person.recital)) if person.recital else 0)


async def mentions(bench: Bench, person: Person) -> dict[str, int]:
    """Count the rows, by column, that name a person's id or address, whatever the column is for."""
    assert person.claimed.email is not None
    words = [str(person.id), person.claimed.email]
    found: dict[str, int] = {}
    async with bench.tools.units.begin() as work:
        for table in Base.metadata.sorted_tables:
            counts = [func.count().filter(_names(column, person.id, words)).label(str(column)) for column in table.c]
            found |= (await work.session.execute(select(*counts).select_from(table))).mappings().one()
    return {column: count for column, count in found.items() if count}


def _names(column: Column[object], person_id: UUID, words: list[str]) -> ColumnElement[bool]:
    if isinstance(column.type, Uuid):
        return column == person_id
    return or_(*(func.lower(cast(column, Text)).contains(word) for word in words))


async def test_nothing_is_left_of_who_has_left(bench: Bench, tmp_path: Path) -> None:
    """No row and no object speaks of them but the bare log; another keeps everything, also what they read of theirs."""
    ada, bob = [await settle(bench, tmp_path, name) for name in ("ada", "bob")]
    async with bench.tools.units.begin() as work:
        assert ada.recital is not None
        of_ada = await work.session.get_one(Document, ada.recital.document_id)
    by_bob = await recite(Bench(bench.tools, bob.id), tmp_path, of_ada)
    of_bob, held = await mentions(bench, bob), await objects(bench, bob)
    assert len(of_bob) > 15
    await gone(bench, ada)
    assert (set(await mentions(bench, ada)), await objects(bench, ada)) == (LOG, 0)
    assert (await mentions(bench, bob), await objects(bench, bob)) == (of_bob, held)
    async with bench.tools.units.begin() as work:
        entries = select(AuditEntry.action, AuditEntry.details).where(AuditEntry.subject_id == ada.id)
        log: dict[Action, object] = dict((await work.session.execute(entries)).all())
        again = await users.recognise(work, ada.claimed)
        kept = await work.session.get_one(Recital, by_bob.id, populate_existing=True)
    assert log == {Action.ROLE_CHANGED: {}, Action.LEAVING: {}, Action.LEFT: {}}
    assert (kept.title, kept.document_id, len(await recited.objects(bench, kept))) == ("A walk", None, 6)
    assert again.id != ada.id
    assert again.role is Role.NONE


async def test_what_comes_at_the_last_moment_goes_first(bench: Bench, tmp_path: Path) -> None:
    """An item that was taken in while the rest was removed is not forgotten with its objects still there."""
    async with bench.tools.units.begin() as work:
        claimed = Claimed(UserKind.PERSON, "tests", uuid4().hex)
        person = Person(claimed, (await users.recognise(work, claimed)).id)
    taken = await over(bench, person)
    outcome = await forget_person(bench.tools, taken)
    await Bench(bench.tools, person.id).media(b"late", tmp_path)
    with pytest.raises(NotYet):
        await bench.write(taken, outcome)
    with pytest.raises(NotYet):
        await forget_person(bench.tools, taken)


async def test_nobody_goes_who_stays_or_has_time(bench: Bench) -> None:
    """Until the time is over the task waits for it; a person who stays, or is gone already, is left alone."""
    async with bench.tools.units.begin() as work:
        claimed = Claimed(UserKind.PERSON, "tests", uuid4().hex)
        person = Person(claimed, (await users.recognise(work, claimed)).id)
        await leaving.leave(work, person.principal, timedelta(days=2))
    taken = await bench.take(Kind.LEAVE, person.id)
    with pytest.raises(NotYet) as waits:
        await forget_person(bench.tools, taken)
    assert timedelta(days=1) < waits.value.delay < timedelta(days=2)
    async with bench.tools.units.begin() as work:
        await work.session.execute(update(User).where(User.id == person.id).values(leaves_at=None))
    await bench.write(taken, await forget_person(bench.tools, taken))
    async with bench.tools.units.begin() as work:
        assert (await users.recognise(work, claimed)).id == person.id


async def test_who_comes_just_then_is_somebody_new(separate_units: Units, bench: Bench) -> None:
    """Whoever signs in by another way while they are forgotten doesn't join the one who goes."""
    tools = replace(bench.tools, units=separate_units)
    async with separate_units.begin() as work:
        claimed = Claimed(UserKind.PERSON, "tests", uuid4().hex, email="ada@example.com")
        person = Person(claimed, (await users.recognise(work, claimed)).id)
    taken = await over(Bench(tools, person.id), person)

    async def come() -> UUID:
        async with separate_units.begin() as work:
            return (await users.recognise(work, replace(claimed, issuer="another"))).id

    async with separate_units.begin() as work:
        await work.session.execute(select(User.id).where(User.id == person.id).with_for_update())
        forgetting = asyncio.create_task(forget_person(tools, taken))
        await wait_for_locks(work)
        coming = asyncio.create_task(come())
        await wait_for_locks(work, 2)
    assert await coming != person.id
    await forgetting


async def test_export_that_ends_just_then_is_waited_for(separate_units: Units, bench: Bench) -> None:
    """Its worker locks the task, then the row, and so does whoever forgets: they don't wait for each other."""
    tools = replace(bench.tools, units=separate_units)
    async with separate_units.begin() as work:
        claimed = Claimed(UserKind.PERSON, "tests", uuid4().hex)
        person = Person(claimed, (await users.recognise(work, claimed)).id)
        export = await exports.ask(work, person.principal)
    exporting = await Bench(tools, person.id).take(Kind.EXPORT, export.id)
    leaving_task = await over(Bench(tools, person.id), person)
    async with separate_units.begin() as work:
        await tasks.finish(work.session, exporting)
        forgetting = asyncio.create_task(forget_person(tools, leaving_task))
        await wait_for_locks(work)
        await exports.finish(work, export.id, tools.processed("x"), 1, days=1)
    await forgetting
    async with separate_units.begin() as work:
        assert await work.session.get(Export, export.id) is None


@pytest.mark.parametrize("kind", [Kind.INTAKE, Kind.PICTURES, Kind.REMAKE])
async def test_late_news_of_who_has_left_is_no_trouble(bench: Bench, kind: Kind) -> None:
    """A task for what went with its owner ends in peace, whether it is done or given up."""
    taken = await bench.take(kind, uuid4())
    stage = stages(bench.tools)[kind]
    async with bench.tools.units.begin() as work:
        await stage.fail(work, taken, Unworkable("processing_failed", "It failed."))
    await bench.write(taken, await stage.run(taken))
