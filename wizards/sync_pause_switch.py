"""Pausing and resuming syncing."""

from odoo import api, fields, models


class SyncPauseSwitch(models.TransientModel):
    _name = "sync.pause.switch"
    _description = "Pause Syncing"

    scope = fields.Selection("_scopes", required=True, default="company", string="For")
    reason = fields.Char(help="Shown to everybody who works with the books meanwhile.")
    text = fields.Char(compute="_compute_text", string="Now")
    is_paused = fields.Boolean(compute="_compute_text", help="What is chosen is paused.")

    @api.model
    def _scopes(self):
        company = self.env.company.name
        return [("company", self.env._("This company (%(name)s)", name=company)), ("all", self.env._("All companies"))]

    @api.depends("scope")
    @api.depends_context("company")
    def _compute_text(self):
        state = self.env["sync.pause"].pause_state()
        for switch in self:
            switch.text = state["text"]
            switch.is_paused = state["all" if switch.scope == "all" else "company"]

    def action_pause(self):
        """Stop syncing for what is chosen."""
        self.ensure_one()
        self.env["sync.pause"].pause(all_companies=self.scope == "all", reason=self.reason)
        return {"type": "ir.actions.client", "tag": "ai_bookkeeper.sync_pause_changed"}

    def action_resume(self):
        """Let syncing go on for what is chosen."""
        self.ensure_one()
        self.env["sync.pause"].resume(all_companies=self.scope == "all")
        return {"type": "ir.actions.client", "tag": "ai_bookkeeper.sync_pause_changed"}
