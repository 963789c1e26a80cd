"""What a route may ask of its caller beyond being known."""

from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import exists, select

from server.auth.dependencies import CurrentCaller, get_admin
from server.auth.principal import Principal
from server.auth.problems import (
    AccountLeaving,
    AgreementRequired,
    NotByTools,
    PeopleOnly,
    SignInRequired,
    SpeakerRequired,
)
from server.configuration.callers import People
from server.unit_of_work import Work
from server.users.models import Agreement, Role, User, UserKind

CONTRIBUTING = (AgreementRequired, AccountLeaving)
"""How `Contributor` refuses, for the descriptions of routes."""
SPEAKING = (SpeakerRequired, *CONTRIBUTING)
"""How `Speaker` refuses."""


def get_terms(request: Request) -> People:
    """Return what the deployment asks of people."""
    terms: People = request.app.state.settings.people
    return terms


Terms = Annotated[People, Depends(get_terms)]


async def get_person(caller: CurrentCaller) -> Principal:
    """Tell which person is calling.

    Raises:
        PeopleOnly: the caller is a machine.
    """
    if caller.kind is not UserKind.PERSON:
        raise PeopleOnly
    return caller


async def get_signed_in(caller: CurrentCaller) -> Principal:
    """Tell who is calling by more than an API key: a key that leaks must not make others, nor delete its owner.

    Raises:
        SignInRequired: it is a key.
    """
    if caller.by_key:
        raise SignInRequired
    return caller


async def get_without_tool(caller: Annotated[Principal, Depends(get_signed_in, scope="function")]) -> Principal:
    """Tell who is calling, neither by an API key nor by a tool: what outlasts those is for oneself to ask for.

    Raises:
        NotByTools: a tool acts for them.
    """
    if caller.tool is not None:
        raise NotByTools
    return caller


async def get_contributor(caller: CurrentCaller, work: Work, terms: Terms) -> Principal:
    """Tell who adds content: machines, and people who have agreed to the terms and are not about to go.

    Raises:
        AgreementRequired: they have not agreed to the current terms.
        AccountLeaving: what they add would be deleted with the rest.
    """
    if caller.kind is not UserKind.PERSON:
        return caller
    version = terms.agreement_version
    has_agreed = exists().where(Agreement.user_id == User.id, Agreement.version == version)
    query = select(User.leaves_at, has_agreed).where(User.id == caller.user_id)
    leaves_at, agreed = (await work.session.execute(query)).one()
    if leaves_at is not None:
        raise AccountLeaving(leaves_at)
    if version is not None and not agreed:
        raise AgreementRequired(version, terms.agreement_url)
    return caller


async def get_speaker(caller: Annotated[Principal, Depends(get_contributor, scope="function")]) -> Principal:
    """Tell who reads aloud: speakers and admins.

    Raises:
        SpeakerRequired: the caller is neither.
    """
    if not caller.sees_all and caller.role.at_least(Role.SPEAKER) is not caller.role:
        raise SpeakerRequired
    return caller


Admin = Annotated[Principal, Depends(get_admin, scope="function")]
Person = Annotated[Principal, Depends(get_person, scope="function")]
SignedIn = Annotated[Principal, Depends(get_signed_in, scope="function")]
WithoutTool = Annotated[Principal, Depends(get_without_tool, scope="function")]
Contributor = Annotated[Principal, Depends(get_contributor, scope="function")]
Speaker = Annotated[Principal, Depends(get_speaker, scope="function")]
