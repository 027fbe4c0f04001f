from datetime import date, timedelta

from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"
LINE = "account.bank.statement.line"


@tagged("post_install", "-at_install")
class TestBacktestScreens(BrowserCase):
    """A manager asks "had this been on?", looks at the one line that differs, and has it corrected."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(cls.env, login="tour_manager", groups=f"base.group_user,{GROUP}manager")
        cls.reviewer = new_test_user(cls.env, login="tour_reviewer", groups=f"base.group_user,{GROUP}reviewer")
        accounts = cls.env["account.account"]
        fuel, repairs = (
            accounts.create({"name": name, "code": code, "account_type": "expense"})
            for name, code in (("Fuel", "990101"), ("Repairs", "990102"))
        )
        first = date(2026, 1, 5)
        for number in range(10):
            cls.coded(fuel, first + timedelta(days=7 * number), -46.0 - number)
        cls.coded(repairs, date(2026, 4, 15), -115.0)

    @classmethod
    def coded(cls, account, day, amount):
        bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.env.company.id)], limit=1
        )
        values = {"journal_id": bank.id, "payment_ref": "SHELL STATION", "amount": amount, "date": str(day)}
        line = cls.env[LINE].create(values)
        row = {"account_id": account.id, "amount": f"{amount:.2f}", "label": "by hand"}
        line.with_user(cls.reviewer).ai_book_by_hand({"counterparts": [], "write_off": [row], "partner_id": False})

    def test_ask_look_correct(self):
        self.start_tour("/odoo/bookkeeping-backtests", "ai_bookkeeper_backtest_start", login=self.manager.login)
        backtest = self.env["ai.backtest"].search([("name", "=", "Fuel")])
        self.assertEqual(backtest.state, "running")
        job = backtest.job_id
        while not self.env["sync.handler.backtest"]._work(job, 60.0):
            pass
        address = f"/odoo/bookkeeping-backtests/{backtest.id}"
        self.start_tour(address, "ai_bookkeeper_backtest_result", login=self.manager.login)
        correction = self.env["ai.suggestion"].search([("kind", "=", "correction")])
        self.assertEqual((correction.state, correction.proposed_by_id), ("pending", self.manager))
