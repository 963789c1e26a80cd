"""The certificate with which a phone reaches a page of this machine."""

import ssl
import stat
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509

from server.local.certificate import address_here, make_certificate


def test_it_is_for_this_machine_and_its_key_is_private(tmp_path: Path) -> None:
    """Servers can use the pair, it names every way to this machine, and others can't read the key."""
    certificate, key = make_certificate(tmp_path / "certificate", "192.0.2.7")
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key)
    read = x509.load_pem_x509_certificate(certificate.read_bytes())
    names = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    assert names.get_values_for_type(x509.IPAddress) == [ip_address("127.0.0.1"), ip_address("192.0.2.7")]
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_this_machine_has_an_address() -> None:
    """Whatever it is connected to, there is one to write into the certificate."""
    assert ip_address(address_here()).version == 4
