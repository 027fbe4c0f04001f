"""Frozen facts about counterparts of the balance sheet: who they are and what their payments settle.

Amounts of ledgers are ``Decimal`` in the company's currency with the books' sign (credit negative): a payment of -100
settles a ledger that stands at -100.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Period:
    """``first`` and ``last`` day of what a text says that it pays."""

    first: date
    last: date

    def to_json(self) -> list[str]:
        return [self.first.isoformat(), self.last.isoformat()]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What stands on an account, or on several that are settled together, at the end of each day on which it moved.

    ``sums`` is all of it, ``paid`` what came from bank and cash journals, both added up to the end of the day.
    """

    days: tuple[date, ...] = ()
    sums: tuple[Decimal, ...] = ()
    paid: tuple[Decimal, ...] = ()

    def at(self, day: date) -> Decimal:
        """The balance at the end of ``day``."""
        place = bisect_right(self.days, day)
        return self.sums[place - 1] if place else ZERO

    def paid_at(self, day: date) -> Decimal:
        """What was paid until the end of ``day``."""
        place = bisect_right(self.days, day)
        return self.paid[place - 1] if place else ZERO

    def accrued(self, first: date, last: date) -> Decimal:
        """What was booked from ``first`` to ``last`` other than by payments."""
        before = _eve(self.days, first)
        whole = self.at(last) - (self.sums[before] if before >= 0 else ZERO)
        return whole - (self.paid_at(last) - (self.paid[before] if before >= 0 else ZERO))

    def accruals(self) -> list[tuple[date, Decimal]]:
        """(day, what was booked other than by payments), days without are left out."""
        found, whole, paid = [], ZERO, ZERO
        for day, total, settled in zip(self.days, self.sums, self.paid, strict=True):
            moved = (total - whole) - (settled - paid)
            if moved:
                found.append((day, moved))
            whole, paid = total, settled
        return found


def _eve(days: tuple[date, ...], day: date) -> int:
    """Place of the last day before ``day``; -1 when there is none."""
    place = bisect_right(days, day) - 1
    return place - 1 if place >= 0 and days[place] == day else place


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that payments to or from a counterpart settle.

    ``accounts``: what is booked on; several are settled together, each with its own balance (``parts``). ``topic`` is
    one of ``vocabulary.SETTLED_TOPICS``. ``words``: normalised words of texts that mean this one. ``references``: of
    structured references, squeezed. ``sign``: 1 only for receipts, -1 only for payments. ``partner``: its ledger is
    that partner's part of the account. ``support``: (decided, of these accepted as they stood).
    """

    key: int
    topic: str
    accounts: tuple[int, ...]
    words: frozenset[str] = frozenset()
    references: tuple[str, ...] = ()
    sign: int | None = None
    partner: int | None = None
    ledger: Ledger = Ledger()
    parts: tuple[Ledger, ...] = ()
    support: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One instalment of a loan: positive amounts, whichever way they are paid. ``before``: what is owed before it."""

    key: int
    date: date
    payment: Decimal
    interest: Decimal
    principal: Decimal
    fee: Decimal
    before: Decimal


@dataclass(frozen=True, slots=True)
class LoanFacts:
    """A loan with the instalments that are not booked yet.

    ``sign``: -1 borrowed (instalments are paid), 1 lent. ``shared``: other loans stand on the same account, so that
    its balance proves nothing. ``ledger``: of the account.
    """

    key: int
    name: str
    currency: str
    account: int
    interest_account: int | None
    fee_account: int | None
    references: tuple[str, ...] = ()
    sign: int = -1
    plan: tuple[PlanLine, ...] = ()
    ledger: Ledger = Ledger()
    shared: bool = False
    principal: Decimal = ZERO
    support: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Who is paid: ``kind`` is one of ``vocabulary.COUNTERPART_KINDS``.

    ``numbers``: account numbers, sanitised. ``names``: what the bank calls it, as ``engine.text.core_name`` has it.
    ``penalty_account``: where penalties and interest of it go.
    """

    key: int
    kind: str
    name: str
    partner: int | None = None
    numbers: frozenset[str] = frozenset()
    names: tuple[tuple[str, ...], ...] = ()
    claims: tuple[Claim, ...] = ()
    penalty_account: int | None = None
    loans: tuple[LoanFacts, ...] = ()

    @property
    def accounts(self) -> frozenset[int]:
        """Accounts that its payments settle."""
        own = {account for claim in self.claims for account in claim.accounts}
        return frozenset(own | {loan.account for loan in self.loans})


@dataclass(frozen=True, slots=True)
class Known:
    """Who a bank line's other side is. ``how``: reason codes; ``sure``: by account number, reference or partner, or by
    a name that nothing contradicts. Several share a bank: what is paid tells them apart."""

    counterparts: tuple[Counterpart, ...]
    how: tuple[str, ...]
    sure: bool
    references: tuple[str, ...] = field(default=())
