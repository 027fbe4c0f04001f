"""A webhook that failed for days is switched off, as Standard Webhooks 1.0 advises, and says so."""

from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

SETTING = "ai_sync_webhook_days"
#: Since when every attempt failed, counted from the last start or change of address, and for how long. Tests by hand
#: count as successes only.
FAILING = """
SELECT webhook.id, GREATEST(bad.at, webhook.started_at) AS since, last.at - GREATEST(bad.at, webhook.started_at),
       last.error
  FROM sync_webhook webhook
  JOIN res_company company ON company.id = webhook.company_id
  JOIN LATERAL (SELECT id, at, error FROM sync_delivery
                 WHERE webhook_id = webhook.id AND NOT is_good AND job_id IS NOT NULL
                 ORDER BY id DESC LIMIT 1) last ON TRUE
  LEFT JOIN LATERAL (SELECT id FROM sync_delivery WHERE webhook_id = webhook.id AND is_good
                      ORDER BY id DESC LIMIT 1) good ON TRUE
  JOIN LATERAL (SELECT at FROM sync_delivery
                 WHERE webhook_id = webhook.id AND NOT is_good AND job_id IS NOT NULL AND id > COALESCE(good.id, 0)
                 ORDER BY id LIMIT 1) bad ON TRUE
 WHERE webhook.state = 'on' AND webhook.active
   AND last.at - GREATEST(bad.at, webhook.started_at) >= company.ai_sync_webhook_days * interval '1 day'
"""


class SyncWebhook(models.Model):
    _name = "sync.webhook"
    _inherit = "sync.webhook"

    started_at = fields.Datetime(readonly=True, copy=False, help="When it was started, or its address changed, last.")

    @api.model
    def _switch_off_tired(self):
        """Switch off those of which nothing arrived for as many days as their company's setting says, between a first
        and a last failed attempt: one that has nothing to send does not fail. What waits is cancelled; it is sent
        later as a window.

        :return: those that were switched off
        """
        self.env["sync.delivery"].flush_model()
        self.flush_model()
        rows = self.env.execute_query(SQL(FAILING))
        tired = self.browse([row[0] for row in rows])
        for webhook, (_id, since, lasted, error) in zip(tired, rows, strict=True):
            reason = webhook.env._(
                "Every attempt of %(days)s days failed, since %(since)s: %(error)s",
                days=lasted.days,
                since=format_datetime(webhook.env, since),
                error=(error or "")[:200],
            )
            webhook._switch_off_and_tell(reason)
        return tired

    def write(self, vals):
        # Another address begins anew.
        return super().write({**vals, "started_at": fields.Datetime.now()} if "url" in vals else vals)

    def _state_values(self, state, reason=False):
        values = super()._state_values(state, reason)
        return {**values, "started_at": fields.Datetime.now()} if state == "on" else values
