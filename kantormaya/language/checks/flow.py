"""The flow: nothing unreachable, nothing without an end, nobody acting for someone else, no clock that stays stopped."""

from __future__ import annotations

from kantormaya.language.checks.finding import Findings, Ground, doubt, fault
from kantormaya.language.checks.ways import leading_to, onward, reached
from kantormaya.language.working import Step

GOOD = ("granted", "granted_in_part", "done", "answered")


def flow(ground: Ground) -> Findings:
    """Steps, moves and ends."""
    d = ground.definition
    if not d.step or not d.outcome:
        empty = "step" if not d.step else "outcome"
        yield fault(
            "flow.empty", (empty,), ("belum ada isinya", "there is nothing in it"), ("tambahkan", "add one")
        )
        return
    yield from _reach(ground)
    for name, step in d.step.items():
        yield from _step(ground, name, step)
        yield from _applicant(ground, name, step)
        yield from _loops(ground, name, step)
    yield from _waiting(ground)


def _reach(ground: Ground) -> Findings:
    d = ground.definition
    found = reached(d, [d.start])
    if d.promise.correction is not None and any(step.correction for step in d.step.values()):
        found |= reached(d, [d.promise.correction.silence])
    ending = leading_to(d, d.ends)
    for name in d.step:
        if name not in found:
            yield fault(
                "step.unreachable",
                ("step", name),
                ("tidak ada jalan ke langkah ini", "no way leads to this step"),
                ("arahkan then atau move ke sini, atau hapus", "lead a then or a move here, or delete it"),
            )
        elif name not in ending:
            yield fault(
                "step.never_ends",
                ("step", name),
                ("dari langkah ini tidak ada jalan ke hasil akhir", "from this step no way leads to an end"),
                ("tambahkan then atau move ke sebuah outcome", "add a then or a move to an outcome"),
            )
    for name in d.outcome:
        if name not in found:
            yield fault(
                "outcome.unreachable",
                ("outcome", name),
                ("tidak ada jalan ke hasil ini", "no way leads to this outcome"),
                ("arahkan then atau move ke sini, atau hapus", "lead a then or a move here, or delete it"),
            )
    accepting = [name for name, step in d.step.items() if step.accepts]
    if d.promise.from_ == "accepted" and accepting and not any(name in found for name in accepting):
        yield fault(
            "promise.never_starts",
            ("promise", "from"),
            ("janji waktu tidak pernah mulai", "the promise never starts"),
            (
                "taruh accepts = true pada langkah yang pasti dilalui",
                "put accepts = true on a step that is passed",
            ),
        )


def _step(ground: Ground, name: str, step: Step) -> Findings:
    here = ("step", name)
    if step.when is not None and step.then is None:
        yield fault(
            "step.passed_over",
            here,
            (
                "langkah bersyarat tanpa then: ke mana bila dilewati?",
                "a step with a condition and no then: where to, when passed over?",
            ),
            ('tambahkan then = "…"', 'add then = "…"'),
        )
    roles = {case.is_ for case in step.by}
    for key, move in step.move.items():
        if "applicant" in move.by and "applicant" not in roles:
            yield fault(
                "move.applicant",
                (*here, "move", key, "by"),
                (
                    "pemohon tidak boleh melakukan langkah petugas",
                    "the applicant may not make an official's move",
                ),
                ("hapus applicant dari by", "take applicant out of by"),
            )
        if move.to == step.then and move.when is None and not move.needs and move.label is None:
            yield doubt(
                "move.same",
                (*here, "move", key),
                ("sama dengan jalan biasa (then)", "the same as the plain way (then)"),
                ("hapus, atau beri label", "delete it, or give it a label"),
            )
    if "public" in roles:
        yield fault(
            "step.nobody",
            (*here, "by"),
            ("tidak ada yang dapat menjalankan langkah ini", "nobody can do this step"),
            ("sebut peran petugas, atau jadikan [task]", "name a role of the office, or make it a [task]"),
        )
    if not onward(step):
        return
    if step.correction and ground.definition.promise.correction is None:
        yield doubt(
            "correction.rule",
            (*here, "correction"),
            (
                "berkas dapat dikembalikan, tetapi aturannya tidak ada",
                "a file can be sent back, but there is no rule for it",
            ),
            (
                'tambahkan [promise] correction = {{ within = "…" }}',
                'add [promise] correction = {{ within = "…" }}',
            ),
        )


def _applicant(ground: Ground, name: str, step: Step) -> Findings:
    here = ("step", name)
    if not any(case.is_ == "applicant" for case in step.by):
        return
    stated = step.within is not None and all(case.is_ != "not_stated" for case in step.within)
    if not stated:
        say = doubt if step.within is not None and ground.is_imported else fault
        yield say(
            "applicant.within",
            here,
            ("langkah pemohon tanpa batas waktu", "an applicant's step without a time limit"),
            ('tambahkan within = "… hari kerja"', 'add within = "… hari kerja"'),
        )
    if step.silence is None:
        yield fault(
            "applicant.silence",
            here,
            (
                "tidak disebut apa yang terjadi bila pemohon diam",
                "it is not said what happens when the applicant stays silent",
            ),
            ('tambahkan silence = "lapsed" atau "remind"', 'add silence = "lapsed" or "remind"'),
        )
    elif step.silence in ("remind", "escalate") and stated and step.clock != "runs":
        yield doubt(
            "clock.never_resumed",
            (*here, "silence"),
            (
                "bila pemohon tetap diam, waktu berhenti selamanya",
                "if the applicant stays silent the clock stays stopped for good",
            ),
            ('pakai silence = "lapsed"', 'use silence = "lapsed"'),
        )
    for key in ("signs", "accepts", "correction", "extension"):
        if getattr(step, key):
            yield fault(
                "applicant.official",
                (*here, key),
                ("ini pekerjaan petugas, bukan pemohon", "this is an official's act, not the applicant's"),
                ("pindahkan ke langkah petugas", "move it to an official's step"),
            )


def _loops(ground: Ground, name: str, step: Step) -> Findings:
    """A way back needs a limit: `rounds`, or a clock that keeps running."""
    back = _before(ground, name)
    for key, move in step.move.items():
        is_open = move.to in back and move.rounds is None and move.clock != "keep"
        if is_open and (move.to == name or name in ground.after(move.to)):
            yield ground.gap(
                "move.loop",
                ("step", name, "move", key),
                ("jalan kembali ini bisa berulang tanpa batas", "this way back can be taken without end"),
                ('tambahkan rounds = 1, atau clock = "keep"', 'add rounds = 1, or clock = "keep"'),
            )
    if step.then in back:
        yield fault(
            "step.loop",
            ("step", name, "then"),
            ("jalan biasa ini berputar kembali", "the plain way runs in a circle"),
            ("arahkan then ke langkah berikut", "lead then to the next step"),
        )


def _before(ground: Ground, name: str) -> set[str]:
    """The step itself and what stands before it in the file: going there is going back."""
    order = list(ground.definition.step)
    return set(order[: order.index(name) + 1])


def _waiting(ground: Ground) -> Findings:
    d = ground.definition
    for name, task in d.task.items():
        if (
            task.silence == "wait"
            and task.within is None
            and task.kind in ("opinion", "meeting")
            and not task.on_request
        ):
            yield ground.gap(
                "task.waits",
                ("task", name),
                ("menunggu tanpa batas waktu", "waits without a limit"),
                ("tambahkan within, atau silence", "add within, or silence"),
            )
        if "applicant" in task.by and task.kind not in ("presence", "test"):
            yield fault(
                "task.applicant",
                ("task", name, "by"),
                (
                    "pemohon tidak dapat mengerjakan ini atas nama kantor",
                    "the applicant can't do this for the office",
                ),
                ("sebut peran petugas", "name a role of the office"),
            )
        answers = task.possible_answers()
        if task.rule in ("all_agree", "majority") and len(answers) < 2:
            yield fault(
                "task.rule",
                ("task", name, "rule"),
                (
                    "aturan ini tidak dapat dipenuhi dengan satu jawaban saja",
                    "this rule can't be met with a single answer",
                ),
                ("tambahkan answers, dari terburuk ke terbaik", "add answers, from the worst to the best"),
            )
        if task.kind == "announcement" and task.runs is None and task.within is None:
            yield ground.gap(
                "task.waits",
                ("task", name),
                ("pengumuman tanpa lama tayang", "an announcement without a duration"),
                ('tambahkan runs = "… hari kalender"', 'add runs = "… hari kalender"'),
            )
    for name, step in d.step.items():
        if step.opens is not None and step.opens.wait and step.within is None:
            yield doubt(
                "step.waits",
                ("step", name, "opens"),
                ("menunggu layanan lain tanpa batas waktu", "waits for another service without a limit"),
                ("tambahkan within", "add within"),
            )
    if d.promise.on_silence == "grant" and d.promise.basis is None:
        yield fault(
            "promise.grant",
            ("promise", "on_silence"),
            ("dikabulkan karena diam hanya bila ada dasar hukumnya", "deemed granted needs a legal basis"),
            ('tambahkan basis = "…"', 'add basis = "…"'),
        )
