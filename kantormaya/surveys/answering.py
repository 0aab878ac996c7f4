"""Answer a survey: once, and in a row that leads back to nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.language.asking import Field
from kantormaya.language.texts import Text
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.surveys.models import Answer, Invitation
from kantormaya.surveys.questionnaire import questionnaire

LONGEST_REMARK = 2000
REMARK = Field(
    type="long_text",
    required=False,
    label=Text("Saran atau keluhan", "A suggestion or complaint"),
    help=Text(
        "Jangan tulis nama, NIK, atau nomor telepon: catatan ini dibaca kantor tanpa tahu siapa Anda.",
        "Leave out names, ID and telephone numbers: the office reads this without knowing who you are.",
    ),
)


def questions() -> dict[str, Field]:
    """Everything the form asks, in order: the elements, then what may stay empty."""
    rules = questionnaire()
    return {**{key: one.field for key, one in rules.elements.items()}, **rules.about, "remark": REMARK}


def answer(code: str, answers: Mapping[str, Any]) -> bool:
    """Keep the answers to the survey with this code; False, and nothing kept, where it was answered before.

    `answers` are checked answers to `questions()`. The audit line names the agency, not the case.
    """
    rules = questionnaire()
    with scoped(scope_system("a survey is answered without its case")):
        open_ = Invitation.objects.select_for_update().filter(code=code, is_answered=False).first()
        if open_ is None:
            return False
        Answer.objects.create(
            agency_id=open_.agency_id,
            service_slug=open_.service_slug,
            answered_on=timezone.localdate(now()),
            scores={key: int(answers[key]) for key in rules.elements},
            about={key: answers[key] for key in rules.about if answers.get(key)},
            remark=(answers.get("remark") or "")[:LONGEST_REMARK],
        )
        open_.is_answered = True
        open_.save(update_fields=["is_answered"])
        record("survey.answered", actor="applicant", agency_id=open_.agency_id)
    return True
