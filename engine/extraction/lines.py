"""The lines of a document: text, quantity, price, tax, total.

Amounts are believed by arithmetic first: the lines are what adds up to the net or the total, quantity and price are
what makes the line's amount. Heads of columns decide where arithmetic leaves a choice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

from .columns import Head, Run, find_run, head_rows, names_sum, role_of, run_under_heads, sums
from .figures import Figure, decimal_mark, figures, folded, other_words
from .page import Box, Page, Word
from .parting import part
from .reading import Item, Reading
from .rows import Row, rows
from .tables import taxes_of, with_bases

CENT = Decimal("0.01")
#: Text follows its line within this many heights of a row.
_NEAR = 2.6
_LONGEST_TEXT = 500
_LONGEST_UNIT = 5
_POSITION = re.compile(r"^\d{1,4}[.)]?$")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class _Table:
    rows: Sequence[Row]
    read: Mapping[int, Sequence[Figure]]
    heads: Mapping[int, Sequence[Head]]
    run: Run
    noise: frozenset[int]

    def head_above(self, index: int) -> Sequence[Head]:
        above = [row for row in self.heads if row < index]
        return self.heads[max(above)] if above else ()


def read_items(pages: Sequence[Page], reading: Reading) -> Reading:
    """``reading`` with its items, whether they include tax, and its taxes by rate.

    Called when the totals are known: lines that don't add up to one of them are told, with the problem ``lines``.
    """
    found = rows(pages)
    net, tax, total = (reading.amount(name) for name in ("net", "tax", "total"))
    taxes = reading.taxes or taxes_of(found, net, tax, total)
    if net is None and None not in (total, tax):
        net = total - tax
    mark = decimal_mark(found)
    read = {row.index: figures(row, mark) for row in found}
    heads = head_rows(found)
    targets = {name: value for name, value in (("net", net), ("total", total)) if value}
    run = find_run(found, read, heads, targets) or run_under_heads(found, read, heads)
    if run is None:
        return replace(reading, taxes=taxes)
    table = _Table(found, read, heads, run, _repeated(found))
    items = tuple(_items(table, {one.rate for one in taxes}))
    is_gross = run.is_exact and run.target == "total" and net is not None and net != total
    if run.is_exact and not is_gross:
        items, taxes = part(items, with_bases(taxes, items))
    problems = reading.problems
    if not run.is_exact:
        told = sum(figure.value for figure in run.figures)
        problems = (*problems, ("lines", {"lines": str(told), "net": str(net or total or "")}))
    return replace(reading, items=items, taxes=taxes, is_gross=is_gross, problems=problems)


def _repeated(found: Sequence[Row]) -> frozenset[int]:
    """Rows that stand on several pages at the same height: letter heads and footers."""
    places: dict[tuple[str, int], set[int]] = {}
    keys = {}
    for row in found:
        key = (re.sub(r"\d+", "", folded(row)), round(row.y0 * 50))
        keys[row.index] = key
        places.setdefault(key, set()).add(row.page)
    return frozenset(index for index, key in keys.items() if len(places[key]) > 1)


def _items(table: _Table, rates: set[Decimal]) -> list[Item]:
    numbers = [_numbers(table, figure, rates) for figure in table.run.figures]
    texts = _texts(table, [used for _values, used in numbers])
    found = []
    for figure, words, (values, _used) in zip(table.run.figures, texts, numbers, strict=True):
        row = table.rows[figure.row]
        code, words = _parted(words, table.head_above(figure.row))
        text = " ".join(word.text for word in words)[:_LONGEST_TEXT].strip()
        boxes = [word.box for word in (*row.words, *words) if word.box.page == row.page]
        total = table.run.sign * figure.value
        found.append(Item(text, total=total, code=code, box=Box.around(boxes), **values))
    return found


# === NUMBERS === #


def _numbers(table: _Table, figure: Figure, rates: set[Decimal]) -> tuple[dict[str, Decimal | None], frozenset[Figure]]:
    """(quantity, unit price, discount, tax rate; each None where nothing tells it), and the numbers that told them."""
    heads = table.head_above(figure.row)
    others = [other for other in table.read[figure.row] if other.first != figure.first]
    roles = {other: role_of(other, heads) for other in others}
    made = _made(figure.value, [other for other in others if not other.percent and other.value], roles)
    quantity, price, discount = made or _by_heads(roles)
    told = [other for other in others if other.percent and other != discount and roles[other] != "discount"]
    bare = [other for other in others if roles[other] == "tax" and other.value in rates]
    rate = next((other for other in (*told, *bare) if 0 <= other.value <= 60), None)
    values = {
        "quantity": quantity and quantity.value,
        "unit_price": price and price.value,
        "discount": discount and discount.value,
        "tax_rate": rate.value if rate else None,
    }
    if quantity is None and price is not None and abs(price.value) == abs(figure.value):
        values["quantity"] = Decimal(1)
    return values, frozenset(other for other in (quantity, price, discount, rate) if other)


def _made(
    total: Decimal, others: Sequence[Figure], roles: Mapping[Figure, str]
) -> tuple[Figure, Figure, Figure | None] | None:
    """(quantity, price, discount) whose product is the line's amount; heads decide between several."""
    best = None
    discounts = [other for other in roles if 0 < other.value < 100 and (other.percent or roles[other] == "discount")]
    for quantity, price in permutations(others[:8], 2):
        for discount in (None, *discounts[:4]):
            if discount in (quantity, price) or not _makes(quantity.value, price, discount, total):
                continue
            rank = (
                (roles[quantity] == "quantity") + (roles[price] == "price"),
                discount is None,
                price.places,
                -quantity.places,
                quantity.value == 1,
                quantity.x0 < price.x0,
            )
            if best is None or rank > best[0]:
                best = rank, (quantity, price, discount)
    return best and best[1]


def _makes(quantity: Decimal, price: Figure, discount: Figure | None, total: Decimal) -> bool:
    made = quantity * price.value
    if discount is not None:
        made = made * (100 - discount.value) / 100
    slack = max(CENT, abs(quantity) * Decimal(5).scaleb(-price.places - 1))
    return abs(abs(made) - abs(total)) <= min(slack, max(CENT, abs(total) / 200))


def _by_heads(roles: Mapping[Figure, str]) -> tuple[Figure | None, Figure | None, None]:
    """What stands under the heads of quantity and price, where no product tells it."""
    quantity = next((other for other, role in roles.items() if role == "quantity" and not other.percent), None)
    price = next((other for other, role in roles.items() if role == "price" and not other.percent), None)
    return quantity, price, None


# === TEXTS === #


def _texts(table: _Table, used: Sequence[frozenset[Figure]]) -> list[list[Word]]:
    """The words of each line: those of its own row, and of the rows around it that have no amount of their own."""
    starts = [figure.row for figure in table.run.figures]
    own = [_own_words(table, start, numbers) for start, numbers in zip(starts, used, strict=True)]
    after = [_following(table, start, nxt) for start, nxt in zip(starts, [*starts[1:], None], strict=True)]
    if sum(map(_names, own)) * 2 < len(own):
        # The text stands above its numbers or below them; above, where the first line has text under the heads.
        before = _preceding(table, starts[0])
        if before:
            above = [before, *(rows[-1:] for rows in after[:-1])]
            codes = [[word for word in words if any(map(str.isdigit, word.text))] for words in own]
            return [[word for row in rows for word in row] + words for words, rows in zip(codes, above, strict=True)]
    return [words + [word for row in rows for word in row] for words, rows in zip(own, after, strict=True)]


def _names(words: Sequence[Word]) -> bool:
    """Whether words name something that is sold: more than a unit or a code of tax."""
    return bool(re.search(r"[^\W\d_]{4,}|[^\W\d_]{3,}\W+[^\W\d_]{3,}", " ".join(word.text for word in words)))


def _own_words(table: _Table, start: int, numbers: frozenset[Figure] = frozenset()) -> list[Word]:
    row = table.rows[start]
    amount = next(figure for figure in table.run.figures if figure.row == start)
    heads = table.head_above(start)
    used = [
        figure
        for figure in table.read[start]
        if figure in numbers
        or figure == amount
        or figure.is_amount
        or role_of(figure, heads) in ("quantity", "price", "tax", "discount", "amount")
    ]
    words = [word for word in other_words(row, used) if word.box.x0 < amount.x0]
    while words and not any(map(str.isalnum, words[-1].text)):
        words.pop()
    return [word for word in words if not _is_unit(word, heads)]


def _is_unit(word: Word, heads: Sequence[Head]) -> bool:
    """A word without a number under a head of numbers: a unit, a currency, a code of tax."""
    if len(word.text.removesuffix("(s)")) > _LONGEST_UNIT or any(char.isdigit() for char in word.text):
        return False
    figure = Figure(Decimal(0), 0, word.box.x0, word.box.x1, 0, False, 0, 0)
    numeric = [head for head in heads if head.role in ("quantity", "price", "tax", "discount", "amount")]
    return (
        bool(numeric)
        and word.box.x0 >= min(head.x0 for head in numeric) - 0.02
        and role_of(figure, heads) in ("quantity", "price", "tax", "discount", "amount")
    )


def _text_left(table: _Table, start: int) -> tuple[float, float]:
    """Left and right limit of the column of texts."""
    row = table.rows[start]
    words = _own_words(table, start) or list(row.words)
    lettered = [word for word in words if _LETTERS.search(word.text)] or words
    numbers = [figure.x0 for figure in table.read[start] if figure.x0 > lettered[0].box.x0]
    return min(words[0].box.x0, lettered[0].box.x0), min(numbers, default=1.0)


def _following(table: _Table, start: int, end: int | None) -> list[list[Word]]:
    """Rows of text below a line, until the next line, a sum, or a gap."""
    found = []
    left, right = _text_left(table, start)
    previous = table.rows[start]
    for row in table.rows[start + 1 : end]:
        if row.page != previous.page or row.y0 - previous.y0 > _NEAR * max(previous.height, row.height):
            break
        if row.index in table.noise or row.index in table.heads or _ends(table, row):
            break
        cells = [cell for cell in row.cells if left - 0.02 <= cell.x0 < max(right, left + 0.1)]
        if cells:
            found.append(list(cells[0].words))
        previous = row
    return found


def _ends(table: _Table, row: Row) -> bool:
    return sums(row) or any(names_sum(row, figure) for figure in table.read[row.index] if not figure.percent)


def _preceding(table: _Table, start: int) -> list[list[Word]]:
    if not start or start - 1 in table.heads or start - 1 in table.noise or sums(table.rows[start - 1]):
        return []
    row, line = table.rows[start - 1], table.rows[start]
    if row.page != line.page or line.y0 - row.y0 > _NEAR * line.height:
        return []
    return [list(row.words)] if _names(row.words) else []


def _parted(words: Sequence[Word], heads: Sequence[Head]) -> tuple[str, list[Word]]:
    """(code, text): a leading position is dropped, a leading code under its own head is the code."""
    words = list(words)
    codes = [head for head in heads if head.role == "code"]
    texts = [head.x0 for head in heads if head.role == "text"]
    left = min(texts, default=None)
    code = ""
    while len(words) > 1:
        first = words[0]
        is_left = left is not None and first.box.x1 <= left + 0.005
        if _POSITION.match(first.text) and (is_left or left is None and not code and len(first.text) <= 3):
            words.pop(0)
        elif (
            is_left
            and any(map(str.isdigit, first.text))
            and any(head.x0 - 0.03 <= first.box.x0 <= head.x1 + 0.03 for head in codes)
        ):
            code = code or first.text
            words.pop(0)
        elif re.fullmatch(r"\[[\w./-]{2,20}\]", first.text):
            code = code or first.text.strip("[]")
            words.pop(0)
        else:
            break
    return code, words
