"""What the holder does with a case: mend it, hand in what came later, agree, go on, write, choose a time, take it back."""

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import AwareDatetime, BaseModel
from pydantic import Field as Key

from kantormaya.api.door import key_of, reads, writes
from kantormaya.api.files import Kept, given, put
from kantormaya.api.guards import HOLDER
from kantormaya.api.holding import Tracked, held, tracked
from kantormaya.api.shapes import Answers, Body, Reason, read_all
from kantormaya.bookings.offering import offers
from kantormaya.casework import applying, booking
from kantormaya.casework.standing import Standing
from kantormaya.documents.keeping import hand_over
from kantormaya.engine.events import APPLICANT, Actor
from kantormaya.engine.knowing import local_date
from kantormaya.engine.slots import Slot
from kantormaya.messages.conversing import conversation, say

router = Router(tags=["the holder of a case"])
Name = Annotated[str, Key(max_length=80)]


class Correction(Body):
    """The right answers and statements; files are handed in before, and go along."""

    answers: Answers = Key({})
    statements: dict[str, bool] = Key({})
    seen: int | None = None


class Statements(Body):
    """Statements that are declared to be true; files are handed in before, and go along."""

    statements: dict[str, bool] = Key({})


class Of(Body):
    """The task or the booking that is meant."""

    of: Name


class Going(Body):
    """The version of the case that was looked at."""

    seen: int | None = None


class Withdrawal(Body):
    """Why it is taken back."""

    reason: str = Reason


class Words(Body):
    """A message to the office."""

    text: str = Reason


class Message(BaseModel):
    """One line of what was said."""

    at: datetime
    by_applicant: bool
    role: str
    text: str


class Chosen(Body):
    """A time that was offered: its beginning, and its session where there are sessions."""

    of: Name
    starts_at: AwareDatetime
    session: str = Key("", max_length=80)
    seen: int | None = None


class Time(BaseModel):
    """A time that can be chosen, with the places left."""

    starts_at: datetime
    ends_at: datetime | None
    session: str
    free: int


@writes(router, "/application/files", HOLDER, Kept, status=201, limit="upload")
def upload(request: HttpRequest, requirement: Form[str], file: File[UploadedFile]) -> Kept:
    """Hand in a file; it becomes part of the case when the correction, or what came later, is sent."""
    now_ = held(request)
    return put(now_.definition, requirement, file, now_.case.code)


@writes(router, "/application/correct", HOLDER, Tracked)
def correct(request: HttpRequest, body: Correction) -> Tracked:
    """Mend everything that was asked, at once."""
    now_ = held(request)
    answers = read_all(
        now_.definition.questions, body.answers, "answers", values=now_.values(),
        today=local_date(now_.at, now_.calendar), calendar=now_.calendar,
    )  # fmt: skip
    handed = given(now_.definition, now_.case.code, body.statements)
    return _with_files(applying.correct(now_.case.pk, answers, handed, key=key_of(request), seen=body.seen))


@writes(router, "/application/give", HOLDER, Tracked)
def give(request: HttpRequest, body: Statements) -> Tracked:
    """Hand in what is needed later than at submission."""
    now_ = held(request)
    handed = given(now_.definition, now_.case.code, body.statements)
    return _with_files(applying.give(now_.case.pk, handed, key=key_of(request)))


@writes(router, "/application/confirm", HOLDER, Tracked)
def confirm(request: HttpRequest, body: Of) -> Tracked:
    """Agree with the minutes of an inspection."""
    now_ = held(request)
    if body.of not in now_.definition.task:
        raise Http404
    return tracked(applying.confirm(now_.case.pk, body.of, key=key_of(request)))


@writes(router, "/application/go-on", HOLDER, Tracked)
def go_on(request: HttpRequest, body: Going) -> Tracked:
    """What the applicant's step asked is done; the case goes on."""
    return tracked(applying.go_on(held(request).case.pk, key=key_of(request), seen=body.seen))


@writes(router, "/application/withdraw", HOLDER, Tracked)
def withdraw(request: HttpRequest, body: Withdrawal) -> Tracked:
    """Take the application back."""
    return tracked(applying.withdraw(held(request).case.pk, body.reason, key=key_of(request)))


@reads(router, "/application/messages", HOLDER, list[Message])
def messages(request: HttpRequest) -> list[Message]:
    """What the holder and the office said to each other, oldest first."""
    return [_line(one) for one in conversation(held(request).case, for_applicant=True)]


@writes(router, "/application/messages", HOLDER, Message, status=201)
def write(request: HttpRequest, body: Words) -> Message:
    """Write to the office that works on the case."""
    return _line(say(held(request).case, Actor(APPLICANT), body.text, key=key_of(request), by=APPLICANT))


@reads(router, "/application/times/{name}", HOLDER, list[Time])
def times(request: HttpRequest, name: str) -> list[Time]:
    """The times of a booking that can still be had."""
    now_ = held(request)
    if name not in now_.definition.booking:
        raise Http404
    days = offers(now_.definition, name, now_.values(), now_.calendar, now_.at)
    return [
        Time(starts_at=one.slot.starts_at, ends_at=one.slot.ends_at, session=one.slot.session, free=one.free)
        for day in days for one in day.offers if one.free
    ]  # fmt: skip


@writes(router, "/application/times", HOLDER, Tracked)
def book(request: HttpRequest, body: Chosen) -> Tracked:
    """Choose a time, or another one instead."""
    now_ = held(request)
    if body.of not in now_.definition.booking:
        raise Http404
    slot = Slot(body.starts_at, None, body.session)
    return tracked(booking.book(now_.case.pk, body.of, slot, key=key_of(request), seen=body.seen))


@writes(router, "/application/cancel-time", HOLDER, Tracked)
def cancel(request: HttpRequest, body: Of) -> Tracked:
    """Let a time go."""
    now_ = held(request)
    if body.of not in now_.definition.booking:
        raise Http404
    return tracked(booking.cancel(now_.case.pk, body.of, key=key_of(request)))


def _with_files(done: Standing) -> Tracked:
    hand_over(done.case.code, done.case)
    return tracked(done)


def _line(one: Any) -> Message:
    return Message(at=one.at, by_applicant=one.by_applicant, role=one.role, text=one.text)
