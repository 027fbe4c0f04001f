"""Is what was read right? Exact in every field; in names case, punctuation and legal form do not count."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from . import truth
from .truth import AMOUNTS, Document

CENT = Decimal("0.01")


def is_right(document: Document, name: str, said: str, kind: str = "") -> bool:
    """:param said: the value of the reading in its normal form
    :param kind: of document as it was read: a credit note's amounts may be told with either sign
    """
    return any(_same(name, said, value, kind) for value in document.truth[name])


def _same(name: str, said: str, told: str, kind: str) -> bool:
    if name in AMOUNTS:
        return _same_amount(said, told, kind == "credit_note")
    if name == "vendor":
        return truth.name_key(said) == truth.name_key(told)
    if name == "vat":
        return _without_country(said, told) or truth.squeezed(said) == told
    if name == "iban":
        return truth.squeezed(said) == told
    if name == "number":
        return _number(said) == _number(told)
    return said.strip().upper() == told.upper()


def _number(text: str) -> str:
    return "".join(text.split()).strip("#:").upper()


def _without_country(said: str, told: str) -> bool:
    said = truth.squeezed(said)
    return said[2:] == told if said[:2].isalpha() and told.isdigit() else said == told[2:] and told[:2].isalpha()


def _same_amount(said: str, told: str, is_credit_note: bool) -> bool:
    try:
        found, right = Decimal(said), Decimal(told)
    except InvalidOperation:
        return False
    return found == right or (is_credit_note and found == -right)


def lines_are_right(document: Document, items: Sequence[Any], kind: str = "") -> bool:
    """As many lines as there are, in order, with the quantities, prices, rates and totals that the truth tells."""
    told = document.lines
    if isinstance(told, int):
        return len(items) == told
    if len(items) != len(told or ()):
        return False
    signs = (1, -1) if kind == "credit_note" else (1,)
    return any(all(_line(item, row, sign) for item, row in zip(items, told, strict=True)) for sign in signs)


def _line(item: Any, told: dict[str, Any], sign: int) -> bool:
    for name in ("quantity", "unit_price", "total", "tax_rate"):
        if told[name] is None:
            continue
        found = getattr(item, name)
        if found is None:
            if name == "total":
                return False
            continue
        expected = Decimal(str(told[name])) * (sign if name in ("quantity", "total") else 1)
        if abs(found - expected) >= CENT:
            return False
    return True


def line_totals(document: Document, items: Sequence[Any], kind: str = "") -> tuple[int, int]:
    """(found, all): lines of the truth whose text and total were read, whatever stands between them."""
    told = document.lines
    if told is None or isinstance(told, int):
        return 0, 0
    free = list(items)
    found = 0
    for line in told:
        match = next((item for item in free if _is_line(item, line, kind)), None)
        if match is not None:
            free.remove(match)
            found += 1
    return found, len(told)


def _is_line(item: Any, told: dict[str, Any], kind: str) -> bool:
    if told["total"] is not None and not _same_amount(_text(item.total), str(told["total"]), kind == "credit_note"):
        return False
    said = truth.squeezed(truth.fold(item.text))
    # The first line of a text that takes several: what follows is often told apart in one truth and not in another.
    first = truth.squeezed(truth.fold((told["text"] or "").splitlines()[0])) if told["text"] else ""
    return first in said or (bool(said) and said in first)


def _text(amount: Decimal | None) -> str:
    return "" if amount is None else str(amount)
