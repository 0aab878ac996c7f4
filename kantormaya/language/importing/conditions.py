"""A condition in free words: read as a rule where it names something known, else asked of the applicant."""

from __future__ import annotations

import re

from kantormaya.language.importing.axes import FORMS, of_kind, soft_words
from kantormaya.language.importing.draft import Draft, sentence
from kantormaya.language.importing.ids import words

DENIES = re.compile(r"\b(tidak|bukan|belum|tanpa|selain|kecuali|non\w*)\b", re.I)
PROXY = re.compile(
    r"dikuasakan|diwakil|diurus orang lain|selain pemilik|jasa pihak lain|tidak mengurus sendiri|pihak ketiga"
    r"|diserahkan kepada orang lain|tidak datang sendiri|bukan wajib pajak|tidak sama dengan penanggung jawab",
    re.I,
)
CHANNELS = {"layanan luring": "counter", "luring": "counter", "layanan daring": "online", "daring": "online"}
FOREIGN = {"wna": "applicant_foreign", "orang asing": "applicant_foreign", "wni": "!applicant_foreign"}
SIZE = re.compile(
    r"(?P<what>(?:ukuran|luas|tinggi|panjang|lebar|daya|kapasitas|volume|berat|jumlah)(?: \w+){0,2}?) "
    r"(?P<op>di atas|lebih dari|melebihi|minimal|paling sedikit|kurang dari|di bawah|maksimal|sampai dengan) "
    r"(?P<n>\d+) ?(?P<unit>[A-Za-z][A-Za-z0-9]{0,10})",
    re.I,
)
SIGNS = {
    "di atas": ">",
    "lebih dari": ">",
    "melebihi": ">",
    "melampaui": ">",
    "minimal": ">=",
    "paling sedikit": ">=",
    "kurang dari": "<",
    "di bawah": "<",
    "maksimal": "<=",
    "sampai dengan": "<=",
}
SINCE = re.compile(
    r"(?:usia kelahiran )?(?:(?P<op>lebih dari|melampaui|melebihi|kurang dari)|(?:\d+ )?(?:s\.d\.|sampai dengan)) "
    r"(?P<n>\d+) (?P<unit>hari kerja|hari kalender|bulan|tahun)(?: sejak \w+)?",
    re.I,
)
COUNTS = {
    "hari kerja": "workdays_between",
    "hari kalender": "days_between",
    "bulan": "months_between",
    "tahun": "years_between",
}
EVENTS = {"lahir": ("lahir_on", "Tanggal lahir"), "meninggal": ("meninggal_on", "Tanggal meninggal")}
SEPARATORS = (r"; ", r",? juga ", r" dan/atau ", r" ?/ ?", r", ", r" atau ", r" dan ")


def condition(draft: Draft, text: str, about: str = "") -> str:
    """The expression for a condition; `about` is what depends on it (a letter of proxy tells what "pihak ketiga" means)."""
    memo = f"{text.lower()}|{bool(re.search('kuasa', about, re.I)) and bool(PROXY.search(text))}"
    if memo not in draft.readings:
        draft.readings[memo] = rule(draft, text, about) or _mixed(draft, text) or _question(draft, text)
    return draft.readings[memo]


def in_words(draft: Draft, text: str, about: str = "") -> dict[str, str]:
    """`when`, and `says` with the page's words where the expression would be worded otherwise."""
    expression = condition(draft, text, about)
    label = draft.fields.get(expression, {}).get("label", "")
    return {"when": expression} if str(label).lower() == text.lower() else {"when": expression, "says": text}


def rule(draft: Draft, text: str, about: str = "") -> str | None:
    """The expression where the words can be read without asking anybody; None otherwise."""
    plain = re.sub(r"\s*\([^)]*\)", "", text).strip().lower()
    return (
        _axis(draft, plain)
        or _applicant(draft, plain, about)
        or _measured(draft, plain)
        or _dated(draft, plain)
        or _either(draft, plain, about)
    )


def _axis(draft: Draft, text: str) -> str | None:
    soft = soft_words(draft)
    said = [word for word in words(text) if word not in soft] or words(text)
    key = " ".join(said)
    if key in draft.axes:
        return draft.axes[key]
    if DENIES.search(text) or not said:
        return None
    within = [name for name in draft.axes if set(said) <= set(name.split())]
    return draft.axes[within[0]] if len(within) == 1 else None


def _applicant(draft: Draft, text: str, about: str) -> str | None:
    if PROXY.search(text) and ("kuasa" in text or "kuasa" in about.lower()):
        return "by_proxy"
    if text in FOREIGN:
        draft.applicant["foreigners"] = True
        return FOREIGN[text]
    if text in CHANNELS:
        return f"channel == '{CHANNELS[text]}'"
    return of_kind(draft, text) if text in FORMS else None


def _measured(draft: Draft, text: str) -> str | None:
    found = SIZE.fullmatch(text)
    if not found:
        return None
    label = f"{sentence(found['what'])} ({found['unit']})"
    known = (name for name, asked in draft.fields.items() if asked["label"] == label)
    name = next(known, None) or draft.name(found["what"])
    draft.fields[name] = {"type": "number", "label": label, "min": 0, "unit": found["unit"]}
    return f"{name} {SIGNS[found['op'].lower()]} {found['n']}"


def _dated(draft: Draft, text: str) -> str | None:
    """Time since an event, where some condition of the page names the event and the kind of day."""
    found = SINCE.fullmatch(text)
    event = _event(draft)
    if not found or event is None:
        return None
    name, label = EVENTS[event]
    draft.fields[name] = {"type": "date", "label": label, "max": "today"}
    sign = SIGNS[(found["op"] or "sampai dengan").lower()]
    expression = f"{COUNTS[found['unit'].lower()]}({name}, submitted_on) {sign} {found['n']}"
    for term, known in draft.terms.items():
        if known["is"] == expression:
            return term
    term = draft.name("lewat waktu" if sign.startswith(">") else "tepat waktu")
    draft.terms[term] = {"is": expression, "says": text}
    return term


def _event(draft: Draft) -> str | None:
    record = draft.record
    limits = [*(record.time_variants or []), *([record.total_time] if record.total_time else [])]
    said = [part.condition or "" for part in [*(record.conditional_requirements or []), *limits]]
    told = re.search(r"sejak (lahir|meninggal)", " ".join(said), re.I)
    return told[1].lower() if told else None


def _either(draft: Draft, text: str, about: str) -> str | None:
    """Several alternatives of which every one is a rule: "perpanjangan dan perubahan" names two kinds of application."""
    if DENIES.search(text):
        return None
    for separator in SEPARATORS:
        parts = re.split(separator, text)
        if len(parts) > 1:
            rules = [_axis(draft, part) or (part in FORMS and of_kind(draft, part)) or None for part in parts]
            if all(rules):
                return _any([str(found) for found in rules])
    return None


def _mixed(draft: Draft, text: str) -> str | None:
    """A known kind of application with something beside it that has to be asked."""
    plain = re.sub(r"\s*\([^)]*\)", "", text).strip()
    first, semicolon, more = plain.partition("; ")
    if semicolon and (known := _axis(draft, first.lower())):
        return f"{known} && {_question(draft, more, known)}"
    if DENIES.search(plain):
        return None
    parts = re.split(r" ?/ ?| atau ", plain)
    rules = [_axis(draft, part.lower()) if len(parts) > 1 else None for part in parts]
    if any(rules):
        known = _any([found for found in rules if found])
        asked = " / ".join(part for part, found in zip(parts, rules, strict=True) if not found)
        return f"{known} || {_question(draft, asked)}"
    leading = led_by(draft, plain)
    if leading is None:
        return None
    known, rest = leading
    if rest in FOREIGN:
        draft.applicant["foreigners"] = True
    return f"{known} && {FOREIGN.get(rest) or _question(draft, plain, known)}"


def led_by(draft: Draft, text: str) -> tuple[str, str] | None:
    """ "pengurangan karena kematian": the kind of application that stands first, and the rest that narrows it."""
    soft = soft_words(draft)
    said = [word for word in words(text) if word not in soft]
    for name, known in sorted(draft.axes.items(), key=lambda axis: -len(axis[0])):
        leading = name.split()
        if said[: len(leading)] == leading and len(said) > len(leading):
            return known, " ".join(said[len(leading) :])
    return None


def _question(draft: Draft, text: str, when: str = "") -> str:
    """A yes/no question in the form; its opposite ("belum pernah menikah") is not asked a second time."""
    positive = re.sub(r"\b(belum|tidak|bukan) ", "", text.lower(), count=1)
    for name, asked in draft.fields.items():
        label = str(asked["label"]).lower()
        if asked["type"] == "yes_no" and asked.get("when", "") == when:
            if label == text.lower():
                return name
            if label == positive or re.sub(r"\b(belum|tidak|bukan) ", "", label, count=1) == text.lower():
                return f"!{name}"
    name = draft.name(text)
    draft.fields[name] = {"type": "yes_no", "label": sentence(text), "ask_first": True} | (
        {"when": when} if when else {}
    )
    return name


def _any(rules: list[str]) -> str:
    """Alternatives joined; the same name compared twice becomes a list."""
    unique = list(dict.fromkeys(rules))
    told = [re.fullmatch(r"(\w+) == '(\w+)'", known) for known in unique]
    if len(unique) > 1 and all(told) and len({found[1] for found in told if found}) == 1:
        name = next(found[1] for found in told if found)
        return f"{name} in [{', '.join(repr(found[2]) for found in told if found)}]"
    return " || ".join(unique)
