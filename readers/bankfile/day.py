"""Dates as bank files write them. An *order* is "DMY", "MDY" or "YMD"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from .values import BankFileError

ORDERS = ("YMD", "DMY", "MDY")
FIRST_YEAR, LAST_YEAR = 1970, 2100

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2}).*", re.ASCII | re.DOTALL)

# First letters of month names in English, German, French, Dutch, Spanish, Italian, Portuguese and
# Polish; longer beginnings come first because "juin" and "juillet" share three letters.
_MONTHS = (
    ("juil", 7), ("juin", 6), ("styc", 1), ("marz", 3), ("marc", 3), ("maer", 3), ("maar", 3),
    ("jan", 1), ("ene", 1), ("gen", 1), ("sty", 1), ("feb", 2), ("fev", 2), ("lut", 2),
    ("mar", 3), ("mrz", 3), ("mrt", 3), ("apr", 4), ("avr", 4), ("abr", 4), ("kwi", 4),
    ("mai", 5), ("may", 5), ("mei", 5), ("mag", 5), ("maj", 5), ("jun", 6), ("giu", 6),
    ("cze", 6), ("jul", 7), ("lug", 7), ("lip", 7), ("aug", 8), ("aou", 8), ("ago", 8),
    ("sie", 8), ("sep", 9), ("set", 9), ("wrz", 9), ("oct", 10), ("okt", 10), ("out", 10),
    ("ott", 10), ("paz", 10), ("nov", 11), ("lis", 11), ("dec", 12), ("dez", 12), ("dic", 12),
    ("gru", 12),
)  # fmt: skip


def iso(text: str, line: int | None = None) -> date:
    """Read 2024-01-31, 20240131 or either with a time behind it; raise ``bad_date``."""
    found = _ISO.fullmatch(text.strip()[:40])
    answer = _checked(*(int(part) for part in found.groups())) if found else None
    if answer is None:
        raise bad_date(text, line)
    return answer


def ordered(text: str, order: str, line: int | None = None) -> date:
    """Read a date whose parts stand in ``order``; raise BankFileError ``bad_date``."""
    answer = attempt(text, order)
    if answer is None:
        raise bad_date(text, line)
    return answer


def attempt(text: str, order: str) -> date | None:
    """Read a date whose parts stand in ``order``, or answer None.

    Parts may be split by anything; a month may be a name; two-digit years are 1970 to 2069; what
    stands behind the third part (a time) is ignored.
    """
    tokens = _TOKEN.findall(text[:40])
    if tokens and len(tokens[0]) == 8 and tokens[0].isdecimal():
        tokens = _cut(tokens[0], order)
    named = [i for i, token in enumerate(tokens[:4]) if not token.isdecimal() and _month(token)]
    if named:
        numbers = [token for token in tokens if token.isdecimal()][:2]
        return _from_named(numbers, _month(tokens[named[0]]))
    if len(tokens) < 3 or not all(token.isdecimal() for token in tokens[:3]):
        return None
    parts = dict(zip(order, tokens[:3], strict=True))
    if len(parts["Y"]) not in (2, 4) or (order == "YMD" and len(parts["Y"]) != 4):
        return None
    if len(parts["M"]) > 2 or len(parts["D"]) > 2:
        return None
    return _checked(_full_year(parts["Y"]), int(parts["M"]), int(parts["D"]))


def _from_named(numbers: list[str], month: int) -> date | None:
    if len(numbers) < 2:
        return None
    day, year = reversed(numbers) if len(numbers[0]) == 4 else numbers
    if len(day) > 2 or len(year) not in (2, 4):
        return None
    return _checked(_full_year(year), month, int(day))


def _cut(digits: str, order: str) -> list[str]:
    if order == "YMD":
        return [digits[:4], digits[4:6], digits[6:]]
    return [digits[:2], digits[2:4], digits[4:]]


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (1900 if year >= FIRST_YEAR - 1900 else 2000)


def _month(word: str) -> int:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return next((number for start, number in _MONTHS if bare.startswith(start)), 0)


def _checked(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def orders(texts: Sequence[str]) -> tuple[str, ...]:
    """Tell which orders read every one of these texts (none of them: empty)."""
    return tuple(order for order in ORDERS if texts and all(attempt(text, order) for text in texts))


def best_order(texts: Sequence[str], fallback: str = "DMY") -> tuple[str, bool]:
    """Choose the order of a column of dates, and tell whether that is sure.

    All rows vote. If day and month can still be swapped, a point or dash between them means day
    first; else the reading in which the rows are sorted wins; else ``fallback``, unsure.
    """
    distinct = list(dict.fromkeys(texts))
    fitting = orders(distinct)
    if len(fitting) < 2:
        return (fitting[0] if fitting else fallback), bool(fitting)
    if "YMD" in fitting:
        return "YMD", True
    readings = {order: [attempt(text, order) for text in distinct] for order in fitting}
    if readings["DMY"] == readings["MDY"] or all(_pointed(text) for text in distinct):
        return "DMY", True
    ordered_ones = [order for order in fitting if _is_sorted(readings[order])]
    if len(ordered_ones) == 1 and len(distinct) > 2:
        return ordered_ones[0], True
    return fallback, False


def _pointed(text: str) -> bool:
    return bool(re.match(r"\s*\d{1,2}[.-]", text))


def _is_sorted(days: list[date]) -> bool:
    pairs = list(pairwise(days))
    return all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs)


def bad_date(text: str, line: int | None) -> BankFileError:
    """Say that ``text`` is no date (code ``bad_date``)."""
    return BankFileError(
        "bad_date",
        f"“{text[:40]}” is not a date between {FIRST_YEAR} and {LAST_YEAR}. Check this place in "
        f"the file, or the chosen date format.",
        line=line,
        text=text[:40],
    )
