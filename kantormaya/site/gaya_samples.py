"""Invented data for /gaya/, in the shape that each part asks for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kantormaya.audit.time import now
from kantormaya.language.texts import Text
from kantormaya.site.gaya_desk import (
    BILLBOARD,
    CASE_HEADS,
    CASES,
    CHECKS,
    DESK_FACTS,
    FILES,
    HEALTH,
    LETTERS,
    MIDWIFE,
    MOVES,
    PLAN,
    RESEARCH,
)
from kantormaya.site.gaya_forms import (
    FIELDS,
    FIXED,
    UNSIGNED,
    WRONG_DATE,
    WRONG_FIELDS,
    WRONG_FILE,
    WRONG_PLACE,
)

BUILDING = Text("Persetujuan Bangunan Gedung", "Building approval")
FREE = Text("gratis", "free")
COUNTER = Text("petugas loket", "front office")

STATES: list[dict[str, Any]] = [
    {"word": Text("diperiksa", "being checked"), "kind": ""},
    {"word": Text("hari ini 16.00", "today 16:00"), "kind": "due"},
    {"word": Text("lewat 1 hari", "1 day late"), "kind": "late"},
    {"word": Text("sesuai", "in order"), "kind": "done"},
    {"word": Text("menunggu Anda", "waiting for you"), "kind": "wait"},
    {"word": Text("ditolak", "refused"), "kind": "stop"},
]
FACTS: list[dict[str, Any]] = [
    {
        "label": Text("Waktu", "Time"),
        "value": Text("5 hari kerja", "5 working days"),
        "note": Text("batas hukum 15", "legal limit 15"),
    },
    {"label": Text("Biaya", "Fee"), "value": Text("Gratis", "Free")},
    {"label": Text("Kunjungan", "Visits"), "value": "0", "note": Text("semua daring", "all online")},
    {
        "label": Text("Berlaku", "Valid"),
        "value": Text("5 tahun", "5 years"),
        "note": Text("maks. 2 tempat", "at most 2 places"),
    },
]
STEPS: list[dict[str, Any]] = [
    {
        "title": Text("Anda mengajukan dari rumah", "You apply from home"),
        "who": Text(
            "sekitar 10 menit, bisa disimpan dan dilanjutkan", "about 10 minutes; can be kept and continued"
        ),
    },
    {
        "title": Text("Verifikasi berkas", "Papers are checked"),
        "who": Text(
            "petugas loket · 1 hari kerja · semua kekurangan disampaikan sekaligus",
            "front office · 1 working day · everything missing is told at once",
        ),
    },
    {
        "title": Text("Rekomendasi teknis", "Technical recommendation"),
        "who": Text("Dinas Kesehatan · 2 hari kerja", "Health agency · 2 working days"),
    },
    {
        "title": Text("Tanda tangan elektronik", "Electronic signature"),
        "who": Text("kepala dinas · 1 hari kerja", "head of office · 1 working day"),
    },
    {
        "title": Text("Izin terkirim", "The licence is sent"),
        "who": Text(
            "PDF dengan kode QR yang dapat diperiksa siapa saja", "a PDF with a QR code that anyone can check"
        ),
    },
]
WAY: list[dict[str, Any]] = [
    {
        "title": Text("Diajukan", "Submitted"),
        "who": Text("tanda terima dikirim ke s•••@contoh.id", "receipt sent to s•••@contoh.id"),
        "kind": "done",
    },
    {
        "title": Text("Verifikasi berkas", "Papers checked"),
        "who": Text("petugas loket · dua berkas dikembalikan", "front office · two papers returned"),
        "kind": "done",
    },
    {
        "title": Text("Perbaikan oleh Anda", "Your correction"),
        "who": Text("waktu kami berhenti", "our clock stands still"),
        "kind": "now",
    },
    {"title": Text("Kunjungan lokasi", "Site visit"), "kind": "skipped"},
    {"title": Text("Rekomendasi Dinas Kesehatan", "Recommendation of the health agency")},
    {"title": Text("Tanda tangan", "Signature")},
]
CORRECTIONS: list[dict[str, Any]] = [
    {
        "title": PLAN,
        "text": Text(
            "foto buram, nama jalan tidak terbaca. Ambil ulang di tempat terang.",
            "the photo is blurred and the street name cannot be read. Take it again in good light.",
        ),
    },
    {"title": HEALTH, "text": Text("tanggalnya lewat 3 bulan.", "its date is more than 3 months ago.")},
]
ROW_HEADS = [
    Text("Layanan", "Service"),
    Text("Janji", "Promise"),
    Text("Biaya", "Fee"),
    Text("Kunjungan", "Visits"),
]


def _service(title: Text, note: Text, days: int, fee: Text, visits: str) -> dict[str, Any]:
    promise = Text(f"{days} hari kerja", f"{days} working days")
    return {
        "title": title,
        "href": "#",
        "note": note,
        "cells": [
            {"label": ROW_HEADS[1], "value": promise, "is_number": True},
            {"label": ROW_HEADS[2], "value": fee},
            {"label": ROW_HEADS[3], "value": visits, "is_number": True},
        ],
    }


SERVICES: list[dict[str, Any]] = [
    _service(
        MIDWIFE,
        Text(
            "Tenaga kesehatan · baru, perpanjangan, pencabutan", "Health workers · new, renewal, revocation"
        ),
        5,
        FREE,
        "0",
    ),
    _service(
        BILLBOARD,
        Text("Usaha · dengan pemeriksaan jarak jauh", "Business · inspected remotely"),
        5,
        FREE,
        "0",
    ),
    _service(
        BUILDING,
        Text("Tanah dan bangunan · konsultasi tim ahli", "Land and buildings · expert consultation"),
        28,
        Text("retribusi", "levy"),
        "0–1",
    ),
    _service(
        RESEARCH,
        Text("Perorangan, perguruan tinggi, lembaga", "Individuals, universities, institutions"),
        3,
        FREE,
        "0",
    ),
]
TASKS: list[dict[str, Any]] = [
    {"title": Text("Tentang Anda", "About you"), "href": "#", "kind": "done"},
    {"title": Text("Tempat praktik", "Place of practice"), "href": "#", "kind": "now"},
    {
        "title": Text("Berkas", "Papers"),
        "href": "#",
        "kind": "todo",
        "hint": Text("5 berkas; foto dengan ponsel boleh", "5 papers; photos by phone are fine"),
    },
    {
        "title": Text("Periksa dan kirim", "Check and send"),
        "kind": "cannot",
        "hint": Text("setelah ketiga bagian di atas selesai", "once the three parts above are done"),
    },
]
ANSWERS: list[dict[str, Any]] = [
    {
        "label": Text("Anda mengajukan", "You apply for"),
        "value": Text("Izin baru", "A new licence"),
        "change_href": "#",
    },
    {
        "label": Text("Tempat praktik", "Place of practice"),
        "value": "Jalan Contoh 12, Sekayu",
        "change_href": "#",
    },
    {"label": Text("Nomor telepon kantor", "Office telephone"), "value": "", "change_href": "#"},
]
ENTRIES: list[dict[str, Any]] = [
    {
        "title": Text("Perbaikan diterima", "Corrections received"),
        "ago": 0,
        "who": Text("oleh Anda", "by you"),
        "kind": "done",
    },
    {
        "title": Text("Dua berkas dikembalikan", "Two papers returned"),
        "ago": 1,
        "who": COUNTER,
        "kind": "ask-you",
        "text": Text(
            "Denah lokasi buram; surat keterangan sehat lewat 3 bulan.",
            "The site plan is blurred; the health certificate is more than 3 months old.",
        ),
    },
    {
        "title": Text("Lewat batas langkah", "The step ran late"),
        "ago": 2,
        "who": Text("sistem", "system"),
        "kind": "late",
    },
    {"title": Text("Diajukan", "Submitted"), "ago": 4, "who": Text("oleh Anda", "by you")},
]
BILL: list[dict[str, Any]] = [
    {
        "title": Text("Retribusi bangunan", "Building levy"),
        "note": Text("120 m² × Rp 18.500", "120 m² × Rp 18,500"),
        "amount": 2_220_000,
    },
    {"title": Text("Prasarana", "Facilities"), "amount": 350_000},
    {"title": Text("Keringanan rumah sederhana 25%", "Relief for simple houses 25%"), "amount": -642_500},
]
COMPONENTS: list[dict[str, Any]] = [
    {
        "title": Text("Persyaratan", "Requirements"),
        "texts": [
            Text("KTP elektronik", "Identity card"),
            Text("STR bidan yang masih berlaku", "A valid registration certificate"),
            PLAN,
        ],
    },
    {
        "title": Text("Jangka waktu", "Time"),
        "texts": [
            Text("5 hari kerja sejak berkas diterima lengkap.", "5 working days from complete papers.")
        ],
    },
    {"title": Text("Kompetensi pelaksana", "Staff competence"), "texts": [], "is_missing": True},
]
CHANGES: list[dict[str, Any]] = [
    {
        "what": Text("Jangka waktu", "Time"),
        "before": Text("7 hari kerja", "7 working days"),
        "after": Text("5 hari kerja", "5 working days"),
    },
    {
        "what": Text("Syarat: pas foto", "Requirement: photograph"),
        "before": Text("dua lembar", "two prints"),
        "after": None,
    },
    {
        "what": Text("Pencabutan", "Revocation"),
        "before": None,
        "after": Text("dapat diajukan daring", "can be asked for online"),
    },
]
PAPER: list[dict[str, Any]] = [
    {"label": Text("Surat", "Paper"), "value": MIDWIFE},
    {"label": Text("Nomor", "Number"), "value": "503/0042/SIPB/DPMPTSP/2026"},
    {"label": Text("Pemegang", "Holder"), "value": Text("P•••••• c•••••", "E•••••• a••••••••")},
    {
        "label": Text("Ditandatangani", "Signed by"),
        "value": Text("Kepala dinas (UJI COBA)", "Head of office (TRIAL)"),
    },
]


def samples() -> dict[str, Any]:
    """Invented data for every part, in the shape that the part asks for."""
    today = timezone.localtime(now()).replace(hour=16, minute=0, second=0, microsecond=0)
    day = timedelta(days=1)
    return {
        "today": today,
        "moments": [today + day * n for n in (-400, -30, -4, -1, 0, 1, 3, 30, 400)],
        "states": STATES,
        "facts": FACTS,
        "desk_facts": DESK_FACTS,
        "steps": STEPS,
        "way": [step | {"at": today - day * (4 - n)} if n < 3 else step for n, step in enumerate(WAY)],
        "cells": _cells(today.date()),
        "long_cells": _cells(today.date(), weeks=14),
        "late_cells": [
            *((today.date() - day * n, "ran") for n in (5, 4, 3)),
            (today.date() - day * 2, "due"),
            *((today.date() - day * n, "over") for n in (1, 0)),
        ],
        "corrections": CORRECTIONS,
        "row_heads": ROW_HEADS,
        "services": SERVICES,
        "case_heads": CASE_HEADS,
        "cases": [
            {
                "title": title,
                "href": "#",
                "note": note,
                "cells": [{"value": step}, {"value": who}, {"due_at": today + day * ahead}],
            }
            for title, note, step, who, ahead in CASES
        ],
        "checks": CHECKS,
        "tasks": TASKS,
        "answers": ANSWERS,
        "entries": [entry | {"at": today - day * entry["ago"]} for entry in ENTRIES],
        "letters": [letter | {"at": today - day * letter["ago"]} for letter in LETTERS],
        "bill_lines": BILL,
        "files": FILES,
        "moves": MOVES,
        "components": COMPONENTS,
        "changes": CHANGES,
        "paper_facts": PAPER,
        "errors": [
            {"id": "salah-tanggal", "text": WRONG_DATE},
            {"id": "salah-tempat", "text": WRONG_PLACE},
            {"id": "salah-berkas", "text": WRONG_FILE},
            {"id": "salah-pernyataan", "text": UNSIGNED},
        ],
        "fields": FIELDS,
        "wrong_fields": WRONG_FIELDS,
        "fixed": FIXED,
    }


def _cells(today: date, weeks: int = 2) -> list[tuple[date, str]]:
    """The days of a made-up case: worked, waiting on two of them, the rest to come, weekends as gaps."""
    start = today - timedelta(days=6 if weeks == 2 else weeks * 4)
    cells = []
    for n in range(weeks * 7 - 2):
        on = start + timedelta(days=n)
        kind = "off" if on.weekday() > 4 else "ran" if on < today else "left"
        cells.append((on, "paused" if kind == "ran" and n in (2, 3, 4) else kind))
    last = max(n for n, (_, kind) in enumerate(cells) if kind != "off")
    return [*cells[:last], (cells[last][0], "due")]
