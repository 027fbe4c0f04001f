from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"
EXPECTED = "ai.expected.payment"


@tagged("post_install", "-at_install")
class TestExpectedScreens(BrowserCase):
    """What recurs, what did not come, and the weeks ahead, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.reviewer = new_test_user(cls.env, login="tour_expected", groups=f"{GROUP}reviewer")
        cls.auditor = new_test_user(cls.env, login="tour_expected_read", groups=f"{GROUP}auditor")
        cls.landlord = cls.env["res.partner"].create({"name": "Hausverwaltung Kroll"})
        cls.today = fields.Date.today()
        # The newest is missing: due two weeks ago.
        first = cls.today - timedelta(days=14)
        rows = [(first - relativedelta(months=number), -1200.0) for number in range(13, -1, -1) if number]
        cls.env["account.bank.statement.line"].create(
            [cls._line(day, amount, "RENT", cls.landlord) for day, amount in rows]
            + [cls._line(cls.today, 5000.0, "OPENING")]
        )
        cls.invoice = cls.books._document(
            "out_invoice",
            cls.env["res.partner"].create({"name": "Azure Interior BV"}),
            cls.today + timedelta(days=14),
            100.0,
            "AZ-77",
        )

    @classmethod
    def _line(cls, day, amount, text, partner=None):
        return {
            "journal_id": cls.books.bank.id,
            "payment_ref": text,
            "amount": amount,
            "date": day,
            "partner_id": partner.id if partner else False,
            "counterpart_account_id": cls.books.expense.id,
        }

    def test_an_empty_list_learns_and_what_did_not_come_is_found(self):
        self.start_tour("/odoo/expected-payments", "ai_bookkeeper_expected_learn", login=self.reviewer.login)
        rent = self.env[EXPECTED].search([("partner_id", "=", self.landlord.id)])
        self.assertEqual((rent.amount, rent.amount_set, rent.set_by_id), (1250.0, True, self.reviewer))
        self.start_tour("/odoo/findings", "ai_bookkeeper_expected_missing", login=self.reviewer.login)
        self.assertEqual(rent.state, "ended")

    def test_the_weeks_ahead_are_read_by_an_auditor(self):
        self.env[EXPECTED]._refresh(self.books.company)
        self.start_tour("/odoo/cash-view", "ai_bookkeeper_cash_view", login=self.auditor.login)
        self.authenticate(self.auditor.login, self.auditor.login)
        scope = f"company:{self.books.company.id}"
        reply = self.url_open(f"/ai_bookkeeper/cash_view?scope={scope}")
        self.assertEqual(reply.status_code, 200)
        self.assertTrue(reply.content.startswith(b"PK"))
        self.assertIn("cash-view-", reply.headers["Content-Disposition"])
