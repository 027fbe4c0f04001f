"""The shape of a proposal per kind: what an outside caller may send. Returns reasons, never raises.

Each field is described once, by the words of JSON Schema; ``problems`` checks by the same description that
``json_schema`` hands out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

Problem = tuple[str, str]  # code, path of the field

_AMOUNT = r"^[-+]?[0-9]{1,15}(\.[0-9]{1,6})?$"
#: Quantities and prices are finer than amounts.
_NUMBER_TEXT = r"^[-+]?[0-9]{1,15}(\.[0-9]{1,12})?$"
MOVE_TYPES = ("in_invoice", "in_refund", "in_receipt")
#: What a proposal says of a vendor that the books don't know.
NEW_VENDOR = (
    "name",
    "vat",
    "street",
    "zip",
    "city",
    "country",
    "phone",
    "email",
    "iban",
    "website",
    "company_registry",
)
_FIRST_YEAR = 1970
_ANALYTIC_KEY = r"^[0-9]{1,9}(,[0-9]{1,9})*$"
#: PostgreSQL's integers end here.
_MAX_ID = 2**31 - 1
_MAX_ROWS = 1000
_MAX_TEXT = 1000
#: A problem's path repeats what the caller wrote; nobody needs all of it.
_MAX_PATH = 100
_MAX_PROBLEMS = 20


def amount(value: Any) -> Decimal | None:
    """The decimal of an amount string; None when it is not one. Floats are refused: they lose cents."""
    if not isinstance(value, str) or not re.fullmatch(_AMOUNT, value):
        return None
    return Decimal(value)


def problems(kind: str, proposal: Any) -> list[Problem]:
    """What is wrong with ``proposal``: (code, path) pairs, at most 20; empty when it fits the schema of ``kind``."""
    shape = SHAPES.get(kind)
    if shape is None:
        return [("no_schema", kind)]
    if not isinstance(proposal, Mapping):
        return [("not_an_object", "proposal")]
    found = [(code, path[:_MAX_PATH]) for code, path in shape.problems(proposal)]
    return found[:_MAX_PROBLEMS]


def json_schema(kind: str) -> dict[str, Any] | None:
    """The JSON Schema (2020-12) of a proposal of ``kind``; None for a kind without one."""
    shape = SHAPES.get(kind)
    return shape.to_json(kind) if shape else None


def total(proposal: Mapping[str, Any]) -> Decimal:
    """Sum of all parts of a proposal that fits its schema: what the bank line must be."""
    parts = [part for name in ("counterparts", "write_off", "lines") for part in proposal.get(name) or ()]
    return sum((Decimal(part["amount"]) for part in parts), Decimal(proposal.get("remainder") or "0"))


def normalised(proposal: Mapping[str, Any], places: int | None = None) -> dict[str, Any]:
    """A proposal that fits its schema in the form that is stored: blanks left out, amounts in one spelling, with
    ``places`` decimals where they are known."""
    names = [name for shape in SHAPES.values() for name in shape.rows]
    lists = {name: [_row(row, places) for row in proposal[name]] for name in dict.fromkeys(names) if proposal.get(name)}
    rest = _spelled(proposal.get("remainder") or "0", places)
    return {"version": 1, **lists, "remainder": rest, "partner_id": proposal.get("partner_id") or None}


def too_fine(proposal: Mapping[str, Any], places: int) -> list[str]:
    """Paths of the amounts that have more than ``places`` decimals: no bank moves them."""
    told = {"remainder": proposal.get("remainder") or "0"}
    for name in dict.fromkeys(name for shape in SHAPES.values() for name in shape.rows):
        for number, row in enumerate(proposal.get(name) or ()):
            told[f"{name}[{number}].amount"] = row["amount"]
    unit = Decimal(1).scaleb(-places)
    return [path for path, value in told.items() if Decimal(value) % unit]


def _row(row: Mapping[str, Any], places: int | None) -> dict[str, Any]:
    kept = {key: value for key, value in row.items() if value is not None and value is not False}
    kept["amount"] = _spelled(kept["amount"], places)
    if "item_amount" in kept:
        kept["item_amount"] = _spelled(kept["item_amount"], None)
    return kept


def _spelled(value: str, places: int | None) -> str:
    number = Decimal(value)
    return str(number if places is None else number.quantize(Decimal(1).scaleb(-places)))


def is_id(value: Any) -> bool:
    """Whether ``value`` may be the id of a record: a whole number, neither text nor truth value."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MAX_ID


def is_text(value: Any, most: int = _MAX_TEXT) -> bool:
    """Whether ``value`` is a text that a database keeps: no NUL, no half characters, not too long."""
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        return False
    return not any("\ud800" <= character <= "\udfff" for character in value)


class Field(NamedTuple):
    """``fits`` is the check that ``schema`` describes."""

    fits: Callable[[Any], bool]
    schema: dict[str, Any]


def _optional(field: Field) -> Field:
    schema = {"anyOf": [field.schema, {"enum": [None, False]}]}
    return Field(lambda value: value is None or value is False or field.fits(value), schema)


def _ids(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and len(value) <= _MAX_ROWS and all(map(is_id, value))


def _nonzero(value: Any) -> bool:
    number = amount(value)
    return number is not None and number != 0


def _percent(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value) and 0 < value <= 100


def _distribution(value: Any) -> bool:
    if not isinstance(value, Mapping) or len(value) > 100:
        return False
    return all(isinstance(key, str) and re.fullmatch(_ANALYTIC_KEY, key) and _percent(value[key]) for key in value)


def _is_date(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        return date.fromisoformat(value).year >= _FIRST_YEAR
    except ValueError:
        return False


def _is_new_vendor(value: Any) -> bool:
    if not isinstance(value, Mapping) or not value.get("name"):
        return False
    return all(name in NEW_VENDOR and (told in (None, False) or is_text(told, 200)) for name, told in value.items())


_ID = Field(is_id, {"type": "integer", "minimum": 1, "maximum": _MAX_ID})
_IDS = Field(_ids, {"type": "array", "items": _ID.schema, "maxItems": _MAX_ROWS})
_TEXT = Field(is_text, {"type": "string", "maxLength": _MAX_TEXT})
_AMOUNT_FIELD = Field(
    _nonzero,
    {"type": "string", "pattern": _AMOUNT, "description": "decimal, not zero, with the bank line's own sign"},
)
_REST = Field(
    lambda value: value is None or amount(value) is not None,
    {"type": ["string", "null"], "pattern": _AMOUNT, "description": "what stays unexplained of the line; default 0"},
)
_DISTRIBUTION = Field(
    _distribution,
    {
        "type": "object",
        "maxProperties": 100,
        "patternProperties": {_ANALYTIC_KEY: {"type": "number", "exclusiveMinimum": 0, "maximum": 100}},
        "additionalProperties": False,
        "description": "percent by analytic accounts: {'12': 60, '12,15': 40}",
    },
)
_VERSION = Field(lambda value: value == 1 and not isinstance(value, bool), {"const": 1})


class Rows(NamedTuple):
    """A list of objects."""

    required: dict[str, Field]
    optional: dict[str, Field]
    description: str

    def problems(self, name: str, rows: Any) -> list[Problem]:
        if not isinstance(rows, (list, tuple)) or len(rows) > _MAX_ROWS:
            return [("not_a_list", name)]
        return [problem for number, row in enumerate(rows) for problem in self._row(f"{name}[{number}]", row)]

    def _row(self, path: str, row: Any) -> list[Problem]:
        if not isinstance(row, Mapping):
            return [("not_an_object", path)]
        found = [
            ("bad_value" if key in row else "missing", f"{path}.{key}")
            for key, field in self.required.items()
            if not field.fits(row.get(key))
        ]
        for key, value in row.items():
            if key in self.optional and not self.optional[key].fits(value):
                found.append(("bad_value", f"{path}.{key}"))
            elif key not in self.optional and key not in self.required:
                found.append(("unknown_field", f"{path}.{key}"))
        return found

    def to_json(self) -> dict[str, Any]:
        row = {
            "type": "object",
            "required": list(self.required),
            "properties": {key: field.schema for key, field in {**self.required, **self.optional}.items()},
            "additionalProperties": False,
        }
        return {"type": ["array", "null"], "items": row, "maxItems": _MAX_ROWS, "description": self.description}


class Shape(NamedTuple):
    """A proposal: lists of rows, of which one at least is filled, and ``fields`` beside them; without any, what is left
    and the partner."""

    rows: dict[str, Rows]
    description: str
    fields: dict[str, Field] | None = None

    @property
    def beside(self) -> dict[str, Field]:
        return _COMMON if self.fields is None else self.fields

    def problems(self, proposal: Mapping[str, Any]) -> list[Problem]:
        found: list[Problem] = []
        for name, rows in self.rows.items():
            if proposal.get(name) is not None:
                found += rows.problems(name, proposal[name])
        beside = self.beside
        for name, field in beside.items():
            if name in proposal and not field.fits(proposal[name]):
                found.append(("bad_value", name))
        found += [("unknown_field", str(key)) for key in proposal if key not in self.rows and key not in beside]
        if not any(proposal.get(name) for name in self.rows):
            found.append(("empty", next(iter(self.rows))))
        return found

    def to_json(self, kind: str) -> dict[str, Any]:
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": kind,
            "description": self.description,
            "type": "object",
            "properties": {
                **{name: rows.to_json() for name, rows in self.rows.items()},
                **{name: field.schema for name, field in self.beside.items()},
            },
            "anyOf": [
                {"required": [name], "properties": {name: {"type": "array", "minItems": 1}}} for name in self.rows
            ],
            "additionalProperties": False,
        }


_COMMON = {"remainder": _REST, "partner_id": _optional(_ID), "version": _VERSION}
_POSTING = {
    "tax_ids": _optional(_IDS),
    "label": _optional(_TEXT),
    "reason": _optional(_TEXT),
    "analytic_distribution": _optional(_DISTRIBUTION),
    "move_line_id": _optional(_ID),
    "pair_line_id": _optional(_ID),
}
_NUMBER = Field(
    lambda value: isinstance(value, str) and bool(re.fullmatch(_NUMBER_TEXT, value)),
    {"type": "string", "pattern": _NUMBER_TEXT},
)
_AMOUNT_ANY = Field(lambda value: amount(value) is not None, {"type": "string", "pattern": _AMOUNT})
_SHARE = Field(
    lambda value: isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 100,
    {"type": "number", "minimum": 0, "maximum": 100},
)
_DATE = Field(_is_date, {"type": "string", "format": "date"})
_MOVE_TYPE = Field(lambda value: value in MOVE_TYPES, {"enum": list(MOVE_TYPES)})
_NEW_VENDOR = Field(
    _is_new_vendor,
    {
        "type": "object",
        "properties": dict.fromkeys(NEW_VENDOR, _TEXT.schema),
        "required": ["name"],
        "additionalProperties": False,
        "description": "a vendor that the books don't know yet; partner_id is left out then",
    },
)
_SUMS = "Amounts are decimal strings in the journal's currency with the bank line's own sign; write-offs and lines "
_SUMS += "include their tax; all amounts and the remainder add up to the line."

SHAPES: dict[str, Shape] = {
    "bank_match": Shape(
        {
            "counterparts": Rows(
                {"move_line_id": _ID, "amount": _AMOUNT_FIELD},
                {
                    "item_amount": _optional(_AMOUNT_FIELD),
                    "item_currency": _optional(_TEXT),
                    "reopens": _optional(_IDS),
                },
                "the open items that the line settles; item_amount and item_currency for an item in another currency",
            ),
            "write_off": Rows(
                {"account_id": _ID, "amount": _AMOUNT_FIELD}, _POSTING, "differences: fee, discount, rounding ..."
            ),
        },
        f"A bank line matched to open items. {_SUMS}",
    ),
    "bank_coding": Shape(
        {"lines": Rows({"account_id": _ID, "amount": _AMOUNT_FIELD}, _POSTING, "the accounts that the line is for")},
        f"A bank line coded to accounts. {_SUMS}",
    ),
    "bill_document": Shape(
        {
            "lines": Rows(
                {"account_id": _ID, "amount": _AMOUNT_FIELD},
                {
                    "label": _optional(_TEXT),
                    "tax_ids": _optional(_IDS),
                    "analytic_distribution": _optional(_DISTRIBUTION),
                    "quantity": _optional(_NUMBER),
                    "price_unit": _optional(_NUMBER),
                    "discount": _optional(_NUMBER),
                    "product_id": _optional(_ID),
                    "deductible": _optional(_SHARE),
                },
                "the lines of the bill; amount is net of tax, deductible the percent of its input tax that is claimed",
            )
        },
        "A vendor bill, credit note or receipt from its document. Amounts are decimal strings in the document's "
        "currency, positive as printed for all three; the lines are net of tax, total is what is owed.",
        {
            "version": _VERSION,
            "move_type": _MOVE_TYPE,
            "partner_id": _optional(_ID),
            "partner": _optional(_NEW_VENDOR),
            **{name: _optional(_TEXT) for name in ("ref", "payment_reference", "origin", "currency", "iban")},
            **{
                name: _optional(_DATE)
                for name in ("invoice_date", "date", "invoice_date_due", "service_from", "service_to")
            },
            "payment_term_id": _optional(_ID),
            "fiscal_position_id": _optional(_ID),
            **{name: _optional(_AMOUNT_ANY) for name in ("net", "tax", "total")},
        },
    ),
}
