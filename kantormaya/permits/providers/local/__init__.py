"""The provider of the demo and the tests: a test authority made by this office, papers marked UJI COBA."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from pydantic import SecretStr

from kantormaya.language.texts import Text
from kantormaya.permits.providers import Seal, Signatory, SigningRefused
from kantormaya.permits.providers.local import authority

NO_CERTIFICATE = Text(
    "{name} belum memiliki sertifikat uji coba. Minta admin membuatnya sebelum menandatangani.",
    "{name} has no test certificate yet. Ask the administrator to make one before signing.",
)
WRONG_PASSPHRASE = Text(
    "Frasa sandi salah. Surat belum ditandatangani; nomornya tetap disimpan untuk surat ini. Coba lagi.",
    "The passphrase is wrong. The paper is not signed; its number stays kept for this paper. Try again.",
)


class LocalProvider:
    """Signs with keys under the data folder."""

    is_test = True

    def __init__(self, folder: Path | None = None, secret: str | None = None) -> None:
        self.folder = folder or Path(settings.KANTOR_DATA) / "keys"
        self._secret = SecretStr(secret or settings.SECRET_KEY)

    def enrol(self, signatory: Signatory, passphrase: SecretStr) -> None:
        """Make the key and certificate of an official; the second call changes nothing."""
        authority.enrol(
            self.folder, self._secret, signatory.id, signatory.name, passphrase, datetime.now(UTC)
        )

    def status(self, signatory: Signatory) -> Text | None:
        """Why this official cannot sign now, or None."""
        place = authority.folder_of(self.folder, signatory.id)
        return None if (place / "signer.crt").exists() else NO_CERTIFICATE.format(name=signatory.name)

    @contextmanager
    def batch(self, signatory: Signatory, passphrase: SecretStr) -> Iterator[Seal]:
        """Opens the key once for several papers and forgets it at the end. Raises SigningRefused."""
        if missing := self.status(signatory):
            raise SigningRefused(missing)
        # pyHanko costs 300 ms and 40 MB, which a web worker that never signs need not pay
        from cryptography import x509
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

        from kantormaya.permits.providers.local import sealing

        place = authority.folder_of(self.folder, signatory.id)
        try:
            key = load_pem_private_key(
                (place / "signer.key").read_bytes(), passphrase.get_secret_value().encode()
            )
        except (ValueError, TypeError):
            raise SigningRefused(WRONG_PASSPHRASE) from None
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise SigningRefused(NO_CERTIFICATE.format(name=signatory.name))
        certificate = x509.load_pem_x509_certificate((place / "signer.crt").read_bytes())
        signer = sealing.KeptKey(key, certificate.public_bytes(Encoding.DER), self.roots())
        yield lambda pdf, reason, at: sealing.seal(signer, pdf, reason, at)

    def roots(self) -> list[bytes]:
        """The certificate (DER) of our test root, once it exists."""
        from cryptography import x509
        from cryptography.hazmat.primitives.serialization import Encoding

        path = self.folder / "root.crt"
        if not path.exists():
            return []
        return [x509.load_pem_x509_certificate(path.read_bytes()).public_bytes(Encoding.DER)]


PROVIDER = LocalProvider
