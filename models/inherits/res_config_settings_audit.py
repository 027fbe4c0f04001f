"""Where the head of the audit log goes, on the settings page."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _name = "res.config.settings"
    _inherit = "res.config.settings"

    ai_anchor_mail = fields.Char(config_parameter="ai_bookkeeper.anchor_mail", string="Anchor Mail")
    ai_anchor_directory = fields.Char(config_parameter="ai_bookkeeper.anchor_directory", string="Anchor Directory")
    ai_anchor_url = fields.Char(config_parameter="ai_bookkeeper.anchor_url", string="Anchor Webhook")

    def set_values(self):
        """Places that can't work are refused when they are set, not at night."""
        self.env["ai.audit.anchor"]._check_settings(
            self.ai_anchor_mail or "", self.ai_anchor_directory or "", self.ai_anchor_url or ""
        )
        return super().set_values()
