"""Decisions teach at once; what is undone, changed outside or overtaken is unlearned."""

from odoo import models

from ...engine.vocabulary import APPLIED, SUPERSEDED, UNDONE


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _move_to(self, state, values=None):
        applied = self.filtered(lambda suggestion: suggestion.state == APPLIED)
        result = super()._move_to(state, values)
        if state == APPLIED:
            self._learn()
        elif state in (UNDONE, SUPERSEDED):
            applied._unlearn()
        return result

    def _learn(self, source=None):
        """Write down what these applied suggestions teach.

        :param str source: "sample" when somebody coded them blind and said the same: then they count in full, also
            what a policy had booked by itself
        """
        # Nobody writes lessons but the addon.
        for (kind, _company), suggestions in self.sudo().grouped(lambda s: (s.kind, s.company_id)).items():
            self.env["ai.learning.event"].sudo()._insert(self._proposer(kind)._lessons(suggestions, source))

    def _confirmed_by_sample(self, user):
        """Somebody coded these blind and said the same: what the machine had booked alone counts in full now."""
        self.with_user(user)._learn("sample")

    def _unlearn(self, is_error=True):
        """What these taught counts no more.

        :param bool is_error: the machine is held to have been wrong
        """
        teaching = self.filtered(lambda suggestion: self._proposer(suggestion.kind)._codes())
        for (kind, model), suggestions in teaching.grouped(lambda s: (s.kind, s.res_model)).items():
            lessons = self.env["ai.learning.event"]._live(
                self._proposer(kind)._scope(), model, suggestions.mapped("res_id")
            )
            # Another booking of the same record may have taught meanwhile.
            lessons.filtered(lambda lesson, own=suggestions: lesson.suggestion_id in own)._take_back(is_error)

    def _set_changed_outside(self, change, user_id, moment):
        """Coded anew in Odoo: the entry as it stands is what teaches now, and the machine had been wrong."""
        result = super()._set_changed_outside(change, user_id, moment)
        if change:
            self._unlearn()
        if not change or change == "recoded":
            self._learn("outside" if change else None)
        return result
