"""Every name stands for something: fields, terms, steps, outcomes, products, and the names inside expressions."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from kantormaya.clock import Duration
from kantormaya.expressions import RESERVED
from kantormaya.language.checks.finding import Finding, Findings, Ground, fault
from kantormaya.language.definition import ALWAYS_ENDS
from kantormaya.language.evaluating import GIVEN_NAMES, DefinitionFault, order
from kantormaya.language.leaves import Where, leaves_of
from kantormaya.language.national import NATIONAL
from kantormaya.language.roles import ROLES
from kantormaya.language.working import RegionOf

SILENCE = ("escalate", "remind")


def names(ground: Ground) -> Findings:
    """Unknown names, names used twice, and names that run in a circle."""
    yield from _used_twice(ground)
    yield from _in_expressions(ground)
    yield from _in_durations(ground)
    yield from _references(ground)
    yield from _roles(ground)
    try:
        order(ground.definition)
    except DefinitionFault as circle:
        around = str(circle).split(": ", 1)[-1]
        first = around.split(" → ")[0]
        where = ("field" if first in ground.definition.field else "term", first)
        yield fault(
            "name.circle",
            where,
            ("nama-nama ini saling menunggu: {around}", "these names wait for each other: {around}"),
            ("putuskan lingkarannya: salah satu tidak boleh memakai yang lain", "break the circle"),
            around=around,
        )


def _used_twice(ground: Ground) -> Findings:
    d = ground.definition
    seen: dict[str, str] = dict.fromkeys(GIVEN_NAMES, "bawaan / built in")
    seen |= {"today": "bawaan / built in", **dict.fromkeys(RESERVED, "CEL")}
    for table, entries in (("field", d.field), ("term", d.term), ("task", d.task)):
        for name in entries:
            if name in seen:
                yield fault(
                    "name.twice",
                    (table, name),
                    ('nama "{name}" sudah dipakai ({by})', 'the name "{name}" is taken ({by})'),
                    ("pakai nama lain", "choose another name"),
                    name=name,
                    by=seen[name],
                )
            seen.setdefault(name, table)
    for name in d.outcome:
        if name in d.step or name in ALWAYS_ENDS:
            yield fault(
                "name.twice",
                ("outcome", name),
                ('"{name}" juga nama langkah atau hasil bawaan', '"{name}" is also a step or a built-in end'),
                ("pakai nama lain", "choose another name"),
                name=name,
            )


def _in_expressions(ground: Ground) -> Findings:
    everything = _names(ground)
    for where, expression in ground.expressions:
        known = everything | _columns(ground, where) | ({"today"} if where[-1] in ("min", "max") else set())
        for name in sorted(expression.names - known):
            if name == "today":
                yield fault(
                    "name.today",
                    where,
                    (
                        "today akan mengubah perkara tanpa peristiwa",
                        "today would change a case without an event",
                    ),
                    ("pakai submitted_on", "use submitted_on"),
                )
            else:
                yield _unknown(where, name, known)


def _names(ground: Ground) -> set[str]:
    d = ground.definition
    return {*GIVEN_NAMES, *d.field, *d.term, *d.task}


def _columns(ground: Ground, where: Where) -> set[str]:
    """The columns of the rows a fee line is counted for, and of the rows a column stands in."""
    d = ground.definition
    if where[:2] == ("fee", "line"):
        rows = d.field.get(d.fee.line[where[2]].each or "")
        return set(rows.columns) if rows else set()
    return set(d.field[where[1]].columns) if where[0] == "field" and where[2] == "columns" else set()


def _unknown(where: Where, name: str, known: Iterable[str], code: str = "name.unknown") -> Finding:
    near = difflib.get_close_matches(name, sorted(known), 1)
    if near:
        return fault(
            code,
            where,
            ('"{name}" tidak ada', 'there is no "{name}"'),
            ('mungkin maksudnya "{near}"', 'perhaps "{near}" is meant'),
            name=name,
            near=near[0],
        )
    return fault(
        code,
        where,
        ('"{name}" tidak ada', 'there is no "{name}"'),
        ("yang ada: {known}", "there are: {known}"),
        name=name,
        known=", ".join(sorted(known)[:12]) or "–",
    )


def _in_durations(ground: Ground) -> Findings:
    dates = {n for n, one in ground.definition.field.items() if one.type in ("date", "moment")}
    for where, duration in leaves_of(Duration, ground.definition):
        if duration.anchor and duration.anchor not in dates:
            yield _unknown(where, duration.anchor, dates)


Reference = tuple[Where, str | None, Iterable[str]]


def _references(ground: Ground) -> Findings:
    for where, name, known in _all_references(ground):
        if name is not None and name not in known:
            yield _unknown(where, name, known)


def _all_references(ground: Ground) -> Iterator[Reference]:
    d = ground.definition
    targets = [*d.step, *d.ends]
    dates = [n for n, one in d.field.items() if one.type in ("date", "moment")]
    rows = [n for n, one in d.field.items() if one.type == "rows"]
    for name, step in d.step.items():
        here = ("step", name)
        yield (*here, "then"), step.then, targets
        yield (*here, "silence"), step.silence, [*SILENCE, *targets]
        yield from (((*here, "move", key, "to"), move.to, targets) for key, move in step.move.items())
        yield from (((*here, "signs"), product, d.product) for product in step.signs)
        yield from (((*here, "not_by"), other, d.step) for other in step.not_by)
    yield (
        ("promise", "from"),
        d.promise.from_.removeprefix("step."),
        ["accepted", "submitted", *d.step, *dates],
    )
    if d.promise.correction is not None:
        yield ("promise", "correction", "silence"), d.promise.correction.silence, [*SILENCE, *targets]
    for name, party in d.party.items():
        yield from ((("party", name, "fields"), one, d.field) for one in party.fields)
    if "applicant" not in d.party:
        yield ("party",), "applicant", d.party
    for name, one in d.field.items():
        yield ("field", name, "filled_at"), one.step, d.step
        if one.from_ is not None:
            yield ("field", name, "from", "requirement"), one.from_.requirement, d.requirement
    for name, term in d.term.items():
        yield ("term", name, "of"), term.of, [*d.field, *d.term]
    for name, requirement in d.requirement.items():
        here = ("requirement", name)
        later = requirement.needed_at
        yield (*here, "needed_at"), None if later == "submission" else later.removeprefix("step."), d.step
        yield (*here, "on_request"), (requirement.on_request or "step.").removeprefix("step.") or None, d.step
        yield (*here, "per"), requirement.per, [*rows, *d.party]
    if d.national is not None:
        numbers = [n for n, one in d.questions.items() if one.type == "nib"]
        yield ("national", "nib"), d.national.nib, numbers
        yield ("national", "system"), d.national.system, NATIONAL.system
    yield from _fee_references(ground, rows)
    yield from _end_references(ground, dates, rows)


def _fee_references(ground: Ground, rows: list[str]) -> Iterator[Reference]:
    d = ground.definition
    for name, line in d.fee.line.items():
        yield ("fee", "line", name, "tariff"), line.tariff, d.fee.tariff
        yield ("fee", "line", name, "each"), line.each, rows
        if line.refundable is not None:
            yield ("fee", "line", name, "refundable", "minus"), line.refundable.minus, d.field
    for name, tariff in d.fee.tariff.items():
        columns = {c for row in rows for c in d.field[row].columns}
        yield from ((("fee", "tariff", name, "by"), by, {*_names(ground), *columns}) for by in tariff.by)
    for name, bill in d.fee.bill.items():
        yield ("fee", "bill", name, "step"), bill.step, d.step
        yield from ((("fee", "bill", name, "of"), line, d.fee.line) for line in bill.of)
    for name, slot in d.booking.items():
        for key in ("day", "session", "moment", "repeat", "resource"):
            yield ("booking", name, key), getattr(slot, key), d.field
        yield ("booking", name, "task"), slot.task, d.task


def _end_references(ground: Ground, dates: list[str], rows: list[str]) -> Iterator[Reference]:
    d = ground.definition
    for name, task in d.task.items():
        yield ("task", name, "step"), task.step, d.step
        yield from ((("task", name, "report"), fact, d.field) for fact in task.report)
        yield from ((("task", name, "publishes"), one, d.field) for one in task.publishes)
        if isinstance(task.at, RegionOf):
            yield ("task", name, "at"), task.at.region_of, d.field
    for name, end in d.outcome.items():
        yield from ((("outcome", name, "products"), product, d.product) for product in end.products)
        yield from ((("outcome", name, "publish"), one, {*d.field, *d.product}) for one in end.publish)
    for name, product in d.product.items():
        here = ("product", name)
        yield (*here, "holder"), product.holder, [*d.party, *d.field]
        yield (*here, "per"), product.per, [*rows, *d.party]
        yield (*here, "replaces"), product.replaces, d.requirement
        yield (*here, "revokes"), product.revokes, d.requirement
        yield from (((*here, "carries"), fact, {*d.field, *d.term}) for fact in product.carries)
        if product.valid is not None:
            for key, value in (("until", product.valid.until), ("not_after", product.valid.not_after)):
                yield (*here, "valid", key), value, dates
            yield (*here, "valid", "from"), product.valid.from_, dates


def _roles(ground: Ground) -> Findings:
    """A role that is nearly a well-known one is a slip of the pen; other roles belong to the agency."""
    d = ground.definition
    used: list[tuple[Where, str]] = []
    for name, step in d.step.items():
        used += [(("step", name, "by"), case.is_) for case in step.by]
    used += [(("task", name, "by"), role) for name, task in d.task.items() for role in task.by]
    used += [(("promise", "escalate"), one.to) for one in d.promise.escalate]
    for where, role in used:
        near = difflib.get_close_matches(role, ROLES, 1, cutoff=0.85)
        if role not in ROLES and near:
            yield _unknown(where, role, ROLES, "name.role")
