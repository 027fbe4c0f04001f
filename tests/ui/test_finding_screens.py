from odoo import Command
from odoo.tests import new_test_user, tagged

from ..bills.common import reading
from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestFindingScreens(BrowserCase):
    """What speaks against bills, in a real browser: dismissed with a reason, confirmed by a manager, read by others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.people = {
            role: new_test_user(cls.env, login=f"tour_findings_{role}", groups=f"{GROUP}{role}")
            for role in ("reviewer", "manager", "auditor")
        }
        cls.vendor = cls.env["res.partner"].create({"name": "Lakeside Office Supplies", "is_company": True})
        cls.env["res.partner.bank"].create(
            {"acc_number": "BE68539007547034", "partner_id": cls.vendor.id, "allow_out_payment": True}
        )
        cls.env["ai.vendor.change"].sudo().search([]).unlink()
        cls.twin = cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": cls.vendor.id,
                "ref": "2026-17",
                "invoice_date": "2026-03-05",
                "invoice_line_ids": [
                    Command.create({"name": "Paper", "price_unit": 100.0, "tax_ids": [Command.clear()]})
                ],
            }
        )
        cls.twin.action_post()
        cls.move = cls.env["account.move"].create({"move_type": "in_invoice"})
        told = reading(
            vendor=cls.vendor.name,
            number="2026-17",
            date="2026-03-05",
            total="100.00",
            net="100.00",
            currency=cls.books.company.currency_id.name,
            vendor_iban="DE89370400440532013000",
        )
        cls.env["ai.document"].create(
            {
                "name": "bill.pdf",
                "state": "read",
                "kind": "bill",
                "company_id": cls.move.company_id.id,
                "journal_id": cls.move.journal_id.id,
                "move_id": cls.move.id,
                "reading": told,
            }
        )
        cls.env["ai.suggestion"].propose("account.move", cls.move.ids)
        cls.findings = cls.env["ai.finding"].search([("res_id", "=", cls.move.id)])

    def test_findings(self):
        self.assertEqual(sorted(self.findings.mapped("code")), ["bank_changed", "twin_number"])
        self.start_tour("/odoo/findings", "ai_bookkeeper_findings_read", login=self.people["auditor"].login)
        reviewer = self.people["reviewer"]
        self.start_tour(f"/odoo/vendor-bills/{self.move.id}", "ai_bookkeeper_findings_on_bill", login=reviewer.login)
        self.start_tour("/odoo/findings", "ai_bookkeeper_findings", login=reviewer.login)
        self.start_tour("/odoo/findings", "ai_bookkeeper_findings_confirm", login=self.people["manager"].login)
        self.env.invalidate_all()
        self.assertEqual(set(self.findings.mapped("state")), {"dismissed"})
        self.assertEqual(
            {finding.code: finding.dismissed_by_id for finding in self.findings},
            {"twin_number": reviewer, "bank_changed": self.people["manager"]},
        )
