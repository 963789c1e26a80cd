"""Counting a request by the rates that apply to it, each where it is known that it does."""

from collections.abc import Sequence
from uuid import UUID

from starlette.types import Scope

from server.limits.addresses import network_of
from server.limits.limiter import Limiter
from server.limits.problems import TooManyRequests
from server.limits.rates import Counted, Standing


def standings_of(scope: Scope) -> list[Standing]:
    """Return how a request stands to the rates that it was counted by so far."""
    standings: list[Standing] = scope.setdefault("state", {}).setdefault("standings", [])
    return standings


async def count_request(scope: Scope, *, signs_in: bool) -> None:
    """Count a request by where it comes from, also among the sign-ins if it is one.

    Raises:
        TooManyRequests: there is no room for it.
    """
    rates = _limiter(scope).rates
    network = network_of(scope)
    if network is not None:
        await _count(scope, [Counted(rate, network) for rate in (rates.address, *[rates.sign_ins] * signs_in)])


async def count_refusal(scope: Scope) -> None:
    """Count a request whose credential doesn't hold, by where it comes from.

    Raises:
        TooManyRequests: there are too many.
    """
    network = network_of(scope)
    if network is not None:
        await _count(scope, [Counted(_limiter(scope).rates.sign_ins, network)])


async def count_caller(scope: Scope, user_id: UUID) -> None:
    """Count a request by who is calling.

    Raises:
        TooManyRequests: there is no room for it.
    """
    await _count(scope, [Counted(_limiter(scope).rates.caller, str(user_id))])


async def _count(scope: Scope, counted: Sequence[Counted]) -> None:
    standings = await _limiter(scope).take(*counted)
    standings_of(scope).extend(standings)
    longest = max(standings, key=lambda standing: standing.wait_ms, default=None)
    if longest is not None and longest.wait_ms:
        raise TooManyRequests(longest)


def _limiter(scope: Scope) -> Limiter:
    limiter: Limiter = scope["app"].state.limiter
    return limiter
