"""`compose.yaml`, held against the settings and against what runs on AWS."""

from typing import Any

import pytest
import yaml

from server.local.backing import CHECKOUT, TEMPLATE
from server.local.template import read
from server.reference import groups
from tests.containers.compose import Service, read_services
from tests.containers.dockerfile import NotUnderstood, read_stages

COMPOSE = CHECKOUT / "compose.yaml"
OF_UVICORN = {"FORWARDED_ALLOW_IPS"}
TASKS = {"migrate": "ApiTask", "web": "ApiTask", "api": "ApiTask", "worker": "WorkerTask", "whisper": "WhisperTask"}


@pytest.fixture(scope="module")
def services() -> dict[str, Service]:
    """The services that are ours, by name."""
    return {service.name: service for service in read_services(COMPOSE, {"POSTGRES_PASSWORD": "secret"})}


@pytest.fixture(scope="module")
def containers() -> dict[str, dict[str, Any]]:
    """The same as tasks of AWS have them."""
    resources = read(TEMPLATE.read_text())["Resources"]
    defined = (resources[task]["Properties"]["ContainerDefinitions"] for task in set(TASKS.values()))
    return {container["Name"]: container for task in defined for container in task}


def test_environment_is_made_of_settings(services: dict[str, Service]) -> None:
    """A service is told nothing that it doesn't read."""
    known = {field.alias for group in groups() for field in group.model_fields.values()}
    told = {name for service in services.values() for name in service.environment}
    assert "DB_CONNECTION_STR" in told
    assert told - OF_UVICORN <= known


def test_password_must_be_set() -> None:
    """Without the database's password nothing is begun with an empty one."""
    with pytest.raises(NotUnderstood, match=r"POSTGRES_PASSWORD: set it in \.env"):
        read_services(COMPOSE, {})


def test_services_are_confined() -> None:
    """No service, not even another's, writes into its image, keeps what root may do or gets more by a program."""
    for name, service in yaml.safe_load(COMPOSE.read_text())["services"].items():
        held = service["read_only"], service["cap_drop"], service["security_opt"]
        assert held == (True, ["ALL"], ["no-new-privileges:true"]), name


@pytest.mark.parametrize("name", TASKS)
def test_runs_as_on_aws(services: dict[str, Service], containers: dict[str, dict[str, Any]], name: str) -> None:
    """What `make containers` has tried with this file is what tasks do, and they may write to the same places."""
    here, there = services[name], containers[name]
    assert there.get("Command") == here.command
    written = {mount["ContainerPath"] for mount in there["MountPoints"]}
    assert written == {*here.volumes, *here.in_memory}


@pytest.mark.parametrize("name", ["worker", "whisper"])
def test_health_is_asked_as_on_aws(
    services: dict[str, Service], containers: dict[str, dict[str, Any]], name: str
) -> None:
    """A worker shows its life in the same way."""
    assert containers[name]["HealthCheck"]["Command"] == ["CMD-SHELL", (services[name].health or [])[-1]]


def test_images_end_as_the_user_without_a_name() -> None:
    """Each image's last word about users is the number that AWS is told, too."""
    for name in ("Dockerfile", "web.Dockerfile"):
        users = [
            one.value for stage in read_stages(CHECKOUT / name) for one in stage.instructions if one.keyword == "USER"
        ]
        assert users[-1] == "65532:65532"
