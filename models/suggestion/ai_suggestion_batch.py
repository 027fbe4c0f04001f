"""What a policy accepted waits in the day's batch until a reviewer signs it off, or sends it back."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...engine.vocabulary import ACCEPTED, PENDING


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def action_sign_off(self):
        """Book what a policy accepted, in the name of the reviewer who signs it off.

        :return: True, or a notification of what could not be booked
        """
        self._check_decider()
        waiting = self.filtered(lambda s: s.state == ACCEPTED and s.decision == "policy")
        if not waiting:
            raise UserError(self.env._("Nothing of this waits to be signed off. Reload and look again."))
        troubles = waiting._sign_off()
        return self._notice("\n".join(troubles[:10]), kind="warning") if troubles else True

    def _sign_off(self):
        troubles = self._accept({"signed_off_by_id": self.env.uid, "signed_off_at": fields.Datetime.now()})
        self.filtered("signed_off_at")._log("signed_off")
        return troubles

    def action_send_back(self):
        """What was accepted, by a policy or a first person, asks again."""
        self._check_decider()
        locked = self.sudo().try_lock_for_update().sudo(self.env.su)
        waiting = locked.filtered(lambda suggestion: suggestion.state == ACCEPTED)
        if waiting != self:
            raise UserError(self.env._("Only what was accepted and is not booked yet can be sent back. Reload."))
        waiting._send_back(["sent_back", {}])
        return True

    def _send_back(self, reason):
        """``reason``: (code, values) of why it asks again."""
        if self:
            self._move_to(PENDING, {**self._no_decision(), "policy_outcome": "asked", "policy_reason": reason})
            self._log("sent_back", [{"reason": reason} for _suggestion in self])
            self._after_decision("proposed", None)
