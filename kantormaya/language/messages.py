"""What the reader and the checker say: where it is, what is wrong, and what would mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kantormaya.language.texts import Text

Severity = Literal["fault", "doubt"]
FAULT = Text("kesalahan", "fault")
DOUBT = Text("keraguan", "doubt")


@dataclass(frozen=True, slots=True)
class Message:
    """A fault refuses publication, a doubt is a warning with its reason.

    `where` is a key path; a `code` never changes, so that tests and editors can rely on it.
    """

    severity: Severity
    code: str
    path: str
    line: int
    where: str
    fault: Text
    remedy: Text

    @property
    def unreadable(self) -> bool:
        """Whether the file could not be read at all (not TOML, not text)."""
        return self.code.startswith("unreadable")

    def as_json(self) -> dict[str, Any]:
        """The same, for a machine."""
        return {
            "severity": self.severity,
            "code": self.code,
            "path": self.path,
            "line": self.line,
            "where": self.where,
            "fault": {"id": self.fault.id, "en": self.fault.en},
            "remedy": {"id": self.remedy.id, "en": self.remedy.en},
        }

    def said(self, language: str = "id") -> str:
        """One line for a person: file and line, what is wrong, what to do."""
        kind = (FAULT if self.severity == "fault" else DOUBT).said(language)
        place = f" [{self.where}]" if self.where else ""
        words = f"{self.fault.said(language)} → {self.remedy.said(language)}"
        return f"{self.path}:{self.line}: {kind}{place}: {words}"


class Places:
    """Where each key stands: file and line of a key path, or of its nearest parent where it is missing."""

    def __init__(self, path: str, lines: dict[tuple[str, ...], int]) -> None:
        self.path = path
        self._known: dict[tuple[str, ...], tuple[str, int]] = {
            where: (path, line) for where, line in lines.items()
        }

    def add(self, path: str, lines: dict[tuple[str, ...], int]) -> None:
        """Add what stands in a shared block; what the definition itself says stays where it is."""
        for where, line in lines.items():
            self._known.setdefault(where, (path, line))

    def of(self, where: Sequence[str]) -> tuple[str, int]:
        """File and line of a key path."""
        parts = tuple(where)
        while parts:
            if parts in self._known:
                return self._known[parts]
            parts = parts[:-1]
        return self.path, 1


def shown(where: Sequence[str]) -> str:
    """A key path as people write it: list positions counted from one."""
    return "".join(f"[{int(p) + 1}]" if p.isdigit() else f".{p}" for p in where).removeprefix(".")
