"""Bad words made by chance, the same ones in each run; other ones, and more, where KANTOR_HOSTILE says how many."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator

from tests.hostile.values import DISGUISES, NASTY, RUN

WORDS = int(os.environ.get("KANTOR_HOSTILE", "20000"))
SEED = None if "KANTOR_HOSTILE" in os.environ else 20
PIECES = [one for one in (*NASTY, *RUN) if len(one) < 60]
LETTERS = [
    chr(n)
    for span in ((0, 0x250), (0x600, 0x610), (0x2000, 0x2070), (0x1F600, 0x1F604))
    for n in range(*span)
]
made: Counter[str] = Counter()


def part(of: int) -> int:
    """So many of a dearer kind."""
    return WORDS * of // 20_000


def mixed(rng: random.Random, good: str = "") -> str:
    """Something good bent a little, pieces of bad things, or letters by chance."""
    match rng.randrange(5):
        case 0 | 4 if good:
            at = rng.randrange(len(good) + 1)
            return good[:at] + rng.choice((*PIECES, *DISGUISES, *LETTERS)) + good[at + rng.randrange(3) :]
        case 1:
            return "".join(rng.choices(LETTERS, k=rng.randrange(1, 24)))
        case 2:
            return str(
                rng.choice((rng.randrange(-(10**20), 10**20), rng.uniform(-1e9, 1e9), rng.getrandbits(200)))
            )
        case _:
            return "".join(rng.choices(PIECES, k=rng.randrange(1, 4)))


def inputs(kind: str, count: int, good: list[str]) -> Iterator[tuple[random.Random, str]]:
    """So many that are not alike."""
    rng, seen = random.Random(SEED), set[str]()
    while len(seen) < count:
        one = mixed(rng, rng.choice(good) if good else "")
        if one not in seen:
            seen.add(one)
            yield rng, one
    made[kind] += len(seen)


GOOD_WORDS = [
    "Depot Air Sehat", "2", "1.500.000", "2026-12-01", "2026-12-01T09:00", "16.06.01.1012", "-2.88, 103.83", "9906015708900001",
    "0812 0000 0001", "uji@contoh.example", "ya", "sumur", "https://contoh.example/", "1234567890123",
]  # fmt: skip
