"""Example pictures of remote inspections: plainly drawn, with the code of the moment in them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from kantormaya.casework.inspecting import challenge, show_pictures
from kantormaya.casework.standing import Standing
from kantormaya.documents import keeping
from kantormaya.site.demo_papers import INK, PAPER


def show_place(now_: Standing, task: str) -> None:
    """The applicant shows two pictures in which the code of the moment can be read; nothing where none are awaited."""
    found = challenge(now_, task)
    if found is None:
        return
    pictures = [
        keeping.receive(BytesIO(_picture(place, found.code)), f"{place}.jpg", ("jpg",))
        for place in ("depan", "ruang-kerja")
    ]
    show_pictures(now_.case.pk, task, found.code, pictures, key=f"contoh-foto-{task}-{now_.case.version}")


def _picture(place: str, code: str) -> bytes:
    picture = Image.new("RGB", (800, 600), "#9fb4ad")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 420, 800, 600), fill="#6d7f78")
    pen.rectangle((220, 180, 580, 440), fill=PAPER, outline=INK, width=4)
    pen.text((270, 210), f"CONTOH: {place}", fill="#b07d1a", font=ImageFont.load_default(size=30))
    pen.text((262, 290), code, fill=INK, font=ImageFont.load_default(size=68))
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
