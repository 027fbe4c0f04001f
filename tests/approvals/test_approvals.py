"""Bills go to whom the rules name, may be booked meanwhile, and are paid when the spending is approved."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import BankCase


class ApprovalCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")
        cls.auditor = cls.make_user("auditor", "auditor")
        cls.boss = cls.make_partner("Ada Boss", email="boss@example.com", is_company=False)
        cls.head = cls.make_partner("Hugo Head", email="head@example.com", is_company=False)

    def rule(self, **values):
        values = {"name": "Everything", "approver_ids": [Command.set(self.boss.ids)], **values}
        return self.env["ai.approval.rule"].with_user(self.manager).create(values)

    def draft(self, amount=100.0, partner=None, **values):
        lines = [Command.create({"name": "Fair", "price_unit": amount, "tax_ids": False, **values.pop("line", {})})]
        bills = self.env["account.move"].with_user(self.reviewer)
        return bills.create(
            {
                "move_type": "in_invoice",
                "partner_id": (partner or self.northwind).id,
                "invoice_date": "2026-03-01",
                "invoice_line_ids": lines,
                **values,
            }
        )

    def posted(self, amount=100.0, **values):
        move = self.draft(amount, **values)
        move.action_post()
        return move

    def pay_as_reviewer(self, move):
        wizard = self.env["account.payment.register"].with_user(self.reviewer)
        return wizard.with_context(active_model="account.move", active_ids=move.ids).create({})._create_payments()


@tagged("post_install", "-at_install")
class TestApprovals(ApprovalCase):
    def test_no_rule_asks_nobody(self):
        move = self.posted()
        self.assertEqual((move.ai_approval_state, move.payment_state), ("none", "not_paid"))

    def test_a_bill_is_booked_and_held_until_it_is_approved(self):
        self.rule(min_amount=50)
        mails = self.env["mail.mail"].search_count([])
        move = self.posted()
        self.assertEqual((move.state, move.ai_approval_state, move.payment_state), ("posted", "waiting", "blocked"))
        self.assertEqual(self.env["mail.mail"].search_count([]), mails + 1)
        self.assertEqual(move.ai_approval_ids.partner_id, self.boss)
        with self.assertRaisesRegex(UserError, "approval of Ada Boss"):
            self.pay_as_reviewer(move)
        with self.assertRaisesRegex(UserError, "approval of Ada Boss"):
            move.action_toggle_block_payment()
        move.ai_approval_ids.sudo()._decide("approved")
        self.assertEqual((move.ai_approval_state, move.payment_state), ("approved", "not_paid"))
        self.pay_as_reviewer(move)
        self.assertIn(move.payment_state, ("paid", "in_payment"))

    def test_below_the_amount_nobody_is_asked(self):
        self.rule(min_amount=100.01)
        self.assertEqual(self.posted(100.0).ai_approval_state, "none")
        self.assertEqual(self.posted(100.01).ai_approval_state, "waiting")

    def test_foreign_amounts_are_compared_in_the_company_currency(self):
        self.rule(min_amount=60)
        foreign = self.setup_other_currency("CAD", rates=[("2026-01-01", 2.0)])
        self.assertEqual(self.posted(100.0, currency_id=foreign.id).ai_approval_state, "none")
        self.assertEqual(self.posted(130.0, currency_id=foreign.id).ai_approval_state, "waiting")

    def test_the_first_rule_that_fits_decides(self):
        self.rule(sequence=1, partner_ids=[Command.set(self.yonder.ids)], approver_ids=[Command.set(self.head.ids)])
        self.rule(sequence=2)
        self.assertEqual(self.posted(partner=self.yonder).ai_approval_ids.partner_id, self.head)
        self.assertEqual(self.posted().ai_approval_ids.partner_id, self.boss)

    def test_child_contacts_are_their_company(self):
        self.rule(partner_ids=[Command.set(self.yonder.ids)])
        contact = self.make_partner("Billing", parent_id=self.yonder.id, is_company=False)
        self.assertEqual(self.posted(partner=contact).ai_approval_state, "waiting")

    def test_who_owns_the_budget(self):
        plan = self.env["account.analytic.plan"].create({"name": "Departments"})
        fair = self.env["account.analytic.account"].create(
            {"name": "Fair", "plan_id": plan.id, "ai_budget_owner_id": self.head.id}
        )
        self.rule(approver="owner", analytic_account_ids=[Command.set(fair.ids)])
        self.assertEqual(self.posted().ai_approval_state, "none")
        move = self.posted(line={"analytic_distribution": {str(fair.id): 100}})
        self.assertEqual(move.ai_approval_ids.partner_id, self.head)
        fair.ai_budget_owner_id = False
        move = self.posted(line={"analytic_distribution": {str(fair.id): 100}})
        self.assertEqual(move.ai_approval_ids.partner_id, self.boss, "nobody owns it: the named people")

    def test_who_ordered_it(self):
        self.rule(approver="orderer")
        self.assertEqual(self.posted(ai_ordered_by_id=self.head.id).ai_approval_ids.partner_id, self.head)
        self.assertEqual(self.posted().ai_approval_ids.partner_id, self.boss)

    def test_all_of_them_or_the_first(self):
        both = [Command.set((self.boss + self.head).ids)]
        rule = self.rule(approver_ids=both, needs_all=True)
        move = self.posted()
        first, second = move.ai_approval_ids.sudo()
        first._decide("approved")
        self.assertEqual((move.ai_approval_state, move.payment_state), ("waiting", "blocked"))
        second._decide("approved")
        self.assertEqual((move.ai_approval_state, move.payment_state), ("approved", "not_paid"))
        rule.with_user(self.manager).needs_all = False
        move = self.posted()
        move.ai_approval_ids.sudo()[1]._decide("approved")
        self.assertEqual(sorted(move.ai_approval_ids.mapped("state")), ["approved", "withdrawn"])
        self.assertEqual(move.payment_state, "not_paid")

    def test_a_refusal_holds_says_why_and_gives_a_task(self):
        self.rule()
        move = self.posted()
        approval = move.ai_approval_ids.sudo()
        with self.assertRaisesRegex(UserError, "Say why"):
            approval._decide("refused")
        approval._decide("refused", "We never got this")
        self.assertEqual((move.ai_approval_state, move.payment_state), ("refused", "blocked"))
        self.assertIn("We never got this", " ".join(move.message_ids.mapped("body")))
        self.assertEqual(move.activity_ids.user_id, self.reviewer)
        with self.assertRaisesRegex(UserError, "refused the spending"):
            self.pay_as_reviewer(move)
        with self.assertRaises(AccessError):
            approval.with_user(self.reviewer).action_withdraw("never mind")
        with self.assertRaisesRegex(UserError, "few words"):
            approval.with_user(self.manager).action_withdraw(" ")
        approval.with_user(self.manager).action_withdraw("Delivered on Monday after all")
        self.assertEqual((move.ai_approval_state, move.payment_state), ("none", "not_paid"))
        logs = (
            self.env["ai.audit.log"]
            .with_user(self.auditor)
            .search([("res_model", "=", "account.move"), ("res_id", "=", move.id)])
        )
        events = set(logs.mapped("event"))
        self.assertLessEqual({"spending_asked", "spending_refused", "spending_withdrawn"}, events)

    def test_an_answer_about_another_amount_says_nothing(self):
        self.rule(min_amount=50)
        move = self.posted(100.0)
        approval = move.ai_approval_ids.sudo()
        approval._decide("approved")
        move.button_draft()
        move.invoice_line_ids.price_unit = 1000.0
        move.action_post()
        self.assertEqual((move.ai_approval_state, move.payment_state), ("waiting", "blocked"))
        self.assertEqual(approval.state, "withdrawn")
        move.button_draft()
        move.invoice_line_ids.price_unit = 10.0
        move.action_post()
        self.assertEqual((move.ai_approval_state, move.payment_state), ("none", "not_paid"))

    def test_a_changed_bill_is_not_approved_by_the_old_link(self):
        self.rule()
        move = self.posted(100.0)
        move.button_draft()
        move.invoice_line_ids.price_unit = 1000.0
        with self.assertRaisesRegex(UserError, "changed after you were asked"):
            move.ai_approval_ids.sudo()._decide("approved")

    def test_who_booked_it_does_not_approve_it(self):
        me = self.reviewer.partner_id
        me.email = "reviewer@example.com"
        rule = self.rule(approver_ids=[Command.set((me + self.boss).ids)])
        self.assertEqual(self.posted().ai_approval_ids.partner_id, self.boss)
        rule.with_user(self.manager).approver_ids = [Command.set(me.ids)]
        alone = self.posted().ai_approval_ids
        with self.assertRaisesRegex(UserError, "somebody else approves"):
            alone.sudo()._decide("approved")
        rule.with_user(self.manager).allows_booker = True
        self.posted().ai_approval_ids.sudo()._decide("approved")

    def test_a_block_by_hand_stays(self):
        move = self.draft()
        [asked] = move.ai_ask_approval(self.head.id, "Yours?")
        move.action_post()
        self.assertEqual(move.payment_state, "blocked")
        self.env["ai.approval"].browse(asked)._decide("approved")
        self.assertEqual(move.payment_state, "not_paid")
        move.action_toggle_block_payment()
        move.ai_ask_approval(self.boss.id)
        move.ai_approval_ids.filtered(lambda row: row.state == "waiting").sudo()._decide("approved")
        self.assertEqual(move.payment_state, "blocked", "a person blocked it for a reason of their own")

    def test_a_company_may_pay_without_waiting(self):
        self.company.ai_approval_blocks_payment = False
        self.rule()
        move = self.posted()
        self.assertEqual((move.ai_approval_state, move.payment_state), ("waiting", "not_paid"))
        self.pay_as_reviewer(move)

    def test_credit_notes_and_sales_are_not_asked_about(self):
        self.rule()
        self.assertEqual(self.posted(move_type="in_refund").ai_approval_state, "none")
        invoice = self.document(self.northwind, 100.0)
        self.assertEqual(invoice.ai_approval_state, "none")
        with self.assertRaisesRegex(UserError, "Only bills"):
            invoice.with_user(self.reviewer).ai_ask_approval(self.boss.id)

    def test_asked_twice(self):
        move = self.posted()
        move.ai_ask_approval(self.boss.id)
        with self.assertRaisesRegex(UserError, "asked about .* already"):
            move.ai_ask_approval(self.boss.id)
        with self.assertRaisesRegex(UserError, "e-mail address"):
            move.ai_ask_approval(self.adatum.id)

    def test_rules_that_fit_nothing(self):
        for wrong in ({"min_amount": -1}, {"min_amount": 10, "max_amount": 5}, {"approver_ids": False}):
            with self.assertRaises(ValidationError):
                self.rule(**wrong)
        with self.assertRaisesRegex(ValidationError, "Adatum"):
            self.rule(approver_ids=[Command.set(self.adatum.ids)])

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_rights(self):
        rule = self.rule()
        approval = self.posted().ai_approval_ids
        for user in (self.reviewer, self.auditor):
            self.assertTrue(rule.with_user(user).name)
            self.assertTrue(approval.with_user(user).state)
            for record in (rule, approval):
                with self.assertRaises(AccessError):
                    record.with_user(user).write({"company_id": self.company.id})
        for user in (self.reviewer, self.manager):
            with self.assertRaises(AccessError):
                approval.with_user(user).write({"state": "approved"})
            with self.assertRaises(AccessError):
                approval.with_user(user).read(["nonce"])
        with self.assertRaises(AccessError):
            approval.with_user(self.auditor).action_remind()
        with self.assertRaises(AccessError):
            self.posted().with_user(self.auditor).ai_ask_approval(self.boss.id)
        with self.assertRaises(AccessError):
            approval.with_user(self.manager).action_open_page()

    def test_dialogs(self):
        move = self.posted()
        ask = self.env["ai.approval.ask"].with_user(self.reviewer)
        with Form(ask.with_context(active_model="account.move", active_ids=move.ids)) as dialog:
            dialog.partner_id = self.boss
            dialog.question = "For the fair?"
        dialog.record.action_ask()
        self.assertEqual(move.ai_approval_ids.question, "For the fair?")
        withdraw = self.env["ai.approval.withdraw"].with_user(self.manager)
        context = {"active_model": "ai.approval", "active_ids": move.ai_approval_ids.ids}
        with Form(withdraw.with_context(**context)) as dialog:
            dialog.reason = "by telephone"
        dialog.record.action_withdraw()
        self.assertEqual((move.ai_approval_state, move.payment_state), ("none", "not_paid"))

    def test_reminders_end(self):
        self.rule()
        approval = self.posted().ai_approval_ids.sudo()
        self.company.ai_approval_remind_max = 2
        for _round in range(4):
            approval.write({"asked_at": "2026-01-01", "reminded_at": approval.reminded_at and "2026-01-01"})
            self.env["ai.approval"]._cron_remind()
        self.assertEqual(approval.reminder_count, 2)

    def test_routing_many_bills_costs_the_same(self):
        self.rule(min_amount=1000)
        few = self.draft() + self.draft()
        many = few.browse([self.draft().id for _bill in range(12)])
        routing = self.env["ai.approval"]
        routing._route(few)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            routing._route(many)
