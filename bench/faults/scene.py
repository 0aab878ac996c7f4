"""What every fault is given: the office, the client with its list, the mail server, tokens of officials; and its line in the table."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from bench.faults.client import Client
from bench.faults.mail import MailServer
from bench.faults.office import Office
from kantormaya.audit.time import now
from kantormaya.outbox.models import Message, MessageState
from kantormaya.people.scopes import scope_system, scoped


@dataclass
class Line:
    """How one fault went; `wrong` holds what is not as expected, each in a few words."""

    name: str
    tried: str
    said: str = ""
    wrong: list[str] = field(default_factory=list)


@dataclass
class Scene:
    """One office for all faults, one after the other."""

    office: Office
    client: Client
    mail: MailServer
    share: float  # of the long form; 0 is the short one
    disk_is_own: bool
    tokens: dict[str, str] = field(default_factory=dict)

    def much(self, short: int, long: int) -> int:
        """How much is done: the short form runs with every check-in, the long one by hand."""
        return max(short, round(long * self.share))

    @property
    def is_long(self) -> bool:
        """Whether it is the form run by hand."""
        return self.share > 0

    def lapse(self) -> int:
        """What a worker that died held falls due, as it does after five minutes; how many messages it held."""
        connection.close()  # the database may have been killed too
        with scoped(scope_system("fault injection")):
            claimed = Message.objects.filter(state=MessageState.QUEUED, tries__gt=0, due_at__gt=now())
            held = claimed.update(due_at=now())
        app.configure_task("outbox.deliver", queue="outbox").defer()  # the sweep of the minute comes too
        connection.close()
        return held

    def bearer(self, role: str) -> dict[str, str]:
        """The header that an official's program shows."""
        return {"Authorization": f"Bearer {self.tokens[role]}"}

    def do(self, role: str, number: str, body: dict[str, Any]) -> Any:
        """An act on a case at the version it has now, until it is acknowledged."""
        key = secrets.token_urlsafe(24)
        for _ in range(200):
            seen = self.client.ask("GET", f"/api/v1/cases/{number}", **self.bearer(role))
            if seen.status != 200:
                continue
            return self.client.until_answered(
                "POST", f"/api/v1/cases/{number}/moves", body | {"seen": seen.said["version"]}, key=key,
                **self.bearer(role),
            )  # fmt: skip
        raise TimeoutError(f"{number} could not be read")


def make_tokens() -> dict[str, str]:
    """A token for the program of each official who acts here."""
    from kantormaya.api.keys import SCOPES, make_token
    from kantormaya.people.models import Post

    posts = Post.objects.select_related("account", "agency")
    wanted = {
        "front_office": "dpmptsp",
        "back_office": "dpmptsp",
        "head_of_office": "dpmptsp",
        "district": "kecamatan-sekayu",
    }
    found = {}
    for name, agency in wanted.items():
        role = "front_office" if name == "district" else name
        post = posts.get(agency__slug=agency, role=role)
        found[name] = make_token(post.account, post.agency, SCOPES, "faults", by="faults")
    return found
