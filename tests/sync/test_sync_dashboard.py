from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged

from ...models.sync.seeing.sync_dashboard import percentiles

ROLE = "base.group_user,ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestSyncDashboard(TransactionCase):
    """Figures over what the caller may see, by time, reason, state and endpoint."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute("DELETE FROM sync_job; DELETE FROM sync_job_history; DELETE FROM sync_event")
        cls.company = cls.env.company
        cls.reviewer = new_test_user(cls.env, "board_reviewer", groups=f"{ROLE}reviewer")
        cls.manager = new_test_user(cls.env, "board_manager", groups=f"{ROLE}manager")
        cls.partner = cls.env["res.partner"].create({"name": "Subject of jobs"})
        cls.webhook = cls.env["sync.webhook"].create({"name": "Shop", "url": "https://shop.example/hook"})
        cls.number = 10**8

    def row(self, table="sync_job", ago=60, seconds=1.0, **values):
        """A job that ended ``ago`` seconds ago, after ``seconds``."""
        self.__class__.number += 1
        values = {
            "id": self.number,
            "kind": "deliver",
            "state": "done",
            "company_id": self.company.id,
            "res_model": "res.partner",
            "res_id": self.partner.id,
            "endpoint": f"webhook:{self.webhook.id}",
            **values,
        }
        end = fields.Datetime.now() - timedelta(seconds=ago)
        values.update(created_at=end - timedelta(seconds=seconds), finished_at=end)
        self.env.cr.execute(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(['%s'] * len(values))})",
            list(values.values()),
        )
        return self.number

    def figures(self, user=None, hours=24):
        return self.env["sync.dashboard"].with_user(user or self.manager).figures(hours=hours)

    def test_throughput_and_latency(self):
        for number in range(98):
            self.row("sync_job_history" if number % 2 else "sync_job", ago=60 + number)
        self.row("sync_job_history", seconds=100)
        self.row("sync_job_history", seconds=100)
        self.row("sync_job_history", ago=3 * 86400)
        self.row(state="cancelled")
        found = self.figures()
        totals = found["totals"]
        self.assertEqual((totals["done"], totals["cancelled"]), (100, 1))
        self.assertAlmostEqual(totals["p50"], 1.0, delta=0.05)
        self.assertAlmostEqual(totals["p95"], 1.0, delta=0.05)
        self.assertAlmostEqual(totals["p99"], 100, delta=5)
        self.assertEqual(len(found["columns"]), 24)
        self.assertEqual(sum(column["done"] for column in found["columns"]), 100)
        self.assertEqual(found["columns"][-1]["done"], 100)
        self.assertIsNone(found["columns"][0]["p50"])
        self.assertEqual(self.figures(hours=168)["totals"]["done"], 101)
        self.assertEqual(len(self.figures(hours=1)["columns"]), 12)

    def test_reasons_depth_and_oldest(self):
        for _number in range(3):
            self.row(state="failed", reason="http_404", error="The address answers 404.", fix="Look at the address.")
        self.row(state="dead", reason="timeout", error="Nobody answers.", ago=10 * 86400)
        oldest = self.row(state="pending", ago=0, seconds=7200)
        self.row(state="pending", ago=0, seconds=60, kind="push")
        found = self.figures()
        self.assertEqual([(row["reason"], row["count"]) for row in found["reasons"]], [("http_404", 3), ("timeout", 1)])
        self.assertEqual(found["reasons"][0]["fix"], "Look at the address.")
        depth = found["depth"]
        self.assertEqual((depth["open"], depth["stopped"], depth["oldest_id"]), (2, 4, oldest))
        self.assertAlmostEqual(depth["oldest_seconds"], 7200, delta=10)
        self.assertEqual({row["key"]: row["counts"]["pending"] for row in depth["kinds"]}, {"deliver": 1, "push": 1})
        self.assertEqual(found["totals"]["failed"], 3, "in the period")

    def test_endpoints(self):
        self.row()
        self.row("sync_job_history")
        self.row(state="pending")
        self.row(state="failed")
        [row] = self.figures()["endpoints"]
        self.assertEqual((row["name"], row["done"], row["open"], row["stopped"]), ("Shop", 2, 1, 1))
        self.assertEqual(row["state"], "shaky", "something was refused")
        self.assertTrue(row["last_done"])
        self.env.cr.execute(
            "INSERT INTO sync_breaker (endpoint, state, failures, trips) VALUES (%s, 'open', 5, 1)",
            (f"webhook:{self.webhook.id}",),
        )
        [row] = self.figures()["endpoints"]
        self.assertEqual(row["state"], "open")
        self.assertEqual(self.figures(self.reviewer)["endpoints"], [], "reviewers may not read webhooks")

    def test_drill_down(self):
        failed = self.row(state="failed", reason="http_404")
        pending = self.row(state="pending")
        done = self.row("sync_job_history")
        board = self.env["sync.dashboard"].with_user(self.reviewer)
        for measure, key, expected in (
            ("open", None, pending),
            ("stopped", None, failed),
            ("reason", "http_404", failed),
            ("state", "pending", pending),
            ("done", None, done),
        ):
            action = board.drill_down(measure, key=key)
            found = self.env[action["res_model"]].with_user(self.reviewer).search(action["domain"])
            self.assertEqual(found.ids, [expected], measure)
        with self.assertRaises(ValidationError):
            board.drill_down("company_id")

    def test_access_follows_the_target(self):
        self.row()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.row(company_id=other.id)
        self.row(state="pending", company_id=other.id)
        found = self.figures(self.reviewer)
        self.assertEqual((found["totals"]["done"], found["depth"]["open"]), (1, 0))
        self.partner.company_id = other
        found = self.figures(self.reviewer)
        self.assertEqual(found["totals"]["done"], 0, "its target is hidden")
        for groups in ("base.group_user", "ai_bookkeeper.ai_bookkeeper_group_agent"):
            user = new_test_user(self.env, f"board_{groups[-5:]}", groups=groups)
            with self.assertRaises(AccessError):
                self.figures(user)

    def test_bad_periods(self):
        for hours in (0, 2, -1, 10**9, None, "x"):
            with self.assertRaises(ValidationError):
                self.figures(hours=hours)

    def test_constant_queries(self):
        counts = []
        for more in (1, 20):
            for _number in range(more):
                self.row()
                self.row("sync_job_history")
                self.row(state="failed", reason=f"reason_{more}_{_number}")
            self.figures()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.figures()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_percentiles(self):
        self.assertEqual(percentiles({}), {"p50": None, "p95": None, "p99": None})
        found = percentiles({0: 50, 100: 45, 200: 5})
        self.assertLess(found["p50"], found["p95"])
        self.assertLess(found["p95"], found["p99"])
