"""A cut-over in a real browser: the file waits, another day is chosen, it is accepted, the lines are there."""

import base64

from odoo import Command
from odoo.tests import new_test_user, tagged

from ..bank.files import camt, entry, statement
from ..common_browser import BrowserCase

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"
LINES = (
    ("2026-01-05", "-400.00", "Rent January"),
    ("2026-02-05", "-400.00", "Rent February"),
    ("2026-02-27", "-9.90", "Account fee"),
)


@tagged("post_install", "-at_install")
class TestCutOverScreens(BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviewer = new_test_user(cls.env, login="tour_cut_over", groups=f"{GROUP}reviewer")
        cls.auditor = new_test_user(cls.env, login="tour_cut_over_read", groups=f"{GROUP}auditor")
        cls.journal = cls.env["account.journal"].create({"name": "Bank TOUR", "code": "TOUR", "type": "bank"})
        accounts = cls.env["account.account"]
        cls.outstanding = accounts.create(
            {"name": "On its way", "code": "101999", "account_type": "asset_current", "reconcile": True}
        )
        methods = cls.journal.inbound_payment_method_line_ids + cls.journal.outbound_payment_method_line_ids
        methods.payment_account_id = cls.outstanding
        equity = accounts.create({"name": "Capital", "code": "301999", "account_type": "equity"})
        rent = accounts.create({"name": "Rent", "code": "601999", "account_type": "expense"})
        for day, amount, text, other in (
            ("2025-12-31", 1000.0, "Opening", equity),
            ("2026-01-05", -400.0, "Rent January", rent),
            ("2026-02-04", -400.0, "Rent February", rent),
        ):
            rows = ((cls.journal.default_account_id, amount), (other, -amount))
            items = [Command.create({"account_id": a.id, "balance": b, "name": text}) for a, b in rows]
            cls.env["account.move"].create({"date": day, "ref": text, "line_ids": items}).action_post()
        currency = cls.env.company.currency_id.name
        entries = "".join(
            entry(day, amount, text, bank_id=f"T{number}", currency=currency)
            for number, (day, amount, text) in enumerate(LINES)
        )
        data = camt(statement(entries, start="1000.00", end="190.10", currency=currency))
        imports = cls.env["ai.bank.import"].with_user(cls.reviewer)
        content = base64.b64encode(data).decode()
        cls.record = imports.browse(imports.import_file(cls.journal.id, "tour.xml", content, allow_other_account=True))

    def test_cut_over(self):
        self.assertEqual(self.record.state, "held")
        self.start_tour("/odoo/cut-overs", "ai_bookkeeper_cut_over_read", login=self.auditor.login)
        self.start_tour(
            f"/odoo/bank-imports/{self.record.id}", "ai_bookkeeper_cut_over", login=self.reviewer.login, timeout=120
        )
        self.env.invalidate_all()
        self.assertEqual((self.record.state, self.record.cut_over_id.state), ("done", "done"))
        self.assertEqual(self.record.created_count, 2)
        domain = [("account_id", "=", self.journal.default_account_id.id), ("parent_state", "=", "posted")]
        self.assertAlmostEqual(sum(self.env["account.move.line"].search(domain).mapped("balance")), 190.10)
