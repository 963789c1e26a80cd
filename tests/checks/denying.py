"""The local AWS behind a door that lets everything pass but what it is told to deny, and denies as AWS does."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote

from aiohttp import ClientSession, web
from yarl import URL

from server.checks.permissions import Action

NOT_OURS = frozenset({"connection", "content-length", "date", "keep-alive", "server", "transfer-encoding"})
UNKNOWN = {
    "s3": "InvalidAccessKeyId",
    "sqs": "InvalidClientTokenId",
    "transcribe": "UnrecognizedClientException",
    "ses": "InvalidClientTokenId",
}
"""What each service says of a key that it doesn't know."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as IAM sees it: an action, and the name of a bucket or queue where it is of one."""

    action: str
    thing: str = ""


@dataclass
class Door:
    """What stands before the local AWS."""

    aws: str
    session: ClientSession
    denied: Asked | None = None
    down: str = ""
    date: str = ""
    knows_us: bool = True
    seen: set[Asked] = field(default_factory=set)

    @contextmanager
    def denying(self, asked: Asked) -> Iterator[None]:
        """Deny one thing."""
        self.denied = asked
        yield
        self.denied = None

    @contextmanager
    def without(self, service: str) -> Iterator[None]:
        """Let nobody reach a service."""
        self.down = service
        yield
        self.down = ""

    async def pass_on(self, request: web.Request) -> web.StreamResponse:
        """Answer as AWS does, or deny."""
        body = await request.read()
        asked = read(request, body)
        self.seen.add(asked)
        if self.down and asked.action.partition(":")[0] == self.down:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        service, _, action = asked.action.partition(":")
        if action and not self.knows_us and service in UNKNOWN:
            return refuse(request, service, UNKNOWN[service], "The key is none of ours.")
        if asked == self.denied:
            return deny(request, asked)
        answer = await self._ask(request, body)
        is_absent = asked.action == Action.GET_OBJECT and answer.status == 404
        if is_absent and self.denied == Asked(Action.LIST_BUCKET, asked.thing):
            return deny(request, asked)  # S3 tells those who may not list nothing of what is not there
        return answer

    async def _ask(self, request: web.Request, body: bytes) -> web.Response:
        url = URL(self.aws + request.raw_path, encoded=True)
        headers = [(name, value) for name, value in request.headers.items() if name.lower() not in NOT_OURS]
        async with self.session.request(
            request.method, url, data=body, headers=headers, skip_auto_headers=("Accept", "User-Agent", "Content-Type")
        ) as answer:
            kept = [(name, value) for name, value in answer.headers.items() if name.lower() not in NOT_OURS - {"date"}]
            shown = dict(kept) | ({"Date": self.date} if self.date else {})
            return web.Response(status=answer.status, headers=shown, body=await answer.read())


def read(request: web.Request, body: bytes) -> Asked:
    """Say what IAM would be asked about a request."""
    target = request.headers.get("X-Amz-Target", "")
    if target.startswith("AmazonSQS."):
        told = json.loads(body)
        name = told.get("QueueName") or told["QueueUrl"].rpartition("/")[2]
        return Asked(f"sqs:{target.partition('.')[2].removesuffix('Batch')}", name)
    if target:
        service = "transcribe" if target.startswith("Transcribe.") else "cognito"
        return Asked(f"{service}:{target.rpartition('.')[2]}")
    form = parse_qs(body.decode("latin-1")) if request.content_type.endswith("form-urlencoded") else {}
    if "Action" in form:
        return Asked(f"ses:{form['Action'][0]}")
    return _of_s3(request)


def _of_s3(request: web.Request) -> Asked:
    bucket, _, key = unquote(request.path).lstrip("/").partition("/")
    query, method = set(request.query), request.method
    if not bucket or method == "OPTIONS":
        return Asked("s3:")  # asked unsigned
    if not key:
        of_bucket = {
            "uploads": Action.LIST_MULTIPARTS,
            "notification": Action.GET_NOTIFICATION,
            "delete": Action.DELETE_OBJECT,
        }
        return Asked(next((of_bucket[name] for name in of_bucket if name in query), Action.LIST_BUCKET), bucket)
    if "uploadId" in query and method in {"GET", "DELETE"}:
        return Asked(Action.LIST_PARTS if method == "GET" else Action.ABORT_MULTIPART, bucket)
    of_object = {"GET": Action.GET_OBJECT, "HEAD": Action.GET_OBJECT, "DELETE": Action.DELETE_OBJECT}
    return Asked(of_object.get(method, Action.PUT_OBJECT), bucket)


def deny(request: web.Request, asked: Asked) -> web.Response:
    """Refuse what a role does not allow."""
    service = asked.action.partition(":")[0]
    says = f"User: arn:aws:sts::000000000000:assumed-role/task is not authorized to perform: {asked.action}"
    return refuse(request, service, "AccessDeniedException" if service == "transcribe" else "AccessDenied", says)


def refuse(request: web.Request, service: str, code: str, says: str) -> web.Response:
    """Refuse in the form of the service."""
    if "X-Amz-Target" in request.headers:
        told = {"__type": f"com.amazonaws#{code}", "Message": says}
        return web.json_response(
            told, status=403 if service == "sqs" else 400, content_type="application/x-amz-json-1.0"
        )
    error = f"<Code>{code}</Code><Message>{says}</Message>"
    within = f"<ErrorResponse><Error><Type>Sender</Type>{error}</Error><RequestId>1</RequestId></ErrorResponse>"
    whole = f"<Error>{error}</Error>" if service == "s3" else within
    return web.Response(status=403, text=whole, content_type="application/xml")


@asynccontextmanager
async def open_door(aws: str) -> AsyncIterator[tuple[Door, str]]:
    """Open a door before the services at an address; give it with its own address."""
    async with ClientSession(auto_decompress=False) as session:
        door = Door(aws, session)
        application = web.Application()
        application.router.add_route("*", "/{rest:.*}", door.pass_on)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield door, f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()
