"""The forms of every page, read off the pages themselves: a form that somebody adds tomorrow is among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client

from tests.access.asking import ask
from tests.access.routes import SAMPLES, Route, Samples, addresses, routes
from tests.access.world import World, holding

GOOD = {
    "name": "Pemohon Uji", "nik": "9906015708900001", "phone": "0812 0000 0001", "email": "uji@contoh.example", "keran": "2",
    "lokasi.village": "16.06.01.1012", "kontak": "0812 0000 0002", "sumber_air": "sumur", "hari": "2026-12-01", "on": "2026-12-01T09:00",
    "fact-skor": "88", "fact-air_sehat": "ya", "said": "setuju", "lokasi.point": "-2.88, 103.83", "kode": "MUBA-0000-0000-0000-0000-0",
}  # fmt: skip
"""What a well-meaning person types; anything else asks for words."""
WORDS = "Kata-kata yang biasa saja"

STAFF = ("front_office", "head_of_office", "revenue_treasurer")
OWN: Samples = {
    **SAMPLES,
    "token": lambda w: [w.her_draft.token],
    "apply_step step": lambda w: steps_of(w),
    "survey code": lambda w: [one.code for one in w.invitations],
    "checked code": lambda w: [one.code for one in w.papers],
    "pay_for token": lambda w: [],
}
"""What people find in their own letters and pages."""
NO_FORMS = {
    "desk_paper", "desk_file", "desk_compare", "case_paper", "case_file", "apply_file", "receipt_pdf", "charter", "agency_json",
    "time_file", "due_file", "gaya", "gaya_desk",
}  # fmt: skip
"""Files, and the page of samples: opened elsewhere."""


@dataclass
class Form:
    """One form of a page, as a browser would send it back."""

    page: str
    action: str = ""
    method: str = "post"
    fields: dict[str, list[str]] = field(default_factory=dict)
    browser: Callable[[], Client] = Client
    who: str = ""
    is_offered: bool = True

    @property
    def shape(self) -> tuple[str, str, tuple[str, ...]]:
        """What makes it another form than one already known: where it goes and what it asks, whatever the numbers."""
        plain = re.sub(r"\d+", "0", self.action)
        who = "" if self.method == "get" else self.who  # a search is the same for every role
        return who, plain, tuple(sorted(re.sub(r"\d+", "0", name) for name in self.fields))


class _Reader(HTMLParser):
    """Collects forms with their fields, like a browser that runs no scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found, self.named = page, list[Form](), dict[str, Form]()
        self.chosen: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urlsplit(urljoin(self.page, said.get("action", ""))).path
            made = Form(self.page, action or urlsplit(self.page).path, said.get("method", "get").lower())
            self.found.append(made)
            self.named[said.get("id", "")] = made
        elif tag == "option" and self.chosen is not None:
            self.chosen.append(said.get("value", ""))
        elif tag in ("input", "select", "textarea", "button") and said.get("name"):
            form = self.named.get(said.get("form", "")) if "form" in said else (self.found or [None])[-1]
            if form is not None:
                self.chosen = form.fields.setdefault(said["name"], [])
                if tag != "select":
                    self.chosen.append(said.get("value", ""))


def forms_of(page: str, body: bytes) -> list[Form]:
    """The forms of a page; those that stand on every page (language, sign out) are left to their own tests."""
    reader = _Reader(page)
    reader.feed(body.decode("utf-8", "replace"))
    return [one for one in reader.found if one.method in ("get", "post")]


def steps_of(world: World) -> list[str]:
    """Every page of the application that she is filling in."""
    token = world.her_draft.token
    listed = ask(Client(), "get", f"/ajukan/isi/{token}/").body.decode()
    found = re.findall(rf"/ajukan/isi/{token}/([\w-]+)/", listed)
    return [*dict.fromkeys([*found, "mulai", "periksa"])]


def every_form(world: World) -> list[Form]:
    """Every form that the people of this world can reach, each once."""
    found: dict[Any, Form] = {}
    for who, browser, page in _doors(world):
        answer = ask(browser(), "get", page)
        if answer.status == 200 and "text/html" in answer.head:
            for form in forms_of(page, answer.body):
                form.browser, form.who = browser, who
                found.setdefault(form.shape, form)
    shown = {form.action for form in found.values() if form.method == "post"}
    for who, browser, page in _doors(world):  # what is not offered can be sent all the same
        if page not in shown and ask(browser(), "post", page).status != 405:
            blind = Form(page, page, browser=browser, who=who, is_offered=False)
            found.setdefault(("blind", *blind.shape), blind)
    return list(found.values())


def _doors(world: World) -> Iterator[tuple[str, Callable[[], Client], str]]:
    """Who opens which page: everybody the public ones, the holder her own, officials the desk."""
    for route in routes():
        if route.name in NO_FORMS or route.guard == "system_callback":
            continue
        for who, browser in _people(route, world):
            for page in addresses(route, world, most=16, samples=OWN):
                yield who, browser, page


def _people(route: Route, world: World) -> Iterator[tuple[str, Callable[[], Client]]]:
    if route.guard == "case_holder":
        for name, case in world.hers.items():
            yield f"holder of {name}", lambda case=case: holding(case, "rahayu@rahasia.example")
    elif route.guard in ("official", "library"):
        for role in STAFF if route.guard == "official" else STAFF[:1]:
            yield role, lambda role=role: world.at_desk(world.office.post(role))
    elif route.guard == "address_holder":
        yield "her address", lambda: holding(world.hers["new"], "rahayu@rahasia.example")
    else:
        yield "anyone", Client
