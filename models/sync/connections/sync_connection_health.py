"""How a connection is: last success, failures, what waits, in plain words."""

import logging
import time

import psycopg2

from odoo import api, fields, models
from odoo.sql_db import Cursor
from odoo.tools import SQL, format_datetime

_logger = logging.getLogger(__name__)

#: A success is noted once in so many seconds: thousands of jobs need no thousands of writes.
NOTED_EACH = 10
#: When this process last noted a success: {(database, connection id): seconds}.
_noted = {}
NOTE = """
INSERT INTO sync_connection_health AS health (connection_id, last_success_at, last_failure_at, failures, last_error)
SELECT %(id)s, CASE WHEN %(error)s IS NULL THEN clock END, CASE WHEN %(error)s IS NOT NULL THEN clock END,
       CASE WHEN %(error)s IS NULL THEN 0 ELSE 1 END, %(error)s
  FROM (SELECT date_trunc('second', clock_timestamp() AT TIME ZONE 'UTC') AS clock) now
 WHERE EXISTS (SELECT 1 FROM sync_connection WHERE id = %(id)s)
ON CONFLICT (connection_id) DO UPDATE SET
       last_success_at = COALESCE(EXCLUDED.last_success_at, health.last_success_at),
       last_failure_at = COALESCE(EXCLUDED.last_failure_at, health.last_failure_at),
       failures = CASE WHEN EXCLUDED.last_error IS NULL THEN 0 ELSE health.failures + 1 END,
       last_error = COALESCE(EXCLUDED.last_error, health.last_error)
 WHERE EXCLUDED.last_error IS NOT NULL OR health.failures > 0 OR health.last_success_at IS NULL
    OR health.last_success_at < EXCLUDED.last_success_at - INTERVAL '%(each)s seconds'
"""


class SyncConnectionHealth(models.Model):
    """One row a connection, beside it and not in it: each attempt writes here, from many workers at once."""

    _name = "sync.connection.health"
    _description = "Health of a Connection"
    _log_access = False
    _rec_name = "connection_id"

    connection_id = fields.Many2one("sync.connection", required=True, readonly=True, ondelete="cascade")
    last_success_at = fields.Datetime(readonly=True)
    last_failure_at = fields.Datetime(readonly=True)
    failures = fields.Integer(readonly=True, string="Failures in a Row", aggregator=False)
    last_error = fields.Char(readonly=True)

    _connection_uniq = models.UniqueIndex("(connection_id)", "A connection has one row of health.")

    @api.model
    def _note(self, connection_id, error=None):
        """An attempt went well, or failed with ``error`` (redacted words). Never raises: it is no part of the work."""
        key = self.env.cr.dbname, connection_id
        if error:
            _noted.pop(key, None)
        elif time.monotonic() - _noted.get(key, -NOTED_EACH) < NOTED_EACH:
            return
        is_kept = False
        try:
            with self.env.registry.cursor() as cr:
                if isinstance(cr, Cursor):
                    # Workers of one connection wait for each other instead of failing.
                    cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
                    is_kept = not error
                cr.execute(NOTE, {"id": connection_id, "error": error and error[:500], "each": NOTED_EACH})
            if is_kept:
                _noted[key] = time.monotonic()
        except psycopg2.Error as failure:
            _logger.warning("The health of connection %s could not be noted: %s", connection_id, failure)
        self.invalidate_model()


class SyncConnection(models.Model):
    _name = "sync.connection"
    _inherit = "sync.connection"

    last_success_at = fields.Datetime(compute="_compute_health", compute_sudo=True, string="Last Success")
    last_failure_at = fields.Datetime(compute="_compute_health", compute_sudo=True, string="Last Failure")
    failures = fields.Integer(compute="_compute_health", compute_sudo=True, string="Failures in a Row")
    last_error = fields.Char(compute="_compute_health", compute_sudo=True)
    waiting_count = fields.Integer(compute="_compute_health", compute_sudo=True, string="Waiting Jobs")
    stopped_count = fields.Integer(compute="_compute_health", compute_sudo=True, string="Jobs That Need Attention")
    oldest_waiting_at = fields.Datetime(compute="_compute_health", compute_sudo=True, string="Oldest Waiting Job")
    asking_count = fields.Integer(compute="_compute_health", compute_sudo=True, string="Asks a Person")
    last_read_at = fields.Datetime(compute="_compute_health", compute_sudo=True, string="Last Read")
    is_held_off = fields.Boolean(compute="_compute_health", compute_sudo=True, string="Breaker Open")
    health = fields.Selection(
        [("off", "Off"), ("good", "Good"), ("warning", "Look at it"), ("bad", "Needs attention")],
        compute="_compute_health",
        compute_sudo=True,
    )
    health_line = fields.Char(compute="_compute_health", compute_sudo=True, string="How It Is in Short")
    health_text = fields.Text(compute="_compute_health", compute_sudo=True, string="How It Is")

    @api.depends("state", "reason", "kind", "is_reading", "is_sending", "quiet_days")
    @api.depends_context("lang", "tz")
    def _compute_health(self):
        """Numbers of the whole connection, not of what the reader may see of it; a fixed number of queries."""
        noted = {
            row.connection_id: row
            for row in self.env["sync.connection.health"].search([("connection_id", "in", self.ids)])
        }
        jobs, read, came_in = self._job_figures(), self._read_figures(), self._intake_figures()
        held = self._held_off()
        for connection in self:
            row = noted.get(connection, self.env["sync.connection.health"])
            waiting, stopped, oldest = jobs.get(connection.id, (0, 0, False))
            connection.asking_count, done_at = came_in.get(connection.id, (0, None))
            connection.last_success_at = max(filter(None, (row.last_success_at, done_at)), default=False)
            connection.last_failure_at = row.last_failure_at
            connection.failures = row.failures
            connection.last_error = row.last_error
            connection.waiting_count, connection.stopped_count = waiting, stopped
            connection.oldest_waiting_at = oldest
            connection.last_read_at = read.get(connection.id, (False, False))[0]
            connection.is_held_off = connection.id in held
            connection.health, words = connection._judge(*read.get(connection.id, (False, False)))
            connection.health_text = "\n".join(words)
            connection.health_line = words[0].partition(". ")[0]

    def _job_figures(self):
        """{connection id: (waiting, stopped, oldest waiting)}."""
        rows = self.env.execute_query(
            SQL(
                """SELECT connection_id, count(*) FILTER (WHERE state NOT IN ('failed', 'dead')),
                          count(*) FILTER (WHERE state IN ('failed', 'dead')),
                          min(created_at) FILTER (WHERE state NOT IN ('failed', 'dead'))
                     FROM sync_job
                    WHERE connection_id = ANY(%s)
                      AND state IN ('pending', 'running', 'waiting', 'indeterminate', 'failed', 'dead')
                 GROUP BY connection_id""",
                list(self.ids),
            )
        )
        return {row[0]: row[1:] for row in rows}

    def _intake_figures(self):
        """{connection id: (how many of what came in ask a person, when one was last worked out)}."""
        self.env["sync.intake"].flush_model(["connection_id", "state", "settled_at"])
        rows = self.env.execute_query(
            SQL(
                """SELECT connection.id,
                          (SELECT COUNT(*) FROM sync_intake WHERE connection_id = connection.id AND state = 'asking'),
                          (SELECT MAX(settled_at) FROM sync_intake
                            WHERE connection_id = connection.id AND state = 'done')
                     FROM unnest(%s::int[]) AS connection (id)""",
                list(self.ids),
            )
        )
        return {row[0]: row[1:] for row in rows}

    def _read_figures(self):
        """{connection id: (last read, last time that a read brought something)}, over all its streams."""
        groups = self.env["sync.cursor"]._read_group(
            [("connection_id", "in", self.ids)], ["connection_id"], ["read_at:min", "rows_at:max"]
        )
        return {connection.id: (read_at, rows_at) for connection, read_at, rows_at in groups}

    def _held_off(self):
        """Ids of those that the runner holds off for a while, because too much failed there."""
        endpoints = {f"connection:{connection.id}": connection.id for connection in self}
        open_ones = self.env["sync.breaker"].search([("endpoint", "in", list(endpoints)), ("state", "!=", "closed")])
        return {endpoints[row.endpoint] for row in open_ones}

    def _judge(self, read_at, rows_at):
        """(health, [words]): what a person should know first stands first."""
        if self.state in ("draft", "disconnected"):
            return "off", [self.env._("It is not connected.")]
        bad, warnings = self._bad_news(), self._warnings(read_at, rows_at)
        words = [*bad, *warnings]
        if self.state == "paused":
            return "off", [self.env._("Paused: what happens meanwhile waits."), *words]
        if not words:
            words = [self._good_news()]
        return "bad" if bad else "warning" if warnings else "good", words

    def _bad_news(self):
        words = []
        if self.guard_text:
            words.append(self.guard_text)
        elif self.state == "broken":
            words.append(self.reason or self.env._("It was stopped."))
        if self.stopped_count:
            words.append(
                self.env._("Jobs that need attention: %(count)s. Open them to see why.", count=self.stopped_count)
            )
        return words

    def _warnings(self, read_at, rows_at):
        words = []
        if self.is_held_off:
            words.append(self.env._("Too much failed there: it is left alone for a while, then tried again by itself."))
        if self.failures and self.state == "connected":
            words.append(
                self.env._("The last %(count)s attempts failed: %(error)s", count=self.failures, error=self.last_error)
            )
        if self.asking_count:
            words.append(
                self.env._("Came in and asks a person: %(count)s. Open what came in.", count=self.asking_count)
            )
        if self._is_silent(read_at, rows_at):
            words.append(self._silent_words(rows_at))
        return words

    def _is_silent(self, read_at, rows_at):
        """It is read without an error and brings nothing: nobody would notice that it is read wrongly."""
        if not (self.quiet_days and self.can_read and self.is_reading and read_at and self.connected_at):
            return False
        since = max(rows_at or self.connected_at, self.connected_at)
        return fields.Datetime.now() >= fields.Datetime.add(since, days=self.quiet_days)

    def _silent_words(self, rows_at):
        if not rows_at:
            return self.env._("It is read without an error and has brought nothing since it was connected.")
        return self.env._(
            "It is read without an error and has brought nothing since %(date)s. Look there whether that can be.",
            date=format_datetime(self.env, rows_at),
        )

    def _good_news(self):
        if not self.last_success_at:
            return self.env._("Connected; nothing was sent, read or received yet.")
        return self.env._("Works; last success %(date)s.", date=format_datetime(self.env, self.last_success_at))
