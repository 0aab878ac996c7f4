"""Words for templates: both languages side by side, numbers and time as people say them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from string import Formatter
from typing import Any, TypeVar

from django.template import Library, Node, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import unescape_string_literal
from django.utils.timezone import get_default_timezone

from kantormaya.audit.time import now
from kantormaya.language import formats
from kantormaya.language.texts import Text
from kantormaya.people.readers import language

register = Library()
M = TypeVar("M", date, datetime)
CASE_NUMBER = re.compile(r"(\bP-\d{4}-\d{6}\b|\bKTP-el\b)")

SHAPE = '{% say "Teks Indonesia {nama}" "English text {nama}" nama=value [as variable] %}'


@register.filter
def said(value: Any) -> Any:
    """A Text in the language of the page; nothing for None; anything else as it is."""
    if value is None:
        return ""
    return value.said(language()) if isinstance(value, Text) else value


@register.filter
def whole(value: Any) -> Any:
    """Words in which no number of a case breaks at its hyphen at the end of a line."""
    parts = CASE_NUMBER.split(str(said(value)))
    return format_html_join(
        "", "{}", ((part if n % 2 == 0 else _unbroken(part),) for n, part in enumerate(parts))
    )


def _unbroken(number: str) -> SafeString:
    return format_html('<span class="num">{}</span>', number)


@register.filter
def num(value: int | float | Decimal | None, digits: int | None = None) -> str:
    """1.284 or 94,2; English 1,284 or 94.2."""
    return "" if value in (None, "") else formats.number(value, digits).said(language())


@register.filter
def rupiah(value: int | float | Decimal | None) -> str:
    """Rp 50.000; English Rp 50,000."""
    return "" if value in (None, "") else formats.rupiah(value).said(language())


@register.filter
def tanggal(value: date | datetime | None) -> str:
    """Rabu 2 September 2026."""
    if not value:
        return ""
    return formats.day(_local(value)).said(language())


@register.filter
def pukul(value: datetime | None) -> str:
    """The exact moment: Rabu 2 September 2026 pukul 16.00 WIB."""
    return formats.moment(_local(value)).said(language()) if value else ""


@register.filter
def saat(value: date | datetime | None) -> str:
    """A moment as people say it, the exact one in the title."""
    if not value:
        return ""
    local = _local(value)
    return _time(local, formats.near(local, _local(now())))


@register.filter
def batas(due: date | datetime | None) -> str:
    """The state of a due moment: lewat 1 hari, hari ini 16.00, 2 hari lagi; classed late, due or nothing."""
    if not due:
        return ""
    local = _local(due)
    words, kind = formats.until(local, _local(now()))
    return format_html('<span class="state{}">{}</span>', f" {kind}" if kind else "", _time(local, words))


@register.tag
def say(parser: Parser, token: Token) -> Node:
    """The same sentence in both languages; a missing one or an unequal {placeholder} fails when compiled."""
    bits = token.split_contents()[1:]
    variable = None
    if len(bits) > 2 and bits[-2] == "as":
        variable, bits = bits[-1], bits[:-2]
    texts, rest = bits[:2], bits[2:]
    if len(texts) < 2 or not all(_is_quoted(text) for text in texts):
        raise TemplateSyntaxError(f"say needs both languages, each in quotes: {SHAPE}")
    values = token_kwargs(rest, parser)
    if rest:
        raise TemplateSyntaxError(f"say does not understand {rest[0]!r}: {SHAPE}")
    text = Text(*(unescape_string_literal(text) for text in texts))
    _agree(text, set(values))
    return Say(text, values, variable)


class Say(Node):
    """One sentence in both languages; every value is escaped, the sentence is the template author's own."""

    def __init__(self, text: Text, values: dict[str, FilterExpression], variable: str | None) -> None:
        self.text, self.values, self.variable = text, values, variable

    def render(self, context: Context) -> SafeString:
        values = {
            name: conditional_escape(said(value.resolve(context))) for name, value in self.values.items()
        }
        sentence = mark_safe(self.text.said(language()).format(**values))  # noqa: S308  values are escaped above
        if self.variable is None:
            return sentence
        context[self.variable] = sentence
        return SafeString("")


def _agree(text: Text, given: set[str]) -> None:
    """Both languages and the values given must name the same placeholders."""
    indonesian, english = _placeholders(text.id), _placeholders(text.en or "")
    if indonesian != english:
        raise TemplateSyntaxError(
            f"say has {sorted(indonesian)} in Indonesian but {sorted(english)} in English: {text.id!r}"
        )
    if indonesian != given:
        raise TemplateSyntaxError(f"say names {sorted(indonesian)} but is given {sorted(given)}: {text.id!r}")


def _placeholders(text: str) -> set[str]:
    if not text.strip():
        raise TemplateSyntaxError(f"say needs words in both languages: {SHAPE}")
    try:
        found = list(Formatter().parse(text))
    except ValueError as fault:
        raise TemplateSyntaxError(f"say cannot read {text!r}: {fault}") from fault
    names = {name for _, name, _, _ in found if name is not None}
    if any(shape or conversion for _, _, shape, conversion in found) or not all(
        n.isidentifier() for n in names
    ):
        raise TemplateSyntaxError(f"say takes plain placeholders such as {{nama}} only: {text!r}")
    return names


def _is_quoted(bit: str) -> bool:
    return len(bit) > 1 and bit[0] in "\"'" and bit[-1] == bit[0]


def _local(value: M) -> M:
    """A moment as the clock of the office shows it; a day as it is."""
    return value.astimezone(get_default_timezone()) if isinstance(value, datetime) else value


def _time(local: date | datetime, words: Text) -> SafeString:
    """A <time> element: machine-readable, with the exact moment one step away. Nothing in these words is to be escaped."""
    spoken = language()
    if isinstance(local, datetime):
        stamp, exact = local.isoformat(timespec="minutes"), formats.moment(local)
    else:
        stamp, exact = local.isoformat(), formats.day(local)
    return SafeString(f'<time datetime="{stamp}" title="{exact.said(spoken)}">{words.said(spoken)}</time>')
