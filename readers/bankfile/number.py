"""Amounts as bank files write them, read exactly: text in, Decimal out, never a float."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from .values import BankFileError

# Larger or finer than any real statement: refused, because Odoo's columns would round it silently.
MAX_AMOUNT = Decimal(10) ** 15
MAX_PLACES = 8
MAX_LENGTH = 60

DEBIT_MARKS = frozenset({"D", "DR", "DB", "DBIT", "S", "RC"})
CREDIT_MARKS = frozenset({"C", "CR", "CRDT", "H", "RD"})

_DASHES = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2012": "-"})
_GAPS = re.compile(r"[\s'\u2019`\u00b4_]")
_LETTERS = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)", re.ASCII)
_DIGITS = re.compile(r"[0-9.,]*[0-9][0-9.,]*")


def plain(text: str, line: int | None = None) -> Decimal:
    """Read a machine-written amount ("-1234.56"; one comma may stand for the point).

    Raises BankFileError ``bad_amount`` or ``amount_out_of_range``.
    """
    text = text.strip()
    if len(text) > MAX_LENGTH or not _PLAIN.fullmatch(text):
        raise _bad(text, line)
    return within_limits(Decimal(text.replace(",", ".")), line)


def written(text: str, decimal_mark: str = ".", line: int | None = None) -> Decimal:
    """Read an amount as people and spreadsheets write it.

    Understands group marks (point, comma, space, apostrophe), a sign before or after, brackets,
    a currency sign or code, and a debit/credit mark ("12,50 S", "12.50 DR").
    Raises BankFileError ``bad_amount`` or ``amount_out_of_range``.
    """
    shown_text = text
    text = unicodedata.normalize("NFKC", text[: MAX_LENGTH + 1]).translate(_DASHES).strip()
    if len(text) > MAX_LENGTH:
        raise _bad(shown_text, line)
    negative = text.startswith("(") and text.endswith(")")
    text = text.strip("()")
    words = [word.upper() for word in _LETTERS.findall(text)]
    if len(words) > 2 or any(len(word) > 4 for word in words):
        raise _bad(shown_text, line)
    body = "".join(sign for sign in _LETTERS.sub("", text) if unicodedata.category(sign) != "Sc")
    body = _GAPS.sub("", body)
    if body.count("-") + body.count("+") > 1:
        raise _bad(shown_text, line)
    negative = negative or "-" in body or any(word in DEBIT_MARKS for word in words)
    digits = _ungrouped(body.strip("+-"), decimal_mark)
    if digits is None:
        raise _bad(shown_text, line)
    value = within_limits(Decimal(digits), line)
    return -value if negative else value


def _ungrouped(body: str, decimal_mark: str) -> str | None:
    """Answer "1234.5" for "1.234,5" with the mark ",", or None when the groups do not fit."""
    if not _DIGITS.fullmatch(body):
        return None
    group_mark = "," if decimal_mark == "." else "."
    whole, _mark, places = body.partition(decimal_mark)
    if decimal_mark in places or group_mark in places:
        return None
    groups = whole.split(group_mark)
    # Only the last group must have three digits: India writes 1,00,000.
    if len(groups) > 1 and (len(groups[-1]) != 3 or not all(groups)):
        return None
    return ("".join(groups) or "0") + (f".{places}" if places else "")


def decimal_mark(texts: Iterable[str]) -> tuple[str, bool]:
    """Tell which mark, "." or ",", separates the decimals in these amounts, and whether it is sure.

    It is unsure when every amount reads both ways ("1.525": one and a half or fifteen hundred).
    """
    votes = {".": 0, ",": 0}
    unclear = {".": 0, ",": 0}
    for text in texts:
        _vote(text[:MAX_LENGTH], votes, unclear)
    if votes["."] or votes[","]:
        return ("," if votes[","] > votes["."] else "."), True
    if unclear["."] or unclear[","]:
        return ("," if unclear["."] >= unclear[","] else "."), False
    return ".", True


def _vote(text: str, votes: dict[str, int], unclear: dict[str, int]) -> None:
    found = _DIGITS.search(_GAPS.sub("", text))
    body = found.group() if found else ""
    point, comma = body.rfind("."), body.rfind(",")
    if point < 0 and comma < 0:
        return
    last = "." if point > comma else ","
    other = "," if last == "." else "."
    whole, _mark, places = body.rpartition(last)
    if other in whole:
        votes[last] += 1
    elif last in whole:
        votes[other] += 1
    elif len(places) != 3 or len(whole) > 3 or whole in ("", "0"):
        votes[last] += 1
    else:
        unclear[last] += 1


def from_cell(value: float | int, line: int | None = None) -> Decimal:
    """Read a spreadsheet's number: the 15 digits that Excel keeps, without binary noise."""
    if isinstance(value, int):
        return within_limits(Decimal(value), line)
    if not math.isfinite(value):
        raise _bad(str(value), line)
    return within_limits(Decimal(f"{value:.15g}"), line)


def within_limits(value: Decimal, line: int | None = None) -> Decimal:
    """Answer ``value`` with plain digits, or raise BankFileError ``amount_out_of_range``."""
    if abs(value) >= MAX_AMOUNT or -value.as_tuple().exponent > MAX_PLACES:
        trimmed = value.normalize() if abs(value) < MAX_AMOUNT else value
        if abs(value) >= MAX_AMOUNT or -trimmed.as_tuple().exponent > MAX_PLACES:
            raise BankFileError(
                "amount_out_of_range",
                f"{value:.6E} is not a plausible amount. Check the file, or ask the bank for a new one.",
                line=line,
                amount=str(value)[:MAX_LENGTH],
            )
        value = trimmed
    return value if value.as_tuple().exponent <= 0 else value.quantize(Decimal(1))


def shown(value: Decimal | None) -> str:
    """Write an amount for a note: plain digits, empty for None."""
    return "" if value is None else format(value, "f")


def _bad(text: str, line: int | None) -> BankFileError:
    return BankFileError(
        "bad_amount",
        f"“{text[:MAX_LENGTH]}” is not an amount. Check this place in the file, or the column "
        f"that was chosen for the amount.",
        line=line,
        text=text[:MAX_LENGTH],
    )
