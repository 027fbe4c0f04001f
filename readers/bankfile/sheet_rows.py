"""Rows of cells out of CSV text and XLSX workbooks."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from . import container, encoding, number
from .library import library
from .values import BankFileError

Cell = str | Decimal | date

MAX_ROWS = 300_000
MAX_COLUMNS = 200
MAX_CELL = 4_000
MAX_BLANK_ROWS = 1_100_000
DELIMITERS = (";", ",", "\t", "|")
_PARTS_WITH_ENTITIES = 64 * 1024


@dataclass(frozen=True)
class Table:
    """Rows with their 1-based line (CSV: line of the file; XLSX: row of the sheet), none blank."""

    rows: list[list[Cell]]
    lines: list[int]
    encoding: str = ""
    delimiter: str = ""
    ends_with_break: bool = True

    def numbered(self, start: int = 0) -> Iterator[tuple[list[Cell], int]]:
        """Rows from ``start`` on, each with its line."""
        return zip(self.rows[start:], self.lines[start:], strict=True)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


def text_of(cell: Cell) -> str:
    """Write a cell as text: numbers with a point, dates as 2024-01-31."""
    if isinstance(cell, Decimal):
        return number.shown(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def table(data: bytes, encoding_name: str = "", delimiter: str = "", max_bytes: int = 0) -> Table:
    """Read CSV or XLSX. Raises ``not_text``, ``broken_sheet``, ``too_many_rows``, ``truncated`` ...

    Without ``encoding_name`` or ``delimiter`` they are guessed. ``max_bytes`` bounds what a
    workbook may unpack to (times a factor, see container).
    """
    if container.is_zip(data):
        return _workbook(data, max_bytes or container.MAX_BYTES)
    text, name = encoding.decode(data, encoding_name)
    return _csv(text, name, delimiter or guessed_delimiter(text))


def guessed_delimiter(text: str) -> str:
    """The mark that cuts most of the first lines into the same number of cells."""
    sample = text[:20_000].splitlines()[:60]
    best, best_score = ",", 0.0
    for mark in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=mark) if any(row)]
        except csv.Error:
            continue
        common = Counter(width for width in widths if width > 1).most_common(1)
        if common:
            width, times = common[0]
            score = times / len(widths) * min(width, 12)
            if score > best_score:
                best, best_score = mark, score
    return best


def _csv(text: str, encoding_name: str, delimiter: str) -> Table:
    rows: list[list[Cell]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for row in reader:
            cells = [cell.strip()[:MAX_CELL] for cell in row[:MAX_COLUMNS]]
            if any(cells):
                rows.append(cells)
                lines.append(start)
            start = reader.line_num + 1
            _check_rows(rows)
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise BankFileError(
                "truncated",
                f"The file ends inside a quoted text that begins on line {start}. The download was "
                f"cut off: get it again from the bank.",
                line=start,
            ) from error
        return _loose_csv(text, encoding_name, delimiter)
    return Table(rows, lines, encoding_name, delimiter, text.endswith(("\n", "\r")))


def _loose_csv(text: str, encoding_name: str, delimiter: str) -> Table:
    """Read a file whose quote marks are part of the texts, line by line."""
    rows: list[list[Cell]] = []
    lines: list[int] = []
    for position, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip(' "')[:MAX_CELL] for cell in line.split(delimiter)[:MAX_COLUMNS]]
        if any(cells):
            rows.append(cells)
            lines.append(position)
        _check_rows(rows)
    return Table(rows, lines, encoding_name, delimiter, text.endswith(("\n", "\r")))


def _workbook(data: bytes, max_bytes: int) -> Table:
    archive = container.opened(data, max_bytes)
    for name in archive.namelist():
        head = container.content(archive, name, _PARTS_WITH_ENTITIES)
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in head.replace(b"\x00", b""):
            raise BankFileError(
                "entities_forbidden",
                "The workbook declares a document type, which Excel never does and which can be an "
                "attack. It was not read.",
            )
    openpyxl = library("openpyxl", "XLSX files")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows, lines = _first_filled_sheet(book)
        book.close()
    except BankFileError:
        raise
    # openpyxl lets errors of every kind through from a broken workbook.
    except Exception as error:
        raise BankFileError(
            "broken_sheet",
            f"The workbook is damaged ({type(error).__name__}). Open it in Excel, save it again, or export CSV.",
        ) from error
    return Table(rows, lines)


def _first_filled_sheet(book) -> tuple[list[list[Cell]], list[int]]:
    for sheet in book.worksheets:
        rows: list[list[Cell]] = []
        lines: list[int] = []
        for position, cells in _filled_rows(sheet):
            rows.append(cells)
            lines.append(position)
            _check_rows(rows)
        if rows:
            return rows, lines
    return [], []


def _filled_rows(sheet) -> Iterator[tuple[int, list[Cell]]]:
    # The declared size is often a million rows or wrong; rows tell their own number.
    sheet.reset_dimensions()
    for position, values in enumerate(sheet.iter_rows(values_only=True), 1):
        if position > MAX_BLANK_ROWS:
            raise _too_many()
        cells = [_cell(value, position) for value in values[:MAX_COLUMNS]]
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            yield position, cells


def _cell(value: object, line: int) -> Cell:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return number.from_cell(value, line)
        except BankFileError:
            return str(value)[:MAX_CELL]
    return str(value).strip()[:MAX_CELL]


def _check_rows(rows: list) -> None:
    if len(rows) > MAX_ROWS:
        raise _too_many()


def _too_many() -> BankFileError:
    return BankFileError(
        "too_many_rows",
        f"The file has more than {MAX_ROWS:,} rows. Export a shorter period.",
        limit=MAX_ROWS,
    )
