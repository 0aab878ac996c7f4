"""Pure: working time, pauses, due dates."""

from kantormaya.clock.anchors import reckon_anchored
from kantormaya.clock.calendars import Calendar
from kantormaya.clock.durations import Duration, DurationFault, Unit
from kantormaya.clock.hours import Hours
from kantormaya.clock.legs import add_months
from kantormaya.clock.pauses import Pause
from kantormaya.clock.reckoning import Extension, Reckoning, reckon
from kantormaya.clock.standard import standard_calendar

__all__ = [
    "Calendar",
    "Duration",
    "DurationFault",
    "Extension",
    "Hours",
    "Pause",
    "Reckoning",
    "Unit",
    "add_months",
    "reckon",
    "reckon_anchored",
    "standard_calendar",
]
