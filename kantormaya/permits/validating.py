"""Is this PDF exactly what was signed, and by someone whose certificate we trust?"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Verdict:
    """What a signature proves about a PDF."""

    signed: bool
    intact: bool = False
    trusted: bool = False
    whole: bool = False
    signer: str = ""
    at: datetime | None = None

    @property
    def holds(self) -> bool:
        """Signed, unchanged since, over the whole file, by a certificate we trust."""
        return self.signed and self.intact and self.trusted and self.whole


def validate(pdf: bytes, roots: Sequence[bytes]) -> Verdict:
    """What the first signature of a PDF proves with these trusted roots (DER). A bad file is no error."""
    from asn1crypto import x509  # type: ignore[import-untyped]
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import SignatureCoverageLevel, async_validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext

    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not signatures:
            return Verdict(signed=False)
        first = signatures[0]
        at = first.self_reported_timestamp
        trust = ValidationContext(
            trust_roots=[x509.Certificate.load(root) for root in roots], moment=at, allow_fetching=False
        )
        status = asyncio.run(async_validate_pdf_signature(first, trust))
    except (PdfError, SignatureValidationError, ValueError):
        return Verdict(signed=False)
    return Verdict(
        signed=True,
        intact=status.intact and status.valid and status.docmdp_ok is not False,
        trusted=status.trusted,
        whole=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        signer=status.signing_cert.subject.native.get("common_name", ""),
        at=at,
    )
