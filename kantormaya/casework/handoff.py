"""An application that a national system passes on becomes a case of ours, once; what we find goes back by `report`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from django.utils.crypto import salted_hmac

from kantormaya.audit.time import now
from kantormaya.cases.models import Case
from kantormaya.casework import applying
from kantormaya.casework.identity import identity
from kantormaya.casework.standing import standing
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.models import Revision
from kantormaya.catalogue.publishing import current, definition_of
from kantormaya.documents.cleaning import Cleaned, FileRefused
from kantormaya.documents.keeping import keep, receive
from kantormaya.engine import applicant
from kantormaya.engine.events import Refused
from kantormaya.engine.knowing import local_date
from kantormaya.engine.national import heard
from kantormaya.handoff.models import Handoff
from kantormaya.handoff.providers import Application, Enclosed, NotBelieved, provider
from kantormaya.language import identity as numbers
from kantormaya.language.answers import read
from kantormaya.language.asking import Field, Requirement
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About
from kantormaya.language.texts import Text
from kantormaya.language.working import National
from kantormaya.people.scopes import scope_system, scoped

TAKEN = Text("Permohonan diterima dan akan diverifikasi.", "The application is taken and will be verified.")
KNOWN = Text("Permohonan ini sudah kami terima.", "We have taken this application already.")
OTHERWISE = Text(
    "Nomor permohonan ini sudah dipakai untuk isi yang lain.",
    "This application number was used for another content.",
)
NOT_HERE = Text(
    "Layanan {service} tidak menerima permohonan dari sistem ini.", "The service {service} takes no applications from this system."
)  # fmt: skip
FAULTY = Text(
    "Permohonan ini belum dapat diterima: {n} hal salah.", "This application can't be taken: {n} faults."
)
NO_QUESTION = Text("Tidak ditanyakan oleh layanan ini.", "This service does not ask it.")
NO_PAPER = Text("Layanan ini tidak meminta berkas itu.", "This service does not ask for that paper.")


@dataclass(frozen=True)
class Taken:
    """What became of a call. `status` is the HTTP answer; `stands` is how the application stands now, in the words of the
    national system; `problems` say what is wrong, by field."""

    status: int
    text: Text
    case: Case | None = None
    pin: str | None = None
    stands: str = ""
    problems: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """An application whose every answer was read and found possible, for the revision in force."""

    application: Application
    revision: Revision
    about: About
    answers: Mapping[str, Any]
    identity: Mapping[str, Any]


class Faulty(Exception):
    """What is wrong with an application."""

    def __init__(self, status: int, text: Text, problems: Mapping[str, Text] | None = None) -> None:
        super().__init__(text.id)
        self.taken = Taken(status, text, problems=problems or {})


def receive_application(name: str, headers: Mapping[str, str], body: bytes) -> Taken:
    """Take one call of the provider of that name. The same application again is the same case with the same answer.

    Nothing is kept of an application that is refused: the other side mends it and sends it again.
    """
    try:
        system = provider(name)
        application = system.read(headers, body)
    except NotBelieved as refused:
        return Taken(401 if refused.forged else 400, refused.text)
    digest = hashlib.sha256(body).hexdigest()
    try:
        with scoped(scope_system(f"application from {system.system}")):
            known = Handoff.objects.filter(system=system.system, external_id=application.external_id).first()
            if known is not None:
                return _again(known, digest)
            checked = check(system.system, application)
        return take(system.system, checked, _cleaned(checked), digest=digest)
    except Faulty as fault:
        return fault.taken
    except Refused as refused:
        return Taken(422, refused.text)


def check(system: str, application: Application) -> Checked:
    """Every answer as our form would have read it, and the NIB; raises Faulty with all that is wrong at once."""
    revision = current(application.service)
    definition = definition_of(revision) if revision else None
    if (
        revision is None
        or definition is None
        or definition.national is None
        or definition.national.system != system
    ):
        raise Faulty(404, NOT_HERE.format(service=application.service))
    about = About(application.variant, "national", application.applicant_kind, False, False)
    today = local_date(now(), current_calendar())
    sent = {**application.answers, definition.national.nib: application.nib}
    asked = {name: one for name, one in definition.questions.items() if name in sent}
    answers, problems = _read(asked, sent, today)
    problems |= {name: NO_QUESTION for name in sent if name not in definition.questions}
    who, wrong = _read(identity(about), application.identity, today)
    problems |= {f"identity.{name}": text for name, text in wrong.items()}
    nib = numbers.nib(application.nib)
    if isinstance(nib, Text):
        problems[definition.national.nib] = nib
    else:
        answers[definition.national.nib] = nib
    problems |= {
        one.requirement: NO_PAPER for one in application.enclosed if _asked_for(definition, one) is None
    }
    if problems:
        raise Faulty(422, FAULTY.format(n=len(problems)), problems)
    return Checked(application, revision, about, answers, who)


def _read(
    fields: Mapping[str, Field], sent: Mapping[str, Any], today: date
) -> tuple[dict[str, Any], dict[str, Text]]:
    """Answers and problems; a bound of one answer may speak of another."""
    first = {name: read(one, sent.get(name)) for name, one in fields.items()}
    values = {name: value for name, value in first.items() if not isinstance(value, Text)}
    found = {name: read(one, sent.get(name), values=values, today=today) for name, one in fields.items()}
    return (
        {name: value for name, value in found.items() if value is not None and not isinstance(value, Text)},
        {name: value for name, value in found.items() if isinstance(value, Text)},
    )


def _asked_for(definition: Definition, one: Enclosed) -> Requirement | None:
    name, _, member = one.requirement.partition(".")
    item = definition.requirement.get(name)
    return item.one_of.get(member) if item is not None and member else item


def _cleaned(checked: Checked) -> list[tuple[str, Cleaned]]:
    """The files, washed like any upload; raises Faulty."""
    definition = definition_of(checked.revision)
    found, problems = [], {}
    for one in checked.application.enclosed:
        item = _asked_for(definition, one)
        assert item is not None
        try:
            clean = receive(BytesIO(one.content), one.name, item.accept, item.most_bytes)
            found.append((one.requirement, clean))
        except FileRefused as refused:
            problems[one.requirement] = refused.text
    if problems:
        raise Faulty(422, FAULTY.format(n=len(problems)), problems)
    return found


def take(system: str, checked: Checked, files: list[tuple[str, Cleaned]], *, digest: str) -> Taken:
    """Open the case, with its files, in one transaction; raises Refused with everything that is missing."""
    application, definition = checked.application, definition_of(checked.revision)
    statements = dict.fromkeys(application.statements, True)
    would_be = _given([(name, "file") for name, _ in files]) | statements
    applicant.submit(
        definition, checked.about, checked.answers, would_be, at=now(), calendar=current_calendar()
    )  # refuses before a file is put in its place
    with scoped(scope_system(f"application from {system}")):
        handoff, is_new = Handoff.objects.get_or_create(
            system=system, external_id=application.external_id,
            defaults={"nib": checked.answers[_national(definition).nib], "digest": digest, "received_at": now()},
        )  # fmt: skip
        if not is_new:  # sent twice at the same moment
            return _again(handoff, digest)
        draft = applying.begin(checked.revision, checked.about, language=application.language)
        uploads = [
            (name, f"upload.{keep(clean, name.partition('.')[0], by=system, draft_code=draft.token).pk}")
            for name, clean in files
        ]
        draft = applying.fill(
            draft, answers=checked.answers, given=_given(uploads) | statements, identity=checked.identity
        )
        handoff.case = applying.submit(draft, by=system, pin=_pin(handoff)).case
        handoff.save(update_fields=["case"])
        return _stands(201, TAKEN, handoff)


def _national(definition: Definition) -> National:
    assert definition.national is not None
    return definition.national


def _given(files: list[tuple[str, str]]) -> dict[str, Any]:
    """Files by requirement, and by alternative where there are several: as a form would have given them."""
    given: dict[str, Any] = {}
    for where, file in files:
        name, _, member = where.partition(".")
        if member:
            given[name] = {member: (*given.get(name, {}).get(member, ()), file)}
        else:
            given[name] = (*given.get(name, ()), file)
    return given


def _again(known: Handoff, digest: str) -> Taken:
    if known.digest != digest:
        return Taken(409, OTHERWISE)
    return _stands(200, KNOWN, known)


def _stands(status: int, text: Text, handoff: Handoff) -> Taken:
    assert handoff.case_id is not None
    case = Case.objects.select_related("revision", "agency").get(pk=handoff.case_id)
    here = standing(case)
    return Taken(status, text, case, _pin(handoff), heard(here.definition, here.state))


def _pin(handoff: Handoff) -> str:
    """The PIN that the national system shows to the applicant: made from the office's secret, so that a call repeated
    because its answer was lost gets the same one."""
    digest = salted_hmac("kantor.handoff.pin", f"{handoff.system} {handoff.external_id}", algorithm="sha256")
    return f"{int(digest.hexdigest(), 16) % 1_000_000:06}"
