"""On which line of a TOML text each key stands; goes on as well as it can where the text is broken."""

from __future__ import annotations

import re
from bisect import bisect_right

Where = tuple[str, ...]

DEEPEST = 60
BARE = re.compile(r"[A-Za-z0-9_-]+")
BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'',
    re.DOTALL,
)
SCALAR = re.compile(r"[^,\]}\n#]*")


def key_lines(text: str) -> dict[Where, int]:
    """Key path → line number, positions in lists as "0", "1", …"""
    return _Scan(text).document()


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.ends = [i for i, c in enumerate(text) if c == "\n"]
        self.found: dict[Where, int] = {}
        self.lists: dict[Where, int] = {}

    def document(self) -> dict[Where, int]:
        table: Where = ()
        self._blank()
        while self.at < len(self.text):
            if self._next("["):
                table = self._header()
            else:
                self._pair(table, 0)
            self._rest_of_line()
            self._blank()
        return self.found

    def _header(self) -> Where:
        several = self.text.startswith("[[", self.at)
        self.at += 2 if several else 1
        start = self.at
        where = self._keys()
        if several and where:
            place = self.lists[where] = self.lists.get(where, -1) + 1
            self._note(where, start)
            where = (*where, str(place))
        else:
            for depth in range(1, len(where)):
                if where[:depth] in self.lists:
                    where = (*where[:depth], str(self.lists[where[:depth]]), *where[depth:])
        self._note(where, start)
        self._spaces()
        self.at += 2 if several else 1
        return where

    def _pair(self, table: Where, depth: int) -> None:
        start = self.at
        keys = self._keys()
        for length in range(1, len(keys) + 1):
            self._note((*table, *keys[:length]), start)
        self._spaces()
        if keys and self._next("="):
            self.at += 1
            self._spaces()
            self._value((*table, *keys), depth)

    def _keys(self) -> Where:
        keys: list[str] = []
        while self.at < len(self.text) and len(keys) < DEEPEST:
            self._spaces()
            if bare := BARE.match(self.text, self.at):
                keys.append(bare[0])
                self.at = bare.end()
            elif quoted := STRING.match(self.text, self.at):
                keys.append(_plain(quoted[0]))
                self.at = quoted.end()
            else:
                break
            self._spaces()
            if not self._next("."):
                break
            self.at += 1
        return tuple(keys)

    def _value(self, where: Where, depth: int) -> None:
        if depth > DEEPEST:
            self._rest_of_line()
        elif string := STRING.match(self.text, self.at):
            self.at = string.end()
        elif self._next("["):
            self._list(where, depth)
        elif self._next("{"):
            self._inline_table(where, depth)
        elif scalar := SCALAR.match(self.text, self.at):
            self.at = scalar.end()

    def _list(self, where: Where, depth: int) -> None:
        self.at += 1
        place = 0
        self._blank()
        while self.at < len(self.text) and not self._next("]"):
            before = self.at
            self._note((*where, str(place)), before)
            self._value((*where, str(place)), depth + 1)
            place += 1
            self._blank()
            if self._next(","):
                self.at += 1
                self._blank()
            elif self.at == before:
                return
        self.at += 1

    def _inline_table(self, where: Where, depth: int) -> None:
        self.at += 1
        self._blank()
        while self.at < len(self.text) and not self._next("}"):
            before = self.at
            self._pair(where, depth + 1)
            self._blank()
            if self._next(","):
                self.at += 1
                self._blank()
            elif not self._next("}") or self.at == before:
                return
        self.at += 1

    def _note(self, where: Where, position: int) -> None:
        if where:
            self.found.setdefault(where, bisect_right(self.ends, position - 1) + 1)

    def _next(self, token: str) -> bool:
        return self.text.startswith(token, self.at)

    def _blank(self) -> None:
        if blank := BLANK.match(self.text, self.at):
            self.at = blank.end()

    def _spaces(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in " \t":
            self.at += 1

    def _rest_of_line(self) -> None:
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end


def _plain(quoted: str) -> str:
    inner = quoted[1:-1]
    return re.sub(r"\\(.)", r"\1", inner) if quoted[0] == '"' and "\\" in inner else inner
