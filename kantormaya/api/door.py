"""The interface itself: how an operation is put behind its guard, how a write is done once, what is read and told."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.parser import Parser
from ninja.responses import Status
from pydantic import BaseModel

from kantormaya.api.guards import Guard
from kantormaya.api.once import KEY, asked, once, once_apart
from kantormaya.api.problems import Problem, told
from kantormaya.language.plain import all_plain
from kantormaya.people import limits
from kantormaya.people.readers import read_in
from kantormaya.people.scopes import scoped

View = Callable[..., Any]
Apart = Callable[[HttpRequest, dict[str, Any], str], dict[str, Any]]
ABOUT = (
    "The office as a machine sees it: the same verbs as its pages, and no rule of its own. Every write carries a header "
    "Idempotency-Key; the same key with the same body is answered the same and nothing is done twice. Refusals are "
    "application/problem+json in the language of Accept-Language (id, en)."
)
KEY_PARAMETER = {
    "in": "header", "name": "Idempotency-Key", "required": True, "schema": {"type": "string", "pattern": KEY},
}  # fmt: skip
LANGUAGE_PARAMETER = {
    "in": "header",
    "name": "Accept-Language",
    "required": False,
    "schema": {"type": "string"},
}


class Sound(Parser):
    """JSON that the office can keep: no NaN, no endless number, no letter that is none."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body, or ValueError."""
        found = json.loads(request.body, parse_constant=_refuse)
        _look_through(found)
        return all_plain(found)


def _refuse(said: str) -> None:
    raise ValueError(said)


def _look_through(value: Any) -> None:
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("a letter that is none")
        value.encode()  # refuses half a letter
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError("an endless number")
    elif isinstance(value, int) and abs(value) >= 2**63:
        raise ValueError("a number too large")
    elif isinstance(value, dict):
        for name, one in value.items():
            _look_through(name)
            _look_through(one)
    elif isinstance(value, list):
        for one in value:
            _look_through(one)


door = NinjaAPI(
    title="Kantor Maya", version="1", description=ABOUT, openapi_url=None, docs_url=None, parser=Sound(),
    urls_namespace="machine",
)  # fmt: skip
door.add_exception_handler(Exception, told)
for _handled in list(door._exception_handlers):  # ninja answers some by itself, in its own form
    door.add_exception_handler(_handled, told)


def reads(
    router: Router,
    path: str,
    guard: Guard,
    answer: Any,
    *,
    method: str = "GET",
    media: str = "",
    limit: str = "",
) -> Callable[[View], View]:
    """An operation that only looks, in the scope of its guard (POST where what is asked must not stand in an address).

    `media`: the type of an answer that is no JSON. `limit`: how often, by its name in people/data/limits.toml.
    """

    def register(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, **named: Any) -> Any:
            scope = guard.scope(request, named)
            if limit:
                limits.take(limit, request, scope.code if scope else "")
            with scoped(scope) if scope else nullcontext():
                return view(request, **named)

        run.guard = guard.name  # type: ignore[attr-defined]
        refusals = (401, 413, 429) if method == "POST" else (429,) if limit else ()
        declared = _declared(view, guard, {200: answer}, refusals)
        declared["openapi_extra"] |= {"x-media": media} if media else {}
        router.api_operation([method], path, **declared)(run)
        return view

    return register


def writes(
    router: Router, path: str, guard: Guard, answer: Any, *, status: int = 200, method: str = "POST",
    apart: Apart | None = None, in_transaction: bool = True, limit: str = "",
) -> Callable[[View], View]:  # fmt: skip
    """An operation that acts, once for each key: the act and its answer are kept together.

    The view is handed `request.key`, the key of the act. `apart` makes what is told and never kept.
    `in_transaction=False` is for acts that have transactions of their own. `limit`: as in `reads`.
    """

    def register(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, **named: Any) -> Any:
            scope = guard.scope(request, named)
            if limit:
                limits.take(limit, request, scope.code if scope else "")
            call = asked(request, guard.subject(request, named), scope.code if scope else "")
            request.key = call.digest  # type: ignore[attr-defined]

            def act() -> dict[str, Any]:
                done: BaseModel = view(request, **named)
                return done.model_dump(mode="json", by_alias=True)

            if not in_transaction:
                return Status(status, once_apart(call, act, status))
            with scoped(scope or call.scope):
                said = once(call, act, status)
                return Status(status, said | (apart(request, named, call.digest) if apart else {}))

        run.guard = guard.name  # type: ignore[attr-defined]
        declared = _declared(view, guard, {status: answer}, (409, 413, 422, *([429] if limit else [])))
        declared["openapi_extra"]["parameters"] = [KEY_PARAMETER]
        router.api_operation([method], path, **declared)(run)
        return view

    return register


def _declared(view: View, guard: Guard, answers: dict[int, Any], refusals: tuple[int, ...]) -> dict[str, Any]:
    told_too = {400, 422, 500, 503, 507, *refusals, *guard.refusals}
    return {
        "response": {**answers, **dict.fromkeys(sorted(told_too), Problem)},
        "auth": guard.auth,
        "summary": (view.__doc__ or "").strip().splitlines()[0],
        "openapi_extra": {"x-guard": guard.name},
    }


def key_of(request: HttpRequest) -> str:
    """The key of the act that is being done: it goes into the event, so that even without its answer it is done once."""
    key: str = request.key  # type: ignore[attr-defined]
    return key


def described() -> dict[str, Any]:
    """The interface in OpenAPI 3.1."""
    whole: dict[str, Any] = json.loads(
        json.dumps(door.get_openapi_schema(path_prefix="/api/v1/"), default=str)
    )
    for operations in whole["paths"].values():
        for operation in operations.values():
            if media := operation.pop("x-media", ""):
                operation["responses"]["200"]["content"] = {
                    media: {"schema": {"type": "string", "format": "binary"}}
                }
            for status, answer in operation.get("responses", {}).items():
                if int(status) >= 400:
                    answer["content"] = {"application/problem+json": answer["content"]["application/json"]}
    return whole


def whole(view: View, guard: str) -> View:
    """The view of an address: bears the guard of its operations, and speaks the language asked for."""
    from kantormaya.api.problems import BAD_ADDRESS, NO_METHOD, problem

    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        say = preferred(request.headers.get("Accept-Language", ""))
        with read_in(say):
            if "\0" in request.path or any(
                "\0" in one for values in request.GET.lists() for one in values[1]
            ):
                answer = problem(400, BAD_ADDRESS)
            else:
                answer = view(request, *args, **named)
            if answer.status_code == 405:
                allowed = answer.headers.get("Allow", "")
                answer = problem(405, NO_METHOD)
                answer["Allow"] = allowed
        answer["Content-Language"] = say
        answer["Vary"] = "Accept-Language"
        return answer

    spoken.guard = guard  # type: ignore[attr-defined]
    spoken.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie opens anything here
    return spoken


def preferred(header: str) -> str:
    """The language that a reader likes best of ours; Indonesian where none is named."""
    from django.utils.translation.trans_real import parse_accept_lang_header

    liked = (code.partition("-")[0] for code, _ in parse_accept_lang_header(header[:200].lower()))
    return next((code for code in liked if code in ("id", "en")), "id")
