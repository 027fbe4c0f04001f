"""The shape of a proposal per kind: what an outside caller may send. Returns reasons, never raises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

Problem = tuple[str, str]  # code, path of the field


def amount(value: Any) -> Decimal | None:
    """The decimal of an amount string; None when it is not one. Floats are refused: they lose cents."""
    if not isinstance(value, str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < Decimal(10) ** 15 else None


def problems(kind: str, proposal: Any) -> list[Problem]:
    """What is wrong with ``proposal``: (code, path) pairs; empty when it fits the schema of ``kind``."""
    check = _CHECKS.get(kind)
    if check is None:
        return [("no_schema", kind)]
    if not isinstance(proposal, Mapping):
        return [("not_an_object", "proposal")]
    return check(proposal)


def total(proposal: Mapping[str, Any]) -> Decimal:
    """Sum of all parts of a proposal that fits its schema: what the bank line must be."""
    parts = [part for name in ("counterparts", "write_off", "lines") for part in proposal.get(name) or ()]
    return sum((Decimal(part["amount"]) for part in parts), Decimal(proposal.get("remainder") or "0"))


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _ids(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(map(_is_id, value))


def _optional_id(value: Any) -> bool:
    return value in (None, False) or _is_id(value)


def _text(value: Any) -> bool:
    return value in (None, False) or (isinstance(value, str) and len(value) <= 1000)


def _nonzero(value: Any) -> bool:
    number = amount(value)
    return number is not None and number != 0


_COUNTERPART: dict[str, Callable[[Any], bool]] = {"move_line_id": _is_id, "amount": _nonzero}
_POSTING: dict[str, Callable[[Any], bool]] = {"account_id": _is_id, "amount": _nonzero}
_OPTIONAL: dict[str, Callable[[Any], bool]] = {
    "tax_ids": _ids,
    "label": _text,
    "reason": _text,
    "item_amount": _nonzero,
    "item_currency": _text,
    "reopens": _ids,
    "move_line_id": _is_id,
    "pair_line_id": _is_id,
    "analytic_distribution": lambda value: value in (None, False) or isinstance(value, Mapping),
}


def _rows(proposal: Mapping[str, Any], name: str, fields: dict[str, Callable[[Any], bool]]) -> list[Problem]:
    rows = proposal.get(name) or []
    if not isinstance(rows, (list, tuple)) or len(rows) > 1000:
        return [("not_a_list", name)]
    found: list[Problem] = []
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            found.append(("not_an_object", f"{name}[{number}]"))
            continue
        found += [("bad_value", f"{name}[{number}].{key}") for key, fits in fields.items() if not fits(row.get(key))]
        for key, value in row.items():
            if key in fields:
                continue
            if key not in _OPTIONAL:
                found.append(("unknown_field", f"{name}[{number}].{key}"))
            elif not _OPTIONAL[key](value):
                found.append(("bad_value", f"{name}[{number}].{key}"))
    return found


def _rest(proposal: Mapping[str, Any], names: tuple[str, ...]) -> list[Problem]:
    found: list[Problem] = []
    if proposal.get("remainder") not in (None, "0") and amount(proposal["remainder"]) is None:
        found.append(("bad_value", "remainder"))
    if not _optional_id(proposal.get("partner_id")):
        found.append(("bad_value", "partner_id"))
    known = {*names, "remainder", "partner_id", "version"}
    found += [("unknown_field", str(key)) for key in proposal if key not in known]
    if not any(proposal.get(name) for name in names):
        found.append(("empty", names[0]))
    return found


def _bank_match(proposal: Mapping[str, Any]) -> list[Problem]:
    return [
        *_rows(proposal, "counterparts", _COUNTERPART),
        *_rows(proposal, "write_off", _POSTING),
        *_rest(proposal, ("counterparts", "write_off")),
    ]


def _bank_coding(proposal: Mapping[str, Any]) -> list[Problem]:
    return [*_rows(proposal, "lines", _POSTING), *_rest(proposal, ("lines",))]


_CHECKS = {"bank_match": _bank_match, "bank_coding": _bank_coding}
