"""Say something on a case."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.cases.models import Case
from kantormaya.engine.events import Actor, Refused
from kantormaya.language.texts import Text
from kantormaya.messages.models import Line

LONGEST = 4000


def say(case: Case, actor: Actor, text: str, *, key: str, by: str, internal: bool = False) -> Line:
    """Add a line, once per key; raises Refused for an empty or endless one."""
    text = text.strip()
    if not text:
        raise Refused(Text("Tulis pesannya dulu.", "Write the message first."))
    if len(text) > LONGEST:
        raise Refused(
            Text(
                "Pesan terlalu panjang (paling banyak {n} huruf).",
                "The message is too long (at most {n} letters).",
            ).format(n=LONGEST)
        )
    line, is_new = Line.objects.get_or_create(
        case=case,
        key=key,
        defaults={
            "at": now(), "by_applicant": actor.role == "applicant", "actor": by, "role": actor.role,
            "agency": actor.agency or "", "internal": internal, "text": text,
        },
    )  # fmt: skip
    if is_new:
        record("say", actor=by, case_id=case.pk, internal=internal)
    return line


def conversation(case: Case, *, for_applicant: bool) -> QuerySet[Line]:
    """What was said, oldest first; the applicant does not see internal notes."""
    return Line.objects.filter(Q(internal=False) if for_applicant else Q(), case=case).order_by("at", "id")
