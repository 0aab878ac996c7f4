"""Conditions and amounts, by trying values: never or always true, without a value, without words."""

from __future__ import annotations

from typing import Any

from kantormaya.expressions import All, Comparison, Expression, ExpressionFault, Unknown, shape
from kantormaya.expressions import Any as Either
from kantormaya.language.checks.finding import Findings, Ground, doubt, example, fault
from kantormaya.language.evaluating import DefinitionFault
from kantormaya.language.leaves import Where
from kantormaya.language.trying import TooMany
from kantormaya.language.words import NoWords, worded

TOO_MANY = ("terlalu banyak kemungkinan untuk dicoba semua", "too many possibilities to try them all")
SPLIT = ("pecah menjadi beberapa [term] yang lebih sederhana", "split it into several simpler [term]s")


def conditions(ground: Ground) -> Findings:
    """Every condition and amount of the definition, each tried on its own."""
    for where, expression in ground.expressions:
        if not ground.knows(expression) or where[-1] in ("min", "max"):
            continue
        if where[-1] in ("when", "holds"):
            yield from _condition(ground, where, expression)
            yield from _words(ground, where, expression)
        elif where[-1] == "is":
            yield from _value(ground, where, expression)
        elif where[0] == "fee" and ground.definition.fee.line[where[2]].each is None:
            yield from _amount(ground, where, expression)


def _condition(ground: Ground, where: Where, expression: Expression) -> Findings:
    outer = _outer(ground, where)
    results: set[bool] = set()
    null_is_other: str | None = None
    try:
        for values in ground.tries.of([expression, *outer]):
            try:
                held = expression.holds(values, ground.tries.calendar)
            except ExpressionFault:
                if ground.tries.all_hold(outer, values):
                    raise
                continue
            if isinstance(held, Unknown):
                continue
            results.add(held)
            if held:
                null_is_other = null_is_other or _null_taken_for_other(expression, values)
    except ExpressionFault as error:
        yield _no_value(where, error)
        return
    except DefinitionFault:
        return  # the term without a class is told where it stands
    except TooMany:
        yield doubt("try.many", where, TOO_MANY, SPLIT)
        return
    if len(results) == 1:
        yield _constant(ground, where, expression, results.pop())
    if null_is_other is not None:
        yield doubt(
            "condition.null_is_other",
            where,
            (
                '"{name}" bisa tidak ditanyakan, dan != lalu bernilai benar',
                '"{name}" may not be asked, and != is true then',
            ),
            ("tulis {name} != null && …, bila itu maksudnya", "write {name} != null && …, if that is meant"),
            name=null_is_other,
        )


def _outer(ground: Ground, where: Where) -> list[Expression]:
    """The conditions under which this one is looked at: where they do not hold it needs no value."""
    d = ground.definition
    asked: list[Expression | None] = []
    if where[0] == "requirement" and "one_of" in where:
        asked.append(d.requirement[where[1]].when)
    elif where[0] == "term":
        asked.append(d.term[where[1]].when)
    elif where[0] == "step" and where[2] != "when":
        asked.append(d.step[where[1]].when)
    elif where[0] == "task":
        task = d.task[where[1]]
        asked += [
            d.step[task.step].when if task.step in d.step else None,
            None if where[2] == "when" else task.when,
        ]
    elif where[:2] == ("fee", "line") and where[3] != "when":
        asked.append(d.fee.line[where[2]].when)
    return [one for one in asked if one is not None and ground.knows(one)]


def _constant(ground: Ground, where: Where, expression: Expression, always: bool) -> Any:
    is_sure = ground.tries.is_exact(expression) and bool(expression.names)
    say = fault if is_sure or not expression.names else doubt
    if always:
        return say(
            "condition.always",
            where,
            ("syarat ini selalu benar", "this condition is always true"),
            ("hapus when, atau perbaiki syaratnya", "leave `when` out, or mend the condition"),
        )
    return say(
        "condition.never",
        where,
        ("syarat ini tidak pernah benar", "this condition is never true"),
        ("periksa ejaan pilihan dan angkanya", "check the spelling of choices, and the numbers"),
    )


def _null_taken_for_other(expression: Expression, values: dict[str, Any]) -> str | None:
    found = shape(expression)
    parts = found.parts if isinstance(found, All) else (found,)
    guards = {p.name for p in parts if isinstance(p, Comparison) and p.literal is None}
    each = [one for part in parts for one in (part.parts if isinstance(part, Either) else (part,))]
    for one in each:
        if not isinstance(one, Comparison) or one.op != "!=" or one.literal is None:
            continue
        if one.name not in {*guards, "variant"} and values.get(one.name, "") is None:
            return one.name
    return None


def _no_value(where: Where, error: ExpressionFault) -> Any:
    return fault(
        "expression.value",
        where,
        ("{id}", "{en}"),
        (
            "jaga dulu dengan != null, atau perbaiki jenis isinya",
            "guard it with != null, or mend the kinds of value",
        ),
        id=error.id,
        en=error.en,
    )


def _value(ground: Ground, where: Where, expression: Expression) -> Findings:
    """A term: it must have a value in every case; what it is doesn't matter."""
    asked = _outer(ground, where)
    try:
        for values in ground.tries.of([expression, *asked]):
            if ground.tries.all_hold(asked, values):
                expression.evaluate(values, ground.tries.calendar)
    except ExpressionFault as error:
        yield _no_value(where, error)
    except DefinitionFault:
        return
    except TooMany:
        yield doubt("try.many", where, TOO_MANY, SPLIT)


def _amount(ground: Ground, where: Where, expression: Expression) -> Findings:
    asked = _outer(ground, where)
    try:
        for values in ground.tries.of([expression, *asked]):
            if not ground.tries.all_hold(asked, values):
                continue
            amount = expression.amount(values, ground.tries.calendar)
            if not isinstance(amount, Unknown) and amount < 0:
                yield doubt(
                    "fee.negative",
                    where,
                    ("bisa kurang dari nol: {example}", "can be below zero: {example}"),
                    ("pakai max(0, …)", "use max(0, …)"),
                    example=example(values, expression.names),
                )
                return
    except ExpressionFault as error:
        yield _no_value(where, error)
    except DefinitionFault:
        return
    except TooMany:
        yield doubt("try.many", where, TOO_MANY, SPLIT)


def _words(ground: Ground, where: Where, expression: Expression) -> Findings:
    """The page has to say every condition; a question's own is seen by its being asked."""
    if where[0] in ("field", "term"):
        return
    item: Any = ground.definition
    for part in where[:-1]:
        item = (
            item[int(part)]
            if isinstance(item, tuple)
            else item[part]
            if isinstance(item, dict)
            else getattr(item, part)
        )
    if getattr(item, "says", None) is not None:
        return
    try:
        worded(ground.definition, expression)
    except NoWords as missing:
        yield fault(
            "condition.words",
            where,
            (
                "syarat ini tidak punya kata-kata untuk warga ({about})",
                "this condition has no words for the citizen ({about})",
            ),
            (
                'tambahkan says = "bila …" di sini, atau says/says_not pada [term]',
                'add says = "…" here, or says/says_not to the [term]',
            ),
            about=missing.about,
        )
