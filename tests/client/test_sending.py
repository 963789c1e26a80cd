"""Tests of sending bytes to the store."""

import asyncio
import email.policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from server.client import reading
from server.client.client import PREFIX, Client
from server.client.parts import AT_ONCE
from server.client.problems import ApiProblem, FileChanged
from server.client.sending import send
from server.uploads.schemas import UploadSession
from tests.client import wire
from tests.client.fake import Answer, Fake, Reply, Seen, hangs_up, problem, says
from tests.client.wire import UPLOAD_ID

STORE = "POST /store"
COMPLETE = f"POST /uploads/{UPLOAD_ID}/complete"
SIGN = f"POST /uploads/{UPLOAD_ID}/sign"
SIGN_PARTS = f"POST /uploads/{UPLOAD_ID}/parts"
PARTS = f"GET /uploads/{UPLOAD_ID}/parts"
CONTENT = b"0123456789"
EXPIRED = b"<Error><Code>AccessDenied</Code></Error>"


def unheard(_: int) -> None:
    """Take no notice of how much has gone."""


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of ten bytes, read three at a time."""
    monkeypatch.setattr(reading, "CHUNK", 3)
    file = tmp_path / "talk.wav"
    file.write_bytes(CONTENT)
    return file


def form_session(fake: Fake) -> UploadSession:
    """An upload that is sent by form."""
    return UploadSession.model_validate(wire.by_form(f"{fake.url}{PREFIX}/store"))


def parts_session(**changes: object) -> UploadSession:
    """An upload that is sent in parts of four bytes."""
    return UploadSession.model_validate(wire.in_parts(**changes))


def stored(*numbers: int) -> Answer:
    """List whole parts that have arrived."""
    parts = [{"part_number": number, "size": 4 if number < 3 else 2, "etag": "e"} for number in numbers]
    return says(200, {"parts": parts, "part_size": 4})


@pytest.fixture
def store(fake: Fake) -> Fake:
    """A store that takes parts, and a service that signs them and is content."""

    async def sign(seen: Seen, reply: Reply) -> None:
        number = int(seen.body.decode().partition("[")[2].partition("]")[0])
        url = f"{fake.url}{PREFIX}/store/{number}"
        signed = {"parts": [{"part_number": number, "url": url}], "expires_at": "2030-01-01T00:00:00Z"}
        await says(200, signed)(seen, reply)

    fake.on(SIGN_PARTS, sign)
    fake.on(PARTS, stored())
    fake.on(COMPLETE, says(202, wire.upload()))
    for number in (1, 2, 3):
        fake.on(f"PUT /store/{number}", says(200))
    return fake


def put(fake: Fake) -> dict[int, list[bytes]]:
    """Return the bodies that came for each part."""
    return {number: bodies for number in (1, 2, 3) if (bodies := fake.bodies(f"PUT /store/{number}"))}


async def test_form(fake: Fake, client: Client, talk: Path) -> None:
    """The form's fields go first and the file last, with its length said beforehand and no credential of ours."""
    fake.on(STORE, says(204))
    fake.on(COMPLETE, says(202, wire.upload()))
    told: list[int] = []
    await send(client, form_session(fake), talk, told.append)
    seen = fake.seen[0]
    message = BytesParser(policy=email.policy.HTTP).parsebytes(
        f"Content-Type: {seen.headers['content-type']}\r\n\r\n".encode() + seen.body
    )
    fields = [
        (part.get_param("name", header="content-disposition"), part.get_content()) for part in message.iter_parts()
    ]
    assert fields == [("key", "a/b/source"), ("policy", "signed"), ("file", CONTENT)]
    assert int(seen.headers["content-length"]) == len(seen.body)
    assert "authorization" not in seen.headers
    assert told == [0, 3, 6, 9, 10]


async def test_form_is_sent_again_whole(fake: Fake, client: Client, talk: Path) -> None:
    """A form that the store couldn't take goes again from its first byte; S3's 500 is such a case."""
    fake.on(STORE, hangs_up, says(500), says(204))
    fake.on(COMPLETE, says(202, wire.upload()))
    told: list[int] = []
    await send(client, form_session(fake), talk, told.append)
    assert [CONTENT in body for body in fake.bodies(STORE)] == [True] * 3
    assert told == [0, 3, 6, 9, 10] * 3


async def test_form_that_has_run_out(fake: Fake, client: Client, talk: Path) -> None:
    """When the signature has run out, a new one is asked for, once."""
    session = form_session(fake)
    fake.on(STORE, says(403, EXPIRED), says(204))
    fake.on(SIGN, says(200, session.model_dump(mode="json")))
    fake.on(COMPLETE, says(202, wire.upload()))
    await send(client, session, talk, unheard)
    assert (fake.count(STORE), fake.count(SIGN)) == (2, 1)


@pytest.mark.parametrize(("status", "sendings"), [(403, 2), (400, 1)])
async def test_form_refused_for_good(fake: Fake, client: Client, talk: Path, status: int, sendings: int) -> None:
    """A refusal that a new signature doesn't cure is reported."""
    session = form_session(fake)
    fake.on(STORE, says(status, EXPIRED))
    fake.on(SIGN, says(200, session.model_dump(mode="json")))
    with pytest.raises(ApiProblem) as raised:
        await send(client, session, talk, unheard)
    assert raised.value.status == status
    assert fake.count(STORE) == sendings


async def test_file_cut_while_it_is_sent(fake: Fake, client: Client, talk: Path) -> None:
    """A file that is shorter than declared can't be sent, and isn't tried again."""
    fake.on(STORE, says(204))
    session = form_session(fake).model_copy(update={"size": 11})
    with pytest.raises(FileChanged, match=r"talk\.wav has become shorter"):
        await send(client, session, talk, unheard)
    assert fake.seen == []


async def test_parts(store: Fake, client: Client, talk: Path) -> None:
    """Each part goes with its own bytes and the headers that the session names; then the upload is completed."""
    told: list[int] = []
    await send(client, parts_session(), talk, told.append)
    assert put(store) == {1: [b"0123"], 2: [b"4567"], 3: [b"89"]}
    assert {seen.headers["x-part"] for seen in store.seen if seen.method == "PUT"} == {"yes"}
    assert store.count(COMPLETE) == 1
    assert told == sorted(told)
    assert told[-1] == 10


async def test_parts_that_have_arrived_are_left_out(store: Fake, client: Client, talk: Path) -> None:
    """An interrupted upload goes on with what is missing; a part of the wrong length is missing."""
    cut = {"part_number": 2, "size": 1, "etag": "e"}
    whole = {"part_number": 1, "size": 4, "etag": "e"}
    store.on(PARTS, says(200, {"parts": [whole, cut], "part_size": 4}))
    told: list[int] = []
    await send(client, parts_session(), talk, told.append)
    assert put(store) == {2: [b"4567"], 3: [b"89"]}
    assert told[0] >= 4
    assert told[-1] == 10


async def test_part_is_tried_again_with_a_new_signature(store: Fake, client: Client, talk: Path) -> None:
    """Trouble with one part sends that part again, signed anew, and no other."""
    store.on("PUT /store/2", hangs_up, says(500), says(503), says(200))
    await send(client, parts_session(), talk, unheard)
    assert put(store) == {1: [b"0123"], 2: [b"4567"] * 4, 3: [b"89"]}
    assert store.count(SIGN_PARTS) == 6


async def test_part_refused(store: Fake, client: Client, talk: Path) -> None:
    """A part that the store won't have ends the upload with its reason, not with a group of reasons."""
    store.on("PUT /store/2", says(400, b"<Error/>"))
    with pytest.raises(ApiProblem) as raised:
        await send(client, parts_session(), talk, unheard)
    assert raised.value.status == 400
    assert store.count(COMPLETE) == 0


async def test_few_parts_at_once(store: Fake, client: Client, tmp_path: Path) -> None:
    """However many parts there are, only a few are under way together."""
    big = tmp_path / "big.wav"
    big.write_bytes(bytes(40))
    under_way, most = 0, 0

    async def take(seen: Seen, reply: Reply) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.01)
        under_way -= 1
        await says(200)(seen, reply)

    for number in range(1, 11):
        store.on(f"PUT /store/{number}", take)
    await send(client, parts_session(size=40), big, unheard)
    assert most == AT_ONCE


async def test_lost_part_is_sent_again(store: Fake, client: Client, talk: Path) -> None:
    """When the service misses parts at the end, what the store lacks is sent, once more."""
    incomplete = problem(409, "upload_incomplete", "8 of 10 bytes have arrived.")
    store.on(PARTS, stored(), stored(1, 2))
    store.on(COMPLETE, incomplete, says(202, wire.upload()))
    await send(client, parts_session(), talk, unheard)
    assert put(store) == {1: [b"0123"], 2: [b"4567"], 3: [b"89"] * 2}
    store.on(COMPLETE, incomplete)
    with pytest.raises(ApiProblem, match="upload_incomplete"):
        await send(client, parts_session(), talk, unheard)


async def test_upload_closed_meanwhile(store: Fake, client: Client, talk: Path) -> None:
    """An upload that someone has given up is not sent again."""
    store.on(COMPLETE, problem(409, "upload_closed", "This upload is aborted."))
    with pytest.raises(ApiProblem, match="upload_closed"):
        await send(client, parts_session(), talk, unheard)
    assert len(put(store)[1]) == 1


async def test_long_upload_asks_for_more_time(store: Fake, client: Client, talk: Path) -> None:
    """When half of an upload's time is over, it is signed again, for the rest of its parts."""
    store.on(SIGN, says(200, wire.in_parts()))
    await send(client, parts_session(expires_at="2020-01-01T00:00:00Z"), talk, unheard)
    assert 1 <= store.count(SIGN) <= AT_ONCE
    assert put(store).keys() == {1, 2, 3}
