"""Limits, ages and the metrics' token of the sync desk, on the bookkeeping manager's settings page."""

from odoo import fields, models


class AiSettings(models.TransientModel):
    _name = "ai.settings"
    _inherit = "ai.settings"

    ai_sync_tick_minutes = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_sync_pending_minutes = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_sync_failure_limit = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_sync_breaker_minutes = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_sync_webhook_days = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_sync_keep_jobs_days = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_sync_keep_events_days = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_sync_keep_deliveries_days = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_sync_keep_intake_days = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    metrics_state = fields.Char(compute="_compute_metrics_state", string="Metrics")
    has_metrics_token = fields.Boolean(compute="_compute_metrics_state")

    def _compute_metrics_state(self):
        text, has_token = self.env["sync.metrics"]._state_text()
        for settings in self:
            settings.metrics_state = text
            settings.has_metrics_token = has_token

    def action_make_metrics_token(self):
        """A new token for the metrics, shown once."""
        self.check_access("read")
        return self.env["sync.metrics.token"]._action(self.env["sync.metrics"]._make_token())

    def action_drop_metrics_token(self):
        """Nobody reads the metrics any more."""
        self.check_access("read")
        self.env["sync.metrics"]._drop_token()
        return self.env["ai.suggestion"]._notice(self.env._("The metrics are closed."))


class SyncMetricsToken(models.AbstractModel):
    """Never stored: the token travels in the action that shows it."""

    _name = "sync.metrics.token"
    _description = "Token of the Metrics"

    # Without it the form would not read its default values.
    id = fields.Id()
    token = fields.Char(readonly=True)
    example = fields.Text(readonly=True)

    def _action(self, token):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Token of the Metrics"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_token": token, "default_example": self.env["sync.metrics"]._example(token)},
        }
