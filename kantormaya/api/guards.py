"""Who may call what: the lock that each operation declares, and what it sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBasicAuth, HttpBearer

from kantormaya.api import keys
from kantormaya.api.models import Token
from kantormaya.api.problems import Wrong
from kantormaya.cases.codes import read_code
from kantormaya.cases.pins import PinAnswer, open_by_pin
from kantormaya.language.texts import Text
from kantormaya.people.models import Post
from kantormaya.people.roles import posts_of
from kantormaya.people.scopes import Scope, scope_agency, scope_case

LOCKED = Text(
    "Terlalu banyak PIN salah: kode ini dikunci 15 menit. Coba lagi nanti.",
    "Too many wrong PINs: this code is locked for 15 minutes. Try again later.",
)
NO_SCOPE = Text(
    "Token ini tidak boleh melakukannya; perlu {scope}.", "This token may not do that; it needs {scope}."
)
NO_POST = Text(
    "Pemilik token ini tidak memegang jabatan di instansinya hari ini.",
    "The owner of this token holds no post at its agency today.",
)


class HolderBearer(HttpBearer):
    """The short-lived token that code and PIN gave."""

    def authenticate(self, _request: HttpRequest, token: str) -> str | None:
        """The code of the case."""
        return keys.holder_of_key(token)


class HolderBasic(HttpBasicAuth):
    """Code and PIN themselves, as user and password."""

    def authenticate(self, request: HttpRequest, username: str, password: str) -> str | None:
        """The code of the case; wrong tries count."""
        code, found = open_by_pin(request, username, password)
        if found is PinAnswer.LOCKED:
            raise Wrong(429, LOCKED)
        return code


class OfficialBearer(HttpBearer):
    """The token of an official's program."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, _request: HttpRequest, token: str) -> Caller | None:
        """The caller, with the posts held today."""
        found = keys.find_token(token)
        if found is None:
            return None
        if self.scope not in found.scopes:
            raise Wrong(403, NO_SCOPE.format(scope=self.scope))
        posts = list(posts_of(found.account).filter(agency=found.agency))
        if not posts:
            raise Wrong(403, NO_POST)
        return Caller(found, posts)


@dataclass(frozen=True)
class Caller:
    """An official's program: its token, and the posts in which it may act."""

    token: Token
    posts: list[Post]

    @property
    def scope(self) -> Scope:
        """What the official sees at that agency."""
        return scope_agency(self.token.agency_id, self.token.account_id)


@dataclass(frozen=True)
class Guard:
    """`name` is what the operation declares; `scope` what its transaction sees; `subject` whose key it is."""

    name: str
    auth: Sequence[Callable[..., Any]] | None
    scope: Callable[[HttpRequest, dict[str, Any]], Scope | None]
    refusals: tuple[int, ...] = ()

    def subject(self, request: HttpRequest, named: dict[str, Any]) -> str:
        """Whose key it is: another's key is another key."""
        scope = self.scope(request, named)
        if scope is None:
            return self.name
        return f"{self.name} {scope.code}{scope.agency}/{scope.account}"


def _of_address(request: HttpRequest, named: dict[str, Any]) -> Scope:
    code = read_code(str(named.get("token", ""))[:60], settings.KANTOR_OFFICE_CODE)
    return scope_case(code or "-")  # what can't be a code opens nothing


def code_of(request: HttpRequest) -> str:
    """The code of the case that the caller holds."""
    return str(request.auth)  # type: ignore[attr-defined]


def caller_of(request: HttpRequest) -> Caller:
    """The official's program that calls."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return caller


PUBLIC = Guard("public", None, lambda _request, _named: None, (404,))
DRAFT = Guard("link_holder", None, _of_address, (404,))
HOLDER = Guard(
    "holder_token", [HolderBearer(), HolderBasic()], lambda request, _: scope_case(code_of(request)), (401, 404, 429)
)  # fmt: skip


def official(scope: str) -> Guard:
    """An official's program whose token has the scope."""
    return Guard(
        "official_token", [OfficialBearer(scope)], lambda request, _: caller_of(request).scope, (401, 403, 404)
    )  # fmt: skip
