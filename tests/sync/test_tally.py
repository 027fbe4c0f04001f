from odoo.tests import TransactionCase, tagged

BIG = 10**6


@tagged("post_install", "-at_install")
class TestTally(TransactionCase):
    """Totals that the database counts with each change of a job's state."""

    def setUp(self):
        super().setUp()
        self.env.cr.execute("DELETE FROM sync_tally")

    def job(self, **values):
        values = {"kind": "deliver", "state": "running", "duration_ms": 50, **values}
        columns = ", ".join(values)
        self.env.cr.execute(
            f"""INSERT INTO sync_job ({columns}, created_at)
                VALUES ({", ".join(["%s"] * len(values))}, clock_timestamp() AT TIME ZONE 'UTC') RETURNING id""",
            list(values.values()),
        )
        return self.env.cr.fetchone()[0]

    def move(self, job_id, state, reason=None, **values):
        values = {"state": state, "reason": reason, **values}
        self.env.cr.execute(
            f"UPDATE sync_job SET {', '.join(f'{name} = %s' for name in values)} WHERE id = %s",
            [*values.values(), job_id],
        )

    def totals(self):
        return {row[:3]: row[5] for row in self.env["sync.tally"]._totals()}

    def test_each_end_counts_once(self):
        jobs = [self.job() for _number in range(4)]
        self.move(jobs[0], "done")
        self.move(jobs[0], "done")
        self.move(jobs[1], "pending", "timeout")
        self.move(jobs[1], "running")
        self.move(jobs[1], "failed", "gone")
        self.move(jobs[2], "dead", "timeout")
        self.move(jobs[3], "pending")
        expected = {
            ("deliver", "done", ""): 1,
            ("deliver", "retried", "timeout"): 1,
            ("deliver", "failed", "gone"): 1,
            ("deliver", "dead", "timeout"): 1,
        }
        self.assertEqual(self.totals(), expected)

    def test_totals_survive_purges_and_compacting(self):
        for _number in range(5):
            self.move(self.job(), "done")
        self.env.cr.execute("DELETE FROM sync_job")
        before = self.env["sync.tally"]._totals()
        with self.enter_registry_test_mode():
            self.env["sync.tally"]._compact()
            self.env["sync.tally"]._compact()
        self.assertEqual(self.env["sync.tally"]._totals(), before)
        self.env.cr.execute("SELECT count(*) FROM sync_tally")
        self.assertEqual(self.env.cr.fetchone()[0], 1)

    def test_a_bound_belongs_below(self):
        self.move(self.job(duration_ms=50), "done")
        self.move(self.job(duration_ms=51), "done")
        self.move(self.job(duration_ms=BIG), "done")
        buckets = {row[3]: row[5] for row in self.env["sync.tally"]._totals()}
        self.assertEqual(buckets, {0: 1, 1: 1, 10: 1})

    def test_signs_of_life(self):
        with self.enter_registry_test_mode():
            self.env["sync.tick"]._beat("runner")
            self.env["sync.tick"]._beat("runner")
        self.assertLess(self.env["sync.tick"]._ages()["runner"], 60)
        self.assertEqual(self.env["sync.tick"].search([("name", "=", "runner")]).ticks, 2)

    def test_kept_as_long_as_any_company_asks(self):
        self.env["res.company"].create({"name": "Keeps long", "ai_sync_keep_jobs_days": 400})
        self.assertEqual(self.env["sync.retention"]._days("jobs"), 400)
        self.assertEqual(self.env["sync.retention"]._days("events"), 90)
