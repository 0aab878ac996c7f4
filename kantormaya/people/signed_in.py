"""Who is signed in: the account with all that every page of the desk asks of it, in one statement."""

from __future__ import annotations

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import BigIntegerField, DateField
from django.utils import timezone

from kantormaya.audit.gathering import Given, Question, written
from kantormaya.audit.time import now
from kantormaya.people.models import Account, Agency, Post, Unit
from kantormaya.people.roles import in_force


class Officials(AuthenticationBackend):  # type: ignore[misc]
    """Officials by their password; once signed in, they come with the posts they hold today."""

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session, with `held` and `has_second_factor`; None where it is closed."""
        account = signed_in(user_id)
        return account if account is not None and self.user_can_authenticate(account) else None


def signed_in(account_id: int) -> Account | None:
    """The account with the posts it holds today, in their order, and whether it has a second factor."""
    accounts, posts, agencies, units, factors = _question().ask(
        account=account_id, today=timezone.localdate(now())
    )
    if not accounts:
        return None
    account: Account = accounts[0]
    agency_of, unit_of = ({one.pk: one for one in rows} for rows in (agencies, units))
    for post in posts:
        post.account, post.agency, post.unit = account, agency_of[post.agency_id], unit_of.get(post.unit_id)
    account.held, account.has_second_factor = posts, bool(factors)
    return account


@cache
def _question() -> Question:
    account, today = Given("account", BigIntegerField()), Given("today", DateField())
    posts = Post.objects.filter(in_force(today), account=account).order_by("id")
    return written(
        [
            Account.objects.filter(pk=account),
            posts,
            Agency.objects.filter(pk__in=posts.values("agency")),
            Unit.objects.filter(pk__in=posts.values("unit")),
            Authenticator.objects.filter(user=account).values("type"),
        ]
    )
