"""Parking: a line that nobody can explain yet stands on the clarification account, with its reason and its age."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine.vocabulary import ACCEPTED, APPLIED, FAILED, OPEN_STATES, PARK_REASONS

LABELS = {
    "missing_document": "Document missing",
    "unknown_payee": "Payee or purpose unknown",
    "waiting_answer": "Waiting for an answer",
    "disputed": "Disputed",
    "other": "Something else",
}


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    park_reason = fields.Selection([(reason, LABELS[reason]) for reason in PARK_REASONS], readonly=True)
    park_note = fields.Char(readonly=True)
    park_age = fields.Integer(compute="_compute_park_age", string="Parked for (days)")
    is_parked = fields.Boolean(compute="_compute_is_parked", search="_search_is_parked", string="Parked")

    _parked_idx = models.Index("(company_id, decided_at) WHERE park_reason IS NOT NULL AND state = 'applied'")

    @api.depends("park_reason", "state")
    def _compute_is_parked(self):
        for suggestion in self:
            suggestion.is_parked = bool(suggestion.park_reason) and suggestion.state in (ACCEPTED, APPLIED)

    def _search_is_parked(self, operator, value):
        if operator != "in":
            return NotImplemented
        parked = Domain("park_reason", "!=", False) & Domain("state", "in", (ACCEPTED, APPLIED))
        return parked if True in value else ~parked

    @api.depends("decided_at", "park_reason")
    def _compute_park_age(self):
        now = fields.Datetime.now()
        for suggestion in self:
            since = suggestion.decided_at or suggestion.create_date
            suggestion.park_age = (now - since).days if suggestion.park_reason and since else 0

    def action_park(self, reason: str, note: str | None = None):
        """Book the bank lines of these suggestions to the clarification account; see ``action_ai_park``.

        :param reason: one of ``vocabulary.PARK_REASONS``
        :param note: what would settle it
        """
        self._check_decider()
        if any(suggestion.state not in (*OPEN_STATES, FAILED) for suggestion in self):
            raise UserError(self.env._("Only what waits for a decision can be parked."))
        if any(not suggestion.statement_line_id for suggestion in self):
            raise UserError(self.env._("Only bank lines can be parked."))
        return self.statement_line_id.action_ai_park(reason, note)

    def action_take_up(self):
        """Take parked lines up again: the booking is undone and the line waits anew, with what was said about it."""
        self._check_decider()
        if any(not suggestion.is_parked for suggestion in self):
            raise UserError(self.env._("Only what is parked can be taken up again."))
        locked = self.filtered("is_locked")
        if locked:
            raise UserError(
                self.env._(
                    "The period of “%(label)s” is locked. Open it and use Undo by Transfer Entry.",
                    label=locked[:1].label,
                )
            )
        booked = self.filtered(lambda suggestion: suggestion.state == APPLIED)
        if booked:
            booked.action_undo()
        # Parked by a first person and not booked yet: there is nothing to undo.
        waiting = self - booked
        waiting._supersede(self.env._("Taken up again before a second person accepted it."))
        waiting._after_decision("todo", None)
        waiting._propose_again()
        return True

    def action_edit(self, proposal: dict):
        """What is proposed instead of parking is no parking any more."""
        result = super().action_edit(proposal)
        self.sudo().write({"park_reason": False, "park_note": False})
        return result
