"""A small record to change one thing of."""

from __future__ import annotations

import tomllib
from typing import Any

from kantormaya.language.importing import import_record

SAMPLE: dict[str, Any] = {
    "id": "contoh-izin-reklame",
    "source_url": "https://contoh.example/reklame",
    "agency": "DPMPTSP Kab. Contoh",
    "region": "Kab. Contoh",
    "service_name": "Izin Reklame",
    "service_kind": "izin",
    "service_type": "izin reklame",
    "variants": ["baru", "perpanjangan"],
    "requirements": ["Surat permohonan", "Fotokopi KTP"],
    "conditional_requirements": [],
    "steps": [
        {"name": "Menyerahkan berkas", "actor": "Pemohon", "duration_value": None, "duration_unit": None},
        {"name": "Verifikasi", "actor": "Front Office", "duration_value": 1, "duration_unit": "hari kerja"},
        {"name": "Tanda tangan", "actor": "Kepala Dinas", "duration_value": 2, "duration_unit": "hari kerja"},
    ],
    "total_time": {"value": 5, "unit": "hari", "working": True, "condition": "sejak berkas lengkap"},
    "time_variants": None,
    "fee": {"text": "Gratis", "amounts": None, "formula": None},
    "product": "Surat Izin Reklame",
    "validity": "1 tahun",
    "legal_basis": ["Perda 1/2024"],
    "complaint_channels": ["kotak saran"],
    "input_fields": None,
    "remarks": None,
    "features": [],
    "partial": False,
}


def made(**changes: Any) -> dict[str, Any]:
    """The definition of the sample with some keys changed, as data."""
    return tomllib.loads(import_record(SAMPLE | changes).service_toml)


def under(condition: str, requirement: str = "Dokumen tambahan", **changes: Any) -> dict[str, Any]:
    """The sample with one conditional requirement."""
    return made(conditional_requirements=[{"requirement": requirement, "condition": condition}], **changes)


def step(
    name: str, actor: str | None, value: Any = None, unit: str | None = None, **more: str
) -> dict[str, Any]:
    """One step of a page."""
    return {"name": name, "actor": actor, "duration_value": value, "duration_unit": unit, **more}


def price(
    amount: int, item: str | None = None, per: str | None = None, condition: str | None = None
) -> dict[str, Any]:
    """One amount of a page."""
    return {"amount": amount, "item": item, "per": per, "condition": condition}
