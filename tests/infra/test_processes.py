"""The processes as the template has them, held against what the server says of itself."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from typer.main import get_command

from server import admin_client
from server.checks.permissions import ON_BUCKETS, PERMISSIONS, Action, Resource, Service
from server.configuration.base import Group
from server.settings import Settings
from server.tasks.queues import Queue
from server.worker.backlog import LINE, Backlog

TASKS = {"api": "ApiTask", "worker": "WorkerTask", "whisper": "WhisperTask"}
ROLES = {Service.API: "ApiRole", Service.WORKER: "WorkerRole", Service.WHISPER: "WhisperRole"}
BY_PATTERN = {
    r"PreprocessingBucketArns": Resource.FOREIGN_BUCKETS,
    r"CallbackQueueArns": Resource.CALLBACK_QUEUES,
    r":transcription-job/": Resource.TRANSCRIPTION_JOBS,
    r":ses:": Resource.MAIL,
}
OF_UVICORN = {"FORWARDED_ALLOW_IPS"}
LONGEST_STOP = 120
"""Seconds before Fargate kills: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"""
HANDING_BACK = 5
"""Seconds that a worker needs beyond its SHUTDOWN_SECONDS: docs/operations.md."""


def leaves(node: Any) -> Iterator[Any]:
    """Give the members of a list, those that hang on a condition too."""
    for member in node if isinstance(node, list) else [node]:
        if isinstance(member, dict) and "Fn::If" in member:
            yield from leaves(member["Fn::If"][1:])
        elif member != {"Ref": "AWS::NoValue"}:
            yield member


def containers(template: dict[str, Any], task: str) -> dict[str, Any]:
    """Return a task's containers by name."""
    defined = template["Resources"][task]["Properties"]["ContainerDefinitions"]
    return {container["Name"]: container for container in defined}


def names_of(container: dict[str, Any]) -> list[str]:
    """Name what a container finds in its environment."""
    return [one["Name"] for part in ("Environment", "Secrets") for one in leaves(container.get(part, []))]


def known(*, needed: bool = False) -> set[str]:
    """Name the settings, all or those without which nothing starts."""
    groups = [field.annotation for field in Settings.model_fields.values()]
    return {
        field.alias
        for group in groups
        if isinstance(group, type) and issubclass(group, Group)
        for field in group.model_fields.values()
        if field.alias and (field.is_required() or not needed)
    }


def granted(template: dict[str, Any], role: str) -> Iterator[tuple[Resource, Action]]:
    """Give what a role allows, each action with what it is done to."""
    for policy in template["Resources"][role]["Properties"]["Policies"]:
        for statement in leaves(policy["PolicyDocument"]["Statement"]):
            for action in leaves(statement["Action"]):
                for resource in leaves(statement["Resource"]):
                    yield read_resource(resource, action), Action(action)


def read_resource(resource: Any, action: str) -> Resource:
    """Tell what is meant, and check that it is objects where the action is about objects."""
    if resource == "*":
        return {Action.START_JOB: Resource.TRANSCRIPTION_JOBS}[Action(action)]
    written = json.dumps(resource)
    if action.startswith("s3:"):
        assert ("/*" in written) == (action not in ON_BUCKETS), f"{action} on {written}"
    for pattern, meant in BY_PATTERN.items():
        if re.search(pattern, written):
            return meant
    [name] = re.findall(r'\w+(?=\.Arn\}|", "Arn")', written)
    return Resource(name)


@pytest.mark.parametrize("service", Service)
def test_roles_allow_what_is_needed_and_no_more(template: dict[str, Any], service: Service) -> None:
    """Each process may do exactly what the server's own list says of it."""
    needed = {(one.resource, one.action) for one in PERMISSIONS if one.service is service}
    assert set(granted(template, ROLES[service])) == needed


@pytest.mark.parametrize("process", TASKS)
def test_environment_is_made_of_settings(template: dict[str, Any], process: str) -> None:
    """A process is told nothing twice, nothing that it doesn't read, and all that it can't start without."""
    named = names_of(containers(template, TASKS[process])[process])
    assert len(named) == len(set(named))
    assert set(named) - OF_UVICORN <= known()
    assert known(needed=True) <= set(named)


@pytest.mark.parametrize("process", ["worker", "whisper"])
def test_workers_may_end_in_peace(template: dict[str, Any], process: str) -> None:
    """What a worker is given to end its jobs fits into what Fargate gives it."""
    container = containers(template, TASKS[process])[process]
    told = {one["Name"]: one["Value"] for one in leaves(container["Environment"])}
    assert int(told["SHUTDOWN_SECONDS"]) + HANDING_BACK <= container["StopTimeout"] <= LONGEST_STOP


@pytest.mark.parametrize("task", TASKS.values())
def test_containers_are_confined(template: dict[str, Any], task: str) -> None:
    """No container runs as root, writes into its image, or keeps a capability; each has its log."""
    for container in containers(template, task).values():
        assert container["User"] == "65532:65532"
        assert container["ReadonlyRootFilesystem"] is True
        assert container["LinuxParameters"] == {"Capabilities": {"Drop": ["ALL"]}}
        assert container["LogConfiguration"]["Options"]["awslogs-group"]["Ref"].endswith("Logs")


def test_scaling_reads_what_workers_tell(template: dict[str, Any]) -> None:
    """The metric filters look for the line that workers write and values in it, the alarms for queues that exist."""
    resources = template["Resources"]
    written = {field.name for field in fields(Backlog)}
    for name in ("Backlog", "OpenTasks"):
        filtering = resources[name]["Properties"]
        [made] = filtering["MetricTransformations"]
        read = [made["MetricValue"], *(dimension["Value"] for dimension in made["Dimensions"])]
        assert filtering["FilterPattern"] == f'{{ $.event = "{LINE}" }}'
        assert {path.removeprefix("$.") for path in read} <= written
    alarms = [json.dumps(one) for one in resources.values() if one["Type"] == "AWS::CloudWatch::Alarm"]
    asked = {queue for alarm in alarms for queue in re.findall(r'"(lectern:[a-z]+)"', alarm)}
    assert {Queue.WORK, Queue.PICTURES, Queue.WHISPER} <= asked <= set(Queue)


@pytest.mark.parametrize("schedule", ["AggregateSessions", "UploadSessions"])
def test_scheduled_commands_exist(template: dict[str, Any], schedule: str) -> None:
    """What is run at set times is a command of ours, in the container that the worker's task has."""
    [override] = json.loads(template["Resources"][schedule]["Properties"]["Target"]["Input"])["containerOverrides"]
    assert override["name"] in containers(template, "WorkerTask")
    program, command = override["command"]
    assert program == "lectern"
    assert command in get_command(admin_client.app).commands  # type: ignore[attr-defined] # a group has them


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("lectern", True),
        ("a" * 20, True),
        ("lectern-2", True),
        ("a" * 21, False),
        ("lectern-aws", False),
        ("a--b", False),
        ("internal-a", False),
        ("Lectern", False),
    ],
)
def test_names_fit_all_that_is_called_by_them(template: dict[str, Any], name: str, *, fits: bool) -> None:
    """What a sign-in page's address, a database or a load balancer would refuse is refused before anything is made."""
    assert (re.match(template["Parameters"]["Name"]["AllowedPattern"], name) is not None) is fits
