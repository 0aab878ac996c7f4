"""Small papers to hand in, as a phone's camera or a scanner makes them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload

KINDS = {"jpg": ("JPEG", "image/jpeg"), "png": ("PNG", "image/png"), "pdf": ("PDF", "application/pdf")}


def paper(name: str) -> FilePayload:
    """A real file with that name; the name is written on it, so that no two are alike."""
    form, mime = KINDS[name.rpartition(".")[2]]
    picture = Image.new("RGB", (480, 320), "#fbfaf6")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((12, 12, 468, 308), outline="#14242b", width=2)
    pen.text((40, 60), f"CONTOH\n{name}", fill="#14242b")
    out = BytesIO()
    picture.save(out, form)
    return {"name": name, "mimeType": mime, "buffer": out.getvalue()}
