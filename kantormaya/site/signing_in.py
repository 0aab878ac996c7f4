"""How an official comes in: a password and a second factor, or in the demo one button per role."""

from __future__ import annotations

from collections import Counter
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from kantormaya.audit.recording import record
from kantormaya.language.plain import whole
from kantormaya.language.texts import Text
from kantormaya.people import limits
from kantormaya.people.guards import public
from kantormaya.people.models import Account, Post
from kantormaya.people.roles import posts_of, role_title
from kantormaya.site.middleware import too_many

LOCKED = Text(
    "Terlalu banyak percobaan: kata sandi salah beberapa kali. Tunggu lima belas menit, lalu coba lagi, atau hubungi admin perangkat daerah Anda.",
    "Too many tries: the password was wrong several times. Wait fifteen minutes and try again, or ask the administrator of your agency.",
)


class OfficialsAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator of the agency: nobody signs up."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for setting up the first second factor: the password was typed a moment ago."""
        return is_mfa_enabled(self.request.user) and bool(
            super().is_reauthentication_required(app=app, **kwargs)
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where the request came from, as our own proxies say."""
        return limits.client_ip(request) or "unknown"

    def post_login(self, request: HttpRequest, user: Account, **kwargs: object) -> HttpResponse:
        """Writes the audit line of the sign-in."""
        record("sign_in", actor=user.username)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response


class SignIn(LoginView):  # type: ignore[misc]
    """The page to sign in; in the demo with a button per role instead of the form."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Not from where too many were wrong; a wrong one is counted."""
        limits.refuse("sign_in", request)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        if answer.status_code != 302:
            limits.wrong("sign_in", request)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and the buttons of the demo."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo_posts": demo_posts()}


def name_typed(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account that is tried, however it is written; the accounts library and the form call it by two names."""
    named = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(named).strip().lower()


def locked(request: HttpRequest, *_: Any) -> HttpResponse:
    """The answer to somebody who tries an account that is locked after wrong passwords."""
    return too_many(request, LOCKED, int(settings.AXES_COOLOFF_TIME * 3600))


@public
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """In the demo only: sign in as the post whose button was pressed."""
    if not settings.KANTOR_DEMO:
        raise Http404
    post = get_object_or_404(Post.objects.select_related("account"), pk=whole(request.POST.get("post", "")))
    login(request, post.account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    request.session["post"] = post.pk
    record("sign_in", actor=post.account.username, agency_id=post.agency_id, way="demo")
    return redirect(settings.LOGIN_REDIRECT_URL)


@public
@require_POST
def take_post(request: HttpRequest) -> HttpResponse:
    """Go on in another post that the person signed in holds."""
    if request.user.is_authenticated:
        post = get_object_or_404(posts_of(request.user), pk=whole(request.POST.get("post", "")))
        request.session["post"] = post.pk
    return redirect(settings.LOGIN_REDIRECT_URL)


def demo_posts() -> list[dict[str, Any]]:
    """The buttons of the demo: every post with its role and agency; empty outside the demo."""
    if not settings.KANTOR_DEMO:
        return []
    posts = (
        Post.objects.filter(account__is_active=True)
        .select_related("agency", "account")
        .order_by("agency_id", "id")
    )
    seen: Counter[tuple[int, str]] = Counter()
    shown = []
    for post in posts:
        seen[post.agency_id, post.role] += 1
        nth = seen[post.agency_id, post.role]
        role = role_title(post.role)
        role = Text("{role} {n}", "{role} {n}").format(role=role, n=nth) if nth > 1 else role
        shown.append({"id": post.pk, "role": role, "agency": post.agency, "account": post.account})
    return shown
