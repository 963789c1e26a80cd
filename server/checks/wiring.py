"""Trials of how what is ours on AWS hangs together: who hears of uploads, where messages die, whom browsers may ask."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx
from botocore.exceptions import ClientError

from server.aws.clients import Clients
from server.aws.edge import Edge
from server.checks.findings import Fault, Subject, Trial, Untried
from server.checks.permissions import QUEUES, Resource, Service
from server.checks.places import Place, places
from server.checks.probes import Probe, attributes, new_key, redrive_of
from server.checks.refusals import CLOCK, SET_CLOCK, answers, code_of, translated, unreachable
from server.settings import Settings

RECEIPTS = 3
"""After how many a message is to lie among the dead letters: what can't be understood is to be seen soon."""
SKEW_SECONDS = 60
"""AWS takes 15 minutes; tokens of people hold for less, and a clock that drifts drifts on."""
UPLOADING = ("POST", "PUT")
READING = ("GET",)
METHODS = {
    Resource.RAW_BUCKET: UPLOADING,
    Resource.PROCESSED_BUCKET: READING,
    Resource.CONTENT_BUCKET: READING,
}
"""What pages ask of each bucket."""


def trials(service: Service, settings: Settings, clients: Clients, http: httpx.AsyncClient) -> Iterator[Trial]:
    """Give the trials of one process."""
    if service is Service.API:
        for queue in QUEUES:
            for place in places(queue, settings):
                yield Trial(Subject(place.name, "dead letters"), partial(_dies, Probe(clients, settings.mails, place)))
        for bucket, methods in METHODS.items():
            for place in places(bucket, settings):
                attempt = partial(_lets_pages_in, settings, clients, http, place, methods)
                yield Trial(Subject(place.name, "lets pages in"), attempt)
        if clients.edge is not None:
            yield Trial(Subject("MEDIA_KEY_PAIR_ID", "is believed"), partial(_believed, clients.edge, http))
    if service is Service.WORKER:
        for place in places(Resource.RAW_BUCKET, settings):
            attempt = partial(_tells, Probe(clients, settings.mails, place), settings.aws.uploads_queue_url)
            yield Trial(Subject(place.name, "tells of uploads"), attempt)


async def agrees(clients: Clients, http: httpx.AsyncClient) -> str:
    """Hold our clock against that of S3."""
    try:
        answer = await http.head(clients.s3.meta.endpoint_url)
        theirs = parsedate_to_datetime(answer.headers["date"])
    except httpx.HTTPError as error:
        raise unreachable("S3", type(error).__name__) from None
    except (KeyError, ValueError):
        raise Untried("S3 tells no time") from None
    skew = (datetime.now(UTC) - theirs).total_seconds()
    if abs(skew) > SKEW_SECONDS:
        raise Fault(f"{skew:+,.0f} s from that of AWS", SET_CLOCK, CLOCK)
    return f"{skew:+.0f} s"


async def _dies(probe: Probe) -> str:
    with translated("SQS"):
        try:
            redrive = redrive_of(await attributes(probe))
        except ClientError as error:
            raise Untried(f"it can't be read ({code_of(error)})") from None
    if redrive is None or redrive[1] != RECEIPTS:
        found = "none" if redrive is None else f"after {redrive[1]} receipts"
        raise Fault(found, f"Give the queue a redrive policy with maxReceiveCount {RECEIPTS}, as the template has it.")
    return f"after {RECEIPTS} receipts, in {redrive[0]}"


async def _tells(probe: Probe, queue_url: str) -> str:
    with translated("S3"):
        try:
            told = await probe.clients.s3.get_bucket_notification_configuration(Bucket=probe.place.address)
        except ClientError as error:
            raise Untried(f"it can't be read ({code_of(error)})") from None
    queue = queue_url.split("/")[-2:]
    meant = [one for one in told.get("QueueConfigurations", ()) if one["QueueArn"].split(":")[-2:] == queue]
    by_others = told.get("LambdaFunctionConfigurations") or told.get("EventBridgeConfiguration") is not None
    if not meant and not by_others:
        remedy = "Have the bucket send s3:ObjectCreated:* to the queue of UPLOADS_QUEUE_URL, whose policy allows it."
        raise Fault("it tells nobody, or another queue", remedy)
    return f"the queue {queue[1]}" if meant else "a function or EventBridge"


async def _lets_pages_in(
    settings: Settings, clients: Clients, http: httpx.AsyncClient, place: Place, methods: tuple[str, ...]
) -> str:
    """Ask as a browser does before it sends: https://fetch.spec.whatwg.org/#cors-preflight-fetch."""
    address = urlsplit(settings.service.public_url)
    origin = f"{address.scheme}://{address.netloc}"
    for method in methods:
        answer = await _preflight(
            settings, clients, http, place, {"Origin": origin, "Access-Control-Request-Method": method}
        )
        if answer.headers.get("access-control-allow-origin") not in {origin, "*"}:
            remedy = (
                f"Let the bucket's CORS rules allow {method} from {origin}: the template's WebOrigins, PUBLIC_URL here."
            )
            raise Fault(f"no {method} from {origin}", remedy)
    return origin


async def _believed(edge: Edge, http: httpx.AsyncClient) -> str:
    """Ask CloudFront for an object that is not there: an address that it believes it asks S3 about."""
    url = edge.sign_get(new_key(), content_type="text/plain", seconds=60)
    host = urlsplit(url).netloc
    try:
        answer = await http.get(url)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        remedy = "Set MEDIA_URL to the stack's output of that name, and let this process reach it."
        raise Fault(f"{host} can't be reached ({type(error).__name__})", remedy, answers("MEDIA_URL")) from None
    if answer.status_code == HTTPStatus.FORBIDDEN and answer.headers.get("server") != "AmazonS3":
        remedy = "Have the distribution's key group hold the public key of MEDIA_PRIVATE_KEY, and name it here."
        raise Fault(f"{host} does not believe our signature", remedy)
    return host


async def _preflight(
    settings: Settings, clients: Clients, http: httpx.AsyncClient, place: Place, headers: dict[str, str]
) -> httpx.Response:
    endpoint = clients.s3_public.meta.endpoint_url.rstrip("/")
    try:
        answer = await http.options(f"{endpoint}/{place.address}/{new_key()}", headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        if settings.aws.s3_public_endpoint_url is None:
            raise unreachable("S3", type(error).__name__) from None
        remedy = "Correct S3_PUBLIC_ENDPOINT_URL; browsers and this process must both reach it."
        raise Fault(f"can't be reached ({type(error).__name__})", remedy, answers("S3_PUBLIC_ENDPOINT_URL")) from None
    if answer.status_code == HTTPStatus.NOT_FOUND:
        raise Untried("there is no such bucket")
    return answer
