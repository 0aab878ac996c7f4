"""What a paper says, gathered from the definition and the case: plain words only, nothing to compute later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from kantormaya.language import regions
from kantormaya.language.asking import Field
from kantormaya.language.definition import Definition
from kantormaya.language.formats import day, moment, number, rupiah
from kantormaya.language.identity import as_printed
from kantormaya.language.texts import Text
from kantormaya.permits import validity

DEFAULT_PATTERN = "{sequence:04}/{product}/{agency}/{year}"
OPENINGS = {
    "permit": "Berdasarkan permohonan yang telah diperiksa dan dinyatakan memenuhi persyaratan, {position} memberikan izin kepada:",
    "decision": "Setelah memeriksa permohonan di bawah ini, {position} memutuskan:",
    "certificate": "{position} menerangkan bahwa:",
    "letter": "{position} menerangkan hal-hal sebagai berikut:",
}  # fmt: skip
REFUSAL_OPENING = "Terima kasih atas permohonan Anda. Setelah memeriksanya, {position} belum dapat mengabulkan permohonan berikut:"


@dataclass(frozen=True)
class Words:
    """The content of one paper. `values` are what a template may ask for by name; `facts` are rows label, value."""

    title: Text
    kind: str
    holder: str
    opening: str = ""
    decision: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    provisions: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    validity: Mapping[str, str] = field(default_factory=dict)
    pattern: str = DEFAULT_PATTERN
    template: str | None = None
    template_name: str = "surat.typ"


def words_of(
    definition: Definition,
    product: str,
    answers: Mapping[str, Any],
    *,
    holder: str,
    files: Mapping[str, str] | None = None,
    reasons: Iterable[str] = (),
) -> Words:
    """What the product of a definition says for these answers (fields, facts and terms alike, evaluated).

    `files` are those published with the revision: `<product>.typ` sets that product, `permit.typ` every permit and
    certificate that has none of its own; all else is the shared letter.
    """
    made = definition.product[product]
    refused = any(o.means == "refused" and product in o.products for o in definition.outcome.values())
    values = {
        name: shown(answers[name], definition.field.get(name))
        for name in answers
        if answers[name] is not None
    }
    labels = {name: one.label.id for name, one in definition.field.items()}
    asked = [*definition.questions, *(name for name in made.carries if name in definition.facts)]
    rows = tuple(
        (labels[name], values[name])
        for name in dict.fromkeys(asked)
        if name in values and not definition.field[name].private
        if definition.field[name].type
        not in ("rows", "yes_no")  # a table of its own; a bare "Ya" under a question
    )
    own = _template_name(product, made.kind, files or {})
    service = (("Layanan", definition.title.id),) if made.title != definition.title or refused else ()
    return Words(
        title=made.title,
        kind=made.kind,
        holder=holder,
        opening=REFUSAL_OPENING if refused else OPENINGS.get(made.kind, OPENINGS["letter"]),
        decision=_decision(definition, product, refused),
        facts=(("Nama pemohon", holder), *service) if refused else (("Nama", holder), *service, *rows),
        provisions=tuple(duty.title.id for duty in made.duty.values()),
        basis=tuple(law.id for law in definition.standard.legal_basis),
        reasons=tuple(reasons),
        values=values,
        labels=labels,
        validity=validity.frame(made.valid, answers),
        pattern=made.number or DEFAULT_PATTERN,
        template=(files or {}).get(own) if own else None,
        template_name=f"{definition.slug}/{own}" if own else "surat.typ",
    )


def shown(value: Any, asked: Field | None = None) -> str:
    """An answer as a paper shows it, in Indonesian; numbers, dates and money as people write them."""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if asked and asked.type in ("date", "moment") and isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        return moment(timezone.localtime(value)).id
    if isinstance(value, date):
        return _unbroken(day(value).id)
    if isinstance(value, int | float):
        said = (rupiah if asked and asked.type == "money" else number)(value).id
        return f"{said} {asked.unit}" if asked and asked.unit else said
    if isinstance(value, list | tuple):
        return ", ".join(shown(one, asked) for one in value)
    if isinstance(value, Mapping) and "address" in value:
        return regions.place_words(value).id
    if asked and asked.type == "region":
        return regions.words(str(value)).id
    if asked and asked.type in ("nip", "npwp"):
        return as_printed(asked.type, str(value))
    if isinstance(value, Mapping):
        return ", ".join(shown(one) for one in value.values() if one not in (None, ""))
    choice = asked.choices.get(str(value)) if asked else None
    return choice.id if choice else str(value)


def _template_name(product: str, kind: str, files: Mapping[str, str]) -> str | None:
    if f"{product}.typ" in files:
        return f"{product}.typ"
    return "permit.typ" if kind in ("permit", "certificate") and "permit.typ" in files else None


def _decision(definition: Definition, product: str, refused: bool) -> str:
    if not refused:
        return ""
    ways = [r for o in definition.outcome.values() if product in o.products for r in o.remedy]
    said = [f"{r.title.id}{f', paling lambat {r.within.said}' if r.within else ''}" for r in ways if r.title]
    again = "Anda dapat mengajukan permohonan baru setelah kekurangan di atas dilengkapi."
    return f"Bila Anda tidak setuju, yang dapat Anda tempuh: {'; '.join(said)}. " + again if said else again


def _unbroken(said: str) -> str:
    return said.replace(" ", "\N{NO-BREAK SPACE}")
