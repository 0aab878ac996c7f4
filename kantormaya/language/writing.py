"""Writes a definition as TOML that a person goes on editing: the grammar's order, one line while it fits."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

ROOT = (
    "slug", "title", "agency", "kind", "variants", "channels", "audience", "survey",
    "group", "summary", "keywords", "use",
)  # fmt: skip
TABLES = (
    "promise", "party", "term", "field", "requirement", "booking",
    "fee", "step", "task", "outcome", "product", "national", "standard",
)  # fmt: skip
OF_ENTRIES = {"party", "term", "field", "requirement", "booking", "step", "task", "outcome", "product"}
FEE_TABLES = ("tariff", "line", "bill")
ONE_LINE = 150

Comments = Mapping[str, str]


def write(raw: Mapping[str, Any], comments: Comments | None = None) -> str:
    """The definition as TOML text; reading it gives `raw` again, ids in the same order.

    `comments` stand above what they speak of: {"": the file, "promise": a table, "promise.within": a key, …}.
    """
    said = comments or {}
    names = [name for name in (*ROOT, *TABLES) if name in raw]
    names += [name for name in raw if name not in names]
    plain = [name for name in names if not _is_table(name, raw[name])]
    blocks = [_said(said, ""), _lines({name: raw[name] for name in plain}, (), said)]
    for name in names:
        if name not in plain:
            blocks += _table((name,), raw[name], said)
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _is_table(name: str, value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and name not in ROOT


def _table(path: tuple[str, ...], table: dict[str, Any], said: Comments) -> list[list[str]]:
    if path[0] in OF_ENTRIES or len(path) > 1:
        return _entries(path, table, said)
    inner = [k for k in FEE_TABLES if path == ("fee",) and isinstance(table.get(k), dict) and table[k]]
    own = {k: v for k, v in table.items() if k not in inner}
    blocks = [[*_said(said, _dotted(path)), f"[{_dotted(path)}]", *_lines(own, path, said)]] if own else []
    if not own and _dotted(path) in said:
        blocks = [_said(said, _dotted(path))]
    for key in inner:
        blocks += _entries((*path, key), table[key], said)
    return blocks


def _entries(path: tuple[str, ...], entries: dict[str, Any], said: Comments) -> list[list[str]]:
    """The longest run of short entries stands as lines in one block; the others get a header each."""
    head = _said(said, _dotted(path))
    if not all(isinstance(entry, dict) for entry in entries.values()):
        return [[*head, f"[{_dotted(path)}]", *_lines(entries, path, said)]]
    names = list(entries)
    run = _longest_run([_fits(name, entries[name]) for name in names])
    blocks: list[list[str]] = []
    for at, name in enumerate(names):
        here = (*path, name)
        if at in run:
            if at == run.start:
                short = {n: entries[n] for n in names[run.start : run.stop]}
                blocks.append([f"[{_dotted(path)}]", *_one_liners(short, path, said)])
        else:
            body = _lines(entries[name], here, said)
            blocks.append([*_said(said, _dotted(here)), f"[{_dotted(here)}]", *body])
    if blocks:
        blocks[0] = head + blocks[0]
    return blocks


def _fits(name: str, value: dict[str, Any]) -> bool:
    return len(f"{_key(name)} = {_inline(value)}") <= ONE_LINE


def _longest_run(fits: list[bool]) -> range:
    best = range(0)
    start = 0
    for at, fit in enumerate([*fits, False]):
        if not fit:
            best = max(best, range(start, at), key=len)
            start = at + 1
    return best


def _one_liners(entries: dict[str, Any], path: tuple[str, ...], said: Comments) -> list[str]:
    width = max(len(_key(name)) for name in entries)
    lines: list[str] = []
    for name, value in entries.items():
        lines += _said(said, _dotted((*path, name)))
        lines.append(f"{_key(name):<{width}} = {_inline(value)}")
    return lines


def _lines(values: Mapping[str, Any], path: tuple[str, ...], said: Comments) -> list[str]:
    """The lines `key = value` below a header; what is too long is spread over dotted keys or over lines."""
    pairs: list[tuple[tuple[str, ...], Any]] = []
    for key, value in values.items():
        pairs += _spread((key,), value)
    width = max((len(_dotted(keys)) for keys, _ in pairs), default=0)
    lines: list[str] = []
    told: set[str] = set()
    for keys, value in pairs:
        for depth in range(1, len(keys) + 1):
            spot = _dotted((*path, *keys[:depth]))
            lines += [] if spot in told else _said(said, spot)
            told.add(spot)
        lines.append(f"{_dotted(keys):<{width}} = {_tall(value)}")
    return lines


def _spread(keys: tuple[str, ...], value: Any) -> list[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict) and value:
        tables = all(isinstance(v, dict) for v in value.values()) and keys[-1] in ("move", "one_of", "duty")
        if tables or len(f"{_dotted(keys)} = {_inline(value)}") > ONE_LINE:
            return [pair for key, inner in value.items() for pair in _spread((*keys, key), inner)]
    return [(keys, value)]


def _tall(value: Any) -> str:
    """A value that may take several lines: a long list by item, a long text by its own line breaks."""
    if isinstance(value, str) and "\n" in value:
        return '"""\n' + "\n".join(_escaped(line) for line in value.split("\n")) + '"""'
    flat = _inline(value)
    if not isinstance(value, (list, tuple)) or len(flat) <= ONE_LINE - 40 or len(value) < 2:
        return flat
    return "[\n" + "".join(f"  {_inline(item)},\n" for item in value) + "]"


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{_escaped(value)}"'
    if isinstance(value, int):
        return f"{value:_}" if abs(value) >= 1000 else str(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{_key(k)} = {_inline(v)}" for k, v in value.items()) + " }" if value else "{}"
        )
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    raise TypeError(f"TOML has no way to write {type(value).__name__}")


def _escaped(text: str) -> str:
    known = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return "".join(known.get(c) or (c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}") for c in text)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f'"{_escaped(name)}"'


def _dotted(path: tuple[str, ...]) -> str:
    return ".".join(_key(part) for part in path)


def _said(said: Comments, spot: str) -> list[str]:
    return [f"# {line}".rstrip() for line in said.get(spot, "").splitlines()]
