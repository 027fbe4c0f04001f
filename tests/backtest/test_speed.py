"""A year of 5,000 lines: how long it takes, and that the queries do not grow with the lines."""

import logging
import time
from datetime import date

from odoo.tests import tagged
from odoo.tools import SQL

from .test_backtest import BacktestCase
from .year import ITEM, LINE, MOVE, PARTIAL, Year

_logger = logging.getLogger(__name__)

FIRST = date(2025, 1, 2)
SHOPS = ("SHELL", "ALDI", "HETZNER", "TELENET", "PROXIMUS", "IKEA", "BOLT", "DELHAIZE", "ENGIE", "MAKRO")


@tagged("post_install", "-at_install", "backtest_speed")
class TestSpeed(BacktestCase):
    def year(self, coded, matched):
        """``coded`` card payments and ``matched`` invoices with their receipts."""
        accounts = [self.make_account(f"Cost {number}", "expense") for number in range(5)]
        card = self.line("CARD SHELL", -10.0, date=str(FIRST))
        self.by_hand(card, (), [{"account_id": accounts[0].id, "amount": "-10.00"}])
        self._copy_coded(card, coded, accounts)
        invoice = self.document(self.northwind, 100.0, date=str(FIRST))
        receipt = self.line(invoice.name, 100.0, date=str(FIRST))
        self.by_hand(receipt, [(self.term_line(invoice), "100.00")], partner=self.northwind)
        partners = [self.make_partner(f"Customer {name} Number {number}") for number in range(30) for name in SHOPS]
        self._copy_matched(invoice, receipt, matched, partners)
        self.env.cr.execute("ANALYZE account_move; ANALYZE account_move_line; ANALYZE account_bank_statement_line")
        self.env.cr.execute("ANALYZE account_partial_reconcile")
        self.env.invalidate_all()

    def _copy_coded(self, line, times, accounts):
        year = Year(self.env, FIRST)
        shops = SQL("(%s::text[])[1 + n %% 10]", list(SHOPS))
        amount = SQL("-(10 + n %% 90 + 0.25)")
        sign = SQL("CASE WHEN t.balance < 0 THEN -1 ELSE 1 END * (10 + n %% 90 + 0.25)")
        ids = [account.id for account in accounts]
        rows = {MOVE: line.move_id.ids, LINE: line.ids, ITEM: line.move_id.line_ids.ids}
        year.multiply(
            times,
            rows,
            {
                MOVE: {"name": SQL("'CARD/' || n"), "date": year.day()},
                LINE: {"payment_ref": SQL("'CARD ' || %s || ' ' || n", shops), "amount": amount},
                ITEM: {
                    "date": year.day(),
                    "balance": sign,
                    "amount_currency": sign,
                    "debit": SQL("GREATEST(%s, 0)", sign),
                    "credit": SQL("GREATEST(-(%s), 0)", sign),
                    "account_id": SQL(
                        "CASE WHEN t.account_id = %s THEN (%s::int[])[1 + n %% 10 / 2] ELSE t.account_id END",
                        ids[0],
                        ids,
                    ),
                },
            },
        )

    def _copy_matched(self, invoice, receipt, times, partners):
        year = Year(self.env, FIRST)
        ids = [partner.id for partner in partners]
        partner = SQL("(%s::int[])[1 + n %% %s]", ids, len(ids))
        name = SQL("(%s::text[])[1 + n %% %s]", [found.name for found in partners], len(ids))
        amount = SQL("(100 + n %% 400)")
        sign = SQL("CASE WHEN t.balance < 0 THEN -1 ELSE 1 END * %s", amount)
        moves = invoice | receipt.move_id
        paid = SQL("CASE WHEN t.move_id = %s THEN 9 ELSE 0 END", receipt.move_id.id)
        partials = moves.line_ids.matched_debit_ids | moves.line_ids.matched_credit_ids
        year.multiply(
            times,
            {MOVE: moves.ids, LINE: receipt.ids, ITEM: moves.line_ids.ids, PARTIAL: partials.ids},
            {
                MOVE: {
                    "name": SQL("CASE WHEN t.statement_line_id IS NULL THEN 'INV/25/' ELSE 'BANK/' END || 10000 + n"),
                    "date": year.day(SQL("CASE WHEN t.statement_line_id IS NULL THEN 0 ELSE 9 END")),
                    "partner_id": partner,
                    "amount_total": amount,
                    "payment_reference": SQL("'INV/25/' || 10000 + n"),
                },
                LINE: {
                    "payment_ref": SQL("'INVOICE INV/25/' || 10000 + n"),
                    "partner_name": name,
                    "amount": amount,
                    "partner_id": partner,
                },
                ITEM: {
                    "date": year.day(paid),
                    "date_maturity": year.day(14),
                    "partner_id": partner,
                    "balance": sign,
                    "amount_currency": sign,
                    "debit": SQL("GREATEST(%s, 0)", sign),
                    "credit": SQL("GREATEST(-(%s), 0)", sign),
                },
                PARTIAL: {
                    "amount": amount,
                    "debit_amount_currency": amount,
                    "credit_amount_currency": amount,
                    "max_date": year.day(9),
                },
            },
        )

    def test_a_year_of_five_thousand_lines(self):
        self.year(2500, 2500)
        began = time.monotonic()
        backtest = self.backtest("2025-01-01", "2026-01-31")
        seconds = time.monotonic() - began
        self.assertEqual((backtest.state, backtest.total), ("done", 5002), backtest.error)
        figures = backtest.result["all"]
        _logger.info("5,002 lines in %.1f s, %s accepted, %s differ", seconds, figures["accepted"], figures["wrong"])
        self.assertGreater(figures["accepted"], 2500)
        # One in a hundred: what the learner makes of shops that nobody had seen is measured elsewhere.
        self.assertLess(figures["wrong"], 50)
        self.assertLess(seconds, 120.0)
