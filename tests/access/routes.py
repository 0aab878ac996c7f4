"""Every address of the office, from the resolver itself, each with identifiers of the first person's things to try on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.world import DEPOT, HER, World

OURS = "kantormaya."


@dataclass(frozen=True)
class Route:
    """One address of the configuration, as it is written there."""

    address: str
    name: str
    guard: str
    parameters: tuple[str, ...]
    roles: tuple[str, ...] = ()
    is_for_machines: bool = False
    """Taken without the token of a form: whoever calls must prove itself in another way than by a cookie."""

    @property
    def names_something(self) -> bool:
        """Whether one person's case, draft, file or paper is named in it."""
        return bool({"number", "pk", "token", "code", "reference"} & {*self.parameters})


def routes() -> list[Route]:
    """Every route; one that somebody adds tomorrow is among them."""
    return list(_walk(get_resolver().url_patterns))


def _walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[Route]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here)
            continue
        guard = getattr(
            pattern.callback, "guard", "" if pattern.callback.__module__.startswith(OURS) else "library"
        )
        names = (*pattern.pattern.converters, *re.findall(r"\(\?P<(\w+)>", str(pattern.pattern)))
        roles = getattr(pattern.callback, "roles", ())
        yield Route(
            here,
            pattern.name or "",
            guard,
            tuple(dict.fromkeys(names)),
            roles,
            getattr(pattern.callback, "csrf_exempt", False),
        )


# What is tried for a parameter: by "<name of the route> <parameter>" where routes differ, else by the parameter. Each value
# belongs to the first person, or is public.
Samples = dict[str, Callable[[World], list[Any]]]
SAMPLES: Samples = {
    "slug": lambda w: [DEPOT, "dpmptsp"],
    "number": lambda w: [one.number for one in w.hers.values()],
    "token": lambda w: [w.hers["returned"].code, w.hers["new"].code, w.his_draft.token],
    "step": lambda w: ["diri", "isian-1", "berkas-denah", "periksa", "mulai"],
    "code": lambda w: [w.hers["ended"].code, w.her_draft.token],
    "checked code": lambda w: [
        w.hers["ended"].code,
        w.her_draft.token,
        w.bills[0].reference,
        *[p.code for p in w.papers],
    ],
    "follow_checked code": lambda w: [w.hers["ended"].code, *[p.code for p in w.papers]],
    "task": lambda w: ["inspeksi", "pertimbangan"],
    "reference": lambda w: [one.reference for one in w.bills],
    "provider": lambda w: ["demo_bank", "failing"],
    "key": lambda w: ["x-y-z"],
    "uidb36": lambda w: ["1"],
    "name": lambda w: ["janji", "telepon", "video"],
    "room": lambda w: ["x", w.hers["new"].code.lower()],
    "whose": lambda w: ["janji", "anda"],
    "secret": lambda w: [w.hers["new"].code],
    "pk": lambda w: [one.pk for one in w.uploads],
    "follow pk": lambda w: [one.pk for one in w.papers],
    "case_paper pk": lambda w: [one.pk for one in w.papers],
    "desk_paper pk": lambda w: [one.pk for one in w.papers],
    "desk_settle pk": lambda w: [one.pk for one in w.payments],
    "letter pk": lambda w: [one.pk for one in w.messages[:3]],
    "desk_send_again pk": lambda w: [one.pk for one in w.messages[:3]],
}


# Whoever has a paper in hand may ask whether it is genuine, and reads what stands on it; the register lists numbers.
ON_A_PAPER = ("checked", "follow_checked", "register")


def told_to_all(route: Route, world: World) -> set[str]:
    """What a page may say of hers to anyone: what stands on an issued paper."""
    if route.name not in ON_A_PAPER:
        return set()
    papers = [one for one in world.papers if one.number]
    of_paper = {one.number or "" for one in papers} | {one.code for one in papers}
    return of_paper if route.name == "register" else of_paper | {HER["name"], "Kertasemaya"}


def unsampled() -> list[str]:
    """Parameters of routes for which nothing is there to try."""
    return [
        f"{route.name} {name}" for route in routes() for name in route.parameters
        if not {name, f"{route.name} {name}"} & SAMPLES.keys()
    ]  # fmt: skip


def addresses(route: Route, world: World, most: int = 8, samples: Samples = SAMPLES) -> list[str]:
    """The paths of a route with the samples put in; where number and file go together, each file under its own case too."""
    values = [(samples.get(f"{route.name} {n}") or samples[n])(world) for n in route.parameters]
    found = [_filled(route, dict(zip(route.parameters, choice, strict=True))) for choice in product(*values)]
    if "number" in route.parameters and "pk" in route.parameters:
        things = {one.pk: one for one in (world.papers if "paper" in route.name else world.uploads)}
        own = [
            _filled(route, {"number": one.case.number, "pk": pk}) for pk, one in things.items() if one.case_id
        ]
        return list(dict.fromkeys([*own, *found]))[:most]
    return found[:most]


def _filled(route: Route, values: dict[str, Any]) -> str:
    path = re.sub(r"[\^$]", "", route.address)
    path = re.sub(r"\(\?P<(\w+)>(?:\[[^\]]*\]|[^()])*\)", lambda m: str(values[m[1]]), path)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(values[m[1]]), path)
