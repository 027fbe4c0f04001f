"""Refusals of the addon's own checks are noted where they are said."""

from odoo import models


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _refuse(self, message):
        self.env["ai.refusal"]._note(self)
        return super()._refuse(message)
