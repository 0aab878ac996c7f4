"""A midwife's licence from the application to the signature, by the verbs, in the office of the tests."""

from __future__ import annotations

from typing import Any

from kantormaya.cases.models import Case
from kantormaya.casework import applying, deciding, signing
from kantormaya.casework.drafting import as_signatory
from kantormaya.casework.standing import Standing, standing
from kantormaya.casework.tests.office import IDENTITY, PASSPHRASE, Office
from kantormaya.catalogue.publishing import definition_of
from kantormaya.engine.simulating import handed_in
from kantormaya.language.evaluating import About
from kantormaya.people.scopes import scope_agency, scope_case, scope_system, scoped
from kantormaya.permits.models import Paper
from kantormaya.permits.providers.local import LocalProvider
from kantormaya.permits.signing import Signing

BIDAN = "izin-praktik-bidan"
ANSWERS: dict[str, Any] = {
    "tempat": "faskes", "nama_tempat": "Puskesmas Contoh", "lokasi": {"address": "Jalan Contoh 2, Sekayu"},
    "nomor_strb": "STR-1", "seumur_hidup": True, "lama_berhenti": False,
}  # fmt: skip


def apply_for(
    office: Office, *, variant: str = "baru", given: dict[str, Any] | None = None, nik: str = IDENTITY["nik"], **answers: Any
) -> tuple[Case, str]:  # fmt: skip
    """An application handed in; the case and its PIN."""
    revision = office.revisions[BIDAN]
    draft = applying.begin(revision, About(variant), language="id")
    with scoped(scope_case(draft.token)):
        papers = handed_in(definition_of(revision)) | {"tempat_praktik": {"surat_pimpinan": ("surat.pdf",)}}
        applying.fill(
            draft,
            answers={**ANSWERS, **answers},
            given=papers | (given or {}),
            identity={**IDENTITY, "nik": nik},
        )
        receipt = applying.submit(draft)
    assert receipt.pin
    return receipt.case, receipt.pin


def to_signature(office: Office, case: Case) -> Standing:
    """Everybody does their part, up to the head's desk."""
    loket, dinkes = office.post("front_office"), office.post("technical_team", "dinas-kesehatan")
    with office.scope(loket):
        waiting = [n for n, h in here(case).state.requirements.items() if h.status == "given"]
        deciding.check(case.pk, loket, fits=tuple(waiting), key="a")
        deciding.move(case.pk, loket, "forward", key="b")
    with office.scope(dinkes):
        if here(case).state.at == "rekomendasi":
            deciding.move(case.pk, dinkes, "forward", key="c")
    for role in ("section_head", "division_head", "secretary"):
        with office.scope(loket):
            deciding.answer(case.pk, office.post(role), "paraf", "paraf", key=f"p-{role}")
    return here(case)


def sign(office: Office, *cases: Case) -> Signing:
    """The head signs."""
    head = office.post("head_of_office")
    LocalProvider().enrol(as_signatory(head), PASSPHRASE)
    scope = scope_agency(head.agency_id, head.account_id)
    return signing.sign([case.pk for case in cases], head, PASSPHRASE, scope=scope)


def issued(office: Office, **application: Any) -> tuple[Case, str, Paper]:
    """A licence in force: the case, its PIN, the paper."""
    case, pin = apply_for(office, **application)
    to_signature(office, case)
    done = sign(office, case)
    assert done.refusal is None and done.signed, done.refusal
    return case, pin, done.signed[0]


def here(case: Case) -> Standing:
    """How the case stands."""
    with scoped(scope_system("test")):
        return standing(Case.objects.select_related("revision", "agency").get(pk=case.pk))
