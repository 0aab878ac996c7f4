"""The actor a page names, as the role that does the work."""

from __future__ import annotations

import re

from kantormaya.language.importing.ids import SMALL_WORDS, words

APPLICANTS = frozenset({
    "pemohon", "penduduk", "perusahaan", "pengguna", "pedagang", "pemilik", "pasien", "konsumen",
    "pelanggan",
})  # fmt: skip
APPLICANT_STARTS = ("wajib pajak", "pencari kerja", "calon penghuni", "pelapor")
OFFICE = re.compile(
    r"\b(dpmptsp|dpmpt|bapenda|dlh|dinkes|disdukcapil|oss|bpn|ptsp|dinas [a-z]+|kelurahan|kecamatan)\b", re.I
)


def role(actor: str | None) -> str:
    """A role of the agency, or `applicant`, `system`, `public`; an actor the page does not name is an officer."""
    said = (actor or "petugas").lower()
    if said in APPLICANTS or said.startswith(APPLICANT_STARTS):
        return "applicant"
    if said == "sistem":
        return "system"
    if said == "masyarakat":
        return "public"
    kept = [word for word in words(said) if word not in SMALL_WORDS - {"dan"}]
    return re.sub(r"^[^a-z]+", "", "_".join(kept))[:60] or "petugas"
