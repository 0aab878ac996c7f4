"""Every form of every page, filled by somebody who means harm: never a fault of ours, nothing unescaped, nothing smuggled in."""

from __future__ import annotations

import json
import logging
import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, note
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from kantormaya.people.scopes import scoped
from tests.access.world import SYSTEM, World
from tests.hostile.forms import GOOD, STAFF, WORDS, Form, every_form
from tests.hostile.values import ATTRIBUTE, COLUMNS, DISGUISES, MARK, STOWAWAY, SUMMED, TAG, hostile

pytestmark = pytest.mark.django_db
MOST = int(os.environ.get("KANTOR_HOSTILE", "2000"))
IS_LONG = "KANTOR_HOSTILE" in os.environ
OURS = {"csrfmiddlewaretoken", "sandi"}
"""Kept as they stand: the token of the form, and the passphrase, which opens a seal outside any transaction."""
KINDS = ("",) * 12 + ("json", "text", "nonsense", "cut off")
TABLES = [m._meta.db_table for m in apps.get_models() if m.__module__.startswith("kantormaya.")]
HIDDEN = "[" + "".join(one for one in DISGUISES if one not in "\u200c\u200d\ufe0f") + "]"
seen: Counter[str] = Counter()


@pytest.fixture(autouse=True)
def a_real_office(settings: Settings) -> Iterator[None]:
    settings.KANTOR_DEMO = False
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # the slow one is tried elsewhere
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def forms(world: World, django_db_blocker: Any) -> dict[str, list[Form]]:
    """By whom they stand open to, and those that are not shown at all."""
    settings.KANTOR_DEMO = False
    with django_db_blocker.unblock():
        found = every_form(world)
    kinds = {
        "public": [one for one in found if one.is_offered and one.who not in STAFF],
        "desk": [one for one in found if one.is_offered and one.who in STAFF],
        "blind": [one for one in found if not one.is_offered],
    }
    assert all(len(some) > 20 for some in kinds.values()), (
        "the pages show their forms otherwise than this test reads them"
    )
    return kinds


WEIGHTS = ("public",) * 7 + ("desk", "blind")


def well_meant(name: str, values: list[str]) -> st.SearchStrategy[str]:
    """What the page offers, or what somebody would write there."""
    offered = [one for one in values if one]
    return st.sampled_from(offered) if offered else st.just(GOOD.get(name, "" if name in OURS else WORDS))


@st.composite
def filled(
    draw: st.DrawFn, forms: dict[str, list[Form]]
) -> tuple[Form, dict[str, list[str]], str, dict[str, str]]:
    """A form with some of its fields replaced, doubled or left out, and with fields that it does not have."""
    form = draw(st.sampled_from(forms[draw(st.sampled_from(WEIGHTS))]))
    names = [name for name in form.fields if name not in OURS]
    is_careful = draw(
        st.booleans()
    )  # all is well but one or two fields: so the rest of the way is walked too
    bad = set(draw(st.lists(st.sampled_from(names), max_size=2))) if is_careful and names else set(names)
    typed: dict[str, list[str]] = {}
    for name, values in form.fields.items():
        how = draw(st.integers(0, 9)) if name in bad else 0
        if how == 9:
            continue
        is_kept = name not in bad or (how < 5 and name in ("key", "seen", "act", "of", "kunci"))
        one = draw(well_meant(name, values)) if is_kept else draw(hostile)
        typed[name] = [one, draw(hostile)] if how == 8 else [one]
    known = sorted(
        {name for many in forms.values() for other in many for name in other.fields}
        - OURS
        - form.fields.keys()
    )
    for name in draw(st.lists(st.sampled_from(known), min_size=2, max_size=8)) if not form.is_offered else ():
        typed[name] = [draw(hostile)]
    for name in draw(st.lists(st.sampled_from(COLUMNS), max_size=3)):
        if name not in form.fields:
            typed[name] = [STOWAWAY]
    heads = draw(st.sampled_from(HEADS))
    return form, typed, draw(st.sampled_from(KINDS)), heads


HEADS: list[dict[str, str]] = [
    {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {"HTTP_HX_REQUEST": "true"}, {"HTTP_X_FORWARDED_HOST": "jahat.example"}, {"HTTP_HOST": "jahat.example"},
    {"HTTP_HOST": "localhost:99999999"}, {"HTTP_REFERER": "https://jahat.example/"}, {"HTTP_ACCEPT_LANGUAGE": "x" * 5000},
    {"HTTP_COOKIE": "bahasa=\x7f; berkas=x:y:z; pin=1"}, {"HTTP_X_FORWARDED_FOR": "' OR 1=1"}, {"HTTP_X_FORWARDED_PROTO": "https"},
    {"HTTP_RANGE": "bytes=0-99999999999999"}, {"HTTP_IF_MODIFIED_SINCE": "\x7f" * 50}, {"QUERY_STRING": "bahasa=%00&berkas=%C2%B2&next=//jahat.example"},
]  # fmt: skip


def send(client: Client, form: Form, typed: dict[str, list[str]], kind: str, heads: dict[str, str]) -> Any:
    """Send it as a browser would, or as none would."""
    if form.method == "get":
        return client.get(form.action, typed, **heads)
    if kind == "json":
        return client.post(form.action, json.dumps(typed), content_type="application/json", **heads)
    if kind == "text":
        return client.post(form.action, str(typed), content_type="text/plain", **heads)
    if kind == "nonsense":
        return client.post(form.action, b"\xed\xa0\x80=%ed%a0%80&=&&&%", content_type="application/x-www-form-urlencoded", **heads)  # fmt: skip
    if kind == "cut off":
        return client.post(form.action, b"--x\r\nContent-Disposition: form-data; name=", content_type="multipart/form-data; boundary=x", **heads)  # fmt: skip
    return client.post(form.action, typed, **heads)


def is_whole(answer: Any, asked: str) -> bytes:
    """Not a fault of ours, nowhere else to, nothing unescaped; the body."""
    body: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code < 500, f"{asked}: {answer.status_code}"
    to = urlsplit(answer.headers.get("Location", ""))
    assert to.netloc in ("", "testserver") and to.scheme in ("", "http"), f"{asked} leads to {to.geturl()}"
    if "text/html" in answer.headers.get("Content-Type", ""):
        page = body.decode()
        assert TAG not in page, f"{asked}: a tag was not escaped"
        assert SUMMED not in page, f"{asked}: what was typed was run"
        attribute = re.search(rf"<[^>]*[\"'\s]{ATTRIBUTE}", re.sub(r'"[^"]*"|\'[^\']*\'', '""', page))
        assert attribute is None, f"{asked}: an attribute was not escaped"
    return body


def kept() -> str:
    """What every table holds that it must not: a field that no form asks for, or characters that hide."""
    ask = " UNION ALL ".join(
        f"SELECT '{table}: ' || left(t::text, 600) FROM {table} t WHERE t::text LIKE %s OR t::text ~ %s" for table in TABLES
    )  # fmt: skip
    with scoped(SYSTEM), connection.cursor() as cursor:
        cursor.execute(ask, [f"%{STOWAWAY}%", HIDDEN] * len(TABLES))
        return "\n".join(row[0] for row in cursor.fetchall())


def test_every_form_stands_whatever_is_typed_into_it(forms: dict[str, list[Form]], world: World) -> None:
    @hypothesis_settings(
        max_examples=MOST,
        deadline=None,
        database=None,
        derandomize=not IS_LONG,
        suppress_health_check=list(HealthCheck),
    )
    @given(filled(forms))
    def tried(example: tuple[Form, dict[str, list[str]], str, dict[str, str]]) -> None:
        form, typed, kind, heads = example
        asked = f"{form.who}: {form.method} {form.action}"
        note(asked)
        seen["forms"] += 1
        seen["values"] += sum(len(values) for values in typed.values())
        cache.clear()
        with transaction.atomic():
            client = form.browser()
            answer = send(client, form, typed, kind, heads)
            seen[f"{answer.status_code // 100}xx"] += 1
            is_whole(answer, asked)
            if answer.status_code in (302, 303) and urlsplit(answer["Location"]).path.startswith("/"):
                is_whole(client.get(answer["Location"]), f"{asked} → {answer['Location']}")
            if form.method == "post" and answer.status_code in (200, 302, 303):
                assert not (found := kept()), f"{asked} kept what it must not:\n{found}"
            transaction.set_rollback(True)

    tried()

    print(f"\n{dict(seen)} over {sum(map(len, forms.values()))} forms", flush=True)
    assert seen["2xx"] and seen["3xx"] and seen["4xx"], "nothing got through: the forms are not really filled"


def test_the_test_itself_would_see_what_is_not_escaped() -> None:
    from django.http import HttpResponse

    for page in (f"<p><{MARK}>", f'<input value="" on{MARK}="1">', f"<a title='' on{MARK}='1'>"):
        with pytest.raises(AssertionError):
            is_whole(HttpResponse(page), "x")
    is_whole(HttpResponse(f'<input value="&quot; on{MARK}=&quot;1"> &lt;{MARK}'), "x")
