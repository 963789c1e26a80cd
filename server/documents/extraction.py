"""The paragraphs of a text, whichever way it is written."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from selectolax.lexbor import LexborHTMLParser, LexborNode

from server.documents.characters import break_lines, without_controls
from server.documents.kinds import Form

MARKDOWN = MarkdownIt("commonmark").enable("table")
FRONT_MATTER = re.compile(r"\A---\n.*?\n(---|\.\.\.)\n", re.DOTALL)
EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")

UNREAD = (
    "head,script,style,template,noscript,nav,footer,aside,form,button,select,textarea,iframe,object,svg,math,canvas,"
    "audio,video,sup.reference,.mw-editsection,[hidden],[aria-hidden=true]"
)
"""What a page shows beside its text, or not at all."""
BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""Elements that begin a paragraph: https://html.spec.whatwg.org/multipage/rendering.html#flow-content-3"""


@dataclass(frozen=True, slots=True)
class Extract:
    """Paragraphs, not tidied yet, with the title and language that the text itself names."""

    paragraphs: Iterator[str]
    title: str | None = None
    language: str | None = None


def extract(text: str, form: Form) -> Extract:
    """Read a text.

    Raises:
        NoText: plain text or Markdown has control characters.
    """
    return READERS[form](text)


def _plain(text: str) -> Extract:
    paragraphs = EMPTY_LINE.split(break_lines(text))
    return Extract(paragraph.replace("\n", " ") for paragraph in paragraphs)


def _markdown(text: str) -> Extract:
    tokens = MARKDOWN.parse(FRONT_MATTER.sub("", break_lines(text)))
    headings = (inline for opening, inline in pairwise(tokens) if opening.tag == "h1")
    title = next((_words(inline) for inline in headings), None)
    return Extract((_words(token) for token in tokens if token.type == "inline"), title)


def _words(inline: Token) -> str:
    return "".join(_word(token) for token in inline.children or ())


def _word(token: Token) -> str:
    if token.type in {"text", "text_special", "code_inline"}:
        return token.content
    return {"softbreak": " ", "hardbreak": "\n"}.get(token.type, "")


def _html(text: str) -> Extract:
    page = LexborHTMLParser(text)
    title = page.css_first("title") or page.css_first("h1")
    described = Extract(
        iter(()),
        without_controls(title.text()) if title else None,
        page.root.attributes.get("lang") if page.root else None,
    )
    for node in page.css(UNREAD):
        node.decompose()
    text_of = page.css_first("main") or page.body
    return replace(described, paragraphs=_paragraphs(text_of)) if text_of else described


def _article(text: str) -> Extract:
    page = LexborHTMLParser(text)
    for node in page.css(UNREAD):
        node.decompose()
    return Extract(found for paragraph in page.css("p") for found in _paragraphs(paragraph))


def _paragraphs(inside: LexborNode) -> Iterator[str]:
    """Yield what stands in one block without another block in between; a `<br>` is a line feed."""
    block, words = 0, list[str]()
    for node in inside.traverse(include_text=True):
        if node.is_text_node:
            around = _block_of(node)
            if around != block and words:
                yield "".join(words)
                words.clear()
            block = around
            words.append(without_controls(node.text_content or ""))
        elif node.tag == "br":
            words.append("\n")
        elif node.tag in BLOCKS:
            block = 0
    yield "".join(words)


def _block_of(node: LexborNode) -> int:
    around = node.parent
    while around is not None and around.tag not in BLOCKS:
        around = around.parent
    return around.mem_id if around else 0


READERS: dict[Form, Callable[[str], Extract]] = {
    Form.TEXT: _plain,
    Form.MARKDOWN: _markdown,
    Form.HTML: _html,
    Form.ARTICLE: _article,
}
