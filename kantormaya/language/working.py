"""What the office does with a case: promise, steps, tasks, fee, outcomes, products."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Key

from kantormaya.clock import Duration
from kantormaya.expressions import Expression
from kantormaya.language.basics import (
    Amount,
    Cases,
    Flag,
    Id,
    NotStated,
    Role,
    Several,
    Slug,
    Table,
    Whole,
)
from kantormaya.language.texts import Text


class Escalation(Table):
    """Whom to tell when a share of the time is used."""

    after: str = Key(pattern=r"^\d{1,3}%$")
    to: Role

    @property
    def share(self) -> float:
        """The used share of the limit, 0–1 and beyond."""
        return int(self.after[:-1]) / 100


class ExtensionRule(Table):
    """Who may lengthen the promise, by how much, how often, on what ground."""

    for_: Duration = Key(alias="for")
    by: Role
    times: Whole = Key(1, ge=1, le=9)
    basis: Text | None = None


class CorrectionRule(Table):
    """The one rule for sending a file back to the applicant: all deficiencies at once."""

    within: Duration
    rounds: Whole | None = Key(None, ge=1, le=20)
    silence: str = "lapsed"
    clock: Literal["stops", "runs"] = "stops"


class Remedy(Table):
    """What one can do against a decision."""

    service: Slug | None = None
    title: Text | None = None
    within: Duration | None = None
    after: Duration | None = None


class Promise(Table):
    """The one clock of the office: what is promised, and beside it what the law allows at most."""

    within: Cases[Duration | NotStated]
    from_: str = Key("accepted", alias="from")
    at_most: Duration | None = None
    on_silence: Literal["escalate", "grant"] = "escalate"
    basis: Text | None = None
    escalate: tuple[Escalation, ...] = ()
    extension: ExtensionRule | None = None
    correction: CorrectionRule | None = None
    remedy: tuple[Remedy, ...] = ()
    reads_hari_as: Literal["kerja", "kalender"] | None = None
    says: Text | None = None


class Refund(Table):
    until: Duration
    percent: Whole = Key(ge=0, le=100)


class Tariff(Table):
    """A table of amounts: every combination of the names in `by` exactly once."""

    by: Several[Id]
    rows: tuple[tuple[str | bool | int | float, ...], ...]
    basis: Text | None = None


class Less(Table):
    """A reduction of a line; `percent = 100` is an exemption."""

    when: Expression | None = None
    says: Text | None = None
    percent: Whole = Key(ge=1, le=100)
    basis: Text | None = None


class Refundable(Table):
    within: Duration
    minus: Id | None = None


class FeeLine(Table):
    """One line of the bill: an amount or a tariff, times units, for each row, less reductions."""

    title: Text
    amount: NotStated | Amount | None = Key(None, union_mode="left_to_right")
    tariff: Id | None = None
    units: Amount | None = None
    each: Id | None = None
    when: Expression | None = None
    says: Text | None = None
    less: tuple[Less, ...] = ()
    refundable: Refundable | None = None
    round: Literal["up_unit"] | None = None
    per: Text | None = None
    basis: Text | None = None


class Bill(Table):
    """When which share of which lines is collected; reaching the step makes it."""

    step: Id
    share: str = Key("all", pattern=r"^(all|rest|\d{1,3}%)$")
    of: Several[Id] = ()
    title: Text | None = None
    due: Duration | None = None


class Fee(Table):
    """What it costs, and when it is collected. Free, or lines; without a bill it is only shown."""

    free: Flag = False
    not_stated: Flag = False
    says: Text | None = None
    basis: Text | None = None
    refund: tuple[Refund, ...] = ()
    tariff: dict[Id, Tariff] = Key({})
    line: dict[Id, FeeLine] = Key({})
    bill: dict[Id, Bill] = Key({})


class Move(Table):
    """A way out of a step that differs from the plain one."""

    to: Id
    label: Text | None = None
    when: Expression | None = None
    says: Text | None = None
    needs: Several[Literal["reason", "agency"]] = ()
    by: Several[Role] = ()
    rounds: Whole | None = Key(None, ge=1, le=20)
    clock: Literal["restart", "keep"] = "restart"


class Opens(Table):
    """Another service the step opens; with `wait` the step waits for its end."""

    service: Slug
    wait: Flag = False


class Step(Table):
    """One place of the case: who acts, where, how long, and how it goes on. The first step is the start."""

    title: Text
    by: Cases[Role]
    at: Slug | None = None
    when: Expression | None = None
    says: Text | None = None
    within: Cases[Duration | NotStated] | None = None
    at_least: Duration | None = None
    first_reply: Duration | None = None
    clock: Literal["runs", "stops"] | None = None
    silence: str | None = None
    then: Id | None = None
    move: dict[Id, Move] = Key({})
    correction: Flag = False
    accepts: Flag = False
    ends_promise: Flag = False
    signs: Several[Id] = ()
    in_person: Text | None = None
    opens: Opens | None = None
    not_by: Several[Id] = ()
    extension: Flag = False


TaskKind = Literal["opinion", "inspection", "meeting", "announcement", "initials", "presence", "test"]


class Objections(Table):
    from_: Several[str] = Key(("public",), alias="from")
    must_be_answered: Flag = True


class RegionOf(Table):
    region_of: Id


class Task(Table):
    """Parallel work that hangs on a step; the step waits for it.

    `answers` stand from the worst to the best; the task's name in an expression is the worst answer given.
    """

    kind: TaskKind
    step: Id
    title: Text
    by: Several[Role]
    at: Several[Slug] | RegionOf = ()
    when: Expression | None = None
    says: Text | None = None
    on_request: Flag = False
    within: Cases[Duration] | None = None
    silence: Literal["wait", "no_objection", "escalate"] = "wait"
    answers: dict[str, Text] = Key({})
    rule: Literal["all_answered", "all_agree", "majority"] = "all_answered"
    order: Literal["parallel", "chain"] = "parallel"
    report: Several[Id] = ()
    confirmed_by: Role | None = None
    scheduled: Flag = False
    remote: Flag = False
    runs: Duration | None = None
    objections: Objections | None = None
    publishes: Several[Id] = ()
    invites: Several[str] = ()
    in_person: Text | None = None

    def possible_answers(self) -> dict[str, Text]:
        """The answers, worst first: the author's, else the usual ones of the kind."""
        return self.answers or USUAL_ANSWERS.get(self.kind, DONE)


USUAL_ANSWERS = {
    "opinion": {
        "keberatan": Text("Tidak setuju", "Objects"),
        "bersyarat": Text("Setuju dengan syarat", "Agrees with conditions"),
        "setuju": Text("Setuju", "Agrees"),
    },
    "inspection": {
        "tidak_sesuai": Text("Tidak sesuai", "Does not conform"),
        "sesuai": Text("Sesuai", "Conforms"),
    },
    "initials": {
        "kembali": Text("Kembalikan konsep", "Send the draft back"),
        "paraf": Text("Paraf", "Initial"),
    },
    "test": {"tidak_lulus": Text("Tidak lulus", "Failed"), "lulus": Text("Lulus", "Passed")},
}
DONE = {"selesai": Text("Selesai", "Done")}

Meaning = Literal["granted", "granted_in_part", "refused", "referred", "answered", "done", "lapsed"]


class Next(Table):
    service: Slug
    within: Duration | None = None


class Outcome(Table):
    """One of the ends. `lapsed` and `withdrawn` always exist."""

    title: Text
    means: Meaning
    products: Several[Id] = ()
    remedy: tuple[Remedy, ...] = ()
    next: Several[Next] = ()
    publish: Several[Id] = ()
    survey: Flag = True


class Validity(Table):
    """Validity: `for`, `until` a date, `lifelong` or `until_revoked`; not past `not_after`."""

    for_: Duration | None = Key(None, alias="for")
    until: Id | None = None
    lifelong: Flag = False
    until_revoked: Flag = False
    from_: Id | None = Key(None, alias="from")
    not_after: Id | None = None
    says: Text | None = None


class Duty(Table):
    """What the holder (or the office) must do after the end."""

    title: Text
    by: Role = "applicant"
    within: Duration | None = None
    every: Duration | None = None
    opens: Slug | None = None
    ends: Duration | None = None


ProductKind = Literal[
    "permit", "letter", "certificate", "card", "contract", "decision", "decree", "minutes", "act"
]  # fmt: skip


class Product(Table):
    """What one gets in the end. `act` = no paper."""

    title: Text
    kind: ProductKind
    when: Expression | None = None
    says: Text | None = None
    number: str | None = None
    holder: Id | None = None
    per: Id | None = None
    copies: Whole = 1
    valid: Validity | None = None
    renew: Duration | None = None
    replaces: Id | None = None
    revokes: Id | None = None
    limit_per_holder: Whole | None = Key(None, ge=1)
    addressed_to: Text | None = None
    carries: Several[Id] = ()
    within: Duration | None = None
    public: Flag = False
    duty: dict[Id, Duty] = Key({})


class Standard(Table):
    """The components of PermenPANRB 15/2014 that nothing else in the definition says."""

    legal_basis: Several[Text] = ()
    facilities: Several[Text] = ()
    staff_competence: Several[Text] = ()
    internal_supervision: Several[Text] = ()
    complaint_handling: Several[Text] = ()
    staff_count: Several[Text] = ()
    service_guarantee: Several[Text] = ()
    safety_guarantee: Several[Text] = ()
    performance_evaluation: Several[Text] = ()
    as_published: Several[Text] = ()
    source: str | None = None


class National(Table):
    """The licence itself is a national system's: what it decides, what we do, and where one applies."""

    system: Slug
    decides: Text
    here: Text
    address: str = Key(pattern=r"^https://\S+$")
    nib: Id
