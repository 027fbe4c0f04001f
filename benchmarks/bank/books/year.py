"""A generated year passing in an Odoo database, period by period."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..batches import replay
from ..entries import Bookkeeper
from ..values import CompanyYear, Line, Truth
from .chart import Chart
from .comparison import Comparison
from .core import check_discount
from .documents import find_moves, find_partners, make_drafts, make_partners, post
from .lines import make_lines
from .payments import register
from .posting import Poster


def build(env, year: CompanyYear) -> None:
    """Fill a database that has only ``account``: chart, partners, documents as drafts."""
    chart = Chart(env, year).build()
    make_partners(chart)
    make_drafts(chart, find_partners(chart))


class BookYear:
    """Brings the books to each period's end and keeps track of the journal items."""

    def __init__(self, env, year: CompanyYear, make: Callable = make_lines) -> None:
        self.env, self.year, self._make_lines = env, year, make
        self.chart = Chart(env, year).find()
        self.partners = find_partners(self.chart)
        self.items: dict = {}
        self.records: dict = {}
        self._moves = find_moves(self.chart)
        self._done: set[tuple] = set()
        self._bookkeeper = Bookkeeper(year)
        self._poster = Poster(self.chart, self.partners, self._bookkeeper)
        self._comparison = Comparison(self.chart, self.partners, self._bookkeeper)

    def periods(self) -> Iterator[tuple[object, tuple[Line, ...]]]:
        """(ledger, lines) per period, the lines imported and all earlier documents posted."""
        for ledger, lines in replay(self.year):
            self._post_until(ledger)
            records = self._make_lines(self.chart, lines)
            self.records |= {line.key: record for line, record in zip(lines, records, strict=True)}
            yield ledger, lines

    def _post_until(self, ledger) -> None:
        """What the ledger knows and the database does not yet."""
        documents = [d for d in self.year.documents if self._is_new(("d", d.key), d.key, ledger.issued)]
        self.items |= post(documents, self._moves)
        for payment in self.year.payments:
            if self._is_new(("p", payment.key), payment.key, ledger.registered):
                self.items |= register(self.chart, self.partners, self.items, payment)

    def _is_new(self, mark: tuple, key: int, known: set[int]) -> bool:
        if mark in self._done or key not in known:
            return False
        self._done.add(mark)
        return True

    def check_truth(self, line: Line, truth: Truth) -> None:
        """Before the line is booked: Odoo's own reckoning agrees with the truth's."""
        check_discount(self.chart, self.items, self._bookkeeper, line, truth)

    def book(self, line: Line, truth: Truth) -> None:
        """Book the truth by the plain recipe; of twins the one that is still open."""
        items = dict(self.items)
        for settlement in truth.booking.settlements:
            still = [key for group in truth.twins for key in group if not self.items[key].reconciled]
            if truth.twins and self.items[settlement.item].reconciled and still:
                items[settlement.item] = self.items[still[0]]
        self._poster.book(self.records[line.key], line, truth, items)

    def entry_differences(self, line: Line, truth: Truth) -> list[str]:
        """How the booked entry differs, before later lines change what it matched."""
        return self._comparison.entry(self.records[line.key], line, truth)

    def open_differences(self, line: Line, truth: Truth, ledger) -> list[str]:
        """How what stays open differs, once the whole period is booked."""
        record = self.records[line.key]
        return self._comparison.left_open(record, truth, self.items, ledger)

    def remember(self, line: Line, truth: Truth) -> None:
        """Find the journal items that the booked line made, for later lines."""
        made = self.records[line.key].move_id.line_ids
        for settlement in truth.booking.settlements:
            twins = [key for group in truth.twins for key in group]
            item = self.items[settlement.item].union(*(self.items[key] for key in twins))
            matches = item.matched_debit_ids.debit_move_id | item.matched_credit_ids.credit_move_id
            self.items[settlement.key] = matches & made
        for difference in truth.booking.differences:
            role = difference.side or difference.reason
            account = self.chart.accounts.get(role)
            if role in ("receivable", "payable", "transfer"):
                amount = -float(difference.amount)
                self.items[difference.key] = made.filtered(
                    lambda each, account=account, amount=amount: (
                        each.account_id == account and round(each.balance, 2) == amount
                    )
                )[:1]
