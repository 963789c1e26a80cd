"""Tools of ours that act for people: each has a secret of its own, and says whom it acts for."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Self

from pydantic import SecretStr

from server.limits.addresses import read_address

SECRET_HEADER = "x-delegation-secret-key"  # noqa: S105 - the header's name
EMAIL_HEADER = "x-delegated-user-email"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that may act for people; where it is bound to networks, only from there."""

    name: str
    secret: SecretStr
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `secret`, `name:secret` or `name:secret@network@network`.

        Raises:
            ValueError: it is none of these, or the secret is too short to be one.
        """
        named, *networks = text.split("@")
        name, _, secret = named.rpartition(":")
        if len(secret) < SHORTEST:
            raise ValueError(f"a delegation secret has at least {SHORTEST} characters")
        return cls(name or "tool", SecretStr(secret), tuple(ip_network(network) for network in networks))

    def may_come_from(self, address: str | None) -> bool:
        """Say whether it may act from there."""
        if not self.networks:
            return True
        known = read_address(address) if address is not None else None
        return known is not None and any(known in network for network in self.networks)


SHORTEST = 24
"""Characters of a secret that can't be guessed."""


def find_tool(tools: Sequence[Tool], secret: str, address: str | None) -> Tool | None:
    """Find the tool that has a secret.

    Every secret is compared, each by `hmac.compare_digest`: the time tells neither how much of one was right nor which.
    """
    given = secret.encode()
    matches = [hmac.compare_digest(tool.secret.get_secret_value().encode(), given) for tool in tools]
    found = next((tool for tool, matched in zip(tools, matches, strict=True) if matched), None)
    return found if found is not None and found.may_come_from(address) else None
