"""Calling addresses that somebody else names."""

import asyncio
import ipaddress
import ssl
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest

from server.configuration.services import Outbound
from server.local.certificate import make_certificate
from server.outbound.addresses import Address, Allowed
from server.outbound.client import AddressRefused, PublicTransport, open_outbound
from server.outbound.fetching import ATTEMPTS, NotFetched, fetch
from tests.outbound.serving import Answer, serving

LOOPBACK = ipaddress.ip_address("127.0.0.1")
CONTACT = "https://lectern.example"


class Names:
    """A name server that answers each time with the next of its answers."""

    def __init__(self, *answers: str) -> None:
        self.answers = [ipaddress.ip_address(answer) for answer in answers]
        self.asked: list[str] = []

    async def __call__(self, host: str, _: int) -> Sequence[Address]:
        """Answer."""
        self.asked.append(host)
        return [self.answers[len(self.asked) - 1]]


def hello(_: str) -> Answer:
    """Answer with a greeting."""
    return 200, {}, b"hello"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "[::ffff:127.0.0.1]",
        "[::1]",
        "0",
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_our_own_network_is_not_called(host: str, scheme: str) -> None:
    """In whichever form the address is written, nothing is connected to."""
    async with serving(hello) as site, open_outbound(Outbound(allowed_hosts=[]), CONTACT) as client:
        with pytest.raises((AddressRefused, httpx.InvalidURL)):
            await client.get(site.url(host, scheme))
    assert site.requests == []


async def test_public_hosts_are_called_by_tls_alone() -> None:
    """Without it, whoever is on the way could answer."""
    transport = PublicTransport(Allowed(), resolver=Names("1.1.1.1"))
    async with httpx.AsyncClient(transport=transport) as client:
        with pytest.raises(AddressRefused):
            await client.get("http://public.example")


@pytest.mark.parametrize("allowed", ["localhost", "127.0.0.0/8"])
async def test_what_is_allowed_is_called(allowed: str) -> None:
    """By name or by network; who is called learns who calls, and a redirect is nowhere followed."""
    settings = Outbound(allowed_hosts=[allowed])
    away = {"Location": "http://169.254.169.254/latest/meta-data/"}
    async with serving(lambda _: (302, away, b"")) as site, open_outbound(settings, CONTACT) as client:
        answer = await client.get(site.url("localhost"))
    assert answer.status_code == 302
    assert f"lectern/1 (+{CONTACT})" in site.requests[0].lower()


async def test_what_was_checked_is_what_is_called() -> None:
    """A name server that answers otherwise the second time is not asked a second time; the host keeps its name."""
    names = Names("127.0.0.1", "169.254.169.254")
    async with (
        serving(hello) as site,
        httpx.AsyncClient(
            transport=PublicTransport(Allowed(networks=(ipaddress.ip_network("127.0.0.0/8"),)), resolver=names)
        ) as client,
    ):
        assert (await client.get(site.url("changing.example"))).text == "hello"
        with pytest.raises(AddressRefused):
            await client.get(site.url("changing.example"))
    assert names.asked == ["changing.example"] * 2
    assert [f"host: changing.example:{site.port}" in request.lower() for request in site.requests] == [True]


async def test_name_is_asked_for_as_it_is_registered() -> None:
    """Of names beyond ASCII there were two encodings, and the older one leads to somebody else's host."""
    names = Names("127.0.0.1")
    async with httpx.AsyncClient(transport=PublicTransport(Allowed(), resolver=names)) as client:
        with pytest.raises(AddressRefused, match="faß"):
            await client.get("https://faß.example")
    assert names.asked == ["xn--fa-hia.example"]


async def test_certificate_is_that_of_the_name(tmp_path: Path) -> None:
    """Though an address is connected to, the name is what the server has to prove."""
    certificate, key = make_certificate(tmp_path / "tls", "127.0.0.1")
    here = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    here.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))
    allowed = Allowed.of(["127.0.0.1"])
    transport = PublicTransport(allowed, tls=trusting, resolver=Names("127.0.0.1", "127.0.0.1"))
    async with serving(hello, here) as site, httpx.AsyncClient(transport=transport) as client:
        assert (await client.get(site.url("localhost", "https"))).text == "hello"
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            await client.get(site.url("elsewhere.example", "https"))


async def test_passing_trouble_passes() -> None:
    """An answer that may be another in a moment is asked for again, and not for ever."""
    answers: Iterator[Answer] = iter(
        [(503, {}, b""), (429, {}, b""), (200, {}, b"at last"), *[(500, {}, b"")] * ATTEMPTS]
    )
    settings = Outbound(allowed_hosts=["127.0.0.1"])
    async with serving(lambda _: next(answers)) as site, open_outbound(settings, CONTACT) as client:
        assert await fetch(client, site.url(), {}, most=100) == b"at last"
        with pytest.raises(NotFetched, match="500"):
            await fetch(client, site.url(), {}, most=100)
    assert len(site.requests) == 2 * ATTEMPTS


async def test_cookies_are_not_kept() -> None:
    """What one host sets is not told it again when somebody else names it."""
    settings = Outbound(allowed_hosts=["localhost"])
    async with (
        serving(lambda _: (200, {"Set-Cookie": "seen=1"}, b"")) as site,
        open_outbound(settings, CONTACT) as client,
    ):
        for _ in range(2):
            await client.get(site.url("localhost"))
    assert "cookie" not in site.requests[1].lower()


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"x" * 101),
        (200, {"Content-Encoding": "gzip"}, b"x"),
        (302, {"Location": "http://169.254.169.254/"}, b""),
        (404, {}, b""),
    ],
)
async def test_answers_of_no_use(answer: Answer) -> None:
    """What is too long, packed, elsewhere or not there is not taken, nor asked for again."""
    settings = Outbound(allowed_hosts=["127.0.0.1"])
    async with serving(lambda _: answer) as site, open_outbound(settings, CONTACT) as client:
        with pytest.raises(NotFetched):
            await fetch(client, site.url(), {}, most=100)
    assert len(site.requests) == 1


async def test_nobody_answers() -> None:
    """A host that is not there is told as such, within the time."""
    async with serving(hello) as site:
        pass
    async with asyncio.timeout(10), open_outbound(Outbound(allowed_hosts=["127.0.0.1"]), CONTACT) as client:
        for url in (site.url(), "https://", "gopher://x"):
            with pytest.raises(NotFetched):
                await fetch(client, url, {}, most=100)
        with pytest.raises(httpx.ConnectError):
            await client.get("https://no..host")
