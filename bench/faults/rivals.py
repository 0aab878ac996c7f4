"""Many want the same thing at the same moment: one case, one bill, one number of places."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from bench.faults.client import Answer, new_key
from bench.faults.killing import _looked
from bench.faults.scene import Line, Scene
from kantormaya.api.keys import holder_key
from kantormaya.audit.time import now
from kantormaya.bookings.models import Place
from kantormaya.cases.models import Event
from kantormaya.casework import applying
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.publishing import current, definition_of
from kantormaya.engine.generating import sample_answers
from kantormaya.engine.simulating import handed_in
from kantormaya.language.evaluating import About
from kantormaya.payments.models import Bill, Payment
from kantormaya.payments.providers.demo_bank import DemoBank
from kantormaya.people.machines import sign
from kantormaya.people.scopes import scope_case, scope_system, scoped

CALL_BACK = "/api/pembayaran/demo_bank/"
SEATS, TIMES = 2, 10


def officials(scene: Scene) -> Line:
    """Two officials decide the same case at the same moment: one does, the other is told."""
    pairs = scene.much(10, 100)
    already = len(scene.client.of("submitted"))
    scene.client.apply_many(pairs, first=300_000)
    numbers = [line["number"] for line in scene.client.of("submitted")][already:]
    loket, ways = scene.bearer("front_office"), Counter[tuple[int, ...]]()
    for number in numbers:
        seen = scene.client.ask("GET", f"/api/v1/cases/{number}", **loket).said["version"]
        checked = scene.client.until_answered(
            "POST",
            f"/api/v1/cases/{number}/moves",
            {"act": "check", "fits": ["berkas"], "seen": seen},
            **loket,
        )
        seen = checked.said["version"]
        acts = (
            {"act": "move", "of": "forward", "seen": seen},
            {"act": "move", "of": "tolak", "reason": "tidak sesuai", "seen": seen},
        )
        with ThreadPoolExecutor(2) as pool:
            came = [
                pool.submit(
                    scene.client.ask, "POST", f"/api/v1/cases/{number}/moves", act, key=new_key(), **loket
                )
                for act in acts
            ]
        ways[tuple(sorted(one.result().status for one in came))] += 1
    line = Line("two officials on one case", f"{pairs} pairs", f"answers {dict(ways)}")
    if set(ways) != {(200, 409)}:
        line.wrong.append(f"not one yes and one no: {dict(ways)}")
    with scoped(scope_system("fault injection")):
        moved = Counter(
            Event.objects.filter(case__number__in=numbers, kind="moved").values_list(
                "case__number", flat=True
            )
        )
    if set(moved.values()) != {1} or len(moved) != pairs:
        line.wrong.append("a case was moved twice or not at all")
    return _looked(scene, line)


def payments(scene: Scene) -> Line:
    """Fifty payments of one bill, and call-backs twice, late, forged, with a wrong amount and in another order."""
    already = len(scene.client.of("submitted"))
    scene.client.apply_many(4, "uji-bayar", first=400_000, with_file=False)
    codes = [line["code"] for line in scene.client.of("submitted")][already:]
    bills = {}
    for code in codes:
        with scoped(scope_case(code)):
            bills[code] = Bill.objects.get(case__code=code)
    many, first, second, late = (bills[code] for code in codes)
    wrong: list[str] = []

    reports = [_report(many, f"faults-{n}") for n in range(50)]
    with ThreadPoolExecutor(16) as pool:
        said = Counter(a.said.get("verdict") for a in pool.map(lambda r: _call(scene, *r), reports))
    if said != {"matched": 1, "duplicate": 49}:
        wrong.append(f"50 payments of one bill: {dict(said)}")

    again = [_call(scene, *reports[0]) for _ in range(3)]
    if len({(a.status, a.body) for a in again}) != 1:
        wrong.append("the same report was answered differently")
    headers, body = _report(first, "faults-forged")
    if _call(scene, headers, body.replace(b"faults-forged", b"faults-gepalst")).status != 401:
        wrong.append("a forged report was not refused")
    if _call(scene, *_report(first, "faults-less", amount=1)).said["verdict"] != "wrong_amount":
        wrong.append("a wrong amount was taken")
    newer, older = _report(second, "faults-newer"), _report(first, "faults-older")
    verdicts = [_call(scene, *newer).said["verdict"], _call(scene, *older).said["verdict"]]
    if verdicts != ["matched", "matched"]:
        wrong.append(f"in another order: {verdicts}")
    if (
        _call(scene, *_report(late, "faults-late", at=now() + timedelta(days=60))).said["verdict"]
        == "matched"
    ):
        wrong.append("a late payment was counted by itself")

    with scoped(scope_system("fault injection")):
        paid = Counter(
            Event.objects.filter(case__code__in=codes, kind="paid").values_list("case__code", flat=True)
        )
        counted = Payment.objects.filter(bill__in=[b.pk for b in bills.values()], verdict="matched").count()
    if dict(paid) != dict.fromkeys(codes[:3], 1) or counted != 3:
        wrong.append(f"paid events {dict(paid)}, matched reports {counted}")
    line = Line("payments and call-backs", "50 of one bill; twice, late, forged, reordered", f"{dict(said)}")
    line.wrong += wrong
    return _looked(scene, line)


def bookings(scene: Scene) -> Line:
    """Many want the same few places of a diary: each place is given once, the rest are told."""
    people = scene.much(60, 200)
    revision = current("perekaman-ktp-el")
    assert revision is not None
    definition, calendar = definition_of(revision), current_calendar()
    name = next(iter(definition.booking))
    answers = sample_answers(definition, About(None), calendar, now())
    holders = []
    for n in range(people):
        draft = applying.begin(revision, About(next(iter(definition.variants), None)), language="id")
        with scoped(scope_case(draft.token)):
            identity = {"name": f"Pemohon {n}", "nik": "9906015708900001"}
            applying.fill(draft, answers=answers, given=handed_in(definition), identity=identity)
            case = applying.submit(draft).case
        scene.client.keep("made", code=case.code)
        holders.append((case.number, {"Authorization": f"Bearer {holder_key(case.code)[0]}"}))
    connection.close()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: _to_recording(scene, one[0]), holders))
    free = scene.client.ask("GET", f"/api/v1/application/times/{name}", **holders[0][1]).said[:TIMES]
    places = SEATS * len(free)

    def want(n: int) -> Answer:
        time = free[n % len(free)]
        wish = {"of": name, "starts_at": time["starts_at"], "session": time["session"]}
        answer = Answer(0)
        for _ in range(50):  # the same key until there is a yes or a no
            answer = scene.client.ask(
                "POST", "/api/v1/application/times", wish, key=f"kursi-{n:020}", **holders[n][1]
            )
            if answer.status in (200, 422):
                break
        if answer.status == 200:
            scene.client.keep("act", number=holders[n][0], event="booked")
        return answer

    with ThreadPoolExecutor(32) as pool:
        came = Counter(answer.status for answer in pool.map(want, range(people)))
    with scoped(scope_system("fault injection")):
        held = Counter(
            Place.objects.filter(released_at=None, case__number__in=[n for n, _ in holders]).values_list(
                "starts_at", "seat"
            )
        )
    line = Line("bookings of the same places", f"{people} for {places}", f"answers {dict(came)}")
    if came != {200: places, 422: people - places}:
        line.wrong.append(f"{dict(came)} for {places} places")
    if len(held) != places or max(held.values(), default=0) > 1:
        line.wrong.append(f"{len(held)} places held, one of them {max(held.values(), default=0)} times")
    return _looked(scene, line)


def _to_recording(scene: Scene, number: str) -> None:
    """As far as the step for which a time is booked."""
    for body in ({"act": "check", "fits": ["kk"]}, {"act": "move", "of": "forward"}):
        answer = scene.do("district", number, body)
        assert answer.status == 200, answer.body


def _report(
    bill: Bill, external: str, *, amount: int | None = None, at: Any = None
) -> tuple[dict[str, str], bytes]:
    """The signed call-back of the example bank."""
    said = {
        "external_id": external,
        "reference": bill.reference,
        "amount": bill.amount if amount is None else amount,
        "paid_at": (at or now()).isoformat(),
    }
    body = json.dumps(said).encode()
    return sign(DemoBank(settings.SECRET_KEY).key, body), body


def _call(scene: Scene, headers: dict[str, str], body: bytes) -> Answer:
    return scene.client.ask("POST", CALL_BACK, body, **headers)
