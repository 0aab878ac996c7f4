"""Example cases written down (`walks/*.toml`) and played on the pure core: what must happen, and whether it does."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kantormaya.clock import Calendar, Duration
from kantormaya.engine.events import SYSTEM, Actor, Refused
from kantormaya.engine.knowing import local_date
from kantormaya.engine.simulating import ACTS, Simulation
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About, DefinitionFault
from kantormaya.language.texts import Text

AN_HOUR = Duration.read("1 jam kerja")


@dataclass(frozen=True)
class Walk:
    """An example case: what is answered, who does what in which order, and what is expected."""

    title: str
    start: datetime
    about: About
    answers: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    does: tuple[Mapping[str, Any], ...] = ()
    expect: Mapping[str, Any] = field(default_factory=dict)
    path: str = ""


@dataclass(frozen=True)
class Walked:
    """What a walk came to: the simulated case, and every expectation that failed, in words."""

    walk: Walk
    simulation: Simulation
    problems: tuple[Text, ...]


def read_walk(path: Path) -> Walk:
    """The walk of a file; raises ValueError with the file's name and what is wrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        start = raw["start"]
        start = datetime.fromisoformat(start) if isinstance(start, str) else start
        about = About(
            raw.get("variant"), raw.get("channel", "online"), raw.get("applicant_kind", "perorangan") or None,
            raw.get("by_proxy", False), raw.get("applicant_foreign", False),
        )  # fmt: skip
        return Walk(
            raw["title"], start.astimezone(UTC), about, _typed(raw.get("answers", {})), raw.get("given", {}),
            tuple(raw.get("do", ())), raw.get("expect", {}), str(path),
        )  # fmt: skip
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as wrong:
        raise ValueError(f"{path}: {wrong}") from wrong


def _typed(raw: Any) -> Any:
    """TOML values as the engine wants them: lists as tuples, local dates as dates."""
    if isinstance(raw, list):
        return tuple(_typed(item) for item in raw)
    if isinstance(raw, dict):
        return {key: _typed(value) for key, value in raw.items()}
    return raw


def play(definition: Definition, walk: Walk, calendar: Calendar) -> Walked:
    """Play a walk to its end; what fails is said, never raised."""
    sim = Simulation(definition, calendar, walk.start)
    problems: list[Text] = []
    try:
        sim.submit(walk.about, walk.answers, walk.given)
        problems += _submitted(sim, walk.expect.get("submitted", {}))
    except (Refused, DefinitionFault, ValueError) as wrong:
        return Walked(walk, sim, (*problems, _failed(0, "submit", wrong)))
    for number, step in enumerate(walk.does, 1):
        try:
            _do(sim, step)
            problems += _along(sim, number, step.get("expect", {}))
        except (Refused, DefinitionFault, ValueError, TypeError, KeyError) as wrong:
            return Walked(walk, sim, (*problems, _failed(number, str(step.get("act")), wrong)))
    return Walked(walk, sim, (*problems, *_ended(sim, walk.expect)))


def _do(sim: Simulation, step: Mapping[str, Any]) -> None:
    what = _typed(
        {k: v for k, v in step.items() if k not in ("by", "at", "act", "after", "agency", "expect")}
    )
    if "at" in step:
        at = _instant(step["at"])
        if at < sim.now:
            raise ValueError(f"{at.isoformat()} is before what happened last, at {sim.now.isoformat()}")
        sim.wait_until(at)
    else:
        sim.wait(Duration.read(step["after"]) if "after" in step else AN_HOUR)
    if step["act"] == "silence":
        if "until" in what:
            sim.wait_until(_instant(what["until"]))
        else:
            sim.silence()
        return
    if step["act"] not in ACTS:
        raise ValueError(f"unknown act {step['act']!r}; known: silence, {', '.join(ACTS)}")
    actor = Actor(step.get("by", SYSTEM), step.get("agency"), None)
    if "on" in what:
        what["on"] = _instant(what["on"])
    sim.act(step["act"], actor, **what)


def _instant(raw: str | datetime) -> datetime:
    at = datetime.fromisoformat(raw) if isinstance(raw, str) else raw
    if at.tzinfo is None:
        raise ValueError(f"{raw}: write the time with its zone, like 2026-03-02T09:00:00+07:00")
    return at.astimezone(UTC)


def _failed(number: int, act: str, wrong: Exception) -> Text:
    said = wrong.text if isinstance(wrong, Refused) else Text(str(wrong), str(wrong))
    return Text("Perbuatan {number} ({act}): {said}", "Act {number} ({act}): {said}").format(
        number=number, act=act, said=said
    )


def _differs(what: str, expected: Any, found: Any) -> Text:
    return Text("{what}: diharapkan {e}, ternyata {f}", "{what}: expected {e}, found {f}").format(
        what=what, e=expected, f=found
    )


def _submitted(sim: Simulation, expect: Mapping[str, Any]) -> list[Text]:
    problems = []
    if "requirements" in expect:
        assert sim.state is not None
        asked = {
            n
            for n, h in sim.state.requirements.items()
            if h.status != "not_needed" and sim.definition.requirement[n].asked_at_submission
        }
        if asked != set(expect["requirements"]):
            problems.append(_differs("requirements", sorted(expect["requirements"]), sorted(asked)))
    if "fee" in expect and sim.fee().total != expect["fee"]:
        problems.append(_differs("fee", expect["fee"], sim.fee().total))
    return problems


def _along(sim: Simulation, number: int, expect: Mapping[str, Any]) -> list[Text]:
    return [Text(f"{number}: {p.id}", f"{number}: {p.en}") for p in _ended(sim, expect)]


def _ended(sim: Simulation, expect: Mapping[str, Any]) -> list[Text]:
    assert sim.state is not None
    promise = sim.clocks().promise
    due_on = local_date(promise.due_at, sim.calendar) if promise and promise.due_at else None
    facts: dict[str, Any] = {
        "at": sim.state.at,
        "due_on": due_on,
        "products": sorted(sim.state.signed),
        "fee": sim.fee().total,
        "late_returns": sim.state.late_returns,
    }
    problems = []
    for key, wanted in expect.items():
        if key == "submitted" or key not in facts:
            if key != "submitted":
                problems.append(Text(f"harapan tidak dikenal: {key}", f"unknown expectation: {key}"))
            continue
        wanted = sorted(wanted) if key == "products" else wanted
        if facts[key] != wanted:
            problems.append(_differs(key, wanted, facts[key]))
    return problems
