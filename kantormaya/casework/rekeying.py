"""A new PIN for a forgotten one: at the counter after somebody showed who they are, or by a link mailed to the case's address."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from kantormaya.cases.pins import set_pin
from kantormaya.casework.advancing import advance
from kantormaya.casework.deciding import actor_of
from kantormaya.casework.standing import Standing
from kantormaya.engine.events import APPLICANT, Actor, Event, Kind, Refused
from kantormaya.language.texts import Text
from kantormaya.people.models import Post

SHOWN = {
    "ktp": Text("KTP-el atau Identitas Kependudukan Digital", "ID card (KTP-el) or its digital form"),
    "paspor": Text("Paspor", "Passport"),
    "kuasa": Text("Surat kuasa dan KTP penerima kuasa", "Power of attorney and the ID card of who holds it"),
}
"""What an official can be shown by somebody who asks for a new PIN."""
NOT_CHECKED = Text(
    "Pilih dokumen yang Anda periksa, lalu nyatakan bahwa orangnya adalah pemohon perkara ini.",
    "Choose the document you checked, and declare that the person is the applicant of this case.",
)


def renew_at_counter(case_id: int, post: Post, *, checked: str, is_the_person: bool, key: str) -> str:
    """A new PIN, told this once; the event says which document was seen, and the audit by whom. Raises Refused."""
    if checked not in SHOWN or not is_the_person:
        raise Refused(NOT_CHECKED)
    return _renew(case_id, actor_of(post), post.account.username, {"by": "counter", "checked": checked}, key)


def renew_by_link(case_id: int, *, key: str) -> str:
    """The same for who opened the link mailed to the address that stands on the case."""
    return _renew(case_id, Actor(APPLICANT), APPLICANT, {"by": "link"}, key)


def _renew(case_id: int, actor: Actor, by: str, data: dict[str, str], key: str) -> str:
    """Made from the office's secret and the key of the form, so that a button pressed twice shows the same PIN twice."""
    digest = salted_hmac("kantor.pin.new", f"{case_id} {key}", algorithm="sha256").hexdigest()
    pin = f"{int(digest, 16) % 1_000_000:06}"

    def decide(now_: Standing) -> Event:
        set_pin(now_.case, pin)
        return Event(Kind.REKEYED, now_.at, actor, data)

    advance(case_id, decide, by=by, key=f"pin-{key}"[:64])
    return pin
