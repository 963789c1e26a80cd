"""The fields in which answers tell of limits.

Source: https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/11/
"""

import math
from collections.abc import Sequence

from server.limits.rates import Standing

POLICY_FIELD = "RateLimit-Policy"
STANDING_FIELD = "RateLimit"


def fields_of(standings: Sequence[Standing]) -> dict[str, str]:
    """Write all rates that apply, and how the caller stands to the tightest, as structured fields (RFC 9651)."""
    if not standings:
        return {}
    tightest = min(standings, key=lambda standing: (standing.remaining, -standing.wait_ms))
    seconds = tightest.wait_seconds or math.ceil(tightest.lasts_ms / 1000)
    return {
        POLICY_FIELD: ", ".join(f'"{one.rate.name}";q={one.rate.most};w={one.rate.seconds}' for one in standings),
        STANDING_FIELD: f'"{tightest.rate.name}";r={tightest.remaining};t={seconds}',
    }
