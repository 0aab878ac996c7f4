"""The 14 components of PermenPANRB 15/2014, made from a definition and nothing beside it."""

from __future__ import annotations

from collections.abc import Callable

from kantormaya.language.components.delivery import procedure, products, promise, requirements
from kantormaya.language.components.items import Component, Item
from kantormaya.language.components.prices import fee
from kantormaya.language.definition import Definition
from kantormaya.language.texts import Text
from kantormaya.language.words import said_time


def components(definition: Definition) -> list[Component]:
    """All 14, in the order of the regulation; the first six must be published, the others may be shown."""
    return [
        Component(number, key, title, number <= 6, tuple(made(definition)))
        for number, (key, title, made) in enumerate(COMPONENTS, start=1)
    ]


def _complaints(definition: Definition) -> list[Item]:
    said = _stated("complaint_handling")(definition)
    remedies = [*definition.promise.remedy, *(r for end in definition.outcome.values() for r in end.remedy)]
    for remedy in remedies:
        title = remedy.title or Text("Keberatan: {slug}", "Objection: {slug}").format(
            slug=remedy.service or ""
        )
        times = [
            Text("dalam {time}", "within {time}").format(time=said_time(definition, remedy.within))
            if remedy.within
            else None,
            Text("setelah {time}", "after {time}").format(time=said_time(definition, remedy.after))
            if remedy.after
            else None,
        ]
        said.append(Item(title, notes=tuple(time for time in times if time)))
    return said


def _stated(key: str) -> Callable[[Definition], list[Item]]:
    def texts(definition: Definition) -> list[Item]:
        return [Item(text, where=f"standard.{key}") for text in getattr(definition.standard, key)]

    return texts


COMPONENTS: tuple[tuple[str, Text, Callable[[Definition], list[Item]]], ...] = (
    ("requirements", Text("Persyaratan", "Requirements"), requirements),
    ("procedure", Text("Sistem, mekanisme, dan prosedur", "System, mechanism and procedure"), procedure),
    ("completion_time", Text("Jangka waktu pelayanan", "Completion time"), promise),
    ("fee", Text("Biaya/tarif", "Fee"), fee),
    ("product", Text("Produk pelayanan", "Service product"), products),
    (
        "complaint_handling",
        Text("Penanganan pengaduan, saran, dan masukan", "Complaints, suggestions and input"),
        _complaints,
    ),
    ("legal_basis", Text("Dasar hukum", "Legal basis"), _stated("legal_basis")),
    (
        "facilities",
        Text("Sarana dan prasarana, dan/atau fasilitas", "Facilities"),
        _stated("facilities"),
    ),
    ("staff_competence", Text("Kompetensi pelaksana", "Staff competence"), _stated("staff_competence")),
    (
        "internal_supervision",
        Text("Pengawasan internal", "Internal supervision"),
        _stated("internal_supervision"),
    ),
    ("staff_count", Text("Jumlah pelaksana", "Number of staff"), _stated("staff_count")),
    ("service_guarantee", Text("Jaminan pelayanan", "Service guarantee"), _stated("service_guarantee")),
    (
        "safety_guarantee",
        Text("Jaminan keamanan dan keselamatan pelayanan", "Safety and security guarantee"),
        _stated("safety_guarantee"),
    ),
    (
        "performance_evaluation",
        Text("Evaluasi kinerja pelaksana", "Evaluation of staff performance"),
        _stated("performance_evaluation"),
    ),
)
STATED = tuple(key for key, _, _ in COMPONENTS[5:])
"""The components that only `[standard]` can say."""

__all__ = ["COMPONENTS", "STATED", "Component", "Item", "components"]
