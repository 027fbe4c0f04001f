"""A manager enters the key of the language model; it is never shown again."""

from odoo import fields, models


class AiModelKey(models.TransientModel):
    _name = "ai.model.key"
    _description = "Key of a Language Model"

    provider_id = fields.Many2one("ai.model.provider", required=True, readonly=True, ondelete="cascade")
    key = fields.Char(required=True, exportable=False)

    def action_store(self):
        """Keep the key with the server's other secrets, and nowhere else."""
        self.ensure_one()
        self.provider_id.store_key(self.key)
        self.key = "-"
        return {"type": "ir.actions.act_window_close"}
