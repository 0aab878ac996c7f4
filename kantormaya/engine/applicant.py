"""What the applicant does: hand in, mend, give what arose, confirm, withdraw. Each returns the event, or refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from kantormaya.clock import Calendar
from kantormaya.engine.arriving import arrival
from kantormaya.engine.billing import rebilled
from kantormaya.engine.booking import asked_anew, asked_for
from kantormaya.engine.events import APPLICANT, Actor, Event, Kind, Refused, settled
from kantormaya.engine.fees import quote
from kantormaya.engine.knowing import freezing, known, local_date
from kantormaya.engine.promising import begins_on
from kantormaya.engine.requiring import (
    BY_OFFICE,
    Given,
    arising,
    is_tested,
    must_be_given,
    standings,
    too_few,
)
from kantormaya.engine.state import Held, State
from kantormaya.expressions import ExpressionFault
from kantormaya.language.asking import Field
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About, Values, evaluate, holds
from kantormaya.language.texts import Text, joined


def submit(
    definition: Definition,
    about: About,
    answers: Mapping[str, Any],
    given: Given,
    *,
    at: datetime,
    calendar: Calendar,
) -> Event:
    """The submission of a complete form; refuses with everything that is missing at once."""
    may_apply(definition, about)
    today = local_date(at, calendar)
    full = {name: settled(answers.get(name, field.default)) for name, field in definition.questions.items()}
    try:
        values = evaluate(definition, about, full, {}, submitted_on=today, calendar=calendar)
    except ExpressionFault:  # a rule reads an answer that has to be there and is not
        answered = {name: value for name, value in full.items() if value is not None}
        so_far = evaluate(definition, about, answered, {}, submitted_on=today, calendar=calendar)
        _complete(definition, _unanswered(definition, so_far, calendar))
        raise
    kept = {name: value for name, value in full.items() if value is not None and values.get(name) is not None}
    requirements = standings(definition, values, given, {}, 0, calendar)
    _complete(definition, _unanswered(definition, values, calendar) + _not_given(definition, requirements))
    _in_order(definition, values, requirements, calendar)
    state = State(
        about=about, at="", submitted_at=at, calendar=calendar.version, answers=kept, requirements=requirements,
        frozen=freezing(definition, values),
    )  # fmt: skip
    data = {"about": about, "answers": kept, "requirements": requirements, "calendar": calendar.version}
    if state.frozen:
        data["frozen"] = state.frozen
    if slots := asked_for(definition, values, at, calendar):
        data["slots"] = slots
    data |= begins_on(definition, state, values, calendar)
    return Event(
        Kind.SUBMITTED, at, Actor(APPLICANT), data | arrival(definition, state, definition.start, calendar)
    )


def may_apply(definition: Definition, about: About) -> None:
    """Whether this kind of application, by this kind of applicant, exists here at all."""
    party = definition.party.get("applicant")
    if definition.variants and about.variant not in definition.variants:
        raise Refused(Text("Pilih dahulu jenis permohonannya.", "Choose the kind of application first."))
    if party is None:
        return
    if about.applicant_kind not in party.kinds and not (about.applicant_kind is None and party.anonymous):
        raise Refused(
            Text(
                "Layanan ini bukan untuk jenis pemohon itu.",
                "This service is not for that kind of applicant.",
            )
        )
    if about.by_proxy and party.proxy == "forbidden":
        raise Refused(
            Text("Layanan ini tidak dapat dikuasakan.", "Nobody can be represented for this service.")
        )


def _is_asked(field: Field, values: Values, calendar: Calendar) -> bool:
    return holds(field.when, values, calendar) is True


def _unanswered(definition: Definition, values: Values, calendar: Calendar) -> list[Text]:
    return [
        field.label
        for name, field in definition.questions.items()
        if field.required and values.get(name) is None and _is_asked(field, values, calendar)
    ]


def _not_given(definition: Definition, requirements: Mapping[str, Held]) -> list[Text]:
    items = definition.requirement
    return [
        items[n].title for n, held in requirements.items() if held.status == "missing" and must_be_given(items[n])
    ] + _too_few(definition, requirements)  # fmt: skip


def _too_few(definition: Definition, stands: Mapping[str, Held]) -> list[Text]:
    return [
        text for n, held in stands.items() if (text := too_few(definition.requirement[n], held)) is not None
    ]


def _complete(definition: Definition, missing: list[Text]) -> None:
    """Raises Refused with every gap in one sentence."""
    if missing:
        names = joined(missing)
        raise Refused(Text("Belum lengkap: {names}.", "Still missing: {names}.").format(names=names))


def _in_order(
    definition: Definition, values: Values, requirements: Mapping[str, Held], calendar: Calendar
) -> None:
    """Raises Refused where the answers themselves say that it can't be had."""
    if unmet := [
        definition.requirement[n].title for n, held in requirements.items() if held.status == "faulty"
    ]:
        names = joined(unmet)
        raise Refused(Text("Belum memenuhi syarat: {names}.", "Not yet met: {names}.").format(names=names))
    if gone := [
        line.title for line in quote(definition, values, calendar).lines if line.said == "not_offered"
    ]:
        raise Refused(
            Text(
                "Pilihan ini tidak ditawarkan: {title}. Pilih yang lain.",
                "This choice is not offered: {title}. Choose another.",
            ).format(title=gone[0])
        )


def correct(
    definition: Definition,
    state: State,
    answers: Mapping[str, Any],
    given: Given,
    *,
    at: datetime,
    calendar: Calendar,
) -> Event:
    """The mended file: exactly what was asked, all of it, and what newly became due because of it."""
    if state.correction is None:
        raise Refused(Text("Tidak ada yang perlu diperbaiki.", "There is nothing to correct."))
    targets = {item.target for item in state.correction.items}
    changed = _mended(definition, state, answers, targets, calendar)
    after = replace(state, answers={**state.answers, **changed}, frozen={} if changed else state.frozen)
    values = known(definition, after, calendar)
    newly = {
        name
        for name, held in arising(definition, after, values, calendar).items()
        if held.status == "missing"
    }
    handed = {n: w for n, w in given.items() if f"requirement.{n}" in targets or n in newly}
    stands = standings(definition, values, handed, state.requirements, state.round + 1, calendar)
    for name in _asked_of_office(definition, targets):
        stands[name] = replace(stands[name], round=state.round + 1)
    left = _unanswered(definition, values, calendar)
    left += [
        definition.field[t[6:]].label
        for t in sorted(targets)
        if t.startswith("field.") and t[6:] not in changed
    ]
    left += [
        definition.requirement[name].title
        for name, held in stands.items()
        if (
            f"requirement.{name}" in targets
            and held.status in ("missing", "faulty")
            and _can_mend(definition, name)
        )
        or (name in newly and held.status == "missing" and must_be_given(definition.requirement[name]))
    ]
    left += _too_few(definition, {n: stands[n] for n in handed})
    _complete(definition, list(dict.fromkeys(left)))
    _in_order(definition, values, {}, calendar)
    differing = {n: held for n, held in stands.items() if held != state.requirements.get(n)}
    data: dict[str, Any] = {"answers": changed, "requirements": differing}
    if slots := asked_anew(definition, state, values, at, calendar):
        data["slots"] = slots
    if (frozen := freezing(definition, values)) != state.frozen:
        data["frozen"] = frozen
    data |= begins_on(definition, state, values, calendar)
    return Event(Kind.CORRECTED, at, Actor(APPLICANT), data | rebilled(definition, state, values, calendar))


def _mended(
    definition: Definition, state: State, answers: Mapping[str, Any], targets: set[str], calendar: Calendar
) -> dict[str, Any]:
    """The answers that may change: those asked for, and questions that were not asked until these were changed."""
    before = known(definition, state, calendar)
    open_ = {
        n: settled(value) for n, value in answers.items() if n in definition.questions
        and (f"field.{n}" in targets or not _is_asked(definition.field[n], before, calendar))
    }  # fmt: skip
    values = known(definition, replace(state, answers={**state.answers, **open_}), calendar)
    return {n: value for n, value in open_.items() if f"field.{n}" in targets or values.get(n) is not None}


def _can_mend(definition: Definition, name: str) -> bool:
    item = definition.requirement[name]
    return item.kind not in BY_OFFICE and not is_tested(item)


def _asked_of_office(definition: Definition, targets: set[str]) -> list[str]:
    """What was cited and is shown again instead of being handed in: it counts as seen anew."""
    return [
        n for n in definition.requirement if f"requirement.{n}" in targets and not _can_mend(definition, n)
    ]


def give(definition: Definition, state: State, given: Given, *, at: datetime, calendar: Calendar) -> Event:
    """What arose later, or was asked for at an applicant's step, is handed in."""
    if not state.is_open:
        raise Refused(ENDED)
    values = known(definition, state, calendar)
    open_ = {
        n for n, held in state.requirements.items() if held.status == "missing" and _can_mend(definition, n)
    }
    handed = {n: w for n, w in given.items() if n in open_ and w}
    if not handed:
        raise Refused(Text("Tidak ada berkas yang sedang diminta.", "No paper is being asked for."))
    stands = standings(definition, values, handed, state.requirements, state.round, calendar)
    given_now = {n: stands[n] for n in handed}
    _complete(definition, _too_few(definition, given_now))
    return Event(Kind.GIVEN, at, Actor(APPLICANT), {"requirements": given_now})


def withdraw(definition: Definition, state: State, reason: str, *, at: datetime) -> Event:
    """The applicant takes the application back; possible until the end."""
    if not state.is_open:
        raise Refused(ENDED)
    return Event(
        Kind.WITHDRAWN, at, Actor(APPLICANT), {"from": state.at, "to": "withdrawn", "reason": reason}
    )


ENDED = Text("Perkara ini sudah selesai.", "This case has ended.")


def confirm(definition: Definition, state: State, task: str, *, at: datetime) -> Event:
    """The applicant agrees with the minutes of an inspection."""
    now = state.tasks.get(task)
    if now is None or now.status != "answered" or not state.is_open:
        raise Refused(
            Text("Tidak ada berita acara yang menunggu persetujuan.", "No minutes are waiting for agreement.")
        )
    return Event(Kind.CONFIRMED, at, Actor(APPLICANT), {"task": task})


__all__ = ["BY_OFFICE", "Given", "confirm", "correct", "give", "must_be_given", "submit", "withdraw"]
