"""Typesetting: from what a paper says to a tagged PDF/A-3a that also meets PDF/UA-1."""

from __future__ import annotations

import functools
import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kantormaya.language.texts import Text

PAPERS = Path(__file__).resolve().parents[2] / "services" / "_shared" / "papers"
STANDARDS = ["a-3a", "ua-1"]
SHARED = '#import "/kantor.typ": *'
# A template may take words and layout from the shared paper, and nothing else from anywhere.
FORBIDDEN = re.compile(r"\b(import|include|eval|plugin|read|dictionary|std|sys)\b|@\w+/")
COMMENT = re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/", re.DOTALL)
_one_at_a_time = threading.Lock()


class PaperFault(Exception):
    """A paper that cannot be typeset, in words for who wrote its template."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text


def typeset(template: str, said: Mapping[str, Any], *, name: str = "permit.typ", at: datetime) -> bytes:
    """The PDF of one paper; the same words at the same moment give the same bytes. Raises PaperFault."""
    pdf: bytes = _compiled(template, said, name, at, format="pdf", pdf_standards=STANDARDS)
    return pdf


def picture(template: str, said: Mapping[str, Any], *, name: str = "permit.typ", at: datetime) -> list[bytes]:
    """The same paper as one PNG a page, for a screen that shows no PDF. Raises PaperFault."""
    pages = _compiled(template, said, name, at, format="png", ppi=110)
    return [pages] if isinstance(pages, bytes) else pages


def default_template() -> str:
    """The letter used by a product that brings no permit.typ of its own."""
    return (PAPERS / "surat.typ").read_text(encoding="utf-8")


def check_template(template: str, name: str = "permit.typ") -> Text | None:
    """Why a template may not be used, or None: it imports the shared paper and nothing else."""
    body = COMMENT.sub("", template)
    if SHARED not in body:
        return Text(
            f"Templat {name} belum memakai surat bersama. Tulis {SHARED} pada baris pertamanya.",
            f"The template {name} does not use the shared paper. Write {SHARED} on its first line.",
        )
    found = FORBIDDEN.search(body.replace(SHARED, "", 1))
    if found is None:
        return None
    return Text(
        f"Templat {name} memuat “{found.group()}”, yang tidak boleh dipakai dalam templat. "
        "Hapus, atau pilih kata lain.",
        f"The template {name} contains “{found.group()}”, which a template may not use. "
        "Remove it or choose another word.",
    )


def _compiled(template: str, said: Mapping[str, Any], name: str, at: datetime, **how: Any) -> Any:
    if refused := check_template(template, name):
        raise PaperFault(refused)
    import typst  # 15 ms and 60 MB that a web worker which never signs need not pay

    try:
        with _one_at_a_time:
            return _compiler().compile(
                template.encode(),
                sys_inputs={"paper": json.dumps(dict(said), ensure_ascii=False)},
                timestamp=at.astimezone(UTC).replace(microsecond=0),
                **how,
            )
    except typst.TypstError as fault:
        raise PaperFault(_in_words(name, fault.message, fault.diagnostic)) from None


@functools.cache
def _compiler() -> Any:
    import typst

    return typst.Compiler(root=str(PAPERS), font_paths=typst.Fonts(False, True, [str(PAPERS / "fonts")]))


def _in_words(name: str, message: str, diagnostic: str) -> Text:
    key = re.search(r"KEY:([^\"\\\s]+)", message) or re.search(r"does not contain key \"([^\"]+)\"", message)
    if key:
        return Text(
            f"Templat {name} meminta “{key.group(1)}”, tetapi berkas ini tidak memilikinya. "
            "Periksa namanya, atau lindungi dengan has(…).",
            f"The template {name} asks for “{key.group(1)}”, which this case does not have. "
            "Check the name, or guard it with has(…).",
        )
    letter = re.search(r"the text `\"(.+?)\"` could not be displayed", message)
    if letter:
        return Text(
            f"Huruf “{letter.group(1)}” tidak ada pada huruf cetak kantor, jadi surat ini belum dapat dicetak. "
            "Minta pemohon menulisnya dengan huruf Latin.",
            f"The office's typeface has no “{letter.group(1)}”, so this paper cannot be typeset yet. "
            "Ask the applicant to write it in Latin letters.",
        )
    line = re.search(r":(\d+):\d+", diagnostic)
    if "kantor.typ" in diagnostic:
        name = "kantor.typ"
    where_id, where_en = (f" baris {line.group(1)}", f" line {line.group(1)}") if line else ("", "")
    return Text(
        f"Templat {name}{where_id} tidak dapat dicetak: {message}.",
        f"The template {name}{where_en} cannot be typeset: {message}.",
    )
