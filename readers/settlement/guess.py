"""Guess what the columns of a settlement file hold: from their heads, then from the arithmetic of the rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from ..bankfile import day, number
from ..bankfile.sheet_mapping import normalised
from ..bankfile.sheet_rows import Cell, Table, text_of
from ..bankfile.values import BankFileError
from .mapping import COLUMNS, TAX_BESIDE, TAX_INSIDE, SettlementMapping
from .words import kind_of, roles_of

Note = tuple[str, dict]

_HEADER_ROWS = 40
_SAMPLE = 500
_MOSTLY = 0.8
_NUMERIC = ("amount", "fee", "tax", "net", "original_amount")
_MAX_WORDS = 60


def guess(table: Table) -> tuple[SettlementMapping, list[Note]]:
    """A mapping of the table; what can't be told stays None. Notes: ``ambiguous_dates``, ``ambiguous_amounts``."""
    header_row = find_header(table)
    start = 0 if header_row is None else header_row + 1
    body = table.rows[start : start + 20_000]
    header = [text_of(cell) for cell in table.rows[header_row]] if header_row is not None else []
    roles = _roles(header, body)
    chosen = {role: index for index, role in roles.items() if role in COLUMNS}
    mapping = SettlementMapping(
        references=tuple(sorted(index for index, role in roles.items() if role == "references")),
        encoding=table.encoding,
        delimiter=table.delimiter,
        header_row=header_row,
        **chosen,
    )
    notes: list[Note] = []
    mapping = _with_formats(mapping, body, notes)
    mapping = replace(mapping, kinds=kinds_of(mapping, body))
    return with_arithmetic(mapping, body), notes


def find_header(table: Table) -> int | None:
    """The row that names most roles and holds no amounts itself."""
    best, best_score = None, 1.5
    for index, row in enumerate(table.rows[:_HEADER_ROWS]):
        texts = [text_of(cell) for cell in row]
        roles = {found[0][1] for found in map(roles_of, texts) if found}
        data = sum(_is_amount(text) or _is_date(text) for text in texts)
        if not data and len(roles) > best_score:
            best, best_score = index, float(len(roles))
    return best


def kinds_of(mapping: SettlementMapping, body: list[list[Cell]]) -> dict[str, str]:
    """The kinds that the words of the kind column mean, as far as they are known."""
    found = {}
    for word in words_in(mapping, body):
        kind = kind_of(word)
        if kind:
            found[normalised(word)] = kind
    return found


def words_in(mapping: SettlementMapping, body: list[list[Cell]]) -> list[str]:
    """The different words of the kind column, the commonest first; at most ``_MAX_WORDS``."""
    if mapping.kind is None:
        return []
    words = Counter(text_of(row[mapping.kind])[:80] for row in body if mapping.kind < len(row))
    return [word for word, _count in words.most_common(_MAX_WORDS) if normalised(word)]


def with_arithmetic(mapping: SettlementMapping, body: list[list[Cell]]) -> SettlementMapping:
    """The sign of fees and the place of their tax that make amount - fee = net in most rows."""
    rows = [tuple(_value(row, getattr(mapping, role), mapping) for role in ("amount", "fee", "tax", "net"))
            for row in body[:_SAMPLE]]  # fmt: skip
    rows = [row for row in rows if row[1]]
    if not rows:
        return mapping
    if mapping.amount is None or mapping.net is None:
        costs = sum(fee > 0 for _amount, fee, _tax, _net in rows)
        return replace(mapping, fee_negative=costs * 2 < len(rows))
    best, best_share = mapping, -1
    for negative in (False, True):
        for place in (TAX_INSIDE, TAX_BESIDE):
            right = sum(_fits(row, negative, place) for row in rows)
            if right > best_share:
                best, best_share = replace(mapping, fee_negative=negative, tax_place=place), right
    return best


def _fits(row: tuple, negative: bool, place: str) -> bool:
    amount, fee, tax, net = row
    if amount is None or net is None:
        return False
    sign = -1 if negative else 1
    beside = (tax or Decimal(0)) if place == TAX_BESIDE else Decimal(0)
    return amount - sign * (fee + beside) == net


def _roles(header: list[str], body: list[list[Cell]]) -> dict[int, str]:
    """Column → role: the best words first; a taken role passes on to the next best one."""
    offers = sorted(
        (-score, index, role)
        for index, text in enumerate(header)
        for score, role in roles_of(text)
        if _may_be(role, body, index)
    )
    roles: dict[int, str] = {}
    for _score, index, role in offers:
        if index not in roles and (role == "references" or role not in roles.values()):
            roles[index] = role
    return roles


def _may_be(role: str, body: list[list[Cell]], index: int) -> bool:
    cells = [text_of(row[index]) for row in body[:_SAMPLE] if index < len(row) and row[index] != ""]
    if not cells:
        return role not in ("date", "payout_date", "amount")
    if role in _NUMERIC:
        return sum(map(_is_amount, cells)) >= _MOSTLY * len(cells)
    if role in ("date", "payout_date"):
        return sum(map(_is_date, cells)) >= _MOSTLY * len(cells)
    if role in ("currency", "original_currency"):
        return all(len(cell) == 3 and cell.isalpha() for cell in cells)
    return True


def _with_formats(mapping: SettlementMapping, body: list[list[Cell]], notes: list[Note]) -> SettlementMapping:
    dates = _texts(body, (mapping.date, mapping.payout_date))
    order, sure = day.best_order([text for text in dates if _is_date(text)]) if dates else ("YMD", True)
    if not sure:
        notes.append(("ambiguous_dates", {"order": order, "example": dates[0]}))
    mark, mark_sure = number.decimal_mark(_texts(body, [getattr(mapping, role) for role in _NUMERIC]))
    if not mark_sure:
        notes.append(("ambiguous_amounts", {"decimal_mark": mark}))
    return replace(mapping, date_format=order, decimal_mark=mark)


def _texts(body, indexes):
    return [
        row[index]
        for index in indexes
        if index is not None
        for row in body
        if index < len(row) and isinstance(row[index], str) and row[index]
    ]


def _value(row: list[Cell], index: int | None, mapping: SettlementMapping) -> Decimal | None:
    cell = row[index] if index is not None and index < len(row) else ""
    if isinstance(cell, Decimal):
        return cell
    try:
        return number.written(text_of(cell), mapping.decimal_mark) if cell else None
    except BankFileError:
        return None


def _is_amount(text: str) -> bool:
    if not text or len(text) > number.MAX_LENGTH or not any(sign.isdigit() for sign in text):
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
