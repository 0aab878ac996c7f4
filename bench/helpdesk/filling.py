"""Makes the helpdesk's tables, a queue, an official and so many tickets, one in ten of them open; prints what a client needs.

python -m bench.helpdesk.filling 10000
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django
from django.db import connection

OPEN_SHARE = 10
WORDS = "Permohonan keramaian: panggung, pengeras suara, parkir dan petugas kesehatan. " * 4


def main(number: int) -> None:
    """As many tickets as asked, those that are there already included, each with its first follow-up."""
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from helpdesk.models import FollowUp, Queue, Ticket

    call_command("migrate", verbosity=0)
    queue, is_new = Queue.objects.get_or_create(
        slug="izin", defaults={"title": "Izin", "allow_public_submission": True}
    )
    if is_new:
        call_command("loaddata", "emailtemplate", verbosity=0)
        User.objects.create_superuser("petugas", "petugas@contoh.example", "petugas")
        ticket = Ticket.objects.create(
            title="Permohonan", queue=queue, description=WORDS, submitter_email="p@contoh.example"
        )
        FollowUp.objects.create(ticket=ticket, title="Ticket Opened", public=True, comment=WORDS)
    first, last = Ticket.objects.earliest("pk").pk, Ticket.objects.latest("pk").pk
    new = f"generate_series({last + 1}, {last + number - Ticket.objects.count()}) n"
    spread = "t.created - make_interval(mins => (n::bigint * 7919 % 1000000)::int)"
    status = f"CASE WHEN n % {OPEN_SHARE} = 0 THEN {Ticket.OPEN_STATUS} ELSE {Ticket.CLOSED_STATUS} END"
    named = {
        "id": "n",
        "title": "'Permohonan ' || n",
        "secret_key": "'kunci-' || n",
        "created": spread,
        "status": status,
    }
    _copy(Ticket, named, new, f"t.id = {first}")
    spread = "t.date - make_interval(mins => (n::bigint * 7919 % 1000000)::int)"
    _copy(FollowUp, {"ticket_id": "n", "date": spread}, new, f"t.ticket_id = {first}")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('helpdesk_ticket', 'id'), max(id)) FROM helpdesk_ticket"
        )
        cursor.execute("VACUUM ANALYZE")
    print(json.dumps({"queue": queue.pk, "cookies": _signed_in(User.objects.get(username="petugas"))}))


def _copy(model: Any, changed: dict[str, str], new: str, where: str) -> None:
    """One row of a table again for each number; a primary key that is not given comes by itself."""
    columns = [f.column for f in model._meta.concrete_fields if f.column in changed or not f.primary_key]
    values = ", ".join(changed.get(column, f't."{column}"') for column in columns)
    named, table = ", ".join(f'"{column}"' for column in columns), model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({named}) SELECT {values} FROM {table} t, {new} WHERE {where}")


def _signed_in(account: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}"


if __name__ == "__main__":
    main(int(sys.argv[1]))
