"""What an office needs before its pages can be walked: services on offer, and cases that stand where they are wanted."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from django.conf import settings
from django.db import connection

from kantormaya.audit.time import now
from kantormaya.cases.models import Case
from kantormaya.cases.pins import hash_pin
from kantormaya.catalogue.models import Revision
from kantormaya.catalogue.publishing import publish_folder
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.site.demo_stories import Cast, Plan, story

PIN = "204060"
MOST_ACTS = 40
FAR = timedelta(days=30)  # the last days of an example leave bills unpaid; here they are paid
Found = TypeVar("Found")


def apart(act: Callable[[], Found]) -> Found:
    """Do something in a thread of its own: signing and checking start a loop, and the browser's runs in this one."""

    def done() -> Found:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(done).result()


def open_service(slug: str) -> Revision:
    """Publish a shipped service."""
    return publish_folder(settings.KANTOR_SERVICES / slug, by="kantor uji")


@dataclass
class Stage:
    """Plays example cases of one service, each up to where a page is to be looked at."""

    revision: Revision
    cast: Cast = field(default_factory=lambda: Cast.gather(now() + FAR))
    played: int = 0

    def play(self, until: Callable[[Case], object], end: str = "granted") -> Case:
        """A case for which `until` holds; its PIN is the PIN of this module."""
        return apart(lambda: self._play(until, end))

    def _play(self, until: Callable[[Case], object], end: str) -> Case:
        self.played += 1
        teller = story(Plan(self.played, self.revision, end, now()), self.cast, random.Random(self.played))
        for _ in range(MOST_ACTS):
            next(teller, None)
            with scoped(scope_system("test")):
                case = Case.objects.select_related("revision").order_by("-pk")[0]
                if until(case):
                    case.pin_hash = hash_pin(case.code, PIN)
                    case.save(update_fields=["pin_hash"])
                    return case
        raise AssertionError(f"no case came so far; the last one stands at {case.at}")


def is_being_corrected(case: Case) -> bool:
    """The applicant is asked for corrections."""
    return bool(case.state.get("correction"))


def is_at(step: str) -> Callable[[Case], bool]:
    """The case stands at a step or an outcome."""
    return lambda case: case.at == step
