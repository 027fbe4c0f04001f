"""What an e-invoice tells, put into the form of a reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

VERSION = 1
BILL, CREDIT_NOTE, PROFORMA = "bill", "credit_note", "proforma"
#: Of UNTDID 1001: what is no bill. All others that may stand on an e-invoice are one.
KINDS = {
    **dict.fromkeys(("81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"), CREDIT_NOTE),
    "325": PROFORMA,
}

AMOUNTS = ("net", "tax", "total", "to_pay", "prepaid", "withheld")
_ITEM_AMOUNTS = ("total", "quantity", "unit_price", "tax_rate", "discount")
_SQUEEZED = ("vendor_vat", "vendor_iban", "vendor_bic", "buyer_vat")
_UPPER = ("currency", "vendor_country")
_SEPARATORS = re.compile(r"[\s.\-/]")
_CENTS = Decimal("0.01")


def reading(
    kind: str,
    fields: Mapping[str, Any],
    items: Iterable[Mapping[str, Any]],
    taxes: Iterable[Mapping[str, Any]],
    source: str,
    *,
    is_gross: bool = False,
) -> dict[str, Any]:
    """A reading in JSON.

    :param fields: texts, ISO dates, Decimals; what is empty or None is not told
    :param items: ``text``, ``code``, and Decimals or None
    :param taxes: ``rate``, ``base``, ``tax`` as Decimals, ``code`` (UNTDID 5305)
    :param source: name of the format
    """
    items, taxes = list(items), [tax for tax in taxes if tax["rate"] is not None]
    sign = 1
    if (fields.get("total") or 0) < 0 and kind != PROFORMA:
        kind, sign = CREDIT_NOTE, -1
    values = {name: value for name, value in fields.items() if value is not None and value != ""}
    for name in AMOUNTS:
        if name in values:
            values[name] = values[name] * sign
    return {
        "version": VERSION,
        "kind": kind,
        "fields": {name: _found(_normal(name, value)) for name, value in values.items()},
        "items": [_item(item, sign) for item in items],
        "taxes": [_tax(tax, sign) for tax in taxes],
        "problems": [],
        "reasons": [["einvoice", {"format": source}]],
        "language": "",
        "is_gross": is_gross or _adds_up_to_total(items, fields),
    }


def _adds_up_to_total(items, fields):
    """Whether the items tell amounts with tax, as some programs do against the format."""
    net, total = fields.get("net"), fields.get("total")
    told = sum((item["total"] for item in items if item.get("total") is not None), Decimal())
    return net is not None and total is not None and told == total != net


def _found(value):
    return {"value": value, "text": value, "box": None, "confidence": 1.0, "source": "xml"}


def _normal(name, value):
    if isinstance(value, Decimal):
        return amount(value)
    if name in _SQUEEZED:
        return _SEPARATORS.sub("", value).upper()
    return value.upper() if name in _UPPER else value


def amount(value: Decimal) -> str:
    """In normal form: at least two places, more where they say something."""
    value = value + 0  # no negative zero
    exact = value.normalize()
    if exact.as_tuple().exponent >= -2:
        exact = value.quantize(_CENTS)
    return f"{exact:f}"


def _item(item, sign):
    told = {name: item.get(name) for name in _ITEM_AMOUNTS}
    if sign < 0:
        _turn(told)
    numbers = {name: None if value is None else _plain(name, value) for name, value in told.items()}
    return {"text": item.get("text") or "", "code": item.get("code") or "", "box": None, **numbers}


def _turn(told):
    """Turn the sign of a line: of its total, and of what makes it, the quantity or else the price."""
    turned = "quantity" if told["quantity"] is not None else "unit_price"
    for name in ("total", turned):
        if told[name] is not None:
            told[name] = -told[name]


def _plain(name, value):
    if name == "total":
        return amount(value)
    return f"{(value + 0).normalize():f}"


def _tax(tax, sign):
    told = {name: None if tax[name] is None else amount(tax[name] * sign) for name in ("base", "tax")}
    return {"rate": _plain("rate", tax["rate"]), "code": tax.get("code") or "", **told}


def discount(reduced: Decimal | None, price: Decimal | None, quantity: Decimal | None) -> Decimal | None:
    """Percent that a line is reduced by an amount, where price and quantity tell the whole."""
    if not reduced or not price or not quantity:
        return None
    return (reduced / (price * quantity) * 100).quantize(Decimal("0.000001"))


def joined(*texts: str) -> str:
    """Texts that say something, each once."""
    kept: list[str] = []
    for text in texts:
        if text and not any(text in other for other in kept):
            kept.append(text)
    return "\n".join(kept)
