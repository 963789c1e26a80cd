"""Putting something else in the place of a part of the application, for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI


@contextmanager
def instead(app: FastAPI, **parts: object) -> Iterator[None]:
    """Swap parts of the application's state while the block lasts."""
    own = {name: getattr(app.state, name) for name in parts}
    for name, part in parts.items():
        setattr(app.state, name, part)
    try:
        yield
    finally:
        for name, part in own.items():
            setattr(app.state, name, part)
