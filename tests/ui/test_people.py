from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"


@tagged("post_install", "-at_install")
class TestPeople(BrowserCase):
    """Asking a client, parking, the dashboard, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.books.add_documents()
        cls.lines = cls.books.add_lines()
        cls.shell = cls.lines.filtered(lambda line: line.payment_ref.startswith("POS 4412"))
        cls.reviewer = new_test_user(cls.env, login="tour_people", groups=REVIEWER)
        cls.contact = cls.env["res.partner"].create({"name": "Clara Client", "email": "clara@client.example"})
        cls.books.company.ai_clarification_account_id = cls.env["account.account"].create(
            {"name": "Clarification", "code": "109999", "account_type": "asset_current"}
        )

    def tour(self, name, url="/odoo/bank-lines", login=None):
        self.start_tour(url, f"ai_bookkeeper_{name}", login=self.reviewer.login if login is None else login)
        self.env.invalidate_all()

    def test_ask_answer_card(self):
        self.tour("ask")
        question = self.env["ai.question"].sudo().search([("res_id", "=", self.shell.id)])
        self.assertEqual((question.state, question.partner_id), ("sent", self.contact))
        mail = self.env["mail.mail"].sudo().search([("recipient_ids", "in", self.contact.ids)])
        self.assertEqual((len(mail), mail.state), (1, "outgoing"))
        path = f"/ai_bookkeeper/ask/{question.request_id._token()}"
        self.assertIn(path, mail.body_html)
        self.authenticate(None, None)
        self.tour("answer", path, login="")
        self.assertEqual((question.state, question.answer), ("answered", "Fuel for the van"))
        self.assertEqual(question.file_ids.name, "receipt.pdf")
        self.assertFalse(self.shell.is_reconciled, "an answer books nothing")
        self.tour("answered")

    def test_park_and_take_up(self):
        balance = self.books.trial_balance()
        self.tour("park")
        self.assertTrue(self.shell.is_reconciled)
        self.tour("take_up", "/odoo/bookkeeping-parked")
        self.assertFalse(self.shell.is_reconciled)
        self.assertEqual(self.books.trial_balance(), balance)

    def test_dashboard(self):
        self.tour("park")
        self.tour("figures", "/odoo/bookkeeping-dashboard")
