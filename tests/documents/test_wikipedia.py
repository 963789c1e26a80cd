"""Articles of Wikipedia, of a server that stands for it."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI

from server.configuration.services import Outbound
from server.documents.problems import NotAnArticle
from server.documents.wikipedia import Name
from server.outbound.client import open_outbound
from tests.documents.conftest import Author
from tests.outbound.serving import Answer, Site, serving
from tests.swapping import instead

ADDRESS = "https://he.wikipedia.org/wiki/%D7%A9%D7%9C%D7%95%D7%9D"
PAGE = {
    "pageid": 1,
    "ns": 0,
    "title": "שלום עליכם",
    "pagelanguage": "he",
    "extract": "<p><b>שלום</b> הוא ברכה. גם שם.</p><h2>ראו גם</h2><ul><li>ברכה</li></ul>",
}


@dataclass
class Wikipedia:
    """What it answers, and what it was asked."""

    answer: Answer = (500, {}, b"")
    site: Site = field(default_factory=lambda: Site(0))

    def says(self, page: dict[str, Any]) -> None:
        """Have it answer with a page."""
        self.answer = (200, {}, json.dumps({"batchcomplete": True, "query": {"pages": [page]}}).encode())

    def asked(self) -> tuple[str, dict[str, list[str]]]:
        """Return the path and the parameters of the last request."""
        target = urlsplit(self.site.requests[-1].split(" ", 2)[1])
        return target.path, parse_qs(target.query)


@pytest.fixture
async def wikipedia(running_app: FastAPI) -> AsyncIterator[Wikipedia]:
    """A server in the place of Wikipedia."""
    standing = Wikipedia()
    async with (
        serving(lambda _: standing.answer) as site,
        open_outbound(Outbound(allowed_hosts=["127.0.0.1"]), "https://lectern.example") as client,
    ):
        standing.site = site
        desk = replace(running_app.state.desk, outbound=client, wikipedia_url=site.url() + "/{edition}")
        with instead(running_app, desk=desk):
            yield standing


@pytest.mark.parametrize(
    ("url", "edition", "title"),
    [
        ("https://en.wikipedia.org/wiki/Ada_Lovelace", "en", "Ada Lovelace"),
        ("http://en.m.wikipedia.org/wiki/Ada_Lovelace#Life", "en", "Ada Lovelace"),
        (ADDRESS, "he", "שלום"),
        ("https://yi.wikipedia.org/wiki/ייִדיש", "yi", "ייִדיש"),
        ("https://zh-yue.wikipedia.org/w/index.php?title=A%26B&oldid=3", "zh-yue", "A&B"),
        ("https://simple.wikipedia.org/wiki/AC/DC?action=raw", "simple", "AC/DC"),
    ],
)
def test_addresses_of_articles(url: str, edition: str, title: str) -> None:
    """As browsers show them, on computers and phones, in every language."""
    assert Name.of(url) == Name(edition, title)


@pytest.mark.parametrize(
    "url",
    [
        "https://en.wikipedia.org/",
        "https://www.wikipedia.org/wiki/A",
        "https://wikipedia.org/wiki/A",
        "https://en.wikipedia.org.evil.example/wiki/A",
        "https://evil.example/wiki/A?x=en.wikipedia.org",
        "https://en.wikipedia.org:8443/wiki/A",
        "https://en.wikipedia.org@169.254.169.254/wiki/A",
        "https://me@en.wikipedia.org/wiki/A",
        "https://169.254.169.254/wiki/A",
        "file:///wiki/A",
        "https://en.wikipedia.org/wiki/A%7CB",
        "https://en.wikipedia.org/wiki/A%00B",
        "https://en.wikipedia.org/w/index.php?oldid=1",
        "https://[::1/wiki/A",
        "https://en.wikipedia.org:x/wiki/A",
    ],
)
def test_addresses_of_none(url: str) -> None:
    """Nothing else is fetched, whatever it looks like."""
    with pytest.raises(NotAnArticle):
        Name.of(url)


async def test_article_becomes_a_document(author: Author, wikipedia: Wikipedia) -> None:
    """Its prose, under the title and in the language that Wikipedia tells, with the address that people know."""
    wikipedia.says(PAGE)
    document = (await author.add(url=ADDRESS)).json()
    told = {name: document[name] for name in ("title", "language", "origin", "sentence_count")}
    assert told == {"title": "שלום עליכם", "language": "he", "origin": "wikipedia", "sentence_count": 2}
    assert document["source_url"].startswith("https://he.wikipedia.org/wiki/%D7%A9%D7%9C%D7%95%D7%9D_")
    assert await author.texts(document["id"]) == ["שלום הוא ברכה.", "גם שם."]
    path, asked = wikipedia.asked()
    assert path == "/he/w/api.php"
    assert (asked["titles"], asked["redirects"]) == (["שלום"], ["1"])


@pytest.mark.parametrize(
    "page",
    [
        {"ns": 0, "title": "A", "missing": True},
        {"ns": 0, "title": "A", "extract": ""},
        {"ns": -1, "title": "Special:A", "special": True},
        PAGE | {"pageprops": {"disambiguation": ""}},
    ],
)
async def test_no_such_article(author: Author, wikipedia: Wikipedia, page: dict[str, Any]) -> None:
    """One that isn't there, or is no prose, is told apart from a Wikipedia that doesn't answer."""
    wikipedia.says(page)
    answer = await author.add(url=ADDRESS)
    assert (answer.status_code, answer.json()["code"]) == (422, "no_such_article")


async def test_title_of_another_wiki(author: Author, wikipedia: Wikipedia) -> None:
    """Wikipedia names no page for it then."""
    answer = {"batchcomplete": True, "query": {"interwiki": [{"title": "de:A", "iw": "de"}]}}
    wikipedia.answer = (200, {}, json.dumps(answer).encode())
    assert (await author.add(url=ADDRESS)).json()["code"] == "no_such_article"


async def test_answer_is_kept(author: Author, http: httpx.AsyncClient, wikipedia: Wikipedia) -> None:
    """The same request again is answered the same, though Wikipedia can't be reached any more."""
    wikipedia.says(PAGE)
    keyed = author.headers | {"Idempotency-Key": "a key"}
    made = await http.post("/documents", json={"url": ADDRESS}, headers=keyed)
    wikipedia.answer = (403, {}, b"")
    again = await http.post("/documents", json={"url": ADDRESS}, headers=keyed)
    assert (again.status_code, again.json()) == (201, made.json())


@pytest.mark.parametrize("answer", [(403, {}, b""), (200, {}, b'{"error": {"code": "x"}}'), (200, {}, b"<html>")])
async def test_wikipedia_does_not_answer(author: Author, wikipedia: Wikipedia, answer: Answer) -> None:
    """What to do then is told; a redirect would have been followed nowhere."""
    wikipedia.answer = answer
    refused = await author.add(url=ADDRESS)
    assert (refused.status_code, refused.json()["code"]) == (503, "wikipedia_unreachable")
    assert "send it as text" in refused.json()["detail"]
    assert refused.headers["Retry-After"]


async def test_without_a_network(author: Author, running_app: FastAPI, wikipedia: Wikipedia) -> None:
    """Addresses that lead into our own network, and hosts that nobody answers for, are unreachable alike."""
    for url in (wikipedia.site.url("127.0.0.2"), "https://localhost", "https://169.254.169.254"):
        with instead(running_app, desk=replace(running_app.state.desk, wikipedia_url=url)):
            refused = await author.add(url=ADDRESS)
        assert (refused.status_code, refused.json()["code"]) == (503, "wikipedia_unreachable")
    assert wikipedia.site.requests == []


async def test_either_text_or_address(author: Author, http: httpx.AsyncClient) -> None:
    """Exactly one of them."""
    for wish in ({}, {"text": "A text.", "url": ADDRESS}):
        assert (await http.post("/documents", json=wish, headers=author.headers)).status_code == 422
