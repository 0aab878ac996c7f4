"""Pure: a case as events. What may happen, what it makes of the case, when it is due, what it costs, and why."""

from kantormaya.engine.applying import apply, replay
from kantormaya.engine.choices import Choice, moves
from kantormaya.engine.clocks import Clocks, due
from kantormaya.engine.effects import Due, Effect, effects
from kantormaya.engine.events import APPLICANT, SYSTEM, Actor, Event, Kind, Refused
from kantormaya.engine.fees import Quote, bill_amount, quote
from kantormaya.engine.following import following
from kantormaya.engine.knowing import known, turn
from kantormaya.engine.needs import Need, unmet
from kantormaya.engine.passing import passed, wakes_at
from kantormaya.engine.state import State
from kantormaya.engine.storing import event_as_json, event_from_json, pack, unpack

__all__ = [
    "APPLICANT", "SYSTEM", "Actor", "Choice", "Clocks", "Due", "Effect", "Event", "Kind", "Need", "Quote", "Refused", "State",
    "apply", "bill_amount", "due", "effects", "event_as_json", "event_from_json", "following", "known", "moves", "pack",
    "passed", "quote", "replay", "turn", "unmet", "unpack", "wakes_at",
]  # fmt: skip
