"""The whole journey of a phone without script: page, draft, a photo of one megabyte, submit; and what an upload costs a worker."""

from __future__ import annotations

from itertools import islice
from statistics import median

from bench.client import Request, Walk, send, walk
from bench.comparing import Bench, Goal, Result
from bench.filling import WHO, draft_of
from bench.measuring import highest_from_now, memory_of, workers
from bench.office import BENCH_WITH_FILE, CSRF, serving
from bench.phone import Phone, journey, photo, with_file
from bench.statements import answered_here
from bench.workloads.submit import lost

AT_ONCE = 8
UPLOADS = 20
MIB = 2**20


def run(bench: Bench) -> list[Result]:
    """Every journey that came to its receipt must be one case with one file."""
    result, photo_ = Result("journey"), photo()
    before = _rows(bench)
    found = walk(bench.office.port, [_one(photo_) for _ in range(bench.shape.journeys)], AT_ONCE)
    for name, seen in found.items():
        result.take(seen, name)
        figure = f"p50 {seen.percentile(0.5):.0f} ms, p95 {seen.percentile(0.95):.0f} ms ({seen.answered})"
        result.goals.append(Goal(f"{name}, {AT_ONCE} phones at once", figure, None))
    result.wrong += lost(before, _rows(bench), bench.shape.journeys)
    counted = _statements(photo_)
    result.statements = max(number for number, _ in counted)
    worst = ", ".join(f"{number} {path}" for number, path in sorted(counted, reverse=True)[:3])
    result.goals.append(Goal("no request over 10 statements", worst, result.statements <= 10))
    result.goals.append(_memory(bench, photo_))
    return [result]


def _one(file: bytes) -> Walk:
    """A journey through the bench's own form of thirty fields, with the answers it takes."""
    from kantormaya.audit.time import now
    from kantormaya.catalogue.calendars import current_calendar
    from kantormaya.catalogue.publishing import current, definition_of
    from kantormaya.engine.generating import about_for, sample_answers
    from kantormaya.language.forms import written

    revision = current(BENCH_WITH_FILE)
    assert revision is not None
    definition = definition_of(revision)
    answers = sample_answers(definition, about_for(definition, None), current_calendar(), now())
    said = {name: [value] for name, value in WHO.items()} | {"benar": ["ya"]}
    for name, value in answers.items():
        stands = written(definition.field[name], value)
        if definition.field[name].type == "place":
            parts = {name: stands["address"], f"{name}.village": stands["village"]}
            said |= {part: [str(words)] for part, words in parts.items()}
        else:
            said[name] = [
                {True: "ya", False: "tidak"}.get(stands, str(stands))
                if isinstance(stands, bool)
                else str(stands)
            ]
    return journey(BENCH_WITH_FILE, said, file)


def _rows(bench: Bench) -> dict[str, int]:
    of = "FROM documents_upload u JOIN cases_case c ON c.id = u.case_id WHERE c.service_slug = %s"
    return {
        "cases_case": bench.one("SELECT count(*) FROM cases_case WHERE service_slug = %s", BENCH_WITH_FILE),
        "documents_upload": bench.one(f"SELECT count(*) {of}", BENCH_WITH_FILE),
    }


def _statements(file: bytes) -> list[tuple[int, str]]:
    """How many statements each request of a journey sends, after one journey that warms this process up."""
    for _ in range(2):
        steps, counted = _one(file), []
        name, request = next(steps)
        try:
            while True:
                answer, said = answered_here(request)
                counted.append((len(said), f"{name} {request.path.split('/')[-2]}"))
                name, request = steps.send(answer)
        except StopIteration:
            pass
    return counted


def _memory(bench: Bench, file: bytes) -> Goal:
    """How far a worker's memory rises above what it was when an upload comes, on a server that has taken some already."""
    number = min(UPLOADS, 2 * bench.shape.journeys)
    asked = iter([_upload(file) for _ in range(2 * number)])
    grown = []
    with serving(bench.office.house, "uploads") as (port, pid):
        send(port, islice(asked, number), AT_ONCE)
        those = workers(pid)
        first = sum(map(memory_of, those))
        for one in asked:
            for worker in those:
                highest_from_now(worker)
            before = {worker: memory_of(worker) for worker in those}
            seen = send(port, iter([one]), 1)
            assert not seen.failed, seen.failed
            grown.append(max(memory_of(worker, "VmHWM") - before[worker] for worker in those))
        kept = (sum(map(memory_of, those)) - first) / number
    figure = f"{max(grown):.2f} MiB at most, {median(grown):.2f} as a rule, {kept:.2f} stays, with {len(file) / MIB:.2f} MiB"
    return Goal("a worker grows by an upload ≤ 2 MiB", figure, max(grown) <= 2)


def _upload(file: bytes) -> Request:
    """The page with the file, sent for a draft of its own."""
    from kantormaya.catalogue.publishing import current

    phone, token = Phone(), draft_of(current(BENCH_WITH_FILE)).token
    phone.cookies["csrftoken"] = CSRF
    body, kind = with_file({"csrfmiddlewaretoken": [CSRF]}, "denah", file)
    return phone.post(f"/ajukan/isi/{token}/berkas-denah/", body, kind)
