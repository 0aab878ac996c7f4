"""What wraps every page: headers, the reader's language, and the officials' stack only where officials work."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.module_loading import import_string

from kantormaya.language.plain import plain
from kantormaya.language.texts import Text
from kantormaya.people.limits import TooMany
from kantormaya.people.readers import read_in

Answer = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",  # the desk shows files in a sealed frame
        "form-action 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def security_headers(answer: Answer) -> Answer:
    """A strict content policy on every page, and `no-store` unless the page says that it may be kept."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return with_headers


def not_too_often(answer: Answer) -> Answer:
    """Whoever did something too often reads when to try again; programs read it in Retry-After."""

    def passed_on(request: HttpRequest) -> HttpResponse:
        return answer(request)

    def told(request: HttpRequest, fault: Exception) -> HttpResponse | None:
        return too_many(request, fault.text, fault.seconds) if isinstance(fault, TooMany) else None

    passed_on.process_exception = told  # type: ignore[attr-defined]
    return passed_on


def too_many(request: HttpRequest, text: Text, seconds: int) -> HttpResponse:
    """The page that says so."""
    response = render(request, "429.html", {"text": text}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def plain_words(answer: Answer) -> Answer:
    """What hides or turns other characters never reaches a page: not in an address, not in a form. Passwords stay as typed."""

    def passed_on(request: HttpRequest) -> HttpResponse:
        return answer(request)

    def look(request: HttpRequest, view: object, args: object, named: dict[str, object]) -> None:
        for name, value in named.items():
            if isinstance(value, str):
                named[name] = (
                    plain(value) or "\N{REPLACEMENT CHARACTER}"
                )  # nothing that one sees is nobody's code
        request.GET = _plain(request.GET)  # type: ignore[assignment]  # Django's own setter takes any
        is_for_machines = getattr(view, "csrf_exempt", False)  # they read the body themselves, as it came
        if request.method == "POST" and not is_for_machines:
            request.POST = _plain(request.POST)  # type: ignore[assignment]

    passed_on.process_view = look  # type: ignore[attr-defined]
    return passed_on


def _plain(sent: QueryDict) -> QueryDict:
    said = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        is_secret = "password" in name or name == "sandi"
        said.setlist(plain(name), values if is_secret else [plain(str(one)) for one in values])
    said._mutable = False
    return said


def language_of_reader(answer: Answer) -> Answer:
    """Indonesian, unless the reader chose: `?bahasa=en` on any page chooses and is remembered in a cookie."""
    known = dict(settings.LANGUAGES)

    def in_language(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("bahasa")
        kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = next((code for code in (asked, kept) if code in known), settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = language
        with read_in(language):
            response = answer(request)
        response.headers.setdefault("Content-Language", language)
        if asked in known:
            keep_language(response, language)
        return response

    return in_language


def keep_language(response: HttpResponse, language: str) -> None:
    """Remember the language in a cookie."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.KANTOR_SECURE,
        httponly=True,
        samesite="Lax",
    )


def officials_only(answer: Answer) -> Answer:
    """Sessions, accounts and their messages run only under the officials' paths; citizens' pages stay light."""
    inner = answer
    for path in reversed(settings.KANTOR_OFFICIAL_MIDDLEWARE):
        inner = import_string(path)(inner)

    def chosen(request: HttpRequest) -> HttpResponse:
        return (inner if request.path.startswith(settings.KANTOR_OFFICIAL_PATHS) else answer)(request)

    return chosen
