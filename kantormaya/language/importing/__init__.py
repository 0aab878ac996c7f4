"""Makes a definition of a published standard: faithfully, and without guessing what its page does not say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kantormaya.language.importing.axes import arrange
from kantormaya.language.importing.costs import reckon
from kantormaya.language.importing.draft import Draft
from kantormaya.language.importing.flow import lay_steps
from kantormaya.language.importing.guide import guide
from kantormaya.language.importing.heading import head, sum_up
from kantormaya.language.importing.papers import list_papers
from kantormaya.language.importing.proofs import move_late_proofs
from kantormaya.language.importing.records import MOST_FAULTS, Unreadable, read_record, read_records
from kantormaya.language.importing.results import end
from kantormaya.language.importing.times import promise
from kantormaya.language.texts import Text
from kantormaya.language.writing import write

__all__ = ["Imported", "Unreadable", "import_file", "import_record"]


@dataclass(frozen=True)
class Imported:
    """A definition made of a record, its guide, and what stays open: doubts (contradictions) and questions."""

    slug: str
    service_toml: str
    guide_md: str
    doubts: tuple[Text, ...]
    questions: tuple[Text, ...]


def import_record(record: object) -> Imported:
    """The definition of one record (a dict of the format); raises Unreadable with sentences, never anything else."""
    draft = Draft(read_record(record))
    head(draft)
    arrange(draft)
    lay_steps(draft)
    promise(draft)
    list_papers(draft)
    move_late_proofs(draft)
    reckon(draft)
    end(draft)
    sum_up(draft)
    return Imported(
        slug=draft.record.id,
        service_toml=write(draft.raw(), draft.comments),
        guide_md=guide(draft),
        doubts=tuple(draft.doubts),
        questions=tuple(draft.questions),
    )


def import_file(path: Path | str, out: Path | str) -> list[Imported]:
    """A folder `out/<slug>/` with `service.toml` and `guide.md` for each record.

    Raises Unreadable before anything is written where a record can't be read or a file would be lost.
    """
    imported = [import_record(record.model_dump()) for record in read_records(Path(path))]
    texts = {
        Path(out) / one.slug / name: text
        for one in imported
        for name, text in (("service.toml", one.service_toml), ("guide.md", one.guide_md))
    }
    edited = [file for file, text in texts.items() if file.exists() and file.read_bytes() != text.encode()]
    if edited:
        raise Unreadable([WOULD_BE_LOST.format(file=str(file)) for file in edited[:MOST_FAULTS]])
    for file, text in texts.items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8", newline="\n")
        except OSError as error:
            raise Unreadable([NOT_WRITTEN.format(file=str(file), why=error.strerror or "?")]) from None
    return imported


WOULD_BE_LOST = Text(
    "{file} sudah ada dan isinya lain: pindahkan dulu, atau pilih folder lain.",
    "{file} is there already and says something else: move it away, or choose another folder.",
)
NOT_WRITTEN = Text("{file} tidak dapat ditulis: {why}.", "{file} cannot be written: {why}.")
