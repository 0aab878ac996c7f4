"""What is asked of the applicant: parties, fields, terms, requirements."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Key

from kantormaya.clock import Duration
from kantormaya.expressions import Expression
from kantormaya.language.basics import Amount, Flag, Id, Several, Slug, Table, Whole
from kantormaya.language.texts import Text

ApplicantKind = Literal["perorangan", "badan_usaha", "instansi", "lembaga", "kelompok"]


class Party(Table):
    """Someone with a part in the case: `applicant` always, else witnesses, a child, one complained of."""

    title: Text | None = None
    kinds: Several[ApplicantKind] = ("perorangan",)
    count: Whole | Literal["0+", "1+"] = 1
    fields: Several[Id] = ()
    proxy: Literal["allowed", "forbidden"] = "allowed"
    foreigners: Flag = False
    anonymous: Flag = False
    confidential: Flag = False
    sees_applicant: Flag = True


FieldType = Literal[
    "text", "long_text", "number", "money", "date", "moment", "yes_no", "choice", "choices", "place",
    "region", "nik", "nib", "npwp", "nip", "phone", "email", "rows",
]  # fmt: skip


class Source(Table):
    """Where a field's first value comes from; it is recorded with the case, and said. `link`: from the address one came by."""

    profile: str | None = None
    registry: str | None = None
    permits: Slug | None = None
    requirement: Id | None = None
    link: Flag = False
    take: str | None = None
    may_change: Flag = False


class Field(Table):
    """One question of the form; with `filled_at` it is a *fact* that an officer finds at that step."""

    type: FieldType
    label: Text
    choices: dict[str, Text] = Key({})
    required: Flag = True
    when: Expression | None = None
    says: Text | None = None
    min: Amount | None = None
    max: Amount | None = None
    whole: Flag = False
    unit: str | None = None
    default: bool | int | float | str | None = None
    columns: dict[Id, Field] = Key({})
    from_: Source | None = Key(None, alias="from")
    filled_at: str | None = Key(None, pattern=r"^step\.[a-z][a-z0-9_]*$")
    ask_first: Flag = False
    private: Flag = False
    public: Flag = False
    help: Text | None = None

    @property
    def step(self) -> str | None:
        """The step at which an officer fills it; None when the applicant does."""
        return self.filled_at.removeprefix("step.") if self.filled_at else None


class Band(Table):
    """A class of a number: `from`/`above` below, `up_to`/`below` above (in/out, in/out)."""

    is_: str = Key(alias="is")
    from_: float | None = Key(None, alias="from")
    above: float | None = None
    up_to: float | None = None
    below: float | None = None
    title: Text | None = None

    def holds(self, number: float) -> bool:
        """Whether the number falls into this band."""
        return (
            (self.from_ is None or number >= self.from_)
            and (self.above is None or number > self.above)
            and (self.up_to is None or number <= self.up_to)
            and (self.below is None or number < self.below)
        )


class TermCase(Table):
    when: Expression | None = None
    otherwise: Literal[True] | None = None
    is_: str | bool | int | float = Key(alias="is")


class Term(Table):
    """A named condition, number or class; `says` is what the citizen reads where it is used."""

    is_: Expression | None = Key(None, alias="is")
    cases: tuple[TermCase, ...] = ()
    of: Id | None = None
    bands: tuple[Band, ...] = ()
    when: Expression | None = None
    says: Text | None = None
    says_not: Text | None = None


RequirementKind = Literal["upload", "statement", "original", "thing", "permit", "registry", "check"]


class Requirement(Table):
    """Something the applicant must have: a paper, a statement, an original, a thing, a permit, a check."""

    title: Text
    kind: RequirementKind = "upload"
    when: Expression | None = None
    says: Text | None = None
    accept: Several[str] = ("pdf", "jpg", "png")
    max_size: str = "5 MB"
    count: Whole = Key(1, ge=1, le=100)
    per: Id | None = None
    parts: tuple[Text, ...] = ()
    one_of: dict[Id, Requirement] = Key({})
    if_none: Literal["officer"] | None = None
    optional: Flag = False
    needed_at: str = "submission"
    on_request: str | None = Key(None, pattern=r"^step\.[a-z][a-z0-9_]*$")
    service: Slug | None = None
    or_upload: Flag = False
    registry: str | None = None
    holds: Expression | None = None
    form: Text | None = None
    stamp: Flag = False
    legalised: Flag = False
    must_be_valid: Flag = False
    return_original: Flag = False
    help: Text | None = None

    @property
    def most_bytes(self) -> int:
        """The largest file it takes ("5 MB", "500 KB"), in bytes."""
        return int(self.max_size[:-2]) * (1024 * 1024 if self.max_size.endswith("MB") else 1024)

    @property
    def asked_at_submission(self) -> bool:
        """Whether the applicant must give it with the application (and not in a later step)."""
        return self.needed_at == "submission" and self.on_request is None


class Booking(Table):
    """A slot or a thing that is held for the applicant: at submission, confirmed by the first bill paid.

    With `task` it is chosen while that task is open. `way` says where one meets: nobody comes to a call.
    """

    title: Text
    task: Id | None = None
    way: Literal["office", "phone", "video"] = "office"
    day: Id | None = None
    session: Id | None = None
    sessions: dict[str, str] = Key({})
    moment: Id | None = None
    length: Duration | None = None
    repeat: Id | None = None
    resource: Id | None = None
    capacity: Whole = Key(1, ge=1)
    ahead: Duration | None = None
    arrive: Duration | None = None
    hold: Duration | None = None
    waiting_list: Flag = False
