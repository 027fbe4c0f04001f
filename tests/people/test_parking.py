from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import LINE, AskCase


@tagged("post_install", "-at_install")
class TestParking(AskCase):
    """Parked on the clarification account: booked by a person, with reason and age, taken up again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clarification = cls.make_account("Clarification", "asset_current")
        cls.company.ai_clarification_account_id = cls.clarification
        cls.shell = cls.line("POS 4412 SHELL STATION 0231", -61.37)

    @property
    def parked(self):
        return self.suggestions.search([("is_parked", "=", True), ("company_id", "=", self.company.id)])

    def test_park_and_take_up(self):
        before = self.books()
        self.shell.with_user(self.reviewer).action_ai_park("missing_document", "Receipt from Bob")
        self.assertReconciled(self.shell)
        self.assertEntry(self.shell, [(self.clarification, 61.37)])
        parked = self.parked
        self.assertEqual((parked.park_reason, parked.park_note), ("missing_document", "Receipt from Bob"))
        self.assertEqual((parked.state, parked.decided_by_id), ("applied", self.reviewer))
        events = self.env["ai.audit.log"].sudo().search([("suggestion_id", "=", parked.id)])
        self.assertIn("parked", events.mapped("event"))
        parked.sudo().decided_at -= timedelta(days=12)
        self.assertEqual(parked.park_age, 12)
        parked.action_take_up()
        self.assertBooks(before)
        self.assertFalse(self.parked)
        self.assertEqual(parked.state, "undone")

    def test_park_a_suggestion(self):
        self.document(self.northwind, 640.0, payment_reference="DE-1")
        line = self.line("DE-1", 640.0, partner_id=self.northwind.id)
        suggestion = self.propose(line)
        suggestion.action_park("disputed")
        self.assertEqual(suggestion.state, "superseded")
        self.assertEntry(line, [(self.clarification, -640.0)])
        parked = self.parked
        parked.action_take_up()
        again = self.suggestions.search([("res_id", "=", line.id), ("state", "=", "pending")])
        self.assertEqual(again.case, suggestion.case, "the line is proposed anew")

    def test_taken_up_and_coded(self):
        self.shell.with_user(self.reviewer).action_ai_park("unknown_payee")
        self.parked.action_take_up()
        self.by_hand(self.shell, write_off=[{"account_id": self.expense.id, "amount": "-61.37"}])
        self.assertEntry(self.shell, [(self.expense, 61.37)])
        self.assertFalse(self.parked)

    def test_taken_up_and_asked(self):
        self.shell.with_user(self.reviewer).action_ai_park("waiting_answer")
        with self.assertRaisesRegex(UserError, "reconciled"):
            self.ask(self.shell)
        self.parked.action_take_up()
        self.assertEqual(self.ask(self.shell).state, "sent")

    def test_locked_period(self):
        self.shell.with_user(self.reviewer).action_ai_park("other")
        self.company.sudo().fiscalyear_lock_date = "2026-03-31"
        with self.assertRaisesRegex(UserError, "locked"):
            self.parked.action_take_up()

    def test_undo_in_odoo_unparks(self):
        self.shell.with_user(self.reviewer).action_ai_park("other")
        parked = self.parked
        parked.action_undo()
        self.assertFalse(parked.is_parked)

    def test_a_second_person_where_a_policy_wants_one(self):
        """Parking is a person's booking like any other: the same rules."""
        self.env["ai.policy"].sudo().create(
            {
                "name": "Two",
                "mode": "assist",
                "sequence": 1,
                "company_id": self.company.id,
                "second_approval_amount": 50,
            }
        )
        before = self.books()
        notice = self.shell.with_user(self.reviewer)._ai_park_and_tell("other", "")
        self.assertIn("second person", notice["params"]["message"])
        self.assertEqual(self.parked.state, "accepted")
        self.assertBooks(before)
        self.parked.action_take_up()
        self.assertFalse(self.parked)
        self.shell.with_user(self.reviewer).action_ai_park("other")
        second = self.make_user("second", "reviewer")
        self.parked.with_user(second).action_accept()
        self.assertEqual(self.parked.state, "applied")
        self.assertReconciled(self.shell)

    def test_edited_it_is_parking_no_more(self):
        self.env["ai.policy"].sudo().create(
            {
                "name": "Two",
                "mode": "assist",
                "sequence": 1,
                "company_id": self.company.id,
                "second_approval_amount": 50,
            }
        )
        self.shell.with_user(self.reviewer).action_ai_park("other")
        waiting = self.parked
        waiting.action_send_back()
        waiting.action_edit({"lines": [{"account_id": self.expense.id, "amount": "-61.37"}]})
        self.assertFalse(waiting.park_reason)

    def test_refusals(self):
        as_reviewer = self.shell.with_user(self.reviewer)
        with self.assertRaisesRegex(UserError, "Unknown reason"):
            as_reviewer.action_ai_park("because")
        self.company.ai_clarification_account_id = False
        with self.assertRaisesRegex(UserError, "no clarification account"):
            as_reviewer.action_ai_park("other")
        self.company.ai_clarification_account_id = self.clarification
        manager = self.make_user("manager", "manager")
        with self.assertRaises(AccessError):
            self.shell.with_user(manager).action_ai_park("other")
        as_reviewer.action_ai_park("other")
        with self.assertRaisesRegex(UserError, "reconciled"):
            as_reviewer.action_ai_park("other")
        with self.assertRaises(AccessError):
            self.parked.with_user(manager).action_take_up()

    def test_account_of_the_balance_sheet(self):
        with self.assertRaises(ValidationError):
            self.company.ai_clarification_account_id = self.expense
        with self.assertRaises(ValidationError):
            self.company.ai_clarification_account_id = self.suspense

    def test_wizard(self):
        lines = self.shell + self.line("HOTEL", -20.0)
        wizard = (
            self.env["ai.park"]
            .with_user(self.reviewer)
            .with_context(active_model=LINE, active_ids=lines.ids)
            .create({"reason": "disputed", "note": "Call the bank"})
        )
        self.assertIn("Clarification", wizard.account_names)
        notice = wizard.action_park()
        self.assertIn("2 parked", notice["params"]["message"])
        self.assertEqual(len(self.parked), 2)
        self.assertEqual(set(self.parked.mapped("park_note")), {"Call the bank"})
