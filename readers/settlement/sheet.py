"""CSV and XLSX settlement files: preview with a guessed mapping, and reading with a chosen one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ..bankfile import container, day, number
from ..bankfile.sheet_cells import cell_text, looks_like_day
from ..bankfile.sheet_mapping import normalised, signature
from ..bankfile.sheet_rows import Cell, Table, table, text_of
from ..bankfile.values import BankFileError
from . import values
from .grouping import grouped
from .guess import guess, with_arithmetic, words_in
from .mapping import TAX_BESIDE, SettlementMapping
from .values import SettlementFile, SettlementRow
from .words import kind_of

PREVIEW_ROWS = 20
_MAX_TEXT = 300
_CENT = Decimal("0.01")
_LETTERS_INSIDE = re.compile(r"[0-9][^\W\d_]+[0-9]")
_DESCRIBED = (values.CHARGEBACK, values.CHARGEBACK_WON, values.RESERVE_HELD, values.RESERVE_RELEASED)


@dataclass(frozen=True)
class SettlementPreview:
    """What a person needs to choose columns; as ``bankfile.SheetPreview``, with the words that tell kinds of rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_count: int
    mapping: SettlementMapping
    signature: str
    words: tuple[str, ...] = ()
    notes: tuple[tuple[str, dict], ...] = ()


def preview_sheet(data: bytes, max_bytes: int = container.MAX_BYTES) -> SettlementPreview:
    """Look at a sheet without reading its rows. Raises BankFileError, as ``sheet_rows.table``, and ``no_rows``."""
    cells = _filled(data, None, max_bytes)
    mapping, notes = guess(cells)
    start = _first_row(mapping)
    header = [] if mapping.header_row is None else cells.rows[mapping.header_row]
    names = [text_of(cell)[:80] for cell in header] + [""] * (cells.width - len(header))
    body = cells.rows[start:]
    return SettlementPreview(
        columns=tuple(name or f"Column {index}" for index, name in enumerate(names, 1)),
        rows=tuple(tuple(cell_text(row, index) for index in range(cells.width)) for row in body[:PREVIEW_ROWS]),
        row_count=len(body),
        mapping=mapping,
        signature=signature(names),
        words=tuple(words_in(mapping, body)),
        notes=tuple(notes),
    )


def adopt_sheet(
    data: bytes, remembered: SettlementMapping, preview: SettlementPreview, max_bytes: int = container.MAX_BYTES
) -> SettlementMapping:
    """A remembered mapping for this file. How fees are written is learned anew where the rows tell it: a file without
    fees had nothing to learn it from."""
    mapping = remembered.on(preview.mapping)
    mapping.check(len(preview.columns))
    if mapping.amount is None or mapping.net is None or mapping.fee is None:
        return mapping
    cells = _filled(data, mapping, max_bytes)
    return with_arithmetic(mapping, cells.rows[_first_row(mapping) :])


def words_of_sheet(data: bytes, mapping: SettlementMapping, max_bytes: int = container.MAX_BYTES) -> tuple[str, ...]:
    """The words of the column that ``mapping`` takes for kinds of rows."""
    return tuple(words_in(mapping, _filled(data, mapping, max_bytes).rows[_first_row(mapping) :]))


def read_sheet(
    data: bytes, name: str = "", mapping: SettlementMapping | None = None, max_bytes: int = container.MAX_BYTES
) -> SettlementFile:
    """The payouts of a sheet; ``name`` names a payout that the file gives no reference.

    A row without a date (totals) is passed over and noted; a row that does not add up stops the file.
    Raises BankFileError: ``bad_mapping``, ``no_date``, ``no_amount``, ``bad_date``, ``bad_amount``, ``bad_row``,
    ``no_rows`` and those of ``sheet_rows.table``. Notes: ``rows_skipped``, ``unknown_kinds``, ``kept``.
    """
    if mapping is not None:
        mapping.check()
    cells = _filled(data, mapping, max_bytes)
    notes: list[tuple[str, dict]] = []
    if mapping is None:
        mapping, notes = guess(cells)
    mapping.check(cells.width, len(cells.rows))
    start = _first_row(mapping)
    rows, skipped = [], []
    for row, line in cells.numbered(start):
        found = _row(mapping, row, line)
        if found:
            rows.append(found)
        else:
            skipped.append(line)
    if not rows:
        raise BankFileError("no_rows", "No row of the file has a date and an amount. Choose the columns again.")
    if skipped:
        notes.append(("rows_skipped", {"count": len(skipped), "first": skipped[0]}))
    words = tuple(words_in(mapping, cells.rows[start:]))
    unknown = tuple(word for word in words if normalised(word) not in mapping.kinds)
    if unknown:
        notes.append(("unknown_kinds", {"words": ", ".join(unknown[:5])}))
    payouts = grouped(rows, name)
    notes += [
        ("kept", {"payout": payout.reference, "amount": number.shown(payout.kept)}) for payout in payouts if payout.kept
    ]
    return SettlementFile("sheet", payouts, tuple(notes), words, unknown)


def _filled(data: bytes, mapping: SettlementMapping | None, max_bytes: int) -> Table:
    wanted = (mapping.encoding, mapping.delimiter) if mapping else ("", "")
    cells = table(data, *wanted, max_bytes)
    if not cells.rows:
        raise BankFileError("no_rows", "The sheet is empty. Export the settlement again.")
    return cells


def _first_row(mapping: SettlementMapping) -> int:
    return (0 if mapping.header_row is None else mapping.header_row + 1) + mapping.skip_rows


def _row(mapping: SettlementMapping, cells: list[Cell], line: int) -> SettlementRow | None:
    when = _day(mapping, cells, mapping.date, line) or _day(mapping, cells, mapping.payout_date, line)
    amounts = {
        role: _amount(mapping, cells, getattr(mapping, role), line)
        for role in ("amount", "fee", "tax", "net", "original_amount")
    }
    if when is None or (amounts["amount"] is None and amounts["net"] is None and amounts["fee"] is None):
        return None
    word = cell_text(cells, mapping.kind)[:80]
    amount, fee, tax = _money(mapping, amounts, line)
    kind = _kind(mapping, word, amount, fee)
    if kind == values.ADJUSTMENT:
        # Some providers book disputes and reserves as adjustments, and only describe them.
        told = kind_of(cell_text(cells, mapping.text))
        kind = told if told in _DESCRIBED else kind
    amount, fee, tax = _shaped(kind, amount, fee, tax)
    original = amounts["original_amount"]
    return SettlementRow(
        kind=kind,
        date=when,
        amount=amount,
        fee=fee,
        tax=tax,
        currency=cell_text(cells, mapping.currency).upper()[:3],
        references=tuple(
            dict.fromkeys(
                text for text in (cell_text(cells, index)[:_MAX_TEXT] for index in mapping.references) if text
            )
        ),
        customer=cell_text(cells, mapping.customer)[:_MAX_TEXT],
        text=cell_text(cells, mapping.text)[:_MAX_TEXT],
        payout=cell_text(cells, mapping.payout)[:80],
        payout_date=_day(mapping, cells, mapping.payout_date, line),
        merchant=cell_text(cells, mapping.merchant)[:80],
        original_amount=original.copy_sign(amount) if original and amount else None,
        original_currency=cell_text(cells, mapping.original_currency).upper()[:3] if original else "",
        word=word,
        line=line,
    )


def _money(mapping, amounts, line) -> tuple[Decimal, Decimal, Decimal | None]:
    """(amount before fees, fee with its tax, tax); a row whose three columns contradict each other is refused."""
    sign = -1 if mapping.fee_negative else 1
    tax = None if mapping.tax is None else sign * (amounts["tax"] or Decimal(0))
    beside = tax if tax is not None and mapping.tax_place == TAX_BESIDE else Decimal(0)
    fee = sign * (amounts["fee"] or Decimal(0)) + beside
    amount, net = amounts["amount"], amounts["net"]
    if amount is None:
        return (net + fee if net is not None else Decimal(0)), fee, tax
    if net is None:
        return amount, fee, tax
    if abs(amount - fee - net) > _CENT and abs(amount - net) > _CENT:
        raise BankFileError(
            "bad_row",
            f"Line {line}: {number.shown(amount)} less the fee {number.shown(fee)} is not {number.shown(net)}. "
            f"Look at the columns of amount, fee and net, and at the sign of fees.",
            line=line,
        )
    # Some exports repeat the amount of a fee or transfer in all columns.
    return (amount, fee, tax) if abs(amount - fee - net) <= _CENT else (net, Decimal(0), None)


def _kind(mapping, word: str, amount: Decimal, fee: Decimal) -> str:
    kind = mapping.kinds.get(normalised(word)) if word else None
    if kind:
        return kind
    if word:
        return values.ADJUSTMENT
    if not amount and fee:
        return values.FEE
    return values.SALE if amount > 0 else values.REFUND


def _shaped(kind: str, amount: Decimal, fee: Decimal, tax: Decimal | None):
    """Fees as fees; the sign that the kind has, whichever way the file writes it."""
    if kind == values.FEE:
        return Decimal(0), fee - amount, tax
    if kind in values.TAKING and amount > 0 and fee <= 0:
        return -amount, fee, tax
    if kind in values.BRINGING and amount < 0 and kind == values.RESERVE_RELEASED:
        return -amount, fee, tax
    return amount, fee, tax


def _amount(mapping, cells: list[Cell], index: int | None, line: int) -> Decimal | None:
    cell = cells[index] if index is not None and index < len(cells) else ""
    if isinstance(cell, Decimal):
        return cell
    text = text_of(cell).strip()
    if not text.strip("-\u2013 "):
        return None
    if _LETTERS_INSIDE.search(text):
        # "1e999" is no 1999.
        raise BankFileError("bad_amount", f"“{text[:60]}” is not an amount.", line=line, text=text[:60])
    return number.written(text, mapping.decimal_mark, line)


def _day(mapping, cells: list[Cell], index: int | None, line: int) -> date | None:
    cell = cells[index] if index is not None and index < len(cells) else ""
    if isinstance(cell, date):
        return cell
    text = text_of(cell).strip()
    if not text or not looks_like_day(text) and day.attempt(text, mapping.date_format) is None:
        return None
    return day.ordered(text, mapping.date_format, line)


def with_kinds(mapping: SettlementMapping, kinds: dict[str, str]) -> SettlementMapping:
    """``mapping`` with words that a person explained."""
    return replace(mapping, kinds={**mapping.kinds, **{normalised(word): kind for word, kind in kinds.items()}})
