"""What the house can't serve just now is told from what is a mistake of ours."""

from __future__ import annotations

import errno

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from psycopg import errors

from kantormaya.api.problems import told
from kantormaya.api.unserved import unserved
from kantormaya.site.out_of_order import out_of_order


def after(cause: BaseException) -> BaseException:
    """A fault that another one caused."""
    try:
        try:
            raise cause
        except type(cause) as fault:
            raise RuntimeError("on the way out") from fault
    except RuntimeError as whole:
        return whole


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (OperationalError("the server closed the connection"), 503),
        (after(OperationalError("gone")), 503),
        (errors.ReadOnlySqlTransaction("a standby only reads"), 503),
        (after(errors.DiskFull("could not extend file")), 507),
        (OSError(errno.ENOSPC, "No space left on device"), 507),
        (OSError(errno.EACCES, "Permission denied"), None),
        (ValueError("ours"), None),
    ],
)
def test_no_database_is_503_no_room_is_507_and_a_mistake_stays_500(
    fault: BaseException, status: int | None
) -> None:
    assert unserved(fault) == status
    request = RequestFactory().get("/")
    assert told(request, fault).status_code == (status or 500)
    try:
        raise fault
    except type(fault):
        page = out_of_order(request)
    assert page.status_code == (status or 500)
    assert b"<h1>" in page.content
    assert ("Retry-After" in page) == (status is not None)
