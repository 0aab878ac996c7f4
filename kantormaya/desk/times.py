"""The clocks of a case: the promise beside what the law allows at most, and every other limit that runs."""

from __future__ import annotations

from typing import Any

from kantormaya.clock import Duration, Reckoning
from kantormaya.desk.opened import Opened
from kantormaya.language.definition import Definition
from kantormaya.language.texts import Text, joined
from kantormaya.language.words import said_time


def times(opened: Opened) -> dict[str, Any]:
    """The cells of the promise, its rule beside the legal one, the other limits, and each pause with its cause."""
    now = opened.now
    clocks = now.clocks()
    limits = []
    if now.state.is_open:
        limits = [
            (Text("Langkah ini", "This step"), clocks.step),
            (Text("Perbaikan pemohon", "Applicant's correction"), clocks.correction),
        ]
        limits += [
            (now.definition.task[name].title, clock)
            for name, clock in clocks.tasks.items()
            if name in now.definition.task
        ]
    pauses = clocks.promise.pauses if clocks.promise else ()
    return {
        "promise": clocks.promise, "legal": clocks.legal, "cells": clocks.promise.counted if clocks.promise else (),
        "rule": rule(now.definition, clocks.promise), "legal_rule": rule(now.definition, clocks.legal),
        "span": _span(now.definition, clocks.spans),
        "limits": [{"title": title, "due_at": clock.due_at, "rule": rule(now.definition, clock)} for title, clock in limits if clock],
        "pauses": [{"cause": cause(now.definition, p.cause), "since": p.since, "until": p.until} for p in pauses],
        "extensions": now.state.extensions,
    }  # fmt: skip


def rule(definition: Definition, clock: Reckoning | None) -> Text | None:
    """The rule of a clock in words."""
    return said_time(definition, clock.rule) if clock else None


def _span(definition: Definition, spans: tuple[Duration, ...]) -> Text | None:
    """What the promise will be once it runs: one limit, or the limits still possible."""
    words = list(dict.fromkeys(said_time(definition, one) for one in spans))
    return joined(words, " / ") if words else None


def cause(definition: Definition, name: str) -> Text:
    """Why a clock stood still."""
    kind, _, of = name.partition(".")
    if kind == "step" and of in definition.step:
        return definition.step[of].title
    if kind == "confirm" and of in definition.task:
        return Text("Persetujuan berita acara: {title}", "Agreement with the minutes: {title}").format(
            title=definition.task[of].title
        )
    return CAUSES.get(kind, Text(name, name))


CAUSES = {
    "correction": Text("Menunggu perbaikan dari pemohon", "Waiting for the applicant's correction"),
    "bill": Text("Menunggu pembayaran", "Waiting for the payment"),
}
