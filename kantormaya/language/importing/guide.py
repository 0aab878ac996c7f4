"""The page beside the definition: where it comes from, what the agency has to answer, what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable

from kantormaya.language.importing.draft import Draft
from kantormaya.language.texts import Text


def guide(draft: Draft) -> str:
    """`guide.md`, Indonesian first and English beneath."""
    record = draft.record
    agency = record.agency or "instansi tidak disebut"
    lines = [
        f"# {record.service_name}",
        "",
        f"Disusun dari standar pelayanan yang diterbitkan {agency}"
        + (f", {record.region}" if record.region and record.region not in agency else "")
        + ". Yang tidak ditulis halaman itu dibiarkan terbuka.  ",
        "*Made from the standard that the agency published. What its page does not say is left open.*",
        "",
        f"Sumber / Source: {record.source_url or 'alamat halaman tidak tercatat / the address is not known'}",
        "",
        *_section(QUESTIONS, draft.questions),
        *_section(DOUBTS, draft.doubts),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _section(title: Text, items: Iterable[Text]) -> list[str]:
    listed = [line for item in items for line in (f"- {item.id}  ", f"  *{item.en or item.id}*")]
    return [f"## {title.id} / {title.en}", "", *listed, ""] if listed else []


QUESTIONS = Text("Pertanyaan kepada instansi", "Questions to the agency")
DOUBTS = Text("Keraguan", "Doubts")
