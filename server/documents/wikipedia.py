"""Articles of Wikipedia, in whichever language."""

import re
from dataclasses import dataclass
from typing import Literal, Self
from urllib.parse import parse_qs, quote, unquote, urlsplit

import httpx
from pydantic import BaseModel, Field, ValidationError

from server.documents.problems import NoSuchArticle, NotAnArticle, WikipediaUnreachable
from server.outbound.fetching import NotFetched, fetch

HOST = re.compile(r"(?P<edition>(?!www\b)[a-z][a-z0-9-]{1,19})(?:\.m)?\.wikipedia\.org")
TITLE = re.compile(r"[^\x00-\x1f\x7f#<>\[\]|{}]{1,255}")
"""https://www.mediawiki.org/wiki/Manual:$wgLegalTitleChars"""
QUERY = {
    "action": "query",
    "format": "json",
    "formatversion": "2",
    "redirects": "1",
    "prop": "extracts|info|pageprops",
    "ppprop": "disambiguation",
}
"""The text without tables, notes and the like: https://www.mediawiki.org/wiki/Extension:TextExtracts"""
LARGEST = 10 * 1024**2
ARTICLES = 0
"""The namespace of articles: https://www.mediawiki.org/wiki/Help:Namespaces"""


@dataclass(frozen=True, slots=True)
class Name:
    """What an article is called, and in which edition."""

    edition: str
    title: str

    @classmethod
    def of(cls, url: str) -> Self:
        """Read the address of an article, as browsers show it on computers and phones.

        Raises:
            NotAnArticle: it is another one.
        """
        try:
            address = urlsplit(url.strip())
            port = address.port
        except ValueError:
            raise NotAnArticle from None
        host = HOST.fullmatch(address.hostname or "")
        title = _title(address.path, address.query)
        is_plain = address.scheme in {"http", "https"} and port is None and "@" not in address.netloc
        if not (is_plain and host and TITLE.fullmatch(title)):
            raise NotAnArticle
        return cls(host["edition"], title)


@dataclass(frozen=True, slots=True)
class Article:
    """An article as HTML, with the language that it is in and the address that people know it by."""

    title: str
    language: str | None
    url: str
    html: str


class _Page(BaseModel):
    title: str
    ns: int = ARTICLES
    extract: str = ""
    pagelanguage: str | None = Field(None, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")
    pageprops: dict[str, str] = Field(default_factory=dict)

    @property
    def is_prose(self) -> bool:
        """Whether it is there, and no list of what a word may mean."""
        return bool(self.extract.strip()) and self.ns == ARTICLES and "disambiguation" not in self.pageprops


class _Query(BaseModel):
    pages: list[_Page] = Field(default_factory=list, max_length=1)
    """None for a title that is of another wiki, as `de:Berlin`."""


class _Answer(BaseModel):
    query: _Query
    batchcomplete: Literal[True] = True


async def fetch_article(client: httpx.AsyncClient, wikipedia_url: str, name: Name) -> Article:
    """Fetch an article; redirects between titles are followed by Wikipedia itself.

    Args:
        client: one that is safe for addresses that people name.
        wikipedia_url: where editions are, `{edition}` standing for the one.
        name: which article.

    Raises:
        NoSuchArticle: there is none, or it is no prose.
        WikipediaUnreachable: there is no answer, or none that is understood.
    """
    base = wikipedia_url.replace("{edition}", name.edition)
    try:
        content = await fetch(client, f"{base}/w/api.php", QUERY | {"titles": name.title}, most=LARGEST)
        pages = _Answer.model_validate_json(content).query.pages
    except (NotFetched, ValidationError) as error:
        raise WikipediaUnreachable from error
    page = next((page for page in pages if page.is_prose), None)
    if page is None:
        raise NoSuchArticle(name.title)
    url = f"https://{name.edition}.wikipedia.org/wiki/{quote(page.title.replace(' ', '_'))}"
    return Article(page.title, page.pagelanguage, url, page.extract)


def _title(path: str, query: str) -> str:
    named = path.removeprefix("/wiki/") if path.startswith("/wiki/") else None
    if named is None and path in {"/w/index.php", "/index.php"}:
        return _spaced(parse_qs(query).get("title", [""])[0])
    return _spaced(unquote(named)) if named else ""


def _spaced(title: str) -> str:
    return title.replace("_", " ").strip()
