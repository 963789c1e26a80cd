"""What a page is told of its session."""

from typing import Annotated

from fastapi import Depends

from server.auth.dependencies import CurrentGate
from server.auth.principal import Principal
from server.auth.providers import Providers
from server.auth.schemas import SessionShown
from server.unit_of_work import Work
from server.users import service as users


class SessionView:
    """Shows who is signed in, and how one could sign in here."""

    def __init__(self, work: Work, gate: CurrentGate, providers: Providers) -> None:
        self._work = work
        self._gate = gate
        self._providers = providers

    async def show(self, caller: Principal | None) -> SessionShown:
        """Tell of a caller, or of nobody."""
        if caller is None:
            return SessionShown(providers=self._providers)
        proof = self._gate.sessions.proof(caller.session) if caller.session else None
        described = await users.describe(self._work, caller.user_id)
        return SessionShown.of(caller, described, self._providers, proof)


CurrentView = Annotated[SessionView, Depends()]
