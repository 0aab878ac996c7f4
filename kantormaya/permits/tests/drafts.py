"""What the tests of papers stand on: an office, a case, a signatory with a key, and words for a paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import SecretStr

from kantormaya.cases.tests.folders import agency, case
from kantormaya.language.texts import Text
from kantormaya.people.models import Agency
from kantormaya.people.scopes import Scope, scope_system, scoped
from kantormaya.permits.drafting import draft
from kantormaya.permits.models import Paper
from kantormaya.permits.providers import Signatory
from kantormaya.permits.providers.local import LocalProvider
from kantormaya.permits.wording import Words

HEAD = Signatory("kepala.dinas", "Kepala Dinas (Contoh)", "Kepala Dinas")
PASSPHRASE = SecretStr("kuda laut di sungai musi")
SYSTEM: Scope = scope_system("test")
PATTERN = "503/{sequence:04}/SIPB/DPMPTSP/{year}"


def local(folder: Path) -> LocalProvider:
    """A local signing service in which the head of office has a key."""
    service = LocalProvider(folder / "keys", "rahasia kantor")
    service.enrol(HEAD, PASSPHRASE)
    return service


def office() -> Agency:
    """The one-stop office of the tests."""
    made = agency("dpmptsp")
    made.short, made.name = "DPMPTSP", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"
    made.contact = {
        "government": "Pemerintah Kabupaten Contoh",
        "place": "Sekayu",
        "address": "Jalan Contoh 1",
    }
    made.save()
    return made


def words(**other: Any) -> Words:
    """The words of a midwife's licence."""
    given: dict[str, Any] = {
        "title": Text("Surat Izin Praktik Bidan", "Midwife practice licence"),
        "kind": "permit",
        "holder": "Pemohon Contoh",
        "opening": "{position} memberikan izin kepada:",
        "decision": "Izin ini diberikan untuk menjalankan praktik bidan.",
        "facts": (("Nama", "Pemohon Contoh"), ("Tempat praktik", "Praktik mandiri")),
        "values": {"lokasi": "Jalan Contoh 2"},
        "labels": {"lokasi": "Lokasi praktik"},
        "validity": {"for": "5 tahun"},
        "pattern": PATTERN,
    }
    return Words(**(given | other))


def drafted(product: str = "sipb", at: Agency | None = None, **other: Any) -> Paper:
    """A draft on a new case."""
    of = at or office()
    with scoped(SYSTEM):
        made = case(of)
        draft(made, product, words(**other), agency=of, signatory=HEAD, actor="petugas", is_test=True)
        return Paper.objects.select_related("case", "agency").get(case=made, product=product)
