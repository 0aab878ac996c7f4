"""How each kind of answer is read from what people type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from kantormaya.language import identity
from kantormaya.language.asking import Field
from kantormaya.language.texts import Text

LONGEST = {"text": 300, "long_text": 5_000, "place": 500, "email": 254, "phone": 40}
LARGEST = Decimal(10) ** 13
UNREADABLE = Text("Jawaban ini tidak dapat dibaca.", "This answer can't be read.")
NOT_A_CHOICE = Text("Pilih dari daftar.", "Choose from the list.")


def is_blank(raw: Any) -> bool:
    """Whether nothing was typed."""
    if isinstance(raw, str):
        return not raw.strip()
    if isinstance(raw, Mapping):
        return all(is_blank(part) for part in raw.values())
    return raw is None or (isinstance(raw, (list, tuple)) and not raw)


def _words(field: Field, raw: Any) -> str | Text:
    text = str(raw).replace("\r\n", "\n").strip()
    text = "".join(c for c in text if c >= " " or c in "\n\t")
    if field.type != "long_text":
        text = " ".join(text.split())
    longest = LONGEST.get(field.type, 300)
    if len(text) > longest:
        return Text("Terlalu panjang: paling banyak {n} huruf.", "Too long: at most {n} characters.").format(
            n=longest
        )
    return text or UNREADABLE


def _number(field: Field, raw: Any) -> int | Decimal | Text:
    value = parse_number(str(raw))
    if value is None or abs(value) > LARGEST:
        return Text("Tulis angka, misalnya 1.250 atau 12,5.", "Write a number, for example 1,250 or 12.5.")
    is_whole = value == value.to_integral_value()
    if (field.whole or field.type == "money") and not is_whole:
        return Text("Tulis bilangan bulat, tanpa koma.", "Write a whole number, without decimals.")
    return int(value) if is_whole else value.normalize()


def parse_number(raw: str) -> Decimal | None:
    """A number as Indonesians (1.250,5) or others (1,250.5) write it; a lone point before three digits groups."""
    text = re.sub(r"(?i)^rp\.?", "", raw.strip()).strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    text = text.removesuffix(",-").replace("\N{MINUS SIGN}", "-")
    if not re.fullmatch(r"-?\d[\d.,]*", text) or len(text) > 30:
        return None
    last = max(text.rfind(","), text.rfind("."))
    marks = [c for c in text if c in ".,"]
    if not marks:
        whole, fraction = text, ""
    elif len(set(marks)) == 2:
        whole, fraction = text[:last], text[last + 1 :]
        if text[last] in whole:
            return None
    elif len(marks) > 1 or (text[last] == "." and len(text) - last - 1 == 3):
        whole, fraction = text, ""
    else:
        whole, fraction = text[:last], text[last + 1 :]
    groups = re.split(r"[.,]", whole)
    if len(groups) > 1 and any(len(group) != 3 for group in groups[1:]):
        return None
    try:
        return Decimal("".join(groups) + (f".{fraction}" if fraction else ""))
    except InvalidOperation:
        return None


def _date(_: Field, raw: Any) -> date | Text:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    wrong = Text("Tulis tanggal, misalnya 31-12-2026.", "Write a date, for example 31-12-2026.")
    parts = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", str(raw).strip())
    if parts is None:
        parts = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", str(raw).strip())
    if parts is None:
        return wrong
    year, month, day = parts.groups() if len(parts[1]) == 4 else reversed(parts.groups())
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return Text(
            "Tanggal itu tidak ada; periksa hari dan bulannya.", "There is no such date; check day and month."
        )
    return found if 1900 <= found.year <= 2200 else wrong


def moment(raw: Any, zone: ZoneInfo) -> datetime | Text:
    try:
        found = (
            raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw).strip().replace(" ", "T"))
        )
    except ValueError:
        return Text(
            "Tulis tanggal dan jam, misalnya 2026-12-31 09:00.", "Write date and time: 2026-12-31 09:00."
        )
    return found.replace(tzinfo=zone) if found.tzinfo is None else found


TRUTHS = {"ya": True, "yes": True, "true": True, "1": True, "on": True}
TRUTHS |= {"tidak": False, "no": False, "false": False, "0": False}


def _yes_no(_: Field, raw: Any) -> bool | Text:
    known = TRUTHS.get(str(raw).strip().lower())
    return Text("Pilih ya atau tidak.", "Choose yes or no.") if known is None else known


def _choice(field: Field, raw: Any) -> str | Text:
    return raw if raw in field.choices else NOT_A_CHOICE


def _choices(field: Field, raw: Any) -> tuple[str, ...] | Text:
    given = [raw] if isinstance(raw, str) else raw
    if not isinstance(given, (list, tuple)) or any(one not in field.choices for one in given):
        return NOT_A_CHOICE
    return tuple(name for name in field.choices if name in given)


def _place(field: Field, raw: Any) -> dict[str, Any] | Text:
    given = {"address": raw} if isinstance(raw, str) else raw
    if not isinstance(given, Mapping):
        return UNREADABLE
    address = _words(field, given.get("address") or "")
    lat, lon = (_coordinate(given.get(part)) for part in ("lat", "lon"))
    has_point = not (is_blank(given.get("lat")) and is_blank(given.get("lon")))
    if has_point and (lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180):
        return Text("Titik pada peta tidak benar.", "The point on the map is not right.")
    if isinstance(address, Text) and not has_point:
        return address
    return {"lat": lat, "lon": lon, "address": address if isinstance(address, str) else ""}


def _coordinate(raw: Any) -> float | None:
    try:
        found = float(str(raw).replace(",", "."))
    except ValueError:
        return None
    return found if abs(found) <= 180 else None


def _region(_: Field, raw: Any) -> str | Text:
    """A Kemendagri code (16.06.01.1001), or a place in words where no list is offered."""
    text = " ".join(str(raw).split())
    if re.fullmatch(r"[\d.]+", text):
        code = text.replace(".", "")
        if len(code) not in (2, 4, 6, 10):
            return Text("Kode wilayah tidak benar.", "The region code is not right.")
        return ".".join(part for part in (code[:2], code[2:4], code[4:6], code[6:]) if part)
    return text if len(text) <= LONGEST["text"] else UNREADABLE


def _email(_: Field, raw: Any) -> str | Text:
    text = str(raw).strip()
    good = r"[^@\s\"(),:;<>\[\]\\]{1,64}@(?=.{4,253}$)([A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
    if re.fullmatch(good, text) and ".." not in text and not text.startswith("."):
        return text
    return Text("Alamat email ini tidak benar. Contoh: nama@contoh.id.", "This e-mail address is not right.")


READERS: dict[str, Callable[[Field, Any], Any]] = {
    "text": _words,
    "long_text": _words,
    "number": _number,
    "money": _number,
    "date": _date,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "place": _place,
    "region": _region,
    "nik": lambda _, raw: identity.nik(str(raw)),
    "phone": lambda _, raw: identity.phone(str(raw)),
    "email": _email,
}
