"""Signs of life of what works by itself: the sequencer, the runners, the watchdog."""

import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

#: What is expected to tick, with the seconds after which a healthy one has ticked again.
TICKERS = {"sequencer": 60, "runner": 60, "worker": 60, "watchdog": 300}


class SyncTick(models.Model):
    """One row a ticker. Written on a cursor of its own, so that a failing batch doesn't take the sign of life back."""

    _name = "sync.tick"
    _description = "Sign of Life"
    _log_access = False
    _rec_name = "name"

    name = fields.Char(required=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True)
    ticks = fields.Integer(readonly=True, aggregator=False)

    _name_uniq = models.UniqueIndex("(name)", "A ticker has one row.")

    @api.model
    def _beat(self, name):
        """``name`` is alive now, by the database's clock. Never raises: a sign of life must not end a life."""
        try:
            with self.env["sync.job"]._short_cursor(durable=False) as cr:
                cr.execute(
                    """INSERT INTO sync_tick AS tick (name, at, ticks)
                       VALUES (%s, clock_timestamp() AT TIME ZONE 'UTC', 1)
                       ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at, ticks = tick.ticks + 1""",
                    (name,),
                )
        except psycopg2.Error as error:
            _logger.warning("No sign of life of %s could be written: %s", name, error)

    @api.model
    def _ages(self):
        """{name: seconds since its last sign of life} of all that ever ticked."""
        rows = self.env.execute_query(
            SQL("SELECT name, EXTRACT(EPOCH FROM clock_timestamp() AT TIME ZONE 'UTC' - at)::float FROM sync_tick")
        )
        return {name: max(age, 0.0) for name, age in rows}
