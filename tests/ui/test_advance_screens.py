from odoo import Command
from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestAdvanceScreens(BrowserCase):
    """Money on account offered to an invoice, and a netting, in a real browser as a reviewer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviewer = new_test_user(cls.env, login="tour_advances", groups=f"{GROUP}reviewer")
        cls.company = cls.env.company
        cls.tax = cls.env["account.tax"].create({"name": "20 %", "amount": 20, "type_tax_use": "sale"})
        account = cls.env["account.account"].create(
            {"name": "Tax on advances", "code": "199199", "account_type": "asset_current"}
        )
        cls.company.write(
            {
                "ai_advance_account_id": account.id,
                "ai_advance_tax_id": cls.tax.id,
                "ai_advance_vat": True,
                "ai_advance_from": "2026-01-01",
            }
        )

    def document(self, partner, net, move_type="out_invoice", taxes=None, **values):
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": "2026-03-05",
                "date": "2026-03-05",
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Kitchen", "price_unit": net, "tax_ids": [Command.set(taxes.ids if taxes else [])]}
                    )
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def test_advances(self):
        partner = self.env["res.partner"].create({"name": "Kestrel Kitchens", "is_company": True})
        payment = self.env["account.payment"].create(
            {
                "partner_id": partner.id,
                "amount": 120.0,
                "payment_type": "inbound",
                "partner_type": "customer",
                "date": "2026-02-10",
                "memo": "Deposit for the kitchen",
                "journal_id": self.env["account.journal"].search([("type", "=", "bank")], limit=1).id,
            }
        )
        payment.action_post()
        self.env.cr.flush()
        found = self.env["ai.suggestion"].search([("kind", "=", "advance"), ("res_id", "=", payment.move_id.id)])
        found.action_accept()
        self.document(partner, 300.0, taxes=self.tax)
        self.start_tour("/odoo/advances", "ai_bookkeeper_advances", login=self.reviewer.login)

    def test_netting(self):
        partner = self.env["res.partner"].create({"name": "Harbour Trading", "is_company": True})
        self.document(partner, 300.0)
        self.document(partner, 100.0, "in_invoice", ref="HT-1")
        self.start_tour(
            "/odoo/action-ai_bookkeeper.res_partner_action_netting", "ai_bookkeeper_netting", login=self.reviewer.login
        )
