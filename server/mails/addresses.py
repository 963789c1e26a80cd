"""Addresses as mail servers know them, and as people do."""

import re

USERNAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
"""What stands before the `@` of an address that needs no quotes: RFC 5322, 3.2.3. SES takes no other letters."""
DOMAIN = re.compile(r"[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*")


class Unaddressable(ValueError):  # noqa: N818 - it says how it is
    """Mail can't be sent to an address of this form."""


def split(address: str) -> tuple[str, str]:
    """Return what stands before and after the `@`, both in letters that every mail server takes.

    Raises:
        Unaddressable: there is no such form of it.
    """
    username, _, domain = address.rpartition("@")
    try:
        written = domain if domain.isascii() else _written(domain)
    except UnicodeError:
        raise Unaddressable(address) from None
    if not USERNAME.fullmatch(username) or not DOMAIN.fullmatch(written):
        raise Unaddressable(address)
    return username, written


def spellings(address: str) -> set[str]:
    """Return an address that mail was sent to with all that people may write for it."""
    username, at, domain = address.rpartition("@")
    try:
        return {address, username + at + domain.encode().decode("idna")}
    except UnicodeError:
        return {address}


def _written(domain: str) -> str:
    """Write a domain of any script in ASCII.

    The codec is that of IDNA 2003, which takes `ß` for `ss`. By IDNA 2008 those are two domains, perhaps of two owners;
    what is not the same in both has no form here.
    """
    written = domain.encode("idna")
    if written.decode("idna") != domain.lower():
        raise UnicodeError(domain)
    return written.decode()
