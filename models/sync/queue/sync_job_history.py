"""Finished jobs, out of the way of those that are to be done."""

import logging

from odoo import api, fields, models
from odoo.tools import SQL

from .sync_job import KIND_LABELS, NOW

_logger = logging.getLogger(__name__)

#: Seconds that a finished job stays among the others, for who looks at them.
STAY = 600
BATCH = 5000
COLUMNS = (
    "id",
    "kind",
    "state",
    "company_id",
    "res_model",
    "res_id",
    "connection_id",
    "webhook_id",
    "event_id",
    "endpoint",
    "idempotency_key",
    "correlation_id",
    "user_id",
    "attempts",
    "reason",
    "error",
    "created_at",
    "started_at",
    "finished_at",
    "duration_ms",
)


class SyncJobHistory(models.Model):
    """Done and cancelled jobs under their own numbers, without what they carried. Failed ones never come here."""

    _name = "sync.job.history"
    _inherit = "ai.target.mixin"
    _description = "Finished Sync Job"
    _order = "id desc"
    _log_access = False
    _shows_orphans = True

    kind = fields.Selection(list(KIND_LABELS.items()), readonly=True)
    state = fields.Selection([("done", "Done"), ("cancelled", "Cancelled")], readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade", index=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    connection_id = fields.Many2one("sync.connection", readonly=True, ondelete="set null", index="btree_not_null")
    webhook_id = fields.Many2one("sync.webhook", readonly=True, ondelete="set null", index="btree_not_null")
    event_id = fields.Integer(readonly=True)
    endpoint = fields.Char(readonly=True)
    idempotency_key = fields.Char(readonly=True)
    correlation_id = fields.Char(readonly=True, index="btree_not_null")
    user_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    attempts = fields.Integer(readonly=True)
    reason = fields.Char(readonly=True)
    error = fields.Text(readonly=True)
    created_at = fields.Datetime(readonly=True, string="Created")
    started_at = fields.Datetime(readonly=True, string="Started")
    finished_at = fields.Datetime(readonly=True, string="Finished", index=True)
    duration_ms = fields.Integer(readonly=True, string="Duration (ms)", aggregator="avg")

    _record_idx = models.Index("(res_model, res_id)")

    @api.model
    def _collect(self, stay=STAY):
        """Move finished jobs here, some thousand a transaction.

        :return: how many
        """
        columns = SQL(", ").join(map(SQL.identifier, COLUMNS))
        total = 0
        while True:
            with self.env["sync.job"]._short_cursor(durable=False) as cr:
                cr.execute(
                    SQL(
                        """WITH old AS (
                               SELECT id FROM sync_job WHERE state IN ('done', 'cancelled')
                                  AND finished_at <= %(now)s - %(stay)s * interval '1 second'
                                ORDER BY finished_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED),
                           gone AS (DELETE FROM sync_job WHERE id IN (SELECT id FROM old) RETURNING %(columns)s)
                           INSERT INTO sync_job_history (%(columns)s) SELECT %(columns)s FROM gone
                           ON CONFLICT (id) DO NOTHING""",
                        now=NOW,
                        stay=stay,
                        limit=BATCH,
                        columns=columns,
                    )
                )
                moved = cr.rowcount
            total += moved
            if moved < BATCH:
                return total

    @api.model
    def _purge(self):
        """Forget what finished longer ago than the setting says.

        :return: how many
        """
        days = self.env["sync.retention"]._days("jobs")
        total = 0
        while True:
            with self.env["sync.job"]._short_cursor(durable=False) as cr:
                cr.execute(
                    SQL(
                        """DELETE FROM sync_job_history WHERE id IN (
                               SELECT id FROM sync_job_history
                                WHERE finished_at < %s - %s * interval '1 day' ORDER BY finished_at LIMIT %s)""",
                        NOW,
                        days,
                        BATCH,
                    )
                )
                gone = cr.rowcount
            total += gone
            if gone < BATCH:
                return total
