"""Same or different, and the figures."""

import unittest
from decimal import Decimal

from engine.backtest import Row, compare, reliability, summary


def line(account, amount, **more):
    return {"account_id": account, "amount": amount, **more}


def item(key, amount):
    return {"move_line_id": key, "amount": amount}


class TestCompare(unittest.TestCase):
    def outcome(self, proposed, booked, **more):
        return compare(proposed, booked, **more)

    def test_how_rows_are_cut_says_nothing(self):
        one = {"lines": [line(6, "-10.00")]}
        two = {"lines": [line(6, "-4.00", label="x"), line(6, "-6.00")], "remainder": "0"}
        self.assertEqual(self.outcome(one, two), ("same", ()))

    def test_each_part_of_the_entry_counts(self):
        booked = {"lines": [line(6, "-10.00", tax_ids=[1], analytic_distribution={"3": 100.0})]}
        for what, row in {
            "account": line(7, "-10.00", tax_ids=[1], analytic_distribution={"3": 100.0}),
            "tax": line(6, "-10.00", analytic_distribution={"3": 100.0}),
            "analytic": line(6, "-10.00", tax_ids=[1]),
            "amount": line(6, "-9.00", tax_ids=[1], analytic_distribution={"3": 100.0}),
        }.items():
            with self.subTest(what):
                self.assertEqual(self.outcome({"lines": [row]}, booked), ("differs", (what,)))

    def test_other_documents_differ_and_twins_do_not(self):
        mine, theirs = {"counterparts": [item(1, "5.00")]}, {"counterparts": [item(2, "5.00")]}
        self.assertEqual(self.outcome(mine, theirs), ("differs", ("items",)))
        self.assertEqual(self.outcome(mine, theirs, twin=lambda key: key > 0), ("same", ()))

    def test_what_stays_open_counts(self):
        mine = {"counterparts": [item(1, "5.00")], "remainder": "1.00"}
        self.assertEqual(self.outcome(mine, {"counterparts": [item(1, "5.00")]}), ("differs", ("open",)))

    def test_on_a_receivable_the_partner_counts(self):
        mine = {"write_off": [line(4, "5.00")], "partner_id": 8}
        theirs = {"lines": [line(4, "5.00", partner_id=9)]}
        self.assertEqual(self.outcome(mine, theirs), ("same", ()))
        self.assertEqual(self.outcome(mine, theirs, partner_accounts={4}), ("differs", ("account",)))

    def test_of_a_cash_discount_the_term_decides_the_taxes(self):
        mine = {"write_off": [line(6, "-2.00", reason="cash_discount")]}
        self.assertEqual(self.outcome(mine, {"lines": [line(6, "-2.00", tax_ids=[3])]}), ("same", ()))


class TestReport(unittest.TestCase):
    def rows(self):
        found = [Row("bank_match", 1, "match", "same", 0.97, Decimal(100), is_accepted=True) for _n in range(9)]
        found.append(Row("bank_match", 1, "match", "differs", 0.96, Decimal(50), Decimal("12.40"), is_accepted=True))
        found.append(Row("bank_coding", 2, "memory", "differs", 0.6, Decimal(5), Decimal(5)))
        return [
            *found,
            Row("", 2, "", "nothing", 0.0, Decimal(1)),
            Row("bank_match", 1, "match", "asked", 0.5, Decimal(1)),
        ]

    def test_precision_is_of_what_was_accepted(self):
        figures = summary(self.rows())["all"]
        self.assertEqual(
            (figures["lines"], figures["proposed"], figures["accepted"], figures["wrong"]), (13, 11, 10, 1)
        )
        self.assertEqual((figures["asked"], figures["nothing"], figures["difference"]), (1, 1, "12.40"))
        self.assertAlmostEqual(figures["precision"], 0.9)
        # Clopper and Pearson for 9 of 10.
        self.assertAlmostEqual(figures["low"], 0.5550, places=4)
        self.assertAlmostEqual(figures["high"], 0.9975, places=4)

    def test_by_kind_journal_and_tier(self):
        found = summary(self.rows())
        self.assertEqual(
            [(row["key"], row["lines"]) for row in found["kinds"]], [("", 1), ("bank_coding", 1), ("bank_match", 11)]
        )
        self.assertEqual([(row["key"], row["accepted"]) for row in found["journals"]], [(1, 10), (2, 0)])

    def test_the_diagram(self):
        rows = reliability(self.rows())
        self.assertEqual(
            [(row["tier"], row["low"], row["n"], row["right"]) for row in rows],
            [("match", 0.95, 10, 9), ("memory", 0.5, 1, 0)],
        )

    def test_nothing_at_all(self):
        self.assertEqual(summary([])["all"]["precision"], None)
