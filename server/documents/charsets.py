"""Bytes of a text file into characters."""

import codecs
import re

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
LOOKED_AT = 1024
"""Bytes in which a page has to say it: https://html.spec.whatwg.org/multipage/semantics.html#charset"""
AS_ON_THE_WEB = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "x-sjis": "shift_jis",
}
"""Labels that mean something else than Python thinks: https://encoding.spec.whatwg.org/#names-and-labels"""


class UnknownCharset(Exception):  # noqa: N818 - what it is in
    """The bytes are not in the charset that is said of them."""

    def __init__(self, charset: str) -> None:
        super().__init__(charset)
        self.charset = charset


def decode(content: bytes, charset: str | None, *, is_html: bool) -> str:
    """Read bytes by their byte order mark, by what was said of them, by what the page says, or as UTF-8.

    Raises:
        UnknownCharset: they are something else.
    """
    name = _marked(content) or charset or (_declared(content) if is_html else None) or "utf-8"
    try:
        return content.decode(AS_ON_THE_WEB.get(name.lower(), name))
    except (LookupError, ValueError):
        raise UnknownCharset(name) from None


def _marked(content: bytes) -> str | None:
    return next((name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)


def _declared(content: bytes) -> str | None:
    found = DECLARED.search(content[:LOOKED_AT])
    if found is None:
        return None
    # What says so in single bytes is no UTF-16: https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
    return "utf-8" if found[1].lower().startswith(b"utf-16") else found[1].decode()
