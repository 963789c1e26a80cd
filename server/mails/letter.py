"""What one mail says, before it is a text for programs or a page."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from server.mails.models import MailKind
from server.mails.wording import Phrases, Wording

MOST_IN_LINE = 200
"""Characters of a title or a name: what is longer helps nobody to know it by."""
UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""What turns the direction of all that follows, and could make a name pass for another: UAX #9, 2."""
ENCODED = "=?"
"""Begins a word that mail programs decode before they show it: RFC 2047, 2."""


@dataclass(frozen=True, slots=True)
class Body:
    """A text of somebody's own: its paragraphs, its language as a BCP-47 tag, and how it is read.

    `is_cut` says that there is more of it.
    """

    paragraphs: Sequence[str]
    language: str | None = None
    is_rtl: bool = False
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """What one mail says, and in which words.

    Attributes:
        wording: the reader's language.
        kind: which phrases of it are said.
        facts: what stands in their gaps; it comes from people, and is one line.
        url: where the link leads; without there is none.
        more: said after the lead.
        body: the text that it brings.
    """

    wording: Wording
    kind: MailKind
    facts: dict[str, str]
    url: str | None = None
    more: str | None = None
    body: Body | None = None

    @property
    def phrases(self) -> Phrases:
        """What is said."""
        return self.wording.phrases[self.kind]

    @property
    def subject(self) -> str:
        """The subject, in one line."""
        return self._filled(self.phrases.subject)

    @property
    def lead(self) -> str:
        """What has happened."""
        return self._filled(self.phrases.lead)

    @property
    def after(self) -> str | None:
        """What is to be known of the text that it brings."""
        return self.wording.cut if self.body is not None and self.body.is_cut else None

    def _filled(self, phrase: str) -> str:
        return phrase.format_map({name: in_one_line(fact) for name, fact in self.facts.items()})


def in_one_line(text: str) -> str:
    """Return a text of others as it may stand in a header: one line, without what can't be seen or turns the rest.

    Nor can it hide any of that in a code.
    """
    seen = "".join(
        " " if unicodedata.category(letter) in UNSEEN else letter
        for letter in text
        if unicodedata.bidirectional(letter) not in TURNING
    )
    joined = " ".join(seen.split()).replace(ENCODED, " ".join(ENCODED))
    return joined if len(joined) <= MOST_IN_LINE else f"{joined[: MOST_IN_LINE - 1]}…"
