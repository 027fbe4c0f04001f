"""A manager sends a time again: counted first, then made."""

from datetime import timedelta

from odoo import api, fields, models


class SyncWebhookResend(models.TransientModel):
    _name = "sync.webhook.resend"
    _description = "Resend to a Webhook"

    webhook_id = fields.Many2one("sync.webhook", required=True, readonly=True, ondelete="cascade")
    since = fields.Datetime(required=True, default=lambda self: fields.Datetime.now() - timedelta(days=1))
    until = fields.Datetime(required=True, default=lambda self: fields.Datetime.now())
    scope = fields.Selection(
        [("missed", "What never arrived"), ("all", "Everything, also what arrived")],
        required=True,
        default="missed",
    )
    is_counted = fields.Boolean(readonly=True)
    count = fields.Integer(readonly=True)
    waiting = fields.Integer(readonly=True)

    @api.onchange("since", "until", "scope")
    def _onchange_window(self):
        self.is_counted = False

    def action_count(self):
        """How many there are; nothing is sent."""
        self.ensure_one()
        found = self._resend(dry_run=True)
        self.write({**found, "is_counted": True})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Resend to %(name)s", name=self.webhook_id.name),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_resend(self):
        """Make the deliveries."""
        self.ensure_one()
        found = self._resend(dry_run=False)
        message = self.env._("%(count)s deliveries will be sent again.", count=found["count"])
        return self.env["ai.suggestion"]._notice(message)

    def _resend(self, dry_run):
        return self.webhook_id.resend(
            fields.Datetime.to_string(self.since),
            fields.Datetime.to_string(self.until),
            only_missed=self.scope == "missed",
            dry_run=dry_run,
        )
