"""Undoing: what was booked, a rejection, and what lies in a locked period; looking at it before doing it."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.vocabulary import APPLIED, OPEN_STATES, PENDING, REJECTED, UNDONE


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    is_locked = fields.Boolean(compute="_compute_is_locked", help="Applied, in a period that is locked now.")

    @api.depends("state")
    def _compute_is_locked(self):
        locked = self.browse()
        for kind, suggestions in self.filtered(lambda s: s.state == APPLIED).grouped("kind").items():
            locked += self._proposer(kind)._locked(suggestions)
        for suggestion in self:
            suggestion.is_locked = suggestion in locked

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
            suggestions._move_to(UNDONE, self._undoing())
            suggestions._link_moves({suggestion_id: [move_id] for suggestion_id, move_id in moves.items()})
            suggestions._log("undone", [{"transfer_move_id": moves[suggestion.id]} for suggestion in suggestions])
        self._after_decision(None, None)
        return True

    def action_undo(self):
        """Undo: the books, and a rejection. What it does to locked periods is checked first."""
        self._check_decider()
        rejected = self.filtered(lambda suggestion: suggestion.state == REJECTED)
        rejected._reopen()
        applied = self.filtered(lambda suggestion: suggestion.state == APPLIED)
        for kind, suggestions in applied.grouped("kind").items():
            gone = self._proposer(kind)._changed_later(suggestions)
            gone._supersede(self.env._("It was undone in Odoo before."))
            applied -= gone
            self._proposer(kind)._undo(suggestions - gone)
        applied._move_to(UNDONE, self._undoing())
        applied._log("undone")
        applied._after_decision("todo", None)
        applied._propose_again()
        return True

    def _undoing(self):
        return {"undone_by_id": self.env.uid, "undone_at": fields.Datetime.now()}

    def _reopen(self):
        """A rejection is taken back: the suggestion waits again."""
        for suggestion in self:
            taken = self.sudo().search_count(
                [
                    ("res_model", "=", suggestion.res_model),
                    ("res_id", "=", suggestion.res_id),
                    ("state", "in", OPEN_STATES),
                ],
                limit=1,
            )
            if taken:
                raise UserError(self.env._("Another suggestion for this record waits already."))
            evidence = {key: value for key, value in (suggestion.evidence or {}).items() if key != "refused"}
            suggestion._move_to(
                PENDING,
                {
                    **self._no_decision(),
                    "reject_reason": False,
                    "reject_note": False,
                    "evidence": evidence,
                },
            )
            suggestion._after_decision("asked" if suggestion.is_question else "proposed", None)
        self._log("undone")
