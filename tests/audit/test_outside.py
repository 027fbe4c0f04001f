"""Bookings that others changed say so, with name and moment, and forget it when they are put back."""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AuditCase


@tagged("post_install", "-at_install")
class TestChangedOutside(AuditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_user("colleague", groups="base.group_user,account.group_account_user")

    def setUp(self):
        super().setUp()
        self.suggestion = self.book()
        self.bank_line = self.suggestion.sudo().statement_line_id
        self.entry = self.bank_line.move_id.with_user(self.colleague)

    def compare(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("ai_bookkeeper.ir_cron_compare").method_direct_trigger()
        self.env.invalidate_all()
        return self.suggestion.changed_outside

    def assertChanged(self, change, by=True):
        self.assertEqual(self.compare(), change)
        self.assertTrue(self.suggestion.changed_outside_at)
        if by:
            self.assertEqual(self.suggestion.changed_outside_by_id, self.colleague)
        log = self.log.search([("event", "=", "changed_outside"), ("suggestion_id", "=", self.suggestion.id)])
        self.assertEqual([each.payload["change"] for each in log], [change])
        event = self.env["sync.event"].sudo().search([("name", "=", "suggestion.changed_outside")])
        self.assertEqual(event.mapped("res_id"), self.suggestion.ids)
        self.assertEqual(self.suggestion.card["changed_outside"], change)

    def counterpart(self):
        return self.entry.line_ids.filtered(lambda item: item.account_id == self.receivable)

    def test_nothing_happened(self):
        self.assertFalse(self.compare())
        self.assertFalse(self.log.search([("event", "=", "changed_outside")]))

    def test_unreconciled_by_a_colleague(self):
        self.counterpart().remove_move_reconcile()
        self.assertChanged("unreconciled")
        self.assertIn(self.colleague.name, self.suggestion.card["changed_outside_text"])

    def test_put_back_as_it_was(self):
        invoice_item = self.counterpart().matched_debit_ids.debit_move_id
        self.counterpart().remove_move_reconcile()
        self.assertEqual(self.compare(), "unreconciled")
        (self.counterpart() + invoice_item.with_user(self.colleague)).reconcile()
        self.assertFalse(self.compare())
        self.assertFalse(self.suggestion.changed_outside_by_id)
        log = self.log.search([("event", "=", "changed_outside")], limit=1)
        self.assertEqual(log.payload["change"], "put_back")

    def test_recoded_by_a_colleague(self):
        fee = self.booked_fee()
        item = fee.sudo().statement_line_id.move_id.line_ids.filtered(lambda i: i.account_id == self.expense)
        other = self.make_account("Other costs", "expense")
        item.with_user(self.colleague).write({"account_id": other.id})
        self.suggestion = fee
        self.assertChanged("recoded")

    def booked_fee(self):
        line = self.line("fee", -12.0)
        write_off = [{"account_id": self.expense.id, "amount": "-12.00", "label": "Fee", "reason": "manual"}]
        return self.by_hand(line, write_off=write_off)

    def test_reset_to_draft(self):
        self.entry.button_draft()
        self.assertChanged("reset")

    def test_reversed(self):
        fee = self.booked_fee()
        entry = fee.sudo().statement_line_id.move_id
        reversal = entry._reverse_moves([{"date": fields.Date.to_date("2026-03-20")}])
        reversal.action_post()
        self.suggestion = fee
        self.assertChanged("reversed", by=False)
        self.assertEqual(self.suggestion.changed_outside_by_id, reversal.create_uid)

    def test_deleted_at_once(self):
        self.entry.button_draft()
        self.bank_line.with_user(self.colleague).unlink()
        self.env.invalidate_all()
        suggestion = self.suggestion.sudo()
        self.assertEqual((suggestion.changed_outside, suggestion.changed_outside_by_id), ("deleted", self.colleague))

    def test_what_the_addon_undoes_is_no_change_outside(self):
        self.suggestion.action_undo()
        self.assertFalse(self.compare())

    def test_a_merged_partner_is_no_change(self):
        twin = self.make_partner("Northwind Twin")
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo().create({})
        wizard._merge((self.northwind + twin).ids, twin)
        self.assertFalse(self.compare())

    def test_it_counts_as_an_error_of_the_policy(self):
        policy = self.env["ai.policy"].sudo().create({"name": "Mine", "company_id": self.company.id})
        self.suggestion.sudo().policy_id = policy
        self.assertEqual(policy._error_counts()[policy.id], {"applied": 1, "undone": 0, "changed_outside": 0})
        self.counterpart().remove_move_reconcile()
        self.compare()
        self.assertEqual(policy._error_counts()[policy.id], {"applied": 0, "undone": 0, "changed_outside": 1})

    def test_the_number_of_queries_is_constant(self):
        self.env.flush_all()
        sizes = {}
        for extra in (0, 8):
            for _n in range(extra):
                self.book()
            applied = self.env["ai.suggestion"].sudo().search([("state", "=", "applied")])
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            applied._compare_with_books()
            sizes[len(applied)] = self.cr.sql_log_count - before
        self.assertEqual(len(set(sizes.values())), 1, sizes)

    def test_a_button_for_readers_only(self):
        self.suggestion.with_user(self.auditor).action_compare()
        with self.assertRaises(AccessError):
            self.suggestion.with_user(self.make_user("nobody")).action_compare()

    def test_records_tell_who_decided(self):
        message = self.bank_line.move_id.message_ids[:1]
        self.assertIn(self.reviewer.name, str(message.body))
        invoice = self.suggestion.sudo().item_ids.move_line_id.move_id
        self.assertIn("accepted by", str(invoice.message_ids[:1].body))
        self.suggestion.action_undo()
        self.assertIn("taken back", str(self.bank_line.move_id.message_ids[:1].body))

    def test_a_payment_tells_who_decided(self):
        invoice = self.document(self.yonder, 300.0)
        payment = self.pay(invoice)
        suggestion = self.booked(self.line(invoice.name, 300.0), "registered")
        self.assertIn("accepted by", str(payment.message_ids[:1].body))
        self.assertTrue(payment.with_user(self.reviewer).ai_generated)
        self.assertEqual(payment.with_user(self.reviewer).ai_decided_by_id, self.reviewer)
        self.assertEqual(self.yonder.with_user(self.reviewer).ai_decided_at, suggestion.decided_at)

    def test_the_log_holds_before_and_after(self):
        row = self.log.search([("event", "=", "applied"), ("suggestion_id", "=", self.suggestion.id)])
        before, after = row.payload["before"]["entries"][0], row.payload["after"]["entries"][0]
        self.assertEqual(before["move_id"], self.bank_line.move_id.id)
        self.assertIn(self.suspense.id, [item["account_id"] for item in before["items"]])
        booked = [item for item in after["items"] if item["account_id"] == self.receivable.id]
        self.assertEqual((booked[0]["balance"], len(booked[0]["matched"])), ("-100.00", 1))
        self.assertEqual(row.payload["before"]["counterparts"][0]["open"], "100.00")
        self.assertEqual(row.payload["after"]["counterparts"][0]["open"], "0.00")
        self.assertEqual((row.payload["decision"], row.payload["tier"]), ("person", "match"))
        self.assertNotIn(self.northwind.name, str(row.payload))
        self.assertNotIn("label", str(row.payload.get("proposal")))
        self.suggestion.action_undo()
        undone = self.log.search([("event", "=", "undone"), ("suggestion_id", "=", self.suggestion.id)])
        self.assertEqual(undone.payload["before"], row.payload["after"])
        self.assertIn(self.suspense.id, [i["account_id"] for i in undone.payload["after"]["entries"][0]["items"]])
