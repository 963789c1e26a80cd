"""The services that our processes stand on, and the template on the local AWS."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aioboto3
import asyncpg
import httpx
import jwt
import psutil
import pytest
from aiobotocore.config import AioConfig
from botocore import UNSIGNED
from botocore.exceptions import ClientError

from server.local import aws, environment
from server.local.backing import TEMPLATE, Backing, Options, backing
from server.local.deployment import CONFIG, deploy
from server.local.errors import StackError
from server.local.stack import up
from server.local.wishes import Deployment, Wish
from tests.end_to_end.foreign import sign_in_person
from tests.local.tracks import lives, until

if TYPE_CHECKING:
    from types_aiobotocore_cognito_idp import CognitoIdentityProviderClient
    from types_aiobotocore_s3 import S3Client
    from types_aiobotocore_sqs import SQSClient

KEPT = "kept.txt"


@dataclass
class Clients:
    """The services that the template has something of."""

    s3: "S3Client"
    sqs: "SQSClient"
    cognito: "CognitoIdentityProviderClient"
    transcribe: Any
    events: Any
    ses: Any


@asynccontextmanager
async def clients_of(services: Backing) -> AsyncIterator[Clients]:
    """Open clients of one stack's AWS."""
    given = services.environment
    session = aioboto3.Session(given["AWS_ACCESS_KEY_ID"], given["AWS_SECRET_ACCESS_KEY"], region_name=aws.REGION)
    where: dict[str, Any] = {"endpoint_url": given["AWS_ENDPOINT_URL"], "config": CONFIG}
    async with (
        session.client("s3", **where) as s3,
        session.client("sqs", **where) as sqs,
        session.client("cognito-idp", **where) as cognito,
        session.client("transcribe", **where) as transcribe,
        session.client("events", **where) as events,
        session.client("ses", **where) as ses,
    ):
        yield Clients(s3, sqs, cognito, transcribe, events, ses)


@asynccontextmanager
async def database_of(services: Backing) -> AsyncIterator["asyncpg.Connection[Any]"]:
    """Connect to one stack's database."""
    connection = await asyncpg.connect(services.environment["DB_CONNECTION_STR"].replace("+asyncpg", ""))
    try:
        yield connection
    finally:
        await connection.close()


@dataclass
class Again:
    """Services on a folder on which they have run before, and what they were then."""

    before: Backing
    now: Backing


@pytest.fixture(scope="module")
async def again(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Again]:
    """Services that were started, given something to keep, stopped, and started again."""
    folder = tmp_path_factory.mktemp("again") / "data"
    options = Options(say=lambda _: None)
    async with backing(folder, options) as before, clients_of(before) as clients, database_of(before) as database:
        await clients.s3.put_object(Bucket=before.environment["RAW_BUCKET"], Key=KEPT, Body=b"kept")
        await database.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    async with backing(folder, options) as now:
        yield Again(before, now)


@pytest.fixture(scope="module")
async def clients(again: Again) -> AsyncIterator[Clients]:
    """Clients of the AWS that was started again."""
    async with clients_of(again.now) as opened:
        yield opened


async def receive(clients: Clients, queue_url: str) -> Any:
    """Wait for the next message of a queue and remove it."""
    answer = await clients.sqs.receive_message(QueueUrl=queue_url, WaitTimeSeconds=20)
    [message] = answer["Messages"]
    await clients.sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
    return json.loads(message["Body"])


async def test_second_start_reuses_everything(again: Again, clients: Clients) -> None:
    """Rows, objects, people, clients and ports are the same after a restart, and nothing is deployed again."""
    assert again.now.ports == again.before.ports
    assert again.now.deployment == Deployment(**{**_fields(again.before.deployment), "changed": False})
    assert again.before.deployment.changed
    assert again.now.people == again.before.people
    stored = await clients.s3.get_object(Bucket=again.now.environment["RAW_BUCKET"], Key=KEPT)
    assert await stored["Body"].read() == b"kept"
    async with database_of(again.now) as database:
        assert await database.fetchval("SELECT answer FROM kept") == 42


def _fields(deployment: Deployment) -> dict[str, Any]:
    return {name: getattr(deployment, name) for name in deployment.__slots__}


async def test_two_stacks_side_by_side(again: Again, services: Backing) -> None:
    """Stacks on two folders share neither port nor data, though their buckets have one name."""
    assert not {*_ports(again.now)} & {*_ports(services)}
    assert again.now.environment["RAW_BUCKET"] == services.environment["RAW_BUCKET"]
    async with clients_of(services) as clients:
        listed = await clients.s3.list_objects_v2(Bucket=services.environment["RAW_BUCKET"])
    assert KEPT not in [found["Key"] for found in listed.get("Contents", [])]


def _ports(services: Backing) -> list[int]:
    ports = services.ports
    return [ports.api, ports.aws, ports.postgres, ports.valkey]


async def test_second_start_on_a_folder_in_use(again: Again, capsys: pytest.CaptureFixture[str]) -> None:
    """`up` on a folder that a stack runs on fails, and says where that one answers."""
    assert await up(again.now.folder) == 1
    assert f"it answers at {again.now.base_url}" in capsys.readouterr().err


async def test_nothing_is_open_to_others(again: Again) -> None:
    """Every service listens on loopback alone, on the one port that it was given."""
    listening = {
        (connection.laddr.ip, connection.laddr.port)
        for pid in again.now.supervisor.pids.values()
        for connection in psutil.Process(pid).net_connections()
        if connection.status == psutil.CONN_LISTEN
    }
    ports = again.now.ports
    assert listening == {("127.0.0.1", port) for port in (ports.aws, ports.postgres, ports.valkey)}


async def test_passwords_are_asked_for(again: Again) -> None:
    """Neither Postgres nor Valkey nor AWS lets in whoever only finds the port."""
    ports = again.now.ports
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(host="127.0.0.1", port=ports.postgres, user="lectern", password="wrong", ssl=False)
    reader, writer = await asyncio.open_connection("127.0.0.1", ports.valkey)
    writer.write(b"PING\r\n")
    assert (await reader.readline()).startswith(b"-NOAUTH")
    writer.close()
    await writer.wait_closed()
    unsigned = AioConfig(signature_version=UNSIGNED)
    for nobody, config in (("lectern", CONFIG), (aws.access_key_id("wrong"), CONFIG), ("", CONFIG.merge(unsigned))):
        session = aioboto3.Session(nobody, "wrong", region_name=aws.REGION)
        where: Any = {"endpoint_url": again.now.environment["AWS_ENDPOINT_URL"], "config": config}
        async with session.client("s3", **where) as s3, session.client("sqs", **where) as sqs:
            with pytest.raises(ClientError, match=r"InvalidAccessKeyId|AccessDenied"):
                await s3.get_object(Bucket=again.now.environment["RAW_BUCKET"], Key=KEPT)
            with pytest.raises(ClientError):
                await sqs.purge_queue(QueueUrl=again.now.environment["UPLOADS_QUEUE_URL"])


async def verified(token: str, services: Backing) -> dict[str, Any]:
    """Check a token's signature and issuer, and return its claims."""
    async with httpx.AsyncClient(trust_env=False) as http:
        keys = jwt.PyJWKSet.from_dict((await http.get(services.environment["COGNITO_JWKS_URL"])).json())
    key = keys[jwt.get_unverified_header(token)["kid"]]
    issuer = services.environment["COGNITO_ISSUER"]
    claims: dict[str, Any] = jwt.decode(token, key, algorithms=["RS256"], issuer=issuer, options={"verify_aud": False})
    return claims


@pytest.mark.parametrize("scope", ["lectern/base", "lectern/admin"])
async def test_machine_gets_a_token(again: Again, scope: str) -> None:
    """The machine client's secret buys a token, signed by the pool, with the scope that was asked for."""
    deployment = again.now.deployment
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(
            again.now.token_url,
            data={"grant_type": "client_credentials", "scope": scope},
            auth=(deployment.machine_client_id, deployment.machine_client_secret),
        )
    claims = await verified(answer.json()["access_token"], again.now)
    assert (claims["token_use"], claims["client_id"]) == ("access", deployment.machine_client_id)
    assert claims["scope"] == scope


async def test_people_can_sign_in(again: Again) -> None:
    """Each of the people gets an id token that names them, for the web client, through the pool's own page."""
    client_id, callback = again.now.environment["COGNITO_CLIENT_IDS"], f"{again.now.base_url}/signed-in"
    local = {"token_url": again.now.token_url, "people": [asdict(person) for person in again.now.people]}
    for person in again.now.people:
        tokens = await sign_in_person(local, client_id, callback, person.role)
        claims = await verified(tokens["id_token"], again.now)
        assert claims["sub"] == again.now.deployment.subjects[person.email]
        assert (claims["email"], claims["email_verified"], claims["name"]) == (person.email, True, person.name)
        assert claims["aud"] == again.now.environment["COGNITO_CLIENT_IDS"]


async def test_object_in_the_raw_bucket_is_told_of(again: Again, clients: Clients) -> None:
    """A source stored in the raw bucket is an event in the uploads queue; whatever else lies there is none."""
    queue = again.now.environment["UPLOADS_QUEUE_URL"]
    bucket = again.now.environment["RAW_BUCKET"]
    for key in ("a b/slice", "a b/source"):
        await clients.s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    keys: list[str] = []
    while "a+b/source" not in keys:  # what was stored by the other tests comes first
        told = await receive(clients, queue)
        keys += [record["s3"]["object"]["key"] for record in told.get("Records", [])]
        assert all(record["s3"]["bucket"]["name"] == bucket for record in told.get("Records", []))


async def test_ended_transcription_is_told_of(again: Again, clients: Clients) -> None:
    """A transcription job that has come to its end is an event in the queue of such events."""
    bucket = again.now.environment["RAW_BUCKET"]
    await clients.transcribe.start_transcription_job(
        TranscriptionJobName="job", LanguageCode="en-US", Media={"MediaFileUri": f"s3://{bucket}/{KEPT}"}
    )
    told = await receive(clients, again.now.deployment.outputs["TranscribeEventsQueueUrl"])
    assert told["detail"] == {"TranscriptionJobName": "job", "TranscriptionJobStatus": "COMPLETED"}


async def test_mail_that_came_back_is_told_of(again: Again, clients: Clients) -> None:
    """Of SES's news, which only SES may send, the rule takes what was refused, and puts it into a queue of its own."""
    rule = await clients.events.describe_rule(Name="lectern-mail")
    kinds = ("Email Sent", "Email Bounced", "Email Complaint Received")
    about: dict[str, Any] = {"id": "1", "account": "000000000000", "source": "aws.ses", "time": "2026-11-22T00:00:00Z"}
    about |= {"region": aws.REGION, "resources": [], "detail": {}}
    taken = [
        await clients.events.test_event_pattern(
            EventPattern=rule["EventPattern"], Event=json.dumps(about | {"detail-type": kind})
        )
        for kind in kinds
    ]
    assert [answer["Result"] for answer in taken] == [False, True, True]
    [target] = (await clients.events.list_targets_by_rule(Rule="lectern-mail"))["Targets"]
    queue = again.now.deployment.outputs["MailEventsQueueUrl"]
    assert target["Arn"].rpartition(":")[2] == queue.rpartition("/")[2]


async def test_sender_may_send(again: Again, clients: Clients) -> None:
    """What the processes send mail from, and by, is there."""
    sent = await clients.ses.send_email(
        Source=again.now.environment["MAIL_FROM"],
        Destination={"ToAddresses": ["ada@example.com"]},
        Message={"Subject": {"Data": "Hello"}, "Body": {"Text": {"Data": "Good morning."}}},
        ConfigurationSetName=again.now.environment["SES_CONFIGURATION_SET"],
    )
    async with httpx.AsyncClient(trust_env=False) as http:
        assert sent["MessageId"] in (await http.get(again.now.mail_url)).text


@pytest.mark.parametrize(
    ("queue", "dead_letters"),
    [
        ("UploadsQueueUrl", "UploadsDeadLetterQueueUrl"),
        ("TranscribeEventsQueueUrl", "TranscribeEventsDeadLetterQueueUrl"),
        ("MailEventsQueueUrl", "MailEventsDeadLetterQueueUrl"),
    ],
)
async def test_queues(again: Again, clients: Clients, queue: str, dead_letters: str) -> None:
    """A message that fails three times is put aside for two weeks."""
    outputs = again.now.deployment.outputs
    own, aside = [
        (await clients.sqs.get_queue_attributes(QueueUrl=outputs[name], AttributeNames=["All"]))["Attributes"]
        for name in (queue, dead_letters)
    ]
    redrive = json.loads(own["RedrivePolicy"])
    assert (redrive["deadLetterTargetArn"], int(redrive["maxReceiveCount"])) == (aside["QueueArn"], 3)
    assert (own["VisibilityTimeout"], own["ReceiveMessageWaitTimeSeconds"]) == ("30", "20")
    assert aside["MessageRetentionPeriod"] == str(14 * 24 * 3600)


def wish_of(services: Backing, template: str, origin: str) -> Wish:
    """Make a wish for a template with the parameters of another web client."""
    return Wish(
        endpoint_url=services.environment["AWS_ENDPOINT_URL"],
        region=aws.REGION,
        access_key_id=services.environment["AWS_ACCESS_KEY_ID"],
        secret_access_key=services.environment["AWS_SECRET_ACCESS_KEY"],
        template=template,
        parameters={
            "WebOrigins": origin,
            "CallbackUrls": f"{origin}/signed-in",
            "LogoutUrls": f"{origin}/",
            "NeedTls": "false",
            "Services": "false",
        },
        people=[],
        sender=environment.SENDER,
    )


async def test_template_is_updated_in_place(again: Again, clients: Clients) -> None:
    """Other parameters change what depends on them; buckets and their objects, pool and clients stay as they are."""
    outputs = again.now.deployment.outputs
    await clients.s3.put_object(Bucket=outputs["ContentBucket"], Key="kept", Body=b"kept")
    wish = wish_of(again.now, TEMPLATE.read_text(), "https://pages.example")
    assert (await deploy(wish)).changed
    once_more = await deploy(wish)
    assert not once_more.changed
    assert once_more.outputs == outputs
    assert (await clients.s3.head_object(Bucket=outputs["ContentBucket"], Key="kept"))["ContentLength"] == len(b"kept")
    [rule] = (await clients.s3.get_bucket_cors(Bucket=outputs["RawBucket"]))["CORSRules"]
    assert rule["AllowedOrigins"] == ["https://pages.example"]
    assert rule["ExposeHeaders"] == ["ETag"]
    web = await clients.cognito.describe_user_pool_client(
        UserPoolId=outputs["UserPoolId"], ClientId=outputs["WebClientId"]
    )
    assert web["UserPoolClient"]["CallbackURLs"] == ["https://pages.example/signed-in"]


async def test_template_that_fails_says_why(again: Again) -> None:
    """A template that can't be deployed is an error that names the resource."""
    nowhere = TEMPLATE.read_text().replace(
        "Queue: !GetAtt UploadsQueue.Arn", "Queue: arn:aws:sqs:us-east-1:000000000000:nowhere"
    )
    with pytest.raises(StackError, match=r"could not be deployed: RawBucket: .*NotificationConfiguration rejected"):
        await deploy(wish_of(again.now, nowhere, "https://pages.example"))


async def test_template_that_is_refused_says_why(again: Again) -> None:
    """A template that can't be read is an error with the reason in it."""
    with pytest.raises(StackError, match=r"The template was refused: .*ValidationError"):
        await deploy(wish_of(again.now, "Resources: [", "https://pages.example"))


async def test_aws_survives_a_crash(again: Again, clients: Clients) -> None:
    """AWS that was killed comes back with what was deployed and stored."""
    killed = again.now.supervisor.pids["aws"]
    os.kill(killed, signal.SIGKILL)
    await until(lambda: again.now.supervisor.pids["aws"] != killed and not lives(killed))
    await aws.wait(again.now.supervisor, again.now.ports.aws)
    stored = await clients.s3.head_object(Bucket=again.now.environment["RAW_BUCKET"], Key=KEPT)
    assert stored["ContentLength"] == 4


async def test_local_aws_that_is_not_installed(tmp_path: Path) -> None:
    """A missing environment of the local AWS is said with what to do."""
    with pytest.raises(StackError, match="Run `make setup`"):
        async with backing(tmp_path, Options(aws_python=tmp_path / "python", say=lambda _: None)):
            pass
