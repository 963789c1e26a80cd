"""Rates: how much may be asked in how long, and how somebody stands to that."""

import math
from dataclasses import dataclass
from typing import Self

from server.configuration.callers import Limits

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests (`most`; 0 is no limit) in any stretch of so many seconds; `of` says whose, in a sentence."""

    name: str
    of: str
    most: int
    seconds: int = MINUTE


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of a deployment."""

    caller: Rate
    address: Rate
    sign_ins: Rate

    @classmethod
    def of(cls, limits: Limits) -> Self:
        """Read them from the settings."""
        return cls(
            Rate("caller", "requests of one caller", limits.per_caller),
            Rate("address", "requests from one network address", limits.per_address),
            Rate("sign-ins", "sign-ins and refused credentials from one network address", limits.sign_ins),
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """A rate, and whose requests are counted by it."""

    rate: Rate
    subject: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to a rate.

    Attributes:
        remaining: how many more requests there is room for.
        wait_ms: how long until there is room for one; 0 where there was room for this one.
        lasts_ms: for how long `remaining` is all there is, for sure.
    """

    rate: Rate
    remaining: int
    wait_ms: int
    lasts_ms: int

    @property
    def wait_seconds(self) -> int:
        """The whole seconds after which there is room again."""
        return math.ceil(self.wait_ms / 1000)
