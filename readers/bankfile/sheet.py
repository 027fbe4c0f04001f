"""CSV and XLSX statements: preview with a guessed mapping, and reading with a chosen one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from . import container, day, number
from .reference import is_reference, joined, references
from .sheet_cells import amount_in, cell_text, looks_like_day, signed_amount
from .sheet_guess import guess, running_share
from .sheet_mapping import SheetMapping, normalised, signature
from .sheet_rows import Cell, Table, table, text_of
from .sheet_words import ACCOUNT, CLOSING, OPENING
from .values import BankFile, BankFileError, Statement, StatementLine

Note = tuple[str, dict]

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")
_NUMBER_AFTER_WORD = re.compile(r"[:#]?\s*([A-Z0-9][A-Z0-9 ./-]{4,40})$")
PREVIEW_ROWS = 20


@dataclass(frozen=True)
class SheetPreview:
    """What a person needs to choose columns.

    ``columns`` are the header's names ("Column 1" ... without a header), ``rows`` the first rows
    as text, ``row_count`` all rows below the header, ``mapping`` the guess, ``signature`` the key
    under which a mapping for this header is remembered, ``notes`` the doubts of the guess.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_count: int
    mapping: SheetMapping
    signature: str
    notes: tuple[Note, ...] = ()

    def adopt(self, remembered: SheetMapping) -> SheetMapping:
        """A remembered mapping with this file's own header row, encoding and delimiter."""
        return replace(
            remembered,
            header_row=self.mapping.header_row,
            encoding=self.mapping.encoding,
            delimiter=self.mapping.delimiter,
        )


def preview_sheet(data: bytes, max_bytes: int = container.MAX_BYTES) -> SheetPreview:
    """Look at a sheet without reading its lines. Raises as ``sheet_rows.table``, ``no_rows``."""
    cells = _filled_table(data, None, max_bytes)
    mapping, notes = guess(cells)
    start = _first_row(mapping)
    header = [] if mapping.header_row is None else cells.rows[mapping.header_row]
    names = [text_of(cell) for cell in header] + [""] * (cells.width - len(header))
    return SheetPreview(
        columns=tuple(name or f"Column {index}" for index, name in enumerate(names, 1)),
        rows=tuple(
            tuple(cell_text(row, index) for index in range(cells.width))
            for row in cells.rows[start : start + PREVIEW_ROWS]
        ),
        row_count=len(cells.rows) - start,
        mapping=mapping,
        signature=signature(names),
        notes=tuple(notes),
    )


def read_sheet(
    data: bytes,
    name: str = "",
    mapping: SheetMapping | None = None,
    max_bytes: int = container.MAX_BYTES,
) -> BankFile:
    """Read the lines of a sheet, with a guessed mapping if none is given; ``name`` names it.

    A row without a date (totals, balances) is passed over and noted; a row whose date or amount
    can't be read stops the file. One statement for each currency; lines in order of time.
    Raises BankFileError: ``no_date``, ``no_amount``, ``bad_mapping``, ``bad_date``, ``bad_amount``,
    ``no_rows`` and those of ``sheet_rows.table``. Notes: ``rows_skipped``, ``balance_gap``,
    ``ambiguous_dates``, ``ambiguous_amounts``, ``several_currencies``, ``no_currency``.
    """
    if mapping is not None:
        mapping.check()
    cells = _filled_table(data, mapping, max_bytes)
    notes: list[Note] = []
    if mapping is None:
        mapping, notes = guess(cells)
    mapping.check(cells.width, len(cells.rows))
    reading = _Reading(mapping, cells)
    reading.read()
    reading.note_skipped(notes)
    statements = reading.statements(name, notes)
    return BankFile("sheet", statements, tuple(notes))


def _filled_table(data: bytes, mapping: SheetMapping | None, max_bytes: int) -> Table:
    wanted = (mapping.encoding, mapping.delimiter) if mapping else ("", "")
    cells = table(data, *wanted, max_bytes)
    if not cells.rows:
        raise BankFileError("no_rows", "The sheet is empty. Export the account again.")
    return cells


def _first_row(mapping: SheetMapping) -> int:
    return (0 if mapping.header_row is None else mapping.header_row + 1) + mapping.skip_rows


@dataclass
class _Row:
    line: StatementLine
    currency: str
    balance: Decimal | None


@dataclass
class _Reading:
    """Turns the rows of one table into lines."""

    mapping: SheetMapping
    table: Table
    rows: list[_Row] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)

    def read(self) -> None:
        start = _first_row(self.mapping)
        for cells, line in self.table.numbered(start):
            row = self._row(cells, line)
            if row is None:
                self.skipped.append(line)
            else:
                self.rows.append(row)

    def _row(self, cells: list[Cell], line: int) -> _Row | None:
        mapping = self.mapping
        when = cells[mapping.date] if mapping.date < len(cells) else ""
        if not looks_like_day(when) and _attempt(when, mapping) is None:
            return None
        amount = signed_amount(mapping, cells, line)
        if amount is None:
            self._refuse_cut_row(cells, line)
            return None
        bank_id = cell_text(cells, mapping.bank_id)
        foreign = amount_in(mapping.foreign_amount, mapping, cells, line)
        foreign_currency = cell_text(cells, mapping.foreign_currency).upper()
        statement_line = StatementLine(
            date=_day(when, mapping, line),
            amount=amount,
            text=joined(cell_text(cells, index) for index in mapping.texts),
            value_date=self._value_date(cells, line),
            partner_name=" ".join(cell_text(cells, mapping.partner_name).split()),
            account_number=cell_text(cells, mapping.account_number).replace(" ", ""),
            references=references([cell_text(cells, mapping.reference)]),
            bank_id=bank_id if is_reference(bank_id) else "",
            foreign_amount=foreign if foreign and foreign_currency else None,
            foreign_currency=foreign_currency if foreign else "",
            raw=self._raw(cells),
            source_line=line,
        )
        balance = amount_in(mapping.balance, mapping, cells, line)
        return _Row(statement_line, cell_text(cells, mapping.currency).upper(), balance)

    def _refuse_cut_row(self, cells: list[Cell], line: int) -> None:
        """A last line without line end, amount and last columns was cut off."""
        is_last = line == self.table.lines[-1]
        if is_last and not self.table.ends_with_break and len(cells) < self.table.width:
            raise BankFileError(
                "truncated",
                f"The file ends in the middle of line {line}. Download it again from the bank.",
                line=line,
            )

    def _value_date(self, cells: list[Cell], line: int) -> date | None:
        index = self.mapping.value_date
        cell = cells[index] if index is not None and index < len(cells) else ""
        return _day(cell, self.mapping, line) if cell != "" else None

    def _raw(self, cells: list[Cell]) -> dict[str, str]:
        header = self.mapping.header_row
        names = self.table.rows[header] if header is not None else []
        texts = ((cell_text(names, index), text_of(cell)) for index, cell in enumerate(cells))
        return {name or f"Column {index}": text for index, (name, text) in enumerate(texts, 1) if text}

    def note_skipped(self, notes: list[Note]) -> None:
        if self.skipped:
            values = {"count": len(self.skipped), "lines": self.skipped[:20]}
            notes.append(("rows_skipped", values))

    def statements(self, name: str, notes: list[Note]) -> tuple[Statement, ...]:
        self._sort_by_time()
        currencies = list(dict.fromkeys(row.currency for row in self.rows)) or [""]
        if len(currencies) > 1:
            notes.append(("several_currencies", {"currencies": currencies}))
        elif not currencies[0]:
            notes.append(("no_currency", {"statement": name}))
        account = self._own_account()
        answer = []
        for currency in currencies:
            rows = [row for row in self.rows if row.currency == currency]
            start, end = self._balances(rows, notes) if len(currencies) == 1 else (None, None)
            answer.append(
                Statement(
                    account_number=account,
                    currency=currency,
                    lines=tuple(row.line for row in rows),
                    name=name,
                    date=max((row.line.date for row in rows), default=None),
                    balance_start=start,
                    balance_end=end,
                )
            )
        return tuple(answer)

    def _sort_by_time(self) -> None:
        """Turn a list that begins with the newest line around; never reorder within it."""
        if len(self.rows) < 2:
            return
        first, last = self.rows[0].line.date, self.rows[-1].line.date
        if first > last or (first == last and self._runs_downwards()):
            self.rows.reverse()

    def _runs_downwards(self) -> bool:
        known = [row for row in self.rows if row.balance is not None]
        pairs = list(pairwise(known))
        down = sum(a.balance - a.line.amount == b.balance for a, b in pairs)
        up = sum(a.balance + b.line.amount == b.balance for a, b in pairs)
        return down > up

    def _balances(self, rows: list[_Row], notes: list[Note]) -> tuple[Decimal | None, Decimal | None]:
        known = [row for row in rows if row.balance is not None]
        if not known or len(known) < len(rows):
            return self._stated(OPENING), self._stated(CLOSING)
        amounts = [row.line.amount for row in known]
        if running_share(amounts, [row.balance for row in known]) < 1 and len(known) > 1:
            _note_running_gaps(known, notes)
        return known[0].balance - amounts[0], known[-1].balance

    def _stated(self, words: tuple[str, ...]) -> Decimal | None:
        """A balance that a row outside the list names ("Opening balance;;1.234,00")."""
        for cells in self._rows_outside():
            texts = [text_of(cell) for cell in cells]
            place = next((i for i, text in enumerate(texts) if normalised(text).startswith(words)), None)
            values = [] if place is None else [text for text in texts[place + 1 :] if text]
            for text in reversed(values):
                try:
                    return number.written(text, self.mapping.decimal_mark)
                except BankFileError:
                    continue
        return None

    def _own_account(self) -> str:
        index = self.mapping.own_account
        start = _first_row(self.mapping)
        stated = {cell_text(row, index) for row in self.table.rows[start:]} - {""}
        if index is not None and len(stated) == 1:
            return stated.pop().replace(" ", "")
        for cells in self._rows_outside():
            for place, cell in enumerate(cells):
                found = _account_in(text_of(cell), cell_text(cells, place + 1))
                if found:
                    return found
        return ""

    def _rows_outside(self) -> list[list[Cell]]:
        header = self.mapping.header_row or 0
        skipped = set(self.skipped)
        return self.table.rows[:header] + [row for row, line in self.table.numbered() if line in skipped]


def _note_running_gaps(rows: list[_Row], notes: list[Note]) -> None:
    """Note the first row whose balance does not follow from the one before, and their count."""
    gaps = [
        (after, before.balance + after.line.amount)
        for before, after in pairwise(rows)
        if before.balance + after.line.amount != after.balance
    ]
    if gaps:
        row, expected = gaps[0]
        values = {
            "where": "running",
            "line": row.line.source_line,
            "count": len(gaps),
            "expected": number.shown(expected),
            "found": number.shown(row.balance),
            "gap": number.shown(row.balance - expected),
        }
        notes.append(("balance_gap", values))


def _account_in(text: str, following: str) -> str:
    """An account number that a cell names, in itself or in the cell behind it."""
    word = next((word for word in ACCOUNT if normalised(text).startswith(word)), "")
    if not word:
        return ""
    iban = _IBAN.search(text) or _IBAN.search(following)
    if iban:
        return iban.group().replace(" ", "")
    own = _NUMBER_AFTER_WORD.search(text.partition(":")[2].strip() or following.strip())
    return own.group(1).replace(" ", "") if own else ""


def _attempt(cell: Cell, mapping: SheetMapping) -> date | None:
    return day.attempt(cell, mapping.date_format) if isinstance(cell, str) else None


def _day(cell: Cell, mapping: SheetMapping, line: int) -> date:
    if isinstance(cell, date):
        return cell
    return day.ordered(text_of(cell), mapping.date_format, line)
