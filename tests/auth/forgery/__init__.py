"""Credentials that must not hold: forged, stale, stolen or mixed up."""

from tests.auth.forgery.base import Forge
from tests.auth.forgery.google import OF_GOOGLE
from tests.auth.forgery.ours import OF_KEYS, OF_OURS
from tests.auth.forgery.pool import OF_THE_POOL
from tests.auth.forgery.tools import OF_RETURNS, OF_TOOLS, OF_WEBHOOKS

FORGERIES: dict[str, Forge] = OF_THE_POOL | OF_OURS | OF_KEYS | OF_TOOLS | OF_RETURNS | OF_GOOGLE | OF_WEBHOOKS
