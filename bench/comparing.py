"""Product and twin in turn, A B A B, under the same client; ratios pair by pair, with their spread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import psycopg

from bench.client import Request, Seen, send
from bench.measuring import Cost, cost_of
from bench.office import Office
from bench.statements import statements_of

Requests = Callable[[int], Iterator[Request]]
"""So many requests, each new: what a side sends in one round."""


@dataclass(frozen=True)
class Shape:
    """How long the rounds are: requests in one, rounds of each side, and the connections tried."""

    requests: int = 150
    twin_times: int = 3
    rounds: int = 3
    connections: tuple[int, ...] = (8, 1, 32)
    sizes: tuple[int, ...] = (10_000, 100_000)
    day: float = 12
    memory: int = 1_500
    """Requests after which a worker's memory is read; four times as many follow."""


TINY = Shape(requests=6, twin_times=1, rounds=1, connections=(2,), sizes=(200,), day=1, memory=30)
FULL = Shape(requests=600, rounds=5, sizes=(10_000, 100_000, 1_000_000), day=60, memory=10_000)


@dataclass
class Bench:
    """What a workload is handed."""

    office: Office
    database: psycopg.Connection[Any]
    own: dict[str, int]
    shape: Shape
    cases: int = 0
    notes: list[str] = field(default_factory=list)

    def one(self, query: str, *values: Any) -> int:
        """A number that the database itself says, past every wall."""
        row = self.database.execute(query, values or None).fetchone()
        assert row is not None
        return int(row[0])


@dataclass(frozen=True)
class Round:
    """One round of one side."""

    seen: Seen
    cost: Cost

    @property
    def rate(self) -> float:
        return self.seen.answered / self.seen.seconds

    @property
    def server_ms(self) -> float:
        return 1000 * self.cost.server / max(1, self.seen.answered)

    @property
    def database_ms(self) -> float:
        return 1000 * self.cost.database / max(1, self.seen.answered)

    @property
    def cpu_ms(self) -> float:
        return self.server_ms + self.database_ms


@dataclass(frozen=True)
class Goal:
    """A goal of the issue with the figure found; `reached` is None where nothing was promised."""

    words: str
    figure: str
    reached: bool | None


@dataclass
class Comparison:
    """Rounds of both sides at so many connections."""

    name: str
    connections: int
    product: list[Round] = field(default_factory=list)
    twin: list[Round] = field(default_factory=list)

    def shares_by_cpu(self) -> list[float]:
        """How much of the twin's cheapness is reached, pair by pair."""
        return [t.cpu_ms / p.cpu_ms for p, t in zip(self.product, self.twin, strict=True) if p.cpu_ms]

    def shares_by_rate(self) -> list[float]:
        """How much of the twin's throughput is reached, pair by pair."""
        return [p.rate / t.rate for p, t in zip(self.product, self.twin, strict=True) if t.rate]

    def failed(self) -> list[str]:
        """Every wrong answer of both sides."""
        return [one for rounds in (self.product, self.twin) for r in rounds for one in r.seen.failed]


@dataclass
class Result:
    """What a workload found."""

    name: str
    comparisons: list[Comparison] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    statements: int | None = None
    wrong: list[str] = field(default_factory=list)
    """What the check of the answers found; anything here spoils the run."""

    def at(self, connections: int) -> Comparison:
        """The comparison at so many connections, or the first there is."""
        return next((c for c in self.comparisons if c.connections == connections), self.comparisons[0])

    def share(self, words: str, least: float) -> None:
        """A share of the twin as a goal, by CPU and by requests, at eight connections."""
        by_cpu, by_rate = self.at(8).shares_by_cpu(), self.at(8).shares_by_rate()
        self.goals.append(Goal(f"{words}, CPU ≥ {least:.0%}", spread(by_cpu), median(by_cpu) >= least))
        self.goals.append(Goal(f"{words}, req/s ≥ {least:.0%}", spread(by_rate), median(by_rate) >= least))

    def at_most(self, words: str, figure: float, most: float, unit: str = "") -> None:
        """A figure that may not be larger."""
        self.goals.append(Goal(f"{words} ≤ {most:g}{unit}", f"{figure:.3g}{unit}", figure <= most))


def spread(shares: list[float]) -> str:
    """A share with its least and most over the rounds."""
    return f"{median(shares):.0%} ({min(shares):.0%}–{max(shares):.0%})"


def once(bench: Bench, requests: Iterator[Request], connections: int) -> Round:
    """One round of one side."""
    office = bench.office
    seen, cost = cost_of(office.server, office.database, lambda: send(office.port, requests, connections))
    return Round(seen, cost)


def compare(bench: Bench, result: Result, product: Requests, twin: Requests) -> Result:
    """Both sides in turn at every number of connections, after a warm-up; every wrong answer is kept."""
    shape = bench.shape
    warm = max(4, shape.requests // 5)
    for side in (product, twin):
        send(bench.office.port, side(warm), 8)
    for connections in shape.connections:
        found = Comparison(result.name, connections)
        rounds = shape.rounds if connections == shape.connections[0] else 1
        for _ in range(rounds):
            found.product.append(once(bench, product(shape.requests), connections))
            found.twin.append(once(bench, twin(shape.requests * shape.twin_times), connections))
        result.comparisons.append(found)
        result.wrong += found.failed()[:3]
    return result


def count(result: Result, requests: Iterator[Request], most: int) -> Result:
    """The statements of one request, after one that warms this process up."""
    first, second = next(requests), next(requests)
    statements_of(first)
    result.statements = len(statements_of(second))
    result.at_most("statements", result.statements, most)
    return result
