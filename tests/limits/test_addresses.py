"""Network addresses as limits know them."""

import pytest

from server.limits.addresses import network_of


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("somewhere", "somewhere"),
        ("0.0.0.0", "0.0.0.0"),  # noqa: S104 - an address like any other here
    ],
)
def test_network(host: str, network: str) -> None:
    """An IPv4 address counts by itself, however it is written, and an IPv6 address with its 64 bits."""
    assert network_of({"client": (host, 1)}) == network


def test_request_without_an_address() -> None:
    """On a Unix socket nobody has one."""
    assert network_of({"client": None}) is None
