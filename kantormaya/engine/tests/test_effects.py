"""What an event obliges the office to do, and that no word of the closed lists is idle."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import kantormaya.engine as engine
from kantormaya.engine import Actor, Effect, Event, Kind, Need, State, apply, effects
from kantormaya.engine.applying import _APPLIERS
from kantormaya.engine.choices import Choice
from kantormaya.engine.effects import newly_asked
from kantormaya.engine.tests.small import BACK, CITIZEN, HEAD, LOKET, Case, case, service
from kantormaya.engine.walking import play, read_walk
from kantormaya.language.definition import Definition
from kantormaya.language.reading import load

SERVICES = Path(__file__).parents[3] / "services"
STEPS = """
[requirement]
ktp = { title = "KTP" }
lama = { title = "Izin lama", kind = "permit", optional = true }
[field]
luas = { type = "number", label = "Luas" }
ganti = { type = "yes_no", label = "Ganti", default = false }
[step.periksa]
title = "Periksa"
by = "front_office"
correction = true
then = "bayar"
move.tolak = { to = "ditolak" }
[step.bayar]
title = "Membayar"
by = "applicant"
within = "5 hari kerja"
silence = "lapsed"
then = "telaah"
[step.telaah]
title = "Telaah"
by = "back_office"
correction = true
then = "tanda_tangan"
move.tolak = { to = "ditolak" }
[task.pendapat]
kind = "opinion"
step = "telaah"
title = "Pertimbangan"
by = "technical_team"
at = ["dinas-pupr"]
within = "1 hari kerja"
silence = "escalate"
[step.tanda_tangan]
title = "Tanda tangan"
by = "head_of_office"
signs = ["izin"]
then = "terbit"
move.kembali = { to = "telaah" }
[product]
izin = { title = "Izin", kind = "permit", replaces = "lama" }
cabut = { title = "Pencabutan", kind = "decision", revokes = "lama", when = "ganti" }
"""
ENDS = """
[outcome]
terbit = { title = "Terbit", means = "granted", products = ["izin", "cabut"] }
ditolak = { title = "Ditolak", means = "refused" }
"""
FEE = "[fee.line]\na = { title = 'A', amount = 100, units = 'luas' }\n[fee.bill]\nb = { step = 'bayar' }\n"


def told(
    definition: Definition, events: Iterable[Event]
) -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    """For each event what is due."""
    state: State | None = None
    found = []
    for event in events:
        after = apply(definition, state, event)
        found.append(
            (str(event.kind), [(str(one.effect), one.of) for one in effects(definition, state, event, after)])
        )
        state = after
    return found


def story() -> Case:
    made = case(service(STEPS, ends=ENDS, fee=FEE), {"luas": 3})
    made.act("return", LOKET, items={"requirement.ktp": "buram"})
    made.act("correct", CITIZEN, give=["ktp"])
    made.accept()
    made.act("pay", CITIZEN, bill="b")
    made.act("answer", Actor("technical_team", "dinas-pupr"), task="pendapat", answer="setuju")
    made.act("move", BACK)
    made.act("sign", HEAD, product="izin")
    return made


def test_a_whole_case_obliges_the_office_to_what_a_citizen_would_expect() -> None:
    made = story()
    assert told(made.definition, made.events) == [
        ("submitted", [("acknowledge", ())]),
        ("returned", [("tell_applicant", ("returned",))]),
        ("corrected", []),
        ("checked", []),
        ("moved", [("tell_applicant", ("moved",)), ("open_bills", ("b",))]),
        ("paid", [("tell_applicant", ("paid",))]),
        ("moved", [("ask_others", ("pendapat",))]),
        ("answered", []),
        ("moved", [("draft_papers", ("izin",))]),
        ("signed", []),
        ("moved", [("tell_applicant", ("moved",)), ("revoke_papers", ("izin",)), ("invite_survey", ())]),
    ]


def test_changed_second_and_void_bills_are_each_said() -> None:
    made = case(service(STEPS, ends=ENDS, fee=FEE), {"luas": 3}).accept()
    made.act("pay", CITIZEN, bill="b")
    for luas in (4, 5):
        made.act("return", BACK, items={"field.luas": "keliru"})
        made.act("correct", CITIZEN, give=[], answers={"luas": luas})
    made.act("move", BACK, to="tolak", reason="x")
    said = [one for _, dues in told(made.definition, made.events) for one in dues if "bills" in one[0]]
    assert said == [
        ("open_bills", ("b",)),
        ("open_bills", ("b-2",)),
        ("change_bills", ("b-2",)),
        ("void_bills", ("b-2",)),
    ]


def test_leaving_without_a_signature_voids_the_draft() -> None:
    made = story()
    unsigned = Case(made.definition, made.calendar, made.now)
    for event in made.events[:-2]:
        unsigned.state = apply(made.definition, unsigned.state, event)
    unsigned.act("move", HEAD, to="kembali")
    assert ("void_drafts", ("izin",)) in [
        one for _, dues in told(made.definition, [*made.events[:-2], *unsigned.events]) for one in dues
    ]


def test_an_officers_lateness_is_told_to_the_office_and_the_applicants_to_the_applicant() -> None:
    reminded = STEPS.replace('silence = "lapsed"', 'silence = "remind"')
    made = case(service(reminded, ends=ENDS, fee=FEE), {"luas": 3}).accept()
    made.on("6 hari kerja")
    assert told(made.definition, made.events)[-1] == ("reminded", [("tell_applicant", ("reminded",))])
    made.act("pay", CITIZEN, bill="b")
    made.on("2 hari kerja")
    assert told(made.definition, made.events)[-1][1][0][0] == "tell_office"


def test_the_applicant_hears_of_what_is_needed_only_now() -> None:
    later = STEPS.replace(
        'ktp = { title = "KTP" }',
        'ktp = { title = "KTP" }\nbukti = { title = "Bukti", needed_at = "step.telaah" }\ngambar = { title = "Gambar", when = "besar == true" }',
    )
    later = later.replace(
        "ganti = {", 'besar = { type = "yes_no", label = "Besar", filled_at = "step.telaah" }\nganti = {'
    )
    made = case(service(later, ends=ENDS, fee=FEE), {"luas": 3}).accept()
    made.act("pay", CITIZEN, bill="b")
    assert ("tell_applicant", ("moved",)) in told(made.definition, made.events)[-1][1]
    made.act("find", BACK, facts={"besar": True})
    assert told(made.definition, made.events)[-1] == ("found", [("tell_applicant", ("found",))])
    assert newly_asked(made.definition, made.last(), made.here) == ("gambar",)


def test_every_effect_is_caused_by_some_event() -> None:
    caused: set[str] = set()
    for folder in sorted(SERVICES.glob("*/walks")):
        definition = load(folder.parent).definition
        assert definition is not None
        for path in folder.glob("*.toml"):
            events = play(definition, read_walk(path), CALENDAR).simulation.events
            caused |= {name for _, dues in told(definition, events) for name, _ in dues}
    assert caused | {"change_bills", "void_drafts", "void_bills", "waive_bills"} == {
        str(effect) for effect in Effect
    }


CALENDAR = story().calendar


def test_every_kind_of_event_has_what_it_does() -> None:
    assert set(_APPLIERS) | {Kind.SUBMITTED} == set(Kind)


def test_every_need_stands_in_the_way_somewhere() -> None:
    source = (Path(engine.__file__).parent / "needs.py").read_text("utf-8")
    for need in Need:
        assert f"Need.{need.name}" in source


def test_a_choice_says_what_it_is_in_both_languages() -> None:
    assert Choice.__doc__
    made = case(service(STEPS, ends=ENDS, fee=FEE), {"luas": 3})
    for choice in engine.moves(made.definition, made.here, LOKET, made.calendar, made.now):
        assert choice.label.id and choice.label.en
