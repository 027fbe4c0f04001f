"""Which period a bank text says that it pays: a month, a quarter, half a year, a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ..text import fold
from .settling_facts import Period

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "JAN JANUARY JANUAR JANVIER JANUARI ENERO GENNAIO JANEIRO",
            "FEB FEBRUARY FEBRUAR FEVRIER FEBRUARI FEBRERO FEBBRAIO FEVEREIRO",
            "MAR MARCH MARZ MAERZ MARS MAART MARZO MARCO MRT",
            "APR APRIL AVRIL ABRIL APRILE",
            "MAY MAI MEI MAYO MAGGIO MAIO",
            "JUN JUNE JUNI JUIN JUNIO GIUGNO JUNHO",
            "JUL JULY JULI JUILLET JULIO LUGLIO JULHO",
            "AUG AUGUST AOUT AUGUSTUS AGOSTO",
            "SEP SEPT SEPTEMBER SEPTEMBRE SEPTIEMBRE SETTEMBRE SETEMBRO",
            "OCT OCTOBER OKT OKTOBER OCTOBRE OCTUBRE OTTOBRE OUTUBRO",
            "NOV NOVEMBER NOVEMBRE NOVIEMBRE NOVEMBRO",
            "DEC DECEMBER DEZ DEZEMBER DECEMBRE DICIEMBRE DICEMBRE DEZEMBRO",
        ),
        1,
    )
    for name in names.split()
}
_YEAR = r"(?:20)?\d{2}"
_QUARTER_WORD = r"(?:QTR|QUARTER|QUARTAL|KWARTAAL|KWART|KW|TRIMESTRE|TRIM|VIERTELJAHR|VJ|KV)"
_QUARTERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b[QTK](?P<n>[1-4])[ ./-]{{0,2}}(?P<y>{_YEAR})?\b",
        rf"\b(?P<n>[1-4])[QT][ ./-]{{0,2}}(?P<y>{_YEAR})?\b",
        r"\b(?P<y>20\d{2})[ ./-]?[QTK](?P<n>[1-4])\b",
        rf"\b(?P<n>[1-4])(?:\.|ST|ND|RD|TH|E|EME|ER|RE|DE)? ?{_QUARTER_WORD}[ ./-]{{0,3}}(?P<y>{_YEAR})?\b",
        rf"\b(?P<roman>I{{1,3}}|IV)[ .]{{1,2}}{_QUARTER_WORD}[ ./-]{{0,3}}(?P<y>{_YEAR})?\b",
        rf"\b{_QUARTER_WORD}[ .]?(?P<n>[1-4])[ ./-]{{0,2}}(?P<y>{_YEAR})?\b",
    )
)
_HALVES = (re.compile(rf"\b[HS](?P<n>[12])[ ./-]{{0,2}}(?P<y>{_YEAR})?\b"),)
_MONTH_NAME = re.compile(rf"\b(?P<m>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})[ ./-]{{0,2}}(?P<y>{_YEAR})?\b")
_MONTH_NUMBER = (
    re.compile(r"(?<![\d./-])(?P<m>0[1-9]|1[0-2])[./-]?(?P<y>20\d{2})(?![\d./-])"),
    re.compile(r"(?<![\d./-])(?P<m>0[1-9]|1[0-2])[/-](?P<y>\d{2})(?![\d./-])"),
    re.compile(r"(?<![\d./-])(?P<y>20\d{2})[./-](?P<m>0[1-9]|1[0-2])(?![\d./-])"),
)
_WHOLE_YEAR = re.compile(r"\b(?:FY|YEAR|JAHR|JAAR|ANNEE|EXERCICE|BOEKJAAR|AJ|VA) ?(?P<y>20\d{2})\b")
#: Full dates say when, not for which period: they are taken out first.
_DATES = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?!\d)")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
#: A period may end this long after the payment (paid before it ends), and begin this long before.
_AHEAD, _BACK = timedelta(days=31), timedelta(days=1100)


def period_of(text: str, day: date) -> Period | None:
    """The one period that ``text`` names; None when it names none, or several.

    :param day: of the payment: a period without a year is the last one that began by then
    """
    folded = _DATES.sub(" ", fold(text))
    for ways in (_quarters, _halves, _months, _years):
        found = {each for each in ways(folded, day) if day - _BACK <= each.first and each.last <= day + _AHEAD}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _quarters(text: str, day: date) -> Iterator[Period]:
    for pattern in _QUARTERS:
        for match in pattern.finditer(text):
            told = match.groupdict()
            number = _ROMAN[told["roman"]] if told.get("roman") else int(told["n"])
            yield _span(3 * number - 2, 3, told["y"], day)


def _halves(text: str, day: date) -> Iterator[Period]:
    for pattern in _HALVES:
        for match in pattern.finditer(text):
            yield _span(6 * int(match["n"]) - 5, 6, match["y"], day)


def _months(text: str, day: date) -> Iterator[Period]:
    for match in _MONTH_NAME.finditer(text):
        yield _span(_MONTHS[match["m"]], 1, match["y"], day)
    for pattern in _MONTH_NUMBER:
        for match in pattern.finditer(text):
            yield _span(int(match["m"]), 1, match["y"], day)


def _years(text: str, _day: date) -> Iterator[Period]:
    for match in _WHOLE_YEAR.finditer(text):
        year = int(match["y"])
        yield Period(date(year, 1, 1), date(year, 12, 31))


def _span(month: int, length: int, year: str | None, day: date) -> Period:
    if year:
        number = int(year) + (2000 if len(year) == 2 else 0)
    else:
        number = day.year if date(day.year, month, 1) <= day else day.year - 1
    first = date(number, month, 1)
    after = month + length
    last = date(number + (after > 12), after - 12 if after > 12 else after, 1) - timedelta(days=1)
    return Period(first, last)
