"""What a policy accepted waits in the day's batch until a reviewer signs it off, or sends it back."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.vocabulary import ACCEPTED, APPLIED, PENDING


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def action_sign_off(self):
        """Book what a policy accepted, in the name of the reviewer who signs it off.

        :return: True, or a notification of what could not be booked
        """
        self._check_decider()
        waiting = self._awaiting_sign_off()
        if not waiting:
            raise UserError(self.env._("Nothing of this waits to be signed off. Reload and look again."))
        self.env["ai.policy"]._check_not_paused(waiting.company_id)
        troubles = waiting._sign_off()
        # Paused while this was working: nothing of it is booked.
        self.env["ai.policy"]._check_not_paused(waiting.company_id)
        return self._notice("\n".join(troubles[:10]), kind="warning") if troubles else True

    def action_sign_off_all(self):
        """Sign off everything that policies accepted in the chosen companies, whatever ``self`` is."""
        return self.search([*self._batch_domain(), ("company_id", "in", self.env.companies.ids)]).action_sign_off()

    @api.model
    def _batch_domain(self):
        return [("state", "=", ACCEPTED), ("decision", "=", "policy")]

    def _awaiting_sign_off(self):
        return self.filtered(lambda s: s.state == ACCEPTED and s.decision == "policy")

    def _sign_off(self):
        locked = self.sudo().try_lock_for_update().sudo(self.env.su)
        still = locked._awaiting_sign_off()._return_what_asks_now()
        troubles = []
        if len(still) < len(self):
            template = self.env._("%(count)s ask again or are being decided by somebody else.")
            troubles.append(template % {"count": len(self) - len(still)})
        now = fields.Datetime.now()
        decision = {"signed_off_by_id": self.env.uid, "signed_off_at": now, "decided_with": still._decided_with()}
        troubles += still._accept(decision)
        still.filtered(lambda suggestion: suggestion.state == APPLIED)._log("signed_off")
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
