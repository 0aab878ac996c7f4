"""A remote inspection: the code of the moment that must be seen in the pictures, and pictures sealed as they come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from kantormaya.cases.codes import ALPHABET
from kantormaya.cases.models import Case, Event
from kantormaya.casework.advancing import advance
from kantormaya.casework.standing import Standing
from kantormaya.documents.cleaning import Cleaned
from kantormaya.documents.keeping import keep
from kantormaya.engine import showing
from kantormaya.engine.events import APPLICANT, Refused
from kantormaya.engine.events import Event as Happening
from kantormaya.engine.state import Proof
from kantormaya.language.texts import Text

WINDOW = timedelta(minutes=10)
LENGTH = 6
PROOF = "proof."
"""How the pictures of a task are named among the files of a case."""

STALE = Text(
    "Kode di halaman sudah berganti sebelum foto tiba. Tulis kode yang sekarang tampil, lalu ambil fotonya lagi.",
    "The code on the page had changed before the pictures came in. Write the code that shows now, and take them again.",
)


@dataclass(frozen=True)
class Challenge:
    """The code of this moment, and until when it is the one that shows."""

    code: str
    until: datetime


def challenge(now_: Standing, task: str) -> Challenge | None:
    """What must be seen in pictures taken now; None where none are awaited."""
    if not showing.may_show(now_.definition, now_.state, task):
        return None
    number = _window(now_.at)
    return Challenge(_code(now_.case, task, number), datetime.fromtimestamp(0, UTC) + (number + 1) * WINDOW)


def is_fresh(case: Case, task: str, code: str, at: datetime) -> bool:
    """Whether a code showed at that moment or shortly before: pictures take a while to send."""
    number = _window(at)
    return any(constant_time_compare(_code(case, task, n), code) for n in (number, number - 1))


def _window(at: datetime) -> int:
    return int(at.timestamp() // WINDOW.total_seconds())


def _code(case: Case, task: str, window: int) -> str:
    digest = salted_hmac("kantor.inspection", f"{case.code}.{task}.{window}", algorithm="sha256").digest()
    symbols = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])
    return f"{symbols[:3]}-{symbols[3:]}"


def show_pictures(case_id: int, task: str, code: str, pictures: Sequence[Cleaned], *, key: str) -> Standing:
    """The applicant shows pictures: each is kept and sealed with the code, the office's time and its SHA-256, once."""

    def decide(here: Standing) -> Happening:
        why = showing.why_not_shown(here.definition, here.state, task, len(pictures))
        if why is None and not is_fresh(here.case, task, code, here.at):
            why = STALE
        if why is not None:
            raise Refused(why)
        sealed = [_sealed(here, task, picture, code) for picture in pictures]
        return showing.show(here.definition, here.state, task, sealed, at=here.at)

    return advance(case_id, decide, by=APPLICANT, key=key)


def is_shown(case: Case, key: str) -> bool:
    """Whether the form with this key has come in before: then its files need not be read again."""
    return Event.objects.filter(case=case, key=key).exists()


def _sealed(here: Standing, task: str, picture: Cleaned, code: str) -> Proof:
    upload = keep(picture, f"{PROOF}{task}", by=APPLICANT, case=here.case)
    return Proof(f"upload.{upload.pk}", upload.sha256, code, here.at)
