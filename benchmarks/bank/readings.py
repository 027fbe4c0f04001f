"""Every booking that fits what is known about one line, by brute force.

The definition of *fits*, by strength; only the strongest class that has a reading counts:

1. a transfer, when the line names the company itself or one of its own accounts;
2. a return, when the line says so: payments that such a line undoes, to the cent;
3. documents of several partners, all quoted, or one registered batch, with exactly the line's sum;
4. sets of open items of one named partner with exactly the line's sum and every quoted document;
   registered payments that the books expect come before documents of the same sum, sets of
   quoted documents alone before others, and a set before the same set with items that cancel out;
5. such sets with one exact difference: a cash discount granted on that day, a withholding rate,
   a discount taken too late (which leaves a part open);
6. such sets with one tolerated difference: cents under the cap, a fee that the text names, the
   rate table;
7. what leaves something open: a part of one item, a rest over all quoted items, money on account.

An exact set that ignores a quotation counts beside classes 5 to 7, because either may be meant. A
shortage under the fee cap that the text does not explain is two readings: a fee, and a part.
Documents dated after the line, and later instalments before earlier ones, do not fit. Whose items
are meant: of the account's owner or else who is named, those that are quoted in full; beside them
whoever else is quoted. A line that names nobody has a reading only if the numbers in it and an
exact sum agree, whatever its amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice, product

from .identity import quoted_numbers, slipped, squash, strongly_quoted, upper, weakly_quoted
from .ledger import Open
from .pool import Pool
from .values import ZERO, Line
from .view import Reading, View

RETURN_WORDS = re.compile(r"RETURN|RUECK|REJET|UNPAID|RETOUR|TERUGBOEK")
RETURN_CODES = re.compile(r"RRTN|RDDT")


def fitting(line: Line, view: View) -> set[Reading]:
    """The readings of the strongest class that has any."""
    for reader in (_transfers, _returns, _of_many):
        readings = reader(line, view)
        if readings is not None:
            return readings
    return _of_one_partner(line, view)


# --- classes 1 to 3 -------------------------------------------------------------


def _transfers(line: Line, view: View) -> set[Reading] | None:
    company = view.year.company
    numbers = [journal.account_number for journal in company.journals if journal.key != line.journal]
    text = squash(line.text)
    named = squash(company.name)
    if (
        line.account_number not in numbers
        and not any(number in text for number in numbers)
        and squash(line.partner_name) != named
        and named not in text
    ):
        return None
    found = {
        Reading(frozenset({(item.key, line.amount)}))
        for item in view.ledger.open.values()
        if item.kind == "transfer"
        and item.residual == line.amount
        and item.journal != line.journal
        and item.date <= line.date <= item.date + timedelta(days=10)
    }
    return found or {Reading(frozenset(), frozenset({("transfer", line.amount)}))}


def _returns(line: Line, view: View) -> set[Reading] | None:
    if not RETURN_CODES.search(line.code) and not RETURN_WORDS.search(upper(line.text)):
        return None
    paid = [
        settled
        for settled in view.ledger.settled.values()
        if settled.amount == -line.amount
        and settled.item.currency == line.currency
        and settled.paid_on <= line.date <= settled.paid_on + timedelta(days=400)
    ]
    parties = view.directory.parties(line)
    items = [settled.item for settled in paid]
    quoted = strongly_quoted(line, items)
    if not quoted:
        named = [item for item in items if item.partner in parties]
        quoted = set().union(*weakly_quoted(line, named)) or slipped(line, named)
    same_id = [settled for settled in paid if set(line.references) & set(settled.payment_names)]
    chosen = same_id or [
        settled for settled in paid if (settled.item.document in quoted if quoted else settled.item.partner in parties)
    ]
    return {
        Reading(frozenset({(settled.payment_item, line.amount)}), partner=settled.item.partner) for settled in chosen
    }


def _of_many(line: Line, view: View) -> set[Reading] | None:
    items = [item for item in view.items(line) if item.currency == line.currency]
    batches: dict[str, list[Open]] = {}
    for item in items:
        if item.batch:
            batches.setdefault(item.batch, []).append(item)
    fits = {
        name: group for name, group in batches.items() if sum((item.residual for item in group), ZERO) == line.amount
    }
    named = {name for name, group in fits.items() if strongly_quoted(line, group) or _names_batch(line, name)}
    if named or (fits and not view.directory.parties(line)):
        return {_exactly(fits[name]) for name in (named or fits)}
    numbers = quoted_numbers(line, items)
    if len({item.partner for item in items if item.document in numbers}) > 1:
        return {
            _exactly(chosen)
            for chosen in _one_per_number(items, numbers)
            if sum((item.residual for item in chosen), ZERO) == line.amount
        } or None
    return None


def _one_per_number(items: list[Open], numbers: dict[int, str]) -> Iterator[tuple[Open, ...]]:
    """Every way to take for each number a document's first open instalments, at least one."""
    documents: dict[int, list[Open]] = {}
    for item in sorted(items, key=lambda item: item.key):
        if item.document in numbers:
            documents.setdefault(item.document, []).append(item)
    choices: dict[str, list[list[Open]]] = {}
    for document, parts in documents.items():
        prefixes = [parts[:size] for size in range(1, len(parts) + 1)]
        choices.setdefault(numbers[document], []).extend(prefixes)
    for combination in islice(product(*choices.values()), 5000):
        yield tuple(item for parts in combination for item in parts)


def _names_batch(line: Line, name: str) -> bool:
    sequence = name.rsplit("/", 1)[1]
    return name in line.references or bool(re.search(rf"(?<!\d){sequence}(?!\d)", line.text))


def _exactly(items: list[Open] | tuple[Open, ...]) -> Reading:
    partners = {item.partner for item in items}
    return Reading(
        frozenset((item.key, item.residual) for item in items),
        partner=partners.pop() if len(partners) == 1 else None,
    )


def _of_one_partner(line: Line, view: View) -> set[Reading]:
    items = view.items(line)
    strong = strongly_quoted(line, items)
    quoting = {item.partner for item in items if item.document in strong and item.partner}
    parties = view.directory.parties(line)
    parties = parties & quoting or parties | quoting
    paid = [s.item for s in view.ledger.settled.values() if s.amount == line.amount]
    paid += [item for item, amount in view.paid_now if amount == line.amount]
    named = strongly_quoted(line, paid)
    parties |= {item.partner for item in paid if item.document in named}
    everybody = {item.partner for item in items} - {None}
    readings: list[tuple[int, Reading]] = []
    for partner in parties or everybody:
        own = [item for item in items if item.partner == partner]
        pool = Pool(line, view, partner, own, strong)
        readings += pool.readings() if parties else pool.exact_readings()
    best = min((level for level, _reading in readings), default=0)
    return {reading for level, reading in readings if level == best}
