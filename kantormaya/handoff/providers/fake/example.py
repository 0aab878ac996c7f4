"""An application as the example system passes it on: plainly made up, with papers marked CONTOH."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from kantormaya.handoff.providers import Application, Enclosed

SERVICE = "perizinan-oss-apotek"
PAPERS = ("denah", "sarana", "sipa")


def example(
    number: int, *, enclosed: tuple[Enclosed, ...] | None = None, language: str = "id"
) -> Application:
    """The example application of that number: the same number is the same application."""
    day = number % 28 + 1
    return Application(
        external_id=f"I-CONTOH-{number:06}", service=SERVICE, nib=f"990000{number % 10**7:07}", variant=None,
        applicant_kind="badan_usaha", language=language,
        identity={
            "organisation": f"Apotek Contoh {number}", "name": f"Penanggung Jawab Contoh {number}",
            "nik": f"990101{day:02}0190{number % 9999 + 1:04}", "phone": f"0812 1000 {number % 10000:04}",
            "email": f"apotek{number}@contoh.example", "address": f"Jalan Contoh {number}, Sekayu",
        },
        answers={
            "nama_usaha": f"Apotek Contoh {number}", "kbli": "47721", "kbli_versi": "kbli_2020", "risiko": "tinggi",
            "lokasi": {"address": f"Jalan Contoh {number}, Sekayu", "lat": -2.8869, "lon": 103.8436}, "milik_sendiri": True,
        },
        statements=("sipnap",),
        enclosed=tuple(Enclosed(name, f"{name}.jpg", _paper(name)) for name in PAPERS) if enclosed is None else enclosed,
    )  # fmt: skip


def _paper(name: str) -> bytes:
    page = Image.new("RGB", (600, 800), "#fbfaf6")
    pen = ImageDraw.Draw(page)
    pen.text((60, 80), "CONTOH", fill="#b07d1a", font=ImageFont.load_default(size=72))
    pen.text((60, 190), name, fill="#14242b", font=ImageFont.load_default(size=36))
    out = BytesIO()
    page.save(out, "JPEG")  # a PDF would carry the moment it was made, and the same application would differ
    return out.getvalue()
