"""The survey of a finished case: nine questions on one page, answered once, by whoever holds its address."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from kantormaya.language.forms import errors_of, read_fields, show
from kantormaya.language.texts import Text
from kantormaya.people import limits
from kantormaya.people.guards import link_holder
from kantormaya.surveys.answering import answer, questions
from kantormaya.surveys.models import Invitation
from kantormaya.surveys.questionnaire import questionnaire


@limits.limited("survey", when=limits.is_sent)
@link_holder
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """The questions; thanks, once they are answered. The page knows the service and nothing of the case."""
    invitation = Invitation.objects.select_related("agency").filter(code=code).first()
    if invitation is None:
        raise Http404
    fields, posted = questions(), dict(request.POST.lists()) if request.method == "POST" else None
    problems: dict[str, Text] = {}
    if posted is not None and not invitation.is_answered:
        answers, problems = read_fields(fields, posted, values={})
        if not problems:
            answer(code, answers)  # a second click finds it answered and is thanked like the first
            return redirect("survey", code)
    shown = {key: show(key, one, posted=posted, error=problems.get(key)) for key, one in fields.items()}
    asked = questionnaire().elements
    context: dict[str, Any] = {
        "invitation": invitation, "title": Text(invitation.title_id, invitation.title_en or None),
        "errors": errors_of(list(shown.values())), "asked": [shown[key] for key in asked],
        "about": [one for key, one in shown.items() if key not in asked and key != "remark"], "remark": shown["remark"],
        "source": questionnaire().source,
    }  # fmt: skip
    return render(request, "portal/survey.html", context, status=422 if problems else 200)


urlpatterns: list[URLPattern] = [path("survei/<str:code>/", survey, name="survey")]
