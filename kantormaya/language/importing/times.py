"""The promise: the page's time limits, one clock, and where it starts."""

from __future__ import annotations

import re

from kantormaya.language.importing.classes import by_class
from kantormaya.language.importing.draft import Draft
from kantormaya.language.importing.limits import NO_LIMIT, clock, duration, said
from kantormaya.language.importing.records import Limit
from kantormaya.language.texts import Text

MEASURE = re.compile(r"selambat|paling lambat|maksimal|jumlah waktu|estimasi|tambahan", re.I)
COMPLETE = re.compile(r"lengkap|benar", re.I)
RECEIVED = re.compile(r"diterima|masuk|penerimaan", re.I)


def promise(draft: Draft) -> None:
    """`within` (by class where the page has classes), `from`, the page's words, and how a bare "hari" is read."""
    record = draft.record
    limits = record.time_variants or []
    classes = [limit for limit in limits if limit.condition and not MEASURE.search(limit.condition)]
    if record.total_time and len(classes) == len(limits) > 1:
        draft.promise["within"] = by_class(draft, classes)
    elif record.total_time:
        draft.promise["within"] = clock(draft, record.total_time)
    else:
        draft.promise["within"] = "not_stated"
        draft.ask(NO_LIMIT, "promise.within")
    _start(draft, record.total_time)
    if not (record.total_time and len(classes) == len(limits) > 1):
        _other_limits(draft, limits)
    _bare_days(draft)


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
            not limit.condition and draft.record.total_time and said(limit) == said(draft.record.total_time)
        ):
            continue
        more = duration(limit.value, limit.unit, limit.working)
        adds = re.search("tambahan|perpanjang", limit.condition or "", re.I)
        if adds and more != "not_stated" and "extension" not in draft.promise:
            draft.promise["extension"] = {"for": more, "by": draft.steps[draft.signing]["by"]}
            draft.keep(f"Perpanjangan waktu: {said(limit)} ({limit.condition})")
            draft.ask(EXTENSION_BY, "promise.extension")
        else:
            draft.keep(f"Waktu yang juga tertulis: {said(limit)} ({limit.condition or 'tanpa keterangan'})")
            if draft.record.total_time:
                draft.doubt(TWO_LIMITS.format(first=said(draft.record.total_time), second=said(limit)))


def _bare_days(draft: Draft) -> None:
    record = draft.record
    limits = [*(record.time_variants or []), *([record.total_time] if record.total_time else [])]
    bare = any(limit.unit == "hari" and limit.working == "unknown" for limit in limits)
    if bare or any(step.duration_unit == "hari" for step in record.steps or []):
        draft.promise["reads_hari_as"] = "kerja"
        draft.ask(WHICH_DAYS, "promise.reads_hari_as")
        draft.doubt(BARE_DAYS)


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
