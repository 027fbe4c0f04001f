"""Queries do not grow with the number of lines, but for the rows that are stored."""

from odoo import Command
from odoo.tests import tagged

from ..common import LINE, BankCase

#: Odoo inserts 100 rows a query.
ROWS_A_QUERY = 100


@tagged("post_install", "-at_install")
class TestQueryCounts(BankCase):
    def make_lines(self, count, first):
        partners = [self.make_partner(f"Customer {first + n} Holding") for n in range(10)]
        moves = self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": partners[n % 10].id,
                    "invoice_date": "2026-03-01",
                    "date": "2026-03-01",
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": "x",
                                "price_unit": first + n + 0.5,
                                "account_id": self.income.id,
                                "tax_ids": [Command.set([])],
                            }
                        )
                    ],
                }
                for n in range(count)
            ]
        )
        moves.action_post()
        lines = self.env[LINE].create(
            [
                {
                    "journal_id": self.bank.id,
                    "payment_ref": f"{move.partner_id.name} {move.name}",
                    "amount": move.amount_total,
                    "date": "2026-03-10",
                }
                for move in moves
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
        self.propose(self.make_lines(3, 100))
        small, large = self.make_lines(50, 1000), self.make_lines(200, 3000)
        few, ids = self.queries_of(lambda: self.suggestions.propose(LINE, small.ids))
        self.assertEqual(len(ids), 50)
        many, ids = self.queries_of(lambda: self.suggestions.propose(LINE, large.ids))
        self.assertEqual(len(ids), 200)
        # Suggestions, items, audit rows and events: one query more for each 100 rows of each of them.
        self.assertLessEqual(many - few, 4 * (200 - 50) // ROWS_A_QUERY + 4, (few, many))
        self.assertLessEqual(few, 60)

    def test_refreshing_without_a_change(self):
        lines = self.make_lines(60, 1000)
        self.propose(lines)
        few, _ids = self.queries_of(lambda: self.suggestions.propose(LINE, lines[:10].ids))
        many, _ids = self.queries_of(lambda: self.suggestions.propose(LINE, lines.ids))
        self.assertLessEqual(many - few, 4, (few, many))

    def test_accepting_simple_matches(self):
        found = self.propose(self.make_lines(45, 1000))
        self.assertEqual(set(found.mapped("case")), {"one"})
        found[:3].action_accept()
        few, _result = self.queries_of(found[3:13].action_accept)
        many, _result = self.queries_of(found[13:43].action_accept)
        self.assertEqual(set(found[:43].mapped("state")), {"applied"})
        a_line = (many - few) / 20
        self.assertLessEqual(a_line, 8, (few, many))

    def test_reading_cards(self):
        lines = self.make_lines(40, 1000)
        self.propose(lines)
        mine = lines.with_user(self.reviewer)
        few, _cards = self.queries_of(lambda: mine[:5].mapped("ai_card"))
        many, cards = self.queries_of(lambda: mine.mapped("ai_card"))
        self.assertTrue(all(cards))
        self.assertLessEqual(many - few, 4, (few, many))
