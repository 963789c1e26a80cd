"""What is written to the log."""

import json
import subprocess
import sys

SCRIPT = """
import logging, structlog
from server.observability.logging import configure_logging
configure_logging("INFO", "json")
structlog.contextvars.bind_contextvars(task_id="t1")
structlog.get_logger("ours").info("hello", token="secret-1", url="https://signed", n=1)
logging.getLogger("theirs").warning("hi %s", "there")
logging.getLogger("theirs").debug("too quiet")
"""


def test_every_line_is_json_with_its_ids_and_without_secrets() -> None:
    """Our lines and the libraries' share one form; what must not be written is blanked."""
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=True, text=True)
    ours, theirs = [json.loads(line) for line in ran.stderr.splitlines()]
    assert (ours["event"], ours["task_id"], ours["n"], ours["level"]) == ("hello", "t1", 1, "info")
    assert (theirs["event"], theirs["level"], theirs["task_id"]) == ("hi there", "warning", "t1")
    assert "secret-1" not in ran.stderr
    assert "signed" not in ran.stderr
