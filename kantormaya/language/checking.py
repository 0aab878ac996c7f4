"""The checker: everything that must be right before a definition may be published."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from kantormaya.language.agency import agency_files, load_agency
from kantormaya.language.checks.byhand import by_hand
from kantormaya.language.checks.choices import choices
from kantormaya.language.checks.conditions import conditions
from kantormaya.language.checks.ends import ends
from kantormaya.language.checks.finding import Finding, Findings, Ground
from kantormaya.language.checks.flow import flow
from kantormaya.language.checks.gaps import gaps
from kantormaya.language.checks.money import money
from kantormaya.language.checks.names import names
from kantormaya.language.checks.papers import papers
from kantormaya.language.checks.times import times
from kantormaya.language.messages import Message
from kantormaya.language.reading import NOT_UTF8, SAVE_UTF8, Source, load
from kantormaya.language.texts import Text

CHECKS: tuple[Callable[[Ground], Findings], ...] = (
    flow,
    gaps,
    money,
    papers,
    ends,
    choices,
    times,
    conditions,
    by_hand,
)


def check(source: Source, services: frozenset[str] | None = None) -> list[Message]:
    """Faults and doubts of a definition, by line; `services`: the slugs that exist beside it, where known."""
    if source.definition is None:
        return list(source.faults)
    ground = Ground(source.definition, services)
    found: list[Finding] = list(names(ground))
    in_circle = any(one.code == "name.circle" for one in found)
    for one in CHECKS:
        if not (in_circle and one in (choices, times, conditions, papers, money)):
            found += one(ground)
    messages = (source.message(f.severity, f.code, f.where, f.fault, f.remedy) for f in dict.fromkeys(found))
    return sorted(messages, key=lambda message: (message.path != source.path, message.path, message.line))


def check_paths(paths: Iterable[Path | str]) -> list[Message]:
    """The messages of files, service folders, or folders of services and agencies, in this order."""
    messages: list[Message] = []
    for path in paths:
        files, profiles = service_files(Path(path)), agency_files(Path(path))
        for file in profiles:
            messages += check_agency(file)
        if not files and not profiles:
            messages.append(Message("fault", "unreadable.missing", str(path), 1, "", NOTHING, NAME_ONE))
        slugs: dict[str, str] = {}
        for file in files:
            source = load(file)
            messages += check(source, _beside(file))
            slug = source.definition.slug if source.definition else None
            if slug is not None and slug in slugs:
                fault = TWICE.format(other=slugs[slug])
                messages.append(source.message("fault", "slug.twice", ("slug",), fault, OTHER_SLUG))
            slugs.setdefault(slug or "", str(file))
    return messages


def check_agency(file: Path) -> list[Message]:
    """Faults and doubts of the profile of an agency."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return [Message("fault", "unreadable.bytes", str(file), 1, "", NOT_UTF8, SAVE_UTF8)]
    return load_agency(text, str(file))[1]


def service_files(path: Path) -> list[Path]:
    """The definitions a path stands for: itself, its `service.toml`, or those of its folders."""
    if path.is_file() and agency_files(path):
        return []
    if path.is_file() or (path / "service.toml").exists():
        return [path if path.is_file() else path / "service.toml"]
    if not path.is_dir():
        return []
    return sorted(file for file in path.glob("*/service.toml") if not file.parent.name.startswith(("_", ".")))


def _beside(file: Path) -> frozenset[str] | None:
    """The services in the folders beside a definition; None where it stands alone."""
    if file.name != "service.toml":
        return None
    return frozenset(other.parent.name for other in file.resolve().parent.parent.glob("*/service.toml"))


NOTHING = Text("tidak ada service.toml di sini", "there is no service.toml here")
NAME_ONE = Text("sebut berkas atau folder layanan", "name a file or the folder of a service")
TWICE = Text("slug ini juga dipakai di {other}", "this slug is also used in {other}")
OTHER_SLUG = Text("beri slug yang lain", "give it another slug")
