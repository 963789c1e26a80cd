"""Where messages may go: what can be seen of an address before anything is sent there."""

import ipaddress
import re
import socket

import httpx

from server.configuration.callbacks import Callbacks
from server.configuration.services import Outbound
from server.outbound.addresses import Address, Allowed, is_public
from server.webhooks.kinds import Transport
from server.webhooks.problems import TargetRefused

QUEUE_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}(?:\.fifo)?")
ANY = "*"
PORTS = range(1, 65_536)


def check(url: str, transport: Transport, outbound: Outbound, callbacks: Callbacks) -> None:
    """Refuse what would be refused when it is sent, as far as that can be seen without asking a name server.

    Raises:
        TargetRefused: and why.
    """
    if transport is Transport.SQS:
        _check_queue(url, callbacks.queues)
    else:
        _check_url(url, Allowed.of(outbound.allowed_hosts))


def _check_queue(url: str, named: list[str]) -> None:
    if not any(_is_meant(url, queue) for queue in named):
        raise TargetRefused("it is none of the queues that this service may send to. Ask whoever runs it to add yours.")


def _is_meant(url: str, named: str) -> bool:
    """Say whether a queue is named; what a star stands for is the rest of a queue's name, and nothing beyond that."""
    if not named.endswith(ANY):
        return url == named
    begins = named.removesuffix(ANY)
    name = url.rpartition("/")[2]
    return url.startswith(begins) and "/" not in url[len(begins) :] and QUEUE_NAME.fullmatch(name) is not None


def _check_url(text: str, allowed: Allowed) -> None:
    url = _read(text)
    literal = _literal(url.host)
    if _may_be_allowed(url.host, literal, allowed):
        return
    if url.scheme != "https":
        raise TargetRefused("it has to begin with https://.")
    if not _may_be_public(url.host, literal):
        raise TargetRefused("it is no address of the public Internet.")


def _read(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text)
        host = url.host  # read here, where a name in Punycode is decoded
    except (httpx.InvalidURL, UnicodeError) as error:
        raise TargetRefused("it is no URL.") from error
    if url.scheme not in {"http", "https"} or not host:
        raise TargetRefused("it has to begin with https:// and a host.")
    if url.port is not None and url.port not in PORTS:
        raise TargetRefused("there is no such port.")
    if url.userinfo or url.fragment:
        raise TargetRefused("leave out the user name, the password and what follows a #.")
    return url


def _may_be_public(host: str, literal: Address | None) -> bool:
    if literal is not None:
        return is_public(literal)
    return host.rstrip(".").rpartition(".")[2].casefold() != "localhost"  # reserved by RFC 6761, 6.3


def _may_be_allowed(host: str, literal: Address | None, allowed: Allowed) -> bool:
    """Say whether a host is allowed, or may turn out to be: a name may lead into a network that is."""
    if literal is not None:
        return allowed.permits(host, literal)
    return host.casefold() in allowed.names or bool(allowed.networks)


def _literal(host: str) -> Address | None:
    """Read a host that is an address, in any of the spellings that the system takes: `127.1` and `0x7f000001` too."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None
