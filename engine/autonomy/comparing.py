"""What kind of error it is when two bookings of the same payment differ, and how much money stands wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Posting:
    """One counterpart. ``document``: the entry it settles, 0 for none; then the account is that of its open item.
    ``amount`` has the payment's own sign."""

    account: int
    amount: Decimal
    taxes: tuple[int, ...] = ()
    document: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """``kind``: the gravest, as in ``trial.KIND_WEIGHTS``; empty when both book the same. ``wrong``: without sign."""

    kind: str = ""
    wrong: Decimal = ZERO


def compare(
    proposed: Iterable[Posting], booked: Iterable[Posting], groups: Mapping[int, tuple[bool, str]]
) -> Difference:
    """How ``proposed`` differs from what a person booked.

    :param groups: {account: (on the balance sheet, group of sibling accounts)}
    """
    ours, theirs = _sums(proposed), _sums(booked)
    if ours == theirs:
        return Difference()
    return Difference(_kind(ours, theirs, groups), _wrong(ours, theirs))


def _sums(postings):
    """{(document, account, taxes): amount}; the same place named twice is one place, nothing is nothing."""
    found: Counter = Counter()
    for posting in postings:
        # An item of a document lies on that document's account: naming it twice says nothing.
        place = (posting.document, 0 if posting.document else posting.account, tuple(sorted(posting.taxes)))
        found[place] += posting.amount
    return {place: amount for place, amount in found.items() if amount}


def _wrong(ours, theirs):
    places = ours.keys() | theirs.keys()
    off = sum((abs(ours.get(place, ZERO) - theirs.get(place, ZERO)) for place in places), ZERO)
    return off / 2 if _total(ours) == _total(theirs) else max(off / 2, abs(_total(ours) - _total(theirs)))


def _total(sums):
    return sum(sums.values(), ZERO)


def _kind(ours, theirs, groups):
    only_ours = [place for place in ours if place not in theirs]
    only_theirs = [place for place in theirs if place not in ours]
    if not only_ours and not only_theirs:
        return "amount"
    if any(document for document, _account, _taxes in (*only_ours, *only_theirs)):
        return "document"
    accounts = [{account for _document, account, _taxes in places} for places in (only_ours, only_theirs)]
    named = accounts[0] ^ accounts[1]
    if any(groups.get(account, (True, ""))[0] for account in named):
        return "balance"
    if {taxes for _d, _a, taxes in only_ours} != {taxes for _d, _a, taxes in only_theirs}:
        return "vat"
    siblings = {groups.get(account, (True, ""))[1] for account in named}
    return "sibling" if len(siblings) <= 1 else "account"
