"""Addresses that don't answer are left alone for a while: one row each, shared by all workers."""

import random

from odoo import api, fields, models
from odoo.tools import SQL

from ....engine.sync import breaker
from .sync_job import NOW

LABELS = {breaker.CLOSED: "Sending", breaker.OPEN: "Left alone", breaker.HALF_OPEN: "Trying"}


class SyncBreaker(models.Model):
    """State machine of ``engine.sync.breaker``; written on short cursors. An address without a row is closed."""

    _name = "sync.breaker"
    _description = "Circuit Breaker of an Address"
    _log_access = False
    _rec_name = "endpoint"

    endpoint = fields.Char(required=True, readonly=True, help="webhook:7, connection:3.")
    state = fields.Selection(list(LABELS.items()), required=True, readonly=True, default=breaker.CLOSED)
    failures = fields.Integer(readonly=True, aggregator=False, help="In a row.")
    trips = fields.Integer(readonly=True, aggregator=False, help="How often it was left alone in a row.")
    until_at = fields.Datetime(readonly=True, string="Until")
    since_at = fields.Datetime(readonly=True, string="Since", help="When it began to be left alone.")
    is_held = fields.Boolean(readonly=True, string="Held", help="Nothing is sent there, for it was paused.")

    _endpoint_uniq = models.UniqueIndex("(endpoint)", "An address has one breaker.")

    @api.model
    def _begin_trials(self, cr, endpoints):
        """Those of ``endpoints`` whose time is up and for which nobody else tries now; each gets one attempt."""
        if not endpoints:
            return set()
        cr.execute(
            SQL(
                """UPDATE sync_breaker SET state = %s, until_at = %s + %s * interval '1 second'
                    WHERE endpoint = ANY(%s) AND state <> %s AND until_at <= %s RETURNING endpoint""",
                breaker.HALF_OPEN,
                NOW,
                breaker.TRIAL,
                sorted(endpoints),
                breaker.CLOSED,
                NOW,
            )
        )
        return {row[0] for row in cr.fetchall()}

    @api.model
    def _put_off_trials(self, cr, endpoints):
        """No job of these could be taken after all."""
        if endpoints:
            cr.execute(
                SQL(
                    "UPDATE sync_breaker SET state = %s, until_at = %s WHERE endpoint = ANY(%s)",
                    breaker.OPEN,
                    NOW,
                    sorted(endpoints),
                )
            )

    @api.model
    def _learn(self, cr, results):
        """Take in how attempts went.

        :param results: in order, (endpoint, whether it answered, seconds that it asked to wait or None)
        """
        endpoints = sorted({endpoint for endpoint, _good, _wait in results if endpoint})
        if not endpoints:
            return
        failing = sorted({endpoint for endpoint, good, _wait in results if endpoint and not good})
        if failing:
            cr.execute(
                "INSERT INTO sync_breaker (endpoint, state, failures, trips) SELECT name, 'closed', 0, 0"
                " FROM unnest(%s) name ON CONFLICT (endpoint) DO NOTHING",
                (failing,),
            )
        # Most addresses are well: reading is enough for them.
        cr.execute(
            SQL(
                """SELECT endpoint FROM sync_breaker
                    WHERE endpoint = ANY(%s) AND (endpoint = ANY(%s) OR state <> 'closed' OR failures > 0)""",
                endpoints,
                failing,
            )
        )
        concerned = sorted(row[0] for row in cr.fetchall())
        if concerned:
            self._step(cr, concerned, results)

    def _step(self, cr, endpoints, results):
        cr.execute(
            SQL(
                """SELECT endpoint, state, failures, trips,
                          COALESCE(EXTRACT(EPOCH FROM until_at), 0)::float, EXTRACT(EPOCH FROM %s)::float
                     FROM sync_breaker WHERE endpoint = ANY(%s) ORDER BY endpoint FOR UPDATE""",
                NOW,
                endpoints,
            )
        )
        for endpoint, *values, now in cr.fetchall():
            before = now_is = breaker.Breaker(*values)
            for name, good, wait in results:
                if name == endpoint:
                    now_is = breaker.succeeded(now_is) if good else breaker.failed(now_is, now, random.random, wait)
            if now_is != before:
                cr.execute(
                    """UPDATE sync_breaker SET state = %s, failures = %s, trips = %s,
                              until_at = to_timestamp(NULLIF(%s, 0)) AT TIME ZONE 'UTC',
                              since_at = CASE WHEN %s THEN NULL
                                         ELSE COALESCE(since_at, clock_timestamp() AT TIME ZONE 'UTC') END
                        WHERE endpoint = %s""",
                    (
                        now_is.state,
                        now_is.failures,
                        now_is.trips,
                        now_is.until,
                        now_is.state == breaker.CLOSED,
                        endpoint,
                    ),
                )

    @api.model
    def _reset(self, endpoints):
        """A person says that it was repaired: send at once. In the caller's transaction."""
        self.env.cr.execute(
            "UPDATE sync_breaker SET state = 'closed', failures = 0, trips = 0, until_at = NULL, since_at = NULL"
            " WHERE endpoint = ANY(%s)",
            (sorted(filter(None, endpoints)),),
        )
        self.invalidate_model()

    @api.model
    def _hold(self, endpoints):
        """Send nothing to these until ``_let_go``: jobs go on being made, and wait. In the caller's transaction."""
        self.env.cr.execute(
            """INSERT INTO sync_breaker (endpoint, state, failures, trips, is_held)
               SELECT name, 'closed', 0, 0, TRUE FROM unnest(%s) name
               ON CONFLICT (endpoint) DO UPDATE SET is_held = TRUE""",
            (sorted(filter(None, endpoints)),),
        )
        self.invalidate_model()

    @api.model
    def _let_go(self, endpoints):
        """Send to these again, at once, whatever failed before. In the caller's transaction."""
        self._reset(endpoints)
        self.env.cr.execute(
            "UPDATE sync_breaker SET is_held = FALSE WHERE endpoint = ANY(%s)", (sorted(filter(None, endpoints)),)
        )
        self.invalidate_model()
        self.env["sync.runner"]._wake("http")
