"""One act asks the same about the same case many times over; it is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import local
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def remembered(answer: Callable[P, T]) -> Callable[P, T]:
    """Give the last answer again, in the same thread, as long as the very same things are asked; nobody may change it."""
    last = local()

    @wraps(answer)
    def asked(*of: P.args, **named: P.kwargs) -> T:
        before: tuple[object, ...] = getattr(last, "of", ())
        if named or len(before) != len(of) or not all(a is b for a, b in zip(before, of, strict=True)):
            last.answer = answer(*of, **named)
            last.of = () if named else of
        found: T = last.answer
        return found

    return asked
