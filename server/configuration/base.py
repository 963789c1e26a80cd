"""What a group of settings is, and how values of several parts are written."""

from typing import Annotated, Literal
from urllib.parse import SplitResult, urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def split(value: object) -> object:
    """Read a list by commas."""
    return _parts(value) if isinstance(value, str) else value


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _by_name(value: object) -> object:
    return dict(part.partition("=")[::2] for part in _parts(value)) if isinstance(value, str) else value


def _rsa(written: SecretStr) -> SecretStr:
    pem = written.get_secret_value().replace("\\n", "\n")
    try:
        key = load_pem_private_key(pem.encode(), None)
    except (TypeError, UnsupportedAlgorithm, ValueError):  # a password is asked for; another kind; no PEM
        key = None
    if isinstance(key, RSAPrivateKey):
        return SecretStr(pem)
    raise ValueError("is to be an RSA private key in PEM without a password, as `openssl genrsa 2048` writes it")


def is_address_of(text: str, *schemes: str) -> bool:
    """Say whether a text is an address with one of these schemes, as far as can be seen."""
    try:
        address = urlsplit(text)
    except ValueError:
        return False
    return address.scheme in schemes and _has_port(address)


def _has_port(address: SplitResult) -> bool:
    try:
        return address.port is None or address.port > 0
    except ValueError:
        return False


def _web(text: str) -> str:
    address = urlsplit(text) if is_address_of(text, "http", "https") else None
    if address is None or not address.hostname or address.username or address.fragment:
        raise ValueError("it is no address such as https://example.org")
    return text


def _origin(text: str) -> str:
    if urlsplit(_web(text)).path.strip("/") or "?" in text:
        raise ValueError("it has more than a scheme, a host and a port, as https://example.org")
    return text


CommaList = Annotated[list[str], NoDecode, BeforeValidator(split)]

WebAddress = Annotated[str, AfterValidator(_web)]
"""Begins with http:// or https://, and has a host."""

Origin = Annotated[str, AfterValidator(_origin)]
"""The same without a path; a slash at the end is none."""

SigningKey = Annotated[SecretStr, Field(min_length=32)]
"""As long as what HS256 makes of it (RFC 7518, 3.2)."""

Secret = Annotated[SecretStr, Field(min_length=24)]
"""Too long to be guessed."""

RsaKey = Annotated[SecretStr, AfterValidator(_rsa)]
"""A private key as PEM, whose line ends may be written as a backslash and n: `.env` has one line for each setting."""

Quota = Annotated[
    dict[Literal["none", "speaker", "admin", "machine"], Annotated[int, Field(ge=0)]],
    NoDecode,
    BeforeValidator(_by_name),
]
"""By role; who is not named has no limit."""


class Group(BaseSettings):
    """Settings of one concern; an empty value counts as unset."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True)
