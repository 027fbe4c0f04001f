"""Undoing bills, and what has moved since they were proposed."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BillCase


@tagged("post_install", "-at_install")
class TestBillUndo(BillCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ai_accept_bill = "post"

    def posted(self):
        move = self.arrived(self.plain())
        return move, self.accepted(move)

    def test_posted_bill_becomes_an_empty_draft(self):
        before = self.books()
        move, suggestion = self.posted()
        self.assertEqual(suggestion.undo_preview()[0]["can_undo"], True)
        suggestion.action_undo()
        self.assertEqual((move.state, move.line_ids.ids, move.partner_id.id, move.ref), ("draft", [], False, False))
        self.assertEqual(self.books()["trial balance"], before["trial balance"])
        self.assertEqual(suggestion.state, "undone")

    def test_paid_bill_gets_a_credit_note(self):
        move, suggestion = self.posted()
        self.pay(move)
        self.assertIn(move.payment_state, ("paid", "in_payment"))
        text = suggestion.undo_preview()[0]["text"]
        self.assertIn("credit note", text)
        suggestion.action_undo()
        self.assertEqual(move.state, "posted")
        note = move.reversal_move_ids
        self.assertEqual((note.state, note.move_type, note.amount_total), ("posted", "in_refund", 120.0))
        self.assertIn(note, suggestion.move_ids)
        self.assertEqual(note.amount_residual, 120.0, "the vendor owes the money")

    def test_locked_bill_gets_a_credit_note_in_the_open_period(self):
        move, suggestion = self.posted()
        self.company.fiscalyear_lock_date = "2026-06-30"
        suggestion.action_undo()
        note = move.reversal_move_ids
        self.assertEqual((move.state, note.state), ("posted", "posted"))
        self.assertGreater(str(note.date), "2026-06-30")
        self.assertEqual(move.amount_residual, 0.0)

    def test_hashed_bill_gets_a_credit_note(self):
        self.purchases.restrict_mode_hash_table = True
        move, suggestion = self.posted()
        if not move.inalterable_hash:
            move.button_hash()
        suggestion.action_undo()
        self.assertEqual(move.state, "posted")
        self.assertEqual(move.reversal_move_ids.state, "posted")

    def test_what_was_changed_in_odoo_is_not_lost(self):
        self.company.ai_accept_bill = "draft"
        move, suggestion = self.posted()
        move.invoice_line_ids.account_id = self.rent
        with self.assertRaisesRegex(UserError, "changed in Odoo"):
            suggestion.action_undo()
        self.assertEqual(move.invoice_line_ids.account_id, self.rent)

    def test_change_outside_teaches(self):
        self.company.ai_accept_bill = "draft"
        move, suggestion = self.posted()
        move.invoice_line_ids.account_id = self.rent
        suggestion._compare_with_books()
        self.assertEqual(suggestion.changed_outside, "recoded")
        again = self.proposed(self.arrived(self.plain(number="2026-18")))
        self.assertEqual(again.proposal["lines"][0]["account_id"], self.rent.id)

    def test_posting_the_accepted_draft_is_no_change(self):
        self.company.ai_accept_bill = "draft"
        move, suggestion = self.posted()
        move.action_post()
        suggestion._compare_with_books()
        self.assertFalse(suggestion.changed_outside)

    def test_filled_by_hand_meanwhile(self):
        move = self.arrived(self.plain())
        suggestion = self.proposed(move)
        line = {"name": "By hand", "price_unit": 1, "account_id": self.rent.id}
        move.write({"partner_id": self.vendor.id, "invoice_line_ids": [(0, 0, line)]})
        suggestion.action_accept()
        self.assertEqual(suggestion.state, "superseded")
        self.assertEqual(move.invoice_line_ids.name, "By hand")

    def test_tax_changed_meanwhile(self):
        suggestion = self.proposed(self.arrived(self.plain()))
        self.tax20.amount = 21
        suggestion.action_accept()
        self.assertEqual(suggestion.state, "superseded")

    def test_locked_period_is_redated_and_said(self):
        self.company.fiscalyear_lock_date = "2026-03-31"
        move = self.arrived(self.plain())
        suggestion = self.proposed(move)
        self.assertEqual(suggestion.proposal["date"], "2026-04-01")
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual((str(move.invoice_date), str(move.date)), ("2026-03-05", "2026-04-01"))

    def test_new_vendor_is_made_once_by_who_may(self):
        told = self.plain(vendor="Quartz Lamps Ltd", vendor_street="Mill Lane 4")
        other = self.plain(vendor="Quartz Lamps Ltd", number="77", net="40.00", tax="8.00", total="48.00")
        first, second = self.arrived(told), self.arrived(other)
        suggestion = self.proposed(first)
        twin = self.proposed(second)
        self.assertEqual(suggestion.proposal["partner"]["name"], "Quartz Lamps Ltd")
        self.assertIsNone(suggestion.proposal["partner_id"])
        suggestion.action_accept()
        self.assertEqual(suggestion.state, "failed")
        self.assertIn("may not create contacts", suggestion.error)
        self.assertFalse(first.invoice_line_ids)
        buyer = self.make_user("buyer", "reviewer", groups="base.group_user,base.group_partner_manager")
        self.assertIs(suggestion.with_user(buyer).action_accept(), True)
        self.assertEqual(first.partner_id.name, "Quartz Lamps Ltd")
        self.assertEqual(first.partner_id.street, "Mill Lane 4")
        twin.with_user(buyer).action_accept()
        self.assertEqual(twin.state, "superseded", "the vendor exists by now")
        self.assertEqual(self.env["res.partner"].search_count([("name", "=", "Quartz Lamps Ltd")]), 1)

    def test_another_bank_account_of_a_known_vendor_is_left_out(self):
        account = self.env["res.partner.bank"].create(
            {"acc_number": "DE89370400440532013000", "partner_id": self.vendor.id}
        )
        move = self.arrived(self.plain(vendor_iban="DE89370400440532013000"))
        self.accepted(move)
        self.assertEqual(move.partner_bank_id, account)
        self.assertEqual(len(self.vendor.bank_ids), 1)

    def test_first_bank_account_is_noted_untrusted_by_who_may(self):
        buyer = self.make_user("bank_buyer", "reviewer", groups="base.group_user,base.group_partner_manager")
        move = self.arrived(self.plain(vendor_iban="BE71096123456769"))
        suggestion = self.proposed(move)
        self.assertIs(suggestion.with_user(buyer).action_accept(), True)
        account = move.partner_bank_id
        self.assertEqual((account.sanitized_acc_number, account.allow_out_payment), ("BE71096123456769", False))

    def test_undo_of_a_credit_note_for_a_paid_bill_is_said_before(self):
        move, suggestion = self.posted()
        self.pay(move)
        [row] = suggestion.undo_preview()
        self.assertTrue(row["can_undo"])
        self.assertIn("it is paid", row["text"])

    def test_undone_twice_is_superseded(self):
        move, suggestion = self.posted()
        move.button_draft()
        move.invoice_line_ids.unlink()
        suggestion.action_undo()
        self.assertEqual(suggestion.state, "superseded")
