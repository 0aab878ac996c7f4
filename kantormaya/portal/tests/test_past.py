"""A long history is told a stretch at a time, on the page of a person who follows a case."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kantormaya.casework.tests.office import furnish, lengthen
from kantormaya.portal.tests.citizens import DEPOT, begin, fill, hand_in, text


def test_a_long_history_is_told_thirty_events_at_a_time_and_costs_what_a_short_one_does(
    db: None, client: Client
) -> None:
    furnish(DEPOT)
    token = begin(client)
    fill(client, token)
    case, _ = hand_in(client, token)

    def page(asked: str = "") -> tuple[str, str, int]:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/lacak/perkara/{asked}")
        source = answer.content.decode()
        return text(answer), source.split('<div id="riwayat">')[-1].split("</details>")[0], len(queries)

    page()  # the first page of a process reads the catalogue
    said, _, few = page()
    assert "Kejadian" not in said
    lengthen(case, 64)
    said, shown, many = page()
    assert many == few
    assert "Kejadian 35–64 dari 64" in said
    assert shown.count("<li") == 30
    assert "Terbaru" not in said
    (older,) = re.findall(r'href="(\?sebelum=\d+)#riwayat"', shown)
    said, shown, _ = page(older)
    assert "Kejadian 5–34 dari 64" in said
    assert '<details class="mt-3" open>' in client.get(f"/lacak/perkara/{older}").content.decode()
    assert 'href="?#riwayat"' in shown
    (older,) = re.findall(r'href="(\?sebelum=\d+)#riwayat"', shown)
    said, shown, _ = page(older)
    assert "Kejadian 1–4 dari 64" in said
    assert "Lebih lama" not in said
    assert "Kejadian 1–1 dari 64" in page("?sebelum=1")[0]
    for nonsense in ("?sebelum=x", "?sebelum=0", "?sebelum=-3", "?sebelum=99999", "?sebelum="):
        assert "Kejadian 35–64 dari 64" in page(nonsense)[0], nonsense
    client.cookies["bahasa"] = "en"
    assert "Events 35–64 of 64 Older" in page()[0]
