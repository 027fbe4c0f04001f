"""Queries do not grow with the number of lines, but for the rows that are stored; ten thousand lines are no problem."""

import time

from odoo.tests import tagged

from ..common import LINE
from .common import CodingCase

#: Odoo inserts 100 rows a query.
ROWS_A_QUERY = 100


@tagged("post_install", "-at_install")
class TestCodingQueries(CodingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.past("CARD SHELL", *[(-80.0, cls.fuel)] * 6)
        cls.past("LENDER LOAN", *[[cls.row(-60.0, cls.loan), cls.row(-40.0, cls.rent)]] * 4)

    def make_lines(self, count):
        texts = ("CARD SHELL", "LENDER LOAN", "UNHEARD OF")
        lines = self.env[LINE].create(
            [
                {
                    "journal_id": self.bank.id,
                    "payment_ref": f"{texts[n % 3]} {n}",
                    "amount": -100.0,
                    "date": "2026-03-10",
                }
                for n in range(count)
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return lines

    def queries_of(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        result = call()
        self.env.flush_all()
        return self.cr.sql_log_count - start, result

    def test_proposing(self):
        self.propose(self.make_lines(3))
        small, large = self.make_lines(30), self.make_lines(300)
        few, ids = self.queries_of(lambda: self.suggestions.propose(LINE, small.ids))
        self.assertEqual(len(ids), 20)
        many, ids = self.queries_of(lambda: self.suggestions.propose(LINE, large.ids))
        self.assertEqual(len(ids), 200)
        self.assertLessEqual(many - few, 4 * (200 - 20) // ROWS_A_QUERY + 4, (few, many))
        self.assertLessEqual(few, 90)

    def test_reading_cards(self):
        lines = self.make_lines(60)
        self.propose(lines)
        mine = lines.with_user(self.reviewer)
        few, _cards = self.queries_of(lambda: mine[:6].mapped("ai_card"))
        many, cards = self.queries_of(lambda: mine.mapped("ai_card"))
        self.assertEqual(sum(bool(card) for card in cards), 40)
        self.assertLessEqual(many - few, 4, (few, many))

    def test_time_a_line(self):
        """What coding adds to a run stays small beside what storing costs."""
        lines = self.make_lines(600)
        proposer = self.env["ai.proposer.bank_match"].sudo()
        facts = proposer._collect(lines.sudo())
        answers = proposer._propose(facts)
        follower = self.env["ai.proposer.bank_coding"].sudo()
        follower._follow(facts, answers)
        started = time.perf_counter()
        _own, found = follower._follow(facts, answers)
        self.assertEqual(len(found), 400)
        self.assertLess(time.perf_counter() - started, 3.0)
