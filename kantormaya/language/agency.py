"""What an agency says of itself in `agency.toml`: the parts of its public page that nothing else knows (UU 25/2009 art. 23(4))."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from kantormaya.language.basics import Flag, Money, Several, Slug, Table, Whole
from kantormaya.language.definition import Definition
from kantormaya.language.leaves import leaves_of
from kantormaya.language.lines import key_lines
from kantormaya.language.messages import Message, Places, Severity
from kantormaya.language.messages import shown as shown_where
from kantormaya.language.slips import Where, slips
from kantormaya.language.syntax import said_plainly
from kantormaya.language.texts import Text

FOLDER = "_agencies"
"""Where the profiles stand, beside the services: one `<slug>.toml` each."""

Part = Literal["a", "b", "c", "d", "e", "f"]
"""The letters of art. 23(4)."""


class Contact(Table):
    """Where the agency is reached; `place` is where its papers say they were signed."""

    address: str | None = None
    place: str | None = None
    phone: str | None = None
    email: str | None = None
    web: str | None = None
    hours: Text | None = None


class Unit(Table):
    """A part of the structure, and what it does; `under` is the title of the one above."""

    title: Text
    under: str | None = None
    does: Text | None = None


class Budget(Table):
    """What the year's public service costs, in rupiah, and where that is written."""

    year: Whole
    amount: Money
    source: Text


class Complaints(Table):
    """Who is responsible for complaints and where they are made (art. 36(4))."""

    responsible: Text | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    channels: Several[Text] = ()


class Protocol(Table):
    """The health protocol of visits: what it asks, from when to when, and where it is written."""

    since: date
    until: date | None = None
    says: Text
    source: Text


class AgencyProfile(Table):
    """One `agency.toml`. All but the name may be missing: what is missing is said on the page."""

    agency: Slug
    example: Flag = False
    responsible: Text | None = None
    duties: Several[Text] = ()
    vision: Text | None = None
    mission: Several[Text] = ()
    legal_basis: Several[Text] = ()
    contact: Contact = Contact()
    structure: tuple[Unit, ...] = ()
    budget: Budget | None = None
    complaints: Complaints = Complaints()
    protocol: tuple[Protocol, ...] = ()


def protocol_on(profile: AgencyProfile | None, on: date) -> Protocol | None:
    """The protocol in force on a day, the latest where several are; None where the agency names none."""
    known = [one for one in profile.protocol if one.since <= on <= (one.until or on)] if profile else []
    return max(known, key=lambda one: one.since, default=None)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the law asks for that is not said: in which part, what, and by which article."""

    part: Part
    where: Where
    what: Text
    article: Text


def _of(part: Part) -> Text:
    return Text(f"UU 25/2009 pasal 23 ayat (4) huruf {part}", f"Law 25/2009 art. 23(4) letter {part}")


_BY_36 = Text("UU 25/2009 pasal 36 ayat (4)", "Law 25/2009 art. 36(4)")
_WANTED: tuple[tuple[Part, Where, Text, Text], ...] = (
    ("a", ("responsible",), Text("penanggung jawab", "who is responsible"), _of("a")),
    ("a", ("duties",), Text("tugas", "duties"), _of("a")),
    ("a", ("structure",), Text("struktur organisasi", "structure"), _of("a")),
    ("a", ("budget",), Text("anggaran", "budget"), _of("a")),
    ("a", ("contact", "address"), Text("alamat", "address"), _of("a")),
    ("a", ("contact", "phone"), Text("nomor telepon", "telephone"), _of("a")),
    ("a", ("contact", "email"), Text("alamat surel", "e-mail address"), _of("a")),
    ("e", ("complaints", "responsible"), Text("penanggung jawab pengaduan", "who is responsible for complaints"), _BY_36),
    ("e", ("complaints", "address"), Text("alamat pengaduan", "address for complaints"), _BY_36),
    ("e", ("complaints", "channels"), Text("sarana pengaduan", "channels for complaints"), _BY_36),
)  # fmt: skip


def gaps(profile: AgencyProfile | None) -> list[Gap]:
    """Everything that art. 23(4) and 36(4) ask for and the profile does not say; all of it where there is none."""
    return [Gap(*wanted) for wanted in _WANTED if not _said(profile, wanted[1])]


def _said(profile: Any, where: Where) -> Any:
    for key in where:
        profile = getattr(profile, key, None)
    return profile


def load_agency(text: str, path: str = "agency.toml") -> tuple[AgencyProfile | None, list[Message]]:
    """The profile that a text holds, and its faults and doubts by line; no profile where there is a fault."""
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line, fault, remedy = said_plainly(str(error), text)
        return None, [Message("fault", "unreadable.toml", path, line, "", fault, remedy)]
    places = Places(path, key_lines(text))

    def message(severity: Severity, code: str, where: Where, fault: Text, remedy: Text) -> Message:
        return Message(severity, code, path, places.of(where)[1], shown_where(where), fault, remedy)

    try:
        profile = AgencyProfile.model_validate(raw)
    except ValidationError as error:
        return None, [message("fault", *slip) for slip in slips(error, raw, _schema())]
    return profile, [message("doubt", *found) for found in _doubts(profile, Path(path))]


def agency_files(path: Path) -> list[Path]:
    """The profiles a path stands for: itself, or those of a folder, or those beside the services of a folder."""
    if path.is_file():
        return [path] if path.parent.name == FOLDER or path.name == "agency.toml" else []
    folder = path if path.name == FOLDER else path / FOLDER
    return sorted(folder.glob("*.toml"))


def _doubts(profile: AgencyProfile, path: Path) -> Iterator[tuple[str, Where, Text, Text]]:
    if path.parent.name == FOLDER and path.stem != profile.agency:
        yield (
            "agency.name",
            ("agency",),
            Text("berkas ini bernama {name}", "this file is called {name}").format(name=path.name),
            Text("namai {agency}.toml", "call it {agency}.toml").format(agency=profile.agency),
        )
    for gap in gaps(profile):
        what = Text("{what} belum disebut ({article})", "{what}: not said ({article})")
        yield (
            "agency.gap",
            gap.where,
            what.format(what=gap.what, article=gap.article),
            Text("tulis, atau halaman instansi mengatakannya belum ada", "write it, or the page says it is missing"),
        )  # fmt: skip
    titles = {unit.title.id for unit in profile.structure}
    for number, unit in enumerate(profile.structure):
        if unit.under and unit.under not in titles:
            yield (
                "agency.under",
                ("structure", str(number), "under"),
                Text("“{under}” bukan nama bagian di sini", "“{under}” is no part named here").format(
                    under=unit.under
                ),
                Text("pakai title bagian di atasnya", "use the title of the part above"),
            )
    without = [where for where, text in leaves_of(Text, profile) if text.en is None]
    if without:
        yield (
            "text.english",
            without[0],
            Text("{n} teks belum ada bahasa Inggrisnya", "{n} texts have no English").format(n=len(without)),
            Text('tulis { id = "…", en = "…" }', 'write { id = "…", en = "…" }'),
        )


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    return AgencyProfile.model_json_schema(by_alias=True)


def implementers(definition: Definition) -> tuple[tuple[str, str], ...]:
    """Which roles of which agencies work on a service, as its definition says, each once, in the order they act."""
    found: list[tuple[str, str]] = []
    for name, step in definition.step.items():
        found += [(definition.agency_at(name), case.is_) for case in step.by]
        for task in definition.tasks_at(name).values():
            named = [at for at in task.at if at != "chosen"] if isinstance(task.at, tuple) else []
            found += [(at, role) for at in named or [definition.agency_at(name)] for role in task.by]
    return tuple(dict.fromkeys(one for one in found if one[1] not in NOBODY_HERE))


NOBODY_HERE = ("applicant", "system", "public")
