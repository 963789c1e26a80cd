"""Secrets of others that we must be able to tell again, kept so that the database alone tells nothing."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import SecretStr

KEY_BYTES = 32


class Seal:
    """Seals with the first key and opens what any of them has sealed, so that keys can be changed without a break.

    What is sealed for one purpose is opened for no other.
    """

    def __init__(self, keys: Sequence[SecretStr], purpose: str) -> None:
        self._fernet = MultiFernet([_derive(key, purpose) for key in keys])

    def close(self, text: str) -> str:
        """Seal a text."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return what was sealed.

        Raises:
            cryptography.fernet.InvalidToken: none of the keys has sealed it, or not for this purpose.
        """
        return self._fernet.decrypt(sealed).decode()


def _derive(key: SecretStr, purpose: str) -> Fernet:
    """Make a key of one purpose, by HKDF (RFC 5869): the keys themselves sign."""
    derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"lectern {purpose}".encode())
    return Fernet(urlsafe_b64encode(derived.derive(key.get_secret_value().encode())))
