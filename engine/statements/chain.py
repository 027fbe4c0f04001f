"""The balance by bank on any day, and where the statements that tell it do not join.

Statements stand in the order of their first lines. Between two of them there may be *loose* lines, which came without a
statement. With ``O`` the first opening balance less the loose lines before it, for every day::

    balance by bank = O + lines until that day + gaps + rests + overlaps

so that what the bank told and what its lines come to differ by things that have a name and an amount each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)

CLOSED = "closed"  # the last statement ends by that day, nothing came since
SINCE = "since"  # the last statement's closing balance and the lines since
INSIDE = "inside"  # the day lies within a statement: its opening balance and its lines until then
BACKWARDS = "backwards"  # before the first statement: worked back from its opening balance
UNTOLD = "untold"  # the bank told no balance: the sum of the lines

GAP = "gap"  # a statement opens with another balance than the one before and the lines between lead to
REST = "rest"  # the lines of a statement do not lead from its opening to its closing balance
OVERLAP = "overlap"  # an earlier statement has lines after that day


@dataclass(frozen=True, slots=True)
class Told:
    """A statement: its balances, and what its lines come to.

    ``moved`` is the sum of its lines and ``moved_until`` of those until the day that is asked for; ``loose`` and
    ``loose_until`` the same of the loose lines behind its first line and before the next statement's.
    """

    id: int
    name: str
    first_day: date
    last_day: date
    start: Decimal
    end: Decimal
    moved: Decimal
    moved_until: Decimal
    loose: Decimal = ZERO
    loose_until: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Break:
    """``amount`` is what the bank's balance has more than the lines; ``other`` the statement before, for a gap."""

    code: str
    statement: Told
    amount: Decimal
    other: Told | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """``opening`` is the balance that the lines set out from; ``anchor`` the statement that told the balance."""

    balance: Decimal
    basis: str
    opening: Decimal
    anchor: Told | None = None
    breaks: tuple[Break, ...] = ()


def chain(statements: Sequence[Told], day: date, loose: Decimal = ZERO, loose_until: Decimal = ZERO) -> Chain:
    """The balance by bank at the end of ``day``.

    :param statements: in the order of their first lines, at least all that begin until ``day``, and the first one
    :param loose: sum of the loose lines before the first statement (all of them where there is none)
    :param loose_until: of those until ``day``
    """
    if not statements:
        return Chain(loose_until, UNTOLD, ZERO)
    first = statements[0]
    opening = first.start - loose
    begun = [told for told in statements if told.first_day <= day]
    if not begun:
        return Chain(first.start - (loose - loose_until), BACKWARDS, opening, first)
    anchor = begun[-1]
    is_closed = anchor.last_day <= day
    if is_closed:
        balance, basis = anchor.end + anchor.loose_until, SINCE if anchor.loose_until else CLOSED
    else:
        balance, basis = anchor.start + anchor.moved_until + anchor.loose_until, INSIDE
    return Chain(balance, basis, opening, anchor, tuple(_breaks(begun, is_closed)))


def _breaks(begun, is_last_closed):
    before = None
    for told in begun:
        if before is not None:
            gap = told.start - before.end - before.loose
            if gap:
                yield Break(GAP, told, gap, before)
        is_last = told is begun[-1]
        rest = told.end - told.start - told.moved
        if rest and (is_last_closed or not is_last):
            yield Break(REST, told, rest)
        if told.moved != told.moved_until and not is_last:
            yield Break(OVERLAP, told, told.moved - told.moved_until)
        before = told
