"""Which lines can be decided: exactly one reading fits what is known, and it is the true one.

Lines of one batch are judged in date order. What a decided line takes is no longer open to the
others, so a second pass may decide by elimination what the first could not. Two equal lines of one
day that pay two equal items may be booked either way round (``Truth.twins``). A line without an
answer is decidable (as *nothing*) when no reading fits and no open item has its amount.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from .batches import replay
from .identity import Directory
from .ledger import Ledger
from .readings import fitting
from .values import NOTHING, Booking, CompanyYear, Line, Truth
from .view import Reading, View

MISLEADING = "another reading fits"
_REST = {"bank_fee": "fee", "on_account": "owed", "overpaid": "owed", "paid_twice": "owed"}


def true_reading(truth: Truth, line: Line, ledger: Ledger) -> Reading:
    """The truth in the form of a reading, as far as the visible books can express it."""
    items, rest = set(), set()
    for settlement in truth.booking.settlements:
        if truth.case == "transfer" and settlement.item not in ledger.open:
            rest.add(("transfer", settlement.amount))
        else:
            items.add((settlement.item, settlement.item_amount))
    for difference in truth.booking.differences:
        if difference.reason == "cash_discount":
            rest.add((f"discount {difference.item}", difference.amount))
        else:
            rest.add((_REST.get(difference.reason, difference.reason), difference.amount))
    return Reading(frozenset(items), frozenset(rest), truth.booking.partner)


def judge(year: CompanyYear) -> CompanyYear:
    """The year with ``decidable``, ``verdict`` and ``twins`` filled in."""
    directory = Directory(year.partners)
    documents = {document.key: document for document in year.documents}
    expected = {share.key: payment.key for payment in year.payments for share in payment.allocations}
    part_of = {part.key: document.key for document in year.documents for part in document.parts}
    pays = {p.key: {part_of[share.item] for share in p.allocations} for p in year.payments}
    truths = dict(year.truths)
    for ledger, lines in replay(year):
        view = View(year, ledger, directory, documents, set(), [], pays, expected)
        undecided = _pass(view, lines, truths, "one reading")
        undecided = _pass(view, undecided, truths, "by elimination")
        _pair_up(view, undecided, truths)
    return replace(year, truths=truths)


def _pass(view: View, lines: tuple[Line, ...], truths: dict[int, Truth], verdict: str) -> tuple[Line, ...]:
    """Judge each line; the undecided are returned."""
    undecided = []
    for line in lines:
        judged = _judged(line, truths[line.key], fitting(line, view), view, verdict)
        truths[line.key] = judged
        if judged.decidable:
            _consume(view, judged.booking)
        else:
            undecided.append(line)
    return tuple(undecided)


def _pair_up(view: View, lines: tuple[Line, ...], truths: dict[int, Truth]) -> None:
    """Equal lines that are left, and as many equal items: any way round is right."""
    equal = Counter((line.date, line.amount, line.journal) for line in lines)
    for line in lines:
        truth = truths[line.key]
        count = equal[line.date, line.amount, line.journal]
        if truth.case != NOTHING and count > 1:
            true = true_reading(truth, line, view.ledger)
            twins = _twins(true, fitting(line, view), view, count)
            if twins:
                truths[line.key] = replace(truth, decidable=True, verdict="twins", twins=(twins,))


def _judged(line: Line, truth: Truth, readings: set[Reading], view: View, verdict: str) -> Truth:
    true = true_reading(truth, line, view.ledger)
    if truth.case == NOTHING:
        tempted = readings or any(line.amount in (item.residual, item.residual_company) for item in view.items(line))
        return replace(truth, decidable=not tempted, verdict="tempting" if tempted else "nothing fits")
    if readings == {true}:
        return replace(truth, decidable=True, verdict=verdict)
    if not readings:
        return replace(truth, verdict="no reading fits")
    return replace(truth, verdict="several readings" if true in readings else MISLEADING)


def _twins(true: Reading, readings: set[Reading], view: View, equal: int) -> tuple[int, ...]:
    """Items that may stand for each other: as many as there are equal lines on the day."""
    if len(readings) != equal or true not in readings:
        return ()
    groups = [list(reading.items) for reading in readings if len(reading.items) == 1 and not reading.rest]
    if len(groups) != len(readings):
        return ()
    items = [view.ledger.open.get(group[0][0]) for group in groups]
    if None in items or len({(item.partner, item.residual, item.kind, item.currency) for item in items}) > 1:
        return ()
    return tuple(sorted(item.key for item in items))


def _consume(view: View, booking: Booking) -> None:
    for settlement in booking.settlements:
        item = view.ledger.open.get(settlement.item)
        if item and settlement.item_amount == item.residual:
            view.consumed.add(item.key)
            view.paid_now.append((item, settlement.item_amount))
