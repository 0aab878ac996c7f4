"""One example case after the other: a citizen made of papier mâché hands in, officials do what the desk offers them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kantormaya.audit.time import now
from kantormaya.cases.models import Case
from kantormaya.casework import applying, deciding, signing
from kantormaya.casework.elsewhere import note_number
from kantormaya.casework.seats import seats
from kantormaya.casework.standing import Standing, standing
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.models import Revision
from kantormaya.catalogue.publishing import definition_of
from kantormaya.engine.choices import Choice
from kantormaya.engine.events import APPLICANT, Refused
from kantormaya.engine.generating import about_for, sample, sample_answers, sample_given
from kantormaya.engine.needs import agreed
from kantormaya.engine.office import FORWARD
from kantormaya.engine.state import State
from kantormaya.language.asking import Field
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About
from kantormaya.language.regions import choices
from kantormaya.payments.models import Bill, BillState
from kantormaya.people.models import Post
from kantormaya.people.scopes import scope_agency, scope_case, scoped
from kantormaya.site.demo_money import pay
from kantormaya.site.demo_national import hand_over
from kantormaya.site.demo_office import PASSPHRASE
from kantormaya.site.demo_papers import Papers
from kantormaya.site.demo_pictures import show_place

REASONS = (
    "Foto buram, tulisan tidak terbaca. Ambil ulang di tempat terang.",
    "Halaman kedua belum ikut. Mohon unggah semua halaman.",
    "Nama pada surat ini berbeda dengan KTP. Mohon unggah yang sesuai.",
    "Tanggalnya sudah lewat masa berlaku. Mohon perbarui.",
)
REFUSAL = "Letak yang dimohon berada di luar kawasan yang diperbolehkan."
LONGEST = 70


@dataclass(frozen=True)
class Plan:
    """What an example case is to become."""

    number: int
    revision: Revision
    end: str
    start: datetime


@dataclass
class Cast:
    """Everybody at their desks, and the example papers that citizens hand in."""

    posts: dict[tuple[str, str], Post]
    papers: Papers
    until: datetime

    @classmethod
    def gather(cls, until: datetime) -> Cast:
        """All posts by agency and role; the example ends at `until`."""
        posts = Post.objects.select_related("account", "agency")
        return cls({(p.agency.slug, p.role): p for p in posts}, Papers.make(), until)

    def leaves_unpaid(self) -> bool:
        """Whether a bill stays open, so that a visitor finds one to pay: those of the last days."""
        return self.until - now() < timedelta(days=4)


def story(plan: Plan, cast: Cast, dice: random.Random) -> Iterator[timedelta]:
    """The life of one case; yields how long it waits before the next act."""
    definition = definition_of(plan.revision)
    case = _hand_in(plan, definition, cast, dice)
    for _ in range(LONGEST):
        yield _pause(plan, dice)
        here = _look(case)
        if not here.state.is_open:
            return
        if here.state.correction is not None or here.case.turn == APPLICANT:
            if plan.end == "lapsed":
                return  # the applicant falls silent, and time does the rest
            if here.state.correction is not None:
                yield timedelta(hours=dice.randint(3, 60))
        if plan.end == "withdrawn" and dice.random() < 0.3:
            with scoped(scope_case(case.code)):
                applying.withdraw(case.pk, "Rencana usaha berubah.", key=f"demo-{plan.number}-w")
            return
        if not _act(plan, cast, here, dice):
            return


def _pause(plan: Plan, dice: random.Random) -> timedelta:
    hours = dice.choice((1, 1, 2, 3, 5)) if plan.end != "slow" else dice.choice((20, 40, 70))
    return timedelta(hours=hours, minutes=dice.randint(1, 59))


def _look(case: Case) -> Standing:
    with scoped(scope_case(case.code)):
        return standing(Case.objects.select_related("revision", "agency").get(pk=case.pk))


def _hand_in(plan: Plan, definition: Definition, cast: Cast, dice: random.Random) -> Case:
    if definition.national is not None:
        return hand_over(plan.number, cast.papers)
    variants = list(definition.variants) or [None]
    variant = variants[0] if dice.random() < 0.7 else dice.choice(variants)
    about = about_for(definition, variant)
    kinds = definition.party["applicant"].kinds
    about = About(about.variant, "online", dice.choice(kinds), False, False)
    calendar = current_calendar()
    answers = _answers(definition, about, dice)
    draft = applying.begin(plan.revision, about, language="en" if plan.number % 17 == 0 else "id")
    with scoped(scope_case(draft.token)):
        given = sample_given(definition, about, answers, calendar, now())
        filed = {name: cast.papers.hand_in(draft.token, name, what) for name, what in given.items()}
        applying.fill(draft, answers=answers, given=filed, identity=_identity(plan.number, about))
        case = applying.submit(draft).case
        if plan.number % 9 == 0:
            note_number(case, "OSS", f"CONTOH-{plan.number:06}")
        return case


def _answers(definition: Definition, about: About, dice: random.Random) -> dict[str, Any]:
    """Sample answers with some variety in the choices."""
    calendar = current_calendar()
    preferred: dict[str, Any] = {}
    for name, question in definition.questions.items():
        if question.type == "choice" and dice.random() < 0.5:
            preferred[name] = dice.choice(list(question.choices))
        if question.type == "place":
            _, villages = dice.choice(choices())
            preferred[name] = {
                "lat": None,
                "lon": None,
                "address": f"Jalan Contoh {dice.randint(1, 99)}",
                "village": dice.choice(villages)[0],
            }
        if question.type == "text":
            preferred[name] = f"{question.label.id} (contoh)"
    return sample_answers(definition, about, calendar, now(), preferred)


def _identity(number: int, about: About) -> dict[str, str]:
    """An applicant who is plainly an example: no province has the code 99."""
    day = number % 28 + 1
    address = f"{'penuh' if number % 90 == 7 else 'pemohon'}{number}@contoh.example"
    identity = {
        "name": f"Pemohon Contoh {number}",
        "nik": f"990101{day:02}0190{number % 9999 + 1:04}",
        "phone": f"+628120000{number:04}",
        "email": "warga@contoh.example" if number % 25 == 3 else address,  # one who has several cases
        "address": f"Jalan Contoh {number}, Sekayu",
    }
    if about.applicant_kind != "perorangan":
        identity["organisation"] = f"Badan Contoh {number}"
    return identity


def _act(plan: Plan, cast: Cast, here: Standing, dice: random.Random) -> bool:
    """One sensible act by whoever's turn it is; False when nobody can do anything more."""
    key = f"demo-{plan.number}-{here.case.version}"
    try:
        if here.state.correction is not None or here.case.turn == APPLICANT:
            return _citizen(cast, here, key)
        for seat in seats(here.definition, here.state, here.calendar, here.clocks()):
            post = cast.posts.get((seat.agency or "", seat.role))
            found = deciding.choices(here, [post]) if post else []
            if found:
                assert post
                done = _official(plan, cast, here, post, [choice for _, choice in found], key, dice)
                if done:
                    return True
    except Refused:
        return False
    return _confirm(here, key)


def _confirm(here: Standing, key: str) -> bool:
    for name, task in here.state.tasks.items():
        if task.status == "answered":
            with scoped(scope_case(here.case.code)):
                applying.confirm(here.case.pk, name, key=key)
            return True
    return False


def _citizen(cast: Cast, here: Standing, key: str) -> bool:
    case, state = here.case, here.state
    with scoped(scope_case(case.code)):
        if state.correction is not None:
            targets = [item.target for item in state.correction.items]
            names = [t.partition(".")[2] for t in targets if t.startswith("requirement.")]
            fields = [t.partition(".")[2] for t in targets if t.startswith("field.")]
            given = {n: cast.papers.hand_in("", n, (f"{n}.pdf",), case=case) for n in names}
            answers = {
                n: sample(here.definition.field[n], here.values(), here.calendar, now()) for n in fields
            }
            applying.correct(case.pk, answers, given, key=key)
            return True
        bill = Bill.objects.filter(case=case, state=BillState.DUE).first()
        missing = [n for n, h in state.requirements.items()
                   if h.status == "missing" and here.definition.requirement[n].needed_at == f"step.{state.at}"]  # fmt: skip
        if missing:
            given = {n: cast.papers.hand_in("", n, (f"{n}.pdf",), case=case) for n in missing}
            applying.give(case.pk, given, key=key)
            return True
    if bill is not None and bill.reference:
        treasurer = cast.posts.get((here.definition.agency, "revenue_treasurer"))
        return pay(bill, treasurer, is_recent=cast.leaves_unpaid())
    with scoped(scope_case(case.code)):
        applying.go_on(case.pk, key=key)
    return True


def _official(
    plan: Plan, cast: Cast, here: Standing, post: Post, open_: list[Choice], key: str, dice: random.Random
) -> bool:
    case, state, definition = here.case, here.state, here.definition
    acts = {c.act: c for c in open_ if c.refused is None}
    ways = {c.id: c for c in open_ if c.act == "move" and c.refused is None}
    signs = [c for c in open_ if c.act == "sign"]
    if signs:
        return _sign(case, post)
    with scoped(scope_agency(post.agency_id, post.account_id)):
        if "schedule" in acts:
            deciding.schedule(case.pk, post, acts["schedule"].id, now() + timedelta(hours=20), key=key)
            return True
        if "answer" in acts:
            with scoped(scope_case(case.code)):
                if case.pk % 2 == 0:
                    show_place(here, acts["answer"].id)
            return _answer(here, post, acts["answer"].id, key)
        unchecked = tuple(n for n, h in state.requirements.items() if h.status == "given")
        office_sees = tuple(
            n for n, h in state.requirements.items() if h.status == "missing" and _by_office(definition, n)
        )
        if "check" in acts and (unchecked or office_sees):
            return _check(plan, here, post, unchecked, office_sees, key, dice)
        reported = {n for task in definition.tasks_at(state.at).values() for n in task.report}
        wanting = {
            n for n, f in definition.facts.items() if f.step == state.at and n not in here.values()
        } - reported
        if "find" in acts and wanting:
            facts = {n: sample(definition.facts[n], here.values(), here.calendar, now()) for n in wanting}
            deciding.find(case.pk, post, facts, key=key)
            return True
        if "return" in acts and any(h.status == "faulty" for h in state.requirements.values()):
            deciding.ask_correction(case.pk, post, {}, key=key)
            return True
        if "return" in acts and plan.number % 2 and state.round == 1 and (early := _overlooked(state)):
            deciding.ask_correction(case.pk, post, {f"requirement.{early}": REASONS[0]}, key=key)
            return True
        if plan.end == "refused" and (
            refuse := next((w for w in ways if w != FORWARD and ways[w].reason), None)
        ):
            deciding.move(case.pk, post, refuse, REFUSAL, key=key)
            return True
        if FORWARD in ways:
            deciding.move(case.pk, post, FORWARD, key=key)
            return True
        if (
            any(t.status == "closed" and not agreed(definition, state, n) for n, t in state.tasks.items())
            and ways
        ):
            deciding.move(case.pk, post, next(iter(ways)), REFUSAL, key=key)
            return True
    return False


def _overlooked(state: State) -> str | None:
    """A requirement that was there to be seen when the file went back the first time."""
    if state.late_returns:
        return None
    return next((n for n, h in state.requirements.items() if h.status == "accepted" and not h.round), None)


def _by_office(definition: Definition, name: str) -> bool:
    item = definition.requirement[name]
    return item.asked_at_submission and (
        item.kind in ("original", "thing", "registry") or item.if_none == "officer"
    )


def _check(
    plan: Plan,
    here: Standing,
    post: Post,
    given: tuple[str, ...],
    office_sees: tuple[str, ...],
    key: str,
    dice: random.Random,
) -> bool:
    deficient: dict[str, str] = {}
    first = here.state.round == 0 and here.state.accepted_at is None
    if (
        plan.end in ("returned", "lapsed")
        and first
        and len(given) > 1
        and here.definition.step[here.state.at].correction
    ):
        deficient = {n: dice.choice(REASONS) for n in dice.sample(given, 2)}
    fits = tuple(n for n in (*given, *office_sees) if n not in deficient)
    deciding.check(here.case.pk, post, fits=fits, deficient=deficient, key=key)
    return True


def _answer(here: Standing, post: Post, task: str, key: str) -> bool:
    rule = here.definition.task[task]
    values = here.values()
    facts = {
        n: sample(here.definition.field[n], values, here.calendar, now())
        for n in rule.report
        if n not in here.state.facts
    }
    facts = {n: _well(here.definition.field[n], value) for n, value in facts.items()}
    best = list(rule.possible_answers())[-1]
    note = "Sesuai dengan berkas dan keadaan di tempat." if rule.kind != "initials" else ""
    deciding.answer(here.case.pk, post, task, best, note=note, facts=facts, key=key)
    return True


def _well(field: Field, value: Any) -> Any:
    """A finding as it is where all is well: yes, and of a hundred points most."""
    if field.type == "yes_no":
        return True
    is_score = field.type == "number" and field.max is not None and field.max.source == "100"
    return 88 if is_score else value


def _sign(case: Case, post: Post) -> bool:
    scope = scope_agency(post.agency_id, post.account_id)
    return bool(signing.sign([case.pk], post, PASSPHRASE, scope=scope).signed)
