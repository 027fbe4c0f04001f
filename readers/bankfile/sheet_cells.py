"""Single cells of a sheet's row, read as a mapping says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from . import number
from .sheet_mapping import SheetMapping, normalised
from .sheet_rows import Cell, text_of

_DEBIT_WORDS = number.DEBIT_MARKS | {"DEBIT", "DEBET", "SOLL", "AF", "LASTSCHRIFT"}


def signed_amount(mapping: SheetMapping, row: list[Cell], line: int | None) -> Decimal | None:
    """The row's amount, a receipt positive, or None if its cells are empty; raise ``bad_amount``.

    With a flag column the amount's own sign does not count. Debit and credit may both be filled.
    """
    if mapping.amount is not None:
        value = amount_in(mapping.amount, mapping, row, line)
        if value is None:
            return None
        if mapping.sign is not None:
            value = -abs(value) if _is_debit(cell_text(row, mapping.sign)) else abs(value)
    else:
        debit = amount_in(mapping.debit, mapping, row, line)
        credit = amount_in(mapping.credit, mapping, row, line)
        if debit is None and credit is None:
            return None
        debit = debit or Decimal(0)
        value = (credit or Decimal(0)) + (debit if mapping.debit_negative else -debit)
    return -value if mapping.inverse_sign else value


def amount_in(index: int | None, mapping: SheetMapping, row: list[Cell], line: int | None) -> Decimal | None:
    """The number in a cell, None for an empty one or no column; raise ``bad_amount``."""
    cell = row[index] if index is not None and index < len(row) else ""
    if isinstance(cell, Decimal):
        return cell
    text = text_of(cell).strip()
    return number.written(text, mapping.decimal_mark, line) if text.strip("-\u2013 ") else None


def cell_text(row: list[Cell], index: int | None) -> str:
    """A cell as text, empty for no column or a short row."""
    return text_of(row[index]) if index is not None and index < len(row) else ""


def _is_debit(flag: str) -> bool:
    return normalised(flag).upper() in _DEBIT_WORDS


def looks_like_day(cell: Cell) -> bool:
    """Tell whether a cell is a date or a text that begins like one."""
    return isinstance(cell, date) or (isinstance(cell, str) and cell[:1].isdigit())
