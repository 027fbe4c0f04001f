"""What the world has overtaken is closed, not booked."""

from odoo import api, models

from ...engine.vocabulary import APPLIED, FAILED, OPEN_STATES, SUPERSEDED


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _supersede(self, why=None):
        """Close suggestions that the world has overtaken."""
        if self:
            self._move_to(SUPERSEDED, {"error": why} if why else {})
            self._log("superseded", [{"why": why or ""} for _suggestion in self])

    def _supersede_older(self):
        """What was applied to these records before has been undone in Odoo, else nothing could be booked now."""
        older = self.sudo().search(
            [
                ("res_model", "in", list(set(self.mapped("res_model")))),
                ("res_id", "in", self.mapped("res_id")),
                ("kind", "in", list(set(self.mapped("kind")))),
                ("state", "=", APPLIED),
                ("id", "not in", self.ids),
            ]
        )
        older._supersede(self.env._("It was undone in Odoo before."))

    @api.model
    def _supersede_for(self, records):
        """Close what is proposed for these records, or would settle an item of them, before they go."""
        found = self.sudo().search(
            [("res_model", "=", records._name), ("res_id", "in", records.ids), ("state", "in", (*OPEN_STATES, FAILED))]
        )
        if records._name == "account.move":
            found |= self.sudo().search(
                [("item_ids.move_line_id.move_id", "in", records.ids), ("state", "in", (*OPEN_STATES, FAILED))]
            )
        found._supersede(self.env._("The record was deleted."))

    def _replace_partners(self, merged_ids, partner_id):
        """A merge moved partners: proposals name the remaining one. The audit log keeps what was."""
        for suggestion in self:
            if (suggestion.proposal or {}).get("partner_id") in merged_ids:
                suggestion.proposal = {**suggestion.proposal, "partner_id": partner_id}
