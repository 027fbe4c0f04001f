"""Many decisions at once, each with its outcome: what a list of answers became."""

from decimal import Decimal

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...engine.vocabulary import ACCEPTED, APPLIED, FAILED, OPEN_STATES, PENDING, REJECT_REASONS, SUPERSEDED

VERBS = ("accept", "choose", "edit", "reject")


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    @api.model
    def decide_many(self, decisions: list[dict]) -> list[dict]:
        """Decide these in one transaction; one that refuses stops only itself.

        :param decisions: ``{id, verb, proposal, key, reason, note}`` each; ``verb`` is ``accept``, ``edit`` (book this
            ``proposal`` instead), ``choose`` (the alternative ``key``) or ``reject`` (with ``reason``, ``note``)
        :return: ``{id, outcome, text}`` each; ``outcome`` is ``applied``, ``accepted`` (waits for the second
            approval), ``rejected``, ``failed``, ``superseded`` or ``refused``
        :raise UserError: for an unknown verb or reason
        """
        self.browse()._check_decider()
        self._check_decisions(decisions)
        known = self.browse([int(row["id"]) for row in decisions]).exists()
        said = {suggestion.id: why for suggestion, why in known._review_obstacles()}
        accepted = self._with_click().browse()
        rejected = {}
        for row in decisions:
            suggestion = accepted.browse(int(row["id"]))
            if suggestion not in known:
                said[suggestion.id] = self.env._("It does not exist any more.")
            elif suggestion.id in said:
                continue
            elif row["verb"] == "reject":
                key = (row.get("reason") or None, row.get("note") or None)
                rejected[key] = rejected.get(key, accepted.browse()) + suggestion
            else:
                problem = suggestion._prepare_decision(row)
                if problem:
                    said[suggestion.id] = problem
                else:
                    accepted += suggestion
        for (reason, note), suggestions in rejected.items():
            said.update(suggestions._decide_safely(lambda some, r=reason, n=note: some.action_reject(r, n)))
        said.update(accepted._accept_many())
        by_id = {suggestion.id: suggestion for suggestion in known}
        return [self._decided_row(int(row["id"]), by_id, said) for row in decisions]

    @api.model
    def _check_decisions(self, decisions):
        for row in decisions:
            if row.get("verb") not in VERBS:
                raise UserError(self.env._("Unknown decision: %(verb)s.", verb=row.get("verb")))
            if row.get("reason") and row["reason"] not in REJECT_REASONS:
                raise UserError(self.env._("Unknown reason: %(reason)s.", reason=row["reason"]))

    def _review_obstacles(self):
        """[(suggestion, why)] of those that the user may not decide, or that are decided."""
        open_ones = self.filtered(lambda suggestion: suggestion.state in (*OPEN_STATES, FAILED))
        found = [(suggestion, self.env._("It was decided before.")) for suggestion in self - open_ones]
        return found + open_ones._undecidable()

    def _prepare_decision(self, row):
        """Make the proposal the one that is wanted; a sentence when that is refused."""
        try:
            with self.env.cr.savepoint():
                if row["verb"] == "edit":
                    self.action_edit(row["proposal"])
                    self._check_remainder()
                elif row["verb"] == "choose":
                    self._take_choice(row.get("key"))
                elif self.is_question:
                    return self.env._("A question: choose one of its answers.")
        except (UserError, ValidationError, AccessError) as error:
            self.env.invalidate_all(flush=False)
            return str(error.args[0] if error.args else error)
        return None

    def _check_remainder(self):
        """What stays unexplained has the line's own direction: else the parts are larger than the line."""
        left = Decimal(self.proposal.get("remainder") or "0")
        if left * self._amount_decimal(self.amount) < 0:
            raise UserError(self.env._("The parts are larger than the bank line: %(left)s too much.", left=abs(left)))

    def _take_choice(self, key):
        """The alternative becomes the proposal; it is booked with the others."""
        self._check_decider()
        self._check_pending()
        choices = (self.evidence or {}).get("alternatives", [])
        choice = next((choice for choice in choices if choice["key"] == key), None)
        if not choice:
            raise UserError(self.env._("That answer is not available any more. Propose again."))
        proposer = self._proposer(self.kind)
        evidence = {**self.evidence, **proposer._reading_evidence(choice), "alternatives": choices}
        self.sudo().write({**proposer._reading_values(choice), "is_question": False, "evidence": evidence})
        self._replace_items()
        self._log("chosen", [{"key": key}])

    def _accept_many(self):
        """{id: why} of those that could not be accepted; all together, or one by one when a right is missing."""
        if not self:
            return {}
        said = {}

        def accept(some):
            some._check_decider()
            for trouble in some._accept():
                for suggestion in some:
                    name = suggestion.label or suggestion.name
                    if trouble.startswith(f"{name}: ") and suggestion.state in (PENDING, FAILED):
                        said[suggestion.id] = trouble.removeprefix(f"{name}: ")

        refused = self._decide_safely(accept)
        busy = self.env._("Somebody else is deciding this right now.")
        waiting = self.filtered(lambda s: s.state == PENDING and s.id not in said and s.id not in refused)
        return {**dict.fromkeys(waiting.ids, busy), **said, **refused}

    def _decide_safely(self, action):
        """{id: why} of those for which ``action`` raises; it is called for all, then by halves."""
        if not self:
            return {}
        try:
            with self.env.cr.savepoint():
                action(self)
            return {}
        except (UserError, ValidationError, AccessError) as error:
            self.env.invalidate_all(flush=False)
            if len(self) == 1:
                return {self.id: str(error.args[0] if error.args else error)}
            half = len(self) // 2
            return {**self[:half]._decide_safely(action), **self[half:]._decide_safely(action)}

    @api.model
    def _decided_row(self, suggestion_id, by_id, said):
        why = said.get(suggestion_id, "")
        suggestion = by_id.get(suggestion_id)
        state = suggestion.state if suggestion else None
        if why and state not in (FAILED, SUPERSEDED):
            return {"id": suggestion_id, "outcome": "refused", "text": why}
        texts = {
            APPLIED: self.env._("Booked"),
            ACCEPTED: self.env._("Waits for the second approval"),
            FAILED: suggestion.error or why,
            SUPERSEDED: suggestion.error or why,
        }
        return {"id": suggestion_id, "outcome": state, "text": texts.get(state) or self.env._("Rejected")}
