"""Answers of the engine beside the truth.

*Right*: the first reading books what the truth books: the same items with the same amounts, the
same differences on the same accounts, the same partner, the same remainder. Names of reasons and
cases do not count. A proposal for an undecidable line is *guessed*, even when it hits the truth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from .decidable import MISLEADING
from .facts import FactsMaker
from .tally import HIGH, Tally
from .values import NOTHING, Booking, CompanyYear, Truth

_ROLES = {
    "bank_fee": "fee",
    "withholding": "withholding",
    "rounding": "rounding",
    "transfer": "transfer",
}
_BALANCE = ("receivable", "payable", "transfer", "withholding")


class Scorer:
    """Scores the answers of one year."""

    def __init__(self, year: CompanyYear, tally: Tally) -> None:
        self._year, self._tally = year, tally
        self._facts = FactsMaker(year)
        self._lines = {line.key: line for line in year.lines}
        self._discount_roles = {
            part.key: "discount_loss" if document.kind == "invoice" else "discount_gain"
            for document in year.documents
            for part in document.parts
        }
        self._taken: set[tuple[int, int]] = set()

    def score(self, answers: Iterable, broken: frozenset[int] = frozenset()) -> None:
        """Add the answers of one period; the entries of ``broken`` lines turned out wrong."""
        for answer in answers:
            self._one(answer, answer.line in broken)

    def is_right(self, match, truth: Truth) -> bool:
        """Whether the match books what the truth books."""
        return self._equal(match, truth)

    def _one(self, answer, broken: bool) -> None:
        tally, truth = self._tally, self._year.truths[answer.line]
        tally.lines += 1
        proposed = answer.outcome == "proposed" and bool(answer.readings)
        right = proposed and not broken and self._equal(answer.readings[0].match, truth, claim=True)
        if proposed:
            self._confidence(answer.readings[0].confidence, right)
            if self._on_profit_and_loss(answer.readings[0].match, truth):
                tally.profit_and_loss += 1
                self._miss("profit and loss", answer, truth)
        if truth.decidable:
            self._decidable(answer, truth, proposed, right)
        elif truth.verdict == MISLEADING:
            tally.misleading += 1
            tally.followed += proposed and not right
        else:
            tally.undecidable += 1
            tally.left += not proposed
            tally.lucky += right
            if proposed and not right:
                self._miss("guessed", answer, truth)

    def _decidable(self, answer, truth: Truth, proposed: bool, right: bool) -> None:
        tally, case = self._tally, truth.case
        tally.decidable[case] += 1
        if case == NOTHING:
            right = not proposed
        if right:
            tally.right[case] += 1
            return
        if proposed:
            tally.wrong[case] += 1
        elif answer.outcome == "asked":
            tally.asked[case] += 1
            tally.asked_with[case] += any(self._equal(reading.match, truth) for reading in answer.readings)
        else:
            tally.silent[case] += 1
        self._miss("wrong" if proposed else answer.outcome, answer, truth)

    def _confidence(self, confidence: float, right: bool) -> None:
        tally = self._tally
        tally.high += confidence >= HIGH
        tally.high_right += right and confidence >= HIGH
        entry = tally.bins[min(int(confidence * 20), 19)]
        entry[0] += 1
        entry[1] += right
        entry[2] += confidence

    def _on_profit_and_loss(self, match, truth: Truth) -> bool:
        """Profit and loss, although open items explain the line or cannot be ruled out."""
        if truth.case == NOTHING and truth.decidable:
            return False
        company = self._year.company
        balance = {company.accounts[role] for role in _BALANCE}
        booked = any(write_off.account not in balance for write_off in match.write_offs)
        plain = bool(truth.booking.settlements) and not truth.booking.differences
        return booked and (plain or not match.counterparts)

    def _miss(self, what: str, answer, truth: Truth) -> None:
        self._tally.misses.append(
            {
                "seed": self._year.seed,
                "what": what,
                "case": truth.case,
                "scenario": truth.scenario,
                "verdict": truth.verdict,
                "line": self._lines[answer.line],
                "truth": truth.booking,
                "answer": answer.readings[:3],
            }
        )

    # --- comparing ----------------------------------------------------------------

    def _equal(self, match, truth: Truth, claim: bool = False) -> bool:
        if truth.case == NOTHING:
            return False
        if truth.case == "transfer":
            return self._same_transfer(match, truth)
        partner = truth.booking.partner
        if partner is not None and match.partner != partner or match.remainder != truth.booking.remainder:
            return False
        if self._differences(match) != self._true_differences(truth.booking):
            return False
        return self._same_items(match, truth, claim)

    @staticmethod
    def _differences(match) -> dict[int, Decimal]:
        sums: dict[int, Decimal] = defaultdict(Decimal)
        for write_off in match.write_offs:
            sums[write_off.account] += write_off.amount
        return dict(sums)

    def _true_differences(self, booking: Booking) -> dict[int, Decimal]:
        sums: dict[int, Decimal] = defaultdict(Decimal)
        for difference in booking.differences:
            role = _ROLES.get(difference.reason) or difference.side or self._discount_roles[difference.item]
            sums[self._year.company.accounts[role]] += difference.amount
        return dict(sums)

    def _same_items(self, match, truth: Truth, claim: bool) -> bool:
        line = self._lines[truth.line]
        booked, taken = {}, set()
        twins = truth.twins[0] if truth.twins else ()
        for counterpart in match.counterparts:
            if counterpart.item in twins:
                taken.add((line.date.toordinal(), counterpart.item))
            stated = counterpart.item_amount if counterpart.item_amount is not None else counterpart.amount
            key = twins[0] if counterpart.item in twins else counterpart.item
            booked[key] = (counterpart.amount, stated)
        true = {(twins[0] if s.item in twins else s.item): (s.amount, s.item_amount) for s in truth.booking.settlements}
        if len(booked) != len(match.counterparts) or booked != true or taken & self._taken:
            return False
        if claim:
            self._taken |= taken
        return True

    def _same_transfer(self, match, truth: Truth) -> bool:
        """To the transfer account, as a new open line or against the open one of the other leg."""
        amount = truth.booking.total()
        transfer = self._year.company.accounts["transfer"]
        items = {settlement.item for settlement in truth.booking.settlements}
        if [counterpart.item for counterpart in match.counterparts if counterpart.item not in items]:
            return False
        if any(write_off.account != transfer for write_off in match.write_offs) or match.remainder:
            return False
        booked = sum((part.amount for part in (*match.counterparts, *match.write_offs)), Decimal(0))
        return booked == amount and len(match.counterparts) + len(match.write_offs) == 1
