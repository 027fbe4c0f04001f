from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..common_browser import BrowserCase
from ..learning.common import LearningCase

STATIONS = ("SHELL", "ESSO", "ARAL", "TOTAL")


@tagged("post_install", "-at_install")
class TestAutonomyStory(LearningCase, BrowserCase):
    """The whole story in a browser: history is learned, replayed, people decide, autopilot opens, a change of habit
    closes it. Here lines arrive and the queue works; people decide and look in the tours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")
        cls.fuel.name = "Tour Fuel"
        cls.travel = cls.make_account("Tour Travel", "expense")
        cls.today = fields.Date.today()
        first = cls.today - timedelta(days=290)
        for number in range(48):
            text = f"CARD {STATIONS[number % 4]} STATION {4000 + number}"
            cls.coded(text, -40.0 - number % 7, cls.fuel, date=str(first + timedelta(days=5 * number)))
        for number in range(8):
            cls.coded("RENT OFFICE KING STREET", -1200.0, cls.rent, date=str(first + timedelta(days=30 * number)))

    def tour(self, address, name, user):
        self.start_tour(f"/odoo/{address}", f"ai_bookkeeper_story_{name}", login=user.login, timeout=180)
        self.env.invalidate_all()

    def arrived(self, first, count):
        """Payments at petrol stations, numbered from ``first``, as the bank's file brings them: their suggestions."""
        lines = self.env["account.bank.statement.line"]
        for number in range(first, first + count):
            lines |= self.line(f"CARD {STATIONS[number % 4]} STATION {number}", -41.0 - number % 5, str(self.today))
        self.propose(lines)
        return self.suggestions.search([("res_model", "=", lines._name), ("res_id", "in", lines.ids)], order="id")

    def learn(self):
        history = self.env["ai.learning.history"].sudo().search([("company_id", "=", self.company.id)])
        self.assertEqual((history.state, history.user_id), ("running", self.manager))
        while not history._carry_on(lambda: False):
            self.env.invalidate_all()
        self.env["ai.learning.model"].sudo()._build(self.company)

    def replay(self):
        backtest = self.env["ai.backtest"].sudo().search([("company_id", "=", self.company.id)])
        self.assertEqual(backtest.state, "running")
        while not self.env["sync.handler.backtest"].sudo()._work(backtest.job_id, 60.0):
            pass
        self.env.invalidate_all()
        self.assertEqual(backtest.state, "done", backtest.error)

    @property
    def gate(self):
        domain = [("company_id", "=", self.company.id), ("kind", "=", "bank_coding"), ("tier", "=", "memory")]
        return self.env["ai.gate"].with_user(self.manager).search(domain)

    def test_story(self):
        self.tour("bookkeeping-history", "learn", self.manager)
        self.learn()
        waiting = self.arrived(7001, 10)
        self.assertEqual(waiting.mapped("state"), ["pending"] * 10, "without a policy everything asks")

        self.tour("bookkeeping-history", "backtest", self.manager)
        self.replay()
        self.tour("bookkeeping-backtests", "autopilot", self.manager)
        policy = self.gate.policy_id
        self.assertEqual((policy.mode, policy.max_error_rate, policy.max_amount), ("autopilot", 0.1, 500.0))
        self.assertEqual((self.gate.state, self.gate.people_count), ("small", 0), self.gate.text)
        self.assertEqual(set(waiting.mapped("state")), {"pending"}, "what waits is for people")

        self.tour("bank-lines", "decide", self.reviewer)
        self.assertEqual(set(waiting.mapped("state")), {"applied"})
        self.assertEqual(waiting.decided_by_id, self.reviewer)
        self.tour("bookkeeping-autonomy", "open", self.manager)
        self.assertEqual((self.gate.state, self.gate.people_words), ("open", "10 of 10 right"), self.gate.text)

        alone = self.arrived(8000, 3)
        self.assertEqual(alone.mapped("state"), ["applied"] * 3)
        self.assertEqual((set(alone.mapped("at_once")), len(alone.decided_by_id)), ({True}, 0))

        self.tour("bank-lines", "take_back", self.reviewer)
        self.assertEqual(alone.mapped("state"), ["applied", "undone", "undone"])
        for suggestion in alone[1:]:
            self.assertEntry(suggestion.statement_line_id, [(self.travel, -suggestion.amount)])
        self.assertEqual((self.gate.state, self.gate.why), ("closed", "bound"), self.gate.text)
        self.assertEqual(self.gate.activity_ids.user_id, self.manager)
        self.tour("bookkeeping-autonomy", "closed", self.manager)
        self.assertEqual(self.arrived(9000, 1).mapped("state"), ["pending"], "it asks again")
