from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"
HEAD = "Type,Date,Reference,Customer,Gross,Fee,Net,Payout"


@tagged("post_install", "-at_install")
class TestPayoutScreens(BrowserCase):
    """A settlement file in a real browser: taken, a question answered in its row, booked, read by an auditor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.people = {
            role: new_test_user(cls.env, login=f"tour_payouts_{role}", groups=f"{GROUP}{role}")
            for role in ("reviewer", "auditor", "manager")
        }
        accounts = cls.env["account.account"].create(
            [
                {"name": name, "code": code, "account_type": kind, "reconcile": kind != "expense"}
                for name, code, kind in (
                    ("Cardpay clearing", "TPAY1", "asset_current"),
                    ("Cardpay fees", "TPAY2", "expense"),
                )
            ]
        )
        cls.env["ai.payment.provider"].create(
            {"name": "Cardpay", "clearing_account_id": accounts[0].id, "fee_account_id": accounts[1].id}
        )
        customers = [cls.books._partner(name, f"ACC-{name}") for name in ("Corner Cafe", "Lake House", "Old Mill")]
        named, *twins = [
            cls.books._document("out_invoice", customer, "2026-02-10", net, "")
            for customer, net in zip(customers, (120.0, 40.0, 40.0), strict=True)
        ]
        twin = twins[0].amount_total
        rows = (
            ("charge", named.name, named.amount_total, 2.4),
            ("charge", "ch_5550001", twin, 1.0),
            ("dispute", "old", -9.0, 0.0),
        )
        lines = [f"{kind},2026-03-03,{text},,{amount},{fee},{amount - fee},po_tour" for kind, text, amount, fee in rows]
        cls.env["ir.attachment"].create(
            {
                "name": "settlement.csv",
                "raw": "\n".join([HEAD, *lines]).encode(),
                "mimetype": "application/octet-stream",
                "public": True,
                "url": "/ai_bookkeeper/tour_settlement.csv",
                "type": "binary",
            }
        )

    def test_taken_answered_booked_read(self):
        self.start_tour("/odoo/bank-lines", "ai_bookkeeper_payouts", login=self.people["reviewer"].login)
        payout = self.env["ai.payout"].search([])
        self.assertEqual((payout.state, payout.status), ("booked", "left"))
        self.start_tour("/odoo/payouts", "ai_bookkeeper_payouts_read", login=self.people["auditor"].login)
        manager = self.people["manager"].login
        self.start_tour("/odoo/payout-providers", "ai_bookkeeper_payment_providers", login=manager)
