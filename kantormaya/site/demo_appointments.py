"""Example questions and appointments: in writing, by a call, by video, at the counter, and one's first identity card."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from kantormaya.audit.time import now
from kantormaya.bookings.offering import offers
from kantormaya.cases.models import Case
from kantormaya.casework import applying, booking, deciding
from kantormaya.casework.standing import Standing, standing
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.models import Revision
from kantormaya.catalogue.publishing import definition_of
from kantormaya.engine.events import Refused
from kantormaya.engine.slots import Slot
from kantormaya.language.evaluating import About
from kantormaya.people.models import Post
from kantormaya.people.scopes import scope_agency, scope_case, scoped
from kantormaya.site.demo_stories import Cast

GUIDANCE, CARD = "konsultasi", "perekaman-ktp-el"
QUESTIONS = (
    ("Sertifikat Laik Higiene Sanitasi Depot Air Minum", "Apakah teras rumah boleh menjadi ruang pengisian?",
     "Boleh, bila tertutup dari debu dan punya tempat cuci tangan (Permenkes 43/2014). Lampirkan denahnya."),
    ("Izin Praktik Bidan (SIPB)", "STR saya seumur hidup. Tanggal berlakunya diisi apa?",
     "Pilih STR seumur hidup; tanggalnya tidak ditanyakan."),
    ("Izin Reklame", "Spanduk acara masjid perlu izin?", "Tidak dikenai pajak; cukup pemberitahuan paling lambat tiga hari sebelumnya."),
    ("", "Saya ingin membuka warung. Mulai dari mana?", "Mulai dari NIB di oss.go.id, gratis. Loket kami membantu bila perlu."),
)  # fmt: skip
WAYS = ("tertulis", "telepon", "video")


def tellers(
    until: datetime, cast: Cast, dice: random.Random
) -> Iterator[tuple[datetime, Iterator[timedelta]]]:
    """Some twenty small stories, each with its beginning; most of them lately, so that there are appointments to come."""
    found = {r.service.slug: r for r in Revision.objects.select_related("service").order_by("number")}
    for n in range(14):
        start = until - timedelta(hours=dice.choice((3, 5, 20, 26, 50, 200, 400)), minutes=7 * n)
        if GUIDANCE in found:
            yield start, _question(n, found[GUIDANCE], cast, dice)
    for n in range(8):
        start = until - timedelta(hours=dice.choice((28, 50, 76, 300)), minutes=5 * n)
        if CARD in found:
            yield start, _card(n, found[CARD], cast, dice)


def _question(n: int, revision: Revision, cast: Cast, dice: random.Random) -> Iterator[timedelta]:
    front = cast.posts["dpmptsp", "front_office"]
    about, asked, answer = QUESTIONS[n % len(QUESTIONS)]
    way, begun_by = WAYS[n % len(WAYS)], front if n % 5 == 3 else None
    channel = ("phone" if n % 2 else "counter") if begun_by else "online"
    draft = applying.begin(revision, About(None, channel, None), language="id", begun_by=begun_by)
    answers: dict[str, Any] = {
        "cara": way,
        "tentang": about or None,
        "pertanyaan": asked,
        "nama": f"Penanya Contoh {n}",
    }
    answers["email"] = f"penanya{n}@contoh.example"
    if way == "telepon":
        answers["telepon"] = f"+628120001{n:04}"
    slot = None if way == "tertulis" else _any_slot(revision, way, dice)
    if slot is not None:
        answers[f"jam_{way}"] = slot.starts_at
    with scoped(scope_case(draft.token)):
        applying.fill(draft, answers=answers)
        try:
            case = applying.submit(draft).case
        except Refused:  # the time was taken meanwhile, or none was left: this one asks another day
            return
    yield (slot.starts_at - now() if slot else timedelta(hours=dice.randint(2, 9))) + timedelta(minutes=25)
    with _at_desk(front):
        if _look(case).state.is_open:
            deciding.find(case.pk, front, {"catatan": answer}, key=f"contoh-{n}-1")
            deciding.move(case.pk, front, "forward", key=f"contoh-{n}-2")


def _card(n: int, revision: Revision, cast: Cast, dice: random.Random) -> Iterator[timedelta]:
    front = cast.posts["kecamatan-sekayu", "front_office"]
    draft = applying.begin(revision, About(None, "online", "perorangan"), language="id")
    identity = {
        "name": f"Warga Contoh {n}", "nik": f"990101{n % 28 + 1:02}0109{9000 + n:04}", "phone": f"+628120002{n:04}",
        "email": f"ktp{n}@contoh.example", "address": f"Jalan Contoh {n}, Sekayu",
    }  # fmt: skip
    with scoped(scope_case(draft.token)):
        filed = {"kk": cast.papers.hand_in(draft.token, "kk", ("kk.pdf",))}
        applying.fill(draft, answers={"sebab": "umur"}, given=filed, identity=identity)
        case = applying.submit(draft).case
    yield timedelta(hours=dice.randint(2, 5))
    with _at_desk(front):
        deciding.check(case.pk, front, fits=("kk",), key=f"ktp-{n}-1")
        deciding.move(case.pk, front, "forward", key=f"ktp-{n}-2")
    yield timedelta(hours=dice.randint(1, 30))
    slot = _any_slot(revision, "rekam", dice)
    if slot is None:
        return
    with scoped(scope_case(case.code)):
        booking.book(case.pk, "rekam", slot, key=f"ktp-{n}-3")
    yield slot.starts_at - now() + timedelta(minutes=20)
    with _at_desk(front):
        deciding.answer(case.pk, front, "rekam", "selesai", key=f"ktp-{n}-4")
        deciding.move(case.pk, front, "forward", key=f"ktp-{n}-5")


def _any_slot(revision: Revision, name: str, dice: random.Random) -> Slot | None:
    """A time that is left on one of the next days."""
    days = offers(definition_of(revision), name, {}, current_calendar(), now(), days=4)
    left = [offer.slot for day in days for offer in day.offers if offer.free]
    return dice.choice(left) if left else None


def _at_desk(post: Post) -> Any:
    return scoped(scope_agency(post.agency_id, post.account_id))


def _look(case: Case) -> Standing:
    return standing(Case.objects.select_related("revision", "agency").get(pk=case.pk))
