"""The survey after a finished case: by a mailed link or from its page, one answer only, and an index from five answers on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from kantormaya.audit.time import now, simulated
from kantormaya.cases.models import Case
from kantormaya.casework import applying, deciding
from kantormaya.catalogue.models import Revision
from kantormaya.language.evaluating import About
from kantormaya.outbox.models import Message
from kantormaya.people.models import Post
from kantormaya.people.scopes import scope_agency, scope_case, scope_system, scoped
from kantormaya.surveys.answering import answer
from kantormaya.surveys.models import Answer, Invitation
from kantormaya.surveys.questionnaire import questionnaire
from tests.browser.citizen import Applicant, the_button, the_form
from tests.browser.furnishing import PIN, apart, open_service
from tests.browser.looking import is_light, look, look_everywhere
from tests.browser.reading import press, read

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
GUIDANCE = "konsultasi"


@pytest.fixture(autouse=True)
def no_figures_of_before() -> None:
    cache.clear()


def answered_question(revision: Revision, n: int) -> Case:
    """A question that the office has answered: the shortest case there is."""
    front = Post.objects.get(agency__slug="dpmptsp", role="front_office")
    draft = applying.begin(revision, About(None, "online", None), language="id")
    said = {"cara": "tertulis", "pertanyaan": "NIB?", "email": f"penanya{n}@contoh.example"}
    with scoped(scope_case(draft.token)):
        applying.fill(draft, answers=said)
        case = applying.submit(draft, pin=PIN).case
    with scoped(scope_agency(front.agency_id, front.account_id)):
        deciding.find(case.pk, front, {"catatan": "oss.go.id"}, key="1")
        deciding.move(case.pk, front, "forward", key="2")
    return case


def answered_yesterday(cases: Iterable[Case], invited: dict[int, str]) -> None:
    """Answers count once their day is over."""
    with simulated(now() - timedelta(days=1)):
        for case in cases:
            answer(invited[case.pk], dict.fromkeys(questionnaire().elements, "4"))
    cache.clear()


@pytest.mark.parametrize(("width", "with_script", "language"), [(360, False, "id"), (1280, True, "en")])
def test_one_answer_for_each_finished_case_and_no_index_under_five(
    house: str, open_page: Open, width: int, with_script: bool, language: str
) -> None:
    revision = open_service(GUIDANCE)
    cases = apart(lambda: [answered_question(revision, n) for n in range(6)])
    with scoped(scope_system("test")):
        invited = {one.case_id: one.code for one in Invitation.objects.all()}
        mail = Message.objects.get(body__contains=f"/survei/{invited[cases[0].pk]}/")
    answered_yesterday(cases[1:5], invited)
    page = open_page(width, with_script=with_script)
    few = {
        "id": "Belum cukup jawaban survei untuk ditampilkan.",
        "en": "Not enough survey answers to be shown yet.",
    }
    page.goto(f"{house}/instansi/dpmptsp/?bahasa={language}")
    assert (
        few[language] in page.locator("main").inner_text()
        and "100,00" not in page.locator("main").inner_text()
    )

    citizen = Applicant(page, house, language)
    citizen.track(cases[0].code, PIN)
    link = page.locator('main a[href^="/survei/"]').get_attribute("href") or ""
    assert link in mail.body  # the mail and the page of the case lead to the same
    citizen.go(link)
    assert is_light(page)
    if with_script:
        look_everywhere(page, language)
    for name in list(questionnaire().elements)[:-1]:
        the_form(page).locator(f'input[name="{name}"][value="3"]').check()
    press(page, the_button(page))
    assert (
        page.locator(".error-summary a").count() == 1
    )  # the ninth is missing, and the eight are still there
    assert the_form(page).locator("input[type=radio]:checked").count() >= 8
    the_form(page).locator(f'input[name="{list(questionnaire().elements)[-1]}"][value="3"]').check()
    press(page, the_button(page))
    look(page, language)
    with scoped(scope_system("test")):
        assert Answer.objects.count() == 5
    citizen.go(link)  # opened once more it thanks, and asks nothing
    assert page.locator("main form").count() == 0
    citizen.go("/lacak/perkara/")
    assert page.locator('main a[href^="/survei/"]').count() == 0

    answered_yesterday(cases[5:], invited)
    page.goto(f"{house}/instansi/dpmptsp/?bahasa={language}#kinerja")
    read(page, language)
    shown = page.locator("main").inner_text()
    assert few[language] not in shown
    assert {"id": "100,00 (A, Sangat baik), dari 5 jawaban", "en": "100.00 (A"}[language] in shown
