"""What can be seen of an address before anything is sent there."""

import pytest

from server.configuration.callbacks import Callbacks
from server.configuration.services import Outbound
from server.webhooks.kinds import Transport
from server.webhooks.problems import TargetRefused
from server.webhooks.targets import check

ACCOUNT = "https://sqs.us-east-1.amazonaws.com/123456789012"


def is_refused(url: str, transport: Transport, *allowed: str) -> bool:
    """Say whether an address is refused where these hosts, or queues, are allowed."""
    hosts, queues = ([], [*allowed]) if transport is Transport.SQS else ([*allowed], [])
    try:
        check(url, transport, Outbound(allowed_hosts=hosts), Callbacks(queues=queues))
    except TargetRefused:
        return True
    return False


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0",
        "127.1",
        "2130706433",
        "0x7f000001",
        "localhost",
        "api.localhost.",
        "[::1]",
        "[fd00::1]",
        "[fe80::1]",
        "[::ffff:169.254.169.254]",
        "[64:ff9b::a9fe:a9fe]",
    ],
)
def test_our_own_network_is_refused_at_once(host: str) -> None:
    """In whichever spelling; what only a name server knows is found when it is sent."""
    assert is_refused(f"https://{host}/hook", Transport.HTTP)
    assert not is_refused(f"https://{host}/hook", Transport.HTTP, "0.0.0.0/0", "::/0")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hook",
        "ftp://example.com/hook",
        "https://user@example.com/hook",
        "https://user:password@example.com/hook",
        "https://example.com/hook#part",
        "https:///hook",
        "https://0177.0.0.1/hook",
        "https://exa mple.com:port",
        "https://example.com:0/hook",
        "https://example.com:65536/hook",
        "https://xn--/hook",
        "//example.com",
        "example.com",
        "mailto:somebody@example.com",
    ],
)
def test_what_is_no_address_to_send_to(url: str) -> None:
    """Only https, without credentials and without what no server sees."""
    assert is_refused(url, Transport.HTTP)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://example.com/hook?key=1", ()),
        ("https://example.com:8443/hook", ()),
        ("https://1.1.1.1/hook", ()),
        ("http://receiver.internal/hook", ("receiver.internal",)),
        ("http://receiver.internal/hook", ("10.0.0.0/8",)),  # where it leads is seen when it is sent
        ("http://10.1.2.3/hook", ("10.0.0.0/8",)),
    ],
)
def test_what_is_fine(url: str, allowed: tuple[str, ...]) -> None:
    """The public Internet by TLS, and without it what the operators allow."""
    assert not is_refused(url, Transport.HTTP, *allowed)


@pytest.mark.parametrize(
    ("queue", "named", "refused"),
    [
        (f"{ACCOUNT}/told", f"{ACCOUNT}/told", False),
        (f"{ACCOUNT}/told-too", f"{ACCOUNT}/told", True),
        (f"{ACCOUNT}/told-too", f"{ACCOUNT}/told*", False),
        (f"{ACCOUNT}/told.fifo", f"{ACCOUNT}/*", False),
        (f"{ACCOUNT}/told/../other", f"{ACCOUNT}/*", True),
        (f"{ACCOUNT}/told?Action=PurgeQueue", f"{ACCOUNT}/*", True),
        ("https://sqs.us-east-1.amazonaws.com/999999999999/told", f"{ACCOUNT}/*", True),
        ("https://example.com/hook", "https://*", True),
        ("https://example.com/hook", ACCOUNT, True),
    ],
)
def test_only_named_queues(queue: str, named: str, refused: bool) -> None:  # noqa: FBT001 - of a table
    """A star stands for the rest of a name, and leads nowhere else."""
    assert is_refused(queue, Transport.SQS, named) is refused
