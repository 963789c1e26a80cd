"""Sending the bytes of an upload straight to the store."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import httpx

from server.client.client import Client
from server.client.form import Form
from server.client.parts import Parts
from server.client.problems import ApiProblem, check
from server.client.reading import Stretch
from server.client.retries import PASSING_AT_STORE
from server.uploads.schemas import UploadSession, UploadState
from server.uploads.state import Method

INCOMPLETE = "upload_incomplete"


async def send(client: Client, session: UploadSession, path: Path, sent: Callable[[int], None]) -> UploadState:
    """Send a file as its session says, and complete the upload.

    Parts that have arrived before are left out: an interrupted upload goes on when its session is signed again and
    sent here.

    Args:
        client: who calls.
        session: where to send, and how.
        path: the file.
        sent: is told how many bytes have gone so far; fewer than before when some have to go a second time.

    Raises:
        ApiProblem: the service or the store refuses.
        Unreachable: one of them doesn't answer.
        FileChanged: the file was cut meanwhile.
    """
    if session.method is Method.POST:
        await _send_form(client, session, path, sent)
        return await client.complete(session.id)
    parts = Parts(client, session, path, sent)
    await parts.send_missing()
    try:
        return await client.complete(session.id)
    except ApiProblem as problem:
        if problem.code != INCOMPLETE:
            raise
    await parts.send_missing()
    return await client.complete(session.id)


async def _send_form(client: Client, session: UploadSession, path: Path, sent: Callable[[int], None]) -> None:
    try:
        await _post_form(client, session, path, sent)
    except ApiProblem as problem:
        if problem.status != HTTPStatus.FORBIDDEN:
            raise
        # What was signed has run out, perhaps while the computer slept.
        await _post_form(client, await client.sign_again(session.id), path, sent)


async def _post_form(client: Client, session: UploadSession, path: Path, sent: Callable[[int], None]) -> None:
    form = Form.of(session.fields or {}, Stretch(path, 0, session.size))

    async def post() -> httpx.Response:
        return await client.store.post(session.url, content=form.body(sent), headers=form.headers)

    check(await client.retries.run(post, PASSING_AT_STORE))
