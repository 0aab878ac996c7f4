"""What everyone asks first of a service: how long, how much, how many visits, how long it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from kantormaya.clock import Calendar, Duration
from kantormaya.engine.clocks import read
from kantormaya.language.components.prices import amount_words
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values, holds, possible, wanted
from kantormaya.language.texts import Text
from kantormaya.language.words import said_time
from kantormaya.portal.promises import UNSAID, time_words

FREE = Text("gratis", "free")
BY_TARIFF = Text("menurut tarif", "by tariff")
NOWHERE = Text("semua daring", "all online")
NO_NEED = Text("tidak perlu", "none")
BY_APPOINTMENT = Text("{time}, atau sesuai janji temu", "{time}, or by appointment")
BROUGHT = ("original", "thing")


@dataclass(frozen=True)
class Visits:
    """How often one has to come at least and at most, and what for."""

    least: int
    most: int
    reasons: tuple[Text, ...]

    @property
    def text(self) -> Text:
        """0, 1, 0–1."""
        said = str(self.most) if self.least == self.most else f"{self.least}–{self.most}"
        return Text(said, said)


def visits(definition: Definition, values: Values, calendar: Calendar) -> Visits:
    """Every time the citizen has to come in person, as far as the answers tell; what is brought along is one visit."""
    found: list[tuple[bool, Text]] = []
    if not {"online", "national"} & set(definition.channels):
        found.append((True, Text("Mengajukan di loket", "Applying at the counter")))
    brought = [one for one in definition.requirement.values() if one.kind in BROUGHT]
    asked = [held for one in brought if (held := wanted(one, values, calendar)) is not False]
    if asked:
        found.append((True in asked, Text("Membawa berkas atau barang asli", "Bringing originals or things")))
    found += [
        (held is True, step.in_person)
        for step in definition.step.values()
        if step.in_person and (held := holds(step.when, values, calendar)) is not False
    ]
    for task in definition.task.values():
        comes = (task.in_person or task.kind == "presence") and not task.remote
        if comes and (held := holds(task.when, values, calendar)) is not False:
            found.append((held is True and not task.on_request, task.in_person or task.title))
    return Visits(sum(sure for sure, _ in found), len(found), tuple(reason for _, reason in found))


def span(definition: Definition, values: Values, calendar: Calendar) -> Text:
    """The promise in few words, from the shortest to the longest it may be: "8–28 hari kerja"."""
    open_: tuple[Any, ...] = possible(definition.promise.within, values, calendar)
    found = [read(definition, one) for one in open_ if isinstance(one, Duration)]
    if (
        len({(one.unit, one.side) for one in found}) == 1
        and found[0].side is None
        and len(found) == len(open_)
    ):
        widest = replace(found[0], low=min(one.low for one in found), high=max(one.high for one in found))
        return said_time(definition, widest)
    plain = [one for one in found if one.anchor is None]
    if len(plain) == 1 and len(plain) < len(found) == len(open_):
        return BY_APPOINTMENT.format(time=said_time(definition, plain[0]))
    return time_words(definition, values, calendar)


def price(definition: Definition, values: Values, calendar: Calendar) -> Text:
    """What it costs in two or three words."""
    fee = definition.fee
    lines = [line for line in fee.line.values() if holds(line.when, values, calendar) is not False]
    if fee.free or (fee.line and not lines):
        return FREE
    if fee.not_stated or not fee.line:
        return UNSAID
    if len(lines) == 1 and lines[0].tariff is None and not isinstance(lines[0].amount, str | None):
        words = amount_words(definition, lines[0])
        return words if words and "[" not in words.id else BY_TARIFF
    return BY_TARIFF


def validity(definition: Definition, values: Values, calendar: Calendar) -> tuple[Text, Text | None] | None:
    """How long what one gets holds, and a remark; None where nothing says so."""
    granted = {name for end in definition.outcome.values() if end.means == "granted" for name in end.products}
    for name, product in definition.product.items():
        rule = product.valid
        if rule is None or name not in granted or holds(product.when, values, calendar) is False:
            continue
        until = definition.field.get(rule.until or "")
        last = definition.field.get(rule.not_after or "")
        note = rule.says
        if last is not None:
            note = Text("tidak melewati: {label}", "not beyond: {label}").format(label=last.label)
        if rule.for_ is not None:
            return said_time(definition, rule.for_), note
        if rule.lifelong:
            return Text("seumur hidup", "for life"), note
        if rule.until_revoked:
            return Text("sampai dicabut", "until revoked"), note
        if until is not None:
            return Text("sampai {label}", "until {label}").format(label=until.label), note
    return None


def times(come: Visits) -> Text:
    """How often one has to come: 0, once, or as many times."""
    if come.most == 0:
        return come.text
    said = Text("{n} kali", "once" if come.text.id == "1" else "{n} times")
    return Text(said.id.format(n=come.text.id), said.said("en").format(n=come.text.said("en")))


def first_facts(definition: Definition, values: Values, calendar: Calendar) -> list[dict[str, Any]]:
    """The row of facts above the fold, as parts/facts.html reads it."""
    limit = definition.promise.at_most
    legal = Text("batas hukum {time}", "legal limit {time}")
    come = visits(definition, values, calendar)
    facts: list[dict[str, Any]] = [
        {
            "label": Text("Waktu", "Time"),
            "value": span(definition, values, calendar),
            "note": legal.format(time=said_time(definition, limit)) if limit else None,
        },
        {"label": Text("Biaya", "Fee"), "value": _capital(price(definition, values, calendar))},
        {
            "label": Text("Datang ke kantor", "Visits to the office"),
            "value": times(come),
            "note": come.reasons[0] if come.reasons else NOWHERE,
        },
    ]
    if held := validity(definition, values, calendar):
        facts.append({"label": Text("Berlaku", "Valid"), "value": _capital(held[0]), "note": held[1]})
    return facts


def _capital(text: Text) -> Text:
    english = text.said("en")
    return Text(text.id[:1].upper() + text.id[1:], english[:1].upper() + english[1:])
