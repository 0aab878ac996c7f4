"""Invented data for /gaya/, in the shape that each part asks for."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from kantormaya.audit.time import now
from kantormaya.language.texts import Text


def field(id: str, type: str, label: Text, **more: Any) -> SimpleNamespace:
    """A field as the form parts read it."""
    blank = dict.fromkeys(BLANK)
    return SimpleNamespace(
        **blank | {"id": id, "name": id, "type": type, "label": label, "required": True} | more
    )


BLANK = (
    *(
        "help",
        "value",
        "error",
        "unit",
        "min",
        "max",
        "accept",
        "accept_text",
        "max_size_text",
        "lines",
        "choices",
    ),
    *("autocomplete", "is_fixed", "is_many"),
)
MIDWIFE = Text("Izin Praktik Bidan (SIPB)", "Midwife practice licence")
PHARMACIST = Text("Izin Praktik Apoteker", "Pharmacist practice licence")
BILLBOARD = Text("Izin Reklame", "Billboard permit")
RESEARCH = Text("Surat Keterangan Penelitian", "Research letter")
BUILDING = Text("Persetujuan Bangunan Gedung", "Building approval")
FREE = Text("gratis", "free")
PLAN = Text("Denah lokasi", "Site plan")
HEALTH = Text("Surat keterangan sehat", "Health certificate")
COUNTER = Text("petugas loket", "front office")

STATES = [
    {"word": Text("diperiksa", "being checked"), "kind": ""},
    {"word": Text("hari ini 16.00", "today 16:00"), "kind": "due"},
    {"word": Text("lewat 1 hari", "1 day late"), "kind": "late"},
    {"word": Text("sesuai", "in order"), "kind": "done"},
    {"word": Text("menunggu Anda", "waiting for you"), "kind": "wait"},
    {"word": Text("ditolak", "refused"), "kind": "stop"},
]
FACTS = [
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
DESK_FACTS = [
    {"label": Text("Lewat janji", "Past the promise"), "value": "1", "kind": "late"},
    {"label": Text("Hari ini", "Today"), "value": "4", "kind": "due"},
    {"label": Text("Besok", "Tomorrow"), "value": "3"},
    {
        "label": Text("Selesai pekan ini", "Finished this week"),
        "value": "26",
        "note": Text("25 tepat waktu", "25 on time"),
    },
]
STEPS = [
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
WAY = [
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
CORRECTIONS = [
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


SERVICES = [
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
CASE_HEADS = [
    Text("Perkara", "Case"),
    Text("Langkah", "Step"),
    Text("Pemohon", "Applicant"),
    Text("Batas", "Due"),
]
CASES = [
    (
        PHARMACIST,
        Text("P-2026-000118 · perpanjangan", "P-2026-000118 · renewal"),
        Text("Verifikasi berkas", "Papers are checked"),
        Text("Pemohon contoh 2", "Example applicant 2"),
        -1,
    ),
    (
        MIDWIFE,
        Text("P-2026-000123 · baru", "P-2026-000123 · new"),
        Text("Periksa perbaikan (2 dari 2 masuk)", "Check corrections (2 of 2 in)"),
        Text("Pemohon contoh 1", "Example applicant 1"),
        0,
    ),
    (
        BILLBOARD,
        Text("P-2026-000131 · papan 4×6 m", "P-2026-000131 · board 4×6 m"),
        Text("Pemeriksaan jarak jauh", "Remote inspection"),
        "PT Contoh Reklame",
        1,
    ),
    (
        RESEARCH,
        Text("P-2026-000127 · mahasiswa", "P-2026-000127 · student"),
        Text("Paraf kepala bidang", "Initials of the head of division"),
        Text("Pemohon contoh 3", "Example applicant 3"),
        3,
    ),
]
CHECKS = [
    {"title": Text("KTP elektronik", "Identity card"), "word": Text("sesuai", "in order"), "kind": "done"},
    {
        "title": Text("STR bidan", "Registration certificate"),
        "word": Text("sesuai", "in order"),
        "kind": "done",
        "note": Text("seumur hidup · nomor terbaca", "lifelong · number readable"),
    },
    {
        "title": HEALTH,
        "word": Text("kurang", "deficient"),
        "kind": "late",
        "note": Text("tanggalnya lewat 3 bulan", "its date is more than 3 months ago"),
    },
    {"title": PLAN, "word": Text("diperiksa", "being checked"), "kind": "", "is_now": True},
    {
        "title": Text("Ijazah D3", "Diploma"),
        "word": Text("menunggu pemohon", "waiting for the applicant"),
        "kind": "wait",
    },
    {
        "title": Text("Surat atasan", "Letter of the superior"),
        "word": Text("tidak perlu", "not needed"),
        "kind": "stop",
    },
]
TASKS = [
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
ANSWERS = [
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
ENTRIES = [
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
LETTERS = [
    {
        "who": Text("Anda", "You"),
        "ago": 1,
        "text": Text("Denah baru sudah saya kirim.", "I have sent the new plan."),
        "is_mine": True,
    },
    {
        "who": Text("Petugas loket", "Front office"),
        "ago": 0,
        "text": Text(
            "Terima kasih, sudah terbaca. Kami teruskan hari ini.",
            "Thank you, it can be read. We pass it on today.",
        ),
    },
]
BILL = [
    {
        "title": Text("Retribusi bangunan", "Building levy"),
        "note": Text("120 m² × Rp 18.500", "120 m² × Rp 18,500"),
        "amount": 2_220_000,
    },
    {"title": Text("Prasarana", "Facilities"), "amount": 350_000},
    {"title": Text("Keringanan rumah sederhana 25%", "Relief for simple houses 25%"), "amount": -642_500},
]
FILES = [
    {
        "name": "denah-lokasi.pdf",
        "href": "#",
        "size_text": "412 kB",
        "note": Text("menggantikan berkas 1", "replaces file 1"),
        "word": Text("diperiksa", "being checked"),
        "kind": "",
    },
    {
        "name": "str-bidan.jpg",
        "href": "#",
        "size_text": Text("1,2 MB", "1.2 MB"),
        "word": Text("sesuai", "in order"),
        "kind": "done",
    },
]
MOVES = [
    {
        "label": Text("Terima, minta rekomendasi", "Accept, ask for the recommendation"),
        "name": "move",
        "value": "rekomendasi",
        "note": Text("Dinas Kesehatan mendapat 2 hari kerja.", "The health agency has 2 working days."),
    },
    {"label": Text("Kembalikan ke pemohon", "Return to the applicant"), "name": "move", "value": "perbaikan"},
    {
        "label": Text("Terbitkan", "Issue"),
        "refused": Text(
            "Satu syarat belum diperiksa: denah lokasi.", "One requirement is not checked yet: the site plan."
        ),
    },
    {"label": Text("Tolak dengan alasan", "Refuse with reasons"), "href": "#", "kind": "stop"},
]
COMPONENTS = [
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
CHANGES = [
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
PAPER = [
    {"label": Text("Surat", "Paper"), "value": MIDWIFE},
    {"label": Text("Nomor", "Number"), "value": "503/0042/SIPB/DPMPTSP/2026"},
    {"label": Text("Pemegang", "Holder"), "value": Text("P•••••• c•••••", "E•••••• a••••••••")},
    {
        "label": Text("Ditandatangani", "Signed by"),
        "value": Text("Kepala dinas (UJI COBA)", "Head of office (TRIAL)"),
    },
]
DESK = {
    "agency": Text("DPMPTSP · contoh", "DPMPTSP · example"),
    "who": Text("Petugas loket", "Front office"),
    "groups": [
        {
            "title": None,
            "links": [
                {"text": Text("Meja saya", "My desk"), "href": "#", "count": 12, "is_current": True},
                {"text": Text("Unit saya", "My unit"), "href": "#", "count": 48},
                {"text": Text("Menunggu pihak lain", "Waiting for others"), "href": "#", "count": 31},
                {"text": Text("Tanda tangan", "Signatures"), "href": "#", "count": 1284},
            ],
        },
        {
            "title": Text("Kantor", "Office"),
            "links": [{"text": Text("Layanan terbit", "Published services"), "href": "#", "count": None}],
        },
    ],
}

KINDS = [
    ("mandiri", Text("Praktik mandiri", "Own practice")),
    ("faskes", Text("Fasilitas kesehatan", "Health facility")),
]
DISTRICTS = [
    (f"16.06.{n:02}", name)
    for n, name in enumerate(
        (
            "Sekayu",
            "Lais",
            "Sungai Keruh",
            "Batang Hari Leko",
            "Sanga Desa",
            "Babat Toman",
            "Sungai Lilin",
            "Keluang",
            "Bayung Lencir",
        ),
        1,
    )
]
WRONG_DATE = Text(
    "Tanggal surat lewat 3 bulan. Minta surat baru, lalu isi tanggalnya.",
    "The date is more than 3 months ago. Get a new certificate and give its date.",
)
WRONG_FILE = Text(
    "Berkas 14 MB, paling besar 5 MB. Foto ulang atau kecilkan.",
    "The file has 14 MB, at most 5 MB. Take the photo again or make it smaller.",
)


def _line(n: int, name: str, area: str) -> list[SimpleNamespace]:
    return [
        field(f"ruang.{n}.nama", "text", Text("Ruang", "Room"), value=name),
        field(f"ruang.{n}.luas", "number", Text("Luas", "Area"), value=area, unit="m²"),
    ]


FIELDS = [
    field(
        "nama",
        "text",
        Text("Nama lengkap", "Full name"),
        help=Text("Seperti pada KTP.", "As on the identity card."),
    ),
    field("uraian", "long_text", Text("Uraian", "Description"), required=False),
    field("luas", "number", Text("Luas bangunan", "Floor area"), value="120", unit="m²"),
    field("nilai", "money", Text("Nilai kontrak", "Contract value"), value="25.000.000"),
    field("tanggal", "date", Text("Tanggal surat", "Date of the letter"), value="2026-08-24"),
    field("jadwal", "moment", Text("Waktu pemeriksaan", "Time of the inspection"), value="2026-09-02T10:30"),
    field("sekolah", "yes_no", Text("Untuk kegiatan sekolah?", "For a school activity?"), value=True),
    field("tempat", "choice", Text("Tempat praktik", "Place of practice"), choices=KINDS, value="mandiri"),
    field("kecamatan_lain", "choice", Text("Kecamatan asal", "District of origin"), choices=DISTRICTS),
    field(
        "sarana",
        "choices",
        Text("Sarana", "Facilities"),
        choices=[*KINDS, ("keliling", Text("Kunjungan rumah", "Home visits"))],
        value=["faskes", "keliling"],
        help=Text("Boleh lebih dari satu.", "More than one is possible."),
    ),
    field(
        "lokasi",
        "place",
        Text("Alamat lokasi", "Address of the place"),
        help=Text("Jalan, nomor, desa, dan patokan.", "Street, number, village and a landmark."),
    ),
    field("kecamatan", "region", Text("Kecamatan", "District"), choices=DISTRICTS, value="16.06.01"),
    field(
        "nik",
        "nik",
        Text("NIK", "National identity number (NIK)"),
        help=Text("16 angka pada KTP.", "16 digits on the identity card."),
    ),
    field(
        "telepon", "phone", Text("Nomor ponsel", "Mobile number"), value="0812 0000 0000", autocomplete="tel"
    ),
    field(
        "surel",
        "email",
        Text("Surel", "E-mail"),
        required=False,
        autocomplete="email",
        help=Text("Untuk kabar. Tanpa surel, lacak dengan kode.", "For news. Without it, track by code."),
    ),
    field(
        "ruang",
        "rows",
        Text("Ruang", "Rooms"),
        lines=[_line(0, "Ruang periksa", "12"), _line(1, "Ruang tunggu", "18,5")],
    ),
    field(
        "str",
        "upload",
        Text("STR bidan", "Registration certificate"),
        value=[{"name": "str-bidan.jpg", "size_text": Text("1,2 MB", "1.2 MB"), "href": "#"}],
    ),
    field(
        "denah",
        "upload",
        PLAN,
        accept=".pdf,image/*",
        max_size_text="5 MB",
        help=Text("Jalan utama dan patokan terlihat.", "Main street and a landmark can be seen."),
    ),
    field(
        "pernyataan",
        "statement",
        Text("Pernyataan", "Statement"),
        help=Text(
            "Semua yang saya isi benar, dan saya sanggup menaati ketentuan praktik bidan.",
            "All I have given is true, and I will keep to the rules of midwifery practice.",
        ),
    ),
]
WRONG_FIELDS = [
    field(
        "salah-tanggal",
        "date",
        Text("Tanggal surat keterangan sehat", "Date of the health certificate"),
        value="2026-01-05",
        help=Text("Paling lama 3 bulan.", "At most 3 months ago."),
        error=WRONG_DATE,
    ),
    field(
        "salah-tempat",
        "choice",
        Text("Tempat praktik", "Place of practice"),
        choices=KINDS,
        error=Text("Pilih salah satu tempat praktik.", "Choose one place of practice."),
    ),
    field("salah-berkas", "upload", PLAN, accept=".pdf,image/*", max_size_text="5 MB", error=WRONG_FILE),
    field(
        "salah-pernyataan",
        "statement",
        Text("Pernyataan", "Statement"),
        help=Text("Semua yang saya isi benar.", "All I have given is true."),
        error=Text("Centang pernyataan ini agar dapat mengirim.", "Tick this statement to be able to send."),
    ),
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
            *_cells(today.date())[:9],
            (today.date(), "due"),
            *((today.date() + day * n, "over") for n in (1, 2)),
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
        "errors": [{"id": "salah-tanggal", "text": WRONG_DATE}, {"id": "salah-berkas", "text": WRONG_FILE}],
        "fields": FIELDS,
        "wrong_fields": WRONG_FIELDS,
        "fixed": field(
            "nama_str",
            "text",
            Text("Nama pada STR", "Name on the registration"),
            value="Pemohon contoh 1",
            help=Text("Dari daftar STR; tidak dapat diubah di sini.", "From the register; not changed here."),
            is_fixed=True,
        ),
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
