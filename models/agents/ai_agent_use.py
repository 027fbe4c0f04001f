"""How often each key calls, counted on cursors of its own: refused calls count, and all workers share the count."""

from math import ceil

from odoo import api, fields, models
from odoo.sql_db import Cursor
from odoo.tools import SQL

from ..errors import TooLargeError, TooManyCallsError
from . import acting_key

WINDOW_SECONDS = 60


class AiAgentUse(models.Model):
    """One row a key, whatever it calls: the window it is in, and totals. The clock is PostgreSQL's."""

    _name = "ai.agent.use"
    _description = "Use of an Agent's Key"
    _log_access = False
    _rec_name = "key_id"

    key_id = fields.Integer(required=True, readonly=True)
    window_at = fields.Datetime(readonly=True)
    window_calls = fields.Integer(readonly=True)
    day_calls = fields.Integer(readonly=True)
    calls = fields.Integer(readonly=True)
    refused = fields.Integer(readonly=True)
    first_at = fields.Datetime(readonly=True)
    last_at = fields.Datetime(readonly=True)

    _key_uniq = models.Constraint("UNIQUE(key_id)", "A key is counted in one row.")

    @api.model
    def _count_call(self, agent, key_id, limit):
        """Count a call, say so in the log once a day, and refuse it over ``limit`` a minute.

        :raise TooManyCallsError: with the seconds until the key's next minute begins
        """
        if self.env.cr.readonly:
            # Nothing but the caller was read so far; a test's cursors can't be nested otherwise.
            self.env.cr.rollback()
        with self.env.registry.cursor() as cursor:
            calls, left, first_of_day = self._upsert(cursor, key_id, limit)
            if first_of_day:
                self._log_use(cursor, agent, key_id)
        if calls > limit:
            raise TooManyCallsError(
                self.env._(
                    "Too many calls: this key may call %(limit)s times a minute. Wait %(seconds)s seconds.",
                    limit=limit,
                    seconds=ceil(left),
                ),
                max(ceil(left), 1),
            )

    def _upsert(self, cursor, key_id, limit):
        """(calls in this window, seconds until it ends, whether it is the key's first call today)."""
        if isinstance(cursor, Cursor):
            # Two workers count at once: they wait for each other instead of failing as REPEATABLE READ would.
            # A counter that a crash sets back by a moment costs nothing; waiting for the disk at each call does.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit TO off")
        cursor.execute(
            SQL(
                """
                WITH clock AS (SELECT clock_timestamp() AT TIME ZONE 'utc' AS now)
                INSERT INTO ai_agent_use AS u
                       (key_id, window_at, window_calls, day_calls, calls, refused, first_at, last_at)
                SELECT %(key)s, now, 1, 1, 1, 0, now, now FROM clock
                ON CONFLICT (key_id) DO UPDATE SET
                    window_at = CASE WHEN %(over)s THEN EXCLUDED.last_at ELSE u.window_at END,
                    window_calls = CASE WHEN %(over)s THEN 1 ELSE u.window_calls + 1 END,
                    refused = u.refused + CASE WHEN %(over)s OR u.window_calls < %(limit)s THEN 0 ELSE 1 END,
                    day_calls = CASE WHEN u.last_at::date = EXCLUDED.last_at::date THEN u.day_calls + 1 ELSE 1 END,
                    calls = u.calls + 1,
                    last_at = GREATEST(u.last_at, EXCLUDED.last_at)
                RETURNING window_calls, day_calls = 1,
                    %(window)s - EXTRACT(EPOCH FROM clock_timestamp() AT TIME ZONE 'utc' - window_at)
                """,
                key=key_id,
                limit=limit,
                window=WINDOW_SECONDS,
                over=SQL("u.window_at <= EXCLUDED.last_at - %s * interval '1 second'", WINDOW_SECONDS),
            )
        )
        calls, first_of_day, left = cursor.fetchone()
        return calls, float(left), first_of_day

    def _log_use(self, cursor, agent, key_id):
        """In the counting transaction: a call that is refused later was made all the same."""
        acting_key.remember(cursor, key_id)
        env = self.env(cr=cursor)
        who = agent.with_env(env(su=True)) or env.user
        env["ai.audit.log"]._append("key_used", who, [{"key": key_id}])
        env.flush_all()

    @api.model
    def _refuse_size(self, most):
        raise TooLargeError(self.env._("The body is too large: at most %(size)s KiB.", size=most // 1024))

    @api.autovacuum
    def _gc_use(self):
        """Keys that ended a month ago and are no agent's are forgotten."""
        self.env.cr.execute(
            """DELETE FROM ai_agent_use u WHERE u.last_at < now() AT TIME ZONE 'utc' - interval '30 days'
                AND NOT EXISTS (SELECT 1 FROM ai_agent_key k WHERE k.key_id = u.key_id)"""
        )
