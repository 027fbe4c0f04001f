"""Amounts in print: the ways of Europe, America, India and Switzerland to write them, and what scans make of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .currencies import BY_WORD, CODES, SYMBOLS

_SPACES = " \u00a0\u2007\u2009\u202f"
_QUOTES = "'’`´"
#: Stands for a blank inside a number that a scan tore apart.
_JOINER = "\u2060"
_CURRENCY = "|".join(sorted(map(re.escape, (*SYMBOLS, *BY_WORD, *CODES)), key=len, reverse=True))
#: An amount with its sign and currency. Groups of three by a blank only where the whole looks like it.
_AMOUNT = re.compile(
    rf"""
    (?<![\w])(?P<open>\()?\s?
    (?P<sign>[-−–+])?\s?
    (?:(?P<before>{_CURRENCY})(?![^\W\d_])\.?\s?)?
    (?P<sign2>[-−–])?\s?
    (?P<digits>
        \d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d{{1,3}})?(?![\d])
      | \d+(?:{_JOINER}?[.,{_QUOTES}]{_JOINER}?\d+)*
      | [.,]\d\d(?!\d)
    )
    (?P<dash>,--?|,[-–—]{{1,2}}|\.--?)?
    (?:\s?(?P<after>{_CURRENCY})(?![^\W_]))?
    (?P<minus>[-−](?![\w]))?(?P<close>\))?
    (?P<percent>\s?%)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_STARTS_CURRENCY = re.compile(rf"(?<![^\W\d_])({_CURRENCY})(?=[-−.\s]?\d)", re.IGNORECASE)
#: What a scan takes for digits, inside words that are mostly digits.
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
_MISREAD = re.compile(r"(?<!\S)[-(]?[^\w\s]?[\dOoIl|SBZ.,]{3,}(?!\S)")
_BROKEN = re.compile(r"(?<=\d)([.,]) (?=\d\d(?![\d.,]))|(?<=\d) ([.,])(?=\d\d(?![\d.,]))")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of the print. ``places``: digits after the decimal mark; ``currency``: symbol or word beside it as it
    stands; ``start`` and ``end``: its place in the text."""

    value: Decimal
    places: int
    start: int
    end: int
    currency: str = ""
    is_percent: bool = False

    @property
    def is_money(self) -> bool:
        """Whether it is written as money is: two or three places, or a currency beside it."""
        return not self.is_percent and (self.places == 2 or bool(self.currency))


def decimal_mark(texts: Iterable[str]) -> str:
    """The mark before decimals that the texts use: ``.`` or ``,``; empty when nothing tells."""
    votes = {".": 0, ",": 0}
    for text in texts:
        for found in _AMOUNT.finditer(text):
            mark, weight = _mark(found["digits"])
            if mark:
                votes[mark] += weight
    if votes["."] == votes[","]:
        return ""
    return max(votes, key=lambda mark: votes[mark])


def _mark(digits: str) -> tuple[str, int]:
    """The decimal mark that one number tells, and how surely."""
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return "", 0
    last = marks[-1]
    rest = len(digits) - digits.rindex(last) - 1
    others = set(marks) - {last}
    if others and marks.count(last) == 1:
        return last, 3
    if marks.count(last) > 1:
        # 1.234.567: it groups, unless the last group is short as in 12.11.20 (a date).
        return ("," if last == "." else ".", 2) if rest == 3 else ("", 0)
    return (last, 1) if rest in (1, 2) else ("", 0)


def number(digits: str, mark: str) -> tuple[Decimal, int] | None:
    """The value of printed digits and their places, with ``mark`` (may be empty) as the document's decimal mark."""
    text = "".join(char for char in digits if char not in _SPACES + _QUOTES + _JOINER)
    own, _sure = _mark(text)
    text, places = _whole(text, own, mark)
    try:
        return Decimal(text), places
    except InvalidOperation:
        return None


def _whole(text: str, own: str, mark: str) -> tuple[str, int]:
    """``text`` with a point before its decimals and no other marks."""
    used = own or mark or "."
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text, 0
    rest = len(text) - last - 1
    is_grouped = text.count(text[last]) > 1 or (rest == 3 and text[last] != mark and text[0] != "0")
    if (not own and is_grouped) or (own and text[last] != used):
        return re.sub("[.,]", "", text), 0
    whole = re.sub("[.,]", "", text[:last]) or "0"
    return f"{whole}.{text[last + 1 :]}", rest


def repair(text: str) -> str:
    """A scanned text with the letters in its numbers made digits and their decimals joined; its length stays."""

    def digits(found: re.Match[str]) -> str:
        word = found.group()
        count = sum(map(str.isdigit, word))
        is_number = count * 2 >= len(word) or (count and ("." in word or "," in word))
        return word.translate(_LOOKALIKES) if is_number else word

    return _BROKEN.sub(lambda m: f"{m[1]}{_JOINER}" if m[1] else f"{_JOINER}{m[2]}", _MISREAD.sub(digits, text))


def find(text: str, mark: str = "", is_scan: bool = False) -> list[Amount]:
    """All numbers of a text, left to right."""
    if is_scan:
        text = repair(text)
    found = []
    for match in _AMOUNT.finditer(text):
        amount = _amount(match, mark)
        if amount is not None and not _is_code(text, match, amount):
            found.append(amount)
    return found


def _is_code(text: str, match: re.Match[str], amount: Amount) -> bool:
    """Whether the number is only a part of a word, as the 20 of K20A."""
    end = match.end("digits")
    return not amount.places and not match["after"] and end < len(text) and text[end].isalpha()


def _amount(match: re.Match[str], mark: str) -> Amount | None:
    told = number(match["digits"], mark)
    if told is None:
        return None
    value, places = told
    if match["dash"]:
        places = 2
    if match["sign"] in ("-", "−", "–") or match["sign2"] or match["minus"] or (match["open"] and match["close"]):
        value = -value
    start = match.start("digits")
    for group in ("before", "sign", "sign2", "open"):
        if match[group] and (group != "open" or match["close"]):
            start = min(start, match.start(group))
    end = max(match.end(group) for group in ("digits", "dash", "after", "minus", "percent"))
    currency = match["before"] or match["after"] or ""
    return Amount(value, places, start, end, currency, bool(match["percent"]))


def amount(text: str, mark: str = "") -> Decimal | None:
    """The one number of a text, None when there is none or more than one."""
    found = [one for one in find(text.strip(), mark) if not one.is_percent]
    return found[0].value if len(found) == 1 else None
