"""Addresses at CloudFront, signed so that whoever has one may read one object for a while."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import cast
from urllib.parse import quote

from botocore.signers import CloudFrontSigner
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from server.configuration.services import Aws


@dataclass(frozen=True, slots=True)
class Edge:
    """A distribution that stands before one bucket."""

    url: str
    bucket: str
    signer: CloudFrontSigner

    @classmethod
    def of(cls, settings: Aws) -> "Edge | None":
        """Return the one before the processed bucket, where the deployment has one."""
        if settings.media_url is None or settings.media_key_pair_id is None or settings.media_private_key is None:
            return None
        key = load_pem_private_key(settings.media_private_key.get_secret_value().encode(), None)
        sign = partial(_sign, cast("RSAPrivateKey", key))  # the settings take no other
        return cls(settings.media_url, settings.processed_bucket, CloudFrontSigner(settings.media_key_pair_id, sign))

    def sign_get(self, key: str, *, content_type: str, seconds: int) -> str:
        """Return an address of the object under `key`, by a canned policy.

        CloudFront passes `response-content-type` on to S3, which takes it in signed requests alone; CloudFront's are:
        https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html. The policy names the address as a whole:
        https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html
        """
        address = f"{self.url}/{quote(key)}?response-content-type={quote(content_type, safe='')}"
        until = datetime.now(UTC) + timedelta(seconds=seconds)
        return self.signer.generate_presigned_url(address, date_less_than=until)


def _sign(key: RSAPrivateKey, policy: bytes) -> bytes:
    """CloudFront takes this digest: its address has no place to name another."""
    return key.sign(policy, PKCS1v15(), SHA1())  # noqa: S303 - as above
