"""On the page of corrections, as on the form: what an answer brings up comes at once, and nothing else moves."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from kantormaya.cases.models import Case
from kantormaya.casework import deciding
from kantormaya.casework.tests.licences import here
from kantormaya.casework.tests.office import Office, furnish
from kantormaya.portal.tests.citizens import DEPOT, begin, fill, hand_in, pdf, text

pytestmark = pytest.mark.django_db
LINK, LIVE = "/lacak/perkara/perbaiki/", {"HTTP_HX_REQUEST": "true"}
FITS = ("ktp", "nib", "pelatihan_higiene", "denah", "foto")


@pytest.fixture
def office(db: None) -> Office:
    return furnish(DEPOT)


@pytest.fixture
def returned(office: Office, client: Client) -> Case:
    """A case of this browser in which the source of the water is to be corrected, and its name."""
    token = begin(client)
    fill(client, token)
    case, _ = hand_in(client, token)
    loket = office.post("front_office")
    wrong = {"field.sumber_air": "bukan sumur", "field.nama_depot": "beda dengan papan nama"}
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=FITS, key="a")
        deciding.ask_correction(case.pk, loket, wrong, key="b")
    return case


def form(page: HttpResponse) -> dict[str, str]:
    return dict(re.findall(r'name="(key|seen)" value="([^"]*)"', page.content.decode()))


def test_only_an_answer_that_something_hangs_on_speaks_with_the_office(
    returned: Case, client: Client
) -> None:
    page = client.get(LINK).content.decode()
    assert page.count("hx-post=") == 1 and 'id="karena"' in page and "htmx" in page
    assert page.index("hx-post=") < page.index('name="sumber_air"')


def test_what_it_brings_up_comes_at_once_is_said_and_goes_again(returned: Case, client: Client) -> None:
    hidden = form(client.get(LINK))
    typed = {**hidden, "sumber_air": "mata_air", "nama_depot": "Depot Baru"}
    came = client.post(LINK, typed, **LIVE)
    said = came.content.decode()
    assert came.status_code == 200 and 'id="karena" hx-swap-oob="innerHTML"' in said
    assert 'name="ditanya" value="requirement.surat_air"' in said and 'name="surat_air"' in said
    assert "ini juga ditanyakan: " in text(came) and "Depot Baru" not in said, "nothing else is sent again"
    stays = client.post(LINK, {**typed, "ditanya": "requirement.surat_air"}, **LIVE)
    assert stays.status_code == 204
    gone = client.post(LINK, {**typed, "sumber_air": "sumur", "ditanya": "requirement.surat_air"}, **LIVE)
    assert 'name="surat_air"' not in gone.content.decode() and "tidak perlu lagi" in text(gone)
    assert here(returned).state.correction is not None, "looking sends nothing"


def test_without_script_it_comes_on_sending_and_then_all_is_sent_once(returned: Case, client: Client) -> None:
    typed = {**form(client.get(LINK)), "sumber_air": "mata_air", "nama_depot": "Depot Baru"}
    half = client.post(LINK, typed)
    assert (
        half.status_code == 422
        and 'name="surat_air"' in half.content.decode()
        and "Depot Baru" in half.content.decode()
    )
    whole = client.post(LINK, {**typed, "surat_air": pdf("surat-air.pdf")})
    assert whole.headers["Location"] == "/lacak/perkara/?sudah=perbaikan"
    state = here(returned).state
    assert state.correction is None and state.answers["sumber_air"] == "mata_air"
    assert state.requirements["surat_air"].status == "given"
