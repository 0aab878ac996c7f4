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
from kantormaya.people.guards import public
from kantormaya.people.models import Account, Post
from kantormaya.people.roles import posts_of, role_title


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

    def post_login(self, request: HttpRequest, user: Account, **kwargs: object) -> HttpResponse:
        """Writes the audit line of the sign-in."""
        record("sign_in", actor=user.username)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response


class SignIn(LoginView):  # type: ignore[misc]
    """The page to sign in; in the demo with a button per role instead of the form."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and the buttons of the demo."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo_posts": demo_posts()}


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
