"""The generated books: reproducible, balanced, complete, and expressible to the engine."""

import unittest
from collections import Counter
from decimal import Decimal

from benchmarks.bank.batches import replay
from benchmarks.bank.entries import Bookkeeper
from benchmarks.bank.facts import batches
from benchmarks.bank.generator import generate
from benchmarks.bank.values import NOTHING, ZERO, money
from engine.vocabulary import MATCHING_CASES

SEEDS = (1000, 1001, 1002)


class TestYears(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.years = [generate(seed) for seed in SEEDS]

    def test_same_seed_same_year(self):
        self.assertEqual(generate(SEEDS[0]), self.years[0])
        self.assertNotEqual(self.years[0].lines, self.years[1].lines)

    def test_size_and_order(self):
        for year in self.years:
            self.assertGreater(len(year.lines), 380)
            self.assertEqual(list(year.lines), sorted(year.lines, key=lambda line: line.date))
            self.assertEqual([line.key for line in year.lines], list(range(1, len(year.lines) + 1)))

    def test_truth_sums_to_the_line(self):
        for year in self.years:
            for line in year.lines:
                self.assertEqual(year.truths[line.key].booking.total(), line.amount)

    def test_all_cases_occur(self):
        seen = {truth.case for year in self.years for truth in year.truths.values()}
        self.assertEqual(seen, {*MATCHING_CASES, NOTHING})

    def test_instalments_sum_to_untaxed_and_taxes(self):
        for year in self.years:
            for document in year.documents:
                taxes = sum((tax for _key, tax in document.taxes), ZERO)
                self.assertEqual(document.total, document.untaxed + taxes)
                company = sum((part.amount_company for part in document.parts), ZERO)
                self.assertEqual(company, money(document.total / document.rate))

    def test_most_lines_are_decidable_and_some_are_not(self):
        for year in self.years:
            decidable = sum(truth.decidable for truth in year.truths.values()) / len(year.lines)
            self.assertTrue(0.80 < decidable < 0.98, decidable)

    def test_noise_makes_it_harder(self):
        shares = []
        for noise in ("low", "high"):
            year = generate(1003, noise=noise)
            truths = [truth for truth in year.truths.values() if truth.case != NOTHING]
            shares.append(sum(truth.decidable for truth in truths) / len(truths))
        self.assertGreater(shares[0], shares[1])


class TestBooks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.years = [generate(seed) for seed in SEEDS]

    def test_every_entry_balances(self):
        for year in self.years:
            bookkeeper = Bookkeeper(year)
            for line in year.lines:
                entry = bookkeeper.entry(line, year.truths[line.key])
                self.assertEqual(sum((part.balance for part in entry.lines), ZERO), ZERO, line)

    def test_partner_accounts_agree_with_the_open_items(self):
        """What the entries leave on receivable and payable is what the ledger has open."""
        for year in self.years:
            bookkeeper, booked = Bookkeeper(year), Counter()
            for document in year.documents:
                role = bookkeeper.item(document.parts[0].key).role
                booked[role] += sum(part.amount_company for part in document.parts) * document.sign
            for payment in year.payments:
                for share in payment.allocations:
                    booked[bookkeeper.item(share.item).role] -= share.amount
            for line in year.lines:
                entry = bookkeeper.entry(line, year.truths[line.key])
                for part in entry.lines:
                    booked[part.role] += part.balance
                booked["receivable"] += self._exchange_on(bookkeeper, year, line, "receivable")
                booked["payable"] += self._exchange_on(bookkeeper, year, line, "payable")
            *_earlier, (ledger, _lines) = replay(year)
            for role in ("receivable", "payable"):
                still = sum(i.residual_company for i in ledger.open.values() if i.role == role)
                self.assertLessEqual(abs(booked[role] - still), Decimal("0.05"), (year.seed, role))

    @staticmethod
    def _exchange_on(bookkeeper, year, line, role):
        truth = year.truths[line.key]
        roles = {bookkeeper.item(s.item).role for s in truth.booking.settlements}
        return bookkeeper.entry(line, truth).exchange if roles == {role} else ZERO

    def test_facts_hold_every_decidable_settlement(self):
        for year in self.years:
            for facts in batches(year):
                known = {item.key for item in facts.items}
                known |= {settled.payment_item for settled in facts.settled}
                for line in facts.lines:
                    truth = year.truths[line.key]
                    if truth.decidable and truth.case != "transfer":
                        keys = {settlement.item for settlement in truth.booking.settlements}
                        self.assertLessEqual(keys, known, (year.seed, line))


if __name__ == "__main__":
    unittest.main()
