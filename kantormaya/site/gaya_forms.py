"""Invented form fields for /gaya/: each type once, and some of them wrong."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from kantormaya.language.regions import choices
from kantormaya.language.texts import Text
from kantormaya.site.gaya_desk import PLAN

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
        "groups",
    ),
    *("autocomplete", "is_fixed", "is_many"),
)


def field(id: str, type: str, label: Text, **more: Any) -> SimpleNamespace:
    """A field as the form parts read it."""
    blank = dict.fromkeys(BLANK)
    return SimpleNamespace(
        **blank | {"id": id, "name": id, "type": type, "label": label, "required": True} | more
    )


KINDS = [
    ("mandiri", Text("Praktik mandiri", "Own practice")),
    ("faskes", Text("Fasilitas kesehatan", "Health facility")),
]
VILLAGES = choices()[:3]
DISTRICTS = [(name.id, name) for name, _ in choices()]
WRONG_DATE = Text(
    "Tanggal surat lewat 3 bulan. Minta surat baru, lalu isi tanggalnya.",
    "The date is more than 3 months ago. Get a new certificate and give its date.",
)
WRONG_PLACE = Text("Pilih salah satu tempat praktik.", "Choose one place of practice.")
UNSIGNED = Text("Centang pernyataan ini agar dapat mengirim.", "Tick this statement to be able to send.")
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
        Text("Lokasi praktik", "Place of practice"),
        groups=VILLAGES,
        help=Text("Jalan, nomor, dan patokan.", "Street, number and a landmark."),
    ),
    field("desa", "region", Text("Desa tempat lahir", "Village of birth"), groups=VILLAGES),
    field("nib", "nib", Text("NIB", "Business number (NIB)"), value="0000000000001"),
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
        error=WRONG_PLACE,
    ),
    field("salah-berkas", "upload", PLAN, accept=".pdf,image/*", max_size_text="5 MB", error=WRONG_FILE),
    field(
        "salah-pernyataan",
        "statement",
        Text("Pernyataan", "Statement"),
        help=Text("Semua yang saya isi benar.", "All I have given is true."),
        error=UNSIGNED,
    ),
]
FIXED = field(
    "nama_str",
    "text",
    Text("Nama pada STR", "Name on the registration"),
    value="Pemohon contoh 1",
    help=Text("Dari daftar STR; tidak dapat diubah di sini.", "From the register; not changed here."),
    is_fixed=True,
)
