"""Looking at an undo before doing it, and taking back what lies in a locked period."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.vocabulary import APPLIED, REJECTED, UNDONE


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    is_locked = fields.Boolean(compute="_compute_is_locked", help="Applied, in a period that is locked now.")

    @api.depends("state")
    def _compute_is_locked(self):
        locked = {row["id"] for row in self.undo_preview() if row["locked"]}
        for suggestion in self:
            suggestion.is_locked = suggestion.id in locked

    def undo_preview(self) -> list[dict]:
        """What ``action_undo`` would do to each of these suggestions; nothing is written.

        :return: ``{id, name, state, date, amount, currency_id, line_id, can_undo, locked, can_transfer, transfer_date,
            documents: [{move_id, name, opens, payment_state}], reversed: [{move_id, name}],
            pays_again: [{move_id, name}], text}``; amounts are decimal strings, ``opens`` in the document's currency
        """
        self.check_access("read")
        found = {}
        for kind, suggestions in self.filtered(lambda s: s.state == APPLIED).grouped("kind").items():
            found.update(self._proposer(kind)._undo_preview(suggestions))
        return [{**suggestion._undo_headline(), **found.get(suggestion.id, {})} for suggestion in self]

    def _undo_headline(self):
        places = Decimal(1).scaleb(-self.currency_id.decimal_places)
        rejected = self.state == REJECTED
        return {
            "id": self.id,
            "name": self.label or self.name,
            "state": self.state,
            "date": str(self.date or ""),
            "amount": str(Decimal(str(self.amount)).quantize(places)),
            "currency_id": self.currency_id.id,
            "line_id": self.statement_line_id.id,
            "can_undo": rejected,
            "locked": False,
            "can_transfer": False,
            "transfer_date": None,
            "documents": [],
            "reversed": [],
            "pays_again": [],
            "text": self.env._("The rejection is taken back.") if rejected else self.env._("There is nothing to undo."),
        }

    def action_undo_by_transfer(self):
        """Take back what lies in a locked period: an entry in the first open period moves the amounts to suspense.

        Matching, bank side and locked period stay as they are. The entries are added to ``move_ids``.

        :raise UserError: for suggestions that are not applied, or whose period is not locked
        """
        self._check_decider()
        locked = self.sudo().try_lock_for_update().sudo(self.env.su)
        if locked != self or any(suggestion.state != APPLIED for suggestion in self):
            raise UserError(self.env._("Only what is applied can be taken back. Reload and look again."))
        for kind, suggestions in self.grouped("kind").items():
            moves = self._proposer(kind)._undo_by_transfer(suggestions)
            suggestions._move_to(UNDONE)
            suggestions._link_moves({suggestion_id: [move_id] for suggestion_id, move_id in moves.items()})
            suggestions._log("undone", [{"transfer_move_id": moves[suggestion.id]} for suggestion in suggestions])
        self._after_decision(None, None)
        return True
