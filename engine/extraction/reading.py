"""What was read from a document: fields with their boxes, lines, taxes. The JSON form is ``ai.document.reading``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .page import Box

VERSION = 1

#: Kinds of documents; only the first three become entries.
BILL = "bill"
CREDIT_NOTE = "credit_note"
RECEIPT = "receipt"
REMINDER = "reminder"
PROFORMA = "proforma"
ORDER_CONFIRMATION = "order_confirmation"
DELIVERY_NOTE = "delivery_note"
STATEMENT = "statement"
UNKNOWN = "unknown"
DOCUMENT_KINDS = (
    BILL,
    CREDIT_NOTE,
    RECEIPT,
    REMINDER,
    PROFORMA,
    ORDER_CONFIRMATION,
    DELIVERY_NOTE,
    STATEMENT,
    UNKNOWN,
)
BOOKED_KINDS = (BILL, CREDIT_NOTE, RECEIPT)

#: Values are texts in one normal form: amounts as decimal strings ("1234.50"), dates as ISO ("2026-11-21"), currency
#: as its ISO code, VAT ids and IBANs without spaces in upper case, texts in one line.
AMOUNT_FIELDS = ("net", "tax", "total", "to_pay", "prepaid", "withheld")
DATE_FIELDS = ("date", "due_date", "service_from", "service_to")
TEXT_FIELDS = (
    "vendor",
    "vendor_vat",
    "vendor_iban",
    "vendor_bic",
    "vendor_registry",
    "vendor_phone",
    "vendor_email",
    "vendor_website",
    "vendor_street",
    "vendor_zip",
    "vendor_city",
    "vendor_country",
    "number",
    "original_number",  # of the invoice that a credit note corrects
    "terms",
    "currency",
    "order_reference",
    "payment_reference",
    "customer_number",
    "buyer",
    "buyer_vat",
)
FIELDS = (*TEXT_FIELDS, *DATE_FIELDS, *AMOUNT_FIELDS)

#: Who says a value.
SOURCES = ("xml", "text", "ocr", "layout", "computed", "model", "person")


@dataclass(frozen=True, slots=True)
class Found:
    """A field's value in normal form, the text as it is printed, where it stands (None: nowhere on the page), and the
    measured confidence 0..1 that it is right."""

    value: str
    text: str = ""
    box: Box | None = None
    confidence: float = 0.0
    source: str = "text"

    def to_json(self) -> dict[str, Any]:
        box = self.box.to_json() if self.box else None
        return {
            "value": self.value,
            "text": self.text,
            "box": box,
            "confidence": round(self.confidence, 4),
            "source": self.source,
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Found:
        box = Box.from_json(row["box"]) if row.get("box") else None
        return cls(row["value"], row.get("text", ""), box, row.get("confidence", 0.0), row.get("source", "text"))


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the document, amounts in its currency; ``total`` is net of tax unless the reading's ``is_gross``.
    ``tax_rate`` in percent. What is not printed is None."""

    text: str
    total: Decimal | None = None
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    tax_rate: Decimal | None = None
    discount: Decimal | None = None  # percent
    code: str = ""
    box: Box | None = None

    def to_json(self) -> dict[str, Any]:
        numbers = ("total", "quantity", "unit_price", "tax_rate", "discount")
        return {
            "text": self.text,
            "code": self.code,
            "box": self.box.to_json() if self.box else None,
            **{name: None if getattr(self, name) is None else str(getattr(self, name)) for name in numbers},
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Item:
        numbers = ("total", "quantity", "unit_price", "tax_rate", "discount")
        found = {name: Decimal(row[name]) if row.get(name) is not None else None for name in numbers}
        box = Box.from_json(row["box"]) if row.get("box") else None
        return cls(row["text"], code=row.get("code", ""), box=box, **found)


@dataclass(frozen=True, slots=True)
class TaxPart:
    """Base and tax of one rate (percent) as the document sums them. ``code``: its category, where XML says one (UNTDID
    5305: S, Z, E, AE reverse charge, K intra-community, G export, O outside)."""

    rate: Decimal
    base: Decimal | None = None
    tax: Decimal | None = None
    code: str = ""

    def to_json(self) -> dict[str, Any]:
        told = {"base": self.base, "tax": self.tax}
        return {
            "rate": str(self.rate),
            "code": self.code,
            **{name: None if value is None else str(value) for name, value in told.items()},
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> TaxPart:
        told = {name: Decimal(row[name]) if row.get(name) is not None else None for name in ("base", "tax")}
        return cls(Decimal(row["rate"]), code=row.get("code", ""), **told)


@dataclass(frozen=True, slots=True)
class Reading:
    """One document. ``kind`` is one of ``DOCUMENT_KINDS``; ``reasons`` say in (code, values) pairs what it was told by.
    ``problems``: (code, values) of checks that failed: ``totals``, ``tax_base``, ``iban``, ``vat``, ``date_future`` ...
    ``is_gross``: the items' totals include tax."""

    kind: str = UNKNOWN
    fields: Mapping[str, Found] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    taxes: tuple[TaxPart, ...] = ()
    problems: tuple[tuple[str, dict[str, Any]], ...] = ()
    reasons: tuple[tuple[str, dict[str, Any]], ...] = ()
    language: str = ""
    is_gross: bool = False

    def value(self, name: str) -> str:
        """The value of a field, empty when it was not found."""
        found = self.fields.get(name)
        return found.value if found else ""

    def amount(self, name: str) -> Decimal | None:
        """The value of a field of ``AMOUNT_FIELDS``, None when it was not found."""
        value = self.value(name)
        return Decimal(value) if value else None

    def to_json(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "kind": self.kind,
            "fields": {name: found.to_json() for name, found in self.fields.items()},
            "items": [item.to_json() for item in self.items],
            "taxes": [part.to_json() for part in self.taxes],
            "problems": [[code, values] for code, values in self.problems],
            "reasons": [[code, values] for code, values in self.reasons],
            "language": self.language,
            "is_gross": self.is_gross,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Reading:
        return cls(
            told["kind"],
            {name: Found.from_json(row) for name, row in told["fields"].items()},
            tuple(Item.from_json(row) for row in told["items"]),
            tuple(TaxPart.from_json(row) for row in told["taxes"]),
            tuple((code, values) for code, values in told["problems"]),
            tuple((code, values) for code, values in told["reasons"]),
            told["language"],
            told["is_gross"],
        )
