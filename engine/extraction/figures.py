"""Numbers as tables print them, with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from ..text import fold
from .page import Word
from .rows import Row

_SYMBOLS = "€$£¥₹₺₽₩₪฿₫₱₦₴₸₡₲₵"
_CODES = r"(?:EUR|USD|GBP|CHF|INR|MYR|RM|RS\.?|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|CAD|AUD|NZD|MXN|BRL|R\$|ZAR|SGD|HKD|JPY)"
_FIGURE = re.compile(
    rf"""^\(?\s*(?P<sign>[-+−–])?\s*(?:{_CODES}|[{_SYMBOLS}])?\s*(?P<sign2>[-+−–])?\s*
    (?P<digits>\d[\d.,'’٬]*\d|\d)\s*
    (?P<end>[-−])?\s*(?:{_CODES}|[{_SYMBOLS}])?\s*(?P<percent>%)?\s*\)?[*:;]?$""",
    re.VERBOSE | re.IGNORECASE,
)
_PAIR = re.compile(r"^\d{1,3}$")
_TAIL = re.compile(r"^\d{3}(?:[.,]\d{1,2})?[-−]?(?:€)?$")
#: Gap inside one number whose groups are parted by a blank, in heights of the row.
_NARROW = 0.62


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a row. ``places``: its printed decimals. ``first`` and ``last``: its words in the row."""

    value: Decimal
    row: int
    x0: float
    x1: float
    places: int
    percent: bool
    first: int
    last: int

    @property
    def is_amount(self) -> bool:
        """Whether it is printed as money is."""
        return self.places == 2 and not self.percent


def decimal_mark(rows: Iterable[Row]) -> str:
    """What parts the decimals in this document: by the numbers that end in two digits after one of the marks."""
    dots = commas = 0
    for row in rows:
        for word in row.words:
            text = word.text.strip("".join((_SYMBOLS, "-−–+%*:;()")))
            if re.fullmatch(r"[\d.,'’]*\d\.\d\d", text):
                dots += 1
            elif re.fullmatch(r"[\d.,'’]*\d,\d\d", text):
                commas += 1
    return "," if commas > dots else "."


def number(digits: str, mark: str) -> tuple[Decimal, int] | None:
    """(value, decimals) of digits with marks, read with ``mark`` unless that makes no sense."""
    digits = re.sub(r"['’٬\s]", "", digits)
    found = _with(digits, mark)
    return found if found is not None else _with(digits, "," if mark == "." else ".")


def _with(digits: str, mark: str) -> tuple[Decimal, int] | None:
    group = "," if mark == "." else "."
    if digits.count(mark) > 1:
        return None
    whole, _point, places = digits.partition(mark)
    if group in places or not whole or not _is_grouped(whole, group):
        return None
    try:
        whole = whole.replace(group, "")
        return Decimal(f"{whole}.{places}" if places else whole), len(places)
    except InvalidOperation:
        return None


def _is_grouped(whole: str, group: str) -> bool:
    """1.234.567, and 12,34,567 as India groups."""
    first, *others = whole.split(group)
    if not others:
        return True
    return 0 < len(first) <= 3 and len(others[-1]) == 3 and all(len(part) in (2, 3) for part in others)


def figures(row: Row, mark: str) -> tuple[Figure, ...]:
    """The numbers of a row, from left to right."""
    found: list[Figure] = []
    texts = [word.text for word in row.words]
    index = 0
    while index < len(texts):
        last = index
        if _PAIR.match(texts[index]) or texts[index][:1] in _SYMBOLS and _PAIR.match(texts[index][1:]):
            while last + 1 < len(texts) and _TAIL.match(texts[last + 1]) and _is_close(row, last):
                last += 1
        figure = _figure(row, index, last, mark) or (_figure(row, index, index, mark) if last > index else None)
        if figure:
            found.append(figure)
            index = figure.last
        index += 1
    return tuple(_with_percents(row, found))


def _is_close(row: Row, index: int) -> bool:
    gap = row.words[index + 1].box.x0 - row.words[index].box.x1
    return gap <= _NARROW * row.height / row.aspect


def _figure(row: Row, first: int, last: int, mark: str) -> Figure | None:
    words = row.words[first : last + 1]
    match = _FIGURE.match("".join(word.text for word in words))
    read = number(match["digits"], mark) if match else None
    if not match or read is None or len(match["digits"]) > 15:
        return None
    value, places = read
    bracketed = words[0].text.startswith("(") and words[-1].text.endswith(")")
    minus = bracketed or match["end"] or {match["sign"], match["sign2"]} & {"-", "−", "–"}
    if minus and match["percent"] is None and value:
        value = -value
    return Figure(value, row.index, words[0].box.x0, words[-1].box.x1, places, bool(match["percent"]), first, last)


def _with_percents(row: Row, found: Sequence[Figure]) -> Iterable[Figure]:
    """A % that is a word of its own belongs to the number before it; a minus of its own to the one after it."""
    for figure in found:
        after = row.words[figure.last + 1].text if figure.last + 1 < len(row.words) else ""
        before = row.words[figure.first - 1].text if figure.first else ""
        if after.startswith("%"):
            yield replace(figure, percent=True, last=figure.last + 1)
        elif before in ("-", "−", "–") and figure.places == 2 and _is_close(row, figure.first - 1):
            yield replace(figure, value=-abs(figure.value), first=figure.first - 1)
        else:
            yield figure


def other_words(row: Row, found: Sequence[Figure]) -> list[Word]:
    """The words of the row that are no numbers."""
    taken = {index for figure in found for index in range(figure.first, figure.last + 1)}
    return [word for index, word in enumerate(row.words) if index not in taken]


def folded(row: Row) -> str:
    """The row's text as words are looked up in it."""
    return fold(row.text)
