"""The ways of a case through its steps, as a small graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kantormaya.language.definition import Definition
from kantormaya.language.working import Step

ENDINGS = ("escalate", "remind")
MOST_PATHS = 3_000


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


def after(definition: Definition, step: str) -> set[str]:
    """What can come after a step."""
    return reached(definition, onward(definition.step[step])) if step in definition.step else set()


def paths(definition: Definition, start: str) -> Iterator[tuple[str, ...]]:
    """Every way from a step to an end, no step twice; at most a few thousand of them."""
    waiting: list[tuple[str, ...]] = [(start,)]
    given = 0
    while waiting and given < MOST_PATHS:
        path = waiting.pop()
        here = path[-1]
        if here not in definition.step:
            given += 1
            yield path
            continue
        waiting += [(*path, to) for to in reversed(onward(definition.step[here])) if to not in path]
        given += len(waiting) > MOST_PATHS
