"""Which column of a plan is what, and its rows as dates and amounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..bankfile import container, day, number
from ..bankfile.sheet_mapping import normalised
from ..bankfile.sheet_rows import Cell, table, text_of
from ..bankfile.values import BankFileError

#: Words of headings, the longest match first; one column a role.
_WORDS = {
    "balance": """outstanding balance|remaining balance|closing balance|balance after|remaining principal|
        capital restant|restschuld|restkapital|restant du|solde|saldo|openstaand|balance|outstanding|rest""",
    "interest": "interest|zinsen|zins|interets|interet|rente|intereses|interessi|juros",
    "principal": """principal|capital|kapital|tilgung|amortissement|amortization|amortisation|aflossing|redemption|
        kapitaal|quota capitale|amortizacion|capital rembourse""",
    "fee": "fee|fees|charge|costs|gebuhr|gebuehr|kosten|frais|comision|spese|insurance|assurance",
    "payment": """instalment|installment|payment|rate|annuity|annuitat|annuitaet|mensualite|echeance|termijn|betaling|
        total|zahlung|betrag|cuota|rata|amount""",
    "date": "due date|date|datum|falligkeit|faelligkeit|termin|vervaldatum|vervaldag|fecha|data|echeance du",
}
_ORDER = ("date", "balance", "interest", "principal", "fee", "payment")
_HEADER_ROWS = 40
MAX_ROWS = 1200


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row; ``line`` of the file. Amounts are without sign as plans print them, None where the cell is empty."""

    line: int
    date: date
    payment: Decimal | None = None
    interest: Decimal | None = None
    principal: Decimal | None = None
    fee: Decimal | None = None
    balance: Decimal | None = None


def read(data: bytes, max_bytes: int = container.MAX_BYTES) -> tuple[PlanRow, ...]:
    """The dated rows of a plan, in the file's order.

    :raise PlanFileError: ``no_columns`` without headings for a date and at least two amounts, ``no_rows``,
        ``too_many_rows``, and whatever makes a sheet unreadable
    """
    if len(data) > max_bytes:
        raise BankFileError("too_large", "The file is larger than a plan can be.")
    cells = table(data, max_bytes=max_bytes)
    header, columns = _header(cells.rows)
    rows = list(cells.numbered(header + 1))
    dates = [_text(row, columns["date"]) for row, _line in rows if _has_digit(row, columns["date"])]
    order, _sure = day.best_order([text for text in dates if text])
    amounts = [_text(row, place) for row, _line in rows for role, place in columns.items() if role != "date"]
    mark, _sure = number.decimal_mark(text for text in amounts if text)
    found = [each for row, line in rows if (each := _row(row, line, columns, order, mark))]
    if not found:
        raise BankFileError("no_rows", "No row of the file has a date and amounts. Is it the plan of instalments?")
    if len(found) > MAX_ROWS:
        raise BankFileError("too_many_rows", f"The plan has more than {MAX_ROWS} instalments.")
    return tuple(found)


def _header(rows: list[list[Cell]]) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (0, {})
    for place, row in enumerate(rows[:_HEADER_ROWS]):
        columns = _columns([normalised(text_of(cell)) for cell in row])
        if "date" in columns and len(columns) > len(best[1]):
            best = place, columns
    if len(best[1]) < 3:
        raise BankFileError(
            "no_columns",
            "No row with headings for the date and the amounts was found. Name the columns Date, Payment, Interest, "
            "Principal and Balance.",
        )
    return best


def _columns(headings: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for role in _ORDER:
        words = sorted((" ".join(word.split()) for word in _WORDS[role].split("|")), key=len, reverse=True)
        for word in words:
            place = next((n for n, text in enumerate(headings) if _means(text, word) and n not in found.values()), None)
            if place is not None:
                found[role] = place
                break
    return found


def _means(heading: str, word: str) -> bool:
    return word in heading if " " in word or len(word) > 5 else word in heading.split()


def _row(row: list[Cell], line: int, columns: dict[str, int], order: str, mark: str) -> PlanRow | None:
    when = _day(row, columns["date"], order)
    if when is None:
        return None
    amounts = {role: _amount(row, place, mark, line) for role, place in columns.items() if role != "date"}
    # A plan's first row often is the payment out: a balance and nothing paid.
    if not any(amounts.get(role) for role in ("payment", "interest", "principal", "fee")):
        return None
    return PlanRow(line, when, **amounts)


def _day(row: list[Cell], place: int, order: str) -> date | None:
    cell = row[place] if place < len(row) else ""
    return cell if isinstance(cell, date) else day.attempt(text_of(cell), order)


def _amount(row: list[Cell], place: int, mark: str, line: int) -> Decimal | None:
    cell = row[place] if place < len(row) else ""
    if isinstance(cell, Decimal):
        return abs(cell)
    text = text_of(cell).strip()
    return abs(number.written(text, mark, line)) if text.strip("-\u2013 ") else None


def _text(row: list[Cell], place: int) -> str:
    cell = row[place] if place < len(row) else ""
    return cell if isinstance(cell, str) else ""


def _has_digit(row: list[Cell], place: int) -> bool:
    return any(char.isdigit() for char in _text(row, place))
