"""The office's test authority: a root, and a certificate for each official who signs. Not for real papers."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

# A demo plays the last months under a simulated clock, so its certificates must already have been valid then.
BACKDATED = timedelta(days=3 * 365)
ROOT_YEARS, SIGNER_YEARS = 20, 10


def found(folder: Path, secret: SecretStr, at: datetime) -> None:
    """Make the root once; the second call changes nothing. Its key is encrypted with the office's secret."""
    if (folder / "root.crt").exists():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Akar Uji Coba Kantor Maya")
    certificate = _draft(name, name, key.public_key(), at, ROOT_YEARS, authority=True).sign(
        key, hashes.SHA256()
    )
    _write(folder / "root.key", _locked(key, secret))
    _write(folder / "root.crt", certificate.public_bytes(Encoding.PEM))


def enrol(
    folder: Path, secret: SecretStr, signatory: str, name: str, passphrase: SecretStr, at: datetime
) -> None:
    """Give an official a key locked with the passphrase, and a certificate of our root; once."""
    place = folder_of(folder, signatory)
    if (place / "signer.crt").exists():
        return
    found(folder, secret, at)
    root_key = load_pem_private_key((folder / "root.key").read_bytes(), secret.get_secret_value().encode())
    root = x509.load_pem_x509_certificate((folder / "root.crt").read_bytes())
    if not isinstance(root_key, ec.EllipticCurvePrivateKey):
        raise TypeError("root.key is not the P-256 key that this office makes")
    key = ec.generate_private_key(ec.SECP256R1())
    draft = _draft(
        _name(f"{name} (UJI COBA)"), root.subject, key.public_key(), at, SIGNER_YEARS, authority=False
    )
    certificate = draft.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
    ).sign(root_key, hashes.SHA256())
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(place / "signer.key", _locked(key, passphrase))
    _write(place / "signer.crt", certificate.public_bytes(Encoding.PEM))


def folder_of(folder: Path, signatory: str) -> Path:
    """Where the key of an official lies; hex, because an account's name may contain anything."""
    return folder / "signers" / signatory.encode().hex()


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Kantor Maya UJI COBA"),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
        ]
    )


def _draft(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    at: datetime,
    years: int,
    *,
    authority: bool,
) -> x509.CertificateBuilder:
    usage = x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority,
        key_cert_sign=authority, crl_sign=authority, key_encipherment=False, data_encipherment=False,
        key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - BACKDATED)
        .not_valid_after(at + timedelta(days=365 * years))
        .add_extension(
            x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True
        )
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _locked(key: ec.EllipticCurvePrivateKey, secret: SecretStr) -> bytes:
    return key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(secret.get_secret_value().encode())
    )


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and readable by the office's own user only."""
    half = path.with_suffix(path.suffix + ".half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    half.replace(path)
