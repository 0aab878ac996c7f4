"""A condition in words for the citizen: what the definition's labels make of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kantormaya.clock import Duration
from kantormaya.expressions import (
    All,
    Any,
    Comparison,
    Expression,
    ExpressionFault,
    Has,
    In,
    Shape,
    Truth,
    shape,
)
from kantormaya.language import formats
from kantormaya.language.asking import Band, Field, Term
from kantormaya.language.definition import APPLICANT_KINDS, CHANNEL_NAMES, Definition
from kantormaya.language.texts import Text
from kantormaya.language.working import FeeLine, Less, Move, Product, Step, Task

Literal = str | float | bool | date | None


class NoWords(ValueError):
    """This condition can't be put into words: it needs `says`, or the term it negates `says_not`."""

    def __init__(self, about: str) -> None:
        super().__init__(about)
        self.about = about


def worded(definition: Definition, expression: Expression, negated: bool = False) -> Text:
    """The condition as a citizen reads it ("bila dikuasakan"); raises NoWords."""
    if negated:
        try:
            expression = Expression.read(f"!({expression.source})")
        except ExpressionFault as fault:
            raise NoWords(expression.source) from fault
    found = shape(expression)
    if found is None:
        raise NoWords(expression.source)
    return _words(definition, found)


def said_when(
    definition: Definition, item: Step | Task | Move | FeeLine | Less | Product | Field
) -> Text | None:
    """In which case something with `when` and `says` is meant; None where always. Raises NoWords."""
    if item.says is not None or item.when is None:
        return item.says
    return worded(definition, item.when)


def said_time(definition: Definition, duration: Duration) -> Text:
    """A duration with the label of the date it counts from ("3 hari kalender sebelum tanggal pemakaian")."""
    words = Text(duration.words("id"), duration.words("en"))
    anchor = definition.field.get(duration.anchor or "")
    if anchor is None or duration.anchor is None:
        return words
    label = _within(anchor.label)
    return Text(
        words.id.removesuffix(duration.anchor) + label.said("id"),
        (words.en or words.id).removesuffix(duration.anchor) + label.said("en"),
    )


def _within(label: Text) -> Text:
    """A label inside a sentence: its first letter is small, unless it begins with an abbreviation."""
    return Text(_small(label.id), _small(label.said("en")))


def _small(said: str) -> str:
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]


def _words(definition: Definition, found: Shape) -> Text:
    match found:
        case Truth(name, negated):
            return _truth(definition, name, negated)
        case Comparison():
            return _comparison(definition, found)
        case In(name, literals):
            values = _joined((_value(definition, name, one) for one in literals), OR)
            return _is(name).format(name=_label(definition, name), value=values)
        case Has(name, literal, negated):
            words = HAS_NOT if negated else HAS
            return words.format(name=_label(definition, name), value=_value(definition, name, literal))
        case All(parts):
            return _joined((_inner(definition, part) for part in _telling(parts)), AND)
        case Any(parts):
            return _joined((_inner(definition, part) for part in parts), OR)
    raise NoWords(str(found))


def _inner(definition: Definition, part: Shape) -> Text:
    words = _words(definition, part)
    return Text("({words})", "({words})").format(words=words) if isinstance(part, All | Any) else words


def _telling(parts: tuple[Shape, ...]) -> list[Shape]:
    """A guard against "not answered" says nothing beside what is asked of the same answer."""
    others = [part.name for part in parts if not isinstance(part, All | Any) and not _is_guard(part)]
    return [part for part in parts if not (_is_guard(part) and part.name in others)]  # type: ignore[union-attr]


def _is_guard(part: Shape) -> bool:
    return isinstance(part, Comparison) and part.op == "!=" and part.literal is None


def _truth(definition: Definition, name: str, negated: bool) -> Text:
    if name in GIVEN:
        return GIVEN[name][negated]
    term = definition.term.get(name)
    if term is not None:
        said = term.says_not if negated else term.says
        if said is not None:
            return said
        if term.is_ is None or term.when is not None:
            raise NoWords(name)
        return worded(definition, term.is_, negated)
    field = definition.field.get(name)
    if field is None or field.type != "yes_no":
        raise NoWords(name)
    return IS.format(name=field.label, value=NO if negated else YES)


def _comparison(definition: Definition, found: Comparison) -> Text:
    name, literal = found.name, found.literal
    if name == "variant" and isinstance(literal, str) and found.op in ("==", "!="):
        words = FOR if found.op == "==" else FOR_NOT
        return words.format(value=_value(definition, name, literal))
    term = definition.term.get(name)
    if term is not None and term.bands and isinstance(literal, str):
        return _band(definition, term, found.op, literal)
    label = _label(definition, name)
    if literal is None:
        return (UNSAID if found.op == "==" else GIVEN_ANSWER).format(name=label)
    if isinstance(literal, bool):
        return _truth(definition, name, literal == (found.op == "!="))
    ways = WAYS_OF_DATES if isinstance(literal, date) else WAYS
    if isinstance(literal, str) and found.op not in ("==", "!="):
        raise NoWords(name)
    is_text = isinstance(literal, str) and found.op == "=="
    words = _is(name) if is_text else ways[found.op]
    return words.format(name=label, value=_value(definition, name, literal))


def _band(definition: Definition, term: Term, op: str, literal: str) -> Text:
    band = next((band for band in term.bands if band.is_ == literal), None)
    if band is None or term.of is None or op not in ("==", "!="):
        raise NoWords(literal)
    label = _label(definition, term.of)
    inside = band_words(definition, term, band)
    if op == "!=":
        return Text("bila {name} bukan {range}", "if {name} is not {range}").format(name=label, range=inside)
    return Text("bila {name} {range}", "if {name} is {range}").format(name=label, range=inside)


def band_words(definition: Definition, term: Term, band: Band) -> Text:
    """The bounds of a class ("di atas 500 sampai dengan 2.000 orang")."""
    if band.title is not None:
        return band.title
    unit = _unit(definition, term.of or "")
    bounds = [
        (band.above, Text("di atas {n}", "above {n}")),
        (band.from_, Text("mulai {n}", "from {n}")),
        (band.up_to, Text("sampai dengan {n}", "up to {n}")),
        (band.below, Text("di bawah {n}", "below {n}")),
    ]
    said = [words.format(n=formats.number(n)) for n, words in bounds if n is not None]
    return Text(
        " ".join(one.said("id") for one in said) + unit, " ".join(one.said("en") for one in said) + unit
    )


def _label(definition: Definition, name: str) -> Text:
    if name in GIVEN_LABELS:
        return GIVEN_LABELS[name]
    if name in definition.field:
        return definition.field[name].label
    if name in definition.task:
        return definition.task[name].title
    term = definition.term.get(name)
    if term is not None and term.says is not None:
        return term.says
    raise NoWords(name)


def _is(name: str) -> Text:
    return FOR if name == "variant" else IS


def _value(definition: Definition, name: str, literal: Literal) -> Text:
    if isinstance(literal, bool):
        return YES if literal else NO
    if isinstance(literal, date):
        return formats.day(literal)
    if isinstance(literal, float):
        field = definition.field.get(name)
        if field is not None and field.type == "money":
            return formats.rupiah(literal)
        words = formats.number(literal)
        return Text(words.id + _unit(definition, name), words.said("en") + _unit(definition, name))
    if literal is None:
        return NOTHING
    return _choice(definition, name, literal)


def _choice(definition: Definition, name: str, literal: str) -> Text:
    choices = {
        "variant": definition.variants,
        "channel": CHANNEL_NAMES,
        "applicant_kind": APPLICANT_KINDS,
    }.get(name)
    if choices is None and name in definition.field:
        choices = definition.field[name].choices
    if choices is None and name in definition.task:
        choices = definition.task[name].possible_answers()
    if choices is None:
        return Text(literal, literal)
    if literal not in choices:
        raise NoWords(literal)
    return choices[literal]


def _unit(definition: Definition, name: str) -> str:
    field = definition.field.get(name)
    return f" {field.unit}" if field is not None and field.unit else ""


def _joined(parts: Iterable[Text], by: tuple[Text, Text]) -> Text:
    said = list(parts)
    return Text(*(_join([one.said(lang) for one in said], by, lang) for lang in ("id", "en")))


def _join(said: list[str], by: tuple[Text, Text], language: str) -> str:
    """The lead word ("bila") is said once where the next part begins with the same."""
    lead = said[0].split(" ", 1)[0] if said else ""
    rest = [one.removeprefix(f"{lead} ") if lead in LEADS else one for one in said[1:]]
    words = [*said[:1], *rest]
    last, between = by[0].said(language), by[1].said(language)
    return words[0] if len(words) == 1 else f"{between.join(words[:-1])}{last}{words[-1]}"


LEADS = ("bila", "if", "untuk", "for")
AND = (Text(" dan ", " and "), Text(" dan ", " and "))
OR = (Text(" atau ", " or "), Text(", ", ", "))
YES = Text("ya", "yes")
NO = Text("tidak", "no")
NOTHING = Text("tidak ada", "none")
IS = Text("bila {name}: {value}", "if {name}: {value}")
FOR = Text("untuk {value}", "for {value}")
FOR_NOT = Text("untuk selain {value}", "for all but {value}")
HAS = Text("bila {name} memuat {value}", "if {name} includes {value}")
HAS_NOT = Text("bila {name} tidak memuat {value}", "if {name} does not include {value}")
UNSAID = Text("bila {name} tidak ada", "if there is no {name}")
GIVEN_ANSWER = Text("bila {name} ada", "if there is {name}")
WAYS = {
    "==": Text("bila {name} tepat {value}", "if {name} is exactly {value}"),
    "!=": Text("bila {name} bukan {value}", "if {name} is not {value}"),
    "<": Text("bila {name} kurang dari {value}", "if {name} is less than {value}"),
    "<=": Text("bila {name} paling banyak {value}", "if {name} is at most {value}"),
    ">": Text("bila {name} lebih dari {value}", "if {name} is more than {value}"),
    ">=": Text("bila {name} paling sedikit {value}", "if {name} is at least {value}"),
}
WAYS_OF_DATES = {
    "==": Text("bila {name} pada {value}", "if {name} is on {value}"),
    "!=": Text("bila {name} bukan pada {value}", "if {name} is not on {value}"),
    "<": Text("bila {name} sebelum {value}", "if {name} is before {value}"),
    "<=": Text("bila {name} paling lambat {value}", "if {name} is on or before {value}"),
    ">": Text("bila {name} sesudah {value}", "if {name} is after {value}"),
    ">=": Text("bila {name} mulai {value}", "if {name} is on or after {value}"),
}
GIVEN = {
    "by_proxy": (
        Text("bila dikuasakan", "if represented by proxy"),
        Text("bila tidak dikuasakan", "if not represented by proxy"),
    ),
    "applicant_foreign": (
        Text("bila pemohon warga negara asing", "if the applicant is a foreign national"),
        Text("bila pemohon warga negara Indonesia", "if the applicant is an Indonesian citizen"),
    ),
}
GIVEN_LABELS = {
    "variant": Text("jenis permohonan", "kind of application"),
    "channel": Text("cara mengajukan", "way of applying"),
    "applicant_kind": Text("pemohon", "the applicant"),
    "submitted_on": Text("tanggal pengajuan", "the date of application"),
    "accepted_on": Text("tanggal berkas diterima lengkap", "the date the file was accepted"),
}
