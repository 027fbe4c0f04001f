"""Guess what the columns of a sheet hold, from header words and from all of their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from . import day, number
from .sheet_cells import cell_text, signed_amount
from .sheet_mapping import COLUMNS, SheetMapping
from .sheet_rows import Cell, Table, text_of
from .sheet_words import roles_of
from .values import BankFileError

Note = tuple[str, dict]

_HEADER_ROWS = 40
_SAMPLE = 500
_MOSTLY = 0.8
_NUMERIC = ("amount", "debit", "credit", "balance", "foreign_amount")
_ACCOUNT = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9 ]{11,36}")
_FLAGS = number.DEBIT_MARKS | number.CREDIT_MARKS | {"DEBIT", "CREDIT", "SOLL", "HABEN", "AF", "BIJ"}


@dataclass(frozen=True)
class Column:
    """What the cells of a column look like: shares (0..1) of its filled cells."""

    filled: int
    dates: float
    numbers: float
    with_decimals: float
    accounts: float
    currencies: float
    flags: float
    distinct: int
    length: float

    @classmethod
    def of(cls, cells: Sequence[Cell]) -> Column:
        texts = [text_of(cell) for cell in cells if cell != ""][:_SAMPLE]
        total = len(texts) or 1
        numbers = [text for text in texts if _is_number(text)]
        return cls(
            filled=len(texts),
            dates=sum(any(day.attempt(text, order) for order in day.ORDERS) for text in texts) / total,
            numbers=len(numbers) / total,
            with_decimals=sum("." in text or "," in text for text in numbers) / total,
            accounts=sum(bool(_ACCOUNT.fullmatch(text)) for text in texts) / total,
            currencies=sum(len(text) == 3 and text.isalpha() and text.isupper() for text in texts) / total,
            flags=sum(text.upper() in _FLAGS for text in texts) / total,
            distinct=len(set(texts)),
            length=sum(map(len, texts)) / total,
        )

    def may_be(self, role: str) -> bool:
        """Tell whether the cells fit the role; an empty column fits every role."""
        if not self.filled:
            return True
        if role in ("date", "value_date"):
            return self.dates >= _MOSTLY / 2
        if role in _NUMERIC:
            return self.numbers >= _MOSTLY / 2
        if role == "sign":
            return self.flags >= _MOSTLY
        if role in ("currency", "foreign_currency"):
            return self.currencies >= _MOSTLY
        if role == "bank_id":
            return self.distinct == self.filled
        if role in ("texts", "partner_name"):
            return self.dates < _MOSTLY
        return True


def guess(table: Table) -> tuple[SheetMapping, list[Note]]:
    """Guess a mapping; columns that can't be told stay None.

    Notes: ``ambiguous_dates`` (order, example), ``ambiguous_amounts`` (decimal_mark).
    """
    header_row = find_header(table)
    start = 0 if header_row is None else header_row + 1
    body = table.rows[start:]
    columns = [Column.of(cells) for cells in columns_of(body, table.width)]
    header = table.rows[header_row] if header_row is not None else []
    roles = _roles_by_header([text_of(cell) for cell in header], columns)
    _fill_by_content(roles, columns, body)
    texts = tuple(sorted(index for index, role in roles.items() if role == "texts"))
    chosen = {role: index for index, role in roles.items() if role in COLUMNS}
    if "amount" in chosen:
        # Beside a whole amount, "debit" is a kind of fee or an original amount.
        chosen = {role: index for role, index in chosen.items() if role not in ("debit", "credit")}
    mapping = SheetMapping(
        texts=texts,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header_row=header_row,
        **chosen,
    )
    notes: list[Note] = []
    if mapping.bank_id is not None and _counts_rows(body, mapping.bank_id):
        mapping = replace(mapping, bank_id=None)
    mapping = _with_currency_roles(mapping, body)
    mapping = _with_formats(mapping, body, notes)
    return _with_signs(mapping, body), notes


def columns_of(body: list[list[Cell]], width: int) -> list[list[Cell]]:
    """The cells of each column; short rows end in empty ones."""
    return [[row[index] if index < len(row) else "" for row in body] for index in range(width)]


def find_header(table: Table) -> int | None:
    """The row that names most roles, a date or an amount among them, and holds no data itself."""
    best, best_score = None, 1.5
    for index, row in enumerate(table.rows[:_HEADER_ROWS]):
        texts = [text_of(cell) for cell in row]
        best_roles = [roles_of(text)[0] for text in texts if roles_of(text)]
        roles = {role for _score, role in best_roles}
        data = sum(_is_number(text) or _is_date(text) for text in texts)
        exact = sum(score == 1000 for score, _role in best_roles)
        score = len(roles) + exact / 100
        if data == 0 and roles & {"date", "amount", "debit", "credit"} and score > best_score:
            best, best_score = index, score
    return best


def _roles_by_header(header: list[str], columns: list[Column]) -> dict[int, str]:
    """Column → role, the best words first; a taken role passes on to the next best one."""
    body_filled = any(column.filled for column in columns)
    offers = sorted(
        (
            (-score, index, role)
            for index, text in enumerate(header)
            for score, role in roles_of(text)
            if index < len(columns)
            and columns[index].may_be(role)
            and (role != "amount" or columns[index].filled or not body_filled)
        ),
    )
    roles: dict[int, str] = {}
    for _score, index, role in offers:
        if index in roles or (role != "texts" and role in roles.values()):
            continue
        is_own = role == "account_number" and _is_own_account(columns[index])
        roles[index] = "own_account" if is_own else role
    return roles


def _is_own_account(column: Column) -> bool:
    return column.filled > 2 and column.distinct == 1


def _fill_by_content(roles: dict[int, str], columns: list[Column], body: list[list[Cell]]) -> None:
    """Find date, amount and text among the columns whose header says nothing."""
    free = [index for index, column in enumerate(columns) if index not in roles and column.filled]
    if "date" not in roles.values():
        _take(roles, free, "date", [i for i in free if columns[i].dates >= _MOSTLY])
    if not {"amount", "debit", "credit"} & set(roles.values()):
        numeric = [i for i in free if columns[i].numbers >= _MOSTLY and columns[i].with_decimals]
        amount, balance = _amount_and_balance(numeric, body)
        _take(roles, free, "amount", [] if amount is None else [amount])
        if "balance" not in roles.values():
            _take(roles, free, "balance", [] if balance is None else [balance])
    if "currency" not in roles.values():
        _take(roles, free, "currency", [i for i in free if columns[i].currencies >= _MOSTLY])
    if "account_number" not in roles.values():
        accounts = [i for i in free if columns[i].accounts >= _MOSTLY]
        _take(roles, free, "account_number", accounts)
    if "texts" not in roles.values():
        wordy = [i for i in free if columns[i].numbers < 0.5 and columns[i].dates < 0.5]
        roles.update({i: "texts" for i in wordy if columns[i].length > 3})


def _take(roles: dict[int, str], free: list[int], role: str, found: list[int]) -> None:
    if found:
        roles[found[0]] = role
        free.remove(found[0])


def _amount_and_balance(numeric: list[int], body: list[list[Cell]]) -> tuple[int | None, int | None]:
    """Which column's differences are another column's cells: that is the balance."""
    values = {index: _values(body, index) for index in numeric}
    for balance in numeric:
        for amount in numeric:
            if amount != balance and running_share(values[amount], values[balance]) > _MOSTLY:
                return amount, balance
    return (numeric[0] if numeric else None), None


def running_share(amounts: Sequence[Decimal | None], balances: Sequence[Decimal | None]) -> float:
    """The share of neighbouring rows whose balances differ by the amount, whichever is newer."""
    rows = [(a, b) for a, b in zip(amounts, balances, strict=True) if a is not None and b is not None]
    if len(rows) < 2:
        return 0.0
    pairs = list(pairwise(rows))
    up = sum(before[1] + after[0] == after[1] for before, after in pairs)
    down = sum(after[1] + before[0] == before[1] for before, after in pairs)
    return max(up, down) / len(pairs)


def _counts_rows(body: list[list[Cell]], index: int) -> bool:
    """Tell whether a column only numbers the rows of this file: no id, the next file differs."""
    texts = [cell_text(row, index) for row in body if cell_text(row, index)]
    if not all(text.isdecimal() and len(text) < 10 for text in texts):
        return False
    return sorted(map(int, texts)) in (list(range(1, len(texts) + 1)), list(range(len(texts))))


def _with_currency_roles(mapping: SheetMapping, body: list[list[Cell]]) -> SheetMapping:
    """Beside a foreign amount, a currency that changes from row to row is the foreign one."""
    if mapping.currency is None or mapping.foreign_amount is None:
        return mapping
    codes = {text_of(row[mapping.currency]) for row in body if mapping.currency < len(row)}
    if mapping.foreign_currency is None and len(codes - {""}) > 1:
        return replace(mapping, currency=None, foreign_currency=mapping.currency)
    return mapping


def _with_formats(mapping: SheetMapping, body: list[list[Cell]], notes: list[Note]) -> SheetMapping:
    dates = [
        cell
        for index in (mapping.date, mapping.value_date)
        if index is not None
        for cell in (row[index] for row in body if index < len(row))
        if isinstance(cell, str) and _is_date(cell)
    ]
    order, sure = day.best_order(dates) if dates else ("YMD", True)
    if not sure:
        notes.append(("ambiguous_dates", {"order": order, "example": dates[0]}))
    chosen = [getattr(mapping, role) for role in _NUMERIC]
    texts = [
        row[index]
        for index in chosen
        if index is not None
        for row in body
        if index < len(row) and isinstance(row[index], str)
    ]
    mark, mark_sure = number.decimal_mark(texts)
    if not mark_sure:
        notes.append(("ambiguous_amounts", {"decimal_mark": mark}))
    return replace(mapping, date_format=order, decimal_mark=mark)


def _with_signs(mapping: SheetMapping, body: list[list[Cell]]) -> SheetMapping:
    """Find out how signs are meant: from the running balance, else from the debits' own signs."""
    mark = mapping.decimal_mark
    if mapping.debit is not None:
        debits = [value for value in _values(body, mapping.debit, mark) if value]
        mapping = replace(mapping, debit_negative=bool(debits) and max(debits) < 0)
    if mapping.balance is None:
        return mapping
    balances = _values(body, mapping.balance, mark)
    best, best_share = mapping, 0.0
    flag = "debit_negative" if mapping.debit is not None else "inverse_sign"
    for value in (getattr(mapping, flag), not getattr(mapping, flag)):
        candidate = replace(mapping, **{flag: value})
        share = running_share([_signed(candidate, row) for row in body], balances)
        if share > best_share:
            best, best_share = candidate, share
    return best


def _signed(mapping: SheetMapping, row: list[Cell]) -> Decimal | None:
    try:
        return signed_amount(mapping, row, None)
    except BankFileError:
        return None


def _values(body: list[list[Cell]], index: int, mark: str = "") -> list[Decimal | None]:
    texts = [cell_text(row, index) for row in body]
    mark = mark or number.decimal_mark(texts)[0]
    answer: list[Decimal | None] = []
    for row, text in zip(body, texts, strict=True):
        cell = row[index] if index < len(row) else ""
        try:
            answer.append(cell if isinstance(cell, Decimal) else number.written(text, mark))
        except BankFileError:
            answer.append(None)
    return answer


def _is_number(text: str) -> bool:
    if not text or len(text) > number.MAX_LENGTH:
        return False
    for mark in (".", ","):
        try:
            number.written(text, mark)
        except BankFileError:
            continue
        return True
    return False


def _is_date(text: str) -> bool:
    return any(day.attempt(text, order) is not None for order in day.ORDERS)
