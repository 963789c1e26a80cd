"""Beginning and ending sessions."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from server.audit.models import Action
from server.audit.service import note
from server.auth.cognito import CognitoVerifier
from server.auth.google import GoogleSignIn
from server.auth.hosted import Attempt, HostedPage
from server.auth.models import SpentToken
from server.auth.principal import Principal
from server.auth.problems import SignInFailed, Stale
from server.auth.registration import Registration
from server.auth.sessions import Session, Sessions
from server.unit_of_work import UnitOfWork
from server.users import service as users
from server.users.models import Role, User, UserKind
from server.users.service import Claimed

NOW = func.clock_timestamp()
LINGERING = timedelta(minutes=5)
"""For so long tokens may still hold after their end: `signer.LEEWAY_SECONDS`, and what clocks may be apart."""


async def begin(work: UnitOfWork, sessions: Sessions, claimed: Claimed, provider: str) -> tuple[str, Session]:
    """Begin a session of whoever a provider vouches for, and return its token."""
    known = await users.recognise(work, claimed)
    version = await work.session.scalar(
        update(User).where(User.id == known.id).values(last_login_at=NOW).returning(User.session_version)
    )
    note(work, Action.SIGNED_IN, actor_id=known.id, provider=provider)
    return sessions.issue(known.id, version or 0)


async def come_back(  # noqa: PLR0913, PLR0917 - what a sign-in is made of
    work: UnitOfWork, verifier: CognitoVerifier, sessions: Sessions, page: HostedPage, attempt: Attempt, code: str
) -> tuple[str, Session]:
    """Begin the session of whoever comes back from the pool's page with a code.

    Raises:
        SignInFailed: the code or the attempt does not hold, or was used before.
        SignInUnavailable: the pool does not answer.
    """
    claimed, _ = await verifier.verify(await page.redeem(attempt, code))  # no connection is held while the pool is slow
    if not await spend(work, attempt.id, attempt.expires_at):
        raise SignInFailed("This sign-in has ended already.")
    if claimed.kind is not UserKind.PERSON:
        raise SignInFailed("A machine does not sign in on a page.")
    return await begin(work, sessions, claimed, "cognito")


async def come_by_google(
    work: UnitOfWork, sessions: Sessions, google: GoogleSignIn, credential: str
) -> tuple[str, Session]:
    """Begin the session of whoever Google vouches for.

    Raises:
        Unauthenticated: the credential does not hold.
        SignInFailed: it was not asked for here, or was used before.
        SignInUnavailable: Google does not answer.
    """
    vouched = await google.verify(credential)
    if not await spend(work, vouched.nonce_id, vouched.expires_at):
        raise SignInFailed("This sign-in has ended already.")
    return await begin(work, sessions, vouched.claimed, "google")


async def reset_password(work: UnitOfWork, accounts: Registration, email: str, code: str, password: str) -> None:
    """Set a new password in the pool, and end every session: whoever lost a password may have lost one to somebody.

    Raises:
        CodeRefused, PasswordRefused, TooManyTries, SignInUnavailable: see `Registration.reset_password`.
    """
    await accounts.reset_password(email, code, password)
    known = await users.find_person(work, email)
    if known is not None:
        await _end_all(work, known.id)


async def find_session(work: UnitOfWork, session: Session) -> Principal:
    """Tell whose session it is, if nobody has ended it.

    Raises:
        Stale: it was ended.
    """
    spent = select(SpentToken.id).where(SpentToken.id == session.id).exists()
    holds = and_(User.id == session.user_id, User.session_version == session.version, ~spent)
    row = (await work.session.execute(select(User.kind, User.role).where(holds))).one_or_none()
    if row is None:
        raise Stale("The session was ended. Sign in again.")
    return Principal(session.user_id, row.role is Role.ADMIN, row.kind, row.role, session)


async def end(work: UnitOfWork, session: Session) -> None:
    """End one session; again is fine."""
    if await spend(work, session.id, session.expires_at):
        note(work, Action.SIGNED_OUT, actor_id=session.user_id)


async def end_all(work: UnitOfWork, who: Principal) -> None:
    """End every session of a person."""
    await _end_all(work, who.user_id, who.tool)


async def spend(work: UnitOfWork, token_id: UUID, expires_at: datetime) -> bool:
    """Use a token up, by its `jti`; it is remembered until it has expired anyway.

    Returns:
        False when it was used up before.
    """
    values = {"id": token_id, "expires_at": expires_at}
    added = insert(SpentToken).values(values).on_conflict_do_nothing().returning(SpentToken.id)
    return (await work.session.execute(added)).first() is not None


async def forget_spent(work: UnitOfWork) -> None:
    """Forget those that have expired anyway."""
    await work.session.execute(delete(SpentToken).where(SpentToken.expires_at < NOW - LINGERING))


async def _end_all(work: UnitOfWork, user_id: UUID, tool: str | None = None) -> None:
    await work.session.execute(update(User).where(User.id == user_id).values(session_version=User.session_version + 1))
    note(work, Action.SIGNED_OUT_EVERYWHERE, actor_id=user_id, tool=tool)
