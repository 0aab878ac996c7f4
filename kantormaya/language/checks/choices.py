"""Where exactly one must hold: cases, classes of a number, tariffs, and alternatives one of which must be open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kantormaya.expressions import Expression, ExpressionFault
from kantormaya.language.asking import Requirement, Term
from kantormaya.language.checks.conditions import SPLIT, TOO_MANY
from kantormaya.language.checks.finding import Findings, Ground, doubt, example, fault
from kantormaya.language.evaluating import DefinitionFault
from kantormaya.language.leaves import Where
from kantormaya.language.trying import TooMany
from kantormaya.language.working import Tariff

Asked = Expression | None


def choices(ground: Ground) -> Findings:
    """Gaps and overlaps wherever one of several has to be taken."""
    for where, cases, asked in _all_cases(ground):
        yield from _cases(ground, where, cases, asked)
    for name, term in ground.definition.term.items():
        if term.bands:
            yield from _bands(ground, ("term", name, "bands"), term)
        if sum((term.is_ is not None, bool(term.cases), bool(term.bands))) != 1 or bool(term.bands) != (
            term.of is not None
        ):
            yield fault(
                "term.form",
                ("term", name),
                (
                    "sebuah term punya satu dari: is, cases, atau of + bands",
                    "a term has one of: is, cases, or of + bands",
                ),
                ("pilih salah satu bentuk", "choose one form"),
            )
        of = ground.definition.field.get(term.of or "")
        if of is not None and of.type not in ("number", "money"):
            yield fault(
                "term.of",
                ("term", name, "of"),
                ("kelas dibuat dari angka", "classes are made of a number"),
                ("sebut isian berjenis number atau money", "name a field of type number or money"),
            )
    for name, line in ground.definition.fee.line.items():
        tariff = ground.definition.fee.tariff.get(line.tariff or "")
        if tariff is not None and line.each is None:
            yield from _tariff(ground, ("fee", "tariff", line.tariff or ""), tariff, line.when, name)
    for name, requirement in ground.definition.requirement.items():
        if requirement.one_of:
            yield from _one_of(ground, ("requirement", name), requirement)


def _all_cases(ground: Ground) -> Iterator[tuple[Where, Any, Asked]]:
    d = ground.definition
    yield ("promise", "within"), d.promise.within, None
    for name, step in d.step.items():
        yield ("step", name, "by"), step.by, step.when
        yield ("step", name, "within"), step.within or (), step.when
    for name, task in d.task.items():
        yield ("task", name, "within"), task.within or (), task.when
    for name, term in d.term.items():
        yield ("term", name, "cases"), term.cases, term.when


def _cases(ground: Ground, where: Where, cases: Any, asked: Asked) -> Findings:
    conditions = [case.when for case in cases if case.when is not None]
    closes = any(case.otherwise for case in cases)
    if not conditions:
        return
    if not all(ground.knows(one) for one in [*conditions, asked]):
        return
    try:
        for values in ground.tries.of([*conditions, *([asked] if asked else [])]):
            if not ground.tries.all_hold([asked] if asked else [], values):
                continue
            held = [one for one in conditions if one.holds(values, ground.tries.calendar) is True]
            names = frozenset().union(*(one.names for one in conditions))
            if len(held) > 1:
                yield fault(
                    "cases.several",
                    where,
                    ("beberapa kasus berlaku sekaligus: {example}", "several cases hold at once: {example}"),
                    ("buat syaratnya saling meniadakan", "make the conditions exclude each other"),
                    example=example(values, names),
                )
                return
            if not held and not closes:
                yield fault(
                    "cases.none",
                    where,
                    ("tidak ada kasus yang berlaku: {example}", "no case holds: {example}"),
                    ("tambahkan baris otherwise = true, is = …", "add a line with otherwise = true, is = …"),
                    example=example(values, names),
                )
                return
    except (ExpressionFault, DefinitionFault):
        return  # told where the condition itself is checked
    except TooMany:
        yield doubt("try.many", where, TOO_MANY, SPLIT)


def _bands(ground: Ground, where: Where, term: Term) -> Findings:
    one = ground.definition.field.get(term.of or "")
    step = 1.0 if one is not None and (one.whole or one.type == "money") else 0.01
    bounds = {
        b for band in term.bands for b in (band.from_, band.above, band.up_to, band.below) if b is not None
    }
    low, high = (_number(one.min), _number(one.max)) if one is not None else (None, None)
    numbers = {round(b + d, 4) for b in bounds for d in (-step, 0, step)}
    numbers |= {min(bounds, default=0) - 1000, max(bounds, default=0) + 1000}
    for number in sorted(numbers):
        if (low is not None and number < low) or (high is not None and number > high):
            continue
        if low is None and number < 0:
            continue
        held = sum(band.holds(number) for band in term.bands)
        if held != 1:
            yield fault(
                "bands.gap" if held == 0 else "bands.overlap",
                where,
                ("nilai {n} tidak masuk kelas mana pun", "the value {n} is in no class")
                if held == 0
                else ("nilai {n} masuk beberapa kelas", "the value {n} is in several classes"),
                (
                    "pakai from/above di bawah dan up_to/below di atas, tanpa celah",
                    "use from/above below and up_to/below above, without a gap",
                ),
                n=f"{number:g}",
            )
            return


def _number(expression: Expression | None) -> float | None:
    try:
        return float(expression.source) if expression is not None else None
    except ValueError:
        return None


def _tariff(ground: Ground, where: Where, tariff: Tariff, asked: Asked, line: str) -> Findings:
    width = len(tariff.by) + 1
    for at, row in enumerate(tariff.rows):
        if len(row) != width or not (row[-1] == "not_offered" or _is_rupiah(row[-1])):
            yield fault(
                "tariff.row",
                (*where, "rows", str(at)),
                (
                    "baris tarif harus berisi {n} nilai lalu rupiah bulat",
                    "a tariff row holds {n} values and then whole rupiah",
                ),
                (
                    'tulis seperti ["pagi", 50_000] atau "not_offered"',
                    'write like ["pagi", 50_000] or "not_offered"',
                ),
                n=width - 1,
            )
            return
    if not all(ground.is_name(name) for name in tariff.by) or not ground.knows(asked):
        return
    cells = [tuple(row[:-1]) for row in tariff.rows]
    twice = next((cell for cell in cells if cells.count(cell) > 1), None)
    if twice is not None:
        yield fault(
            "tariff.twice",
            where,
            ("gabungan ini ada dua kali: {cell}", "this combination is there twice: {cell}"),
            ("hapus salah satunya", "delete one of them"),
            cell=" · ".join(map(str, twice)),
        )
    met: set[tuple[Any, ...]] = set()
    try:
        for values in ground.tries.of([asked] if asked else [], tariff.by):
            if not ground.tries.all_hold([asked] if asked else [], values):
                continue
            cell = tuple(values.get(name) for name in tariff.by)
            met.add(cell)
            if cell not in cells:
                yield fault(
                    "tariff.missing",
                    where,
                    ("tidak ada tarif untuk {cell} (baris {line})", "no tariff for {cell} (line {line})"),
                    ('tambahkan barisnya, atau "not_offered"', 'add the row, or "not_offered"'),
                    cell=" · ".join(map(str, cell)),
                    line=line,
                )
                return
    except (ExpressionFault, DefinitionFault):
        return
    except TooMany:
        yield doubt("try.many", where, TOO_MANY, SPLIT)
        return
    for at, row in enumerate(cells):
        if row not in met:
            yield doubt(
                "tariff.unused",
                (*where, "rows", str(at)),
                ("gabungan ini tidak pernah terjadi: {cell}", "this combination never happens: {cell}"),
                ("periksa ejaannya", "check its spelling"),
                cell=" · ".join(map(str, row)),
            )


def _is_rupiah(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _one_of(ground: Ground, where: Where, requirement: Requirement) -> Findings:
    members = list(requirement.one_of.values())
    if requirement.if_none is not None or requirement.optional or any(one.when is None for one in members):
        return
    conditions = [one.when for one in members if one.when is not None]
    asked = [requirement.when] if requirement.when else []
    if not all(ground.knows(one) for one in conditions + asked):
        return
    try:
        for values in ground.tries.of(conditions + asked):
            if not ground.tries.all_hold(asked, values):
                continue
            if not any(one.holds(values, ground.tries.calendar) is True for one in conditions):
                yield fault(
                    "one_of.none",
                    where,
                    ("tidak ada pilihan yang bisa dipenuhi: {example}", "no alternative is open: {example}"),
                    (
                        'tambahkan pilihan lain, atau if_none = "officer"',
                        'add an alternative, or if_none = "officer"',
                    ),
                    example=example(values, frozenset().union(*(one.names for one in conditions))),
                )
                return
    except (ExpressionFault, DefinitionFault):
        return
    except TooMany:
        yield doubt("try.many", where, TOO_MANY, SPLIT)
