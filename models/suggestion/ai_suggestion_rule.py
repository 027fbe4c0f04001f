"""The rule behind a suggestion."""

from odoo import fields, models

RULE_TIER = "rule"


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    rule_id = fields.Many2one(
        "ai.rule", readonly=True, index="btree_not_null", ondelete="set null", help="The rule that proposed it."
    )

    def _rule_released(self):
        """As before; reconciliation models of Odoo are never released: copy them to a rule to do so."""
        if self.tier == RULE_TIER:
            return self.rule_id.is_released
        return super()._rule_released()
