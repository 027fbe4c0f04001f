import random
from datetime import date, timedelta
from decimal import Decimal

from odoo import fields
from odoo.tests import tagged

from ...engine.expecting import Movement
from ...engine.expecting.forecast import learn, measure
from ...engine.expecting.replay import replay, weekly
from ...models.expecting.ai_cash_test import Measured
from .common import EXPECTED, ExpectingCase


@tagged("post_install", "-at_install")
class TestExpectedRuns(ExpectingCase):
    """The scheduled actions, and what the nightly one keeps."""

    def test_the_scheduled_actions(self):
        self.monthly(-1200.0)
        with self.enter_registry_test_mode():
            self.env.ref("ai_bookkeeper.ir_cron_expected").method_direct_trigger()
            self.env.ref("ai_bookkeeper.ir_cron_cash_test").method_direct_trigger()
        self.assertTrue(self.env[EXPECTED].sudo().search([("company_id", "=", self.company.id)]))
        kept = self.env["ai.cash.test"].sudo().search([("company_id", "=", self.company.id)])
        self.assertIn(f"company:{self.company.id}", kept.mapped("scope"))

    def test_what_is_kept_is_read_as_it_was_measured(self):
        rng = random.Random(3)
        days = [date(2025, 1, 6) + timedelta(days=number) for number in range(420)]
        movements = [
            Movement((number,), day, Decimal(rng.randint(-90000, 99000)) / 100, "EUR", f"name:{number % 9}")
            for number, day in enumerate(days)
        ]
        until = date(2026, 3, 2)
        past = replay(movements, [], until)
        test = measure(past, weekly(movements), until)
        self.assertTrue(test.errors)
        tests = self.env["ai.cash.test"]
        measured = Measured("measured", learn(past, until), test)
        again = tests._read(tests._write(measured))
        self.assertEqual(again.correction, measured.correction)
        self.assertEqual((again.test.margin, again.test.turnover), (test.margin, test.turnover))
        self.assertEqual(again.shown(), measured.shown())

    def test_reading_takes_as_many_queries_whatever_there_is(self):
        view = self.env["ai.cash.view"].with_user(self.auditor)
        key = f"company:{self.company.id}"

        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            view.figures(key)
            return self.env.cr.sql_log_count - before

        self.monthly(-1200.0)
        self.refreshed()
        self.document(self.northwind, 100.0, date=str(fields.Date.today()))
        count()
        few = count()
        for number in range(6):
            partner = self.make_partner(f"Vendor {number}")
            self.monthly(-100.0 - number, months=range(8, 0, -1), day=5, partner=partner)
            self.document(partner, 100.0 + number, date=str(fields.Date.today()))
        self.refreshed()
        self.assertLessEqual(count(), few + 2)
