"""What a case costs, line by line, and what each bill asks: Decimal arithmetic, whole rupiah, half up per line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any

from kantormaya.clock import Calendar
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import DefinitionFault, Unknown, Values, holds
from kantormaya.language.texts import Text
from kantormaya.language.working import Bill, Fee, FeeLine, Tariff

NOT_OFFERED = "not_offered"
NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a quote. `amount` in rupiah after reductions; None while it is not known or not stated."""

    id: str
    title: Text
    amount: int | None
    units: Decimal | None = None
    full: int | None = None
    missing: frozenset[str] = frozenset()
    said: str | None = None  # "not_stated" or "not_offered"


@dataclass(frozen=True, slots=True)
class Quote:
    """What it costs as far as is known. `provisional` until every name its lines use is known."""

    lines: tuple[Line, ...]
    free: bool
    not_stated: bool = False

    @property
    def missing(self) -> frozenset[str]:
        """The names that are still needed."""
        return frozenset().union(*(line.missing for line in self.lines))

    @property
    def provisional(self) -> bool:
        """Whether the total may still change."""
        return bool(self.missing)

    @property
    def total(self) -> int:
        """The sum of the lines known so far, in rupiah."""
        return sum(line.amount or 0 for line in self.lines)

    @property
    def offered(self) -> bool:
        """False when a line says that this combination is not offered."""
        return all(line.said != NOT_OFFERED for line in self.lines)


def quote(definition: Definition, values: Values, calendar: Calendar | None = None) -> Quote:
    """The fee of a case as its values stand; lines whose condition does not hold are left out."""
    fee = definition.fee
    lines = []
    for name, line in fee.line.items():
        due = holds(line.when, values, calendar)
        if due is not False:
            lines.append(_line(fee, name, line, values, calendar, due))
    return Quote(tuple(lines), free=fee.free or not fee.line, not_stated=fee.not_stated)


def _line(
    fee: Fee, name: str, line: FeeLine, values: Values, calendar: Calendar | None, due: bool | Unknown
) -> Line:
    if isinstance(due, Unknown):
        return Line(name, line.title, None, missing=due.names)
    share, missing = _share(line, values, calendar)
    if share == 0:
        return Line(name, line.title, 0)  # exempt, whatever it would have been
    rows: list[Mapping[str, Any]] = [{}]
    if line.each is not None:
        if line.each not in values:
            return Line(name, line.title, None, missing=frozenset({line.each}))
        rows = list(values[line.each] or ())
    full = units = Decimal(0)
    for row in rows:
        seen = {**values, **row}
        price = _price(fee, line, seen, calendar)
        if isinstance(price, str):
            return Line(name, line.title, None, said=price, missing=frozenset(missing))
        count = Decimal(1) if line.units is None else line.units.amount(seen, calendar)
        if isinstance(price, Unknown) or isinstance(count, Unknown):
            missing |= {*getattr(price, "names", ()), *getattr(count, "names", ())}
            continue
        if line.round == "up_unit":
            count = count.to_integral_value(rounding=ROUND_CEILING)
        units += count
        full += (price * count).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    if missing:
        return Line(name, line.title, None, missing=frozenset(missing))
    amount = (full * share / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Line(name, line.title, int(amount), units if line.units is not None else None, int(full))


def _price(fee: Fee, line: FeeLine, values: Values, calendar: Calendar | None) -> Decimal | Unknown | str:
    if line.tariff is not None:
        return _cell(fee.tariff[line.tariff], line.tariff, values)
    if line.amount is None or line.amount == NOT_STATED:
        return NOT_STATED
    if isinstance(line.amount, str):
        return line.amount
    return line.amount.amount(values, calendar)


def _cell(tariff: Tariff, name: str, values: Values) -> Decimal | Unknown | str:
    missing = frozenset(key for key in tariff.by if key not in values)
    if missing:
        return Unknown(missing)
    key = tuple(values[k] for k in tariff.by)
    for row in tariff.rows:
        if tuple(row[:-1]) == key:
            cell = row[-1]
            return cell if isinstance(cell, str) else Decimal(str(cell))
    raise DefinitionFault(f"tariff {name} has no row for {', '.join(map(str, key))}")


def _share(line: FeeLine, values: Values, calendar: Calendar | None) -> tuple[Decimal, set[str]]:
    """The percentage that is left after reductions (the largest one that holds counts), and what is not known for it."""
    left, missing = Decimal(100), set[str]()
    for less in line.less:
        held = holds(less.when, values, calendar)
        if isinstance(held, Unknown):
            missing |= held.names
        elif held:
            left = min(left, Decimal(100 - less.percent))
    return left, missing


def bill_amount(definition: Definition, name: str, found: Quote) -> int | Unknown:
    """What a bill asks, in rupiah: its share of the lines in `of`; `rest` is the total less all other bills."""
    bill = definition.fee.bill[name]
    lines = _lines_of(bill, found)
    missing = frozenset().union(*(line.missing for line in lines))
    if missing:
        return Unknown(missing)
    base = sum(line.amount or 0 for line in lines)
    if bill.share == "all":
        return base
    if bill.share == "rest":
        if found.missing:
            return Unknown(found.missing)
        others = [n for n, other in definition.fee.bill.items() if other.share != "rest"]
        asked = [bill_amount(definition, other, found) for other in others]
        return max(0, found.total - sum(amount for amount in asked if isinstance(amount, int)))
    share = Decimal(bill.share[:-1])
    return int((Decimal(base) * share / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _lines_of(bill: Bill, found: Quote) -> tuple[Line, ...]:
    return tuple(line for line in found.lines if not bill.of or line.id in bill.of)
