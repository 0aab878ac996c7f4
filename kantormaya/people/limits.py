"""How often: what one network address, or one subject, may do so many times in a while; the numbers stand in data."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache, wraps
from importlib.resources import files
from ipaddress import IPv6Network, ip_address, ip_network
from math import ceil
from typing import Any, Literal

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac
from pydantic import TypeAdapter

from kantormaya.audit.time import now
from kantormaya.clock import Duration
from kantormaya.language.basics import Table
from kantormaya.language.formats import moment
from kantormaya.language.texts import Text
from kantormaya.people.guards import held_code
from kantormaya.people.models import Tally

View = Callable[..., HttpResponseBase]


class Limit(Table):
    """So many times within so long, for one address and for one subject, and why so many."""

    title: Text
    counts: Literal["all", "wrong"]
    within: Duration
    reason: str
    address: int
    subject: int | None = None

    @property
    def window(self) -> timedelta:
        """How long a count lasts, by the wall clock."""
        return timedelta(**{{"menit": "minutes", "jam": "hours"}[str(self.within.unit)]: self.within.high})


LIMITS: dict[str, Limit] = TypeAdapter(dict[str, Limit]).validate_python(
    tomllib.loads(files(__package__).joinpath("data", "limits.toml").read_text(encoding="utf-8"))
)
TOO_MANY = Text(
    "Terlalu banyak {what} dalam waktu singkat. Coba lagi setelah {when}.",
    "Too many {what} in a short time. Try again after {when}.",
)


SKEW = timedelta(minutes=1)
"""So far the clocks of processes and machines may lie apart."""


class TooMany(Exception):
    """Refused for now; `text` says when to try again, `seconds` says it to programs."""

    def __init__(self, limit: Limit, until: datetime) -> None:
        self.seconds = max(ceil((until - now()).total_seconds()), 1)
        minute = timezone.localtime(until).replace(second=0, microsecond=0) + timedelta(minutes=1)
        self.text = TOO_MANY.format(what=limit.title, when=moment(minute))
        super().__init__(self.text.id)


def take(act: str, request: HttpRequest, subject: str = "") -> None:
    """Count one of an act of which all are counted; raises TooMany beyond the limit. Best called outside a transaction."""
    _judge(LIMITS[act], _count(_keys(act, request, subject), LIMITS[act].window), beyond=1)


def refuse(act: str, request: HttpRequest, subject: str = "") -> None:
    """Before a try that may be wrong: raises TooMany where there were enough wrong ones; counts nothing."""
    keys = _keys(act, request, subject)
    rows = Tally.objects.filter(key__in=keys, until__gt=now()).values_list("key", "count", "until")
    _judge(LIMITS[act], [(keys[key], count, until) for key, count, until in rows] if keys else [])


def wrong(act: str, request: HttpRequest, subject: str = "") -> None:
    """Count a try that was wrong."""
    _count(_keys(act, request, subject), LIMITS[act].window)


def limited(act: str, *, when: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """Counts a page's requests outside its transaction; the subject is the token or code that opens the page."""

    def lock(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
            if when(request):
                take(act, request, str(named.get("token") or named.get("code") or held_code(request) or ""))
            return view(request, *args, **named)

        return counted

    return lock


def is_sent(request: HttpRequest) -> bool:
    """Whether a form is sent."""
    return request.method == "POST"


def has_files(request: HttpRequest) -> bool:
    """Whether files come with the form."""
    return request.method == "POST" and bool(request.FILES)


def client_ip(request: HttpRequest) -> str:
    """The network address of who asks. What a forwarded header says counts only from our own proxies (KANTOR_PROXIES)."""
    here = str(request.META.get("REMOTE_ADDR", ""))
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    while _is_ours(here) and told:
        here = told.pop()
    return here


def forget_old() -> int:
    """Remove counts that are over; says how many."""
    return Tally.objects.filter(until__lt=now()).delete()[0]


def _is_ours(address: str) -> bool:
    ip = _ip(address)
    return ip is not None and any(ip in one for one in _networks(tuple(settings.KANTOR_PROXIES)))


@lru_cache
def _networks(named: Sequence[str]) -> list[Any]:
    return [ip_network(one, strict=False) for one in named]


def _ip(address: str) -> Any:
    try:
        ip = ip_address(address)
    except ValueError:
        return None
    return getattr(ip, "ipv4_mapped", None) or ip


def _place(request: HttpRequest) -> str:
    """What is counted as one address: of IPv6 the network that one household gets; "" for the machine itself."""
    address = client_ip(request)
    ip = _ip(address)
    if ip is None:
        return address[:60] or "unknown"
    if ip.is_loopback:
        return ""
    return str(IPv6Network((ip, 64), strict=False)) if ip.version == 6 else str(ip)


def _keys(act: str, request: HttpRequest, subject: str) -> dict[str, int]:
    """The rows to be counted, known by digest, with how many each may have; in one order, so that no two wait for each other."""
    limit, place = LIMITS[act], _place(request)
    named = {f"{act} address {place}": limit.address} if place else {}
    if limit.subject is not None and subject:
        named[f"{act} subject {subject}"] = limit.subject
    keys = {
        salted_hmac("kantor.limit", name, algorithm="sha256").hexdigest(): most
        for name, most in named.items()
    }
    return dict(sorted(keys.items()))


def _count(keys: dict[str, int], window: timedelta) -> list[tuple[int, int, datetime]]:
    """One more for each key, in one statement, whoever else counts at the same moment; gives (most, count, until)."""
    if not keys:
        return []
    at = now()
    # a count is over when its time is, and also where the clock was set back since; SKEW, because two who ask at the same
    # moment need not agree about it, and neither may begin the count anew
    over = "people_tally.until NOT BETWEEN %s AND %s"
    rows = ", ".join("(%s, 1, %s)" for _ in keys)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO people_tally (key, count, until) VALUES {rows} ON CONFLICT (key) DO UPDATE SET"  # noqa: S608
            f" count = CASE WHEN {over} THEN 1 ELSE people_tally.count + 1 END,"
            f" until = CASE WHEN {over} THEN excluded.until ELSE people_tally.until END"
            " RETURNING key, count, until",
            [*(part for key in keys for part in (key, at + window)), *(at, at + window + SKEW) * 2],
        )
        return [(keys[key], count, until) for key, count, until in cursor.fetchall()]


def _judge(limit: Limit, counted: Sequence[tuple[int, int, datetime]], beyond: int = 0) -> None:
    full = [until for most, count, until in counted if count >= most + beyond]
    if full:
        raise TooMany(limit, max(full))
