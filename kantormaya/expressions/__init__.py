"""Pure: conditions and amounts (CEL)."""

from kantormaya.expressions.expression import Expression, Unknown
from kantormaya.expressions.faults import ExpressionFault
from kantormaya.expressions.functions import FUNCTIONS, WorkCalendar
from kantormaya.expressions.shapes import (
    All,
    Any,
    Comparison,
    Has,
    In,
    Shape,
    Truth,
    columns,
    constants,
    shape,
)
from kantormaya.expressions.tokens import RESERVED
from kantormaya.expressions.values import Value

__all__ = [
    "FUNCTIONS",
    "RESERVED",
    "All",
    "Any",
    "Comparison",
    "Expression",
    "ExpressionFault",
    "Has",
    "In",
    "Shape",
    "Truth",
    "Unknown",
    "Value",
    "WorkCalendar",
    "columns",
    "constants",
    "shape",
]
