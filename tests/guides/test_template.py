"""The whole template, its processes too, on an AWS of its own: as far as that knows what is in it."""

import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import aioboto3
import pytest

from server.local import aws
from server.local.backing import TEMPLATE, Options
from server.local.deployment import CONFIG, deploy
from server.local.ports import Ports, choose
from server.local.supervisor import supervisor
from server.local.template import read
from server.local.wishes import Wish
from server.settings import read_settings

SECRET = "secret-of-the-account-itself"
MORE = (
    "acm",
    "cloudfront",
    "cloudwatch",
    "ec2",
    "ecs",
    "elasticache",
    "elbv2",
    "iam",
    "kms",
    "logs",
    "rds",
    "scheduler",
    "secretsmanager",
    "sns",
)
UNKNOWN = {
    "AWS::ApplicationAutoScaling::ScalableTarget",
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "AWS::CloudFront::VpcOrigin",
    "AWS::EC2::EIP",
    "AWS::EC2::NatGateway",
    "AWS::EC2::SecurityGroupIngress",
}
"""What this AWS can't make; nor alarms that calculate."""
STAND_INS = {
    "ACCESS_TOKEN_SECRET_KEY": "a" * 64,
    "DB_CONNECTION_STR": "postgresql+asyncpg://lectern:a@database:5432/lectern?ssl=require",
    "VALKEY_URL": "rediss://:a@cache:6379/0",
    "WEBHOOK_API_KEY": "a" * 48,
}
"""For secrets, which this AWS doesn't hand to processes."""


def named(node: Any) -> Iterator[str]:
    """Name what a part of the template refers to, whatever the parameters are."""
    match node:
        case {"Fn::If": _}:
            return
        case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), _]}:
            yield name
        case {"Fn::Sub": str(text)}:
            yield from re.findall(r"\$\{(\w+)", text)
        case dict():
            for value in node.values():
                yield from named(value)
        case list():
            for value in node:
                yield from named(value)


def as_far_as_known() -> str:
    """Return the template without what this AWS can't make, and what refers to that."""
    template = read(TEMPLATE.read_text())
    resources, outputs = template["Resources"], template["Outputs"]
    gone = {name for name, one in resources.items() if one["Type"] in UNKNOWN or "Metrics" in one["Properties"]}
    while more := {name for name, resource in resources.items() if name not in gone and gone & {*named(resource)}}:
        gone |= more
    template["Resources"] = {name: resource for name, resource in resources.items() if name not in gone}
    template["Outputs"] = {name: output for name, output in outputs.items() if not gone & {*named(output)}}
    return json.dumps(template)


@pytest.fixture
async def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[[str], Any]]:
    """Clients, by the name of the service, of an AWS of the test's own with all that the template names."""
    monkeypatch.setattr(aws, "SERVICES", (*aws.SERVICES, *MORE))
    port = choose(Ports(), tmp_path / "ports.json").aws
    session = aioboto3.Session(aws.access_key_id(SECRET), SECRET, region_name=aws.REGION)
    async with supervisor(tmp_path / "logs", lambda _: None) as supervising:
        await aws.start(supervising, tmp_path / "aws", port, Options().aws_python, SECRET)
        yield partial(session.client, endpoint_url=aws.address(port), config=CONFIG)


async def a_network(account: Callable[[str], Any]) -> dict[str, str]:
    """Make a network that the template may be given."""
    async with account("ec2") as ec2:
        vpc = (await ec2.create_vpc(CidrBlock="10.0.0.0/16"))["Vpc"]["VpcId"]
        subnets = [
            await ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"{aws.REGION}{zone}")
            for number, zone in enumerate("ab")
        ]
    return {"VpcId": vpc, "PrivateSubnetIds": ",".join(subnet["Subnet"]["SubnetId"] for subnet in subnets)}


def wish(endpoint_url: str, parameters: dict[str, str]) -> Wish:
    """Wish for the processes, at a name of one's own."""
    given = {
        "Services": "true",
        "NeedTls": "false",
        "ApiImage": "000000000000.dkr.ecr.us-east-1.amazonaws.com/lectern/server:1",
        "WebImage": "000000000000.dkr.ecr.us-east-1.amazonaws.com/lectern/web:1",
        "CloudFrontPrefixList": "pl-3b927c52",
        "PassSchedule": "rate(1 hour)",
        "DomainName": "lectern.example.org",
        "CertificateArn": "arn:aws:acm:us-east-1:000000000000:certificate/0",
        **parameters,
    }
    return Wish(
        endpoint_url, aws.REGION, aws.access_key_id(SECRET), SECRET, as_far_as_known(), given, [], "a@example.com"
    )


async def environment_of(account: Callable[[str], Any], family: str) -> dict[str, str]:
    """Return what a task's process is told."""
    async with account("ecs") as ecs:
        task = (await ecs.describe_task_definition(taskDefinition=f"lectern-{family}"))["taskDefinition"]
    [process] = [one for one in task["containerDefinitions"] if one["name"] == family]
    return {one["name"]: one["value"] for one in process["environment"]}


async def test_processes_are_deployed_and_could_start(account: Callable[[str], Any]) -> None:
    """All of it is made in a given network, stays as it is when asked for again, and tells processes what they need."""
    async with account("s3") as s3:
        whole = wish(s3.meta.endpoint_url, await a_network(account))
    made = await deploy(whole)
    assert not (await deploy(whole)).changed
    for family in ("api", "worker", "whisper"):
        settings = read_settings(await environment_of(account, family) | STAND_INS)
        assert settings.service.public_url == "https://lectern.example.org"
        assert settings.aws.raw_bucket == made.outputs["RawBucket"]
        assert settings.auth.cognito_issuer == made.outputs["Issuer"]
    async with account("ecs") as ecs:
        listed = await ecs.list_services(cluster="lectern")
    assert {arn.rpartition("/")[2] for arn in listed["serviceArns"]} == {"api", "worker", "whisper"}
