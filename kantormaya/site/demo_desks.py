"""Who works on what in the example: a second pair of hands at the busiest desks, cases taken, and one handed on."""

from __future__ import annotations

from kantormaya.cases import queries
from kantormaya.casework import assigning
from kantormaya.people.models import Account, Post
from kantormaya.people.roles import role_title
from kantormaya.people.scopes import scope_agency, scoped

BUSY = ("front_office", "back_office")
NOTE = "Pemohon sudah ditelepon; tinggal mencocokkan denah dengan foto."


def share_out(agency: str = "dpmptsp") -> None:
    """At each busy desk every third case is taken, every third is a colleague's, and one was handed on; safe to do again."""
    for role in BUSY:
        first = (
            Post.objects.select_related("account", "agency")
            .filter(agency__slug=agency, role=role)
            .earliest("pk")
        )
        second = _colleague(first)
        with scoped(scope_agency(first.agency_id, first.account_id)):
            seats = queries.page(queries.at_my_desk(first.agency_id, [role]), size=9).seats
            for n, seat in enumerate(seats):
                if seat.holder_id is None and n % 3 < 2:
                    assigning.claim(seat.case_id, (first, second)[n % 3])
            if seats and seats[0].holder_id is None:
                assigning.hand_over(seats[0].case_id, first, role, second.account, NOTE)


def _colleague(first: Post) -> Post:
    username = first.account.username.replace(".", "-2.", 1)
    name = f"{role_title(first.role).id} 2 {first.agency.short}"
    account = Account.objects.filter(username=username).first()
    account = account or Account.objects.create_user(username, f"{username}@example.org", name=name)
    post, _ = Post.objects.get_or_create(
        account=account, agency=first.agency, role=first.role, defaults={"since_on": first.since_on}
    )
    return post
