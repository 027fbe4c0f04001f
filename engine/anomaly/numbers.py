"""Bill numbers however they are written: blanks, signs, leading zeros, a lost prefix, a slip of the pen."""

from __future__ import annotations

import re
from functools import lru_cache

from ..slips import slips
from ..text import groups, squeeze

SAME, PREFIX, SLIP, SEQUENCE, OTHER, MISSING = "same", "prefix", "slip", "sequence", "other", "missing"

#: Letters that people and scanners take for digits.
_CONFUSED = str.maketrans("OQILSBZ", "0011582")
_YEAR = re.compile(r"(?:19|20)\d\d")
#: A slip in fewer characters than this is another number.
_SLIP_LENGTH = 5
#: Numbers that far apart are the next ones of a series, not one number typed wrongly.
_SERIES = 99
#: From here on a number is not met again by chance.
_TELLING = 5


@lru_cache(maxsize=131072)
def number_keys(number: str) -> frozenset[str]:
    """Forms under which the same number is found: all its letters and digits, and without leading zeros. What has no
    digit is no number."""
    if not digits_of(number):
        return frozenset()
    raw = squeeze(number).translate(_CONFUSED)
    bare = "".join(_bare(part.text) for part in groups(number)).translate(_CONFUSED)
    return frozenset((raw, bare)) - {""}


def _bare(part: str) -> str:
    return part.lstrip("0") or part


def digits_of(number: str) -> int:
    return sum(char.isdigit() for char in squeeze(number))


def is_telling(number: str) -> bool:
    """Whether two bills have it only if they are one: long enough."""
    return digits_of(number) >= _TELLING


def restarts(number: str) -> bool:
    """Whether the same number may be given out again next year: short, and without the year in it."""
    return digits_of(number) <= _TELLING and not _YEAR.search(squeeze(number))


@lru_cache(maxsize=131072)
def compare(one: str, other: str) -> str:
    """How two numbers are related: one of the constants above; symmetric."""
    first, second = number_keys(one), number_keys(other)
    if not first or not second:
        return MISSING
    if first & second:
        return SAME
    if _is_end(first, second) or _is_end(second, first):
        return PREFIX
    if _is_next(one, other):
        return SEQUENCE
    return _near(squeeze(one).translate(_CONFUSED), squeeze(other).translate(_CONFUSED))


def _is_end(whole: frozenset[str], part: frozenset[str]) -> bool:
    """Whether the rest of ``whole`` after a lost prefix, or before a letter or two at its end, is ``part``."""
    return any(
        sum(map(str.isdigit, end)) >= 3
        and len(end) < len(start)
        and (
            start.endswith(end) or start.startswith(end) and start[len(end) :].isalpha() and len(start) - len(end) <= 2
        )
        for start in whole
        for end in part
    )


def _is_next(one: str, other: str) -> bool:
    """Whether only the last, short counter differs: 2026-9 and 2026-10."""
    first, second = ([part.text for part in groups(number)] for number in (one, other))
    return len(first) > 1 and first[:-1] == second[:-1] and all(len(parts[-1]) <= 3 for parts in (first, second))


def _near(one: str, other: str) -> str:
    if min(len(one), len(other)) < _SLIP_LENGTH:
        return OTHER
    is_slip = slips(one, other, 1) <= 1
    if _is_series(one, other):
        return SLIP if is_slip and _is_swap(one, other) else SEQUENCE
    return SLIP if is_slip else OTHER


def _is_series(one: str, other: str) -> bool:
    """Whether only the digits at the end differ, and not by much."""
    head, tail = _split(one)
    start, end = _split(other)
    if head != start or not tail or not end:
        return False
    return abs(int(tail[-12:]) - int(end[-12:])) <= _SERIES and tail[:-12] == end[:-12]


def _split(number: str) -> tuple[str, str]:
    tail = re.search(r"[0-9]*$", number)
    return number[: tail.start()], tail.group()


def _is_swap(one: str, other: str) -> bool:
    """Two neighbours of at least four digits exchanged."""
    if len(one) != len(other) or len(_split(one)[1]) < 4:
        return False
    places = [place for place, (char, mate) in enumerate(zip(one, other, strict=True)) if char != mate]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and (one[places[0]], one[places[1]]) == (other[places[1]], other[places[0]])
    )
