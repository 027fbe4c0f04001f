from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"
LINE = "account.bank.statement.line"
OFFICE = "DE27100000000010001510"


@tagged("post_install", "-at_install")
class TestCounterpartScreens(BrowserCase):
    """Found, kept, settled on the desk; a loan with its plan; what an auditor sees of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.env["ai.counterpart"].search([]).active = False
        cls.today = fields.Date.today()
        cls.reviewer = new_test_user(cls.env, login="tour_reviewer", groups=f"base.group_user,{GROUP}reviewer")
        cls.manager = new_test_user(cls.env, login="tour_manager", groups=f"base.group_user,{GROUP}manager")
        cls.auditor = new_test_user(cls.env, login="tour_auditor", groups=f"base.group_user,{GROUP}auditor")
        cls.vat = cls.account("VAT of the tour", "252900", "liability_current")

    @classmethod
    def account(cls, name, code, account_type):
        return cls.env["account.account"].create({"name": name, "code": code, "account_type": account_type})

    def owe(self, account, amount):
        general = self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", self.books.company.id)], limit=1
        )
        self.env["account.move"].create(
            {
                "journal_id": general.id,
                "date": self.today - timedelta(days=9),
                "line_ids": [
                    Command.create({"name": "Accrued", "account_id": self.books.expense.id, "balance": amount}),
                    Command.create({"name": "Accrued", "account_id": account.id, "balance": -amount}),
                ],
            }
        ).action_post()

    def pay(self, text, amount):
        return self.env[LINE].create(
            {
                "journal_id": self.books.bank.id,
                "payment_ref": text,
                "amount": amount,
                "date": self.today,
                "account_number": OFFICE,
                "partner_name": "Finanzamt Mitte",
            }
        )

    def kept(self, kind, name, topic, account):
        return self.env["ai.counterpart"].create(
            {
                "name": name,
                "kind": kind,
                "account_numbers": OFFICE,
                "claim_ids": [Command.create({"topic": topic, "account_ids": [Command.set(account.ids)]})],
            }
        )

    def test_find_and_keep(self):
        # Only the account of this test is VAT by the chart.
        groups = self.env["account.tax.group"].search([("company_id", "=", self.books.company.id)])
        groups.write({"tax_payable_account_id": self.vat.id, "tax_receivable_account_id": self.vat.id})
        self.owe(self.vat, 1500.0)
        self.pay("UMSATZSTEUER", -1500.0)
        self.start_tour("/odoo/counterparts", "ai_bookkeeper_counterparts", login=self.manager.login)
        found = self.env["ai.counterpart"].search([("state", "=", "kept")])
        settles = found.claim_ids.filtered(lambda claim: claim.topic == "vat").account_ids
        self.assertEqual((found.kind, settles), ("tax_office", self.vat))

    def test_settle_on_the_desk(self):
        self.kept("tax_office", "Finanzamt Mitte", "vat", self.vat)
        self.owe(self.vat, 1500.0)
        line = self.pay("UMSATZSTEUER", -1500.0)
        self.env["ai.suggestion"].with_user(self.reviewer).propose(LINE, line.ids)
        self.start_tour("/odoo/review-desk", "ai_bookkeeper_settle", login=self.reviewer.login)
        line.invalidate_recordset()
        self.assertTrue(line.is_reconciled)
        self.assertEqual(line._seek_for_lines()[2].account_id, self.vat)

    def test_loan(self):
        loan_account = self.account("Loan of the tour", "292900", "liability_non_current")
        lender = self.kept("lender", "Bank of the Tour", "loan", loan_account)
        loan = self.env["ai.loan"].create(
            {
                "name": "Van",
                "counterpart_id": lender.id,
                "principal": 10000.0,
                "account_id": loan_account.id,
                "interest_account_id": self.books.expense.id,
                "rate": 6.0,
                "start": "2025-12-31",
                "first": "2026-01-31",
            }
        )
        self.start_tour("/odoo/loans", "ai_bookkeeper_loan", login=self.manager.login)
        self.assertEqual(loan.state, "running")

    def test_auditor_reads(self):
        self.kept("tax_office", "Finanzamt Mitte", "vat", self.vat)
        self.start_tour("/odoo/counterparts", "ai_bookkeeper_counterparts_auditor", login=self.auditor.login)
