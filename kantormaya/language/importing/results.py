"""How a case ends: the product, how long it holds, the good end and the refusal."""

from __future__ import annotations

import re

from kantormaya.language.importing.draft import Draft, Table, both
from kantormaya.language.importing.ids import short_id
from kantormaya.language.importing.limits import duration
from kantormaya.language.texts import Text

KINDS = (
    (r"berita acara", "minutes"),
    (r"perjanjian|kontrak", "contract"),
    (r"kartu", "card"),
    (r"kutipan|akta|sertifikat|tanda bukti|bukti lulus", "certificate"),
    (r"^(jasa|pemotongan|sewa|pelayanan)", "act"),
    (r"keputusan|^sk\b", "decision"),
    (r"(surat )?izin|^ip|^sip", "permit"),
    (r"rekomendasi|surat keterangan|pengantar|surat persetujuan|^n1", "letter"),
)
ENDS = {"informasi": "answered", "pengaduan": "answered", "layanan": "done"}


def end(draft: Draft) -> None:
    """Fills products and outcomes, and leads the last step to the good end."""
    title = draft.record.product or draft.record.service_name
    kind = _kind(draft, draft.record.product) if draft.record.product else "act"
    if not draft.record.product:
        draft.ask(NO_PRODUCT, "product")
    product = short_id(title, draft.products)
    draft.products[product] = {"title": title, "kind": kind, **_validity(draft)}
    duties = {short_id(name, ()): {"title": name, "by": role} for name, role in draft.afterwards} | _reports(
        draft
    )
    if duties:
        draft.products[product]["duty"] = duties
    means = ENDS.get(draft.head["kind"], "granted")
    good = "terbit" if means == "granted" else "selesai"
    words = both("Terbit", "Issued") if means == "granted" else both("Selesai", "Done")
    draft.outcomes[good] = {"title": words, "means": means, "products": [product]}
    draft.outcomes["ditolak"] = {"title": both("Ditolak", "Refused"), "means": "refused"}
    if kind != "act":
        draft.steps[draft.signing]["signs"] = [product]
    last = list(draft.steps)[-1]
    draft.steps[last]["then"] = good
    if draft.has("multiple_products") and draft.record.product:
        draft.ask(HOW_MANY.format(product=title), f"product.{product}")


def _kind(draft: Draft, product: str) -> str:
    """By the word that stands first: a permit with a card is a permit, a certificate of permit a certificate."""
    told = [(found.start(), kind) for pattern, kind in KINDS if (found := re.search(pattern, product, re.I))]
    return min(told)[1] if told else ("permit" if draft.head["kind"] == "izin" else "letter")


def _validity(draft: Draft) -> Table:
    said = draft.record.validity
    if said is None:
        if draft.head["kind"] in ("izin", "rekomendasi"):
            draft.ask(HOW_LONG)
        return {}
    found = re.match(r"(\d+) (tahun|bulan|hari kerja|hari kalender)\b", said, re.I)
    limit = duration(int(found[1]), found[2].lower()) if found else "not_stated"
    valid: Table = {} if limit == "not_stated" else {"for": limit}
    return {"valid": {**valid, "says": said}}


def _reports(draft: Draft) -> Table:
    """A report that is due again and again while the product holds."""
    said = draft.record.validity or ""
    found = re.search(r"((?:wajib )?(?:lapor|registrasi ulang)) tiap (\d+) (bulan|tahun)", said, re.I)
    every = duration(int(found[2]), found[3].lower()) if found else "not_stated"
    return {"lapor": {"title": found[1], "every": every}} if found and every != "not_stated" else {}


NO_PRODUCT = Text(
    "Apa produk layanan ini (surat, kartu, keputusan)? Halaman tidak menyebutnya; sementara tanpa surat.",
    "What does one get (a letter, a card, a decision)? The page does not say; until then no paper.",
)
HOW_LONG = Text(
    "Berapa lama produk berlaku? Halaman tidak menyebutnya.",
    "How long does the product hold? The page does not say.",
)
HOW_MANY = Text(
    "Apakah “{product}” satu dokumen atau beberapa? Halaman menyebut lebih dari satu.",
    "Is “{product}” one document or several? The page names more than one.",
)
