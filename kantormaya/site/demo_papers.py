"""The example papers that example citizens hand in: plainly marked CONTOH, cleaned once, used many times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from kantormaya.cases.models import Case
from kantormaya.documents import keeping
from kantormaya.documents.cleaning import Cleaned

PAPER = "#fbfaf6"
INK = "#14242b"


@dataclass(frozen=True)
class Papers:
    """A handful of cleaned example files."""

    files: tuple[Cleaned, ...]

    @classmethod
    def make(cls) -> Papers:
        """Draw and clean them."""
        return cls(
            tuple(
                keeping.receive(BytesIO(_drawn(n, kind)), f"contoh-{n}.{kind}")
                for n, kind in ((1, "jpg"), (2, "pdf"), (3, "png"))
            )
        )

    def hand_in(self, draft_code: str, requirement: str, what: Any, *, case: Case | None = None) -> Any:
        """What stands in the draft for a requirement: ids of uploads, True for a statement, {member: ids} for a choice."""
        if what is True:
            return True
        if isinstance(what, Mapping):
            return {
                member: self.hand_in(draft_code, requirement, files, case=case)
                for member, files in what.items()
            }
        first, draft = sum(map(ord, requirement)), draft_code if case is None else ""
        uploads = [
            keeping.keep(
                self.files[(first + n) % len(self.files)],
                requirement,
                by="applicant",
                draft_code=draft,
                case=case,
            )
            for n in range(len(what))
        ]
        return tuple(f"upload.{upload.pk}" for upload in uploads)


def _drawn(number: int, kind: str) -> bytes:
    picture = Image.new("RGB", (900, 1200), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((40, 40, 860, 1160), outline=INK, width=3)
    pen.text((90, 110), "CONTOH", fill="#b07d1a", font=ImageFont.load_default(size=96))
    pen.text((90, 240), f"Berkas contoh {number}", fill=INK, font=ImageFont.load_default(size=48))
    for line in range(12):
        pen.line((90, 380 + line * 58, 810 - (line * 37) % 180, 380 + line * 58), fill="#8a979c", width=6)
    out = BytesIO()
    picture.save(out, {"jpg": "JPEG", "pdf": "PDF", "png": "PNG"}[kind])
    return out.getvalue()
