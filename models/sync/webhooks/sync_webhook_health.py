"""How a webhook fares, from its deliveries and jobs."""

from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

DELIVERED = """
SELECT webhook.id, good.at, bad.at, bad.error, COALESCE(day.good, 0), COALESCE(day.bad, 0)
  FROM unnest(%s) AS webhook (id)
  LEFT JOIN LATERAL (SELECT at FROM sync_delivery WHERE webhook_id = webhook.id AND is_good AND job_id IS NOT NULL
                      ORDER BY id DESC LIMIT 1) good ON TRUE
  LEFT JOIN LATERAL (SELECT at, error FROM sync_delivery WHERE webhook_id = webhook.id AND NOT is_good
                        AND job_id IS NOT NULL ORDER BY id DESC LIMIT 1) bad ON TRUE
  LEFT JOIN LATERAL (SELECT COUNT(*) FILTER (WHERE is_good) AS good, COUNT(*) FILTER (WHERE NOT is_good) AS bad
                       FROM sync_delivery WHERE webhook_id = webhook.id AND at >= %s AND job_id IS NOT NULL) day ON TRUE
"""
WAITING = """
SELECT webhook_id, COUNT(*) FILTER (WHERE state IN ('pending', 'running', 'waiting', 'indeterminate')),
       COUNT(*) FILTER (WHERE state IN ('failed', 'dead')),
       MIN(created_at) FILTER (WHERE state IN ('pending', 'running', 'waiting', 'indeterminate'))
  FROM sync_job WHERE webhook_id = ANY(%s) AND state NOT IN ('done', 'cancelled') GROUP BY webhook_id
"""


class SyncWebhook(models.Model):
    _name = "sync.webhook"
    _inherit = "sync.webhook"

    last_success_at = fields.Datetime(compute="_compute_health", string="Last Delivered")
    last_failure_at = fields.Datetime(compute="_compute_health", string="Last Failure")
    last_error = fields.Char(compute="_compute_health")
    good_count = fields.Integer(compute="_compute_health", string="Delivered in 24 Hours")
    bad_count = fields.Integer(compute="_compute_health", string="Failed Attempts in 24 Hours")
    waiting_count = fields.Integer(compute="_compute_health", string="Waiting")
    stopped_count = fields.Integer(compute="_compute_health", string="Needs Attention")
    waiting_since = fields.Datetime(compute="_compute_health", string="Oldest Waits Since")
    health = fields.Selection(
        [("good", "Delivers"), ("bad", "Fails"), ("idle", "Nothing to send yet"), ("stopped", "Does not send")],
        compute="_compute_health",
    )

    def _compute_health(self):
        delivered, waiting = {}, {}
        if self.ids:
            self.env["sync.delivery"].flush_model()
            since = fields.Datetime.now() - timedelta(days=1)
            # Counts of what concerns the webhook, which the reader may see; not of the records behind it.
            delivered = {row[0]: row[1:] for row in self.env.execute_query(SQL(DELIVERED, self.ids, since))}
            waiting = {row[0]: row[1:] for row in self.env.execute_query(SQL(WAITING, self.ids))}
        for webhook in self:
            good_at, bad_at, error, good, bad = delivered.get(webhook.id, (None, None, None, 0, 0))
            webhook.last_success_at, webhook.last_failure_at, webhook.last_error = good_at, bad_at, error
            webhook.good_count, webhook.bad_count = good, bad
            counts = waiting.get(webhook.id, (0, 0, False))
            webhook.waiting_count, webhook.stopped_count, webhook.waiting_since = counts
            webhook.health = webhook._health()

    def _health(self):
        if self.state in ("draft", "off", "paused") or not self.active:
            return "stopped"
        if self.last_failure_at and (not self.last_success_at or self.last_failure_at > self.last_success_at):
            return "bad"
        return "good" if self.last_success_at else "idle"

    def action_open_deliveries(self):
        """Every attempt, the last one first."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.sync_delivery_action")
        return {**action, "domain": [("webhook_id", "=", self.id)], "context": {"search_default_webhook_id": False}}

    def action_open_jobs(self):
        """What waits and what needs attention."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Jobs of %(name)s", name=self.name),
            "res_model": "sync.job",
            "views": [(False, "list"), (False, "form")],
            "domain": [("webhook_id", "=", self.id), ("state", "not in", ("done", "cancelled"))],
        }
