"""Mails as programs and people read them."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest

from server.mails.addresses import Unaddressable, spellings
from server.mails.letter import Body, Letter, in_one_line
from server.mails.message import MAIL_HEADER, Envelope, write_message
from server.mails.models import MailKind
from server.mails.wording import ENGLISH, HEBREW, YIDDISH, wording_for

ACCOUNT = "https://lectern.test/account"
MAIL = UUID(int=7)
EVIL = "Minutes\r\nBcc: all@example.com\r\n\r\n<script>alert(1)</script>\u2028\u202egnp.exe"


def envelope(**changed: Any) -> Envelope:
    """A reader, and whom it is from."""
    known: dict[str, Any] = {"name": "Ada", "address": "ada@example.com", "reply_to": None} | changed
    return Envelope(mail_id=MAIL, sender="Lectern <mail@lectern.test>", account_url=ACCOUNT, **known)


def letter(kind: MailKind = MailKind.TEXT, **changed: Any) -> Letter:
    """A letter that brings a text."""
    told: dict[str, Any] = {
        "facts": {"title": "Morning", "until": "2027", "version": "1", "at": "2026", "role": "A speaker"},
        "url": "https://lectern.test/results/1?a=1&b=2",
        "body": Body(["Good morning.", "1 < 2 & 3"], "en"),
        "wording": ENGLISH,
    }
    return Letter(kind=kind, **told | changed)


def read(written: bytes) -> EmailMessage:
    """Read a message as a mail program does."""
    message = message_from_bytes(written, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, kind: str) -> str:
    """Return a message's content as plain text or as a page."""
    found = message.get_body((kind,))
    assert found is not None
    content: str = found.get_content()
    return content


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text.append(data)


def test_text_and_page_say_the_same() -> None:
    """Both parts bring the text, the link and where mail is turned off; headers tell programs what it is."""
    message = read(write_message(letter(), envelope(reply_to="help@lectern.test")))
    plain, page = part(message, "plain"), Elements(part(message, "html"))
    shown = "".join(page.text)
    for said in ("Morning", "Good morning.", "1 < 2 & 3", ACCOUNT):
        assert said in plain
        assert said in shown
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    assert links == ["https://lectern.test/results/1?a=1&b=2", ACCOUNT]
    assert all(link in plain for link in links if link)
    assert message[MAIL_HEADER] == str(MAIL)
    assert message["List-Unsubscribe"] == f"<{ACCOUNT}>"
    assert (message["From"], message["To"]) == ("Lectern <mail@lectern.test>", "Ada <ada@example.com>")
    assert (message["Reply-To"], message["Auto-Submitted"]) == ("help@lectern.test", "auto-generated")


def test_title_and_name_can_add_nothing() -> None:
    """Line ends, control characters and markup of others stay within the line and the paragraph where they stand."""
    written = write_message(letter(facts={"title": EVIL}), envelope(name=f"{EVIL}, eve@example.com"))
    message = read(written)
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["ada@example.com"]
    assert message["Subject"] == "The text of “Minutes Bcc: all@example.com <script>alert(1)</script> gnp.exe”"
    assert sorted(set(message.keys())) == sorted(set(read(write_message(letter(), envelope())).keys()))
    tags = {tag for tag, _ in Elements(part(message, "html")).elements}
    assert tags == {"html", "head", "meta", "title", "body", "div", "p", "a"}
    assert written.isascii()


def test_nothing_is_fetched_from_elsewhere() -> None:
    """A page that loads something tells when it was opened, and where."""
    for _, attributes in Elements(part(read(write_message(letter(), envelope())), "html")).elements:
        assert not {"src", "srcset", "background"} & set(attributes)
        assert "url(" not in (attributes.get("style") or "")


@pytest.mark.parametrize("wording", [ENGLISH, HEBREW, YIDDISH], ids=lambda wording: wording.tag)
@pytest.mark.parametrize("kind", MailKind)
def test_every_mail_is_said_in_every_language(kind: MailKind, wording: Any) -> None:
    """Nothing is left to be filled in, and the page is read as its language is."""
    message = read(write_message(letter(kind, wording=wording, more=wording.ahead), envelope()))
    plain, page = part(message, "plain"), part(message, "html")
    assert "{" not in message["Subject"] + plain
    frame = Elements(page).elements[0]
    assert frame == ("html", {"lang": wording.tag, "dir": "rtl" if wording.is_rtl else "ltr"})
    assert message["Content-Language"] == wording.tag


def test_text_has_a_direction_of_its_own() -> None:
    """A Hebrew text in an English mail is read from right to left, and the mail around it is not."""
    body = Body(["בוקר טוב"], "he", is_rtl=True, is_cut=True)
    page = Elements(part(read(write_message(letter(body=body), envelope())), "html"))
    directions = [attributes["dir"] for _, attributes in page.elements if "dir" in attributes]
    assert directions == ["ltr", "ltr", "rtl"]
    assert "בוקר טוב" in page.text
    assert ENGLISH.cut in page.text


def test_language_is_known_by_its_tag() -> None:
    """Regions, cases and older forms of a tag don't matter; who has another language reads English."""
    tags = {"he-IL": HEBREW, "IW": HEBREW, "yi": YIDDISH, "en-GB": ENGLISH, "fr": ENGLISH, None: ENGLISH}
    assert {tag: wording_for(tag).tag for tag in tags} == {tag: wording.tag for tag, wording in tags.items()}


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("o'hara+lectern@example.com", "o'hara+lectern@example.com"),
        ("ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
        ("ada@straße.example", None),  # IDNA 2003 would make it the domain of somebody else
        ("a,b@example.com", None),
        ("ada@example.com,eve.example", None),
        ("ada..l@example.com", None),
        ("אדה@example.com", None),
        (f"ada@{'x' * 64}.example", None),
    ],
)
def test_addresses_are_written_as_servers_take_them(address: str, written: str | None) -> None:
    """Domains of other scripts have a form for that; what stands before the @ has to be plain."""
    if written is None:
        with pytest.raises(Unaddressable):
            write_message(letter(), envelope(address=address))
    else:
        assert envelope(address=address).recipient.addr_spec == written
        assert written in str(read(write_message(letter(), envelope(address=address)))["To"])


def test_reader_is_known_by_what_came_back() -> None:
    """A mail server speaks of the form that it was sent; people may have written the domain in their own letters."""
    assert spellings("ada@xn--bcher-kva.example") == {"ada@xn--bcher-kva.example", "ada@bücher.example"}
    assert spellings("Ada+1@example.com") == {"Ada+1@example.com"}
    assert spellings("ada@xn--") == {"ada@xn--"}


@pytest.mark.parametrize("hidden", ["=?utf-8?q?=0ABcc:eve@example.com?=", "=?utf-8?b?QmNjOiBlQHguaWw=?="])
def test_nothing_is_decoded_that_others_wrote(hidden: str) -> None:
    """A title or a name in the code of headers is shown as it is: what it hides is no header, and no address."""
    message = read(write_message(letter(facts={"title": hidden}), envelope(name=hidden)))
    assert [address.addr_spec for address in message["To"].addresses] == ["ada@example.com"]
    assert "utf-8?" in message["Subject"]


def test_long_titles_are_cut() -> None:
    """A title may be three hundred characters, which nobody wants for a subject."""
    assert in_one_line("x" * 300) == "x" * 199 + "…"
