"""What was decided with one click belongs together: one ``correlation_id``, so that it can be undone together."""

import uuid

from odoo import models

from ...engine.vocabulary import ACCEPTED, APPLIED, REJECTED

#: States that a decision moves a suggestion to.
DECIDED = (ACCEPTED, APPLIED, REJECTED)


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def action_accept(self):
        """As before; all that this call books shares one ``correlation_id``."""
        return super(AiSuggestion, self._with_click()).action_accept()

    def action_reject(self, reason=None, note=None):
        """As before; all that this call rejects shares one ``correlation_id``."""
        return super(AiSuggestion, self._with_click()).action_reject(reason, note)

    def action_choose(self, key):
        """As before, with a ``correlation_id``."""
        return super(AiSuggestion, self._with_click()).action_choose(key)

    def action_sign_off(self):
        """As before; all that is signed off together shares one ``correlation_id``."""
        return super(AiSuggestion, self._with_click()).action_sign_off()

    def _with_click(self):
        """A client that works in slices names its click in the context, any text; otherwise each call is one."""
        told = self.env.context.get("ai_click")
        return self if told and isinstance(told, str) else self.with_context(ai_click=uuid.uuid4().hex)

    def _click(self):
        """The user's id stands in front: nobody adds to what somebody else decided."""
        told = self.env.context.get("ai_click")
        return f"{self.env.uid}-{told[:64]}" if told and isinstance(told, str) else None

    def _move_to(self, state, values=None):
        click = self._click()
        by_policy = state == ACCEPTED and (values or {}).get("decision") == "policy"
        if click and state in DECIDED and not by_policy:
            values = {**(values or {}), "correlation_id": click}
        return super()._move_to(state, values)
