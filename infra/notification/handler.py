"""Tells Lectern of new objects: an AWS Lambda function that S3 calls, and that calls the webhook.

It passes on what it is told as it is: the webhook knows the forms. The standard library is all that it needs.
"""

import json
import os
import random
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

PAUSES = (1.0, 2.0)
"""Seconds before it is tried again, at most."""
ANSWER_SECONDS = 5
LONGEST_ANSWER = 4096
OK, TOO_MANY_REQUESTS, SERVER_ERROR = 200, 429, 500


class NotTold(Exception):  # noqa: N818 - what has become of it
    """Lambda tries again twice, and then leaves the event to the dead letters."""


def handle(event: object, _context: object) -> object:
    """Tell of an event, and return what the webhook answers.

    Raises:
        NotTold: it refuses, or can't be reached.
    """
    body = json.dumps(event).encode()
    for pause in (*PAUSES, None):
        status, said = tell(body)
        if status == OK:
            return json.loads(said)
        may_pass = status in {None, TOO_MANY_REQUESTS} or status >= SERVER_ERROR
        if pause is None or not may_pass:
            break
        time.sleep(random.uniform(pause / 2, pause))  # noqa: S311 - jitter is no secret
    raise NotTold(f"{status}: {said!r}")


def tell(body: bytes) -> tuple[int | None, bytes]:
    """Call the webhook once, following nobody elsewhere: return the status and what was said, or None and why not."""
    url = urlsplit(os.environ["NOTIFICATION_URL"])
    headers = {"Content-Type": "application/json", "X-Webhook-Api-Key": os.environ["NOTIFICATION_KEY"]}
    connect = HTTPSConnection if url.scheme == "https" else HTTPConnection
    connection = connect(url.netloc, timeout=ANSWER_SECONDS)
    try:
        connection.request("POST", url.path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(LONGEST_ANSWER)
    except (OSError, HTTPException) as error:
        return None, repr(error).encode()
    finally:
        connection.close()
