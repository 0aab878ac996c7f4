"""The lock on every page: each view says who may open it, and a test finds the view that says nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt

from kantormaya.people.models import Post
from kantormaya.people.scopes import Scope, scope_agency, scope_case, scoped

View = Callable[..., HttpResponseBase]

HOLDER_COOKIE = "berkas"
ADDRESS_COOKIE = "alamat"
HOLDER_AGE = 4 * 3600


def public(view: View) -> View:
    """Anyone. The view sees no case unless it opens a scope itself."""
    return _locked(view, "public")


def system_callback(view: View) -> View:
    """A machine, which proves by its signature who it is: the view checks it before all else."""
    return _locked(csrf_exempt(view), "system_callback")


def link_holder(view: View) -> View:
    """Whoever has the address: it ends in the unguessable `code` of a case or `token` of a draft."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with scoped(scope_case(str(kwargs.get("token") or kwargs["code"]))):
            return view(request, *args, **kwargs)

    return _locked(guarded, "link_holder")


def case_holder(view: View) -> View:
    """Whoever gave code and PIN a short while ago; the view is handed `request.case_code` and sees that case only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        code = held_code(request)
        if not code:
            return redirect(settings.KANTOR_TRACK_URL)
        request.case_code = code  # type: ignore[attr-defined]
        with scoped(scope_case(code)):
            return view(request, *args, **kwargs)

    return _locked(guarded, "case_holder")


def held_code(request: HttpRequest) -> str | None:
    """The code of the case that this browser opened a short while ago."""
    try:
        return str(request.get_signed_cookie(HOLDER_COOKIE, salt=HOLDER_COOKIE, max_age=HOLDER_AGE))
    except (KeyError, BadSignature):
        return None


def hand_over(response: HttpResponse, code: str) -> None:
    """Let this browser open the case from now on, for some hours; call it once code and PIN were right."""
    _hand(response, HOLDER_COOKIE, code)


def _hand(response: HttpResponse, cookie: str, value: str) -> None:
    response.set_signed_cookie(
        cookie,
        value,
        salt=cookie,
        max_age=HOLDER_AGE,
        httponly=True,
        secure=settings.KANTOR_SECURE,
        samesite="Lax",
    )


def address_holder(view: View) -> View:
    """Whoever used a link mailed to an address a short while ago; the view is handed `request.email_key`, and no scope."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            key = request.get_signed_cookie(ADDRESS_COOKIE, salt=ADDRESS_COOKIE, max_age=HOLDER_AGE)
        except (KeyError, BadSignature):
            key = None
        if not key:
            return redirect(settings.KANTOR_COLLECT_URL)
        request.email_key = key  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return _locked(guarded, "address_holder")


def hand_over_address(response: HttpResponse, key: str) -> None:
    """Let this browser open the cases of a mail address (its digest) for some hours; call it once its link was used."""
    _hand(response, ADDRESS_COOKIE, key)


def official(role: str | tuple[str, ...] = (), *, transaction: bool = True) -> Callable[[View], View]:
    """An official signed in (with a second factor outside the demo) who holds the role, or any post if none is named.

    The view is handed `request.post`, all `request.posts` at that agency, `request.every_post` and `request.scope`.
    With `transaction=False` it opens `scoped(request.scope)` itself, for acts that speak to the network in between.
    """
    roles = (role,) if isinstance(role, str) else role

    def lock(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect(f"{settings.LOGIN_URL}?next={request.get_full_path()}")
            if not settings.KANTOR_DEMO and not request.user.has_second_factor:
                return redirect("mfa_activate_totp")
            scope = _take_post(request, roles)
            room: AbstractContextManager[None] = scoped(scope) if transaction else nullcontext()
            with room:
                return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]
        return _locked(guarded, "official")

    return lock


def _take_post(request: HttpRequest, roles: tuple[str, ...]) -> Scope:
    """The post in which the person acts now: the one chosen in this session, else the first."""
    posts: list[Post] = request.user.held  # type: ignore[union-attr]
    if not posts:
        raise PermissionDenied("no post")
    chosen = request.session.get("post")
    now = next((p for p in posts if p.pk == chosen), posts[0])
    here = [p for p in posts if p.agency_id == now.agency_id]
    fitting = [p for p in (now, *here) if not roles or p.role in roles]
    if not fitting:
        raise PermissionDenied("another role")
    request.post, request.posts, request.every_post = fitting[0], here, posts  # type: ignore[attr-defined]
    scope = scope_agency(now.agency_id, now.account_id)
    request.scope = scope  # type: ignore[attr-defined]
    return scope


def _locked(view: View, guard: str) -> View:
    view.guard = guard  # type: ignore[attr-defined]
    return view
