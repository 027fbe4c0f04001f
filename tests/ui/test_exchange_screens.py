from odoo import Command
from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestExchangeScreens(BrowserCase):
    """Rates on the card, the dialog that takes a missing one, and the provider of rates, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.reviewer = new_test_user(cls.env, login="tour_exchange", groups=f"{GROUP}reviewer")
        cls.manager = new_test_user(cls.env, login="tour_exchange_manager", groups=f"{GROUP}manager")
        cls.auditor = new_test_user(cls.env, login="tour_exchange_read", groups=f"{GROUP}auditor")
        cls.partner = cls.env["res.partner"].create({"name": "Helvetia Machines AG", "is_company": True})
        rates = (("2026-01-01", 2.0), ("2026-03-01", 2.0), ("2026-03-10", 2.5))
        cls.first = cls._line("FOREIGN-1", 405.0, cls._invoice(cls._currency("CHF", rates)))
        cls.second = cls._line("FOREIGN-2", 95.0, cls._invoice(cls._currency("NOK", (("2025-12-01", 10.0),))))
        lines = cls.first + cls.second
        cls.env["ai.suggestion"].with_user(cls.reviewer).propose(lines._name, lines.ids)

    @classmethod
    def _currency(cls, name, rates):
        currency = cls.env["res.currency"].with_context(active_test=False).search([("name", "=", name)])
        currency.active = True
        currency.rate_ids.unlink()
        for day, rate in rates:
            cls.env["res.currency.rate"].create(
                {"currency_id": currency.id, "name": day, "rate": rate, "company_id": cls.company.id}
            )
        return currency

    @classmethod
    def _invoice(cls, currency):
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.partner.id,
                "invoice_date": "2026-03-01",
                "currency_id": currency.id,
                "invoice_line_ids": [
                    Command.create({"name": "Parts", "price_unit": 1000.0, "tax_ids": [Command.clear()]})
                ],
            }
        )
        move.action_post()
        return move

    @classmethod
    def _line(cls, text, amount, invoice):
        bank = cls.env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", cls.company.id)], limit=1)
        return cls.env["account.bank.statement.line"].create(
            {
                "journal_id": bank.id,
                "payment_ref": f"{text} HELVETIA MACHINES AG {invoice.name}",
                "amount": amount,
                "date": "2026-03-10",
            }
        )

    def test_rates_side_by_side_and_the_loss(self):
        self.start_tour("/odoo/bank-lines", "ai_bookkeeper_exchange_card", login=self.reviewer.login)
        self.env.invalidate_all()
        self.assertTrue(self.first.is_reconciled)

    def test_a_missing_rate_is_entered(self):
        self.start_tour("/odoo/bank-lines", "ai_bookkeeper_exchange_read", login=self.auditor.login)
        self.start_tour("/odoo/bank-lines", "ai_bookkeeper_enter_rate", login=self.reviewer.login)
        self.env.invalidate_all()
        self.assertEqual(self.second.ai_suggestion_id.case, "currency")

    def test_a_provider_of_rates(self):
        self.start_tour("/odoo/ai-exchange-rates", "ai_bookkeeper_rate_provider", login=self.manager.login)
        provider = self.env["ai.rate.provider"].search([("company_id", "=", self.company.id)])
        self.assertEqual((provider.is_on, provider.state), (False, "failed"))
