"""How people's names, addresses and roles are written by clients."""

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from server.users.kinds import Role


def one_line(text: str) -> str:
    """Return a text in Unicode's composed form.

    Raises:
        ValueError: it has control characters, NUL for one, or breaks the line.
    """
    if any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in text):
        raise ValueError("one line of text without control characters")
    return unicodedata.normalize("NFC", text)


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(one_line)]


def unmistakable(address: str) -> str:
    """Return an e-mail address that no other turns into when it is written in lower case or composed.

    Raises:
        ValueError: it would pass for another: the Kelvin sign is a `k` then, and a capital I with a dot an `i`.
    """
    if unicodedata.normalize("NFKC", address) != address or len(address.lower()) != len(address):
        raise ValueError("an address without letters that stand for others")
    return address


Email = Annotated[
    str,
    Field(
        max_length=254,  # RFC 5321, 4.5.3.1.3, without the brackets
        pattern=r"^[^\s\x00-\x1f\x7f@/]{1,64}@[^\s\x00-\x1f\x7f@/]+$",
        description="Its case doesn't matter.",
        examples=["ada@example.com"],
    ),
    AfterValidator(unmistakable),
]
"""What could be an address; whether it is one, the sign-in provider vouches for."""

Language = Annotated[str, Field(max_length=35, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")]
"""BCP 47."""

GivenRole = Literal[Role.SPEAKER, Role.ADMIN]
