"""PAdES signatures with a key that stays in this process, and only while a batch is signed."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from asn1crypto import x509  # type: ignore[import-untyped]
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD = "TandaTangan"
RESERVED = 8192  # hex digits for the signature; asking pyHanko to estimate would sign everything twice


class KeptKey(Signer):
    """A pyHanko signer that keeps the opened key instead of reading it anew for every paper."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: bytes, chain: list[bytes]) -> None:
        self._key = key
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([x509.Certificate.load(one) for one in chain])
        super().__init__(
            signing_cert=x509.Certificate.load(certificate), cert_registry=store, embed_roots=True
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The raw ECDSA signature over `data` with SHA-256, the digest that seal() asks for."""
        if digest_algorithm != "sha256":
            raise ValueError(f"a kept key signs SHA-256 only, not {digest_algorithm}")
        if dry_run:
            return bytes(72)
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


class _SessionAt(PdfSigner):
    """Signs at the office's time, which in a demo is not the wall clock's."""

    def __init__(self, at: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._at = at

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self._at
        return session


def seal(signer: Signer, pdf: bytes, reason: str, at: datetime) -> bytes:
    """The PDF with an invisible PAdES B-B signature that certifies it: no later change is permitted."""
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=reason,
    )
    # No box: the QR code and the signatory stand in the typeset page; a stamp of pyHanko's would break PDF/A.
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    out = _SessionAt(at, meta, signer, new_field_spec=SigFieldSpec(FIELD)).sign_pdf(
        writer, bytes_reserved=RESERVED
    )
    return bytes(out.getbuffer())
