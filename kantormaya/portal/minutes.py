"""The minutes of inspections as the applicant reads them: what was said and found, and each picture as it was sealed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from kantormaya.casework.standing import Standing
from kantormaya.documents.models import Upload
from kantormaya.engine.choices import Choice
from kantormaya.engine.state import Proof, TaskState
from kantormaya.language.forms import in_words
from kantormaya.language.working import Task
from kantormaya.portal.folders import UPLOAD


def minutes(
    now_: Standing, choices: tuple[Choice, ...], uploads: Mapping[str, Upload]
) -> list[dict[str, Any]]:
    """Minutes that await the applicant's agreement, and those of every inspection to which pictures were shown."""
    awaited = {choice.id for choice in choices if choice.act == "confirm"}
    return [
        _minutes(now_, name, rule, task, uploads, is_awaited=name in awaited)
        for name, rule in now_.definition.task.items()
        if (task := now_.state.tasks.get(name)) is not None
        and (name in awaited or (task.proofs and task.answers))
    ]


def _minutes(
    now_: Standing, name: str, rule: Task, task: TaskState, uploads: Mapping[str, Upload], *, is_awaited: bool
) -> dict[str, Any]:
    facts = [
        {
            "label": now_.definition.field[n].label,
            "value": in_words(now_.definition.field[n], now_.state.facts.get(n)),
        }
        for n in rule.report
    ]
    given = sorted(task.answers.values(), key=lambda one: one.at)
    return {
        "id": name, "title": rule.title, "facts": facts, "is_awaited": is_awaited, "at": given[-1].at if given else None,
        "notes": [one.note for one in given if one.note] if is_awaited else [],
        "said": [rule.possible_answers().get(one.answer) for one in given],
        "pictures": pictures_of([proof for one in given for proof in one.proofs], uploads),
    }  # fmt: skip


def pictures_of(proofs: list[Proof], uploads: Mapping[str, Upload]) -> list[dict[str, Any]]:
    """Pictures that were sealed, each once, with its link, code, time and fingerprint."""
    return [
        {
            "name": uploads[one.file].name if one.file in uploads else one.file,
            "href": reverse("case_file", args=(int(one.file.removeprefix(UPLOAD)),)),
            "code": one.code, "at": one.at, "sha256": one.sha256,
        }
        for one in dict.fromkeys(proofs)
    ]  # fmt: skip
