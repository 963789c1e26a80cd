"""Addresses at CloudFront: what they name, and what CloudFront checks of them."""

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_ec_key
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pydantic import ValidationError

from server.aws.clients import Clients
from server.aws.edge import Edge
from server.aws.store import Address, Store
from server.configuration.services import Aws
from server.headers import page_headers
from server.settings import Settings

KEY = generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()
OTHER_KIND = generate_ec_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
WHOLE = {"MEDIA_URL": "https://media.example.org", "MEDIA_KEY_PAIR_ID": "K2JCJMDEHXQW5F", "MEDIA_PRIVATE_KEY": PEM}


def configured(settings: Settings, **parts: str) -> Aws:
    """Return the settings of an AWS with these parts among them."""
    usual = {name: value for name, value in settings.aws.model_dump(by_alias=True).items() if value is not None}
    return Aws.model_validate(usual | parts)


def check(key: RSAPrivateKey, url: str) -> datetime:
    """Check an address as CloudFront does, and return until when it is good.

    Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html
    """
    base, _, rest = url.partition("&Expires=")
    asked = parse_qs(f"Expires={rest}", strict_parsing=True)
    assert asked["Key-Pair-Id"] == [WHOLE["MEDIA_KEY_PAIR_ID"]]
    [expires], [signature] = asked["Expires"], asked["Signature"]
    policy = f'{{"Statement":[{{"Resource":"{base}","Condition":{{"DateLessThan":{{"AWS:EpochTime":{expires}}}}}}}]}}'
    signed = b64decode(signature.translate(str.maketrans("-_~", "+=/")))
    key.public_key().verify(signed, policy.encode(), PKCS1v15(), SHA1())  # noqa: S303 - the digest of CloudFront
    return datetime.fromtimestamp(int(expires), UTC)


async def test_renditions_are_read_through_cloudfront(settings: Settings, clients: Clients) -> None:
    """What is shown or played is signed for CloudFront with its type; nobody can have it longer, or as another type."""
    store = Store(replace(clients, edge=Edge.of(configured(settings, **WHOLE))))
    there = Address(settings.aws.processed_bucket, "owner/item/task-1/web.mp4")
    url = await store.sign_get(there, content_type="video/mp4", seconds=600)
    assert url.startswith(f"https://media.example.org/{there.key}?response-content-type=video%2Fmp4&Expires=")
    assert 590 < (check(KEY, url) - datetime.now(UTC)).total_seconds() <= 600
    for changed in (url.replace("video%2Fmp4", "text%2Fhtml"), url.replace("Expires=1", "Expires=2")):
        with pytest.raises(InvalidSignature):
            check(KEY, changed)


async def test_all_else_is_read_from_s3(settings: Settings, clients: Clients) -> None:
    """Files to be saved under a name of any script, and other buckets, are S3's own addresses."""
    store = Store(replace(clients, edge=Edge.of(configured(settings, **WHOLE))))
    aws = settings.aws
    for bucket, name in ((aws.processed_bucket, "תמונה.webp"), (aws.raw_bucket, None), (aws.content_bucket, None)):
        url = await store.sign_get(Address(bucket, "a/b"), content_type="image/webp", seconds=60, save_as=name)
        assert urlsplit(url).netloc == urlsplit(clients.s3_public.meta.endpoint_url).netloc
    assert Edge.of(aws) is None


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"MEDIA_PRIVATE_KEY": ""}, "MEDIA_URL, MEDIA_KEY_PAIR_ID without MEDIA_PRIVATE_KEY"),
        ({"MEDIA_URL": "", "MEDIA_KEY_PAIR_ID": ""}, "MEDIA_PRIVATE_KEY without MEDIA_URL, MEDIA_KEY_PAIR_ID"),
        ({"MEDIA_URL": "http://media.example.org"}, "MEDIA_URL"),
        ({"MEDIA_URL": "https://media.example.org/there"}, "MEDIA_URL"),
        ({"MEDIA_PRIVATE_KEY": OTHER_KIND}, "RSA private key"),
        ({"MEDIA_PRIVATE_KEY": "K2JCJMDEHXQW5F"}, "RSA private key"),
    ],
)
def test_what_does_not_go_together_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, parts: dict[str, str], told: str
) -> None:
    """A process whose addresses nobody could read stops at once, and says which setting is to blame."""
    assert settings.aws.media_url is None
    for name, value in (WHOLE | parts).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=told):
        Settings()


def test_key_fits_into_one_line(settings: Settings) -> None:
    """`.env` has one line for each setting, so line ends may be written out."""
    written = configured(settings, **WHOLE | {"MEDIA_PRIVATE_KEY": PEM.replace("\n", "\\n")})
    assert written.media_private_key is not None
    assert written.media_private_key.get_secret_value() == PEM


def test_pages_may_play_from_there() -> None:
    """The policy of our pages names S3, where people send to, and CloudFront."""
    policy = page_headers("https://s3.us-east-1.amazonaws.com", "https://media.example.org/", google=False)
    both = "https://s3.us-east-1.amazonaws.com https://media.example.org"
    allowed = policy["Content-Security-Policy"].split("; ")
    assert {
        f"img-src 'self' blob: data: {both}",
        f"media-src 'self' blob: data: {both}",
        f"connect-src 'self' {both}",
    } < {*allowed}
