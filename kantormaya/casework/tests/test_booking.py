"""A hall that is paid for: held with the application, sure with the payment, free again when nobody pays, never let twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from kantormaya.audit.time import simulated
from kantormaya.bookings.models import Place
from kantormaya.cases.models import Case, Event
from kantormaya.casework import applying, booking, deciding, settling
from kantormaya.casework.sweeping import sweep
from kantormaya.casework.tests.office import IDENTITY, Office, furnish, mails
from kantormaya.catalogue.models import Revision
from kantormaya.catalogue.publishing import publish
from kantormaya.engine.events import Refused
from kantormaya.engine.slots import Slot
from kantormaya.language.evaluating import About
from kantormaya.payments.confirming import Confirmation
from kantormaya.payments.models import Bill, Verdict
from kantormaya.payments.paying import pay_as_customer
from kantormaya.people.scopes import scope_case, scope_system, scoped

HALL = """
slug = "sewa-gor"
title = "Sewa GOR"
agency = "dpmptsp"
kind = "layanan"
[promise]
within = "5 hari kerja"
[party]
applicant = {}
[field]
pakai_on = { type = "date", label = "Tanggal" }
sesi = { type = "choice", label = "Sesi", choices = { pagi = "Pagi", siang = "Siang" } }
[booking.gor]
title = { id = "Gedung", en = "Hall" }
day = "pakai_on"
session = "sesi"
sessions = { pagi = "07:00-13:00", siang = "11:00-17:00" }
capacity = 1
ahead = "2 hari kalender"
hold = "5 hari kerja"
[fee.line]
sewa = { title = "Sewa", amount = 300_000 }
[fee.bill]
lunas = { title = "Sewa", step = "bayar", share = "all" }
[step.periksa]
title = "Periksa"
by = "front_office"
then = "bayar"
[step.bayar]
title = "Bayar"
by = "applicant"
within = "30 hari kerja"
silence = "lapsed"
then = "pakai"
[step.pakai]
title = "Pakai"
by = "front_office"
then = "selesai"
[outcome]
selesai = { title = "Selesai", means = "done" }
"""
MONDAY = datetime(2026, 6, 8, 2, tzinfo=UTC)
DAY = date(2026, 6, 24)
SYSTEM = scope_system("test")
pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    made = furnish()
    made.revisions["sewa-gor"] = publish(HALL, {}, by="uji")
    return made


def hire(revision: Revision, sesi: str = "pagi", on: date = DAY) -> Case:
    """The hall is asked for and handed in."""
    draft = applying.begin(revision, About(), language="id")
    with scoped(scope_case(draft.token)):
        applying.fill(draft, answers={"pakai_on": on, "sesi": sesi}, identity=IDENTITY)
        return applying.submit(draft).case


def billed(office: Office) -> Case:
    """A hall that waits for its payment."""
    case, post = hire(office.revisions["sewa-gor"]), office.post("front_office")
    with office.scope(post):
        deciding.move(case.pk, post, "forward", key="m")
    return case


def status(case: Case) -> str:
    with scoped(SYSTEM):
        return str(Case.objects.get(pk=case.pk).state["bookings"]["gor"]["status"])


def held() -> int:
    with scoped(SYSTEM):
        return Place.objects.filter(released_at=None).count()


def bill(case: Case) -> Bill:
    with scoped(SYSTEM):
        return Bill.objects.get(case=case)


def pay(of: Bill) -> Confirmation:
    """The citizen pays at the bank, which calls back."""
    with scoped(SYSTEM):
        message = pay_as_customer(of.reference or "")
    return settling.settle("demo_bank", *message)


def test_one_hall_is_not_let_twice_and_who_comes_second_leaves_no_trace(office: Office) -> None:
    with simulated(MONDAY):
        hire(office.revisions["sewa-gor"])
        for sesi in ("pagi", "siang"):  # the sessions overlap
            with pytest.raises(Refused, match="just filled up"):
                hire(office.revisions["sewa-gor"], sesi)
        hire(office.revisions["sewa-gor"], on=date(2026, 6, 25))
    with scoped(SYSTEM):
        assert Case.objects.count() == Event.objects.filter(kind="submitted").count() == 2


def test_the_payment_itself_makes_the_hall_sure(office: Office) -> None:
    with simulated(MONDAY):
        case = billed(office)
        assert status(case) == "held"
        assert pay(bill(case)).settles
    assert status(case) == "confirmed"
    with simulated(MONDAY + timedelta(days=12)):
        sweep()
    assert (status(case), held()) == ("confirmed", 1)


def test_an_unpaid_hall_is_free_for_others_and_money_that_comes_later_confirms_nothing(
    office: Office,
) -> None:
    with simulated(MONDAY):
        case = billed(office)
    with simulated(MONDAY + timedelta(days=8)):
        sweep()
        assert (status(case), held()) == ("released", 0)
        other = hire(office.revisions["sewa-gor"])
        late = pay(bill(case))
        assert (late.settles, late.verdict) == (False, Verdict.LATE)
        with pytest.raises(Refused, match="just filled up"), scoped(scope_case(case.code)):
            booking.book(
                case.pk, "gor", Slot(datetime(2026, 6, 24, 0, tzinfo=UTC), None, "pagi"), key="again"
            )
    assert (status(case), status(other)) == ("released", "held")
    assert mails(subject__contains="karena belum dibayar")


def test_a_refused_move_leaves_the_time_one_has(office: Office) -> None:
    with simulated(MONDAY):
        hire(office.revisions["sewa-gor"], on=date(2026, 6, 25))
        case = hire(office.revisions["sewa-gor"])
        with scoped(scope_case(case.code)):
            with pytest.raises(Refused, match="just filled up"):
                booking.book(
                    case.pk, "gor", Slot(datetime(2026, 6, 25, 4, tzinfo=UTC), None, "siang"), key="k"
                )
            booking.book(case.pk, "gor", Slot(datetime(2026, 6, 24, 4, tzinfo=UTC), None, "siang"), key="k")
            assert Place.objects.get(case=case, released_at=None).starts_at == datetime(
                2026, 6, 24, 4, tzinfo=UTC
            )
    assert held() == 2


def test_a_withdrawn_application_gives_its_hall_back(office: Office) -> None:
    with simulated(MONDAY):
        case = hire(office.revisions["sewa-gor"])
        with scoped(scope_case(case.code)):
            applying.withdraw(case.pk, "Batal", key="w")
    assert held() == 0


@pytest.mark.django_db(transaction=True)
def test_twenty_applications_at_once_for_one_hall_make_one_case(office: Office) -> None:
    def ask(_: int) -> bool:
        try:
            with simulated(MONDAY):
                hire(office.revisions["sewa-gor"])
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(ask, range(20)))
    with scoped(SYSTEM):
        assert (sum(got), Case.objects.count()) == (1, 1)
