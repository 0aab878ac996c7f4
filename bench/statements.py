"""How many statements a request sends to the database, counted once and apart, in this process."""

from __future__ import annotations

import io
from typing import Any

from bench.client import Answer, Request


def statements_of(request: Request) -> list[str]:
    """Every statement of one request, BEGIN and COMMIT included; raises where the answer is not the expected one."""
    return answered_here(request)[1]


def answered_here(request: Request) -> tuple[Answer, list[str]]:
    """The answer of the office in this process, and every statement it took."""
    from django.core.wsgi import get_wsgi_application
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    application = get_wsgi_application()
    said: list[tuple[str, Any]] = []

    def start(status: str, headers: Any, fault: Any = None) -> Any:
        said.append((status, headers))

    reset_queries()  # the list has an end, and what comes after it is not counted
    with CaptureQueriesContext(connection) as caught:
        came = application(_environment(request), start)
        body = b"".join(came)
        came.close()
    ((status, headers),) = said
    answer = Answer(int(status[:3]), tuple((name.lower(), value) for name, value in headers), body)
    if answer.status not in request.expected:
        raise AssertionError(f"{request.path}: {answer.status}")
    return answer, [str(one["sql"]) for one in caught.captured_queries]


def _environment(request: Request) -> dict[str, Any]:
    path, _, query = request.path.partition("?")
    body = request.body or b""
    return {
        "REQUEST_METHOD": "GET" if request.body is None else "POST", "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "SERVER_PROTOCOL": "HTTP/1.1",
        "SCRIPT_NAME": "", "REMOTE_ADDR": "127.0.0.1", "HTTP_COOKIE": request.cookies,
        "CONTENT_TYPE": request.kind, "CONTENT_LENGTH": str(len(body)), "HTTP_X_FORWARDED_FOR": request.sender,
        "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
