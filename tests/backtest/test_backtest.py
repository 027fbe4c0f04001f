"""Backtests: what was known then, what people booked, and what it means in money."""

from odoo.addons.ai_bookkeeper.tests.common import BankCase, cents


class BacktestCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")

    def backtest(self, first="2026-01-01", last="2026-12-31", **values):
        values = {"name": "Try", "date_from": first, "date_to": last, **values}
        backtest = self.env["ai.backtest"].with_user(self.manager).create(values)
        backtest.action_start()
        self.work(backtest)
        return backtest

    def work(self, backtest):
        """What the queue does."""
        handler = self.env["sync.handler.backtest"]
        while not handler._work(self.env["sync.job"].browse(backtest.job_id.id).sudo(), 60.0):
            pass
        backtest.invalidate_recordset()

    def of(self, backtest, line):
        return backtest.line_ids.filtered(lambda found: found.statement_line_id == line)


class TestMatching(BacktestCase):
    def test_what_people_matched_is_found_as_it_stood(self):
        invoice = self.document(self.northwind, 120.0)
        line = self.line(f"Northwind Traders {invoice.name}", 120.0, partner_name="Northwind Traders Ltd")
        self.booked(line, "one")
        self.assertEqual(invoice.payment_state, "paid")
        backtest = self.backtest()
        self.assertEqual(backtest.state, "done", backtest.error)
        found = self.of(backtest, line)
        self.assertEqual((found.kind, found.outcome, found.is_accepted), ("bank_match", "same", True), found.reasons)
        self.assertEqual(cents(found.amount), "120.00")
        figures = backtest.result["all"]
        self.assertEqual((figures["lines"], figures["accepted"], figures["right"], figures["wrong"]), (1, 1, 1, 0))
        self.assertIn("all of them as you booked them", backtest.sentence)
