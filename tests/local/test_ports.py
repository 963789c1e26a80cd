"""Which ports a stack takes."""

import socket
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from server.local.errors import StackError
from server.local.ports import LOOPBACK, UNCLAIMED, Ports, choose


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server((LOOPBACK, 0)) as server:
        yield server.getsockname()[1]


def test_free_ports_are_different(tmp_path: Path) -> None:
    """Every service gets a port of its own."""
    ports = asdict(choose(Ports(), tmp_path / "ports.json")).values()
    assert all(ports)
    assert len(set(ports)) == 4


def test_same_ports_again(tmp_path: Path) -> None:
    """The next start takes the ports of the last."""
    first = choose(Ports(), tmp_path / "ports.json")
    assert choose(Ports(), tmp_path / "ports.json") == first


def test_port_taken_meanwhile_is_left(tmp_path: Path) -> None:
    """Where another program now listens, a free port is taken instead; the others stay."""
    first = choose(Ports(), tmp_path / "ports.json")
    with socket.create_server((LOOPBACK, first.aws)):
        second = choose(Ports(), tmp_path / "ports.json")
    assert second.aws not in (0, first.aws)
    assert (second.api, second.postgres, second.valkey) == (first.api, first.postgres, first.valkey)


def test_wished_port_wins(tmp_path: Path) -> None:
    """A wished port is taken, though the last time it was another."""
    first = choose(Ports(), tmp_path / "ports.json")
    free = choose(Ports(), tmp_path / "others.json").api
    assert choose(Ports(api=free), tmp_path / "ports.json") == Ports(free, first.aws, first.postgres, first.valkey)


def test_wished_port_in_use_is_refused(tmp_path: Path, taken: int) -> None:
    """A wished port that another program has is said, not silently replaced."""
    with pytest.raises(StackError, match=f"Port {taken}, wished for api, is in use"):
        choose(Ports(api=taken), tmp_path / "ports.json")


def test_chosen_ports_are_not_those_of_the_system(tmp_path: Path) -> None:
    """No program that asks for any port can be given ours between the choice and our listening."""
    ports = asdict(choose(Ports(), tmp_path / "ports.json")).values()
    assert all(port in UNCLAIMED for port in ports)
