"""What a citizen's page may cost: bytes on a first visit, and questions to the database whatever is in it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kantormaya.casework.tests.office import furnish
from kantormaya.catalogue import fresh
from kantormaya.portal.tests.citizens import DEPOT, begin, fill, hand_in, photo

pytestmark = pytest.mark.django_db
LIGHT = 100 * 1024
MIDWIFE = "izin-praktik-bidan"
BUDGETS = {
    "/": 5, "/layanan/": 5, f"/layanan/{DEPOT}/": 5, f"/layanan/{DEPOT}/standar/": 4, f"/ajukan/{MIDWIFE}/": 3, "/cek/": 2,
    "/lacak/": 2, "/sumber-data/": 2, "form": 9, "review": 10, "case": 9, "mails": 10,
}  # fmt: skip
"""So many statements at most, the opening and closing of transactions and scopes among them."""


@pytest.fixture
def addresses(client: Client) -> dict[str, str]:
    """The pages of a person who applies and of one who follows a case, by a short name; others stand for themselves."""
    furnish(DEPOT, MIDWIFE)
    token = begin(client)
    fill(client, token)
    review = f"/ajukan/isi/{token}/periksa/"
    other = begin(client, MIDWIFE)
    client.post(f"/ajukan/isi/{other}/isian-1/", {"tempat": "faskes"})
    sent = begin(client)
    fill(client, sent)
    hand_in(client, sent)
    mine = "/lacak/perkara/"
    form = f"/ajukan/isi/{other}/isian-2/"
    return {path: path for path in BUDGETS} | {
        "form": form,
        "review": review,
        "case": mine,
        "mails": f"{mine}surel/",
    }


def weight(page: str) -> dict[str, int]:
    """The bytes of a page and of everything it names, as the office's web server sends them."""
    sizes = {"page": len(page.encode())}
    waiting = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    while waiting:
        name = waiting.pop()
        found = finders.find(name)
        assert found, name
        body = Path(found).read_bytes()
        sizes[name] = len(body if name.endswith("woff2") else gzip.compress(body))
        if name.endswith(".css"):
            inside = re.findall(r'url\(["\']?([^"\')]+)["\']?\)', body.decode())
            waiting += [
                str(Path(name).parent / one).lstrip("/") for one in inside if not one.startswith("data:")
            ]
    return sizes


def test_every_page_of_a_citizen_is_lighter_than_a_hundred_kilobytes(
    client: Client, addresses: dict[str, str]
) -> None:
    heavy = {}
    for name, path in addresses.items():
        page = client.get(path)
        assert page.status_code == 200, path
        sizes = weight(page.content.decode())
        assert len(sizes) > 4, "what a page names was not found"
        if sum(sizes.values()) >= LIGHT:
            heavy[name] = sizes
    assert not heavy


def test_no_page_of_a_citizen_asks_the_database_more_than_its_budget(
    client: Client, addresses: dict[str, str]
) -> None:
    over = {}
    for name, path in addresses.items():
        client.get(path)  # what is kept in the process is read once
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        if len(asked) > BUDGETS[name]:
            over[name] = len(asked)
    assert not over


def test_a_beginning_a_page_and_a_file_are_kept_with_few_statements(client: Client) -> None:
    furnish(DEPOT, MIDWIFE)
    fill(client, begin(client))  # what is kept in the process is read once
    counted = {}
    with CaptureQueriesContext(connection) as counted["begin"]:
        token = begin(client)
    where = f"/ajukan/isi/{token}"
    with CaptureQueriesContext(connection) as counted["page"]:
        client.post(f"{where}/isian-1/", {"keran": "2"})
    with CaptureQueriesContext(connection) as counted["file"]:
        client.post(f"{where}/berkas-foto/", {"foto": photo()})
    # two are of the scope around the test, and the calendar, in life asked for twice a second, is asked for each time
    most = {"begin": 9, "page": 10, "file": 12}
    assert {name: len(asked) for name, asked in counted.items() if len(asked) > most[name]} == {}


def test_an_application_with_all_its_papers_is_handed_in_by_seven_statements(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """BEGIN, who is looking, the draft, a number, the case, all that hangs on it, COMMIT; and two of the test's own transaction."""
    furnish(DEPOT)
    for seconds in (0, 3600):  # what is kept in the process is read in the first round, and only then
        monkeypatch.setattr(fresh, "SECONDS", seconds)
        token = begin(client)
        fill(client, token)
        with CaptureQueriesContext(connection) as asked:
            assert client.post(f"/ajukan/isi/{token}/periksa/").status_code == 302
    assert len(asked) == 7 + 2, [one["sql"][:80] for one in asked]
