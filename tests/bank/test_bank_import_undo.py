"""An import is one record that can be undone while nothing of it is reconciled."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .files import ImportCase, entry, one


@tagged("post_install", "-at_install")
class TestBankImportUndo(ImportCase):
    def setUp(self):
        super().setUp()
        self.load(one(entry("2024-01-09", "3.00", "before"), name="S-0"))
        self.kept = self.journal_lines()
        data = one(entry("2024-01-10", "1.00", "a"), entry("2024-01-11", "0.00", "advice"), start=0, end="1.00")
        self.record = self.load(data).with_user(self.reviewer)

    def reconcile(self, line, amount):
        """Book ``amount`` of a line on an account, as Odoo stores a decided line."""
        _liquidity, suspense, _other = line._seek_for_lines()
        account = self.company_data["default_account_revenue"]
        move = line.move_id.with_context(force_delete=True, skip_readonly_check=True)
        if amount == line.amount:
            suspense.account_id = account
            return
        rest = {"balance": suspense.balance * 0.5, "amount_currency": suspense.amount_currency * 0.5}
        move.write(
            {
                "line_ids": [
                    Command.update(suspense.id, rest),
                    Command.create({**rest, "account_id": account.id, "currency_id": suspense.currency_id.id}),
                ]
            }
        )

    def test_undo(self):
        statements, moves = self.record.statement_ids, self.record.line_ids.move_id
        self.record.action_undo()
        self.assertEqual(self.journal_lines(), self.kept)
        self.assertFalse(statements.exists() or moves.exists())
        self.assertEqual((self.record.state, self.record.created_count), ("undone", 0))
        self.assertTrue(self.record.attachment_id)
        domain = [("res_model", "=", "ai.bank.import"), ("res_id", "=", self.record.id)]
        log = self.env["ai.audit.log"].sudo().search([*domain, ("event", "=", "import_undone")])
        self.assertEqual((log.user_id, log.payload["removed"]), (self.reviewer.id, 2))
        self.assertTrue(self.env["sync.event"].sudo().search([*domain, ("name", "=", "bank.import_undone")]))
        with self.assertRaises(UserError):
            self.record.action_undo()

    def test_several_at_once(self):
        (self.record + self.kept.ai_import_id.with_user(self.reviewer)).action_undo()
        self.assertFalse(self.journal_lines())

    def test_refused_when_a_line_is_reconciled(self):
        self.reconcile(self.record.sudo().line_ids.filtered("amount"), 1.0)
        with self.assertRaises(UserError) as caught:
            self.record.action_undo()
        self.assertIn("1 line(s) of statement.xml are reconciled", caught.exception.args[0])
        self.assertEqual(len(self.journal_lines()), 3)

    def test_refused_when_a_part_of_a_line_is_booked(self):
        line = self.record.sudo().line_ids.filtered("amount")
        self.reconcile(line, 0.5)
        self.assertFalse(line.is_reconciled)
        with self.assertRaises(UserError):
            self.record.action_undo()

    def test_refused_in_a_locked_period(self):
        self.lock("2024-01-31")
        with self.assertRaises(UserError) as caught:
            self.record.action_undo()
        self.assertIn("01/31/2024", caught.exception.args[0])
        self.assertEqual(len(self.journal_lines()), 3)

    def test_under_a_restrictive_audit_trail_entries_are_cancelled(self):
        self.company.restrictive_audit_trail = True
        moves = self.record.line_ids.move_id
        self.record.action_undo()
        self.assertEqual(self.journal_lines(), self.kept)
        self.assertEqual(set(moves.sudo().mapped("state")), {"cancel"})
        self.assertEqual(self.record.state, "undone")
