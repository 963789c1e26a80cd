"""No page shuts anybody out: axe finds nothing, in light and dark, from left to right and from right to left."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, FilePayload, Page, Route, expect

from tests.browser.conftest import Start
from tests.browser.guard import Guard
from tests.browser.people import SAME_ORIGIN, WORKED_MS, Person, bring, mailed_code, person_of
from tests.browser.visitor import AXE, OPENED, Visitor
from tests.conftest import SAMPLE
from tests.end_to_end.foreign import result_of, send, sign_in_page
from tests.end_to_end.reciting import recite

DIRECTIONS = {"en": "ltr", "he": "rtl"}
MARTHA = Person("martha@example.com", "Correct-horse-9")
NOT_SOUND: FilePayload = {"name": "Notes.wav", "mimeType": "audio/wav", "buffer": b"Words, but none are heard."}


@dataclass(frozen=True, slots=True)
class Scene:
    """Who is signed in, and what there is to see."""

    newcomer: str
    """The session of somebody without a role."""
    admin: str
    result_id: str
    """Of the admin's, beside one that failed."""
    document_id: str
    recital_id: str
    invite: str
    """The path of its link."""


@pytest.fixture(scope="module")
async def scene(local: dict[str, Any]) -> Scene:
    """Somebody new, and an admin with results, a key, an invite, and what they have read aloud."""
    async with elsewhere(local) as client:
        await client.post("/auth/sign-up", json=asdict(MARTHA) | {"name": "Martha"})
        code = await mailed_code(MARTHA.email, local["token_url"])
        await client.post("/auth/confirm", json={"email": MARTHA.email, "code": code})
        await sign_in_page(client, asdict(MARTHA))
        newcomer = client.cookies["lectern"]
    async with elsewhere(local) as client:
        await sign_in_page(client, asdict(person_of(local, "admin")))
        speech = SAMPLE.read_bytes()
        await send(client, speech[: len(speech) // 2], complete=True, filename="Half.wav")
        result_id = await result_of(client, await send(client, speech, complete=True))
        (await client.post("/auth/keys", json={"name": "Recorder"})).raise_for_status()
        wish = {"name": "Choir", "expires_at": (datetime.now(UTC) + timedelta(days=7)).isoformat()}
        link = (await client.post("/admin/invites", json=wish)).raise_for_status().json()["link"]
        text = {"title": "Leisure", "language": "en", "text": "He had leisure. He considered."}
        document_id = (await client.post("/documents", json=text)).raise_for_status().json()["id"]
        invite = link.removeprefix(local["base_url"])
        recital_id = await recite(client)
        return Scene(newcomer, client.cookies["lectern"], result_id, document_id, recital_id, invite)


def elsewhere(local: dict[str, Any]) -> httpx.AsyncClient:
    """Make a client of the API that signs in as our pages do."""
    return httpx.AsyncClient(base_url=f"{local['base_url']}/api/v1", headers=SAME_ORIGIN, timeout=30)


async def test_no_page_has_a_barrier(browser: Browser, start: Start, guard: Guard, scene: Scene) -> None:
    """Whoever is there, and whatever they have opened: axe has nothing to say against it."""

    async def see_all(language: str) -> list[str]:
        async with visiting(browser, start, guard, language) as visitor:
            await see_as_stranger(visitor, scene.invite)
            await sign_in(visitor, start, scene.newcomer)
            await visitor.open("/", "home:title", visitor.texts("account:waiting"))
            await visitor.open("/admin", "app:adminOnly.title")
            await sign_in(visitor, start, scene.admin)
            await see_administration(visitor)
            await see_account(visitor)
            await see_result(visitor, scene.result_id)
            await see_documents(visitor, scene.document_id)
            await see_recital(visitor, scene.document_id)
            await see_what_was_read(visitor, scene.recital_id)
            await visitor.open(scene.invite, "sign-in:invite.title", "admin@example.com")
            await visitor.open("/nowhere", "app:notFound.title")
            await see_home(visitor)
            assert await visitor.page.locator(f"html[lang={language}][dir={DIRECTIONS[language]}]").count() == 1
        return visitor.barriers

    async with asyncio.TaskGroup() as visits:
        seen = [visits.create_task(see_all(language)) for language in DIRECTIONS]
    barriers = [barrier for visit in seen for barrier in visit.result()]
    assert not barriers, "\n".join(barriers)


@asynccontextmanager
async def visiting(browser: Browser, start: Start, guard: Guard, language: str) -> AsyncIterator[Visitor]:
    """Visit the pages in a language, with nothing that moves."""
    chosen = {"origin": start.page["base_url"], "localStorage": [{"name": "lectern.language", "value": language}]}
    options = start.page | {"reduced_motion": "reduce", "storage_state": {"origins": [chosen]}}
    options |= {"service_workers": "block"}  # it would fetch all that there is, and shows nothing
    async with await browser.new_context(**options) as context:
        guard.watch(context)
        await context.add_init_script(path=AXE)
        yield Visitor(await context.new_page(), language)


async def sign_in(visitor: Visitor, start: Start, session: str) -> None:
    """Go on as somebody."""
    await visitor.page.context.add_cookies([{"name": "lectern", "value": session, "url": start.page["base_url"]}])


@asynccontextmanager
async def held(page: Page, address: str) -> AsyncIterator[None]:
    """Have what is asked of an address wait meanwhile."""
    over = asyncio.Event()

    async def wait(asked: Route) -> None:
        await over.wait()
        await asked.continue_()

    await page.route(address, wait)
    yield
    over.set()
    await page.unroute_all(behavior="wait")


async def see_as_stranger(visitor: Visitor, invite: str) -> None:
    """See what leads to a sign-in, the wait for it, and the faults of its forms."""
    page = visitor.page
    async with held(page, "**/auth/session"):
        await page.goto("/", wait_until="commit")
        await expect(page.get_by_role("heading", name="Lectern", level=1)).to_be_visible()
        await visitor.look()
    await expect(page.get_by_role("heading", name=visitor.texts("sign-in:signIn.title"), level=1)).to_be_attached()
    await visitor.look()
    await visitor.open("/sign-up", "sign-in:signUp.title")
    await visitor.press("sign-in:signUp.send")
    await visitor.look()
    await visitor.open("/confirm", "sign-in:confirm.title")
    await visitor.open("/forgot-password", "sign-in:forgot.title")
    await visitor.open("/reset-password", "sign-in:reset.title")
    await visitor.open(invite, "sign-in:invite.title", visitor.texts("sign-in:invite.signInFirst"))


async def see_administration(visitor: Visitor) -> None:
    """See every page of administration, with the dialogs of the first."""
    await visitor.open("/admin/people", "admin:people.title", "speaker@example.com")
    await visitor.look_into("admin:people.more")
    await visitor.look_into("admin:people.more", "admin:people.changeRole")
    await visitor.look_into("admin:invites.make")
    await visitor.open("/admin/people?part=approvals", "admin:people.title")
    await visitor.open("/admin/people?part=invites", "admin:people.title", "Choir")
    await visitor.open("/admin/results", "admin:results.title", "Half")
    await visitor.open("/admin/recitals", "admin:recitals.title", "A walk")
    await visitor.open("/admin/queues?queue=uploads", "admin:queues.title", "whisper")
    await visitor.open("/admin/audit", "admin:audit.title", "cognito")


async def see_account(visitor: Visitor) -> None:
    """See one's account, and what it asks."""
    await visitor.open("/account", "account:title", "Recorder")
    await visitor.look_into("account:keys.make")
    await visitor.look_into("account:leave.begin")
    await visitor.open("/webhooks", "webhooks:title", visitor.texts("webhooks:endpoints.empty.title"))
    await visitor.look_into("webhooks:endpoints.make")


async def see_result(visitor: Visitor, result_id: str) -> None:
    """See the results, and one of them with all that it offers."""
    await visitor.open("/results?q=Dashwood", "results:title", "speech")
    await visitor.press("find:filters")
    await visitor.page.get_by_label(visitor.texts("find:range.longest")).fill("60")
    await expect(visitor.page.get_by_role("list", name=visitor.texts("find:chips.label"))).to_be_visible()
    await visitor.page.get_by_role("checkbox", name=visitor.texts("results:choose.all")).check()
    await expect(visitor.named("results:tags.open")).to_be_visible()
    await visitor.look()
    await visitor.look_into("results:tags.open")
    await visitor.look_into("results:exports.chosen")
    await visitor.page.goto(f"/results/{result_id}")
    await expect(visitor.page.get_by_role("main")).to_contain_text("Dashwood", timeout=WORKED_MS)
    await visitor.look()
    await visitor.look_into("transcript:download.label")
    await visitor.look_into("transcript:actions.more", "transcript:actions.transcribe")
    await visitor.look_into("transcript:actions.more", "transcript:actions.share")
    await visitor.look_into("transcript:actions.more", "transcript:actions.versions")
    await visitor.look_into("transcript:actions.more", "transcript:actions.delete")
    await visitor.look_into("player:speedIs")
    await visitor.look_into("player:shortcuts.title")
    await visitor.press("transcript:actions.more")
    await visitor.press("transcript:actions.details", "menuitem")
    await expect(visitor.page.get_by_role("form")).to_be_visible()
    await visitor.look("form")
    await visitor.press("transcript:details.cancel")
    await see_editor(visitor)


async def see_editor(visitor: Visitor) -> None:
    """See a text that is being corrected, with all that there is to change of a line, and to look for."""
    await visitor.press("transcript:actions.edit", "link")
    await visitor.page.get_by_role("textbox").first.click()
    await visitor.press("editor:findAndReplace")
    await visitor.page.get_by_label(visitor.texts("editor:find.find"), exact=True).fill("to")
    await visitor.look()
    await visitor.look_into("editor:line.more")
    await visitor.look_into("editor:keys.title")
    await visitor.press("editor:done")
    await expect(visitor.named("transcript:actions.copy")).to_be_visible()


async def see_documents(visitor: Visitor, document_id: str) -> None:
    """See the documents, the form for a new one with its faults, and one of them with all that can be done to it."""
    await visitor.open("/documents", "documents:title", "Leisure")
    await visitor.open("/documents/new", "documents:add.title")
    await visitor.press("documents:add.submit")
    await visitor.look()
    await visitor.page.goto(f"/documents/{document_id}")
    await expect(visitor.page.get_by_role("main")).to_contain_text("He considered.")
    await visitor.look()
    await visitor.look_into("documents:actions", "documents:edit.open")
    await visitor.look_into("documents:actions", "documents:archive.open")


async def see_recital(visitor: Visitor, document_id: str) -> None:
    """See a recital from the check of the microphone on, until it is left, found again, and thrown away."""
    await visitor.open(f"/recite/{document_id}", "recite:titleOf", "He had leisure.")
    await visitor.press("recite:check.open")
    await expect(visitor.named("recite:trial.record")).to_be_visible()
    await visitor.look()
    await visitor.press("recite:check.begin")
    await expect(visitor.page.get_by_role("timer")).to_be_visible()
    await visitor.look()
    await visitor.press("recite:pause")
    await visitor.look()
    await visitor.look_into("recite:finish.button")
    await visitor.press("app:nav.home", "link")
    await visitor.look(OPENED)
    await visitor.press("recite:leave.confirm")
    await expect(visitor.named("recite:unsent.open", "link")).to_be_visible()
    await visitor.look()
    await visitor.press("recite:unsent.open", "link")
    await expect(visitor.named("recite:left.goOn")).to_be_visible()
    await visitor.look()
    await visitor.press("recite:finish.discard")
    await visitor.look(OPENED)
    await visitor.page.locator(OPENED).get_by_role("button", name=visitor.texts("recite:discard.confirm")).click()
    await expect(visitor.named("recite:check.open")).to_be_visible()


async def see_what_was_read(visitor: Visitor, recital_id: str) -> None:
    """See one's recitals, one of them with its quality, and what all have read."""
    page = visitor.page
    await visitor.open("/recitals", "recitals:title", "A walk")
    await page.goto(f"/recitals/{recital_id}")
    measured = page.get_by_text(visitor.texts("recitals:quality.measures"))
    await measured.first.click(timeout=WORKED_MS)
    await visitor.look()
    await visitor.look_into("recitals:actions.disavow")
    await visitor.open("/recitals/leaderboard", "standings:leaderboard.title", "Admin")
    await visitor.open("/recitals/statistics", "standings:statistics.title", visitor.texts("standings:chart.asTable"))
    await visitor.open("/recitals/help", "recitals:help.title")


async def see_home(visitor: Visitor) -> None:
    """See home with an upload that was rejected, one under way, and a recording from its first second to its end."""
    page = visitor.page
    await visitor.open("/", "home:title", "Half")
    await bring(page, NOT_SOUND)
    await expect(page.get_by_role("listitem").filter(has_text="Notes").get_by_role("alert")).to_be_visible()
    async with held(page, "**/api/v1/uploads"):
        await bring(page, SAMPLE)
        await expect(page.get_by_role("progressbar", name=SAMPLE.stem).first).to_be_visible()
        await visitor.press("recorder:record")
        await expect(page.get_by_role("timer")).to_be_visible()
        await visitor.look()
        await visitor.press("recorder:stop")
        await visitor.look_into("recorder:kept.discard")
