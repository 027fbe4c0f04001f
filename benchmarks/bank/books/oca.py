"""OCA's ``account_reconcile_oca`` on the same lines: what it reconciles when lines are created."""

from __future__ import annotations

from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.tools import config

from ..values import NOTHING, CompanyYear, Line
from .lines import make_lines
from .year import BookYear


def run(env, year: CompanyYear) -> dict:
    """Counts of lines that were reconciled by themselves, and of those that were right."""
    refused: list[Line] = []

    def make(chart, lines):
        return [_one_by_one(chart, line, refused) for line in lines]

    books = BookYear(env, year, make)
    counts = {"lines": 0, "reconciled": 0, "right": 0, "decidable": 0, "right_decidable": 0}
    for ledger, lines in books.periods():
        acted = set()
        for line in lines:
            truth, record = year.truths[line.key], books.records[line.key]
            counts["lines"] += 1
            counts["decidable"] += truth.decidable and truth.case != NOTHING
            if record.is_reconciled:
                acted.add(line.key)
                counts["reconciled"] += 1
        for line in lines:
            truth = year.truths[line.key]
            if line.key in acted and not _is_right(books, line, truth):
                books.records[line.key].action_undo_reconciliation()
                acted.discard(line.key)
        for line in lines:
            truth = year.truths[line.key]
            if line.key not in acted:
                books.book(line, truth)
            else:
                counts["right"] += 1
                counts["right_decidable"] += truth.decidable
            ledger.book(line, truth.booking)
            books.remember(line, truth)
        env.invalidate_all()
    return counts | {"refused": len(refused)}


def _one_by_one(chart, line: Line, refused: list[Line]):
    """Two lines of one text in one ``create()`` make OCA raise; alone, each sees what was paid."""
    try:
        with chart.env.cr.savepoint():
            return make_lines(chart, (line,))
    except UserError:
        refused.append(line)
        with _silent():
            return make_lines(chart, (line,))


@contextmanager
def _silent():
    """OCA does nothing under test unless asked."""
    was, config["test_enable"] = config["test_enable"], True
    try:
        yield
    finally:
        config["test_enable"] = was


def _is_right(books: BookYear, line, truth) -> bool:
    """The items that the truth settles, and only those."""
    if truth.case == NOTHING:
        return False
    made = books.records[line.key].move_id.line_ids
    matched = (made.matched_debit_ids.debit_move_id | made.matched_credit_ids.credit_move_id) - made
    twins = truth.twins[0] if truth.twins else ()
    wanted = {books.items[s.item].id for s in truth.booking.settlements if s.item in books.items}
    allowed = wanted | {books.items[key].id for key in twins}
    return len(matched) == len(wanted) and set(matched.ids) <= allowed
