"""Who applies and for what: the few choices made before the form begins, because everything else hangs on them."""

from __future__ import annotations

from kantormaya.casework.identity import KINDS
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About
from kantormaya.language.forms import Posted, Shown
from kantormaya.language.texts import Text

VARIANT, KIND, PROXY, FOREIGN = "variant", "applicant_kind", "by_proxy", "applicant_foreign"
NOBODY = "anonim"
YES_NO = ("ya", "tidak")


def about_fields(definition: Definition, posted: Posted, problems: dict[str, Text]) -> list[Shown]:
    """The choices that this service leaves open; a service may leave none."""
    party = definition.party["applicant"]
    fields = []
    if len(definition.variants) > 1:
        label = Text("Jenis permohonan", "Kind of application")
        fields.append(_choice(VARIANT, label, tuple(definition.variants.items()), posted, problems))
    kinds = _kinds(definition)
    if len(kinds) > 1:
        label = Text("Siapa yang mengajukan?", "Who is applying?")
        fields.append(_choice(KIND, label, kinds, posted, problems))
    if party.proxy == "allowed":
        label = Text("Apakah Anda mewakili orang lain dengan surat kuasa?", "Are you acting for someone else by power of attorney?")  # fmt: skip
        fields.append(_yes_no(PROXY, label, posted))
    if party.foreigners and "perorangan" in party.kinds:
        label = Text("Apakah pemohon warga negara asing?", "Is the applicant a foreign national?")
        fields.append(_yes_no(FOREIGN, label, posted))
    return fields


def _kinds(definition: Definition) -> tuple[tuple[str, Text], ...]:
    party = definition.party["applicant"]
    kinds = tuple((kind, KINDS[kind]) for kind in party.kinds)
    return (*kinds, (NOBODY, Text("Tanpa nama", "Without a name"))) if party.anonymous else kinds


def _choice(
    name: str, label: Text, choices: tuple[tuple[str, Text], ...], posted: Posted, problems: dict[str, Text]
) -> Shown:
    return Shown(
        id=name, name=name, type="choice", label=label, choices=choices, value=_last(posted, name), error=problems.get(name)
    )  # fmt: skip


def _yes_no(name: str, label: Text, posted: Posted) -> Shown:
    return Shown(id=name, name=name, type="yes_no", label=label, value=_last(posted, name) or "tidak")


def read_about(definition: Definition, posted: Posted) -> tuple[About, dict[str, Text]]:
    """What was chosen, and which choice is missing; what the service does not leave open is chosen by itself."""
    kinds = dict(_kinds(definition))
    variant = _one_of(posted, VARIANT, definition.variants)
    kind = _one_of(posted, KIND, kinds)
    problems = {}
    if definition.variants and variant is None:
        problems[VARIANT] = Text("Pilih jenis permohonan.", "Choose the kind of application.")
    if kind is None:
        problems[KIND] = Text("Pilih siapa yang mengajukan.", "Choose who is applying.")
    party = definition.party["applicant"]
    about = About(
        variant=variant,
        applicant_kind=None if kind == NOBODY else kind,
        by_proxy=party.proxy == "allowed" and _last(posted, PROXY) == "ya",
        applicant_foreign=party.foreigners and kind == "perorangan" and _last(posted, FOREIGN) == "ya",
    )
    return about, problems


def as_posted(about: About) -> dict[str, list[str]]:
    """The choices made, as a form would post them."""
    return {
        VARIANT: [about.variant or ""],
        KIND: [about.applicant_kind or NOBODY],
        PROXY: [YES_NO[not about.by_proxy]],
        FOREIGN: [YES_NO[not about.applicant_foreign]],
    }


def _one_of(posted: Posted, name: str, known: dict[str, Text]) -> str | None:
    chosen = _last(posted, name)
    return chosen if chosen in known else next(iter(known)) if len(known) == 1 else None


def _last(posted: Posted, name: str) -> str:
    return posted.get(name, [""])[-1]
