"""Product and twins in turn, A B C A B C, under the same client; ratios pair by pair, with their spread."""

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

PRODUCT = "product"
Requests = Callable[[int], Iterator[Request]]
"""So many requests, each new: what a side sends in one round."""


@dataclass(frozen=True)
class Shape:
    """How long the rounds are: requests in one, its seconds at most, rounds of each side, and the connections tried."""

    requests: int = 150
    seconds: float = 2
    twin_times: int = 3
    rounds: int = 3
    connections: tuple[int, ...] = (8, 1, 32)
    sizes: tuple[int, ...] = (10_000, 100_000)
    day: float = 12
    memory: int = 500
    """Requests after which a worker's memory is read; four times as many follow."""
    journeys: int = 12
    rounds_later: int = 1
    """Rounds at the larger sizes."""


TINY = Shape(
    requests=6, twin_times=1, rounds=1, connections=(2,), sizes=(200,), day=1, memory=30, journeys=1
)  # fmt: skip
FULL = Shape(
    requests=600, seconds=4, sizes=(10_000, 100_000, 1_000_000), day=60, memory=10_000, journeys=60, rounds_later=3
)  # fmt: skip


@dataclass(frozen=True)
class Twin:
    """What the product is compared with; `served` (port and process) where it has a server of its own."""

    name: str
    requests: Requests
    served: tuple[int, int] | None = None


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
    """Rounds of the product and of one twin at so many connections."""

    name: str
    connections: int
    product: list[Round] = field(default_factory=list)
    twin: list[Round] = field(default_factory=list)
    against: str = ""
    """The name of the twin."""

    def shares_by_cpu(self) -> list[float]:
        """How much of the twin's cheapness is reached, pair by pair."""
        return [t.cpu_ms / p.cpu_ms for p, t in zip(self.product, self.twin, strict=True) if p.cpu_ms]

    def shares_by_rate(self) -> list[float]:
        """How much of the twin's throughput is reached, pair by pair."""
        return [p.rate / t.rate for p, t in zip(self.product, self.twin, strict=True) if t.rate]


@dataclass
class Result:
    """What a workload found."""

    name: str
    comparisons: list[Comparison] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    statements: int | None = None
    acknowledged: dict[str, int] = field(default_factory=dict)
    """Right answers of each side, the warm-up's included."""
    wrong: list[str] = field(default_factory=list)
    """What the check of the answers found; anything here spoils the run."""
    load: float = 0.0
    """Of the machine when this was done."""
    seconds: float = 0.0
    """How long the whole workload took."""

    def at(self, connections: int, twin: str = "") -> Comparison:
        """The comparison with a twin at so many connections, or the first there is."""
        those = [c for c in self.comparisons if c.against == twin] or self.comparisons
        return next((c for c in those if c.connections == connections), those[0])

    def share(self, twin: str, least: float) -> None:
        """A share of the twin as a goal, by CPU and by requests, at eight connections."""
        here = self.at(8, twin)
        for words, found in (("CPU", here.shares_by_cpu()), ("req/s", here.shares_by_rate())):
            reached = median(found) >= least if found else None
            self.goals.append(Goal(f"of {twin}, {words} ≥ {least:.0%}", spread(found or [0]), reached))

    def take(self, seen: Seen, side: str) -> None:
        """Remember what a side was told, and what it was told wrongly."""
        self.acknowledged[side] = self.acknowledged.get(side, 0) + seen.answered
        self.wrong += [f"{side}: {one}" for one in seen.failed[: max(0, 3 - len(self.wrong))]]

    def at_most(self, words: str, figure: float, most: float, unit: str = "") -> None:
        """A figure that may not be larger."""
        self.goals.append(Goal(f"{words} ≤ {most:g}{unit}", f"{figure:.3g}{unit}", figure <= most))


def spread(shares: list[float]) -> str:
    """A share with its least and most over the rounds."""
    return f"{median(shares):.0%} ({min(shares):.0%}–{max(shares):.0%})"


def once(
    bench: Bench, requests: Iterator[Request], connections: int, served: tuple[int, int] | None = None
) -> Round:
    """One round of one side."""
    office = bench.office
    port, server = served or (office.port, office.server)
    within = bench.shape.seconds
    return Round(*cost_of(server, office.database, lambda: send(port, requests, connections, within=within)))


def compare(bench: Bench, result: Result, product: Requests, *twins: Twin) -> Result:
    """All sides in turn at every number of connections, after a warm-up; every wrong answer is kept."""
    shape = bench.shape
    sides = (Twin(PRODUCT, product), *twins)
    for side in sides:
        warm = once(bench, side.requests(max(4, shape.requests // 5)), 8, side.served)
        result.take(warm.seen, side.name)
    for connections in shape.connections:
        rounds: dict[str, list[Round]] = {side.name: [] for side in sides}
        for _ in range(shape.rounds if connections == shape.connections[0] else 1):
            for side in sides:
                number = shape.requests * (1 if side.name == PRODUCT else shape.twin_times)
                done = once(bench, side.requests(number), connections, side.served)
                rounds[side.name].append(done)
                result.take(done.seen, side.name)
        result.comparisons += [
            Comparison(result.name, connections, rounds[PRODUCT], rounds[twin.name], twin.name)
            for twin in twins
        ]
    return result


def count(result: Result, requests: Iterator[Request], most: int) -> Result:
    """The statements of one request, after one that warms this process up."""
    first, second = next(requests), next(requests)
    statements_of(first)
    result.statements = len(statements_of(second))
    result.at_most("statements", result.statements, most)
    return result
