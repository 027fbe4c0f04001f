"""Who hears the desk: people with a role of the addon, for the companies that they belong to."""

from odoo import models

from .ai_suggestion_live import LIVE

ROLES = ",".join(f"ai_bookkeeper.ai_bookkeeper_group_{role}" for role in ("reviewer", "manager", "auditor"))


class IrWebsocket(models.AbstractModel):
    _name = "ir.websocket"
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        channels = super()._build_bus_channel_list(channels)
        channels.extend(self._desk_channels())
        return channels

    def _desk_channels(self):
        """A channel a company; none without a role of the addon."""
        user = self.env.user
        return [(company, LIVE) for company in user.company_ids] if user.has_groups(ROLES) else []
