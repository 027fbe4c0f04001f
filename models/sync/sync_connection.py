"""Another system that the books are kept in step with."""

from odoo import api, fields, models

STATES = {
    "draft": "Not connected",
    "connected": "Connected",
    "paused": "Paused",
    "broken": "Needs attention",
    "disconnected": "Disconnected",
}


class SyncConnection(models.Model):
    _name = "sync.connection"
    _inherit = "mail.thread"
    _description = "Connection"
    _order = "sequence, id"
    _check_company_auto = True
    _ai_is_target = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection("_kinds", required=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    state = fields.Selection(list(STATES.items()), required=True, readonly=True, default="draft", copy=False)
    reason = fields.Char(readonly=True, copy=False, help="Why it needs attention, in plain words.")
    last_success_at = fields.Datetime(readonly=True, copy=False)
    last_failure_at = fields.Datetime(readonly=True, copy=False)

    @api.model
    def _kinds(self):
        """Every connector that is installed."""
        prefix = "sync.connector."
        names = [name for name in self.env.registry if name.startswith(prefix)]
        return [(name.removeprefix(prefix), self.env[name]._description) for name in sorted(names)]

    def _connector(self):
        self.ensure_one()
        return self.env[f"sync.connector.{self.kind}"]
