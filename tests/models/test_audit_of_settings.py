"""Who changed the rules of the game is in the audit log."""

from odoo.tests import tagged

from ..common import BankCase


@tagged("post_install", "-at_install")
class TestAuditOfSettings(BankCase):
    def last(self, event):
        return self.env["ai.audit.log"].sudo().search([("event", "=", event)], limit=1)

    def test_a_policy_that_a_manager_changes_is_logged(self):
        manager = self.make_user("policy_manager", "manager")
        policy = self.env["ai.policy"].with_user(manager).create({"name": "Mine", "company_id": self.company.id})
        policy.max_amount = 100.0
        log = self.last("policy_changed")
        self.assertEqual((log.res_id, log.user_id), (policy.id, manager.id))
        self.assertEqual(log.payload["values"], {"max_amount": "100.0"})

    def test_a_cap_that_changes_is_logged(self):
        self.company.ai_fee_cap = 12.0
        self.assertEqual(self.last("setting_changed").payload, {"ai_fee_cap": "12.0"})

    def test_taking_and_losing_a_role_is_logged(self):
        user = self.make_user("role_taker", "manager")
        reviewer = self.env.ref("ai_bookkeeper.ai_bookkeeper_group_reviewer")
        user.group_ids += reviewer
        self.assertEqual(self.last("role_changed").payload, {"gained": ["reviewer"], "lost": []})
        user.group_ids -= reviewer
        self.assertEqual(self.last("role_changed").payload, {"gained": [], "lost": ["reviewer"]})

    def test_the_chart_brings_the_accounts_for_differences(self):
        self.company.write({"ai_fee_account_id": False, "ai_rounding_account_id": False})
        self.company._ai_set_defaults()
        self.assertIn("Bank", self.company.ai_fee_account_id.name)
        self.assertEqual(self.company.ai_rounding_account_id, self.company.default_cash_difference_expense_account_id)
