"""Deciding bills: what is missing, or was found and not dismissed, is said before anything is booked."""

from odoo import models
from odoo.exceptions import UserError


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def action_accept(self):
        """Book these suggestions as proposed.

        :raise UserError: where something must be said or dismissed first, and nothing else was chosen
        """
        self._check_decider()
        waiting = self.filtered(lambda suggestion: suggestion.state in ("pending", "accepted", "failed"))
        obstacles = waiting._obstacles()
        if obstacles and len(obstacles) == len(self):
            raise UserError("\n".join(obstacles.values()))
        return super().action_accept()

    def _obstacles(self):
        found = {}
        for kind, suggestions in self.grouped("kind").items():
            proposer = self._proposer(kind)
            own = proposer._obstacles(suggestions)
            # What the world has overtaken is proposed anew instead.
            stale = proposer._stale(self.browse(own)) if own else {}
            found.update({key: why for key, why in own.items() if key not in stale})
        return found

    def _split_by_duty(self, proposer):
        obstacles = proposer._obstacles(self)
        stopped = self.filtered(lambda suggestion: suggestion.id in obstacles)
        ready, troubles = super(AiSuggestion, self - stopped)._split_by_duty(proposer)
        said = [f"{suggestion.label or suggestion.name}: {obstacles[suggestion.id]}" for suggestion in stopped]
        return ready, troubles + said
