"""Example answers to the survey: most are content, some are not, and some never answer."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from kantormaya.audit.time import simulated
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.surveys.answering import answer
from kantormaya.surveys.models import Invitation
from kantormaya.surveys.questionnaire import questionnaire

ANSWERING = 0.7
REMARKING = 0.25
CONTENT, NOT_CONTENT = (2, 6, 46, 46), (12, 34, 40, 14)
"""How many in a hundred give 1, 2, 3, 4: where the promise was kept, and where it was not."""
REMARKS = (
    "Tidak perlu datang ke kantor, sangat membantu.",
    "Mohon foto berkas boleh lebih besar ukurannya.",
    "Petugasnya sabar menjelaskan lewat pesan.",
    "Awalnya bingung soal denah, contohnya tolong diperbanyak.",
    "Cepat, tapi pemberitahuan lewat WhatsApp lebih enak.",
)


def answer_some(dice: random.Random, until: datetime) -> None:
    """Let example applicants answer some days after their case ended, each at a time of its own."""
    rules = questionnaire()
    with scoped(scope_system("example answers")):
        invited = list(Invitation.objects.select_related("case").order_by("pk"))
    for one in invited:
        at = one.invited_at + timedelta(hours=dice.randint(2, 70))
        if dice.random() > ANSWERING or at > until:
            continue
        due_at = one.case.due_at
        weights = NOT_CONTENT if due_at and one.invited_at > due_at else CONTENT
        answers = {key: str(dice.choices((1, 2, 3, 4), weights)[0]) for key in rules.elements}
        answers |= {key: dice.choice(list(field.choices)) for key, field in rules.about.items()}
        if dice.random() < REMARKING:
            answers["remark"] = f"{dice.choice(REMARKS)} (contoh)"
        with simulated(at):
            answer(one.code, answers)
