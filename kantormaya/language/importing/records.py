"""A record of a published standard, read as strictly as a form: what is not understood is said, never skipped."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError
from pydantic import Field as Key

from kantormaya.language.texts import Text

MOST_FAULTS = 40


class Unreadable(ValueError):
    """The file or a record of it can't be read; `.faults` say where and why, nothing was imported."""

    def __init__(self, faults: Sequence[Text]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def _one_line(raw: Any) -> Any:
    """Pages break their lines anywhere; a control character would break ours."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", raw).strip() if isinstance(raw, str) else raw


Words = Annotated[
    str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=2000, strict=True)
]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
Whole = Annotated[int, Key(ge=0, le=10_000, strict=True)]
Span = Whole | Annotated[list[Whole], Key(min_length=2, max_length=2)]
Unit = Literal["menit", "jam", "jam kerja", "hari", "hari kerja", "hari kalender", "minggu", "bulan", "tahun"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Conditional(_Part):
    requirement: Words
    condition: Words


class Stage(_Part):
    """One step as the page names it."""

    name: Words
    actor: Words | None
    duration_value: Span | None
    duration_unit: Unit | None
    note: Words | None = None


class Limit(_Part):
    """A time limit; `working` is "unknown" where the page says only "hari"."""

    value: Span
    unit: Unit
    working: bool | Literal["unknown"]
    condition: Words | None


class Price(_Part):
    amount: Annotated[int, Key(ge=0, le=10**15, strict=True)]
    item: Words | None
    per: Words | None
    condition: Words | None


class Cost(_Part):
    text: Words | None
    amounts: Annotated[list[Price], Key(max_length=100)] | None
    formula: Words | None


class Input(_Part):
    name: Words
    required: bool | None
    note: Words | None


def _many(part: Any) -> Any:
    return Annotated[list[part], Key(max_length=300)] | None


class Record(_Part):
    """What one page says about one service; None means that the page does not say it."""

    id: Id
    source_url: Words | None
    agency: Words | None
    region: Words | None
    service_name: Words
    service_kind: Words | None
    service_type: Words | None
    variants: _many(Words)  # type: ignore[valid-type]
    requirements: _many(Words)  # type: ignore[valid-type]
    conditional_requirements: _many(Conditional)  # type: ignore[valid-type]
    steps: _many(Stage)  # type: ignore[valid-type]
    total_time: Limit | None
    time_variants: _many(Limit)  # type: ignore[valid-type]
    fee: Cost | None
    product: Words | None
    validity: Words | None
    legal_basis: _many(Words)  # type: ignore[valid-type]
    complaint_channels: _many(Words)  # type: ignore[valid-type]
    input_fields: _many(Input)  # type: ignore[valid-type]
    remarks: Words | None
    features: _many(Words)  # type: ignore[valid-type]
    partial: bool


def read_record(raw: object, place: str = "1") -> Record:
    """The record; raises Unreadable with a sentence for every key that is not as the format says."""
    try:
        return Record.model_validate(raw)
    except ValidationError as error:
        name = raw.get("id") if isinstance(raw, dict) else None
        which = name if isinstance(name, str) and len(name) <= 80 else place
        raise Unreadable([_sentence(which, slip) for slip in error.errors()[:MOST_FAULTS]]) from None


def read_records(path: Path) -> list[Record]:
    """Every record of a file in its order; raises Unreadable with everything that is wrong with any of them."""
    try:
        raw = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise Unreadable([NO_FILE.format(file=path.name, why=error.strerror or "?")]) from None
    except (ValueError, RecursionError):
        raise Unreadable([NOT_JSON.format(file=path.name)]) from None
    if not isinstance(raw, list):
        raise Unreadable([NO_LIST.format(file=path.name)])
    records: list[Record] = []
    faults: list[Text] = []
    for number, item in enumerate(raw, 1):
        try:
            records.append(read_record(item, str(number)))
        except Unreadable as unreadable:
            faults += unreadable.faults
    twice = {record.id for record in records if [r.id for r in records].count(record.id) > 1}
    faults += [TWICE.format(which=name) for name in sorted(twice)]
    if faults:
        raise Unreadable(faults[:MOST_FAULTS])
    return records


def _sentence(which: str, slip: Any) -> Text:
    """What pydantic found, in words; the variants of a union are the same slip seen twice."""
    where = ".".join(str(int(p) + 1) if isinstance(p, int) else p for p in slip["loc"] if _is_key(p))
    kind = slip["type"]
    said = SLIPS.get(kind) or next((text for start, text in SLIPS.items() if kind.startswith(start)), OTHER)
    return RECORD.format(which=which, where=where or "-", what=said)


def _is_key(part: object) -> bool:
    return isinstance(part, int) or (
        bool(re.fullmatch(r"[a-z_]+", str(part))) and part not in ("int", "bool")
    )


RECORD = Text("Rekaman “{which}”, kunci “{where}”: {what}.", "Record “{which}”, key “{where}”: {what}.")
NO_FILE = Text("Berkas {file} tidak dapat dibaca: {why}.", "The file {file} cannot be read: {why}.")
NOT_JSON = Text("{file} bukan JSON UTF-8 yang utuh.", "{file} is not sound UTF-8 JSON.")
NO_LIST = Text("{file} harus berisi daftar rekaman: [ … ].", "{file} must hold a list of records: [ … ].")
TWICE = Text(
    "Rekaman “{which}” ada lebih dari satu; beri id lain.",
    "Record “{which}” stands there twice; change its id.",
)
OTHER = Text(
    "isinya tidak sesuai format; lihat uraian format rekaman",
    "it is not as the format says; see its description",
)
SLIPS = {
    "missing": Text("kunci ini tidak ada; tulis null bila halaman tidak menyebutnya", "the key is missing; write null where the page does not say it"),
    "extra_forbidden": Text("kunci ini tidak dikenal; hapus atau perbaiki namanya", "an unknown key; remove it or mend its name"),
    "string_pattern": Text("id hanya huruf kecil, angka dan tanda hubung", "an id is small letters, digits and hyphens only"),
    "string_too": Text("teks kosong atau terlalu panjang; tulis null bila tidak ada", "the text is empty or too long; write null where there is none"),
    "string": Text("harus teks", "it must be a text"),
    "list": Text("harus daftar, atau null", "it must be a list, or null"),
    "int": Text("harus bilangan bulat yang wajar", "it must be a sensible whole number"),
    "greater": Text("angka tidak boleh negatif", "the number must not be negative"),
    "less": Text("angka ini terlalu besar", "this number is too large"),
    "too_": Text("jumlah isi daftar tidak sesuai", "the list has too few or too many entries"),
    "bool": Text("harus true atau false", "it must be true or false"),
    "literal": Text("nilai ini tidak dikenal", "this value is not known"),
    "model": Text("harus satu rekaman { … }", "it must be one record { … }"),
}  # fmt: skip
