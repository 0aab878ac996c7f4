"""Time limits by class: rules where the classes share out all cases, else a choice that is asked first."""

from __future__ import annotations

import copy
import re

from kantormaya.language.importing.conditions import led_by, rule
from kantormaya.language.importing.draft import Draft, Table, both
from kantormaya.language.importing.ids import short_id
from kantormaya.language.importing.limits import clock, said
from kantormaya.language.importing.records import Limit
from kantormaya.language.texts import Text

Led = str | tuple[str, str] | None


def by_class(draft: Draft, classes: list[Limit]) -> list[Table]:
    """One case per class; of all cases together exactly one holds."""
    untouched = copy.deepcopy((draft.fields, draft.terms, draft.applicant))
    rules = [rule(draft, limit.condition or "") for limit in classes]
    told = [found for found in rules if found]
    if len(told) == len(classes) and _shares_out(draft, told):
        return [
            {"when": found, "is": clock(draft, limit)} for found, limit in zip(told, classes, strict=True)
        ]
    draft.fields, draft.terms, draft.applicant = untouched
    leading: list[Led] = [
        found or led_by(draft, limit.condition or "") for found, limit in zip(rules, classes, strict=True)
    ]
    return _by_choice(draft, classes, leading if _narrows_one(draft, leading) else [None for _ in classes])


def _shares_out(draft: Draft, rules: list[str]) -> bool:
    """Every kind of application once, or one bound with its complement."""
    if len(set(rules)) == len(rules) and set(rules) == _kinds(draft):
        return True
    bounds = [
        re.fullmatch(r"(.*) ([<>]=?) (\d+)", draft.terms[name]["is"]) for name in rules if name in draft.terms
    ]
    parts = [(found[1], found[3]) for found in bounds if found]
    signs = {found[2] for found in bounds if found}
    return len(rules) == len(parts) == 2 and parts[0] == parts[1] and signs in ({"<=", ">"}, {"<", ">="})


def _kinds(draft: Draft) -> set[str]:
    return {f"variant == '{name}'" for name in draft.variants}


def _narrows_one(draft: Draft, leading: list[Led]) -> bool:
    """Every kind of application has its limit, but one kind has several, told apart by a choice."""
    whole = [led for led in leading if isinstance(led, str)]
    narrowed = {led[0] for led in leading if isinstance(led, tuple)}
    return (
        len(narrowed) == 1
        and None not in leading
        and len(set(whole)) == len(whole)
        and not narrowed & set(whole)
        and {*whole, *narrowed} == _kinds(draft)
    )


def _by_choice(draft: Draft, classes: list[Limit], leading: list[Led]) -> list[Table]:
    """What the kind of application does not decide is chosen, and asked only where it counts."""
    name = draft.name("golongan_waktu")
    choices: dict[str, str] = {}
    cases: list[Table] = []
    asked: Table = {}
    for limit, led in zip(classes, leading, strict=True):
        if isinstance(led, str):
            cases.append({"when": led, "is": clock(draft, limit)})
            continue
        choice = short_id(limit.condition or "", choices)
        choices[choice] = str(limit.condition)
        when = f"{name} == '{choice}'"
        if led:
            asked = {"when": led[0]}
            when = f"{led[0]} && {when}"
        cases.append({"when": when, "is": clock(draft, limit)})
        if re.search(r"\+ ?\d+ (hari|jam)", limit.condition or ""):
            draft.doubt(TWO_PARTS.format(what=limit.condition, limit=said(limit)))
    draft.fields[name] = {"type": "choice", "label": CLASS, "choices": choices, "ask_first": True, **asked}
    return cases


CLASS = both(
    "Golongan permohonan (menentukan jangka waktu)", "Class of the application (it decides the time limit)"
)
TWO_PARTS = Text(
    "Batas “{what}” punya dua bagian; yang dijalankan {limit}, tambahannya hanya tertulis.",
    "The limit “{what}” has two parts; {limit} is what runs, the addition is only said.",
)
