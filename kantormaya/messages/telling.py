"""What people are told by mail when something happens, in both languages: one template per event."""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import localtime

from kantormaya.cases.models import Case
from kantormaya.engine.clocks import Clocks
from kantormaya.engine.effects import newly_asked
from kantormaya.engine.events import Event, Kind
from kantormaya.engine.state import State
from kantormaya.language.definition import Definition
from kantormaya.language.formats import moment, rupiah
from kantormaya.language.texts import Text, joined
from kantormaya.outbox.sending import enqueue

GREETING = Text("Bapak/Ibu {name},", "Dear {name},")
TRACK = Text(
    "Ikuti permohonan ini di {link} dengan kode {code} dan PIN Anda.\n\n{office}",
    "Follow this application at {link} with the code {code} and your PIN.\n\n{office}",
)

SUBJECTS: dict[str, Text] = {
    "submitted": Text("Permohonan diterima: {title} ({number})", "Application received: {title} ({number})"),
    "returned": Text(
        "Ada {n} hal yang perlu Anda perbaiki ({number})", "{n} things need your correction ({number})"
    ),
    "accepted": Text(
        "Berkas Anda lengkap, waktu kami mulai berjalan ({number})",
        "Your file is complete, our time has begun ({number})",
    ),
    "bill": Text("Tagihan {amount} ({number})", "Bill of {amount} ({number})"),
    "asked": Text("Kami menunggu Anda: {step} ({number})", "We are waiting for you: {step} ({number})"),
    "needed": Text(
        "Kami memerlukan satu hal lagi dari Anda ({number})", "We need one more thing from you ({number})"
    ),
    "paid": Text("Pembayaran diterima ({number})", "Payment received ({number})"),
    "waived": Text("Tagihan dibebaskan ({number})", "The bill is waived ({number})"),
    "extended": Text("Waktu diperpanjang ({number})", "The time was extended ({number})"),
    "recalculated": Text("Batas waktu dihitung ulang ({number})", "The due date was recalculated ({number})"),
    "rekeyed": Text(
        "PIN permohonan Anda diganti ({number})", "The PIN of your application was renewed ({number})"
    ),
    "scheduled": Text("Jadwal {task} ({number})", "Schedule of {task} ({number})"),
    "booked": Text("Waktu Anda: {slot}, {on} ({number})", "Your time: {slot}, {on} ({number})"),
    "ran_out": Text(
        "Waktu dilepas karena belum dibayar: {slot} ({number})",
        "A time was let go, not paid for: {slot} ({number})",
    ),
    "released": Text("Waktu dilepas: {slot} ({number})", "A time was let go: {slot} ({number})"),
    "minutes": Text(
        "Berita acara menunggu persetujuan Anda ({number})", "Minutes await your agreement ({number})"
    ),
    "reminded": Text(
        "Pengingat: kami menunggu Anda ({number})", "Reminder: we are waiting for you ({number})"
    ),
    "ended": Text("{outcome}: {title} ({number})", "{outcome}: {title} ({number})"),
}
BODIES: dict[str, Text] = {
    "submitted": Text(
        "Permohonan {title} sudah kami terima pada {at}. Simpan kode {code}; PIN hanya ditampilkan pada tanda terima.{booked}",
        "We received your application for {title} on {at}. Keep the code {code}; the PIN stands on the receipt only.{booked}",
    ),
    "returned": Text(
        "Mohon perbaiki semua hal ini sekaligus; selama itu waktu kami berhenti:\n{items}",
        "Please mend all of these at once; until then our time stands still:\n{items}",
    ),
    "accepted": Text("Selesai paling lambat {due}.", "Done by {due} at the latest."),
    "bill": Text(
        "Mohon bayar {amount}. Cara membayar ada pada halaman permohonan.",
        "Please pay {amount}. How to pay stands on the page of your application.",
    ),
    "asked": Text("Langkah berikutnya ada pada Anda: {step}.", "The next step is yours: {step}."),
    "needed": Text(
        "Mohon serahkan pada halaman permohonan: {needed}.",
        "Please hand in on the page of your application: {needed}.",
    ),
    "paid": Text(
        "Terima kasih, pembayaran {amount} sudah kami terima.",
        "Thank you, we received your payment of {amount}.",
    ),
    "waived": Text(
        "Tagihan {amount} tidak perlu dibayar. Alasan: {reason}",
        "The bill of {amount} need not be paid. Reason: {reason}",
    ),
    "extended": Text("Alasan: {reason}. Batas yang baru: {due}.", "Reason: {reason}. The new limit: {due}."),
    "recalculated": Text(
        "Kalender kerja berubah. Batas yang baru: {due}.",
        "The working calendar changed. The new limit: {due}.",
    ),
    "rekeyed": Text(
        "PIN yang lama tidak berlaku lagi sejak {at}. Bila bukan Anda yang memintanya, segera hubungi loket kami.",
        "The old PIN no longer works since {at}. If it was not you who asked for it, call our counter at once.",
    ),
    "scheduled": Text("{task} dijadwalkan pada {on}.", "{task} is scheduled for {on}."),
    "booked": Text(
        "{slot}: {on}. Berkas kalender, pindah, dan batal ada pada halaman permohonan.",
        "{slot}: {on}. The calendar file, moving and cancelling are on the page of your application.",
    ),
    "ran_out": Text(
        "{slot} pada {on} hanya ditahan sampai dibayar, dan waktunya habis. Tagihannya kami tarik. "
        "Pada halaman permohonan Anda dapat memilih waktu lain.",
        "{slot} on {on} was kept only until it was paid, and the time is over. We have withdrawn the bill. "
        "On the page of your application you can choose another time.",
    ),
    "released": Text(
        "{slot} pada {on} sudah dilepas.{reason} Pada halaman permohonan Anda dapat memilih waktu lain.",
        "{slot} on {on} has been let go.{reason} On the page of your application you can choose another time.",
    ),
    "minutes": Text(
        "Baca dan setujui berita acara {task} pada halaman permohonan.",
        "Read the minutes of {task} and agree on the page of your application.",
    ),
    "reminded": Text(
        "Permohonan ini menunggu Anda. Batasnya {limit}.",
        "This application waits for you. The limit is {limit}.",
    ),
    "ended": Text(
        "Permohonan Anda berakhir: {outcome}.{reason}{papers}",
        "Your application has ended: {outcome}.{reason}{papers}",
    ),
}


def tell_applicant(
    case: Case,
    definition: Definition,
    event: Event,
    after: State,
    clocks: Clocks,
    *,
    name: str,
    email: str,
    papers: list[str] | None = None,
) -> None:
    """Queue the mail about an event, once per event; without an address nothing is sent, the page says it all."""
    if not email:
        return
    what = _which(definition, event, after)
    values = _values(case, definition, event, after, clocks, papers or [])
    key = f"case-{case.pk}-{case.version}-applicant"
    _send(case, key, SUBJECTS[what].format(**values), BODIES[what].format(**values), name=name, email=email)


WRITTEN = Text("Pesan dari {who} ({number})", "A message from {who} ({number})")
WROTE = Text(
    "{who} menulis kepada Anda:\n\n{text}\n\nBalas pada halaman permohonan.",
    "{who} writes to you:\n\n{text}\n\nAnswer on the page of your application.",
)


def tell_of_message(case: Case, who: Text, text: str, *, line: int, name: str, email: str) -> None:
    """Queue the mail that carries what an official wrote, once per line; without an address the page says it all."""
    if email:
        subject, body = WRITTEN.format(who=who, number=case.number), WROTE.format(who=who, text=text)
        _send(case, f"case-{case.pk}-line-{line}", subject, body, name=name, email=email)


def _send(case: Case, key: str, subject: Text, body: Text, *, name: str, email: str) -> None:
    """A letter to the applicant in the language of the case, ending with how to follow it."""
    track = TRACK.format(link=f"{settings.KANTOR_URL}/lacak/", code=case.code, office=settings.KANTOR_REGENCY)
    parts = (GREETING.format(name=name), body, track)
    whole = "\n\n".join(part.said(case.language) for part in parts)
    said = subject.said(case.language)
    enqueue(key, to=email, subject=said, body=whole, language=case.language, case_id=case.pk)


def tell_office(case: Case, subject: Text, body: Text, *, to: list[tuple[str, str]], what: str) -> None:
    """Queue a mail to officials (address, language), once each."""
    for address, language in to:
        enqueue(
            f"case-{case.pk}-{case.version}-{what}-{address}"[:200], to=address, subject=subject.said(language),
            body=f"{body.said(language)}\n\n{settings.KANTOR_URL}/meja/", language=language, case_id=case.pk,
        )  # fmt: skip


def _which(definition: Definition, event: Event, after: State) -> str:
    if event.kind is Kind.REKEYED:
        return "rekeyed"
    if after.ended_at is not None:
        return "ended"
    if event.data.get("bills") and event.kind is not Kind.SUBMITTED:
        return "bill"
    if event.kind is Kind.MOVED and event.data.get("accepts"):
        return "accepted"
    if newly_asked(definition, event, after) and "waits" not in event.data:
        return "needed"
    if event.kind is Kind.MOVED:
        return "asked"
    if event.data.get("ran_out"):
        return "ran_out"
    return {Kind.ANSWERED: "minutes"}.get(event.kind, str(event.kind))


def _values(
    case: Case, definition: Definition, event: Event, after: State, clocks: Clocks, papers: list[str]
) -> dict[str, object]:
    title = Text(case.title_id, case.title_en or None)
    due = moment(localtime(clocks.promise.due_at)) if clocks.promise else Text("—", "—")
    limit = clocks.correction or clocks.step
    task = definition.task.get(event.data.get("task", ""))
    slot = definition.booking.get(event.data.get("booking", ""))
    items = [f"- {name_of(definition, i['target']).id}: {i['reason']}" for i in event.data.get("items", ())]
    english = [
        f"- {name_of(definition, i['target']).said('en')}: {i['reason']}" for i in event.data.get("items", ())
    ]
    amount = sum(event.data["bills"].values()) if event.data.get("bills") else event.data.get("amount", 0)
    owed = [definition.requirement[name].title for name in newly_asked(definition, event, after)]
    end = definition.ends.get(after.at)
    reason = event.data.get("reason") or after.reason or ""
    links = "".join(f"\n{settings.KANTOR_URL}/cek/{code}" for code in papers)
    return {
        "title": title, "number": case.number, "code": case.code, "at": moment(localtime(event.at)), "due": due, "n": len(items),
        "items": Text("\n".join(items), "\n".join(english)), "amount": rupiah(amount), "task": task.title if task else "",
        "on": _on(event, after), "slot": slot.title if slot else "", "booked": _booked(definition, event), "outcome": end.title if end else "",
        "needed": joined(owed),
        "step": definition.step[after.at].title if after.at in definition.step else "",
        "reason": Text(f" Alasan: {reason.rstrip('.')}.", f" Reason: {reason.rstrip('.')}.") if reason and (end or slot) else reason,
        "papers": Text(f"\nSurat Anda:{links}", f"\nYour papers:{links}") if papers else "",
        "limit": moment(localtime(limit.due_at)) if limit else Text("—", "—"),
    }  # fmt: skip


def _on(event: Event, after: State) -> Text | str:
    """The moment an event is about: of an inspection or a meeting, or of a time booked or let go."""
    booked = after.bookings.get(event.data.get("booking", ""))
    at = booked.starts_at if booked else event.data.get("on")
    return moment(localtime(at)) if at else ""


def _booked(definition: Definition, event: Event) -> Text:
    """The times that an application booked, a line each."""
    found = [
        Text("\n{title}: {at}.", "\n{title}: {at}.").format(
            title=definition.booking[name].title, at=moment(localtime(one.starts_at))
        )
        for name, one in event.data.get("slots", {}).items()
    ]
    return joined(found, "")


def name_of(definition: Definition, target: str) -> Text:
    """The words for `requirement.<id>` or `field.<id>`."""
    kind, _, name = target.partition(".")
    return definition.requirement[name].title if kind == "requirement" else definition.field[name].label
