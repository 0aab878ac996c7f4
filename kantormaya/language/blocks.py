"""Shared blocks: `use = ["name@revision"]` puts the tables of `_shared/name.toml` into the definition."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from kantormaya.language.lines import key_lines
from kantormaya.language.messages import Places
from kantormaya.language.slips import Slip, Where
from kantormaya.language.syntax import said_plainly
from kantormaya.language.texts import Text
from kantormaya.language.writing import FEE_TABLES

USE = re.compile(r"([a-z0-9][a-z0-9-]{0,79})@(\d{1,6})")


def expand(
    raw: dict[str, Any], blocks: Mapping[str, str], places: Places
) -> tuple[dict[str, Any], list[Slip]]:
    """`raw` with its blocks in it and `use` gone; a name on both sides is a slip, never an override."""
    if not isinstance(raw.get("use"), list):
        return raw, []
    found: list[Slip] = []
    whole = {key: value for key, value in raw.items() if key != "use"}
    for at, name in enumerate(raw["use"]):
        where = ("use", str(at))
        block = _block(name, blocks, where, found)
        if block is not None:
            text, tables = block
            places.add(f"_shared/{name.split('@')[0]}.toml", key_lines(text))
            _merge(whole, tables, (), found)
    return whole, found


def _block(
    name: object, blocks: Mapping[str, str], where: Where, found: list[Slip]
) -> tuple[str, dict[str, Any]] | None:
    named = USE.fullmatch(name) if isinstance(name, str) else None
    if named is None:
        found.append(("use.form", where, NO_NAME, WRITE_NAME))
        return None
    try:
        text = blocks[named[1]]
    except KeyError:
        found.append(("use.unknown", where, UNKNOWN.format(name=named[1]), LOOK_FOR.format(name=named[1])))
        return None
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line, fault, remedy = said_plainly(str(error), text)
        found.append(
            ("use.unreadable", where, IN_BLOCK.format(name=named[1], line=line, fault=fault), remedy)
        )
        return None
    revision = tables.pop("revision", None)
    if revision != int(named[2]):
        found.append(
            (
                "use.revision",
                where,
                OTHER_REVISION.format(here=revision),
                TAKE.format(name=named[1], n=revision),
            )
        )
        return None
    return text, tables


def _merge(whole: dict[str, Any], block: dict[str, Any], where: Where, found: list[Slip]) -> None:
    for key, value in block.items():
        here = (*where, key)
        if key not in whole:
            whole[key] = _copy(value)
        elif isinstance(value, dict) and isinstance(whole[key], dict) and _is_open(here):
            whole[key] = dict(whole[key])
            _merge(whole[key], value, here, found)
        else:
            found.append(("use.clash", here, CLASH.format(key=".".join(here)), RENAME))


def _is_open(where: Where) -> bool:
    """Tables may be completed by a block; entries may not."""
    return len(where) == 1 or (where[0] == "fee" and len(where) == 2 and where[1] in FEE_TABLES)


def _copy(value: Any) -> Any:
    return {key: _copy(inner) for key, inner in value.items()} if isinstance(value, dict) else value


NO_NAME = Text(
    "sebuah blok bersama disebut dengan nama dan revisinya", "a shared block is named with its revision"
)
WRITE_NAME = Text('tulis seperti "standar-dinas@1"', 'write it like "standar-dinas@1"')
UNKNOWN = Text("blok bersama {name} tidak ditemukan", "there is no shared block {name}")
LOOK_FOR = Text("periksa services/_shared/{name}.toml", "look at services/_shared/{name}.toml")
IN_BLOCK = Text("blok {name} baris {line}: {fault}", "block {name}, line {line}: {fault}")
OTHER_REVISION = Text(
    "revisi itu tidak ada: berkasnya revisi {here}", "no such revision: the file is revision {here}"
)
TAKE = Text('baca perubahannya, lalu tulis "{name}@{n}"', 'read what changed, then write "{name}@{n}"')
CLASH = Text("{key} ada di sini dan di blok bersama", "{key} is both here and in a shared block")
RENAME = Text("hapus atau ganti nama salah satunya", "delete or rename one of them")
