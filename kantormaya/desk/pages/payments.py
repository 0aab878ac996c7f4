"""What the treasurer looks at: reports of money that do not match."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from kantormaya.desk.frame import TREASURER, page
from kantormaya.language.texts import Text
from kantormaya.payments.models import Verdict
from kantormaya.payments.reconciling import flagged
from kantormaya.people.guards import official
from kantormaya.people.scopes import scope_system, scoped

VERDICTS: dict[str, Text] = {
    Verdict.LATE: Text("terlambat", "late"),
    Verdict.WRONG_AMOUNT: Text("jumlah tidak cocok", "wrong amount"),
    Verdict.DUPLICATE: Text("dibayar dua kali", "paid twice"),
    Verdict.UNKNOWN: Text("tagihan tidak dikenal", "no such bill"),
    Verdict.FORGED: Text("tanda tangan tidak sah", "forged"),
}
MOST = 200


@official(TREASURER)
@require_GET
def payments(request: HttpRequest) -> HttpResponse:
    """Flagged reports, oldest first: those on our bills, and those on no bill, which nobody else would see."""
    ours = list(flagged().select_related("case")[:MOST])
    with scoped(scope_system("the treasurer looks at money that belongs to no bill")):
        nobodys = list(flagged().filter(case=None)[:MOST])
    found = sorted([*ours, *nobodys], key=lambda one: (one.at, one.pk))
    rows = [(one, VERDICTS[one.verdict]) for one in found]
    return page(request, "payments.html", {"rows": rows}, here="money")
