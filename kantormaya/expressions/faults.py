"""What an author did wrong in an expression, said so that the author can mend it."""

from __future__ import annotations


class ExpressionFault(ValueError):
    """A fault in an expression, in Indonesian (`id`) and in English (`en`), with what would mend it."""

    def __init__(self, id: str, en: str) -> None:
        super().__init__(id, en)
        self.id = id
        self.en = en

    def __str__(self) -> str:
        return self.id
