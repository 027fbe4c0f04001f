"""Totals of what jobs came to, for metrics: they only grow, whatever is purged."""

import zlib

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

#: Upper bounds in seconds; the last bucket has none. Changing one starts its histogram anew: see ``_compact``.
DURATION_BOUNDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
LATENCY_BOUNDS = (0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600, 86400)
OUTCOMES = ("done", "retried", "failed", "dead", "cancelled")
_LOCK = zlib.crc32(b"ai_bookkeeper.tally") - 2**31


def thresholds(bounds):
    """Bounds as PostgreSQL's ``width_bucket`` wants them: Prometheus counts what equals a bound below it."""
    return ", ".join(str(round(bound * 1000) + 1) for bound in bounds)


#: Each change of state adds a row, so that two workers never wait for one counter; ``_compact`` sums them up.
COUNT = f"""
CREATE OR REPLACE FUNCTION ai_bookkeeper_sync_tally() RETURNS trigger AS $$
DECLARE
    duration bigint := COALESCE(NEW.duration_ms, 0);
    latency bigint := GREATEST(0, EXTRACT(EPOCH FROM
        COALESCE(NEW.finished_at, clock_timestamp() AT TIME ZONE 'UTC') - NEW.created_at) * 1000);
BEGIN
    INSERT INTO sync_tally
           (kind, outcome, reason, duration_bucket, latency_bucket, jobs, duration_ms, latency_ms)
    VALUES (NEW.kind,
            CASE NEW.state WHEN 'pending' THEN 'retried' ELSE NEW.state END,
            CASE WHEN NEW.state IN ('done', 'cancelled') THEN '' ELSE COALESCE(NEW.reason, '') END,
            width_bucket(duration, ARRAY[{thresholds(DURATION_BOUNDS)}]::bigint[]),
            width_bucket(COALESCE(latency, 0), ARRAY[{thresholds(LATENCY_BOUNDS)}]::bigint[]),
            1, duration, COALESCE(latency, 0));
    RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER sync_job_tally AFTER UPDATE OF state ON sync_job FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (
        NEW.state IN ('done', 'failed', 'dead', 'cancelled')
        OR (OLD.state = 'running' AND NEW.state = 'pending' AND NEW.reason IS NOT NULL)))
    EXECUTE FUNCTION ai_bookkeeper_sync_tally();
"""
COMPACT = """
WITH gone AS (DELETE FROM sync_tally RETURNING *)
INSERT INTO sync_tally (kind, outcome, reason, duration_bucket, latency_bucket, jobs, duration_ms, latency_ms)
SELECT kind, outcome, reason, duration_bucket, latency_bucket, SUM(jobs), SUM(duration_ms), SUM(latency_ms)
  FROM gone GROUP BY 1, 2, 3, 4, 5
"""


class SyncTally(models.Model):
    """Written by the database itself, with the change of a job's state: it can be neither forgotten nor doubled."""

    _name = "sync.tally"
    _description = "Totals of Jobs"
    _log_access = False

    kind = fields.Char(readonly=True)
    outcome = fields.Char(readonly=True)
    reason = fields.Char(readonly=True)
    duration_bucket = fields.Integer(readonly=True, aggregator=False)
    latency_bucket = fields.Integer(readonly=True, aggregator=False)
    jobs = fields.Float(readonly=True, digits=(20, 0))
    duration_ms = fields.Float(readonly=True, digits=(20, 0))
    latency_ms = fields.Float(readonly=True, digits=(20, 0))

    @api.model
    def _compact(self):
        """Sum the rows up, one at a time: a second one that comes meanwhile has nothing to do."""
        with self.env.registry.cursor() as cr:
            cr.execute("SELECT pg_try_advisory_xact_lock(%s)", (_LOCK,))
            if not cr.fetchone()[0]:
                return
            try:
                cr.execute(COMPACT, log_exceptions=False)
            except psycopg2.errors.SerializationFailure:
                # Another one ended between this one's snapshot and its lock.
                cr.rollback()

    @api.model
    def _totals(self):
        """Rows of (kind, outcome, reason, duration bucket, latency bucket, jobs, duration ms, latency ms)."""
        return self.env.execute_query(
            SQL(
                """SELECT kind, outcome, reason, duration_bucket, latency_bucket,
                          SUM(jobs)::bigint, SUM(duration_ms)::bigint, SUM(latency_ms)::bigint
                     FROM sync_tally GROUP BY 1, 2, 3, 4, 5"""
            )
        )


class SyncJob(models.Model):
    _name = "sync.job"
    _inherit = "sync.job"

    def init(self):
        """Let the database count what jobs come to."""
        result = super().init()
        self.env.cr.execute(COUNT)
        return result
