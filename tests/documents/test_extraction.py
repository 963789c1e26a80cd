"""Texts, whichever way they are written."""

import pytest

from server.documents.characters import tidy
from server.documents.charsets import UnknownCharset, decode
from server.documents.extraction import extract
from server.documents.kinds import Form

PAGE = """<!doctype html><html lang="he-IL"><head><title>A &amp; B</title><style>p{}</style></head><body>
<nav><a href="/">Home</a></nav><header><h1>Heading</h1></header>loose<p>One <b>bold</b>
word<script>alert(1)</script>.<br>Next line</p>tail<ul><li>first<li>second</ul><div hidden>unseen</div>
<div>&lt;script&gt;alert(2)&lt;/script&gt;<p></p>after</div><footer>Imprint</footer><svg><text>drawn</text></svg></body>"""
SHOWN = [
    "Heading",
    "loose",
    "One bold word.\nNext line",
    "tail",
    "first",
    "second",
    "<script>alert(2)</script>",
    "after",
]
MARKDOWN = """---
title: kept out
---
# Head *line*

One
line with [a link](https://example.org), `code` and ![a picture](x.png) &amp; \\*signs\\*.\\
Next line

- first
- second

> quoted

| a | b |
|---|---|
| 1 | 2 |

<script>alert(1)</script>

```
program
```
"""
ARTICLE = """<p class="mw-empty-elt">\n</p><p><b>Ada</b> wrote<sup class="reference">[1]</sup> this.</p>
<h2><span id="Life">Life</span></h2><p>She lived.</p><ul><li>A list</li></ul><blockquote><p>Quoted.</p></blockquote>"""


def paragraphs(text: str, form: Form) -> list[str]:
    """Read a text."""
    return [tidied for paragraph in extract(text, form).paragraphs if (tidied := tidy(paragraph))]


def test_page() -> None:
    """What a reader of the page would read, block by block; what is text there stays text and is no element."""
    extracted = extract(PAGE, Form.HTML)
    assert (extracted.title, extracted.language) == ("A & B", "he-IL")
    assert paragraphs(PAGE, Form.HTML) == SHOWN
    assert paragraphs("<nav>Menu</nav>Around<main>In it</main>", Form.HTML) == ["In it"]


def test_control_characters_in_a_page() -> None:
    """What breaks lines parts words, as in a browser; other control characters are nothing."""
    page = "<title>a\fb</title><p>one\ftwo&#13;three\rfo\x07ur\nfive"
    assert extract(page, Form.HTML).title == "a b"
    assert paragraphs(page, Form.HTML) == ["one two three four five"]


def test_markdown() -> None:
    """The words without the signs, without programs, pictures and what stands before the text."""
    assert extract(MARKDOWN, Form.MARKDOWN).title == "Head line"
    assert paragraphs(MARKDOWN, Form.MARKDOWN) == [
        "Head line",
        "One line with a link, code and & *signs*.\nNext line",
        "first",
        "second",
        "quoted",
        *"ab12",
    ]


def test_plain_text() -> None:
    """Empty lines part paragraphs; within them a line's end is a blank."""
    assert paragraphs("one\ntwo\r\n \t\r\nthree\n\n\n<b>four</b>", Form.TEXT) == ["one two", "three", "<b>four</b>"]


def test_article() -> None:
    """The prose alone: no headings, lists and notes."""
    assert paragraphs(ARTICLE, Form.ARTICLE) == ["Ada wrote this.", "She lived.", "Quoted."]


@pytest.mark.parametrize(
    ("content", "charset", "is_html"),
    [
        ("é א".encode(), None, False),
        ("é א".encode("utf-8-sig"), "cp1255", False),
        ("é א".encode("utf-16"), None, False),
        (b"\xfe\xff" + "é א".encode("utf-16-be"), None, True),
        ("é".encode("latin-1"), "iso-8859-1", False),
        ("א".encode("cp1255"), "windows-1255", True),
        ("<meta charset='windows-1255'>א".encode("cp1255"), None, True),
        ("<meta charset='utf-16'>_א".encode(), None, True),
        ('<meta http-equiv=x content="text/html; charset=iso-8859-8-i">א'.encode("iso-8859-8"), None, True),
    ],
)
def test_charsets(content: bytes, charset: str | None, is_html: bool) -> None:  # noqa: FBT001 - a parameter of the case
    """The byte order mark counts most, then what was said, then what the page says, then UTF-8."""
    assert decode(content, charset, is_html=is_html)[-1] in {"é", "א"}


@pytest.mark.parametrize(
    ("content", "charset"), [(b"\xe9", None), (b"\xe9", "utf-8"), (b"a", "klingon"), (b"a", "base64"), (b"a", "hex")]
)
def test_charsets_that_it_is_not_in(content: bytes, charset: str | None) -> None:
    """What can't be read is told, rather than guessed."""
    with pytest.raises(UnknownCharset):
        decode(content, charset, is_html=False)
