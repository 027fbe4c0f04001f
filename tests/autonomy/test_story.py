"""The whole story on one company: history is learned, replayed, people decide, autopilot opens, a change of habit
closes it."""

from datetime import date, timedelta

from odoo.tests import tagged

from ..learning.common import LearningCase

STATIONS = ("SHELL", "ESSO", "ARAL", "TOTAL")


@tagged("post_install", "-at_install")
class TestStory(LearningCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")
        cls.travel = cls.make_account("Travel", "expense")
        first = date(2026, 1, 5)
        for number in range(48):
            day = str(first + timedelta(days=5 * number))
            cls.coded(f"CARD {STATIONS[number % 4]} STATION {4000 + number}", -40.0 - number % 7, cls.fuel, date=day)
        for number in range(8):
            day = str(first + timedelta(days=30 * number))
            cls.coded("RENT OFFICE KING STREET", -1200.0, cls.rent, date=day)

    def backtested(self):
        backtest = (
            self.env["ai.backtest"]
            .with_user(self.manager)
            .create({"name": "Had this been on", "date_from": "2026-01-01", "date_to": "2026-10-31"})
        )
        backtest.action_start()
        job = self.env["sync.job"].browse(backtest.job_id.id).sudo()
        while not self.env["sync.handler.backtest"]._work(job, 60.0):
            pass
        backtest.invalidate_recordset()
        return backtest

    def gate(self):
        self.env["ai.gate"].with_user(self.manager).action_look_again()
        domain = [("kind", "=", "bank_coding"), ("tier", "=", "memory"), ("company_id", "=", self.company.id)]
        return self.env["ai.gate"].with_user(self.manager).search(domain)

    def proposed_now(self, number, day="2026-11-10"):
        text = f"CARD {STATIONS[number % 4]} STATION {7000 + number}"
        line = self.line(text, -41.0 - number % 5, day)
        self.propose(line)
        return self.suggestions.search([("res_id", "=", line.id)], order="id desc", limit=1)

    def test_story(self):
        # A manager lets it learn, and states what is tolerated; nothing was shown yet, so everything asks.
        history = self.read_history()
        self.assertEqual((history.state, history.lesson_count), ("done", 56))
        # What the queue does next.
        self.env["ai.learning.model"].sudo()._build(self.company)
        self.env["ai.policy"].with_user(self.manager).create(
            {
                "name": "Small coding",
                "kind": "bank_coding",
                "mode": "autopilot",
                "company_id": self.company.id,
                "max_amount": 500.0,
                "max_error_rate": 0.1,
                "sample_rate": 0.0001,
            }
        )
        asking = self.proposed_now(0)
        self.assertEqual((asking.state, asking.tier), ("pending", "memory"))
        self.assertEqual(asking.policy_text, "asked: autopilot's gate is not open")

        # The backtest alone opens the small cap.
        backtest = self.backtested()
        self.assertEqual(backtest.state, "done", backtest.error)
        gate = self.gate()
        self.assertEqual((gate.state, gate.people_count), ("small", 0), (gate.text, gate.missing_words))
        self.assertGreaterEqual(gate.backtest_count, 29, "fewer clean lines bound nothing below 1 in 10")

        # People decide, each line alone; with the backtest that is enough for the policy's own cap.
        gate.action_hold()
        for number in range(1, 11):
            self.proposed_now(number).action_accept()
        gate.action_release()
        self.assertEqual((gate.state, gate.people_words), ("open", "10 of 10 right"), gate.text)
        alone = self.proposed_now(11)
        self.assertEqual((alone.state, alone.at_once, alone.decided_by_id.id), ("applied", True, False))
        self.assertEntry(alone.statement_line_id, [(self.fuel, -alone.amount)])
        self.assert_taught_by_blind_sample(alone)

        # The habit changes: what used to be fuel is travel now. People take back what autopilot books.
        taken_back = 0
        for number in range(12, 20):
            suggestion = self.proposed_now(number, "2026-11-20")
            if suggestion.state != "applied":
                break
            suggestion.action_undo()
            row = {"account_id": self.travel.id, "amount": str(suggestion.amount), "tax_ids": []}
            self.by_hand(suggestion.statement_line_id, write_off=[row])
            taken_back += 1
        self.assertEqual((gate.state, gate.why), ("closed", "bound"), gate.text)
        self.assertEqual(taken_back, 2, "two wrong of fewer than sixty may be one in ten: the third asks")
        self.assertIn("Autopilot asks again", gate.activity_ids.summary)
        self.assertEqual(gate.activity_ids.user_id, self.manager)
        self.assertEqual(suggestion.state, "pending")
        again = self.gate()
        self.assertEqual((again, again.state, again.why), (gate, "closed", "bound"), "looking again opens nothing")

    def assert_taught_by_blind_sample(self, alone):
        """What the machine booked alone teaches nothing; coded the same by somebody who did not see it, fully."""
        lessons = self.env["ai.learning.event"]
        self.assertFalse(lessons._live("bank_coding", alone.res_model, [alone.res_id]))
        samples = self.env["ai.sample"].sudo()
        sample = samples.create([samples._values_of(alone)])
        row = {"account_id": self.fuel.id, "tax_ids": [], "amount": str(alone.amount)}
        self.assertEqual(sample.with_user(self.reviewer).code_blind([row]), "same")
        lesson = lessons._live("bank_coding", alone.res_model, [alone.res_id])
        self.assertEqual((lesson.source, lesson.weight), ("sample", 1.0))
