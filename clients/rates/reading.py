"""Files of rates: XML, CSV or JSON, by what stands in them and not by where they come from.

Three shapes are known, each in all three formats: one row a currency and day (``USD, 2026-03-10, 1.0876``), one row a
day with a column for each currency, and days that hold rows. A row may be for many units (``100 JPY = 0.61``), and may
tell units of the currency for one of the base, or the other way round: that is the caller's to know.
"""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

LARGEST_FILE = 8 * 1024 * 1024
#: A file with more has a history that nobody asked for: its newest are kept.
MOST_RATES = 20000
_DEEPEST = 12

_CURRENCY_NAMES = frozenset(
    "currency currencycode code cur ccy curr iso isocode ticker symbol charcode kod valuta devise waehrung tocurrency "
    "targetcurrency quotecurrency key".split()
)
_RATE_NAMES = (
    "rate midrate mid average avg value obsvalue exchangerate amount kurs kurz cours taux price val sredni".split()
)
_DATE_NAMES = frozenset(
    "date time day effectivedate timeperiod asof asofdate period datum publisheddate validfor rateday ratedate".split()
)
_UNIT_NAMES = frozenset("unit units nominal multiplier quantity mnozstvi qty scale obsunit per".split())
_CODE = re.compile(r"[A-Z]{3}")
_NOT_A_LETTER = re.compile(r"[^a-z]")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_NUMBERED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DOTTED_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NAMED_DAY = re.compile(r"(\d{1,2})[ .-]([A-Za-z]{3})[a-z]*[ .-](\d{4})")
_HEAD_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}[ .-][A-Za-z]{3,9}[ .-]\d{4}")


class RateFileError(ValueError):
    """``reason``: ``too_large``, ``unreadable`` or ``no_rates``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Row(NamedTuple):
    """``rate`` as it is printed, for ``unit`` units. ``day`` is None where the file names none."""

    currency: str
    day: date | None
    rate: Decimal
    unit: Decimal


def read(content: bytes) -> tuple[Row, ...]:
    """The rates of a file, newest last, each currency and day once (the last one told).

    :raise RateFileError: nothing in it can be read as a rate
    """
    if len(content) > LARGEST_FILE:
        raise RateFileError("too_large")
    text = _text(content)
    start = text.lstrip()[:1]
    try:
        reader = {"<": _xml, "{": _json, "[": _json}.get(start, _csv)
        found = {(row.currency, row.day): row for row in reader(text.strip())}
    except (ElementTree.ParseError, csv.Error, RecursionError, json.JSONDecodeError) as error:
        raise RateFileError("unreadable") from error
    if not found:
        raise RateFileError("no_rates")
    rows = sorted(found.values(), key=lambda row: (row.day or date.max, row.currency))
    return tuple(rows[-MOST_RATES:])


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


# === XML === #


def _xml(text: str) -> Iterator[Row]:
    # An entity can unfold to gigabytes; no file of rates needs one.
    if "<!DOCTYPE" in text[:4096].upper() or "<!ENTITY" in text.upper():
        raise RateFileError("unreadable")
    # The declaration names an encoding that is decoded already.
    root = ElementTree.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", text))
    yield from _element(root, None, 0)


def _element(element: ElementTree.Element, day: date | None, depth: int) -> Iterator[Row]:
    if depth > _DEEPEST:
        return
    fields = dict(element.attrib)
    if (element.text or "").strip():
        fields.setdefault("value", element.text)
    for child in element:
        if not len(child) and (child.text or "").strip():
            fields.setdefault(child.tag, child.text)
        for name, value in child.attrib.items() if not len(child) else ():
            fields.setdefault(f"{child.tag}_{name}", value)
    fields = {_local(name): value for name, value in fields.items()}
    day = _own_day(fields) or day
    row = _row(fields, day)
    if row:
        yield row
    for child in element:
        yield from _element(child, day, depth + 1)


def _local(name: str) -> str:
    return name.rsplit("}", 1)[-1]


# === JSON === #


def _json(text: str) -> Iterator[Row]:
    yield from _value(json.loads(text, parse_float=Decimal, parse_int=Decimal), None, 0)


def _value(value: Any, day: date | None, depth: int) -> Iterator[Row]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _value(each, day, depth + 1)
    elif isinstance(value, dict):
        yield from _object(value, day, depth)


def _object(value: dict, day: date | None, depth: int) -> Iterator[Row]:
    plain = {str(name): each for name, each in value.items() if isinstance(each, str | Decimal)}
    day = _own_day(plain) or day
    row = _row(plain, day)
    if row:
        yield row
        return
    for name, each in plain.items():
        rate = _number(each)
        if _CODE.fullmatch(name) and rate:
            yield Row(name, day, rate, Decimal(1))
    for name, each in value.items():
        if isinstance(each, dict | list):
            yield from _value(each, _day(str(name)) or day, depth + 1)


# === CSV === #


def _csv(text: str) -> Iterator[Row]:
    lines = [line for line in text.splitlines() if line.strip()]
    for place, line in enumerate(lines[:20]):
        delimiter = max(";|\t,", key=line.count)
        names = [name.strip().strip('"') for name in line.split(delimiter)]
        if len(names) > 1 and _is_header(names):
            # Some print the day above the table.
            above = _HEAD_DAY.search(" ".join(lines[:place]))
            rows = csv.reader(io.StringIO("\n".join(lines[place + 1 :])), delimiter=delimiter)
            yield from _table(names, rows, _day(above.group()) if above else None)
            return


def _is_header(names: list[str]) -> bool:
    plain = {_plain(name) for name in names}
    codes = sum(bool(_CODE.fullmatch(name)) for name in names)
    return codes > 0 and bool(plain & _DATE_NAMES) or bool(plain & _CURRENCY_NAMES and plain.intersection(_RATE_NAMES))


def _table(names: list[str], rows: Iterator[list[str]], day: date | None) -> Iterator[Row]:
    is_wide = any(_CODE.fullmatch(name) for name in names)
    for cells in rows:
        fields = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        own = _own_day(fields) or day
        if not is_wide:
            row = _row(fields, own)
            if row:
                yield row
            continue
        for name, cell in fields.items():
            rate = _number(cell)
            if _CODE.fullmatch(name) and rate and own:
                yield Row(name, own, rate, Decimal(1))


# === FIELDS === #


def _row(fields: dict[str, Any], day: date | None) -> Row | None:
    """A row that names one currency and one rate."""
    currency = rate = None
    unit = Decimal(1)
    by_name = {_plain(name): value for name, value in fields.items()}
    for name, value in by_name.items():
        if name in _CURRENCY_NAMES and _CODE.fullmatch(str(value).strip().upper()):
            currency = currency or str(value).strip().upper()
        elif name in _UNIT_NAMES:
            unit = _number(value) or unit
    for name in _RATE_NAMES:
        rate = rate or _number(by_name.get(name))
    return Row(currency, day, rate, unit) if currency and rate else None


def _own_day(fields: dict[str, Any]) -> date | None:
    for name, value in fields.items():
        if _plain(name) in _DATE_NAMES:
            day = _day(str(value))
            if day:
                return day
    return None


def _plain(name: str) -> str:
    folded = name.lower().replace("ž", "z").replace("í", "i").replace("é", "e").replace("ó", "o").replace("ä", "ae")
    return _NOT_A_LETTER.sub("", folded)


def _day(text: str) -> date | None:
    text = text.strip()
    try:
        for pattern in (_ISO_DAY, _NUMBERED_DAY):
            found = pattern.fullmatch(text)
            if found:
                return date(*map(int, found.groups()))
        found = _DOTTED_DAY.fullmatch(text)
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        found = _NAMED_DAY.fullmatch(text)
        if found and found[2].lower() in _MONTHS:
            return date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return None
    return None


def _number(value: Any) -> Decimal | None:
    """A positive number; a decimal comma is one, two separators are thousands and decimals."""
    text = str(value if value is not None else "").strip().replace("\u00a0", "").replace(" ", "")
    if not text or len(text) > 40:
        return None
    if "," in text and "." in text:
        text = text.replace("," if text.rfind(",") < text.rfind(".") else ".", "")
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None
