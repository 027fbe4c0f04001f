from odoo import Command
from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"
LINE = "account.bank.statement.line"


@tagged("post_install", "-at_install")
class TestReconciliationScreens(BrowserCase):
    """The reconciliation statement and what does not join, in a real browser: looked at, issued, put right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            role: new_test_user(cls.env, login=f"tour_reconciliation_{role}", groups=f"{GROUP}{role}")
            for role in ("reviewer", "auditor")
        }
        cls.journal = cls.env["account.journal"].create({"name": "Tour Bank", "code": "TOURB", "type": "bank"})

    def told(self, name, start, end, *lines):
        made = [
            self.env[LINE].create({"journal_id": self.journal.id, "date": day, "payment_ref": text, "amount": amount})
            for day, text, amount in lines
        ]
        return self.env["account.bank.statement"].create(
            {
                "name": name,
                "balance_start": start,
                "balance_end_real": end,
                "line_ids": [Command.set([line.id for line in made])],
            }
        )

    def hand(self, amount, day):
        equity = self.env["account.account"].search([("account_type", "=", "equity")], limit=1)
        move = self.env["account.move"].create(
            {
                "date": day,
                "line_ids": [
                    Command.create({"account_id": self.journal.default_account_id.id, "balance": amount}),
                    Command.create({"account_id": equity.id, "balance": -amount}),
                ],
            }
        )
        move.action_post()

    def test_statement(self):
        self.told("T1", 0.0, 300.0, ("2026-01-05", "Sale in the tour", 300.0))
        self.hand(7.0, "2026-01-20")
        path = "/odoo/reconciliation-statements"
        self.start_tour(path, "ai_bookkeeper_reconciliation_read", login=self.people["auditor"].login)
        self.start_tour(path, "ai_bookkeeper_reconciliation", login=self.people["reviewer"].login)
        issued = self.env["ai.bank.reconciliation"].search([("journal_id", "=", self.journal.id)])
        self.assertEqual((issued.difference, issued.user_id), (7.0, self.people["reviewer"]))

    def test_findings(self):
        self.told("T1", 0.0, 300.0, ("2026-01-05", "Sale in the tour", 300.0))
        self.told("T3", 350.0, 360.0, ("2026-03-05", "Fee of the tour", 10.0))
        twin = self.env[LINE].search([("payment_ref", "=", "Sale in the tour")])
        twin.ai_fingerprint = False
        record = self.env["ai.bank.import"].create(
            {"name": "x.csv", "journal_id": self.journal.id, "company_id": self.journal.company_id.id, "format": "ofx"}
        )
        twin.ai_import_id = record
        late = self.env[LINE].create(
            {"journal_id": self.journal.id, "date": "2026-01-05", "payment_ref": "SALE IN THE TOUR", "amount": 300.0}
        )
        self.env["ai.statement.check"]._check_journal(self.journal)
        self.start_tour("/odoo/bank-findings", "ai_bookkeeper_bank_findings", login=self.people["reviewer"].login)
        self.env.invalidate_all()
        self.assertEqual(late.state, "cancel")
