"""What a document prints: a truth that comes from elsewhere (its XML) says things that stand nowhere on the page."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path

import pypdfium2

from .generator.words import MONTHS
from .truth import AMOUNTS, DATES, squeezed

_NUMBER = re.compile(r"\d[\d.,'\u00a0\u202f ]*\d|\d")
_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$", "INR": "₹"}


@lru_cache(maxsize=64)
def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def is_printed(text: str, name: str, value: str) -> bool:
    """Whether a value (in normal form) of this field stands in ``text`` in any way in which people write it."""
    if name in AMOUNTS:
        digits = value.replace(".", "").lstrip("-")
        found = {re.sub(r"\D", "", number) for number in _NUMBER.findall(text)}
        return digits in found or (digits.endswith("00") and digits[:-2] in found)
    if name in DATES:
        return any(form in text.lower() for form in _days(date.fromisoformat(value)))
    if name == "currency":
        return value in text or _SYMBOLS.get(value, value) in text
    return squeezed(value) in squeezed(text)


def _days(day: date) -> set[str]:
    years = (f"{day.year}", f"{day.year % 100:02d}")
    found = {day.isoformat(), f"{day:%Y%m%d}", f"{day:%Y/%m/%d}"}
    for year in years:
        for mark in "./-":
            found |= {f"{day.day:02d}{mark}{day.month:02d}{mark}{year}", f"{day.day}{mark}{day.month}{mark}{year}"}
            found |= {f"{day.month:02d}{mark}{day.day:02d}{mark}{year}", f"{day.month}{mark}{day.day}{mark}{year}"}
    for months in MONTHS.values():
        month = months[day.month - 1].lower()
        for name in (month, month[:3]):
            found |= {f"{day.day} {name} {day.year}", f"{day.day}. {name} {day.year}", f"{name} {day.day}, {day.year}"}
            found.add(f"{day.day:02d} {name} {day.year}")
    return found
