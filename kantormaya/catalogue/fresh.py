"""What changes a few times a year is asked for twice a second at most: whatever is published is seen everywhere within one."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 0.5
"""How long a process may go on with what it has just read; tests set it to 0."""


def fresh(read: Callable[P, T]) -> Callable[P, T]:
    """Read at most every half second in this process, for each thing asked, and never longer ago than that."""
    kept: dict[tuple[object, ...], tuple[float, T]] = {}

    @wraps(read)
    def lately(*args: P.args, **kwargs: P.kwargs) -> T:
        at, asked = time.monotonic(), (args, *sorted(kwargs.items()))
        known = kept.get(asked)
        if known is None or at - known[0] >= SECONDS:
            # a time from before the reading, so that nothing looks newer than it is
            known = kept[asked] = (at, read(*args, **kwargs))
        return known[1]

    return lately
