"""Where posting binds in law no policy goes beyond a draft, unless a manager opens the journal."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_policies import PolicyCase

BINDING = "posting binds in law in this journal"


@tagged("post_install", "-at_install")
class TestBinding(PolicyCase):
    def setUp(self):
        super().setUp()
        self.policy(max_amount=1000.0)

    def law(self, journal=None):
        return (journal or self.bank)._ai_binding_laws()[(journal or self.bank).id]

    def test_a_hashed_journal(self):
        self.bank.restrict_mode_hash_table = True
        self.assertAsked(self.proposed(), BINDING)
        self.assertIn("hash", self.bank.with_user(self.manager).ai_binding_text)

    def test_a_restricted_audit_trail(self):
        self.company.restrictive_audit_trail = True
        self.assertAsked(self.proposed(), BINDING)

    def test_french_and_german_companies(self):
        for country, law in (("fr", "french"), ("de", "german"), ("re", "french"), ("us", "")):
            self.company.account_fiscal_country_id = self.env.ref(f"base.{country}")
            self.company.country_id = self.env.ref(f"base.{country}")
            self.assertEqual(self.law(), law, country)

    def test_clearance_countries_bind_in_sales_only(self):
        self.company.account_fiscal_country_id = self.env.ref("base.sa")
        self.assertEqual(self.law(self.company_data["default_journal_sale"]), "clearance")
        self.assertEqual(self.law(self.company_data["default_journal_purchase"]), "")

    def test_a_manager_opens_the_journal(self):
        self.bank.restrict_mode_hash_table = True
        self.bank.with_user(self.manager).action_ai_open_to_policies()
        suggestion = self.proposed()
        self.assertEqual(suggestion.state, "accepted")
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "setting_changed")], limit=1)
        self.assertEqual(log.payload, {"ai_open_to_policies": True, "law": "hash"})
        self.assertEqual((log.res_id, log.user_id), (self.bank.id, self.manager.id))
        # Closed again, what waits for its sign-off asks.
        self.bank.with_user(self.manager).action_ai_close_to_policies()
        self.assertAsked(suggestion, BINDING)

    def test_a_journal_that_becomes_binding_while_a_batch_waits(self):
        suggestion = self.proposed()
        self.assertEqual(suggestion.state, "accepted")
        self.bank.restrict_mode_hash_table = True
        suggestion.action_sign_off()
        self.assertAsked(suggestion, BINDING)

    def test_only_a_manager_and_only_with_the_button(self):
        administrator = self.make_user("accountant", groups="base.group_user,account.group_account_manager")
        for user in (self.reviewer, administrator, self.agent):
            with self.assertRaises(AccessError):
                self.bank.with_user(user).action_ai_open_to_policies()
        with self.assertRaisesRegex(UserError, "own button"):
            self.bank.with_user(administrator).ai_open_to_policies = True
        with self.assertRaisesRegex(UserError, "own button"):
            self.env["account.journal"].with_user(administrator).create(
                {"name": "Open", "code": "OPN", "type": "bank", "ai_open_to_policies": True}
            )

    def test_exchange_entries_bind_too(self):
        currency = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0)])
        journal = self.make_journal("BNKE", currency)
        self.company.currency_exchange_journal_id.restrict_mode_hash_table = True
        row = {"account_id": self.income.id, "amount": "10.00"}
        suggestion = self.submitted(self.line("x", 10.0, journal=journal), {"lines": [row]}, "bank_coding")
        self.assertEqual(suggestion._situations()[suggestion.id].binds, "", "no item, no exchange entry")
        invoice = self.document(self.yonder, 20.0, currency_id=currency.id)
        match = {"move_line_id": self.term_line(invoice).id, "amount": "20.00"}
        proposal = {"counterparts": [match], "write_off": [], "partner_id": self.yonder.id}
        suggestion = self.submitted(self.line("y", 20.0, journal=journal), proposal)
        self.assertEqual(suggestion._situations()[suggestion.id].binds, "hash")

    def test_people_decide_there_as_ever(self):
        self.bank.restrict_mode_hash_table = True
        self.assertIs(self.proposed().action_accept(), True)
