"""Nothing is proposed on accounts that people excluded, or archived."""

from dataclasses import replace

from odoo import models


class AiFactsCoding(models.AbstractModel):
    _name = "ai.facts.coding"
    _inherit = "ai.facts.coding"

    def _settings(self, company):
        settings = super()._settings(company)
        return replace(settings, forbidden=settings.forbidden | company._ai_forbidden_accounts())
