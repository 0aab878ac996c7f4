"""Invented data for the desk's parts on /gaya/meja/."""

from __future__ import annotations

from typing import Any

from kantormaya.language.texts import Text

MIDWIFE = Text("Izin Praktik Bidan (SIPB)", "Midwife practice licence")
PHARMACIST = Text("Izin Praktik Apoteker", "Pharmacist practice licence")
BILLBOARD = Text("Izin Reklame", "Billboard permit")
RESEARCH = Text("Surat Keterangan Penelitian", "Research letter")
PLAN = Text("Denah lokasi", "Site plan")
HEALTH = Text("Surat keterangan sehat", "Health certificate")
DESK_FACTS: list[dict[str, Any]] = [
    {"label": Text("Lewat janji", "Past the promise"), "value": "1", "kind": "late"},
    {"label": Text("Hari ini", "Today"), "value": "4", "kind": "due"},
    {"label": Text("Besok", "Tomorrow"), "value": "3"},
    {
        "label": Text("Selesai pekan ini", "Finished this week"),
        "value": "26",
        "note": Text("25 tepat waktu", "25 on time"),
    },
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
CHECKS: list[dict[str, Any]] = [
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
FILES: list[dict[str, Any]] = [
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
MOVES: list[dict[str, Any]] = [
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
LETTERS: list[dict[str, Any]] = [
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
DESK: dict[str, Any] = {
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
