"""The instalments of a loan, with what changes on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from .terms import BASES, KINDS, Change, Instalment, Terms, due_date, payment_of, rounded, share_of_year

#: More instalments than fifty years of months are a mistake.
MOST = 600
ZERO = Decimal(0)


class PlanError(ValueError):
    """What is wrong with the terms: ``code`` and ``values`` for a sentence.

    Codes: ``unknown_kind``, ``no_principal``, ``bad_rate``, ``bad_count``, ``bad_dates``, ``bad_months``,
    ``bad_payment``, ``never_ends``, ``extra_too_much``, ``change_outside``, ``bad_change``.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def plan(terms: Terms, changes: Sequence[Change] = ()) -> tuple[Instalment, ...]:
    """All instalments in order of date; the last one redeems what is left.

    :raise PlanError: for terms that make no plan
    """
    _check(terms, changes)
    return tuple(_Running(terms, changes).rows())


class _Running:
    """A loan while its plan is made: what is owed, the rate, and how instalments are made now."""

    def __init__(self, terms: Terms, changes: Sequence[Change]) -> None:
        self.terms = terms
        self.changes = sorted(changes, key=lambda change: change.date)
        self.balance, self.rate = terms.principal, terms.rate
        self.number = 0
        self.is_open = False
        self.payment = self.redemption = ZERO
        self._again(terms.payment)

    def rows(self) -> Iterator[Instalment]:
        since = self.terms.start
        while self.balance > 0:
            if self.number >= MOST:
                raise PlanError("never_ends")
            due = due_date(self.terms.first, self.number, self.terms.months)
            interest, renew = ZERO, False
            while self.changes and self.changes[0].date <= due:
                change = self.changes.pop(0)
                interest += self._interest(since, change.date)
                since = change.date
                if change.extra:
                    yield self._extra(change)
                self._change(change)
                renew = renew or change.keeps == "term"
            if not self.balance and not interest:
                return
            if renew:
                self._again()
            yield self._instalment(due, rounded(interest + self._interest(since, due), self.terms.places))
            since = due
            self.number += 1

    def _interest(self, since: date, until: date) -> Decimal:
        return self.balance * self.rate / 100 * share_of_year(since, until, self.terms.basis)

    def _instalment(self, due: date, interest: Decimal) -> Instalment:
        before = self.balance
        principal = min(self._redeems(interest), before)
        is_last = self.number + 1 == self.terms.count and not self.is_open
        if is_last:
            principal = before
        elif before and principal <= 0 and self.terms.kind != "bullet":
            raise PlanError("never_ends")
        self.balance = before - principal
        fee = self.terms.fee
        return Instalment(due, interest + principal + fee, interest, principal, fee, before, self.balance)

    def _redeems(self, interest: Decimal) -> Decimal:
        if self.terms.kind == "annuity":
            return self.payment - interest
        return self.redemption if self.terms.kind == "linear" else ZERO

    def _extra(self, change: Change) -> Instalment:
        before = self.balance
        if change.extra > before:
            raise PlanError("extra_too_much", date=change.date, extra=change.extra, open=before)
        self.balance = before - change.extra
        return Instalment(change.date, change.extra, ZERO, change.extra, ZERO, before, self.balance, True)

    def _change(self, change: Change) -> None:
        if change.rate is not None:
            self.rate = change.rate
        if change.keeps == "payment" and self.terms.kind != "bullet":
            self.is_open = True

    def _again(self, agreed: Decimal | None = None) -> None:
        """Payment and redemption for what is still owed in the instalments that are left."""
        left = max(self.terms.count - self.number, 1)
        places = self.terms.places
        self.payment = agreed or payment_of(self.balance, self.rate, self.terms.months, left, places)
        self.redemption = rounded(self.balance / left, places)


def _check(terms: Terms, changes: Sequence[Change]) -> None:
    found = (
        ("unknown_kind", terms.kind not in KINDS or terms.basis not in BASES),
        ("no_principal", terms.principal <= 0),
        ("bad_rate", not 0 <= terms.rate <= 100),
        ("bad_count", not 1 <= terms.count <= MOST),
        ("bad_months", terms.months not in (1, 2, 3, 6, 12)),
        ("bad_dates", terms.first < terms.start),
        ("bad_payment", (terms.payment is not None and terms.payment <= 0) or terms.fee < 0),
        ("bad_change", any((c.extra is None) == (c.rate is None) for c in changes)),
        ("bad_change", any(c.keeps not in ("payment", "term") for c in changes)),
        ("bad_change", any(c.extra is not None and c.extra <= 0 for c in changes)),
        ("bad_rate", any(c.rate is not None and not 0 <= c.rate <= 100 for c in changes)),
        ("change_outside", any(c.date < terms.start for c in changes)),
    )
    for code, is_wrong in found:
        if is_wrong:
            raise PlanError(code)
