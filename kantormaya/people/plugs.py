"""An outside service by the name that the settings give it: a folder of a `providers` package."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def plug(providers: str, name: str) -> Any:
    """The provider in that folder, made; None where there is no such folder. A fault inside it is not hidden."""
    if not name.isidentifier():
        return None
    try:
        module = import_module(f"{providers}.{name}")
    except ModuleNotFoundError as missing:
        if missing.name != f"{providers}.{name}":
            raise
        return None
    return module.PROVIDER()
