from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"
LINE = "account.bank.statement.line"
SHELL = "CARD 4711 SHELL GENT"


@tagged("post_install", "-at_install")
class TestRuleScreens(BrowserCase):
    """From a wrong proposal to a working rule in three clicks; then the rules themselves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.env["account.reconcile.model"].search([]).active = False
        cls.today = fields.Date.today()
        cls.reviewer = new_test_user(cls.env, login="tour_reviewer", groups=f"base.group_user,{GROUP}reviewer")
        cls.manager = new_test_user(cls.env, login="tour_manager", groups=f"base.group_user,{GROUP}manager")
        cls.office = cls.account("Office Supplies", "618000")
        cls.fuel = cls.account("Fuel", "624000")

    @classmethod
    def account(cls, name, code):
        return cls.env["account.account"].create({"name": name, "code": code, "account_type": "expense"})

    @classmethod
    def line(cls, text, amount, days=0):
        return cls.env[LINE].create(
            {
                "journal_id": cls.books.bank.id,
                "payment_ref": text,
                "amount": amount,
                "date": cls.today - timedelta(days=days),
            }
        )

    def taught(self, account, days):
        """A line that the reviewer coded by hand, and the lesson of it."""
        line = self.line(SHELL, -50.0, days)
        rows = [{"account_id": account.id, "amount": "-50.00"}]
        line.with_user(self.reviewer).ai_book_by_hand({"write_off": rows})
        return line

    def learn(self):
        """Lessons of all that people coded, as learning from history makes them."""
        history = self.env["ai.learning.history"]
        known = set(self.env["ai.learning.event"].search([]).mapped("res_id"))
        for row, example, lines in history._coded_rows(self.books.company, self.today - timedelta(days=90), self.today):
            if row["id"] not in known:
                self.env["ai.learning.event"].create(
                    {
                        "company_id": self.books.company.id,
                        "res_model": LINE,
                        "res_id": row["id"],
                        "source": "history",
                        "date": example.case.date,
                        "payee": example.case.payee,
                        "text": example.case.text,
                        "amount": float(example.case.amount),
                        "currency_id": self.books.company.currency_id.id,
                        "journal_id": row["journal_id"],
                        "label": example.label,
                        "lines": lines,
                    }
                )

    def test_three_clicks_from_a_wrong_proposal_to_a_working_rule(self):
        for days in (60, 50, 30, 20):
            self.taught(self.office, days)
        self.taught(self.fuel, 40)
        self.learn()
        wrong, waiting = self.line(SHELL, -61.2, 1), self.line(SHELL, -44.0)
        suggestions = self.env["ai.suggestion"].with_user(self.reviewer)
        found = suggestions.browse(suggestions.propose(LINE, (wrong + waiting).ids))
        accounts = [row["account_id"] for suggestion in found for row in (suggestion.proposal or {}).get("lines", [])]
        self.assertEqual(accounts, [self.office.id] * 2, "the machine is wrong about both")
        self.start_tour("/odoo/review-desk", "ai_bookkeeper_rule_from_correction", login=self.reviewer.login)
        self.env.invalidate_all()
        rule = self.env["ai.rule"].search([])
        self.assertEqual((rule.create_uid, rule.line_ids.account_id), (self.reviewer, self.fuel))
        self.assertIn("SHELL", rule.tokens)
        suggestion = waiting.ai_suggestion_id
        self.assertEqual((suggestion.state, suggestion.tier, suggestion.rule_id), ("applied", "rule", rule))
        self.assertEqual(wrong.move_id.line_ids.account_id & (self.fuel + self.office), self.fuel)

    def test_rules_are_checked_tried_released_and_switched_off(self):
        self.taught(self.fuel, 20)
        for name, tokens, account in (("Fuel", "shell", self.fuel), ("Hidden", "shell gent", self.office)):
            lines = [Command.create({"account_id": account.id})]
            self.env["ai.rule"].create({"name": name, "tokens": tokens, "line_ids": lines})
        self.start_tour("/odoo/bookkeeping-rules", "ai_bookkeeper_rules", login=self.manager.login)
        fuel, hidden = self.env["ai.rule"].with_context(active_test=False).search([], order="id")
        self.assertEqual((fuel.is_released, fuel.most), (True, 500))
        self.assertEqual((hidden.active, hidden.finding), (False, "hidden"))
        self.start_tour("/odoo/bookkeeping-rules", "ai_bookkeeper_rules_reviewer", login=self.reviewer.login)

    def test_no_rule_yet(self):
        self.start_tour("/odoo/bookkeeping-rules", "ai_bookkeeper_rules_empty", login=self.reviewer.login)
