"""What is collected and when: bills made on reaching their step, and what a change of facts does to them."""

from __future__ import annotations

from typing import Any

from kantormaya.clock import Calendar
from kantormaya.engine.events import Refused
from kantormaya.engine.fees import bill_amount, quote
from kantormaya.engine.state import State
from kantormaya.engine.ways import only_refuses, turns_away
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Unknown, Values
from kantormaya.language.texts import Text, joined


def opened(
    definition: Definition, state: State, step: str, values: Values, calendar: Calendar
) -> dict[str, int]:
    """The bills that reaching a step makes, in rupiah: what its bills ask, less what was billed before."""
    made: dict[str, int] = {}
    names = [name for name, bill in definition.fee.bill.items() if bill.step == step]
    found = quote(definition, values, calendar) if names else None
    for name in names:
        amount = bill_amount(definition, name, found) if found else 0
        if isinstance(amount, Unknown):
            raise Refused(not_known(definition, amount.names))
        owed = amount - _billed(state, name, "due", "paid", "waived")
        if owed > 0:
            made[_next_name(state, name)] = owed
    return made


def _billed(state: State, of: str, *statuses: str) -> int:
    return sum(bill.amount for bill in state.bills.values() if bill.of == of and bill.status in statuses)


def _next_name(state: State, of: str) -> str:
    taken = sum(bill.of == of for bill in state.bills.values())
    return of if not taken else f"{of}-{taken + 1}"


def bill_of(name: str) -> str:
    """The bill of the definition that a bill of a case is one of ("skrd" for "skrd-2")."""
    return name.partition("-")[0]


def rebilled(definition: Definition, state: State, values: Values, calendar: Calendar) -> dict[str, Any]:
    """What changed facts or answers do to bills whose step the case has come to.

    One that is due asks the new amount (`bills`) or nothing any more (`voids`); when all is paid, more makes a second
    bill, and less a refund to decide (`refunds`).
    """
    data: dict[str, Any] = {}
    visited, names = set(state.passed_steps()), list(definition.step)
    reached = [of for of, bill in definition.fee.bill.items() if bill.step in visited]
    quoted = quote(definition, values, calendar) if reached else None
    for of in reached:
        amount = bill_amount(definition, of, quoted) if quoted else 0
        if not isinstance(amount, Unknown):
            ahead = names.index(definition.fee.bill[of].step) > names.index(state.at)
            _rebill(state, of, amount, data, may_open=not ahead)
    return data


def _rebill(state: State, of: str, amount: int, data: dict[str, Any], *, may_open: bool) -> None:
    due = [name for name, bill in state.open_bills().items() if bill.of == of]
    owed = amount - _billed(state, of, "paid", "waived")
    if not due and owed > 0 and may_open:
        data.setdefault("bills", {})[_next_name(state, of)] = owed
    elif due and owed <= 0:
        data["voids"] = (*data.get("voids", ()), *due)
    elif due and owed != _billed(state, of, "due"):
        data.setdefault("bills", {})[due[0]] = owed
    refund = min(_billed(state, of, "paid"), max(0, -owed))
    if refund != state.refunds.get(of, 0):
        data.setdefault("refunds", {})[of] = refund


def left_behind(definition: Definition, state: State, to: str) -> tuple[str, ...]:
    """The unpaid bills that going to `to` takes away: all on the way to a refusal, else those that will be made again."""
    if state.at not in definition.step or not turns_away(definition, state.at, to):
        return ()
    names = list(definition.step)
    return tuple(
        name
        for name, bill in state.open_bills().items()
        if only_refuses(definition, to) or names.index(definition.fee.bill[bill.of].step) >= names.index(to)
    )


def not_known(definition: Definition, names: frozenset[str]) -> Text:
    """What has to be filled in before the case can go on."""
    labels = [definition.field[name].label for name in sorted(names) if name in definition.field]
    said = joined(labels or [Text(name) for name in sorted(names)], ", ")
    return Text(
        "Belum bisa dilanjutkan: {names} belum diisi.",
        "This can't go on yet: {names} has not been filled in.",
    ).format(names=said)
