"""Structured log lines that carry the ids of what they are about."""

import logging
import sys

import structlog

SECRET_KEYS = frozenset({"authorization", "cookie", "password", "secret", "token", "url", "fields"})


def _conceal(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Blank what must never be written down, presigned addresses included."""
    for key in SECRET_KEYS & event.keys():
        event[key] = "***"
    return event


def configure_logging(level: str, form: str) -> None:
    """Send every log line, our own and the libraries', to standard error in one form.

    Args:
        level: the least important level that is written.
        form: `json` for machines, `console` for people.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _conceal,
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            last,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.root.handlers = [handler]
    logging.root.setLevel(level)
    logging.getLogger("arq").handlers = []  # arq's command line gives it one of its own
    for name in ("arq", "uvicorn.access", "httpx", "httpcore", "aiobotocore", "botocore", "boto3"):
        logging.getLogger(name).setLevel(logging.WARNING)
