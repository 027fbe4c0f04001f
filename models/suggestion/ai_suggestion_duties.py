"""Duties kept apart while deciding: a second person above an amount; not one's own vendor's next bill."""

from odoo import Command, models

from ...engine.policy import Situation, first_for
from ...engine.vocabulary import ACCEPTED, APPLIED, FAILED, PENDING


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _split_by_duty(self, proposer):
        """(what the acting person may book now, sentences about what they may not).

        What needs two people and had none moves to ``accepted``: that was the first of them.
        """
        if not self:
            return self, []
        conflicts = self._vendor_conflicts(proposer)
        caps = self._second_caps()
        ready, first, troubles, lifted = self.browse(), self.browse(), [], self.browse()
        for suggestion in self:
            one_person = suggestion.company_id.sudo().ai_one_person
            why = conflicts.get(suggestion.id) or suggestion._second_refusal(caps)
            if one_person and (why or suggestion.id in caps):
                lifted += suggestion
                ready += suggestion
            elif why:
                troubles.append(f"{suggestion.label or suggestion.name}: {why}")
            elif suggestion.id in caps and not suggestion._has_first():
                first += suggestion
            else:
                ready += suggestion
        lifted._log("duty_lifted", [{"two_people": s.id in caps, "vendor": s.id in conflicts} for s in lifted])
        first._approve_first(caps)
        return ready, troubles

    # === SECOND APPROVAL === #

    def _has_first(self):
        return self.state in (ACCEPTED, FAILED) and self.decision != "policy" and bool(self.approval_ids)

    def _second_caps(self):
        """{suggestion id: amount above which two people decide} for those above it, by the policies of now."""
        found = {}
        for company, suggestions in self.grouped("company_id").items():
            policies = self.env["ai.policy"]._for_company(company)
            if any(policy.second_approval_amount for policy in policies):
                found.update(suggestions._caps_by(policies))
        return found

    def _caps_by(self, policies):
        amounts = self._company_amounts()
        found = {}
        for suggestion in self.sudo():
            situation = Situation(
                kind=suggestion.kind,
                company=suggestion.company_id.id,
                journal=suggestion.journal_id.id or None,
                partner=suggestion.partner_id.commercial_partner_id.id or None,
            )
            policy = first_for(situation, policies)
            if policy and policy.needs_second(amounts[suggestion.id]):
                found[suggestion.id] = policy.second_approval_amount
        return found

    def _second_refusal(self, caps):
        """Why the acting person can't be the second of two; None when they can, or no second is needed."""
        if self.id not in caps or not self._has_first():
            return None
        if self.env.user in self.approval_ids:
            return self.env._("You accepted it first: somebody else must accept it too.")
        if self.env.user == self.proposed_by_id:
            return self.env._("You proposed it by hand: two other people must accept it, or send it back first.")
        return None

    def _approve_first(self, caps):
        """The first of two people accepts; nothing is booked yet."""
        if not self:
            return
        self.filtered(lambda s: s.state in (ACCEPTED, FAILED))._move_to(PENDING, self._no_decision())
        values = {**self._decision(), "approval_ids": [Command.link(self.env.uid)], "error": False}
        self._move_to(ACCEPTED, values)
        self._log("approved", [{"over": str(caps[suggestion.id])} for suggestion in self])
        self._after_decision("proposed", None)

    def _second_texts(self):
        """What to tell whoever accepted first."""
        waiting = self.filtered(lambda s: s.state == ACCEPTED and self.env.user in s.approval_ids)
        if not waiting:
            return []
        template = self.env._("%(count)s are not booked yet: they are so large that a second person must accept them.")
        return [template % {"count": len(waiting)}]

    # === VENDORS === #

    def _vendor_conflicts(self, proposer):
        """{suggestion id: why not} for bills of vendors that the acting person created or whose bank they changed."""
        vendors = proposer._bill_vendors(self)
        asked = self.env["res.partner"].union(*vendors.values())
        conflicting = self.env["ai.vendor.change"]._conflicting(asked)
        template = self.env._(
            "You created %(vendor)s or changed its bank account: somebody else must accept its next bill."
        )
        return {
            suggestion_id: template % {"vendor": vendor.sudo().display_name}
            for suggestion_id, vendor in vendors.items()
            if vendor in conflicting
        }

    # === AFTERWARDS === #

    def _apply_together(self, proposer, decision):
        result = super()._apply_together(proposer, decision)
        seconded = self.filtered("approval_ids")
        seconded.sudo().write({"approval_ids": [Command.link(self.env.uid)]})
        self.env["ai.vendor.bill"]._note(proposer._bill_vendors(self))
        return result

    def _move_to(self, state, values=None):
        undone = self.filtered(lambda suggestion: suggestion.state == APPLIED) if state != APPLIED else self.browse()
        result = super()._move_to(state, values)
        if undone:
            self.env["ai.vendor.bill"]._forget_undone(undone)
        return result
