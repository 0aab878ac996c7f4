"""Money, numbers and time, written the way people of either language say them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from kantormaya.language.texts import Text

DAYS = [
    Text("Senin", "Monday"),
    Text("Selasa", "Tuesday"),
    Text("Rabu", "Wednesday"),
    Text("Kamis", "Thursday"),
    Text("Jumat", "Friday"),
    Text("Sabtu", "Saturday"),
    Text("Minggu", "Sunday"),
]
MONTHS = [
    Text("Januari", "January"),
    Text("Februari", "February"),
    Text("Maret", "March"),
    Text("April", "April"),
    Text("Mei", "May"),
    Text("Juni", "June"),
    Text("Juli", "July"),
    Text("Agustus", "August"),
    Text("September", "September"),
    Text("Oktober", "October"),
    Text("November", "November"),
    Text("Desember", "December"),
]
NEIGHBOURS = {
    0: Text("hari ini{hour}", "today{hour}"),
    1: Text("besok{hour}", "tomorrow{hour}"),
    -1: Text("kemarin{hour}", "yesterday{hour}"),
}
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


def number(value: int | float | Decimal, digits: int | None = None) -> Text:
    """1.284 and 94,2 in Indonesian, 1,284 and 94.2 in English; at most two decimals, or exactly `digits`."""
    amount = Decimal(str(value))
    places = 2 if digits is None else digits
    english = f"{amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"
    if digits is None and "." in english:
        english = english.rstrip("0").rstrip(".")
    english = english.replace("-", "−")
    return Text(english.translate(str.maketrans(",.", ".,")), english)


def rupiah(amount: int | float | Decimal) -> Text:
    """Whole rupiah with a space that never breaks: Rp 50.000, Rp 50,000."""
    sign = "−" if amount < 0 else ""
    said = number(-amount if amount < 0 else amount, 0)
    return Text(f"{sign}Rp\N{NO-BREAK SPACE}{said.id}", f"{sign}Rp\N{NO-BREAK SPACE}{said.en}")


def day(on: date) -> Text:
    """Rabu 2 September 2026, Wednesday 2 September 2026."""
    name, rest = DAYS[on.weekday()], _date(on)
    return Text(f"{name.id} {rest.id}", f"{name.en} {rest.en}")


def hour(at: datetime) -> Text:
    """16.00 in Indonesian, 16:00 in English; `at` is already local."""
    return Text(f"{at.hour:02}.{at.minute:02}", f"{at.hour:02}:{at.minute:02}")


def moment(at: datetime) -> Text:
    """The exact moment, zone named: Rabu 2 September 2026 pukul 16.00 WIB; `at` is already local."""
    offset = at.utcoffset()
    zone = ZONES.get(int(offset.total_seconds() // 3600), f"{at:%Z}") if offset is not None else ""
    on, time = day(at), hour(at)
    return Text(f"{on.id} pukul {time.id} {zone}", f"{on.en} at {time.en} {zone}")


def near(at: date | datetime, now: datetime) -> Text:
    """A moment as people say it: hari ini 16.00, kemarin 09.12, 2 hari lagi, Senin 08.40, 2 September."""
    on, at_hour = _date_and_hour(at)
    ahead = (on - now.date()).days
    if ahead in NEIGHBOURS:
        return NEIGHBOURS[ahead].format(hour=at_hour)
    if 1 < ahead < 7:
        return Text(f"{ahead} hari lagi", f"in {ahead} days")
    if -7 < ahead < -1:
        name = DAYS[on.weekday()]
        return Text(f"{name.id}{at_hour.id}", f"{name.en}{at_hour.en}")
    return _date(on, unless_year=now.year)


def until(due: date | datetime, now: datetime) -> tuple[Text, str]:
    """The word for a due moment and its state: "late", "due" (today) or "" (still time)."""
    on, at_hour = _date_and_hour(due)
    ahead = (on - now.date()).days
    if ahead < 0:
        return Text(f"lewat {-ahead} hari", f"{-ahead} {'day' if ahead == -1 else 'days'} late"), "late"
    if ahead == 0 and isinstance(due, datetime) and due < now:
        return Text("lewat sejak{hour}", "late since{hour}").format(hour=at_hour), "late"
    if ahead == 0:
        return NEIGHBOURS[0].format(hour=at_hour), "due"
    if ahead == 1:
        return NEIGHBOURS[1].format(hour=at_hour), ""
    if ahead <= 30:
        return Text(f"{ahead} hari lagi", f"in {ahead} days"), ""
    return _date(on, unless_year=now.year), ""


def _date(on: date, unless_year: int | None = None) -> Text:
    month, year = MONTHS[on.month - 1], "" if on.year == unless_year else f" {on.year}"
    return Text(f"{on.day} {month.id}{year}", f"{on.day} {month.en}{year}")


def _date_and_hour(at: date | datetime) -> tuple[date, Text]:
    if isinstance(at, datetime):
        said = hour(at)
        return at.date(), Text(f" {said.id}", f" {said.en}")
    return at, Text("", "")
