"""A manager ends a connection, after reading what will be gone."""

from odoo import api, fields, models


class SyncDisconnect(models.TransientModel):
    _name = "sync.disconnect"
    _description = "Disconnect Another System"

    connection_id = fields.Many2one("sync.connection", required=True, readonly=True)
    gone_text = fields.Text(compute="_compute_outlook", string="Will be gone")
    stays_text = fields.Text(compute="_compute_outlook", string="Stays")

    @api.depends("connection_id")
    def _compute_outlook(self):
        for wizard in self:
            gone, stays = wizard.connection_id._outlook_lines() if wizard.connection_id else ([], [])
            wizard.gone_text = "\n".join(f"• {line}" for line in gone)
            wizard.stays_text = "\n".join(f"• {line}" for line in stays)

    def action_disconnect(self):
        """Revoke there, forget here."""
        self.ensure_one()
        return self.connection_id._disconnect_and_tell()
