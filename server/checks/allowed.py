"""Trials of what our processes may do on AWS, one for each permission that the list says they need."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from server.aws.clients import Clients
from server.checks.findings import Fault, Subject, Trial, Untried
from server.checks.permissions import ON_BUCKETS, Action, Resource, Service, needed
from server.checks.places import BUCKETS, SOURCES, Place, places
from server.checks.probes import PROBES, Probe, attributes, redrive_of
from server.checks.refusals import code_of, is_denied, translated
from server.settings import Settings

AMAZON = {"s3": "S3", "sqs": "SQS", "transcribe": "Amazon Transcribe", "ses": "SES"}
NO_QUEUE = frozenset({"AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"})


def trials(services: Collection[Service], settings: Settings, clients: Clients) -> Iterator[Trial]:
    """Give a trial of each permission; what several processes need is tried once."""
    wanted: dict[tuple[Resource, Action], list[Service]] = {}
    for service in services:
        for one in needed(service, settings):
            wanted.setdefault((one.resource, one.action), []).append(service)
    for (resource, action), askers in wanted.items():
        for place in places(resource, settings):
            probe = Probe(clients, settings.mails, place)
            yield Trial(Subject(place.name, action), partial(_try, probe, action, askers))


def service_of(action: Action) -> str:
    """Return the service of AWS's that an action is asked of."""
    return AMAZON[action.partition(":")[0]]


async def _try(probe: Probe, action: Action, askers: Collection[Service]) -> str:
    try:
        with translated(service_of(action)):
            if probe.place.resource in SOURCES:
                probe = await _at_the_dead(probe)
            await PROBES[action](probe)
    except ClientError as error:
        raise _fault(error, probe.place, action, askers) from error
    return ""


async def _at_the_dead(probe: Probe) -> Probe:
    """Return the same of the queue that messages die into, which lies beside the one that they come from."""
    url = probe.place.address
    try:
        redrive = redrive_of(await attributes(probe))
    except ClientError as error:
        raise Untried(f"where they lie can't be read ({code_of(error)})") from None
    if redrive is None:
        raise Untried("the queue has none")
    path = f"{urlsplit(url).path.rpartition('/')[0]}/{redrive[0]}"
    return replace(probe, place=replace(probe.place, address=urlsplit(url)._replace(path=path).geturl()))


def _fault(error: ClientError, place: Place, action: Action, askers: Collection[Service]) -> Fault:
    code = code_of(error)
    if is_denied(error):
        what = place.arn if place.resource not in BUCKETS or action in ON_BUCKETS else f"{place.arn}/*"
        roles = " and the ".join(askers)
        return Fault(f"denied ({code})", f"Allow {action} on {what} in the role of the {roles}.")
    if code == "NoSuchBucket":
        return Fault(
            f"no bucket {place.address}", f"Correct {place.name}, or make it.", Subject(place.name, "is there")
        )
    if code in NO_QUEUE:
        remedy = f"Correct {place.name}: the URL of a queue in the region and account of AWS_REGION and the role."
        return Fault(f"no queue {place.address}", remedy, Subject(place.name, "is there"))
    return Fault(f"refused ({code})", f"Look {code} up in the reference of {service_of(action)}.")
