"""Times: the slowest way must fit the promise, the promise the law, and "hari" must say which days it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kantormaya.clock import Duration, Unit
from kantormaya.expressions import ExpressionFault
from kantormaya.language.checks.conditions import SPLIT, TOO_MANY
from kantormaya.language.checks.finding import Findings, Ground, doubt, fault
from kantormaya.language.checks.ways import forward, onward
from kantormaya.language.evaluating import DefinitionFault
from kantormaya.language.leaves import leaves_of
from kantormaya.language.trying import TooMany

OFFICE_DAY = 450
"""Minutes of an office day, for comparing sums only; due dates are reckoned with the real calendar."""
WORKING = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.OFFICE_HOUR: 60, Unit.WORKDAY: OFFICE_DAY}
CALENDAR = {Unit.CALENDAR_DAY: 1, Unit.WEEK: 7, Unit.MONTH: 30, Unit.YEAR: 365}
MOST_TRIES = 300


def times(ground: Ground) -> Findings:
    """Durations, one by one and added up."""
    yield from _bare_days(ground)
    yield from _not_stated(ground)
    yield from _limits(ground)
    yield from _sums(ground)


def _bare_days(ground: Ground) -> Findings:
    if ground.definition.promise.reads_hari_as is not None:
        return
    for where, duration in leaves_of(Duration, ground.definition):
        if duration.unit is Unit.BARE_DAY:
            yield fault(
                "time.hari",
                where,
                ('"{said}": hari kerja atau hari kalender?', '"{said}": working days or calendar days?'),
                (
                    'tulis "hari kerja" atau "hari kalender", atau [promise] reads_hari_as',
                    'write "hari kerja" or "hari kalender", or [promise] reads_hari_as',
                ),
                said=duration.said,
            )


def _not_stated(ground: Ground) -> Findings:
    d = ground.definition
    if any(case.is_ == "not_stated" for case in d.promise.within):
        yield ground.gap(
            "promise.not_stated",
            ("promise", "within"),
            ("jangka waktu tidak disebut", "no completion time is stated"),
            ("tetapkan jangka waktunya", "set the completion time"),
        )
    for name, step in d.step.items():
        by = {case.is_ for case in step.by}
        if by & {"applicant", "system"}:
            continue
        if step.within is None or any(case.is_ == "not_stated" for case in step.within):
            yield doubt(
                "step.no_time",
                ("step", name),
                ("langkah ini tanpa batas waktu", "this step has no time limit"),
                (
                    "tambahkan within, supaya keterlambatan terlihat",
                    "add within, so that a delay can be seen",
                ),
            )


def _size(ground: Ground, duration: Any) -> tuple[str, int] | None:
    """Working minutes or calendar days; None for what can't be added up."""
    if not isinstance(duration, Duration) or duration.anchor is not None:
        return None
    read = duration.reading(ground.definition.promise.reads_hari_as or "kerja")
    if read.unit in WORKING:
        return "working", read.high * WORKING[read.unit]
    return "calendar", read.high * CALENDAR[read.unit]


def _limits(ground: Ground) -> Findings:
    d = ground.definition
    if d.promise.at_most is None:
        return
    most = _size(ground, d.promise.at_most)
    for case in d.promise.within:
        size = _size(ground, case.is_)
        if size and most and size[0] == most[0] and size[1] > most[1]:
            yield fault(
                "promise.above_law",
                ("promise", "at_most"),
                (
                    "janji {time} melebihi batas hukum {most}",
                    "the promise {time} is above the legal limit {most}",
                ),
                ("perpendek janji, atau perbaiki at_most", "shorten the promise, or mend at_most"),
                time=case.is_,
                most=d.promise.at_most,
            )


def _sums(ground: Ground) -> Findings:
    """For every combination that changes a time or passes a step over: the slowest way against the promise."""
    d = ground.definition
    conditions = [case.when for case in d.promise.within if case.when is not None]
    for step in d.step.values():
        conditions += [step.when] if step.when is not None else []
        conditions += [case.when for case in step.within or () if case.when is not None]
    if not all(ground.knows(one) for one in conditions):
        return
    ways = forward(d, d.start) if d.step else {}
    told: set[tuple[str, ...]] = set()
    seen: set[tuple[bool, ...]] = set()
    try:
        for values in ground.tries.of(conditions):
            held = tuple(one.holds(values, ground.tries.calendar) is True for one in conditions)
            if held in seen or len(seen) > MOST_TRIES:
                continue
            seen.add(held)
            truth = dict(zip((one.source for one in conditions), held, strict=True))
            for finding in _slowest(ground, ways, truth):
                if finding.where not in told:
                    told.add(finding.where)
                    yield finding
    except (ExpressionFault, DefinitionFault):
        return  # told where the condition itself is checked
    except TooMany:
        yield doubt("try.many", ("promise", "within"), TOO_MANY, SPLIT)


def _chosen(cases: Any, truth: dict[str, bool]) -> Any:
    held = [case.is_ for case in cases or () if case.when is not None and truth[case.when.source]]
    rest = [case.is_ for case in cases or () if case.when is None]
    return next(iter([*held, *rest]), None)


def _slowest(ground: Ground, ways: dict[str, list[str]], truth: dict[str, bool]) -> Findings:
    d = ground.definition
    limit = _size(ground, _chosen(d.promise.within, truth))
    if limit is None:
        return
    slowest: dict[str, Way] = {}
    for name, on in ways.items():  # followers come first
        size = _counted(ground, name, truth)
        step = d.step[name]
        is_passed = step.when is not None and not truth[step.when.source]
        if is_passed:
            on = [step.then] if step.then in on else []
        elif step.ends_promise:
            on = []
        rest = max((slowest[to] for to in on if to in slowest), default=NO_WAY, key=lambda way: way.sum)
        own = _as(limit[0], size) if size else 0
        is_mixed = rest.is_mixed or bool(size and size[0] != limit[0])
        slowest[name] = Way(rest.sum + own, (name, *rest.steps) if own else rest.steps, is_mixed)
    worst = max(
        (slowest[name] for name in _starts(ground) if name in slowest), default=NO_WAY, key=lambda w: w.sum
    )
    if worst.sum > limit[1]:
        say = doubt if worst.is_mixed or ground.is_imported else fault
        day = OFFICE_DAY if limit[0] == "working" else 1
        in_hours = limit[0] == "working" and limit[1] < day
        unit, called = (60, ("jam", "hours")) if in_hours else (day, ("hari", "days"))
        yield say(
            "promise.too_short",
            ("promise", "within"),
            (
                f"langkah terlama ({{way}}) berjumlah {{sum}} {called[0]}, janjinya {{promise}} {called[0]}",
                f"the slowest way ({{way}}) adds up to {{sum}} {called[1]}, the promise is {{promise}} {called[1]}",
            ),
            ("perpanjang janji, atau perpendek langkahnya", "lengthen the promise, or shorten the steps"),
            way=" → ".join(worst.steps[:8]),
            sum=f"{worst.sum / unit:.4g}",
            promise=f"{limit[1] / unit:.4g}",
        )


@dataclass(frozen=True, slots=True)
class Way:
    """The slowest way on from a step, in the promise's own measure."""

    sum: float
    steps: tuple[str, ...]
    is_mixed: bool


NO_WAY = Way(0, (), False)


def _starts(ground: Ground) -> list[str]:
    """The steps at which the promise begins to run."""
    d = ground.definition
    start = d.promise.from_.removeprefix("step.")
    if start == "accepted":
        return onward(d.step[d.accepting_step])
    return [start if start in d.step else d.start]


def _counted(ground: Ground, name: str, truth: dict[str, bool]) -> tuple[str, int] | None:
    step = ground.definition.step[name]
    if step.when is not None and not truth[step.when.source]:
        return None
    if any(case.is_ == "applicant" for case in step.by) and step.clock != "runs":
        return None
    if step.clock == "stops":
        return None
    return _size(ground, _chosen(step.within, truth))


def _as(family: str, size: tuple[str, int]) -> float:
    if size[0] == family:
        return size[1]
    return size[1] / 7 * 5 * OFFICE_DAY if family == "working" else size[1] / OFFICE_DAY * 7 / 5
