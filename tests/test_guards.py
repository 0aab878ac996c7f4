"""The locks on pages: by link, by code and PIN, and by post."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from kantormaya.cases.models import Case
from kantormaya.cases.tests import folders
from kantormaya.people.guards import HOLDER_COOKIE, case_holder, hand_over, link_holder, system_callback

pytestmark = pytest.mark.django_db(transaction=True)


@case_holder
def track(request: HttpRequest) -> HttpResponse:
    return HttpResponse(",".join(Case.objects.values_list("number", flat=True)))


@link_holder
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse(",".join(Case.objects.values_list("number", flat=True)))


def test_who_gave_code_and_pin_sees_that_case_only(rf: RequestFactory) -> None:
    office = folders.agency("dpmptsp")
    mine, _other = folders.case(office), folders.case(office)
    handed = HttpResponse()
    hand_over(handed, mine.code)
    rf.cookies[HOLDER_COOKIE] = handed.cookies[HOLDER_COOKIE].value
    assert track(rf.get("/")).content.decode() == mine.number


def test_without_code_and_pin_one_is_sent_to_where_they_are_asked(rf: RequestFactory) -> None:
    assert track(rf.get("/")).status_code == 302


def test_a_cookie_somebody_made_up_opens_nothing(rf: RequestFactory) -> None:
    rf.cookies[HOLDER_COOKIE] = folders.case(folders.agency("dpmptsp")).code
    assert track(rf.get("/")).status_code == 302


def test_the_address_itself_opens_its_case_and_nothing_else(rf: RequestFactory) -> None:
    office = folders.agency("dpmptsp")
    mine, _other = folders.case(office), folders.case(office)
    assert receipt(rf.get("/"), code=mine.code).content.decode() == mine.number
    assert receipt(rf.get("/"), code="MUBA-0000-0000-0000-0000-0").content == b""


def test_a_machine_that_calls_back_needs_no_token_of_a_form() -> None:
    assert system_callback(lambda request: HttpResponse()).csrf_exempt
