"""Bills on the review desk: their card stands beside the picture instead of the bank line."""

from odoo import models
from odoo.exceptions import UserError


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def desk_cards(self) -> list[dict]:
        """With ``document_id`` for what has a picture: the desk then shows the card of a bill.

        :return: as without documents, and ``document_id`` (False without one) each
        """
        cards = super().desk_cards()
        shown = self.browse([card["id"] for card in cards])
        documents = self._bill_documents(shown._bills().mapped("res_id"))
        targets = {suggestion.id: suggestion.res_id for suggestion in shown._bills()}
        return [{**card, "document_id": documents.get(targets.get(card["id"]), False)} for card in cards]

    def action_open_bill(self):
        """Open the document of the bill that this suggestion is about, beside what was read."""
        self.ensure_one()
        self.check_access("read")
        document_id = self._bill_documents(self._bills().mapped("res_id")).get(self.res_id)
        if not document_id:
            raise UserError(self.env._("No document was read for this. Open the record itself."))
        return self.env["ai.document"].browse(document_id).action_open_screen()
