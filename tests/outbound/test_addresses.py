"""Which network addresses may be called."""

import ipaddress

import pytest

from server.outbound.addresses import Allowed, is_public


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - nothing is bound to it
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.8.9.10",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001:db8::1",
        "2001::1",
        "2002:7f00:1::",
        "3fff::1",
        "2002:a9fe:a9fe::",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%lo",
        "fec0::1",
        "ff02::1",
    ],
)
def test_what_is_not_of_the_public_internet(address: str) -> None:
    """Nobody who names an address gets us to call our own network, nor a cloud's service for its machines."""
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "208.80.154.224", "2620:0:861:ed1a::1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1"],
)
def test_what_is_of_the_public_internet(address: str) -> None:
    """Others are called, in whichever form they are told."""
    assert is_public(ipaddress.ip_address(address))


def test_what_a_deployment_allows() -> None:
    """Names count whatever their case; addresses and networks count whatever the name."""
    allowed = Allowed.of(["Wiki.Internal", "10.1.0.0/16", "fd00::1"])
    local = ipaddress.ip_address("192.168.1.1")
    assert allowed.permits("wiki.internal", local)
    assert not allowed.permits("a.wiki.internal", local)
    assert allowed.permits("any.example", ipaddress.ip_address("10.1.2.3"))
    assert not allowed.permits("any.example", ipaddress.ip_address("10.2.2.3"))
    assert allowed.permits("any.example", ipaddress.ip_address("fd00::1"))
