"""The score: an oracle is always right, and small lies are seen."""

import unittest
from dataclasses import replace
from decimal import Decimal

from benchmarks.bank.facts import batches
from benchmarks.bank.generator import generate
from benchmarks.bank.score import Scorer
from benchmarks.bank.tally import Tally, figures, report
from benchmarks.bank.values import NOTHING
from engine.proposal import Answer, Counterpart, Match, Reading, WriteOff

_ROLES = {"bank_fee": "fee"}


def oracle(year, line):
    """The truth in the engine's words; nothing for what cannot be decided."""
    truth = year.truths[line.key]
    if truth.case == NOTHING or not truth.decidable:
        return Answer(line.key, "nothing")
    kinds = {part.key: document.kind for document in year.documents for part in document.parts}
    settlements = tuple(
        Counterpart(s.item, s.amount, s.item_amount if s.item_amount != s.amount else None)
        for s in truth.booking.settlements
    )
    write_offs = []
    for difference in truth.booking.differences:
        role = _ROLES.get(difference.reason) or difference.side or difference.reason
        if difference.item:
            role = "discount_loss" if kinds[difference.item] == "invoice" else "discount_gain"
        write_offs.append(WriteOff(year.company.accounts[role], difference.amount, difference.reason))
    match = Match(settlements, tuple(write_offs), Decimal("0.00"), truth.booking.partner)
    return Answer(line.key, "proposed", (Reading(match, truth.case, 0.99, {}),))


class TestScore(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.year = generate(1000, 200)
        cls.answers = [[oracle(cls.year, line) for line in facts.lines] for facts in batches(cls.year)]

    def tally(self, change=lambda answer: answer):
        tally = Tally()
        scorer = Scorer(self.year, tally)
        for answers in self.answers:
            scorer.score([change(answer) for answer in answers])
        return tally

    def changed(self, **values):
        """The oracle with something else in every match."""

        def change(answer):
            if not answer.readings:
                return answer
            match = replace(answer.readings[0].match, **values)
            return replace(answer, readings=(replace(answer.readings[0], match=match),))

        return self.tally(change)

    def test_the_oracle_is_right(self):
        tally = self.tally()
        self.assertEqual(tally.right, tally.decidable)
        self.assertEqual(tally.left, tally.undecidable)
        self.assertEqual(tally.high_right, tally.high)
        self.assertEqual(tally.profit_and_loss, 0)
        self.assertIn("100.0 %", report(tally))
        self.assertEqual(figures(tally)["right"]["share"], 1.0)

    def test_another_partner_is_wrong(self):
        tally = self.changed(partner=-1)
        right = {case for case, count in tally.right.items() if count}
        self.assertLessEqual(right, {NOTHING, "transfer", "batch", "payment_run"})

    def test_a_remainder_is_wrong(self):
        tally = self.changed(remainder=Decimal("0.01"))
        self.assertEqual({case for case, count in tally.right.items() if count}, {NOTHING})

    def test_an_expense_instead_of_items_is_counted(self):
        expense = (WriteOff(-1, Decimal("1.00"), "manual"),)
        self.assertGreater(self.changed(counterparts=(), write_offs=expense).profit_and_loss, 0)

    def test_a_twin_serves_once(self):
        years = (generate(seed) for seed in range(1000, 1040))
        year = next(year for year in years if any(t.twins for t in year.truths.values()))
        group = next(t.twins for t in year.truths.values() if t.twins)
        lines = [year.lines[t.line - 1] for t in year.truths.values() if t.twins == group]
        first = oracle(year, lines[0]).readings
        tally = Tally()
        Scorer(year, tally).score([replace(oracle(year, line), readings=first) for line in lines])
        self.assertEqual(sum(tally.right.values()), 1)

    def test_tallies_add_up_through_json(self):
        tally, total = self.tally(), Tally()
        values = {name: getattr(tally, name) for name in Tally.COUNTS}
        values |= {name: dict(getattr(tally, name)) for name in Tally.COUNTERS}
        values["bins"] = {str(index): entry for index, entry in tally.bins.items()}
        total.add(values)
        total.add(values)
        self.assertEqual(sum(total.right.values()), 2 * sum(tally.right.values()))


if __name__ == "__main__":
    unittest.main()
