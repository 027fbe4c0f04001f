"""From a reading to a pending suggestion, accepted by a restricted reviewer, to the cent."""

from odoo.tests import tagged

from .common import BillCase


@tagged("post_install", "-at_install")
class TestBillAccept(BillCase):
    def test_draft_is_filled_when_accepted(self):
        move = self.arrived(self.plain())
        suggestion = self.proposed(move)
        self.assertEqual(
            (suggestion.kind, suggestion.state, suggestion.is_question), ("bill_document", "pending", False)
        )
        self.assertFalse(move.invoice_line_ids, "nothing is written before acceptance")
        self.assertFalse(move.partner_id)
        self.assertEqual(suggestion.amount, -120.0)
        self.assertEqual(suggestion.label, "Lakeside Office Supplies 2026-17")
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual(suggestion.state, "applied")
        self.assertEqual((move.state, move.partner_id, move.ref), ("draft", self.vendor, "2026-17"))
        self.assertEqual((str(move.invoice_date), str(move.invoice_date_due)), ("2026-03-05", "2026-04-04"))
        line = move.invoice_line_ids
        self.assertEqual(
            (line.name, line.price_unit, line.tax_ids, line.is_imported), ("Paper", 100.0, self.tax20, True)
        )
        self.assertEqual(move.amount_total, 120.0)

    def test_undo_leaves_the_draft_as_it_came(self):
        move = self.arrived(self.plain())
        names = ["partner_id", "ref", "invoice_date", "invoice_date_due", "move_type", "currency_id", "invoice_origin"]
        before = move.read(names)
        suggestion = self.accepted(move)
        self.assertIs(suggestion.action_undo(), True)
        self.assertEqual(suggestion.state, "undone")
        self.assertFalse(move.line_ids)
        self.assertEqual(move.read(names), before)
        again = self.proposed(move)
        self.assertEqual(again.state, "pending")
        self.assertNotEqual(again, suggestion)

    def test_accepting_posts_where_the_company_says_so(self):
        self.company.ai_accept_bill = "post"
        move = self.arrived(self.plain())
        self.accepted(move)
        self.assertEqual(move.state, "posted")
        self.assertBill(move, [(self.office, 100), (self.tax_account(self.tax20), 20)], 120)
