"""The roles an official can hold, and who holds them today."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from kantormaya.audit.time import now
from kantormaya.language.texts import Text
from kantormaya.people.models import Account, Agency, Post

ROLES: dict[str, Text] = {
    "front_office": Text("Petugas loket", "Front office"),
    "back_office": Text("Petugas pemroses", "Back office"),
    "technical_team": Text("Tim teknis", "Technical team"),
    "liaison_officer": Text("Petugas penghubung", "Liaison officer"),
    "section_head": Text("Kepala seksi", "Head of section"),
    "division_head": Text("Kepala bidang", "Head of division"),
    "secretary": Text("Sekretaris", "Secretary"),
    "head_of_office": Text("Kepala perangkat daerah", "Head of office"),
    "revenue_treasurer": Text("Bendahara penerimaan", "Revenue treasurer"),
    "complaint_officer": Text("Petugas pengaduan", "Complaint officer"),
    "agency_admin": Text("Admin perangkat daerah", "Agency administrator"),
}


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
    return ROLES.get(role) or Text(role.replace("_", " ").capitalize(), role.replace("_", " ").capitalize())


def in_force(on: date | None = None) -> Q:
    """The posts held on that day (today, if none is given)."""
    day = on or timezone.localdate(now())
    return Q(since_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))


def posts_of(account: Account, on: date | None = None) -> QuerySet[Post]:
    """The posts an account holds on that day (today, if none is given)."""
    return Post.objects.filter(in_force(on), account=account).select_related("agency", "unit").order_by("id")


def may_act_as(account: Account, role: str, agency: Agency | None = None) -> bool:
    """Whether the account holds the role today, at that agency if one is named."""
    held = posts_of(account).filter(role=role)
    return (held.filter(agency=agency) if agency else held).exists()


def holders(agency: str, role: str) -> list[tuple[str, str]]:
    """Mail address and language of everyone who holds the role at that agency today and has an address."""
    posts = Post.objects.filter(in_force(), agency__slug=agency, role=role).exclude(account__email="")
    return list(posts.values_list("account__email", "account__language").distinct())
