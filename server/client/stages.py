"""What a person is told about where a file is."""

from dataclasses import dataclass

from server.client.feed import News
from server.media.state import Status

NEARLY = 0.99


@dataclass(frozen=True, slots=True)
class Stage:
    """What is being done with a file, the finished share of it, and how far that is in figures.

    The share is 1 only when all is done: a bar that is full once has come to its end.
    """

    doing: str
    share: float
    figures: str = ""


def stage_of_sending(sent: int, size: int) -> Stage:
    """Tell about the bytes that have gone."""
    figures = f"{_megabytes(sent)} of {_megabytes(size)} MB"
    return Stage("sending" if sent < size else "sent", _share(sent / size), figures)


def stage_of(news: News) -> Stage:
    """Tell about the service's work."""
    match news.status:
        case Status.TRANSCODING:
            return Stage("preparing", _share(news.progress))
        case Status.TRANSCRIBING:
            heard, duration = news.heard_ms, news.duration_ms or 0
            share = heard / duration if duration else news.progress
            return Stage("listening", _share(share), f"{clock(heard)} of {clock(duration)}")
        case Status.COMPLETED:
            return Stage("done", 1.0, f"{clock(news.duration_ms)} of sound" if news.duration_ms else "")
        case _:
            return Stage(str(news.status), _share(news.progress))


def clock(milliseconds: int) -> str:
    """Show a time as minutes and seconds, `MM:SS.cc`; minutes go on after 59."""
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes:02}:{rest // 1000:02}.{rest % 1000 // 10:02}"


def _share(share: float) -> float:
    return min(share, NEARLY)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f}"
