"""The objects that a request names, as S3 knows them: in buckets that may be named, in formats that are made."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from server.aws.store import Address
from server.ffmpeg.forms import FORMS, Form
from server.preprocessing.contract import Keys
from server.tasks.stage import Unworkable

_WRITTEN = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(?P<key>.+)")
LONGEST_KEY = 1024
"""Bytes in UTF-8: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html"""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a file goes, and in which format."""

    address: Address
    form: Form


@dataclass(frozen=True, slots=True)
class Places:
    """The three objects of a request."""

    source: Address
    short: Target
    inference: Target


def written(address: Address) -> str:
    """Write where an object lies as the contract has it."""
    return f"s3://{address.bucket}/{address.key}"


def places(keys: Keys, buckets: Collection[str]) -> Places:
    """Read where the objects of a request lie.

    Args:
        keys: the request's.
        buckets: those that it may name.

    Raises:
        Unworkable: an address is none, names another bucket, or has an extension that nothing is made for; or two of
            them are the same.
    """
    source, short, inference = (
        _address(name, getattr(keys, name), buckets) for name in ("s3_key_temp", "s3_key_short", "s3_key_for_inference")
    )
    if len({source, short, inference}) < 3:  # noqa: PLR2004 - there are three
        raise Unworkable("keys_collide", "Two of the three keys are the same. Name a place of its own for each file.")
    return Places(source, Target(short, _form(short)), Target(inference, _form(inference)))


def _address(name: str, text: str, buckets: Collection[str]) -> Address:
    match = _WRITTEN.fullmatch(text)
    if match is None or len(match["key"].encode()) > LONGEST_KEY:
        raise Unworkable("address_invalid", f"{name} is no address of an object. Write it as s3://bucket/key.")
    if match["bucket"] not in buckets:
        raise Unworkable(
            "bucket_not_allowed", f"{name} is in a bucket that may not be named here. Ask for it, or use another."
        )
    return Address(match["bucket"], match["key"])


def _form(address: Address) -> Form:
    _, dot, extension = address.key.rpartition("/")[2].rpartition(".")
    form = FORMS.get(extension.lower()) if dot else None
    if form is None:
        raise Unworkable(
            "format_unknown",
            f"Nothing is made with the extension {extension[:20] if dot else ''!r}. End the key in {', '.join(FORMS)}.",
        )
    return form
