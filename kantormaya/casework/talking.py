"""An official writes: to the applicant, who is told by mail, or a note that stays inside."""

from __future__ import annotations

from django.db import transaction

from kantormaya.cases.models import Case, Pii
from kantormaya.casework.deciding import actor_of
from kantormaya.casework.identity import contact
from kantormaya.language.texts import Text
from kantormaya.messages.conversing import say
from kantormaya.messages.models import Line
from kantormaya.messages.telling import tell_of_message
from kantormaya.people.models import Post
from kantormaya.people.roles import role_title


def write(case: Case, post: Post, text: str, *, key: str, internal: bool = False) -> Line:
    """Add a line to the conversation, once per key; raises Refused for an empty or endless one."""
    with transaction.atomic():
        line = say(case, actor_of(post), text, key=key, by=post.account.username, internal=internal)
        if not line.internal:
            pii = Pii.objects.filter(case=case).first()
            name, email = contact(pii.data if pii else {})
            who = Text("{role}, {agency}", "{role}, {agency}").format(
                role=role_title(post.role), agency=post.agency
            )
            tell_of_message(case, who, line.text, line=line.pk, name=name, email=email)
    return line
