import sys
from unittest.mock import patch

from prometheus_client.parser import text_string_to_metric_families

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

PATH = "/ai_bookkeeper/metrics"
MANAGER = "base.group_user,ai_bookkeeper.ai_bookkeeper_group_manager"
PREFIX = "ai_bookkeeper_sync_"


@tagged("post_install", "-at_install")
class TestMetrics(HttpCase):
    """What a monitoring system reads, with the library's own parser."""

    def setUp(self):
        super().setUp()
        companies = self.env["res.company"].search([])
        self.manager = new_test_user(
            self.env, "metrics_manager", groups=MANAGER, company_ids=[Command.set(companies.ids)]
        )
        self.metrics = self.env["sync.metrics"].with_user(self.manager)

    def ask(self, token=None, **headers):
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self.url_open(PATH, headers=headers)

    def families(self, token):
        reply = self.ask(token)
        self.assertEqual(reply.status_code, 200, reply.text)
        self.assertTrue(reply.headers["Content-Type"].startswith("text/plain"))
        return {family.name: family for family in text_string_to_metric_families(reply.text)}

    def value(self, families, name, sample=None, **labels):
        [found] = [
            item.value
            for item in families[PREFIX + name].samples
            if item.labels == labels and item.name == PREFIX + (sample or name)
        ]
        return found

    def job(self, **values):
        values = {"kind": "deliver", "state": "running", "duration_ms": 70, **values}
        self.env.cr.execute(
            f"""INSERT INTO sync_job ({", ".join(values)}, created_at)
                VALUES ({", ".join(["%s"] * len(values))}, clock_timestamp() AT TIME ZONE 'UTC' - interval '3 s')
                RETURNING id""",
            list(values.values()),
        )
        return self.env.cr.fetchone()[0]

    def end(self, job_id, state, reason=None):
        self.env.cr.execute("UPDATE sync_job SET state = %s, reason = %s WHERE id = %s", (state, reason, job_id))

    def test_values(self):
        self.env.cr.execute("DELETE FROM sync_tally; DELETE FROM sync_job")
        self.job(state="pending")
        self.job(state="waiting")
        for _number in range(3):
            self.end(self.job(), "done")
        self.end(self.job(), "failed", "http_404")
        self.end(self.job(), "pending", "timeout")
        found = self.families(self.metrics._make_token())
        self.assertEqual(self.value(found, "jobs", kind="deliver", state="pending"), 2)
        self.assertEqual(self.value(found, "jobs", kind="deliver", state="failed"), 1)
        self.assertEqual(self.value(found, "jobs", kind="pull", state="pending"), 0)
        self.assertEqual(self.value(found, "ready_jobs", kind="deliver"), 2)
        self.assertGreaterEqual(self.value(found, "oldest_ready_job_age_seconds", kind="deliver"), 3)
        self.assertEqual(self.value(found, "jobs_ended", "jobs_ended_total", kind="deliver", outcome="done"), 3)
        failed = {"kind": "deliver", "outcome": "failed", "reason": "http_404"}
        self.assertEqual(self.value(found, "failures", "failures_total", **failed), 1)
        buckets = {
            item.labels["le"]: item.value
            for item in found[PREFIX + "attempt_duration_seconds"].samples
            if item.name.endswith("_bucket")
        }
        self.assertEqual((buckets["0.05"], buckets["0.1"], buckets["+Inf"]), (0, 5, 5))
        self.assertEqual(
            self.value(found, "attempt_duration_seconds", "attempt_duration_seconds_count", kind="deliver"), 5
        )
        latency = self.value(found, "latency_seconds", "latency_seconds_sum", kind="deliver")
        self.assertAlmostEqual(latency, 9, delta=1)

    def test_counters_survive_purges(self):
        token = self.metrics._make_token()
        for _number in range(3):
            self.end(self.job(), "done")
        labels = {"kind": "deliver", "outcome": "done"}
        before = self.value(self.families(token), "jobs_ended", "jobs_ended_total", **labels)
        self.env.cr.execute("DELETE FROM sync_job")
        with self.enter_registry_test_mode():
            self.env["sync.tally"]._compact()
        self.assertEqual(self.value(self.families(token), "jobs_ended", "jobs_ended_total", **labels), before)

    def test_the_token_is_the_right(self):
        self.assertEqual(self.ask("").status_code, 401)
        token = self.metrics._make_token()
        for wrong in ("", token[:-1], token + "x", token.upper(), "Bearer", "é"):
            reply = self.url_open(PATH, headers={"Authorization": f"Bearer {wrong}".encode()})
            self.assertEqual(reply.status_code, 401, wrong)
            self.assertIn("Bearer", reply.headers["WWW-Authenticate"])
        self.assertEqual(self.url_open(PATH, headers={"Authorization": token}).status_code, 401)
        self.assertEqual(self.ask(token).status_code, 200)
        again = self.metrics._make_token()
        self.assertEqual(self.ask(token).status_code, 401, "a rotated token is refused")
        self.assertEqual(self.ask(again).status_code, 200)
        self.assertNotIn("Set-Cookie", self.ask(again).headers)
        stored = self.env["ir.config_parameter"].sudo().get_param("ai_bookkeeper.metrics_token")
        self.assertNotIn(again, stored)
        self.metrics._drop_token()
        self.assertEqual(self.ask(again).status_code, 401)

    def test_who_makes_it(self):
        reviewer = new_test_user(
            self.env, "metrics_reviewer", groups="base.group_user,ai_bookkeeper.ai_bookkeeper_group_reviewer"
        )
        with self.assertRaises(AccessError):
            self.env["sync.metrics"].with_user(reviewer)._make_token()
        self.env["res.company"].create({"name": "Not the manager's"})
        with self.assertRaises(UserError):
            self.metrics._make_token()

    def test_without_the_library(self):
        token = self.metrics._make_token()
        with patch.dict(sys.modules, {"prometheus_client": None}), mute_logger("odoo.http"):
            reply = self.ask(token)
        self.assertEqual(reply.status_code, 503)
        self.assertIn("prometheus_client", reply.text)

    def test_labels_stay_few(self):
        for number in range(200):
            self.end(self.job(), "failed", f"reason_{number}")
        self.end(self.job(), "failed", 'Kunde "Anna"\nname=1')
        found = self.families(self.metrics._make_token())
        reasons = {item.labels["reason"] for item in found[PREFIX + "failures"].samples}
        self.assertIn("other", reasons)
        self.assertLessEqual(len(reasons), 41)
        self.assertNotIn("Anna", str(reasons))

    def test_open_metrics(self):
        accept = "application/openmetrics-text; version=1.0.0"
        reply = self.ask(self.metrics._make_token(), Accept=accept)
        self.assertTrue(reply.headers["Content-Type"].startswith("application/openmetrics-text"))
        self.assertTrue(reply.text.endswith("# EOF\n"))
