"""The program that fetches a speech model from the Hugging Face hub: `fetch_child.py NAME [--folder FOLDER]`.

It is one of its own because the hub's library takes half a second to import, reads the environment while it is
imported, and leaves threads behind when it is interrupted.
"""

import argparse
import signal
import sys
from pathlib import Path

import stamina
from huggingface_hub import get_session, snapshot_download
from huggingface_hub.errors import HFValidationError, OfflineModeIsEnabled, RepositoryNotFoundError
from stamina.instrumentation import set_on_retry_hooks

from server.transcription.engines.hub import PUBLISHED, is_whole, repository_of

_FILES = ["config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*"]
_SILENCE_S = 10.0
_RETRIES = stamina.RetryingCaller(attempts=3, timeout=None, wait_initial=0.5, wait_jitter=0.5, wait_max=5.0)
_LONGEST_REASON = 500


class NotFetched(Exception):  # noqa: N818 - read as a sentence: it was not fetched
    """The model did not come; the message says why, and what can be done."""


def fetch(name: str, folder: Path | None = None) -> Path:
    """Fetch a model, or the rest of one that was fetched in part.

    Args:
        name: a short one such as `small`, or `owner/name` of a repository.
        folder: where to put the files; by default in the hub's cache.

    Returns:
        The folder with the files.

    Raises:
        NotFetched: there is no such model, it may not be had, or the hub can't be reached.
    """
    # The library itself would wait for ever for some answers; the downloads have the same limit of their own.
    get_session().timeout = _SILENCE_S
    try:
        place = Path(_RETRIES(_may_pass, _download, repository_of(name), folder))
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise NotFetched(
            f"The hub has no speech model {name!r} for you. Name one of {', '.join(PUBLISHED)}, or a repository as "
            "owner/name; where it is private, set HF_TOKEN to a token that may read it."
        ) from error
    except Exception as error:
        raise NotFetched(
            f"The speech model {name!r} can't be fetched ({_reason(error)}). Look after the network, HTTPS_PROXY and "
            "HF_ENDPOINT; or fetch it elsewhere with `lectern models fetch --folder` and name that folder here."
        ) from error
    if not is_whole(place):
        raise NotFetched(f"{name!r} is no model converted for CTranslate2, or {place} has only a part of it.")
    return place


def _download(repository: str, folder: Path | None) -> str:
    return snapshot_download(repository, local_dir=folder, allow_patterns=_FILES)


def _may_pass(error: Exception) -> bool:
    final = isinstance(error, RepositoryNotFoundError | HFValidationError)
    return not final and not isinstance(error.__cause__, OfflineModeIsEnabled)


def _reason(error: Exception) -> str:
    # The library's own words are about its cache; what the network said is what made it say them.
    first = error.__cause__ or error
    return f"{type(first).__name__}: {first}".splitlines()[0].rstrip(".")[:_LONGEST_REASON]


def main() -> None:
    """Fetch the model that the arguments name, showing the progress; status 1 and a sentence when it can't be had."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # what is half fetched is gone on with the next time
    set_on_retry_hooks([])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    try:
        sys.stdout.write(f"{fetch(given.name, given.folder)}\n")
    except NotFetched as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
