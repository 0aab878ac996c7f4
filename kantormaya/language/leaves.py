"""Every value of a definition with its key path: for looking at all conditions, durations or texts at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

T = TypeVar("T")
Where = tuple[str, ...]


def leaves(value: Any, where: Where = ()) -> Iterator[tuple[Where, Any]]:
    """Key path and value of everything that is no table or list, in the order of the model."""
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from leaves(getattr(value, name), (*where, info.alias or name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, (*where, str(key)))
    elif isinstance(value, tuple):
        for at, inner in enumerate(value):
            yield from leaves(inner, (*where, str(at)))
    elif value is not None:
        yield where, value


def leaves_of(kind: type[T], value: Any) -> Iterator[tuple[Where, T]]:
    """Those of one kind: conditions, durations, texts."""
    return ((where, leaf) for where, leaf in leaves(value) if isinstance(leaf, kind))
