"""A self-made certificate, so that a phone's browser gives a page of this machine its microphone."""

import ipaddress
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from server.local.ports import LOOPBACK
from server.local.private import private_folder, write_private

HOLDS = timedelta(days=90)
NOWHERE = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737), to which nothing is ever sent."""


def address_here() -> str:
    """Return this machine's address on its network, or the loopback where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outward:
        try:
            outward.connect(NOWHERE)  # of a datagram socket, this only chooses the way
        except OSError:
            return LOOPBACK
        address: str = outward.getsockname()[0]
        return address


def make_certificate(folder: Path, address: str) -> tuple[Path, Path]:
    """Make a certificate for this machine at this address; return it and its key. Browsers ask before they go on."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Lectern on this machine")])
    now = datetime.now(UTC)
    names = [
        x509.DNSName("localhost"),
        *(x509.IPAddress(ipaddress.ip_address(one)) for one in sorted({LOOPBACK, address})),
    ]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + HOLDS)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = private_folder(folder) / "certificate.pem", folder / "key.pem"
    write_private(files[0], certificate.public_bytes(serialization.Encoding.PEM).decode())
    write_private(
        files[1],
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode(),
    )
    return files
