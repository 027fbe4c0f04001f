"""Amounts of codings with several parts: what each part gets, from how people split the same payment before.

Ways to split are tried on the past, each decision from those before it; the one that was right most often is used.
How often splits with such a record held is counted too: it is a part of the proposal's confidence.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from ..learning import Example
from .template import Part, Template

#: Decisions of one payee that are kept, and those a way is tried on.
KEPT = 12
TRIED = 6
#: A run of right splits longer than this says no more.
_STREAK = 3
#: Of interest from one payment to the next; more is none.
_HIGHEST_RATE = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Split:
    """``amounts``: of each part, in the order of the template, together the whole. ``method``: ``whole`` (one part),
    ``same``, ``fixed``, ``loan`` or ``shares``; empty when the past says nothing. ``support``: (n, right) of past
    splits with such a record; ``share`` the probability that this one is right to the cent."""

    amounts: tuple[Decimal, ...]
    method: str
    support: tuple[int, int] = (0, 0)
    share: float = 1.0


class _Decision(NamedTuple):
    total: Decimal
    parts: tuple[Decimal, ...]


class Splits:
    """What people did, in order of date."""

    def __init__(self) -> None:
        self._past: dict[tuple[str, str], deque[_Decision]] = defaultdict(lambda: deque(maxlen=KEPT))
        self._streak: dict[tuple[str, str], int] = defaultdict(int)
        self._measured: dict[int, list[int]] = {streak: [0, 0] for streak in range(_STREAK + 1)}

    def learn(self, example: Example, lines: Sequence[Mapping[str, Any]]) -> None:
        """:param lines: the coding as a proposal has it; its amounts have the payment's sign"""
        if len(lines) < 2:
            return
        template = Template.of_lines(list(lines))
        found: dict[Part, Decimal] = defaultdict(Decimal)
        for row in lines:
            found[Template.of_lines([row]).parts[0]] += Decimal(row["amount"])
        if len(found) != len(template.parts) or not all(found.values()):
            return
        key = example.case.payee, template.label
        decision = _Decision(sum(found.values(), Decimal(0)), tuple(found[part] for part in template.parts))
        past = self._past[key]
        if past:
            self._measure(key, past, decision)
        past.append(decision)

    def _measure(self, key, past, decision):
        guess, _method = _best(tuple(past), decision.total)
        right = guess == decision.parts
        counts = self._measured[self._streak[key]]
        counts[0] += 1
        counts[1] += right
        self._streak[key] = min(self._streak[key] + 1, _STREAK) if right else 0

    def amounts(
        self,
        template: Template,
        payee: str,
        amount: Decimal,
        places: int = 2,
        then: Sequence[tuple[Decimal, ...]] = (),
    ) -> Split | None:
        """How ``amount`` of a payment to ``payee`` splits; None when nobody has split such a payment before.

        :param then: parts of payments that are proposed and come before this one
        """
        if len(template.parts) == 1:
            return Split((amount,), "whole")
        key = payee, template.label
        past = self._past.get(key)
        if not past:
            return None
        proposed = tuple(_Decision(sum(parts, Decimal(0)), parts) for parts in then)
        found, method = _best((*past, *proposed), amount, places)
        if not all(found):
            return None
        count, right = self._measured[self._streak[key]]
        return Split(found, method, (count, right), (right + 1) / (count + 2))


def _best(past: tuple[_Decision, ...], amount: Decimal, places: int = 2) -> tuple[tuple[Decimal, ...], str]:
    """The split of ``amount`` by the way that was right most often, then nearest."""
    scored = []
    for rank, (method, way) in enumerate(_WAYS.items()):
        found = way(past, amount)
        if found is None:
            continue
        right, error = _record(way, past, places)
        scored.append((-right, error, rank, method, _rounded(found, amount, places)))
    _right, _error, _rank, method, amounts = min(scored, key=lambda row: row[:3])
    return amounts, method


def _record(way, past, places):
    """(how often the way was right, how far off on average) on the last decisions, each from those before it."""
    right, errors = 0, []
    for place in range(max(1, len(past) - TRIED), len(past)):
        decision = past[place]
        found = way(past[:place], decision.total)
        if found is None:
            continue
        rounded = _rounded(found, decision.total, places)
        off = sum(abs(one - other) for one, other in zip(rounded, decision.parts, strict=True))
        right += not off
        errors.append(off)
    return right, sum(errors) / len(errors) if errors else Decimal("Infinity")


def _rounded(amounts, total, places):
    """The parts rounded; the largest one takes the cents that are left."""
    unit = Decimal(1).scaleb(-places)
    found = [amount.quantize(unit, ROUND_HALF_UP) for amount in amounts]
    largest = max(range(len(found)), key=lambda place: abs(found[place]))
    found[largest] += total - sum(found)
    return tuple(found)


# === WAYS === #


def _same(past, amount):
    """The same amounts as last time, when it is the same payment."""
    return past[-1].parts if past[-1].total == amount else None


def _shares(past, amount):
    """The same proportions as the last decisions together."""
    recent = past[-3:]
    total = sum((decision.total for decision in recent), Decimal(0))
    if not total:
        return None
    return tuple(
        amount * sum((decision.parts[place] for decision in recent), Decimal(0)) / total
        for place in range(len(past[-1].parts))
    )


def _fixed(past, amount):
    """Parts that stayed the same are fixed, the others share what is left as they did last time."""
    if len(past) < 2:
        return None
    last, before = past[-1], past[-2]
    fixed = [one if one == other else None for one, other in zip(last.parts, before.parts, strict=True)]
    if all(part is None for part in fixed) or all(part is not None for part in fixed):
        return None
    rest = amount - sum((part for part in fixed if part is not None), Decimal(0))
    scale = sum((part for part, still in zip(last.parts, fixed, strict=True) if still is None), Decimal(0))
    if not scale:
        return None
    return tuple(
        still if still is not None else rest * part / scale for part, still in zip(last.parts, fixed, strict=True)
    )


def _loan(past, amount):
    """Interest on what is owed, the rest redeems: the next interest is less by the rate on what was redeemed.

    With interest i and redemption p, i(n) = rate * debt(n) and debt(n) = debt(n-1) - p(n-1), so the rate is the fall of
    the interest over all payments that are known, divided by what they redeemed (declining-balance amortisation).
    Whichever part falls is the interest.
    """
    if len(past) < 2 or len(past[-1].parts) != 2:
        return None
    first, last = past[0], past[-1]
    for interest, redemption in ((0, 1), (1, 0)):
        fallen = first.parts[interest] - last.parts[interest]
        redeemed = sum((decision.parts[redemption] for decision in past[:-1]), Decimal(0))
        if redeemed and 0 < fallen / redeemed < _HIGHEST_RATE:
            due = last.parts[interest] - fallen / redeemed * last.parts[redemption]
            found = [amount - due, amount - due]
            found[interest] = due
            return tuple(found)
    return None


_WAYS = {"same": _same, "fixed": _fixed, "loan": _loan, "shares": _shares}
