"""The promise: the page's time limits, one clock, and where it starts."""

from __future__ import annotations

import re

from kantormaya.clock import Duration, DurationFault
from kantormaya.language.importing.conditions import led_by, rule
from kantormaya.language.importing.draft import Draft, Table, both
from kantormaya.language.importing.ids import short_id
from kantormaya.language.importing.records import Limit
from kantormaya.language.texts import Text

MEASURE = re.compile(r"selambat|paling lambat|maksimal|jumlah waktu|estimasi|tambahan", re.I)
COMPLETE = re.compile(r"lengkap|benar", re.I)
RECEIVED = re.compile(r"diterima|masuk|penerimaan", re.I)


def written(value: int | list[int], unit: str, working: bool | str = "unknown") -> str:
    """As the page says it, in the words of a definition: "3-25 hari kerja"; a bare "hari" stays bare."""
    span = (
        str(value)
        if isinstance(value, int)
        else f"{value[0]}-{value[1]}"
        if value[0] != value[1]
        else str(value[0])
    )
    if unit == "hari" and working != "unknown":
        unit = "hari kerja" if working else "hari kalender"
    if unit == "jam" and working is True:
        unit = "jam kerja"
    return f"{span} {unit}"


def duration(value: int | list[int], unit: str, working: bool | str = "unknown") -> str:
    """The same where a clock can run by it, else "not_stated": nothing can be late after "0 hari" or "5-2 hari"."""
    said = written(value, unit, working)
    try:
        Duration.read(said)
    except DurationFault:
        return "not_stated"
    return said


def promise(draft: Draft) -> None:
    """`within` (by class where the page has classes), `from`, the page's words, and how a bare "hari" is read."""
    record = draft.record
    limits = record.time_variants or []
    classes = [limit for limit in limits if limit.condition and not MEASURE.search(limit.condition)]
    if record.total_time and len(classes) == len(limits) > 1:
        draft.promise["within"] = _by_class(draft, classes)
    elif record.total_time:
        draft.promise["within"] = _clock(draft, record.total_time)
    else:
        draft.promise["within"] = "not_stated"
        draft.ask(NO_LIMIT, "promise.within")
    _start(draft, record.total_time)
    if not (record.total_time and len(classes) == len(limits) > 1):
        _other_limits(draft, limits)
    _bare_days(draft)


def _said(limit: Limit) -> str:
    return written(limit.value, limit.unit, limit.working)


def _clock(draft: Draft, limit: Limit) -> str:
    limited = duration(limit.value, limit.unit, limit.working)
    if limited == "not_stated":
        draft.keep(f"Jangka waktu yang tertulis: {_said(limit)}")
        draft.ask(NO_LIMIT, "promise.within")
    return limited


def minutes(value: int | list[int] | None, unit: str | None) -> int:
    """The upper end in minutes, a day as a day, to compare limits of one page; 0 where it says none."""
    upper = (value if isinstance(value, int) else max(value)) if value else 0
    day = 24 * 60
    known = {"menit": 1, "jam": 60, "jam kerja": 60, "minggu": 7 * day, "bulan": 30 * day, "tahun": 365 * day}
    return upper * known.get(unit or "", day)


def _by_class(draft: Draft, classes: list[Limit]) -> list[Table]:
    """One case per class: by rule where the classes are one another's complement, else by a choice asked first."""
    rules = [rule(draft, limit.condition or "") for limit in classes]
    told = [found for found in rules if found]
    signs = {re.sub(r"[<>]=?", "?", draft.terms[name]["is"]) for name in told if name in draft.terms}
    whole = len(told) == 2 and len(signs) == 1
    if whole or (len(told) == len(classes) == len(draft.variants) == len(set(told))):
        return [
            {"when": found, "is": _clock(draft, limit)} for found, limit in zip(told, classes, strict=True)
        ]
    leading = [
        rule(draft, limit.condition or "") or led_by(draft, limit.condition or "") for limit in classes
    ]
    return _by_choice(draft, classes, leading if all(leading) else [None for _ in classes])


def _by_choice(
    draft: Draft, classes: list[Limit], leading: list[str | tuple[str, str] | None]
) -> list[Table]:
    """What the kind of application does not decide is chosen, and asked only where it counts."""
    name = draft.name("golongan_waktu")
    choices: dict[str, str] = {}
    cases: list[Table] = []
    asked = {led[0] for led in leading if isinstance(led, tuple)}
    for limit, led in zip(classes, leading, strict=True):
        if isinstance(led, str):
            cases.append({"when": led, "is": _clock(draft, limit)})
            continue
        choice = short_id(limit.condition or "", choices)
        choices[choice] = str(limit.condition)
        known = f"{led[0]} && " if led else ""
        cases.append({"when": f"{known}{name} == '{choice}'", "is": _clock(draft, limit)})
        if re.search(r"\+ ?\d+ (hari|jam)", limit.condition or ""):
            draft.doubt(TWO_PARTS.format(what=limit.condition, limit=_said(limit)))
    field: Table = {"type": "choice", "label": CLASS, "choices": choices, "ask_first": True}
    draft.fields[name] = field | ({"when": asked.pop()} if len(asked) == 1 else {})
    return cases


def _start(draft: Draft, limit: Limit | None) -> None:
    condition = limit.condition if limit else None
    if condition:
        draft.promise["says"] = condition
    fulfilled = re.search("pemenuhan|dipenuhi", condition or "", re.I)
    after = [step["then"] for step in draft.steps.values() if re.match("memenuhi", str(step["title"]), re.I)]
    if fulfilled and after and after[0]:
        draft.promise["from"] = f"step.{after[0]}"
    elif condition and RECEIVED.search(condition) and not COMPLETE.search(condition):
        draft.promise["from"] = "submitted"
    elif limit and not (condition and COMPLETE.search(condition)):
        draft.ask(NO_START, "promise")
    draft.promise["on_silence"] = "escalate"


def _other_limits(draft: Draft, limits: list[Limit]) -> None:
    """Limits beside the promise: an addition is an extension, the others stay as the page says them."""
    for limit in limits:
        if limit == draft.record.total_time or (
            not limit.condition and draft.record.total_time and _said(limit) == _said(draft.record.total_time)
        ):
            continue
        more = duration(limit.value, limit.unit, limit.working)
        adds = re.search("tambahan|perpanjang", limit.condition or "", re.I)
        if adds and more != "not_stated" and "extension" not in draft.promise:
            draft.promise["extension"] = {"for": more, "by": draft.steps[draft.signing]["by"]}
            draft.keep(f"Perpanjangan waktu: {_said(limit)} ({limit.condition})")
            draft.ask(EXTENSION_BY, "promise.extension")
        else:
            draft.keep(f"Waktu yang juga tertulis: {_said(limit)} ({limit.condition or 'tanpa keterangan'})")
            if draft.record.total_time:
                draft.doubt(TWO_LIMITS.format(first=_said(draft.record.total_time), second=_said(limit)))


def _bare_days(draft: Draft) -> None:
    record = draft.record
    limits = [*(record.time_variants or []), *([record.total_time] if record.total_time else [])]
    bare = any(limit.unit == "hari" and limit.working == "unknown" for limit in limits)
    if bare or any(step.duration_unit == "hari" for step in record.steps or []):
        draft.promise["reads_hari_as"] = "kerja"
        draft.ask(WHICH_DAYS, "promise.reads_hari_as")
        draft.doubt(BARE_DAYS)


CLASS = both(
    "Golongan permohonan (menentukan jangka waktu)", "Class of the application (it decides the time limit)"
)
NO_LIMIT = Text(
    "Berapa jangka waktu penyelesaian seluruhnya? Halaman tidak menyebutnya.",
    "What is the time limit as a whole? The page does not say.",
)
NO_START = Text(
    "Sejak kapan jangka waktu dihitung (diterima, atau dinyatakan lengkap)? Sementara sejak dinyatakan lengkap.",
    "From when does the time run (received, or found complete)? Until then from being found complete.",
)
WHICH_DAYS = Text(
    "“Hari” itu hari kerja atau hari kalender? Halaman tidak menyebutnya; sementara dibaca hari kerja.",
    "Does “hari” mean working or calendar days? The page does not say; until then read as working days.",
)
BARE_DAYS = Text(
    "Halaman menulis “hari” tanpa jenisnya; jam dihitung sebagai hari kerja menurut satu aturan setempat.",
    "The page writes “hari” without its kind; by one local rule the clock counts working days.",
)
EXTENSION_BY = Text(
    "Siapa yang boleh memperpanjang jangka waktu, dan dengan alasan apa? Halaman hanya menyebut lamanya.",
    "Who may extend the time, and on what ground? The page only says by how much.",
)
TWO_LIMITS = Text(
    "Halaman menjanjikan {first} dan menulis {second}; yang dijalankan {first}.",
    "The page promises {first} and also writes {second}; {first} is what runs.",
)
TWO_PARTS = Text(
    "Batas “{what}” punya dua bagian; yang dijalankan {limit}, tambahannya hanya tertulis.",
    "The limit “{what}” has two parts; {limit} is what runs, the addition is only said.",
)
