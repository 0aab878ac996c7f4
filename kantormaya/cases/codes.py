"""The code of a case, such as MUBA-7K4P-Q9XD-2M8C-7RTA-5: 80 bits nobody can guess, and a check character."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LENGTH = 16


def make_code(prefix: str) -> str:
    """A new code, in groups of four behind the prefix of the office."""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))
    return _written(prefix, symbols)


def read_code(typed: str, prefix: str) -> str | None:
    """The code as it is stored, from what a person typed; None where it can't be a code of this office.

    Forgives case, spaces, dashes, a missing prefix, and O for 0, I or L for 1.
    """
    kept = "".join(c for c in typed.upper() if c.isascii() and c.isalnum())
    symbols = kept[-_LENGTH - 1 :].translate(_READ_AS)
    start = kept[: -_LENGTH - 1]
    if len(symbols) != _LENGTH + 1 or start not in ("", prefix.upper()) or not set(symbols) <= set(ALPHABET):
        return None
    return _written(prefix, symbols[:-1]) if check_symbol(symbols[:-1]) == symbols[-1] else None


def check_symbol(symbols: str) -> str:
    """The check character: finds every single slip and every two neighbours swapped (a polynomial over GF(32))."""
    total = 0
    for symbol in symbols:
        total = _twice(total ^ ALPHABET.index(symbol))
    return ALPHABET[total]


def _twice(value: int) -> int:
    return (value << 1) ^ (0b100101 if value & 0b10000 else 0)


def _written(prefix: str, symbols: str) -> str:
    groups = [symbols[i : i + 4] for i in range(0, _LENGTH, 4)]
    return "-".join([prefix.upper(), *groups, check_symbol(symbols)])
