"""How many events the engine folds per second on one core: `python bench/engine_events.py [services]`, by hand."""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kantormaya.clock import standard_calendar
from kantormaya.engine import due, event_as_json, event_from_json, replay, unpack
from kantormaya.engine.storing import pack
from kantormaya.engine.walking import play, read_walk
from kantormaya.language.reading import load

SECONDS = 3.0


def main(services: Path) -> None:
    """Print the figures of every shipped walk, folded again and again."""
    calendar = standard_calendar(range(2024, 2031))
    cases = []
    for folder in sorted(services.glob("*/walks")):
        definition = load(folder.parent).definition
        if definition is None:
            continue
        cases += [
            (definition, play(definition, read_walk(path), calendar).simulation)
            for path in sorted(folder.glob("*.toml"))
        ]
    events = sum(len(sim.events) for _, sim in cases)
    print(f"{len(cases)} walks, {events} events")

    def per_second(what: str, number: int, once: object) -> None:
        assert callable(once)
        started, rounds = time.process_time(), 0
        while time.process_time() - started < SECONDS:
            once()
            rounds += 1
        print(f"{what:<48} {number * rounds / (time.process_time() - started):>10,.0f} per second")

    stored = [(definition, [event_as_json(e) for e in sim.events]) for definition, sim in cases]
    states = [(definition, sim.state, sim.now) for definition, sim in cases if sim.state]
    packed = [pack(state) for _, state, _ in states]
    per_second("events through apply", events, lambda: [replay(d, sim.events) for d, sim in cases])
    per_second(
        "events read from JSON and applied",
        events,
        lambda: [replay(d, map(event_from_json, e)) for d, e in stored],
    )
    per_second("due dates of a case", len(states), lambda: [due(d, s, calendar, now) for d, s, now in states])
    per_second("states unpacked from JSON", len(packed), lambda: [unpack(state) for state in packed])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "services")
