"""One sound definition the tests of this package plant their faults in."""

from __future__ import annotations

from pathlib import Path

from kantormaya.language.definition import Definition
from kantormaya.language.reading import Source, load_text, read

HERE = Path(__file__).parent


def text(name: str = "usaha") -> str:
    """The text of a sample."""
    return (HERE / f"{name}.toml").read_text("utf-8")


def sample(name: str = "usaha") -> Definition:
    """A sample as definition."""
    return load_text(text(name))


def planted(*changes: tuple[str, str], name: str = "usaha") -> Source:
    """The sample with each first text replaced by the second."""
    changed = text(name)
    for old, new in changes:
        assert changed.count(old) == 1, f"{old!r} stands {changed.count(old)} times in the sample"
        changed = changed.replace(old, new)
    return read(changed)
