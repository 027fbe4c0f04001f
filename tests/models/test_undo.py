"""Undo beside other people's work: what Odoo or a later line changed is not destroyed."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import BankCase


@tagged("post_install", "-at_install")
class TestUndo(BankCase):
    def setUp(self):
        super().setUp()
        self.invoice = self.document(self.northwind, 640.0)
        self.other = self.document(self.yonder, 640.0, date="2026-02-01")
        self.bank_line = self.line(f"NORTHWIND TRADERS {self.invoice.name}", 640.0)
        self.before = self.books()
        self.suggestion = self.booked(self.bank_line, "one")

    def by_odoo(self):
        """Somebody matches the line in Odoo itself."""
        item, suspense = self.term_line(self.other), self.bank_line._seek_for_lines()[1]
        suspense.write({"account_id": item.account_id.id})
        (suspense + item).reconcile()

    def test_undone_in_odoo_before(self):
        self.bank_line.action_undo_reconciliation()
        self.suggestion.action_undo()
        self.assertEqual(self.suggestion.state, "superseded")
        self.assertOpen(self.invoice, 640.0, "not_paid")

    def test_undone_in_odoo_and_matched_with_something_else(self):
        self.bank_line.action_undo_reconciliation()
        self.by_odoo()
        after = self.books()
        with self.assertRaisesRegex(UserError, "changed later"):
            self.suggestion.action_undo()
        self.assertBooks(after)
        self.assertOpen(self.other, 0.0, "paid")

    def test_undone_in_odoo_and_proposed_anew(self):
        self.bank_line.action_undo_reconciliation()
        again = self.booked(self.bank_line, "one", asked=None)
        self.assertNotEqual(again, self.suggestion)
        self.assertEqual(self.suggestion.state, "superseded")
        again.action_undo()
        self.assertOpen(self.invoice, 640.0, "not_paid")

    def test_payment_that_was_returned_later(self):
        back = self.line(f"RETURNED DEBIT NORTHWIND TRADERS {self.invoice.name}", -640.0, "2026-03-20")
        returned = self.booked(back, "returned", asked=None)
        after = self.books()
        with self.assertRaisesRegex(UserError, "changed later"):
            self.suggestion.action_undo()
        self.assertBooks(after)
        returned.action_undo()
        self.suggestion.action_undo()
        self.assertOpen(self.invoice, 640.0, "not_paid")
        self.assertFalse(self.bank_line.is_reconciled)

    def test_one_of_a_batch_leaves_the_others(self):
        second = self.document(self.northwind, 12.5)
        line = self.line(f"NORTHWIND TRADERS {second.name}", 12.5)
        found = self.suggestion + self.booked(line, "one")
        found[1].action_undo()
        self.assertEqual(found.mapped("state"), ["applied", "undone"])
        self.assertReconciled(self.bank_line)
        self.assertOpen(second, 12.5, "not_paid")

    def test_line_is_looked_at_again(self):
        self.suggestion.action_undo()
        again = self.bank_line.with_user(self.reviewer).ai_suggestion_id
        self.assertEqual((again.state, again.case), ("pending", "one"))
        self.assertNotEqual(again, self.suggestion)

    def test_audit_fields_of_the_documents(self):
        invoice = self.invoice.with_user(self.reviewer)
        self.assertTrue(invoice.ai_generated)
        self.assertEqual(invoice.ai_decided_by_id, self.reviewer)
        self.assertEqual(invoice.ai_suggestion_ids, self.suggestion)
        found = self.env["account.move"].with_user(self.reviewer).search([("ai_generated", "=", True)])
        self.assertIn(self.invoice, found)
        self.suggestion.action_undo()
        self.env.invalidate_all()
        self.assertFalse(invoice.ai_generated)
        self.assertFalse(invoice.ai_decided_by_id)

    def test_audit_log_tells_the_story(self):
        self.suggestion.action_undo()
        logs = self.env["ai.audit.log"].sudo().search([("suggestion_id", "=", self.suggestion.id)], order="id")
        self.assertEqual(logs.mapped("event"), ["proposed", "accepted", "applied", "undone"])
        self.assertEqual(set(logs.mapped("user_id")), {self.reviewer.id})
        self.assertEqual(len(set(logs.mapped("digest"))), 4)
        events = self.env["sync.event"].sudo().search([("res_id", "=", self.suggestion.id)], order="id")
        names = [f"suggestion.{name}" for name in ("proposed", "accepted", "applied", "undone")]
        self.assertEqual(events.filtered(lambda event: event.res_model == "ai.suggestion").mapped("name"), names)
