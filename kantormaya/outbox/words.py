"""Where a message stands, in words: the same for whoever sent it and for whom it is."""

from __future__ import annotations

from kantormaya.language.texts import Text
from kantormaya.outbox.models import MessageState

STATES: dict[str, tuple[Text, str]] = {
    MessageState.QUEUED: (Text("menunggu", "waiting"), "wait"),
    MessageState.SENT: (Text("terkirim", "sent"), "done"),
    MessageState.FAILED: (Text("gagal, dicoba lagi", "failed, tried again"), "due"),
    MessageState.GIVEN_UP: (Text("tidak terkirim", "not delivered"), "late"),
    MessageState.OVERTAKEN: (Text("didahului kabar yang lebih baru", "overtaken by newer news"), "stop"),
}
"""The word, and the kind of state as the page's parts read it."""
