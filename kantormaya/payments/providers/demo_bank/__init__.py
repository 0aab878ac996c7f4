"""A bank of the demo's own: a real QRIS code, a call-back signed as a bank would sign it, and no money."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

import segno
from django.conf import settings

from kantormaya.audit.time import now
from kantormaya.language.texts import Text
from kantormaya.payments.providers import Ask, Notice, NoticeRefused
from kantormaya.payments.providers.demo_bank import qris
from kantormaya.people.machines import Proof, key_of, prove, said_in, sign

MERCHANT = qris.Merchant(
    name="DPMPTSP MUBA CONTOH", city="MUSI BANYUASIN", postcode="30711", acquirer="ID.CO.CONTOH.WWW",
    pan="936000000000000001", merchant_id="MUBA0000001", national_id="ID1020000000001",
)  # fmt: skip
FORGED = Text(
    "Tanda tangan pemberitahuan pembayaran tidak sah.", "The signature of the payment notice does not hold."
)
STALE = Text(
    "Pemberitahuan pembayaran sudah lewat waktunya. Kirim ulang dengan waktu dan tanda tangan baru.",
    "The payment notice is too old. Send it again with a new time and signature.",
)
UNREADABLE = Text("Isi pemberitahuan pembayaran tidak terbaca.", "The payment notice cannot be read.")


class DemoBank:
    """Signs and reads its own notices with a key made from the office's secret."""

    title = Text("Bank Contoh", "the example bank")

    def __init__(self, secret: str | None = None) -> None:
        self.key = key_of("demo bank", secret or settings.SECRET_KEY)

    def ask(self, reference: str, amount: int) -> Ask:
        """The QRIS code of a bill, and what to do with it."""
        text = qris.payload(MERCHANT, reference, amount)
        picture = segno.make(text, error="m", micro=False).svg_inline(
            scale=5, border=4, dark="#000", light="#fff", omitsize=True
        )
        words = Text(
            "Pindai kode QRIS ini di Bank Contoh. Ini bank peragaan: tidak ada uang yang berpindah.",
            "Scan this QRIS code at the example bank. It is a demonstration: no money moves.",
        )
        return Ask(reference, amount, text, picture, words)

    def pay(
        self, reference: str, amount: int, *, external_id: str | None = None
    ) -> tuple[dict[str, str], bytes]:
        """What the bank sends when its customer has paid: headers and body of the signed call-back."""
        at = now()
        report = {
            "external_id": external_id or uuid4().hex,
            "reference": reference,
            "amount": amount,
            "paid_at": at.isoformat(),
        }
        body = json.dumps(report).encode()
        return sign(self.key, body), body

    def read(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """The notice in a call-back. Raises NoticeRefused."""
        proof = prove(self.key, headers, body)
        if proof is not Proof.HOLDS:
            raise NoticeRefused(FORGED if proof is Proof.FORGED else STALE, forged=proof is Proof.FORGED)
        try:
            report = said_in(body)
            notice = Notice(
                external_id=report["external_id"], reference=report["reference"], amount=report["amount"],
                at=datetime.fromisoformat(report["paid_at"]), raw=report,
            )  # fmt: skip
        except (ValueError, KeyError, TypeError):
            raise NoticeRefused(UNREADABLE, forged=False) from None
        whole = (
            isinstance(notice.amount, int)
            and not isinstance(notice.amount, bool)
            and 0 < notice.amount < 10**15
        )
        named = all(isinstance(x, str) and 0 < len(x) <= 100 for x in (notice.external_id, notice.reference))
        if not whole or not named or notice.at.tzinfo is None:
            raise NoticeRefused(UNREADABLE, forged=False)
        return notice


PROVIDER = DemoBank
