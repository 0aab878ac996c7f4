"""The service definition: one text that is standard, form, flow, clock, fee and permit."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Literal, TypeVar

from pydantic import Field as Key

from kantormaya.language.asking import Booking, Field, Party, Requirement, Term
from kantormaya.language.basics import Id, Several, Slug, Table
from kantormaya.language.texts import Text
from kantormaya.language.working import Fee, National, Outcome, Product, Promise, Standard, Step, Task

T = TypeVar("T")
Kind = Literal[
    "izin", "non_izin", "rekomendasi", "administrasi", "layanan", "pengaduan", "informasi", "naskah"
]  # fmt: skip
Channel = Literal["online", "counter", "phone", "mobile", "national"]
CHANNEL_NAMES = {
    "online": Text("daring", "online"),
    "counter": Text("loket", "at the counter"),
    "phone": Text("telepon", "by phone"),
    "mobile": Text("layanan keliling", "at the mobile office"),
    "national": Text("melalui sistem nasional", "through the national system"),
}
APPLICANT_KINDS = {
    "perorangan": Text("perorangan", "a person"),
    "badan_usaha": Text("badan usaha", "a business"),
    "instansi": Text("instansi pemerintah", "a government body"),
    "lembaga": Text("lembaga", "an institution"),
    "kelompok": Text("kelompok warga", "a group of residents"),
}

ALWAYS_ENDS = {
    "lapsed": Outcome(
        title=Text("Gugur karena tidak ada tanggapan", "Lapsed: no answer came"), means="lapsed", survey=False
    ),
    "withdrawn": Outcome(
        title=Text("Ditarik pemohon", "Withdrawn by the applicant"), means="done", survey=False
    ),
}


class Definition(Table):
    """A whole service. Build it with `language.reading`, never by hand; it does not change afterwards."""

    slug: Slug
    title: Text
    agency: Slug
    kind: Kind
    variants: dict[Id, Text] = Key({})
    channels: Several[Channel] = ("online", "counter")
    audience: Literal["public", "internal"] = "public"
    survey: Literal["skm", False] = "skm"
    group: Text | None = None
    summary: Text | None = None
    keywords: Several[str] = ()
    use: Several[str] = ()
    standard: Standard = Standard()
    national: National | None = None
    promise: Promise
    party: dict[Id, Party]
    field: dict[Id, Field] = Key({})
    term: dict[Id, Term] = Key({})
    requirement: dict[Id, Requirement] = Key({})
    fee: Fee
    step: dict[Id, Step]
    task: dict[Id, Task] = Key({})
    booking: dict[Id, Booking] = Key({})
    outcome: dict[Id, Outcome]
    product: dict[Id, Product] = Key({})

    @cached_property
    def start(self) -> str:
        """The first step."""
        return next(iter(self.step))

    @cached_property
    def accepting_step(self) -> str:
        """The step whose leaving forward accepts the file as complete: the one that says so, else start."""
        return next((name for name, step in self.step.items() if step.accepts), self.start)

    @cached_property
    def ends(self) -> dict[str, Outcome]:
        """Every outcome, with the two that always exist."""
        return {**ALWAYS_ENDS, **self.outcome}

    @cached_property
    def questions(self) -> dict[str, Field]:
        """The fields the applicant fills."""
        return {name: field for name, field in self.field.items() if field.filled_at is None}

    @cached_property
    def facts(self) -> dict[str, Field]:
        """The fields an officer fills at a step."""
        return {name: field for name, field in self.field.items() if field.filled_at is not None}

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """Every agency that takes part, the responsible one first; those an officer chooses later are not named."""
        steps = [step.at for step in self.step.values() if step.at]
        tasks = [
            at
            for task in self.task.values()
            if isinstance(task.at, tuple)
            for at in task.at
            if at != "chosen"
        ]
        return tuple(dict.fromkeys([self.agency, *steps, *tasks]))

    def tasks_at(self, step: str) -> dict[str, Task]:
        """The tasks that hang on a step."""
        return {name: task for name, task in self.task.items() if task.step == step}

    def agency_at(self, step: str) -> str:
        """The agency whose desk a step is on."""
        return self.step[step].at or self.agency


def once(work: Callable[[Definition], T]) -> Callable[[Definition], T]:
    """What is worked out of a definition alone is worked out once, and kept with it: it never changes."""
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def kept(definition: Definition) -> T:
        if name not in definition.__dict__:
            definition.__dict__[name] = work(definition)
        found: T = definition.__dict__[name]
        return found

    return kept
