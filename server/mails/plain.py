"""Letters as plain text."""

from collections.abc import Iterator

from server.mails.letter import Letter


def write_plain(letter: Letter, account_url: str) -> str:
    """Write paragraphs with blank lines between them; the last line is where mail is turned off."""
    return "\n\n".join(_parts(letter, account_url)) + "\n"


def _parts(letter: Letter, account_url: str) -> Iterator[str]:
    yield letter.lead
    if letter.more:
        yield letter.more
    if letter.body is not None:
        yield from letter.body.paragraphs
    if letter.after:
        yield letter.after
    if letter.url:
        yield f"{letter.phrases.link}:\n{letter.url}"
    yield f"-- \n{letter.phrases.why}\n{account_url}"  # the mark of what is no part of the message: RFC 3676, 4.3
