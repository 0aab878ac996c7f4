"""The charter (maklumat pelayanan): generated from the standards in force, signed by the head with the signer of all papers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from pydantic import SecretStr

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.catalogue.charters import charter_standing, digest_of_standards, standards_of
from kantormaya.catalogue.finding import Offer
from kantormaya.catalogue.models import Charter
from kantormaya.language.formats import day
from kantormaya.language.standard import components
from kantormaya.language.texts import Text, joined
from kantormaya.people.models import Agency
from kantormaya.permits import setting
from kantormaya.permits.drafting import DRAFTED, FOOTER, TRIAL, TRIAL_SAID, letterhead, qr
from kantormaya.permits.providers import Provider, Signatory, SigningRefused
from kantormaya.permits.signing import signer, store

PROMISE = (
    "Dengan ini kami menyatakan sanggup menyelenggarakan pelayanan sesuai standar pelayanan yang telah ditetapkan, "
    "untuk setiap layanan berikut:"
)
ANSWERABLE = (
    "Apabila tidak menepati janji ini, kami siap menerima sanksi sesuai peraturan perundang-undangan. "
    "Janji dan kenyataannya kami tampilkan berdampingan pada halaman instansi ini."
)
BASIS = (
    "UU 25/2009 tentang Pelayanan Publik, pasal 22 dan pasal 23 ayat (4) huruf d",
    "PP 96/2012 tentang Pelaksanaan UU 25/2009, pasal 30",
)
CHANGED = Text(
    "Standar pelayanan baru saja berubah. Baca lagi maklumatnya, lalu tanda tangani.",
    "A standard has just changed. Read the charter again, then sign it.",
)
NOTHING = Text(
    "Belum ada standar yang berlaku, jadi belum ada yang dapat dijanjikan.",
    "No standard is in force, so there is nothing to promise yet.",
)


def preview(agency: Agency, signatory: Signatory) -> bytes:
    """The charter as it would be signed now, marked as a draft."""
    return _typeset(agency, standards_of(agency), signatory, _next_number(agency), now(), is_draft=True)


def sign_charter(
    agency: Agency, signatory: Signatory, passphrase: SecretStr, *, seen: str, actor: str, by: Provider | None = None
) -> Charter:  # fmt: skip
    """Sign the charter over the standards in force; raises SigningRefused or PaperFault, with the sentence why not.

    `seen` is the digest of the standards that the head has read: with another one nothing is signed. A charter that
    still holds is not signed twice. Must be called outside a transaction: the seal is a call to another service.
    """
    if connection.in_atomic_block:
        raise RuntimeError("sign outside a transaction: the seal is a call to another service")
    standing, service, at = charter_standing(agency), by or signer(), now()
    if not standing.standards:
        raise SigningRefused(NOTHING)
    if digest_of_standards(standing.standards) != seen:
        raise SigningRefused(CHANGED)
    if standing.charter is not None and standing.is_current:
        return standing.charter
    number = _next_number(agency)
    with service.batch(signatory, passphrase) as seal:
        words = _typeset(agency, standing.standards, signatory, number, at, is_test=service.is_test)
        sealed = seal(words, f"Maklumat Pelayanan {agency.name}", at)
    return _kept(agency, standing.standards, signatory, sealed, number, at, actor, service.is_test)


def _kept(
    agency: Agency, standards: tuple[Offer, ...], signatory: Signatory, sealed: bytes, number: int, at: datetime, actor: str,
    is_test: bool,
) -> Charter:  # fmt: skip
    named = digest_of_standards(standards)
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=agency.pk)
        if _next_number(agency) != number or digest_of_standards(standards_of(agency)) != named:
            raise SigningRefused(CHANGED)
        digest = store(sealed)[0]
        made = Charter.objects.create(
            agency=agency, number=number, standards=[_named(offer) for offer in standards], standards_sha256=named,
            is_test=is_test, signed_at=at, sha256=digest,
            signatory={"name": signatory.name, "position": signatory.position},
        )  # fmt: skip
        record("charter.signed", actor=actor, agency_id=agency.pk, number=number, sha256=digest)
    return made


def _next_number(agency: Agency) -> int:
    last = agency.charters.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _named(offer: Offer) -> dict[str, Any]:
    return {
        "slug": offer.slug, "title": offer.definition.title.written(), "revision": offer.revision.number,
        "sha256": offer.revision.sha256,
    }  # fmt: skip


def _typeset(
    agency: Agency, standards: tuple[Offer, ...], signatory: Signatory, number: int, at: datetime, *, is_draft: bool = False,
    is_test: bool = False,
) -> bytes:  # fmt: skip
    link = f"{settings.KANTOR_URL}/instansi/{agency.slug}/"
    on = timezone.localdate(at)
    words = {
        "office": letterhead(agency), "title": "Maklumat Pelayanan", "title_en": "Service charter",
        "about": f"Maklumat Pelayanan, {agency.name}", "number": f"{number}/MAKLUMAT/{on.year}", "holder": agency.name,
        "opening": PROMISE, "decision": ANSWERABLE, "provisions": [], "basis": BASIS, "reasons": [], "values": {}, "labels": {},
        "facts": [[offer.definition.title.id, f"{_time(offer).id} (standar revisi {offer.revision.number})"] for offer in standards],
        "issued_on": "…" if is_draft else day(on).id.split(" ", 1)[1], "valid": "", "lang": "id", "signed": not is_draft,
        "signatory": {"name": signatory.name, "position": signatory.position, "nip": signatory.nip},
        "qr": None if is_draft else qr(link), "check_url": link, "check_host": link.split("://")[-1], "code": "",
        "footer": FOOTER.partition(";")[0] + ".", "trial": TRIAL_SAID if is_test else "",
        "across": DRAFTED if is_draft else TRIAL if is_test else "",
    }  # fmt: skip
    return setting.typeset(setting.default_template(), words, name="surat.typ", at=at)


def _time(offer: Offer) -> Text:
    (time,) = (part for part in components(offer.definition) if part.key == "completion_time")
    promised = [item.text for item in time.items if item.where == "promise.within"]
    return joined(list(dict.fromkeys(promised)), Text(" atau ", " or "))
