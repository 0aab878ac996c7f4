"""One's own cases without an account: an address, a link by mail, the list. Nothing requires it."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kantormaya.cases.links import email_key, is_good, use_link
from kantormaya.cases.models import Case
from kantormaya.casework.collecting import cases_of, open_one
from kantormaya.casework.rekeying import renew_by_link
from kantormaya.casework.standing import standing
from kantormaya.casework.tasks import send_link_to
from kantormaya.language.answers import read
from kantormaya.language.asking import Field
from kantormaya.language.forms import errors_of, show
from kantormaya.language.texts import Text
from kantormaya.people import limits
from kantormaya.people.guards import ADDRESS_COOKIE, address_holder, hand_over, hand_over_address, public
from kantormaya.people.readers import language
from kantormaya.people.scopes import scope_case, scoped

ADDRESS = Field(
    type="email",
    label=Text("Alamat email Anda", "Your e-mail address"),
    help=Text("Yang Anda tulis ketika mengajukan.", "The one you gave when you applied."),
)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the link. The answer, and how soon it comes, is the same whether the address is known or not."""
    typed = request.POST.get("email", "").strip()[:254]
    if request.method == "POST":
        found = read(ADDRESS, typed)
        if not isinstance(found, Text):
            limits.take("link", request, email_key(str(found)))
            send_link_to.defer(address=found, language=language())
            return redirect("my_cases_sent")
        field = show("email", ADDRESS, posted={"email": [typed]}, error=found)
        return render(
            request, "portal/my_cases_ask.html", {"field": field, "errors": errors_of([field])}, status=422
        )
    return render(request, "portal/my_cases_ask.html", {"field": show("email", ADDRESS)})


@public
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Look into your mail."""
    return render(request, "portal/my_cases_sent.html")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """The link of the mail. It is used up by the button, not by looking: mail programs look at links by themselves."""
    if request.method == "POST":
        limits.refuse("open_case", request)
    key = use_link(secret) if request.method == "POST" else None
    if key is not None:
        response = redirect("my_cases")
        hand_over_address(response, key)
        return response
    if request.method == "POST":
        limits.wrong("open_case", request)
    good = request.method != "POST" and is_good(secret)
    return render(request, "portal/my_cases_open.html", {"is_good": good}, status=200 if good else 410)


@address_holder
@require_safe
def my_cases(request: HttpRequest) -> HttpResponse:
    """The list."""
    key = secrets.token_hex(16)
    rows = [_row(case, key) for case in cases_of(request.email_key)]  # type: ignore[attr-defined]
    return render(request, "portal/my_cases.html", {"rows": rows})


def _row(case: Case, key: str) -> dict[str, Any]:
    now_ = standing(case)
    state, definition = now_.state, now_.definition
    at = definition.step[state.at].title if state.at in definition.step else definition.ends[state.at].title
    return {
        "key": key, "code": case.code, "title": definition.title, "number": case.number, "at": at, "submitted_at": case.submitted_at,
        "kind": "" if state.is_open else "done", "waits": state.is_open and case.turn == "applicant",
    }  # fmt: skip


@address_holder
@require_POST
def open_case(request: HttpRequest, code: str) -> HttpResponse:
    """Open one of them in this browser, without its PIN."""
    case = open_one(cases_of(request.email_key), code)  # type: ignore[attr-defined]
    if case is None:
        return redirect("my_cases")
    response = redirect("track_case")
    hand_over(response, case.code)
    return response


@address_holder
@require_POST
def new_pin(request: HttpRequest, code: str) -> HttpResponse:
    """A new PIN for one of them, told this once."""
    case = open_one(cases_of(request.email_key), code)  # type: ignore[attr-defined]
    key = request.POST.get("key", "")[:40]
    if case is None or len(key) < 16:
        return redirect("my_cases")
    limits.take("new_pin", request, case.code)
    with scoped(scope_case(case.code)):
        pin = renew_by_link(case.pk, key=key)
    title = Text(case.title_id, case.title_en or None)
    return render(request, "portal/new_pin.html", {"case": case, "title": title, "pin": pin})


@address_holder
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the address in this browser."""
    response = redirect("my_cases_ask")
    response.delete_cookie(ADDRESS_COOKIE)
    return response
