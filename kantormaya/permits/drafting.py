"""Drafts: a paper as words in a row, shown before it is signed, changed until it waits for its signature."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.audit.together import add, keep
from kantormaya.cases.codes import make_code
from kantormaya.cases.models import Case
from kantormaya.language.formats import day
from kantormaya.language.texts import Text
from kantormaya.people.models import Agency
from kantormaya.permits import setting, validity
from kantormaya.permits.models import Paper, PaperState
from kantormaya.permits.numbering import NUMBERED, give_back
from kantormaya.permits.providers import Signatory
from kantormaya.permits.wording import Words

DRAFTED = "RANCANGAN"
TRIAL = "UJI COBA"
TRIAL_SAID = "Ditandatangani dengan sertifikat percobaan; bukan dokumen resmi."
FOOTER = (
    "Surat ini ditandatangani secara elektronik. Yang sah adalah berkas digitalnya; "
    "cetakan dapat dicocokkan lewat kode periksa pada halaman terakhir."
)


def draft(
    case: Case, product: str, words: Words, *, agency: Agency, signatory: Signatory, actor: str, is_test: bool,
    item: str = "", replaces: Paper | None = None, holder_key: str = "", holder_limit: int | None = None,
    old: Paper | None = None,
) -> None:  # fmt: skip
    """Write the draft, in the transaction of an act on its case; `old` is what the case has of that product.

    While that is a draft it is written anew, where it would say something else; a paper that waits or is signed stays as it is.
    """
    data = content(words, signatory) | {"office": letterhead(agency)}
    if words.reasons:
        data["facts"].append(["Nomor permohonan", case.number])
    said: dict[str, Any] = {
        "agency_id": agency.pk, "kind": words.kind, "holder": words.holder, "replaces_id": replaces.pk if replaces else None,
        "holder_key": holder_key, "holder_limit": holder_limit, "title_id": words.title.id, "title_en": words.title.en or "",
        "pattern": words.pattern, "template_name": words.template_name,
        "template": words.template or setting.default_template(), "signatory": dict(vars(signatory)), "is_test": is_test, "data": data,
    }  # fmt: skip
    if old is None:
        code = make_code(settings.KANTOR_OFFICE_CODE)
        add(Paper(case=case, product=product, item=item, code=code, drafted_at=now(), **said))
    elif any(getattr(old, name) != value for name, value in said.items()):
        paper = Paper.objects.select_for_update().get(
            pk=old.pk
        )  # it may be getting its number at this moment
        if paper.state != PaperState.DRAFT:
            return
        for name, value in said.items():
            setattr(paper, name, value)
        paper.drafted_at = now()
        keep(paper, "drafted_at", *said)
    else:
        return
    record("paper.drafted", actor=actor, case_id=case.pk, agency_id=agency.pk, product=product)


def content(words: Words, signatory: Signatory) -> dict[str, Any]:
    """The words of a paper as they are kept with it."""
    return {
        "opening": words.opening.replace("{position}", signatory.position),
        "decision": words.decision,
        "facts": [list(row) for row in words.facts],
        "provisions": list(words.provisions),
        "basis": list(words.basis),
        "reasons": list(words.reasons),
        "values": dict(words.values),
        "labels": dict(words.labels),
        "validity": dict(words.validity),
    }


def preview(paper: Paper) -> bytes:
    """The paper as it stands, marked RANCANGAN, as PDF; a number and a code come only at signature."""
    return setting.typeset(paper.template, said(paper), name=paper.template_name, at=paper.drafted_at)


def preview_pictures(paper: Paper) -> list[bytes]:
    """The same as one PNG a page."""
    return setting.picture(paper.template, said(paper), name=paper.template_name, at=paper.drafted_at)


def final(paper: Paper) -> bytes:
    """The numbered paper ready to be sealed; the same bytes each time, so a resumed signing signs the same words."""
    if paper.issued_at is None:
        raise ValueError("only a paper with a number has a final form")
    return setting.typeset(paper.template, said(paper), name=paper.template_name, at=paper.issued_at)


def void(paper: Paper, *, actor: str, reason: str) -> None:
    """Take back what is not signed; its number goes to the next paper of the series."""
    with transaction.atomic(savepoint=False):
        paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
        if paper.state not in (PaperState.DRAFT, PaperState.WAITING):
            raise ValueError(f"{paper} is issued: revoke it, it cannot be voided")
        give_back(paper)
        paper.state, paper.reason = PaperState.VOID, reason
        keep(paper, "reason", *NUMBERED)
        record("paper.voided", actor=actor, case_id=paper.case_id, agency_id=paper.agency_id, reason=reason)


def said(paper: Paper) -> dict[str, Any]:
    """Everything the typeset page says, as plain words."""
    data, signed = paper.data, paper.state != PaperState.DRAFT
    issued = paper.issued_on
    # a draft shows how long it would hold if it were signed on the day it was drafted
    held = validity.words(data["validity"], issued or timezone.localdate(paper.drafted_at))
    facts = list(data["facts"])
    lasts = ""
    if held:
        words, sampai, end = held.id.partition("sampai ")
        lasts = words + sampai + end.replace(" ", "\N{NO-BREAK SPACE}")
        until = lasts.removeprefix("berlaku ")
        facts.append(["Masa berlaku", until[0].upper() + until[1:]])
    link = f"{settings.KANTOR_URL}/cek/{paper.code}"
    return {
        **{
            key: data[key]
            for key in ("opening", "decision", "provisions", "basis", "reasons", "values", "labels")
        },
        "office": data["office"],
        "facts": facts,
        "title": paper.title_id,
        "title_en": paper.title_en,
        "product": paper.product,
        "about": f"{paper.title_id}, {data['office']['name']}",
        "number": paper.number or "",
        "holder": paper.holder,
        "issued_on": _date(paper) if issued else "…",
        "valid": lasts,
        "signatory": paper.signatory,
        "lang": "id",
        "signed": signed,
        "qr": qr(link) if signed else None,
        "check_url": link,
        "check_host": f"{settings.KANTOR_URL.split('://')[-1]}/cek",
        "code": paper.code,
        "footer": FOOTER,
        "trial": TRIAL_SAID if paper.is_test and signed else "",
        "across": (TRIAL if paper.is_test else "") if signed else DRAFTED,
    }


def qr(link: str) -> str:
    """The QR code of a link as SVG, black on nothing."""
    # any mask can be read; trying all eight for the best takes three times as long as the code itself
    svg: str = segno.make(link, error="m", micro=False, mask=5).svg_inline(scale=4, border=0, dark="#000")
    return svg


def receipt(
    *, agency: Agency, service: Text, number: str, code: str, applicant: str, received_at: datetime,
    facts: Mapping[str, str], attachments: list[str],
) -> bytes:  # fmt: skip
    """The receipt of an application as PDF: what was handed in, when, and the code to follow it; not signed."""
    template = (setting.PAPERS / "tanda-terima.typ").read_text(encoding="utf-8")
    link = f"{settings.KANTOR_URL}/lacak/"
    words = {
        "office": letterhead(agency), "title": "Tanda Terima Permohonan", "title_en": "Receipt of application",
        "about": f"Tanda terima {number}", "number": number, "holder": applicant, "service": service.id,
        "facts": [["Layanan", service.id], ["Pemohon", applicant], *([k, v] for k, v in facts.items())],
        "attachments": attachments, "code": code, "check_url": link, "check_host": link.split("://")[-1],
        "qr": qr(link), "lang": "id", "footer": "Simpan tanda terima ini dan jaga kerahasiaan PIN Anda.",
        "across": "CONTOH" if settings.KANTOR_DEMO else "", "trial": "", "values": {}, "labels": {},
        "issued_on": "", "valid": "", "opening": "",
    }  # fmt: skip
    return setting.typeset(template, words, name="tanda-terima.typ", at=received_at)


def letterhead(agency: Agency) -> dict[str, str]:
    """What stands at the head of every paper of an agency."""
    contact = agency.contact
    address = " · ".join(
        str(contact[key]) for key in ("address", "phone", "email", "web") if contact.get(key)
    )
    government = contact.get("government") or (agency.parent.name if agency.parent else "Pemerintah Daerah")
    return {
        "government": government,
        "name": agency.name,
        "address": address,
        "place": contact.get("place") or "tempat",
    }


def _date(paper: Paper) -> str:
    assert paper.issued_on
    return day(paper.issued_on).id.split(" ", 1)[1].replace(" ", "\N{NO-BREAK SPACE}")
