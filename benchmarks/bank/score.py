"""Answers of the engine beside the truth.

*Right*: the first reading books what the truth books: the same items with the same amounts, the
same differences on the same accounts, the same partner, the same remainder. Names of reasons and
cases do not count. A proposal for an undecidable line is *guessed*, even when it hits the truth.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from .facts import FactsMaker
from .intervals import interval, share
from .values import NOTHING, Booking, CompanyYear, Truth

HIGH = 0.95
_ROLES = {
    "bank_fee": "fee",
    "withholding": "withholding",
    "rounding": "rounding",
    "transfer": "transfer",
}


@dataclass(slots=True)
class Tally:
    """Counts of one run; tallies add up over seeds."""

    lines: int = 0
    decidable: Counter = field(default_factory=Counter)  # by case
    right: Counter = field(default_factory=Counter)
    asked: Counter = field(default_factory=Counter)
    silent: Counter = field(default_factory=Counter)
    wrong: Counter = field(default_factory=Counter)
    asked_with: Counter = field(default_factory=Counter)  # questions whose choices hold the truth
    undecidable: int = 0
    left: int = 0
    lucky: int = 0
    high: int = 0
    high_right: int = 0
    profit_and_loss: int = 0
    bins: dict[int, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0.0]))
    misses: list[dict] = field(default_factory=list)


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

    def score(self, answers: Iterable) -> None:
        """Add the answers of one period."""
        for answer in answers:
            self._one(answer)

    def _one(self, answer) -> None:
        tally, truth = self._tally, self._year.truths[answer.line]
        tally.lines += 1
        proposed = answer.outcome == "proposed" and bool(answer.readings)
        right = proposed and self._equal(answer.readings[0].match, truth, claim=True)
        if proposed:
            self._confidence(answer.readings[0].confidence, right)
            self._watch_profit_and_loss(answer.readings[0].match, truth)
        if truth.decidable:
            self._decidable(answer, truth, proposed, right)
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
            tally.asked_with[case] += any(
                self._equal(reading.match, truth) for reading in answer.readings
            )
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

    def _watch_profit_and_loss(self, match, truth: Truth) -> None:
        """A write-off on profit and loss although the truth settles open items in full."""
        company = self._year.company
        plain = not truth.booking.differences and bool(truth.booking.settlements)
        accounts = {
            company.accounts[role] for role in ("fee", "rounding", "discount_loss", "discount_gain")
        }
        booked = [write_off for write_off in match.write_offs if write_off.account in accounts]
        known = set(company.accounts.values())
        booked += [write_off for write_off in match.write_offs if write_off.account not in known]
        self._tally.profit_and_loss += bool(booked) and (plain or not match.counterparts)

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
        if (
            partner is not None
            and match.partner != partner
            or match.remainder != truth.booking.remainder
        ):
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
            role = (
                _ROLES.get(difference.reason)
                or difference.side
                or self._discount_roles[difference.item]
            )
            sums[self._year.company.accounts[role]] += difference.amount
        return dict(sums)

    def _same_items(self, match, truth: Truth, claim: bool) -> bool:
        line = self._lines[truth.line]
        booked, taken = {}, set()
        twins = truth.twins[0] if truth.twins else ()
        for counterpart in match.counterparts:
            if counterpart.item in twins:
                taken.add((line.date.toordinal(), counterpart.item))
            stated = (
                counterpart.item_amount
                if counterpart.item_amount is not None
                else counterpart.amount
            )
            key = twins[0] if counterpart.item in twins else counterpart.item
            booked[key] = (counterpart.amount, stated)
        true = {
            (twins[0] if s.item in twins else s.item): (s.amount, s.item_amount)
            for s in truth.booking.settlements
        }
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
        if [
            counterpart.item for counterpart in match.counterparts if counterpart.item not in items
        ]:
            return False
        if any(write_off.account != transfer for write_off in match.write_offs) or match.remainder:
            return False
        booked = sum((part.amount for part in (*match.counterparts, *match.write_offs)), Decimal(0))
        return booked == amount and len(match.counterparts) + len(match.write_offs) == 1


def report(tally: Tally) -> str:
    """The table that people read."""
    decidable, right = sum(tally.decidable.values()), sum(tally.right.values())
    rows = [
        f"lines {tally.lines:,}, decidable {decidable:,}, undecidable {tally.undecidable:,}",
        f"right at first place, decidable        {share(right, decidable)}",
        f"precision at confidence >= {HIGH}        {share(tally.high_right, tally.high)}",
        f"undecidable asked or left alone        {share(tally.left, tally.undecidable)}"
        f"   (of the guesses {tally.lucky} hit)",
        f"profit and loss while an item fits     {tally.profit_and_loss}",
        "",
        f"{'case':14}{'n':>6}{'right':>8}{'asked':>8}{'silent':>8}{'wrong':>8}   right",
    ]
    for case in sorted(tally.decidable, key=lambda case: -tally.decidable[case]):
        n = tally.decidable[case]
        rows.append(
            f"{case:14}{n:>6}{tally.right[case]:>8}{tally.asked[case]:>8}{tally.silent[case]:>8}"
            f"{tally.wrong[case]:>8}   {share(tally.right[case], n)}"
        )
    rows += ["", "confidence     proposals   said    right"]
    for index in sorted(tally.bins):
        count, hits, said = tally.bins[index]
        rows.append(
            f"{index / 20:.2f}-{(index + 1) / 20:.2f}{count:>14}"
            f"{said / count:>8.3f}{hits / count:>9.3f}"
        )
    return "\n".join(rows)


def figures(tally: Tally) -> dict:
    """The same as values, for ``--json``."""

    def part(successes: int, n: int) -> dict:
        low, high = interval(successes, n)
        return {
            "n": n,
            "k": successes,
            "share": successes / n if n else None,
            "low": low,
            "high": high,
        }

    decidable, right = sum(tally.decidable.values()), sum(tally.right.values())
    return {
        "lines": tally.lines,
        "undecidable": tally.undecidable,
        "right": part(right, decidable),
        "precision_at_0.95": part(tally.high_right, tally.high),
        "undecidable_left": part(tally.left, tally.undecidable),
        "profit_and_loss_while_item_fits": tally.profit_and_loss,
        "cases": {
            case: {
                **part(tally.right[case], n),
                "asked": tally.asked[case],
                "silent": tally.silent[case],
                "wrong": tally.wrong[case],
            }
            for case, n in tally.decidable.items()
        },
        "reliability": [
            {"from": index / 20, "n": int(count), "said": said / count, "right": hits / count}
            for index, (count, hits, said) in sorted(tally.bins.items())
        ],
    }
