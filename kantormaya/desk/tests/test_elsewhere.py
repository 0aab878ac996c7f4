"""A number that the applicant noted from another system stands beside the application at the desk."""

from __future__ import annotations

import pytest

from kantormaya.casework.elsewhere import note_number
from kantormaya.desk.tests.desks import ANSWERS, DEPOT, at_desk, furnish, hand_in, text
from kantormaya.people.scopes import scope_case, scoped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_the_desk_sees_the_number_beside_the_application() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    with scoped(scope_case(case.code)):
        note_number(case, "SiCANTIK Cloud", "77/2026")
    page = text(at_desk(office.post("front_office")).get(f"/meja/perkara/{case.number}/"))
    assert "Nomor di SiCANTIK Cloud" in page and "77/2026" in page
    assert "Isinya: 2 berkas" in page, "what a paper has to hold, and in which number"
