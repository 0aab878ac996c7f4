"""What the applicant answered and officials found; what identifies a person stands masked until it is asked for."""

from __future__ import annotations

from typing import Any

from kantormaya.casework.identity import KINDS, SEPARATE, identity, masked, masked_number
from kantormaya.casework.standing import Standing
from kantormaya.desk.opened import Opened
from kantormaya.engine.choices import Choice
from kantormaya.language.asking import Field
from kantormaya.language.definition import CHANNEL_NAMES
from kantormaya.language.forms import in_words
from kantormaya.language.texts import Text
from kantormaya.people.models import Post


def may_unmask(now: Standing, posts: list[Post], choices: list[tuple[Post, Choice]]) -> bool:
    """Officials of the office that decides; of another agency only while it has something to do with the case."""
    return posts[0].agency_id == now.case.agency_id or bool(choices)


def who_applies(opened: Opened, *, unmasked: bool) -> list[dict[str, Any]]:
    """Kind and channel of the application, and the identity."""
    about = opened.now.state.about
    lines = []
    if about.applicant_kind:
        lines.append(_line(Text("Pemohon", "Applicant"), KINDS[about.applicant_kind]))
    if about.variant in opened.now.definition.variants:
        lines.append(
            _line(
                Text("Jenis permohonan", "Kind of application"),
                opened.now.definition.variants[about.variant or ""],
            )
        )
    lines.append(
        _line(Text("Diajukan lewat", "Handed in by"), CHANNEL_NAMES.get(about.channel, about.channel))
    )
    lines.extend(
        _line(Text("Nomor di {system}", "Number at {system}").format(system=noted.system), noted.number)
        for noted in opened.elsewhere
    )
    for name, field in (identity(about) if about.applicant_kind else {}).items():
        value = opened.identity.get(name)
        lines.append(_line(field.label, value if unmasked or value is None else covered(field, value)))
    return lines


def answers(opened: Opened, *, unmasked: bool) -> list[dict[str, Any]]:
    """Every answer that was given, in the order of the form."""
    state, apart = opened.now.state, opened.identity.get("answers", {})
    lines = []
    for name, field in opened.now.definition.questions.items():
        value = state.answers.get(name)
        if value is None:
            continue
        if value == SEPARATE:
            value = apart.get(name)
            lines.append(_line(field.label, in_words(field, value) if unmasked else covered(field, value)))
        else:
            lines.append(_line(field.label, in_words(field, value)))
    return lines


def found(opened: Opened) -> list[dict[str, Any]]:
    """What officials found so far."""
    facts = opened.now.state.facts
    fields = opened.now.definition.facts.items()
    return [
        _line(field.label, in_words(field, facts[name]))
        for name, field in fields
        if facts.get(name) is not None
    ]


def covered(field: Field, value: Any) -> str:
    """An answer with too little left of it to collect."""
    if field.type in ("nik", "npwp", "nip", "phone"):
        return masked_number(str(value))
    if field.type == "email":
        name, _, host = str(value).partition("@")
        return f"{name[:1]}•••@{host}"
    return masked(value) if field.type == "text" and isinstance(value, str) else SEPARATE


def _line(label: Text, value: Any) -> dict[str, Any]:
    return {"label": label, "value": value}
