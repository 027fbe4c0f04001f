"""Who holds duties that conflict, a company that declares it, and the manager's settings page."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import BankCase


@tagged("post_install", "-at_install")
class TestDuties(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")
        cls.auditor = cls.make_user("auditor", "auditor")
        cls.everything = cls.make_user(
            "everything", "manager", "reviewer", groups="base.group_user,base.group_partner_manager"
        )

    def conflicts(self, user, reader=None):
        found = self.env["ai.duty.conflict"].with_user(reader or self.auditor).search([("user_id", "=", user.id)])
        return set(found.mapped("code"))

    def test_pairs_of_one_person(self):
        self.assertEqual(
            self.conflicts(self.everything),
            {
                "propose_decide",
                "policy_decide",
                "agents_decide",
                "vendor_decide",
                "vendor_bills",
                "bank_account_pay",
            },
        )
        self.assertEqual(self.conflicts(self.manager), set())
        self.assertEqual(self.conflicts(self.reviewer), {"propose_decide"})
        self.assertEqual(self.conflicts(self.auditor), set())

    def test_what_is_taken_away_is_gone(self):
        self.everything.sudo().group_ids -= self.env.ref("ai_bookkeeper.ai_bookkeeper_group_reviewer")
        self.assertNotIn("policy_decide", self.conflicts(self.everything))

    def test_rows_explain_themselves_and_are_exported(self):
        rows = self.env["ai.duty.conflict"].with_user(self.auditor)
        row = rows.search([("user_id", "=", self.everything.id), ("code", "=", "policy_decide")])
        self.assertIn("limit", row.explanation)
        self.assertIn("Bookkeeping Manager", row.held_by)
        self.auditor.group_ids += self.env.ref("base.group_allow_export")
        [values] = row.export_data(["user_id/name", "first_duty", "second_duty", "explanation", "held_by"])["datas"]
        self.assertEqual(values[1:3], ["Sets policies, caps and accounts", "Decides suggestions"])
        groups = rows.formatted_read_group([("user_id", "=", self.everything.id)], ["weight"], ["__count"])
        self.assertEqual({row["weight"]: row["__count"] for row in groups}, {"high": 4, "medium": 2})

    def test_who_reads_the_report(self):
        self.assertTrue(self.conflicts(self.everything, self.manager))
        for user in (self.reviewer, self.make_user("clerk")):
            with self.assertRaises(AccessError):
                self.conflicts(self.everything, user)
        elsewhere = self.make_user("elsewhere", "auditor", company=self.setup_other_company()["company"])
        self.assertEqual(self.conflicts(self.everything, elsewhere), set())

    # === ONE PERSON === #

    def test_a_manager_declares_a_one_person_company(self):
        dialogs = self.env["ai.duty.declare"].with_user(self.manager)
        self.assertEqual(self.company._ai_one_person_text(), "")
        dialogs.create({"reason": "The owner keeps the books alone"}).action_declare()
        text = self.company._ai_one_person_text()
        self.assertIn("The owner keeps the books alone", text)
        self.assertIn(self.manager.name, text)
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "duty_declared")], limit=1)
        self.assertEqual((log.user_id, log.company_id), (self.manager.id, self.company.id))
        self.assertEqual(log.payload, {"declared": True, "reason": "The owner keeps the books alone"})
        dialogs.create({"reason": "A colleague joined"}).action_declare()
        self.assertEqual(self.company._ai_one_person_text(), "")
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "duty_declared")], limit=1)
        self.assertIs(log.payload["declared"], False)

    def test_nobody_else_declares_it(self):
        with self.assertRaises(UserError):
            self.env["ai.duty.declare"].with_user(self.manager).create({"reason": "  "}).action_declare()
        for user in (self.reviewer, self.auditor):
            with self.assertRaises(AccessError):
                self.company.with_user(user)._ai_declare_one_person(True, "why")
        other = self.setup_other_company()["company"]
        with self.assertRaises(AccessError):
            other.with_user(self.manager)._ai_declare_one_person(True, "why")

    # === SETTINGS === #

    def test_a_manager_changes_settings_without_being_an_administrator(self):
        self.assertFalse(self.manager.has_group("base.group_system"))
        with Form(self.env["ai.settings"].with_user(self.manager)) as form:
            self.assertEqual(form.ai_fee_cap, self.company.ai_fee_cap)
            form.ai_fee_cap = 12.5
            form.ai_waiting_days = 9
        form.record.action_save()
        self.assertEqual((self.company.ai_fee_cap, self.company.ai_waiting_days), (12.5, 9))
        logs = self.env["ai.audit.log"].sudo().search([("event", "=", "setting_changed")], limit=2)
        self.assertEqual(set(logs.mapped("user_id")), {self.manager.id})
        told = {name: value for log in logs for name, value in log.payload.items()}
        self.assertEqual(told, {"ai_fee_cap": "12.5", "ai_waiting_days": "9"})

    def test_wrong_settings_are_refused(self):
        settings = self.env["ai.settings"].with_user(self.manager).create({"ai_withholding_rates": "many"})
        with self.assertRaises(ValidationError):
            settings.action_save()
        with self.assertRaises(UserError):
            self.company.with_user(self.manager)._ai_save_settings({"name": "Mine"})

    def test_nobody_else_changes_settings(self):
        for user in (self.reviewer, self.auditor, self.make_user("clerk")):
            with self.assertRaises(AccessError):
                self.env["ai.settings"].with_user(user).create({})
            with self.assertRaises(AccessError):
                self.company.with_user(user)._ai_save_settings({"ai_fee_cap": 1000.0})
        other = self.setup_other_company()["company"]
        mine = self.env["ai.settings"].with_user(self.manager)
        with self.assertRaises(AccessError):
            mine.create({"company_id": other.id}).action_save()
        dialog = mine.create({})
        colleague = self.make_user("colleague", "manager")
        with self.assertRaises(AccessError):
            dialog.with_user(colleague).action_save()
