"""Whether the process lives, and whether what it stands on answers."""

import asyncio
from collections.abc import Awaitable
from typing import Literal

from arq.connections import ArqRedis
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy import text

from server.aws.clients import Clients
from server.configuration.services import Aws
from server.unit_of_work import Units

router = APIRouter(tags=["health"])

ANSWER_SECONDS = 3.0
CAN_WAIT = frozenset({"valkey", "sqs"})
"""Without these, requests are still served; work is only done later."""


class Alive(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Whether requests can be served, and what is down, by name."""

    status: Literal["ready", "degraded", "down"]
    down: list[str]


@router.get("/healthz")
async def check_alive() -> Alive:
    """Say that the process lives, whatever else does."""
    return Alive()


@router.get("/readyz", responses={503: {"model": Readiness, "description": "Requests can't be served."}})
async def check_ready(request: Request, response: Response) -> Readiness:
    """Say what is down; 503 when requests can't be served without it."""
    state = request.app.state
    down = await find_down(state.units, state.valkey, state.clients, state.settings.aws)
    needed = set(down) - CAN_WAIT
    response.status_code = 503 if needed else 200
    return Readiness(status="down" if needed else "degraded" if down else "ready", down=down)


async def find_down(units: Units, valkey: ArqRedis, clients: Clients, aws: Aws) -> list[str]:
    """Ask everything at once, and name what doesn't answer within three seconds."""
    checks = {
        "postgres": _ask_postgres(units),
        "valkey": valkey.ping(),
        "s3": clients.s3.head_bucket(Bucket=aws.raw_bucket),
        "sqs": clients.sqs.get_queue_attributes(QueueUrl=aws.uploads_queue_url, AttributeNames=["QueueArn"]),
    }
    answers = await asyncio.gather(*(_answers(check) for check in checks.values()))
    return [name for name, answered in zip(checks, answers, strict=True) if not answered]


async def _ask_postgres(units: Units) -> None:
    async with units.begin() as work:
        await work.session.execute(text("SELECT 1"))


async def _answers(check: Awaitable[object]) -> bool:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await check
    except Exception:  # noqa: BLE001 - whatever goes wrong, it is down
        return False
    return True
