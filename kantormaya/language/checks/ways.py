"""The ways of a case through its steps, as a small graph."""

from __future__ import annotations

from collections.abc import Iterable

from kantormaya.language.definition import Definition
from kantormaya.language.working import Step

ENDINGS = ("escalate", "remind")


def onward(step: Step) -> list[str]:
    """Where a step can lead to: its plain way, its moves, and where silence leads."""
    targets = [step.then, *(move.to for move in step.move.values())]
    if step.silence not in ENDINGS:
        targets.append(step.silence)
    return list(dict.fromkeys(target for target in targets if target is not None))


def reached(definition: Definition, starts: Iterable[str], without: frozenset[str] = frozenset()) -> set[str]:
    """Every step and outcome that can be reached, the starts included; `without` some steps."""
    found: set[str] = set()
    waiting = [start for start in starts if start not in without]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if name in definition.step:
            waiting += [target for target in onward(definition.step[name]) if target not in without]
    return found


def leading_to(definition: Definition, ends: Iterable[str]) -> set[str]:
    """Every step from which one of the ends can be reached."""
    before: dict[str, list[str]] = {}
    for name, step in definition.step.items():
        for target in onward(step):
            before.setdefault(target, []).append(name)
    found: set[str] = set()
    waiting = list(ends)
    while waiting:
        for name in before.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def after(definition: Definition, step: str) -> set[str]:
    """What can come after a step."""
    return reached(definition, onward(definition.step[step])) if step in definition.step else set()


def forward(definition: Definition, start: str) -> dict[str, list[str]]:
    """The ways on from each step without the ways back, in an order in which no step stands before its followers."""
    ways: dict[str, list[str]] = {}
    open_steps: set[str] = set()

    def visit(name: str) -> None:
        open_steps.add(name)
        on = [to for to in onward(definition.step[name]) if to not in open_steps]
        for to in on:
            if to in definition.step and to not in ways:
                visit(to)
        open_steps.discard(name)
        ways[name] = on

    if start in definition.step:
        visit(start)
    return ways
