"""Letters as pages: quiet, with nothing in them that is fetched from anywhere."""

from collections.abc import Iterator
from html import escape

from server.mails.letter import Body, Letter

FRAME = "margin:0 auto;max-width:38em;padding:24px 16px;font:16px/1.6 system-ui,sans-serif;color:#1f2328"
QUOTED = "margin:24px 0;padding:0 16px;border-inline-start:3px solid #d0d7de"
BUTTON = "display:inline-block;padding:8px 16px;border:1px solid #1f2328;border-radius:6px;color:#1f2328"
SMALL = "margin-top:32px;padding-top:16px;border-top:1px solid #d0d7de;font-size:13px;color:#59636e"


def write_page(letter: Letter, account_url: str) -> str:
    """Write an HTML document in the reader's language and direction; the text in it has its own."""
    head = f'<meta charset="utf-8"><title>{escape(letter.subject)}</title>'
    body = "\n".join(_parts(letter, account_url))
    whole = f'<html lang="{letter.wording.tag}" dir="{_direction(is_rtl=letter.wording.is_rtl)}">'
    # Some mail programs drop what is around the body, so it says its direction itself.
    frame = f'<div dir="{_direction(is_rtl=letter.wording.is_rtl)}" style="{FRAME}">'
    return f"<!doctype html>\n{whole}<head>{head}</head><body>{frame}\n{body}\n</div></body></html>\n"


def room(text: str) -> int:
    """Return how many bytes a text of somebody's own takes on a page."""
    return len(escape(text, quote=False).encode())


def _parts(letter: Letter, account_url: str) -> Iterator[str]:
    yield f"<p>{escape(letter.lead)}</p>"
    if letter.more:
        yield f"<p>{escape(letter.more)}</p>"
    if letter.body is not None:
        yield from _quoted(letter.body)
    if letter.after:
        yield f"<p>{escape(letter.after)}</p>"
    if letter.url:
        yield f'<p><a href="{escape(letter.url)}" style="{BUTTON}">{escape(letter.phrases.link)}</a></p>'
    link = f'<a href="{escape(account_url)}" style="color:inherit">{escape(account_url)}</a>'
    yield f'<p style="{SMALL}">{escape(letter.phrases.why)} {link}</p>'


def _quoted(body: Body) -> Iterator[str]:
    language = f' lang="{escape(body.language)}"' if body.language else ""
    yield f'<div{language} dir="{_direction(is_rtl=body.is_rtl)}" style="{QUOTED}">'
    for paragraph in body.paragraphs:
        yield f"<p>{escape(paragraph, quote=False)}</p>"
    yield "</div>"


def _direction(*, is_rtl: bool) -> str:
    return "rtl" if is_rtl else "ltr"
