"""From a text to a definition: TOML, shared blocks expanded, the model built, and every slip located."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kantormaya.language.blocks import expand
from kantormaya.language.definition import Definition
from kantormaya.language.lines import key_lines
from kantormaya.language.messages import Message, Places, Severity
from kantormaya.language.messages import shown as shown_where
from kantormaya.language.slips import Slip, Where, slips
from kantormaya.language.syntax import said_plainly
from kantormaya.language.texts import Text
from kantormaya.language.writing import write

LONGEST = 300_000
DEEPEST = 12
MOST_ENTRIES = 250
LARGEST = 10**15
DOT_BOMB = re.compile(r"(?:[A-Za-z0-9_-]+[ \t]*\.[ \t]*){20}")


class Refused(ValueError):
    """The text is no sound definition; `.messages` say why."""

    def __init__(self, messages: list[Message]) -> None:
        super().__init__("\n".join(message.said("id") for message in messages))
        self.messages = messages


@dataclass(frozen=True)
class Source:
    """A definition's text and what was read from it; `raw` is the expanded text as data."""

    path: str
    text: str
    raw: dict[str, Any]
    places: Places
    definition: Definition | None
    faults: list[Message] = field(default_factory=list)
    used: tuple[str, ...] = ()

    def message(self, severity: Severity, code: str, where: Where, fault: Text, remedy: Text) -> Message:
        """A message about a key path of this text."""
        where = self._standing(where)
        path, line = self.places.of(where)
        return Message(severity, code, path, line, shown_where(where), fault, remedy)

    def _standing(self, where: Where) -> Where:
        """The part of a key path that is in the text; a key that is missing from a table stays as the last."""
        value: Any = self.raw
        for depth, part in enumerate(where):
            if isinstance(value, dict) and part in value:
                value = value[part]
            elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
                value = value[int(part)]
            else:
                return where[: depth + 1] if isinstance(value, dict) else where[:depth]
        return where


def load(path: Path | str) -> Source:
    """What a file (or the `service.toml` of a folder) says; never raises: what is wrong is in `.faults`."""
    file = Path(path)
    if file.is_dir():
        file = file / "service.toml"
    try:
        data = file.read_bytes()
    except OSError as error:
        return _unreadable(str(file), "", 1, "missing", NO_FILE.format(why=error.strerror or "?"), CHECK_PATH)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _unreadable(str(file), "", line, "bytes", NOT_UTF8, SAVE_UTF8)
    shared = _Shared(file.resolve().parent.parent / "_shared")
    return read(text, path=str(file), blocks=shared)


def load_text(
    text: str, *, blocks: Mapping[str, str] | None = None, path: str = "service.toml"
) -> Definition:
    """The definition of a text (`blocks`: name of a shared block → its text); raises Refused."""
    source = read(text, path=path, blocks=blocks)
    if source.definition is None:
        raise Refused(source.faults)
    return source.definition


def read(text: str, *, path: str = "service.toml", blocks: Mapping[str, str] | None = None) -> Source:
    """What a text says, its faults beside it."""
    if len(text) > LONGEST or DOT_BOMB.search(text):
        return _unreadable(path, text, 1, "size", TOO_BIG, SPLIT_IT)
    try:
        raw = tomllib.loads(text)
    except RecursionError:
        return _unreadable(path, text, 1, "size", TOO_BIG, SPLIT_IT)
    except ValueError as error:
        line, fault, remedy = said_plainly(str(error), text)
        return _unreadable(path, text, line, "toml", fault, remedy)
    places = Places(path, key_lines(text))
    found = list(_absurd(raw, ()))
    used = (
        tuple(u for u in raw.get("use", []) if isinstance(u, str)) if isinstance(raw.get("use"), list) else ()
    )
    if not found:
        raw, more = expand(raw, {} if blocks is None else blocks, places)
        found += more
        found += list(_absurd(raw, ()))
    definition = None
    if not any(code.startswith("absurd") for code, *_ in found):
        try:
            definition = Definition.model_validate(raw)
        except ValidationError as error:
            found += slips(error, raw)
    source = Source(path, text, raw, places, None if found else definition, used=used)
    messages = (source.message("fault", *slip) for slip in found)
    source.faults.extend(sorted(messages, key=lambda message: message.line))
    return source


def expanded(source: Source) -> str:
    """The whole text, shared blocks in it, always in the same form: what publication stores and hashes."""
    names = "memakai bersama: " + ", ".join(source.used) if source.used else ""
    return write(source.raw, {"": names} if names else {})


class _Shared(dict[str, str]):
    """The shared blocks beside the services, read when a definition names them."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def __missing__(self, name: str) -> str:
        file = self.folder / f"{name}.toml"
        try:
            self[name] = file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise KeyError(name) from error
        return self[name]


def _absurd(value: Any, where: Where) -> Iterator[Slip]:
    """What no honest definition holds and what would only make later work slow."""
    if len(where) > DEEPEST:
        yield "absurd.depth", where, TOO_DEEP, FLATTEN
    elif isinstance(value, (dict, list)):
        if len(value) > MOST_ENTRIES:
            yield "absurd.many", where, TOO_MANY, SPLIT_IT
            return
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _absurd(inner, (*where, str(key)))
    elif isinstance(value, (int, float)) and not (math.isfinite(value) and abs(value) <= LARGEST):
        yield "absurd.number", where, TOO_LARGE, SANE_NUMBER


def _unreadable(path: str, text: str, line: int, kind: str, fault: Text, remedy: Text) -> Source:
    message = Message("fault", f"unreadable.{kind}", path, line, "", fault, remedy)
    return Source(path, text, {}, Places(path, {}), None, [message])


NO_FILE = Text("berkas tidak dapat dibaca ({why})", "the file cannot be read ({why})")
CHECK_PATH = Text("periksa nama folder atau berkasnya", "check the name of the folder or file")
NOT_UTF8 = Text("berkas ini bukan teks UTF-8", "this file is not UTF-8 text")
SAVE_UTF8 = Text("simpan sebagai teks biasa, UTF-8", "save it as plain text, UTF-8")
TOO_BIG = Text("teksnya terlalu besar atau terlalu dalam", "the text is too big or nested too deeply")
SPLIT_IT = Text("pindahkan uraian panjang ke guide.md", "move long prose to guide.md")
TOO_DEEP = Text("tabel di dalam tabel terlalu dalam", "tables inside tables too deeply")
FLATTEN = Text("tulis lebih datar", "write it flatter")
TOO_MANY = Text("terlalu banyak isi dalam satu tabel", "too many entries in one table")
TOO_LARGE = Text("angka ini tidak masuk akal", "this number makes no sense")
SANE_NUMBER = Text("tulis angka yang wajar, rupiah bulat", "write a sensible number, whole rupiah")
