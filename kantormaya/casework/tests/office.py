"""An office for tests: agencies, one account for each role, the shipped services published, a citizen's papers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from kantormaya.audit.models import Entry
from kantormaya.cases.models import Case, Event
from kantormaya.casework import applying
from kantormaya.catalogue.calendars import publish_calendar
from kantormaya.catalogue.models import Revision
from kantormaya.catalogue.publishing import publish
from kantormaya.clock import standard_calendar
from kantormaya.engine.simulating import handed_in
from kantormaya.language.evaluating import About
from kantormaya.language.reading import expanded, load
from kantormaya.outbox.models import Message
from kantormaya.people.models import Account, Agency, Post
from kantormaya.people.scopes import scope_agency, scope_case, scope_system, scoped

PASSPHRASE = SecretStr("sandi uji coba")
"""One for all tests: an official is enrolled once, and the tests of a run share the folder of keys."""

SERVICES = Path(__file__).parents[3] / "services"
AGENCIES = ("dpmptsp", "dinas-kesehatan", "dinas-pupr", "dinas-pendidikan", "kecamatan-sekayu")
ROLES = (
    "front_office",
    "back_office",
    "section_head",
    "division_head",
    "secretary",
    "head_of_office",
    "revenue_treasurer",
)
IDENTITY = {
    "name": "Pemohon Contoh 1", "nik": "9906015708900001", "phone": "+6281200000001", "email": "pemohon@contoh.example",
    "address": "Jalan Contoh 1, Sekayu",
}  # fmt: skip


@dataclass
class Office:
    """Posts by (agency, role), revisions by slug."""

    posts: dict[tuple[str, str], Post] = field(default_factory=dict)
    revisions: dict[str, Revision] = field(default_factory=dict)

    def post(self, role: str, agency: str = "dpmptsp") -> Post:
        """The post of a role."""
        return self.posts[agency, role]

    def scope(self, post: Post):  # type: ignore[no-untyped-def]
        """What its holder sees."""
        return scoped(scope_agency(post.agency_id, post.account_id))


def furnish(*slugs: str) -> Office:
    """Agencies, accounts and the named services."""
    office = Office()
    publish_calendar(standard_calendar(range(2024, 2029)), "uji", by="uji")
    for slug in AGENCIES:
        agency = Agency.objects.create(slug=slug, name=slug.replace("-", " ").title(), short=slug.upper())
        for role in (*ROLES, "technical_team", "liaison_officer"):
            account = Account.objects.create_user(
                f"{role}.{slug}", f"{role}@{slug}.example", name=f"{role} {slug}"
            )
            office.posts[slug, role] = Post.objects.create(
                account=account, agency=agency, role=role, since_on=date(2020, 1, 1)
            )
    for slug in slugs:
        source = load(SERVICES / slug)
        assert not source.faults, [m.said("id") for m in source.faults]
        office.revisions[slug] = publish(expanded(source), {}, by="uji")
    return office


def mails(**about: Any) -> list[Message]:
    """What the office wrote, oldest first, as its worker sees it."""
    with scoped(scope_system("test")):
        return list(Message.objects.filter(**about).order_by("pk"))


def lines(**about: Any) -> list[Entry]:
    """What stands in the audit, oldest first."""
    with scoped(scope_system("test")):
        return list(Entry.objects.filter(**about).order_by("pk"))


def hand_in(
    revision: Revision,
    answers: dict[str, Any],
    about: About | None = None,
    identity: dict[str, str] | None = None,
) -> Case:
    """A whole application handed in by a citizen."""
    from kantormaya.catalogue.publishing import definition_of

    about = about or About("baru")
    draft = applying.begin(revision, about, language="id")
    with scoped(scope_case(draft.token)):
        given = handed_in(definition_of(revision))
        applying.fill(draft, answers=answers, given=given, identity=identity or IDENTITY)
        return applying.submit(draft).case


def lengthen(case: Case, events: int) -> None:
    """Let the same have happened to a case again and again, until there are so many events."""
    with scoped(scope_system("test")):
        last = Event.objects.filter(case=case).latest("seq")
        again = {
            "kind": last.kind,
            "at": last.at,
            "actor": last.actor,
            "actor_role": last.actor_role,
            "data": last.data,
        }
        Event.objects.bulk_create(Event(case=case, seq=n, **again) for n in range(last.seq + 1, events + 1))
        Case.objects.filter(pk=case.pk).update(version=events)
