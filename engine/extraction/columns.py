"""Where the lines of a document stand: heads of columns, and the run of amounts that adds up to its net or total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from ..text import fold
from . import line_words
from .figures import Figure, folded
from .rows import Row

#: Right edges of one column lie within this part of the page's width.
EDGE = 0.016
#: A longer document is read as far as this many amounts a column.
_LONGEST = 3000
_MOST_STARTS = 80
_CENT = 100  # units
_NO_LINES = (line_words.SUMS, line_words.TAXES, line_words.PAYMENTS, line_words.ROUNDINGS)


@dataclass(frozen=True, slots=True)
class Head:
    """A word over a column. ``role``: one of ``line_words.HEADS``."""

    role: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Run:
    """Amounts of one column, one a line of the document. ``is_exact``: they add up to ``target``: net or total."""

    figures: tuple[Figure, ...]
    target: str
    is_exact: bool = True
    sign: int = 1  # -1: printed with the other sign than the document's amounts, as on some credit notes


def head_rows(found: Sequence[Row]) -> dict[int, tuple[Head, ...]]:
    """{row index: heads} of the rows that name columns: two roles at least, an amount or a price among them."""
    heads = {}
    for row in found:
        if sum(char.isdigit() for char in row.text) > 4:
            continue
        named = tuple(_heads(row))
        roles = {head.role for head in named}
        if len(roles) >= 2 and roles & {"amount", "price"} and roles & {"text", "quantity", "code", "price"}:
            heads[row.index] = named
    return heads


def _heads(row: Row) -> Iterator[Head]:
    for word in row.words:
        role = line_words.head_of(fold(word.text))
        if role:
            yield Head(role, word.box.x0, word.box.x1)


def sums(row: Row) -> bool:
    """Whether the row sums, taxes or tells of a payment: what it tells is no line."""
    text = folded(row)
    return any(line_words.begins(text, words) for words in _NO_LINES)


def names_sum(row: Row, figure: Figure) -> bool:
    """Whether the short text left of a number names a sum, a tax or a payment, wherever it stands in the row."""
    before = [cell for cell in row.cells if cell.words[0].box.x0 < figure.x0]
    texts = [fold(cell.text) for cell in before if any(char.isalpha() for char in cell.text)]
    if not texts or sum(any(map(str.isalpha, word)) for word in texts[-1].split()) > 4:
        return False
    return any(line_words.says(texts[-1], words) for words in _NO_LINES)


def _is_under_sum(by_index: Mapping[int, Row], index: int) -> bool:
    """Whether a row of numbers only stands under words for sums: the summary of taxes."""
    before = by_index.get(index - 1)
    return before is not None and not any(map(str.isalpha, by_index[index].text)) and sums(before)


def find_run(
    found: Sequence[Row],
    read: Mapping[int, Sequence[Figure]],
    heads: Mapping[int, Sequence[Head]],
    targets: Mapping[str, Decimal],
) -> Run | None:
    """The best run of amounts that adds up to one of ``targets``; None when there is none.

    :param read: numbers of each row
    :param targets: "net" and "total", as far as known
    """
    by_index = {row.index: row for row in found}
    end = _last_sum(found, read, list(targets.values()))
    columns = [
        [figure for figure in column if figure.row < end and not _is_aside(by_index[figure.row])][:_LONGEST]
        for column in _columns(found, read)
    ]
    strict = [
        [
            figure
            for figure in column
            if not names_sum(by_index[figure.row], figure) and not _is_under_sum(by_index, figure.row)
        ]
        for column in columns
    ]
    return _best_run(strict, by_index, heads, targets) or _best_run(columns, by_index, heads, targets)


def _best_run(
    columns: Sequence[Sequence[Figure]],
    by_index: Mapping[int, Row],
    heads: Mapping[int, Sequence[Head]],
    targets: Mapping[str, Decimal],
) -> Run | None:
    best: tuple[tuple, Run] | None = None
    for column in columns:
        negative = any(figure.value < 0 for figure in column)
        for (name, target), sign in product(targets.items(), (1, -1)):
            if sign < 0 and not negative and target > 0:
                continue
            for run in _runs(column, by_index, heads, sign * target):
                rank = (sign, *_rank(run, name, heads))
                if best is None or rank > best[0]:
                    best = rank, Run(tuple(run), name, True, sign)
    return best and best[1]


def _last_sum(found: Sequence[Row], read: Mapping[int, Sequence[Figure]], targets: Sequence[Decimal]) -> int:
    """Index of the last row that states one of the targets as a sum; lines stand above it."""
    stating = [
        row.index
        for row in found
        if sums(row) and any(abs(figure.value) == abs(target) for figure in read[row.index] for target in targets)
    ]
    return max(stating, default=len(found))


def _is_aside(row: Row) -> bool:
    return sums(row) or line_words.begins(folded(row), line_words.INCLUDED)


def _columns(found: Sequence[Row], read: Mapping[int, Sequence[Figure]]) -> list[list[Figure]]:
    """Amounts by their right edge, then by their left one, in reading order."""
    amounts = [figure for row in found for figure in read[row.index] if not figure.percent]
    money = [figure for figure in amounts if figure.places == 2]
    columns = []
    for edge in ("x1", "x0"):
        columns += _clusters(money, edge)
        if len(amounts) < 4 * len(money) + 20:
            columns += _clusters([figure for figure in amounts if figure.places in (0, 2)], edge)
    return columns


def _clusters(figures: Sequence[Figure], edge: str) -> list[list[Figure]]:
    clusters: list[list[Figure]] = []
    for figure in sorted(figures, key=lambda figure: getattr(figure, edge)):
        if clusters and getattr(figure, edge) - getattr(clusters[-1][-1], edge) <= EDGE / 2:
            clusters[-1].append(figure)
        else:
            clusters.append([figure])
    return [sorted(cluster, key=lambda figure: (figure.row, figure.x0)) for cluster in clusters]


def _runs(
    column: Sequence[Figure], by_index: Mapping[int, Row], heads: Mapping[int, Sequence[Head]], target: Decimal
) -> Iterator[list[Figure]]:
    """Runs of consecutive amounts that sum to ``target``. What repeats the sum so far is a subtotal and left out."""
    if not target:
        return
    signed = [_signed(figure, by_index[figure.row]) for figure in column]
    for variant in [column, signed] if signed != list(column) else [column]:
        units = [_units(figure.value) for figure in variant]
        for start in _starts(variant, heads):
            run = _run_from(variant, units, start, _units(target))
            if run:
                yield run


def _units(value: Decimal) -> int:
    """Ten-thousandths: whole numbers are added a hundred times faster."""
    return int(value.scaleb(4))


def _starts(column: Sequence[Figure], heads: Mapping[int, Sequence[Head]]) -> Iterator[int]:
    """Where a run may begin: anywhere near the top, further down only after heads."""
    rows = sorted(heads)
    for at, figure in enumerate(column):
        before = column[at - 1].row if at else -1
        if at < _MOST_STARTS or any(before < row < figure.row for row in rows):
            yield at


def _signed(figure: Figure, row: Row) -> Figure:
    """A discount takes away, though it is printed without a minus."""
    if figure.value > 0 and line_words.says(folded(row), line_words.REDUCTIONS):
        return Figure(-figure.value, *(getattr(figure, name) for name in Figure.__slots__[1:]))
    return figure


def _run_from(column: Sequence[Figure], units: Sequence[int], start: int, target: int) -> list[Figure] | None:
    run: list[int] = []
    total = part = since = 0
    found = None
    for at in range(start, len(column)):
        value = units[at]
        if value and since >= 2 and value in (total, part):
            part = since = 0
            continue
        if found and value:
            break
        run.append(at)
        total += value
        part += value
        since += 1
        if abs(total - target) <= _CENT * min(1 + len(run) // 3, 5) and units[run[0]]:
            found = list(run)
    return [column[at] for at in found] if found else None


def _rank(run: Sequence[Figure], name: str, heads: Mapping[int, Sequence[Head]]) -> tuple:
    """Under a head of amounts before others; the more lines the better; net before total; right before left."""
    above = [index for index in heads if index < run[0].row]
    head = heads[max(above)] if above else ()
    role = role_of(run[0], head)
    exact = role == "amount"
    near = bool(above) and run[0].row - max(above) <= 6
    # The same heads on the next page are one table, others are another.
    between = [heads[index] for index in heads if run[0].row < index < run[-1].row]
    whole = all([one.role for one in others] == [one.role for one in head] for others in between)
    return (whole, exact and near, near, len(run), name == "net", run[0].x1)


def role_of(figure: Figure, heads: Sequence[Head]) -> str:
    """The role of the head over a number: the one that overlaps it most, else the nearest within half a column."""
    best, distance = "", 0.06
    for head in heads:
        overlap = min(head.x1, figure.x1) - max(head.x0, figure.x0)
        away = 0.0 if overlap > 0 else -overlap
        edges = min(abs(head.x1 - figure.x1), abs(head.x0 - figure.x0))
        score = away + edges / 4
        if score < distance:
            best, distance = head.role, score
    return best


def run_under_heads(
    found: Sequence[Row], read: Mapping[int, Sequence[Figure]], heads: Mapping[int, Sequence[Head]]
) -> Run | None:
    """What stands under a head of amounts until the first sum, when nothing adds up."""
    for index, head in heads.items():
        run = []
        for row in found[index + 1 :]:
            if row.index in heads:
                continue
            if run and (sums(row) or any(names_sum(row, figure) for figure in read[row.index])):
                break
            under = [figure for figure in read[row.index] if figure.places == 2 and role_of(figure, head) == "amount"]
            if under and not _is_aside(row):
                run.append(under[-1])
        if run:
            return Run(tuple(run), "", False)
    return None
