"""A document to read and what is known of it: the values that count as right, each in its normal form."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from engine.text import core_name, fold

#: Fields of a truth -> fields of a reading.
FIELDS = {
    "vendor": "vendor",
    "number": "number",
    "date": "date",
    "due_date": "due_date",
    "currency": "currency",
    "net": "net",
    "tax": "tax",
    "total": "total",
    "iban": "vendor_iban",
    "vat": "vendor_vat",
}
LINES = "lines"
AMOUNTS = ("net", "tax", "total")
DATES = ("date", "due_date")
#: What programs call the same of a line.
_LINE = {
    "text": ("text", "name", "desc", "description"),
    "quantity": ("quantity", "qty"),
    "unit_price": ("unit_price", "price_unit", "price"),
    "total": ("total", "price_subtotal", "amount"),
    "tax_rate": ("tax_rate", "taxpercent", "line_tax_percent"),
}
_SIGNS = re.compile(r"[,\s]|^(?:[A-Z]{2,3}\b|RM|Rs\.?|[^\w\s.-])|[^\w\s.-]$")
_FORMATS = (
    *(
        "%Y-%m-%d",
        "%Y/%m/%d",
        "%Y%m%d",
        "%d/%m/%Y",
        "%d-%m-%Y",
        "%d.%m.%Y",
        "%d%m%Y",
        "%d/%m/%y",
        "%d-%m-%y",
        "%d.%m.%y",
    ),
    *("%d %b %Y", "%d %B %Y", "%d %b %y", "%d-%b-%Y", "%d/%b/%Y", "%b %d, %Y", "%B %d, %Y"),
)


class DataError(Exception):
    """A set can't be measured; the text says what to change."""


@dataclass(frozen=True, slots=True)
class Document:
    """``truth``: field -> values that are right, in normal form (a field that is not there is not scored).
    ``lines``: what is known of each line, or how many there are. ``kind``: of ``engine.extraction.reading``, empty when
    nothing is told of it. ``variant``: ``image``, ``degraded``, ``no_xml``."""

    name: str
    path: Path
    truth: Mapping[str, tuple[str, ...]]
    lines: tuple[Mapping[str, Any], ...] | int | None = None
    variant: str = ""
    kind: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


def normal(name: str, value: Any) -> str:
    """The value of a truth in the form in which it is compared; empty when there is none.

    :raise DataError: it is not what the field holds
    """
    text = "" if value is None else str(value).strip()
    if not text:
        return ""
    try:
        if name in AMOUNTS:
            return str(Decimal(_SIGNS.sub("", text)).quantize(Decimal("0.01")))
        if name in DATES:
            return _date(text).isoformat()
    except (InvalidOperation, ValueError) as error:
        raise DataError(f"{name}: {text!r} can't be read") from error
    if name in ("iban", "vat", "currency"):
        return squeezed(text)
    return text


def _date(text: str) -> date:
    for form in _FORMATS:
        try:
            found = datetime.strptime(text, form).date()
        except ValueError:
            continue
        if 1990 <= found.year < 2100:
            return found
    raise ValueError(text)


def squeezed(text: str) -> str:
    """Letters and digits in upper case."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def name_key(name: str) -> tuple[str, ...]:
    """A name as it is compared: without case, accents, punctuation and legal form."""
    return core_name(name) or (squeezed(fold(name)),)


def lines_of(told: Any) -> tuple[dict[str, Any], ...] | int | None:
    """Lines of a truth under the names of ``engine.extraction.Item``; what has neither text nor amount is no line."""
    if isinstance(told, int) or not told:
        return told or None
    rows = []
    for line in told:
        row = {key: next((line[name] for name in names if name in line), None) for key, names in _LINE.items()}
        if row["text"] or row["total"] is not None:
            rows.append(row)
    return tuple(rows)


def from_folder(folder: Path) -> list[Document]:
    """The documents of ``truth.json``: ``{file: {field: value}}``, a value may be a list of those that are right.

    :raise DataError:
    """
    path = folder / "truth.json"
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{path} can't be read: {error}") from error
    if not isinstance(told, dict):
        raise DataError(f"{path} must be an object: the name of each file with its fields")
    return [_told(folder, name, fields) for name, fields in sorted(told.items())]


def _told(folder: Path, name: str, fields: Any) -> Document:
    path = (folder / name).resolve()
    if folder.resolve() not in path.parents or not path.is_file():
        raise DataError(f"truth.json names {name}, which is no file in {folder}")
    if not isinstance(fields, dict):
        raise DataError(f"truth.json: {name} must be an object of fields")
    return Document(name, path, accepted(fields), lines_of(fields.get(LINES)))


def accepted(fields: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """field -> the values that are right, of a value or of a list of values."""
    found = {}
    for name in FIELDS:
        told = fields.get(name)
        values = [normal(name, value) for value in (told if isinstance(told, list) else [told])]
        if any(values):
            found[name] = tuple(value for value in values if value)
    return found
