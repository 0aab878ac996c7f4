"""Two people who have nothing to do with each other: everything that can hang on a case hangs on those of the first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from kantormaya.audit.time import now
from kantormaya.bookings.models import Diary
from kantormaya.cases.links import email_key
from kantormaya.cases.models import Case, Draft
from kantormaya.casework import applying, deciding, settling, signing
from kantormaya.casework.drafting import as_signatory
from kantormaya.casework.handoff import receive_application
from kantormaya.casework.tests.office import PASSPHRASE, Office, furnish, hand_in
from kantormaya.catalogue.publishing import definition_of
from kantormaya.documents.cleaning import Cleaned
from kantormaya.documents.keeping import keep, stored
from kantormaya.documents.models import Upload
from kantormaya.engine.events import Actor
from kantormaya.engine.simulating import handed_in
from kantormaya.handoff.models import Handoff
from kantormaya.handoff.providers.fake import FakeNational
from kantormaya.handoff.providers.fake.example import SERVICE, example
from kantormaya.language.evaluating import About
from kantormaya.messages.conversing import say
from kantormaya.outbox.models import Message
from kantormaya.payments.models import Bill, Payment
from kantormaya.payments.paying import pay_as_customer
from kantormaya.people.guards import hand_over, hand_over_address
from kantormaya.people.models import Post
from kantormaya.people.scopes import scope_agency, scope_case, scope_system, scoped
from kantormaya.permits.models import Paper
from kantormaya.permits.providers.local import LocalProvider
from kantormaya.surveys.models import Invitation

DEPOT = "surat-laik-sehat-depot-air"
ADVISER = "dinas-kesehatan"
"""The agency whose opinion is asked on the first person's cases."""
TALK = "konsultasi"
STRANGER = "dinas-pendidikan"
"""An agency that takes part in no case of this world."""
PAPERS = ("ktp", "nib", "denah", "foto", "pelatihan_higiene")
SYSTEM = scope_system("test")

HER = {
    "name": "Rahayu Kertasemaya", "nik": "9906015708910007", "phone": "+6281377889911", "email": "rahayu@rahasia.example",
    "address": "Lorong Kenanga Rahasia 77, Sekayu",
}  # fmt: skip
HIS = {
    "name": "Bahrun Lain", "nik": "9906010108800003", "phone": "+6281300000002", "email": "bahrun@lain.example",
    "address": "Jalan Lain 2, Sekayu",
}  # fmt: skip
NEVER_SHOWN = (*HER.values(), "0813 7788 9911", "81377889911", "Kertasemaya")
"""What tells who she is, in every way it might be written."""


def answers_of(who: str) -> dict[str, Any]:
    """The answers of an application for a depot."""
    return {
        "keran": 2, "nama_depot": f"Depot {who}", "lokasi": {"address": f"Jalan {who} 2, Sekayu"}, "sumber_air": "sumur",
        "penjamah": ({"nama": f"Penjamah {who}", "pelatihan": True},), "kontak": "+6281377889912",
    }  # fmt: skip


@dataclass
class World:
    """`hers` are the cases nobody else may see; `his` is one of somebody else, at the same office."""

    office: Office
    hers: dict[str, Case]
    his: Case
    her_draft: Draft
    his_draft: Draft
    uploads: list[Upload] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    bills: list[Bill] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    signed_in: dict[int, str] = field(default_factory=dict)

    def at_desk(self, post: Post) -> Client:
        """The browser of an official signed in with a second factor; each call a browser of its own."""
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.signed_in[post.pk]
        return client

    @property
    def secrets(self) -> set[str]:
        """Every string that would give away something of the first person's."""
        found = {
            *NEVER_SHOWN,
            "Kenanga Rahasia",
            "Depot Melati",
            "Penjamah Melati",
            "6281377889912",
            "rahasia-her",
        }
        found |= {self.her_draft.token, *(f"{one.number}" for one in self.papers if one.number)}
        found |= {name for one in self.hers.values() for name in (one.number, one.code)}
        found |= {one.reference for one in self.bills if one.reference} | {one.code for one in self.papers}
        found |= {one.code for one in self.invitations} | {
            one.name for one in self.uploads if "rahasia" in one.name
        }
        return found | {"Jawab Contoh 77", "Apotek Contoh 77", "apotek77@contoh.example", "Jalan Contoh 77"}


def build() -> World:
    """Make it, by the verbs of the office."""
    office = furnish(DEPOT, SERVICE, TALK)
    for post in office.posts.values():
        Authenticator.objects.create(user=post.account, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    hers = {name: _hand_in(office, "Melati", HER) for name in ("billed", "ended", "returned", "new")}
    his = _hand_in(office, "Lain", HIS)
    for name in ("billed", "ended"):
        _to_payment(office, hers[name], inspect=name)
    _pay_and_sign(office, hers["ended"])
    _return(office, hers["returned"])
    hers["national"] = _from_outside(office)
    drafts = [_draft(office, who, whose) for who, whose in (("Melati", HER), ("Lain", HIS))]
    world = World(office, hers, his, *drafts)
    world.signed_in = {post.pk: _sign_in(post) for post in office.posts.values()}
    with scoped(SYSTEM):
        for one in hers.values():
            _hang_on(office, one)
        Diary.objects.create(agency=his.agency, service_slug=TALK, booking="telepon")
        _file("rahasia-her-konsep.pdf", "denah", draft_code=world.her_draft.token)
        _file("rahasia-her-perbaikan.pdf", "denah", draft_code=hers["returned"].code)
        _file("berkas-lain.pdf", "denah", case=his)
        world.uploads = [*Upload.objects.exclude(name="berkas-lain.pdf").select_related("case")]
        cases = list(hers.values())
        world.papers, world.bills = (
            list(Paper.objects.filter(case__in=cases).select_related("case")),
            list(Bill.objects.filter(case__in=cases)),
        )
        world.payments = list(Payment.objects.filter(case__in=cases))
        world.messages = list(Message.objects.filter(case_id__in=[one.pk for one in cases]))
        world.invitations = list(Invitation.objects.filter(case__in=cases))
        for one in (*cases, his):
            one.refresh_from_db()
    return world


def _sign_in(post: Post) -> str:
    client = Client()
    client.force_login(post.account, backend="kantormaya.people.signed_in.Officials")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def holding(case: Case, email: str = "") -> Client:
    """The browser of somebody who gave code and PIN of a case, and perhaps opened the link mailed to an address."""
    client, handed = Client(), HttpResponse()
    hand_over(handed, case.code)
    if email:
        hand_over_address(handed, email_key(email))
    for name, cookie in handed.cookies.items():
        client.cookies[name] = cookie.value
    return client


def _hand_in(office: Office, who: str, identity: dict[str, str]) -> Case:
    return hand_in(
        office.revisions[DEPOT], answers_of(who), About("baru", applicant_kind="perorangan"), identity
    )


def _to_payment(office: Office, case: Case, *, inspect: str) -> None:
    loket, team = office.post("front_office"), office.post("technical_team", ADVISER)
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=PAPERS, key="a")
        deciding.move(case.pk, loket, "forward", key="b")
    with office.scope(team):
        deciding.schedule(case.pk, team, "inspeksi", now() + timedelta(days=1), key="c")
        deciding.answer(case.pk, team, "inspeksi", "sesuai", facts={"skor": 88, "air_sehat": True}, key="d")
        deciding.answer(case.pk, team, "pertimbangan", "setuju", key="e")
    with office.scope(loket):
        deciding.move(case.pk, office.post("back_office"), "forward", key="f")


def _pay_and_sign(office: Office, case: Case) -> None:
    with scoped(SYSTEM):
        bill = Bill.objects.get(case=case)
    assert settling.settle("demo_bank", *pay_as_customer(bill.reference or "", bill.amount)).settles
    for role in ("section_head", "division_head", "secretary"):
        with office.scope(office.post(role)):
            deciding.answer(case.pk, office.post(role), "paraf", "paraf", key=f"p-{role}")
    head = office.post("head_of_office")
    LocalProvider().enrol(as_signatory(head), PASSPHRASE)
    scope = scope_agency(head.agency_id, head.account_id)
    assert signing.sign([case.pk], head, PASSPHRASE, scope=scope).refusal is None


def _return(office: Office, case: Case) -> None:
    loket = office.post("front_office")
    with office.scope(loket):
        deciding.check(
            case.pk, loket, fits=PAPERS[:2], deficient={"denah": "Gambar rahasia-her buram"}, key="a"
        )
        deciding.ask_correction(case.pk, loket, {}, key="b")


def _from_outside(office: Office) -> Case:
    before, settings.KANTOR_OSS = settings.KANTOR_OSS, "fake"
    try:
        taken = receive_application("fake", *FakeNational().pass_on(example(77)))
    finally:
        settings.KANTOR_OSS = before
    assert taken.case is not None, (taken.text, taken.problems)
    with scoped(SYSTEM):
        assert Handoff.objects.filter(case=taken.case).exists()
    return taken.case


def _draft(office: Office, who: str, identity: dict[str, str]) -> Draft:
    revision = office.revisions[DEPOT]
    draft = applying.begin(revision, About("baru", applicant_kind="perorangan"), language="id")
    with scoped(scope_case(draft.token)):
        given = handed_in(definition_of(revision))
        return applying.fill(draft, answers=answers_of(who), given=given, identity=identity)


def _hang_on(office: Office, case: Case) -> None:
    """A file, a message each way, a note inside."""
    _file(f"rahasia-her-{case.pk}.pdf", "denah", case=case)
    loket = office.post("front_office")
    say(case, Actor("applicant"), "Kabar rahasia-her dari pemohon", key="m1", by="applicant")
    say(case, deciding.actor_of(loket), "Catatan rahasia-her di dalam", key="m2", by="loket", internal=True)


def _file(name: str, requirement: str, **of: Any) -> Upload:
    """A small PDF put where kept files lie."""
    digest = f"{abs(hash(name)):064x}"[-64:]
    path = stored(digest, "pdf")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.4 rahasia-her isi berkas\n%%EOF")
    return keep(Cleaned(name, "pdf", 40, digest, path, 1), requirement, by="applicant", **of)
