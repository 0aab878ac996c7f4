"""The roles an official can hold, and who holds them today."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from kantormaya.audit.gathering import Given
from kantormaya.audit.time import now
from kantormaya.language.roles import role_name
from kantormaya.language.texts import Text
from kantormaya.people.models import Account, Agency, Post

HEADS: dict[str, Text] = {
    "one_stop": Text("Kepala Dinas", "Head of the agency"),
    "technical": Text("Kepala Dinas", "Head of the agency"),
    "district": Text("Camat", "Head of the district (Camat)"),
}
"""What the head of an agency is called, by the kind of agency."""


def position(post: Post) -> Text:
    """The title under a signature: "Kepala Dinas", "Camat", "Plh. Sekretaris"."""
    title = HEADS.get(post.agency.kind) if post.role == "head_of_office" else None
    title = title or role_title(post.role)
    return Text(f"{post.acting} {title.id}", f"{title.said('en')} (acting)") if post.acting else title


def role_title(role: str) -> Text:
    """The role in words; a role that a definition named itself is shown as written there."""
    return role_name(role)


def in_force(on: date | Given | None = None) -> Q:
    """The posts held on that day (today, if none is given)."""
    day = on or timezone.localdate(now())
    return Q(since_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))


def posts_of(account: Account, on: date | None = None) -> QuerySet[Post]:
    """The posts an account holds on that day (today, if none is given)."""
    return (
        Post.objects.filter(in_force(on), account=account)
        .select_related("agency", "unit", "account")
        .order_by("id")
    )


def may_act_as(account: Account, role: str, agency: Agency | None = None) -> bool:
    """Whether the account holds the role today, at that agency if one is named."""
    held = posts_of(account).filter(role=role)
    return (held.filter(agency=agency) if agency else held).exists()


def holders(agency: str, role: str) -> list[tuple[str, str]]:
    """Mail address and language of everyone who holds the role at that agency today and has an address."""
    posts = Post.objects.filter(in_force(), agency__slug=agency, role=role).exclude(account__email="")
    return list(posts.values_list("account__email", "account__language").distinct())
