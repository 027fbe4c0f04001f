"""Bills with findings: what stops is not booked by anybody, what warns is not accepted by a policy."""

from dataclasses import replace

from odoo import api, models
from odoo.exceptions import UserError

from ...engine.vocabulary import ACCEPTED, FAILED, OPEN_STATES

MOVE = "account.move"


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    # === LOOKING === #

    def _checked_moves(self):
        """Drafts of vendors that these suggestions would fill."""
        bills = self.sudo().filtered(lambda suggestion: suggestion.res_model == MOVE)
        moves = self.env[MOVE].sudo().browse(bills.mapped("res_id")).exists()
        return moves.filtered(lambda move: move.is_purchase_document(include_receipts=True))

    def _check_bills(self):
        moves = self._checked_moves()
        if moves:
            self.env["ai.finding"]._refresh(moves)
        return moves

    def write(self, vals):
        """Somebody changed what is proposed for a bill: it is checked anew."""
        result = super().write(vals)
        if "proposal" in vals and not self.env.context.get("ai_proposing"):
            self.filtered(lambda suggestion: suggestion.state in OPEN_STATES)._check_bills()
        return result

    @api.model
    def _supersede_open(self, move, why):
        """Close what is proposed for this entry: it went another way."""
        self.search(
            [("res_model", "=", MOVE), ("res_id", "=", move.id), ("state", "in", (*OPEN_STATES, FAILED))]
        )._supersede(why)

    # === POLICIES === #

    @api.model
    def _run(self, *arguments, **more):
        # What the run stores is checked once, before the policies look at it.
        return super(AiSuggestion, self.with_context(ai_proposing=True))._run(*arguments, **more)

    def _decide_by_policy(self):
        self._check_bills()
        return super()._decide_by_policy()

    def _situations(self):
        found = super()._situations()
        codes = self._finding_codes()
        return {key: replace(situation, finding=codes.get(key, "")) for key, situation in found.items()}

    def _stored_situation(self):
        """The facts of then, but for what speaks against it now."""
        situation = super()._stored_situation()
        if self.res_model != MOVE:
            return situation
        return replace(situation, finding=self._finding_codes().get(self.id, ""))

    def _finding_codes(self):
        """{suggestion id: code of an open finding about its bill}"""
        about = {suggestion.id: suggestion.res_id for suggestion in self.sudo() if suggestion.res_model == MOVE}
        if not about:
            return {}
        codes = self.env["ai.finding"]._open_codes(about.values())
        return {key: codes[move_id] for key, move_id in about.items() if move_id in codes}

    # === BOOKING === #

    def action_accept(self):
        """Book these suggestions as proposed; bills are checked again as the world is now.

        :raise UserError: names what stops them, where it stops all of them
        """
        self._check_decider()
        stopped, stopping = self._stopped()
        if stopped and stopped == self:
            raise UserError("\n".join(suggestion._stopped_text(stopping[suggestion.res_id]) for suggestion in stopped))
        return super().action_accept()

    def _stopped(self):
        """(those that findings stop, {move id: these findings}), checked now."""
        moves = self._check_bills()
        stopping = self.env["ai.finding"]._stopping(moves) if moves else {}
        return self.filtered(lambda s: s.res_model == MOVE and s.res_id in stopping), stopping

    def _apply_kind(self, proposer, decision):
        """What stops is told and stays; one that a policy had accepted asks again."""
        stopped, stopping = self._stopped()
        stopped.filtered(lambda s: s.state == ACCEPTED and s.decision == "policy")._send_back(["finding", {}])
        troubles = [suggestion._stopped_text(stopping[suggestion.res_id]) for suggestion in stopped]
        return troubles + super(AiSuggestion, self - stopped)._apply_kind(proposer, decision)

    def _stopped_text(self, findings):
        said = " ".join(finding.text for finding in findings.sudo(self.env.su))
        template = self.env._("%(bill)s: Dismiss this with a reason first: %(findings)s")
        return template % {"bill": self.label or self.name, "findings": said}
