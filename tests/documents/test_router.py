"""Documents over HTTP."""

# ruff: noqa: RUF001 - these letters are meant

import asyncio
import time
from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from server.audit.models import Action, AuditEntry
from server.documents.coverage import RECITALS, SEGMENTS
from server.models import Base
from server.recitals.state import RecitalStatus
from server.unit_of_work import Units
from server.users.models import User
from tests.documents.conftest import Author, come
from tests.swapping import instead
from tests.tokens import Pool

TEXT = "It was late. Nobody came.\n\nThen a bell rang. Who was it?"
SENTENCES = ["It was late.", "Nobody came.", "Then a bell rang.", "Who was it?"]
SENTENCE = "This is a sentence of a very long text, and there are many more of them to come. "
SLOW = 0.5
"""Seconds that another request may wait at most, on a machine that has other things to do."""


async def test_text_becomes_sentences(author: Author) -> None:
    """Paragraphs and sentences in order, from page to page; the answer says what became of it and where it is."""
    made = await author.add(text=TEXT, language="en")
    document = made.json()
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    assert made.headers["Location"] == f"/api/v1/documents/{document['id']}"
    assert (await author.get(f"/{document['id']}")).json() == document
    told = {name: document[name] for name in ("title", "origin", "is_public", "is_mine", "sentence_count")}
    assert told == {
        "title": "It was late. Nobody came.",
        "origin": "text",
        "is_public": False,
        "is_mine": True,
        "sentence_count": 4,
    }
    assert document["character_count"] == sum(map(len, SENTENCES))
    first = (await author.get(f"/{document['id']}/sentences", limit=3)).json()
    rest = (await author.get(f"/{document['id']}/sentences", limit=3, cursor=first["next_cursor"])).json()
    shown = first["items"] + rest["items"]
    assert [(one["index"], one["paragraph"], one["text"]) for one in shown] == [
        (index, index // 2, text) for index, text in enumerate(SENTENCES)
    ]
    assert rest["next_cursor"] is None
    for cursor in ("x", "OTk5OTk5OTk5OTk5OTk5OTk5", "LTE"):  # of no list, beyond every list, and -1
        assert (await author.get(f"/{document['id']}/sentences", cursor=cursor)).json()["code"] == "bad_cursor"


@pytest.mark.parametrize(
    ("text", "language", "sentences"),
    [
        ('ד"ר כהן אמר: "הכול בסדר." צה"ל הוא צבא.', "he", ['ד"ר כהן אמר: "הכול בסדר."', 'צה"ל הוא צבא.']),
        ("אַ שיינעם גוטן טאָג. ווי גייט עס אייך?", "yi", ["אַ שיינעם גוטן טאָג.", "ווי גייט עס אייך?"]),
        ("قال د. أحمد نعم. كيف حالك؟", "ar", ["قال د. أحمد نعم.", "كيف حالك؟"]),
    ],
)
async def test_languages_that_letters_tell(author: Author, text: str, language: str, sentences: list[str]) -> None:
    """Nobody has to say it; what is read is what was written."""
    document = (await author.add(text=text)).json()
    assert document["language"] == language
    assert await author.texts(document["id"]) == sentences


async def test_language_that_letters_don_t_tell(author: Author) -> None:
    """It is the one that the person speaks, or has to be said."""
    refused = await author.add(text="Good morning")
    assert (refused.status_code, refused.json()["code"]) == (422, "language_needed")
    async with author.units.begin() as work:
        await work.session.execute(update(User).where(User.id == author.id).values(language="nl"))
    assert (await author.add(text="Good morning")).json()["language"] == "nl"
    assert (await author.add(text="Good morning", language="en-GB")).json()["language"] == "en-GB"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "invalid_request"),
        (" \n ", "nothing_to_read"),
        ("* * *", "nothing_to_read"),
        ("a\0b", "invalid_request"),
        ("a\x1bb", "not_text"),
    ],
)
async def test_texts_without_anything_to_read(author: Author, text: str, code: str) -> None:
    """They are told apart, and nothing is added."""
    refused = await author.add(text=text, language="en")
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert await author.titles() == []


@pytest.mark.parametrize(
    ("content", "content_type", "title", "texts"),
    [
        ("One. Two.\n\n<b>".encode("utf-16"), "text/plain", "One. Two.", ["One.", "Two.", "<b>"]),
        (b"# Head\n\nOne *two*.", "text/markdown; charset=utf-8", "Head", ["Head", "One two."]),
        (
            b"<html lang=en><title>T</title><p>One.<img src=x onerror=alert(1)><script>alert(2)</script> &lt;i&gt;a",
            "text/html",
            "T",
            ["One.", "<i>a"],
        ),
        ("<meta charset=windows-1255><p>אחת. שתיים.".encode("cp1255"), "text/html", "אחת. שתיים.", ["אחת.", "שתיים."]),
    ],
)
async def test_files(author: Author, content: bytes, content_type: str, title: str, texts: list[str]) -> None:
    """Plain text, Markdown and pages, of which nothing is kept but what is there to be read."""
    made = await author.send(content, content_type, language="en", is_public="true")
    document = made.json()
    assert (made.status_code, document["title"], document["origin"]) == (201, title, "file")
    assert document["is_public"]
    assert await author.texts(document["id"]) == texts


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b"\xe9", "text/plain", 422, "wrong_charset"),
        (b"PK\x03\x04", "text/plain", 422, "not_text"),
        (b"One.", "text/plain; charset*=utf-8''a%00b", 422, "wrong_charset"),
        (b"<p>", "text/html", 422, "nothing_to_read"),
        (b"%PDF", "application/pdf", 415, "type_not_read"),
        (b"a" * (10 * 1024**2 + 1), "text/plain", 413, "request_entity_too_large"),
    ],
)
async def test_files_that_are_not_read(
    author: Author, content: bytes, content_type: str, status: int, code: str
) -> None:
    """Each is told what to do."""
    refused = await author.send(content, content_type, language="en")
    assert (refused.status_code, refused.json()["code"]) == (status, code)


async def test_longest_text_holds_nobody_up(author: Author) -> None:
    """Ten megabytes are read aside, and others get their answers meanwhile."""
    content = (SENTENCE * 5 + "\n\n").encode() * (10 * 1024**2 // (len(SENTENCE) * 5 + 2))
    adding = asyncio.create_task(author.send(content, "text/plain", language="en"))
    waited = []
    while not adding.done():
        begun = time.perf_counter()
        await asyncio.sleep(0.005)
        waited.append(time.perf_counter() - begun)
    made = (await adding).json()
    assert made["sentence_count"] == content.count(b".")
    assert max(waited) < SLOW
    last = (await author.get(f"/{made['id']}/sentences", limit=1)).json()
    assert last["items"][0]["text"] == SENTENCE.strip()


async def test_body_of_a_stranger_is_not_read(author: Author, http: httpx.AsyncClient) -> None:
    """Nor is one taken apart that is all structure, of which ten megabytes would hold everybody up."""

    async def unread() -> AsyncIterator[bytes]:
        raise AssertionError
        yield b""

    json = {"Content-Type": "application/json"}
    for method, path in (("POST", "/documents"), ("POST", "/documents/file"), ("PATCH", f"/documents/{UUID(int=1)}")):
        refused = await http.request(method, path, content=unread(), headers=json)
        assert refused.status_code == 401
    refused = await http.post("/documents", content=b"[" + b"[]," * 100_000, headers=author.headers | json)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")


async def test_private_ones_are_their_owners(author: Author, other: Author, admin: Author) -> None:
    """Others don't see them, in no list, by no address and as no suggestion; admins do. Public ones are everybody's."""
    private = await author.put(*SENTENCES, title="Private")
    public = await author.put(*SENTENCES, title="Public", is_public=True)
    assert await author.titles() == await admin.titles() == ["Public", "Private"]
    assert await other.titles() == ["Public"]
    assert await other.titles(mine=True) == []
    for path in ("", "/sentences", "/readers"):
        assert (await other.get(f"/{private}{path}")).status_code == 404
        assert (await admin.get(f"/{private}{path}")).status_code == 200
    assert (await other.edit(private, "*", title="Mine")).status_code == 404
    assert (await other.edit(public, "*", title="Mine")).status_code == 404
    assert (await other.get(f"/{public}/readers")).status_code == 404
    assert (await other.get(f"/{public}")).json()["is_mine"] is False
    for viewer in (other, admin):
        assert {(await viewer.get("/suggestion")).json()["id"] for _ in range(5)} == {public}


async def test_lists(author: Author) -> None:
    """By how a word of the title begins, by language, from page to page."""
    for title, language in (("A walk", "en"), ("Walking 100%", "en-GB"), ("Sleepwalk", "de"), ("Walzer", "de")):
        await author.put("One.", title=title, language=language)
    assert await author.titles(q="walk") == ["Walking 100%", "A walk"]
    assert await author.titles(q="100%") == ["Walking 100%"]
    assert await author.titles(q="%") == []
    assert await author.titles(language="en") == ["Walking 100%", "A walk"]
    assert await author.titles(language="EN-gb") == ["Walking 100%"]
    first = (await author.get(limit=3)).json()
    assert len(first["items"]) == 3
    assert await author.titles(limit=3, cursor=first["next_cursor"]) == ["A walk"]


async def test_edits(author: Author, admin: Author) -> None:
    """Only what is given changes; a new text takes the place of the old one; the log knows of an admin's."""
    document = await author.put(*SENTENCES)
    renamed = await author.edit(document, '"1"', title="Another", is_public=True)
    assert (renamed.headers["ETag"], renamed.json()["title"], renamed.json()["language"]) == ('"2"', "Another", "en")
    rewritten = await admin.edit(document, '"2"', text="New. Text! Here?", language="en-GB")
    assert (rewritten.json()["sentence_count"], rewritten.json()["title"]) == (3, "Another")
    assert await author.texts(document) == ["New.", "Text!", "Here?"]
    async with author.units.begin() as work:
        query = select(AuditEntry).where(AuditEntry.action == Action.DOCUMENT_CHANGED)
        [noted] = (await work.session.execute(query)).scalars()
    assert (noted.actor_id, noted.subject_id, noted.details) == (
        admin.id,
        UUID(document),
        {"fields": "language, text"},
    )
    for wish in ({"text": "..."}, {"title": ""}, {"title": None}, {"owner_id": str(admin.id)}):
        assert (await author.edit(document, "*", **wish)).status_code == 422
    assert (await author.texts(document), (await author.get(f"/{document}")).headers["ETag"]) == (
        ["New.", "Text!", "Here?"],
        '"3"',
    )


async def test_two_edits_at_once(
    running_app: FastAPI, http: httpx.AsyncClient, separate_units: Units, pool: Pool
) -> None:
    """Of two who change the same revision, one is told, however long the text of the other is in reading."""
    with instead(running_app, units=separate_units):
        author = await come(http, separate_units, pool, "author")
        document = await author.put(*SENTENCES)
        wishes: tuple[dict[str, str], ...] = ({"text": "Mine. Alone."}, {"title": "Theirs"}, {"text": "Theirs alone."})
        answers = await asyncio.gather(*(author.edit(document, '"1"', **wish) for wish in wishes))
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
        [made] = [answer.json() for answer in answers if answer.status_code == 200]
        assert (await author.get(f"/{document}")).json() == made
        assert len(await author.texts(document)) == made["sentence_count"]


async def test_edits_name_a_revision(author: Author) -> None:
    """One of several, or any; not none."""
    document = await author.put(*SENTENCES)
    assert (await author.edit(document, '"0"', title="Mine")).json()["code"] == "revision_differs"
    assert (await author.edit(document, None, title="Mine")).json()["code"] == "precondition_required"
    assert (await author.edit(document, '"0", "1"', title="Listed")).status_code == 200


async def test_archived_ones_are_offered_to_nobody(author: Author, other: Author) -> None:
    """They are in no list but their owner's of archived ones, and can be taken back."""
    document = await author.put(*SENTENCES, title="Old", is_public=True)
    archived = (await author.edit(document, "*", archived=True)).json()["archived_at"]
    assert archived == (await author.edit(document, "*", archived=True)).json()["archived_at"]
    assert await author.titles() == await other.titles() == await other.titles(archived=True) == []
    assert await author.titles(archived=True) == ["Old"]
    assert (await author.get("/suggestion")).json()["code"] == "nothing_to_suggest"
    assert (await author.edit(document, "*", archived=False)).json()["archived_at"] is None
    assert await other.titles() == ["Old"]


async def test_what_is_read(author: Author, other: Author) -> None:
    """What was read and kept counts, each sentence once; not what was read anew, discarded or disavowed."""
    document = await author.put(*SENTENCES, is_public=True)
    await author.read(document, [SENTENCES[0], SENTENCES[1], "Then a hell rang."], skip=[1])
    await author.read(document, [SENTENCES[0], SENTENCES[2]], discard_last=1)
    await author.read(document, [SENTENCES[0]], discard_last=2)
    await other.read(document, [SENTENCES[3]])
    await other.read(document, [SENTENCES[2]], status=RecitalStatus.DISCARDED)
    counts = {"read_sentence_count": 2, "my_read_sentence_count": 1}
    shown, [listed] = (await author.get(f"/{document}")).json(), (await author.get()).json()["items"]
    assert counts.items() <= shown.items()
    assert counts.items() <= listed.items()
    sentences = (await author.get(f"/{document}/sentences")).json()["items"]
    assert [(one["is_read"], one["is_read_by_me"]) for one in sentences] == [
        (True, True),
        (False, False),
        (False, False),
        (True, False),
    ]
    first = (await author.get(f"/{document}/readers", limit=1)).json()
    rest = (await author.get(f"/{document}/readers", limit=1, cursor=first["next_cursor"])).json()
    readers = {one["id"]: (one["sentence_count"], one["recital_count"]) for one in first["items"] + rest["items"]}
    assert readers == {str(author.id): (1, 2), str(other.id): (1, 1)}


async def test_names_of_readers(author: Author, other: Author, admin: Author) -> None:
    """Who does not read aloud learns none; a name that holds an address is told to nobody."""
    document = await author.put(*SENTENCES, is_public=True)
    for reader, name in ((other, "Ada"), (admin, "me@example.com")):
        await reader.read(document, SENTENCES)
        async with author.units.begin() as work:
            await work.session.execute(update(User).where(User.id == reader.id).values(name=name))
    for viewer, names in ((author, {None}), (admin, {"Ada", None})):
        readers = (await viewer.get(f"/{document}/readers")).json()["items"]
        assert {reader["name"] for reader in readers} == names


async def test_suggestions(author: Author, other: Author) -> None:
    """First what nobody has read to its end, then what oneself hasn't; in the end there is nothing left."""
    begun = await other.put(*SENTENCES, is_public=True)
    read = await other.put("One.", "Two.", is_public=True)
    await other.read(read, ["One.", "Two."])
    await other.read(begun, SENTENCES[:3])
    assert {(await author.get("/suggestion")).json()["id"] for _ in range(5)} == {begun}
    await author.read(begun, SENTENCES)
    assert (await author.get("/suggestion", language="en")).json()["id"] == read
    assert (await author.get("/suggestion", language="de")).status_code == 404
    assert (await other.get("/suggestion")).json()["id"] == begun
    await author.read(read, ["One.", "Two."])
    assert (await author.get("/suggestion")).json()["code"] == "nothing_to_suggest"


async def test_same_request_twice_makes_one_document(author: Author, http: httpx.AsyncClient) -> None:
    """By their key, a text and a file are added once."""
    keyed = author.headers | {"Idempotency-Key": "a key"}
    file = keyed | {"Idempotency-Key": "another", "Content-Type": "text/plain"}
    for _ in range(2):
        assert (await http.post("/documents", json={"text": TEXT, "language": "en"}, headers=keyed)).status_code == 201
        assert (await http.post("/documents/file?language=en", content=b"One.", headers=file)).status_code == 201
    assert len(await author.titles()) == 2
    for content, content_type in ((b"Two.", "text/plain"), (b"One.", "text/markdown")):
        headers = file | {"Content-Type": content_type}
        reused = await http.post("/documents/file?language=en", content=content, headers=headers)
        assert reused.json()["code"] == "idempotency_key_reused"


def test_tables_of_recitals_are_as_named() -> None:
    """What documents know of the tables above them is so."""
    for named in (RECITALS, SEGMENTS):
        assert set(named.c.keys()) <= set(Base.metadata.tables[named.name].c.keys())
