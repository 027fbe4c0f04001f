"""Proposing for records now, when a person or a program asks for it."""

from odoo import api, models
from odoo.exceptions import UserError

from ...engine.schema import is_id
from ...engine.vocabulary import KINDS, OPEN_STATES

#: Records of one call; a program with more calls again.
MAX_RECORDS = 1000


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    # === PUBLIC: PROPOSE === #

    @api.model
    def propose(self, model: str, res_ids: list[int], kinds: list[str] | None = None) -> list[int]:
        """Propose for records now and return the ids of their open suggestions.

        Idempotent: an open suggestion for the same thing is refreshed, not doubled; a rejected proposal comes back
        only if its facts changed. Records outside the caller's companies and journals are left out of the answer.

        Example::

            POST /json/2/ai.suggestion/propose
            {"model": "account.bank.statement.line", "res_ids": [42, 43]}

            [7, 8]

        :param model: model of the records, for example ``account.bank.statement.line``
        :param res_ids: ids of the records, at most 1,000
        :param kinds: kinds to propose; all that know this model if left out
        :returns: ids of the open suggestions of these records
        :raises AccessError: without the right to propose, or to read the records
        :raises UserError: for an unknown model or kind, and for ids that are none
        :raises LockError: when another run proposes for the company right now: try again
        """
        self._check_proposer()
        known = self._kinds_for(model) if isinstance(model, str) else []
        if not known:
            raise UserError(self.env._("Nothing can be proposed for this model: %(model)s.", model=str(model)[:100]))
        if not isinstance(res_ids, list) or len(res_ids) > MAX_RECORDS or not all(map(is_id, res_ids)):
            raise UserError(self.env._("'res_ids' must be a list of at most %(count)s ids.", count=MAX_RECORDS))
        if kinds is not None and not (isinstance(kinds, list) and all(kind in known for kind in kinds)):
            raise UserError(self.env._("'kinds' must be a list of these: %(kinds)s.", kinds=", ".join(known)))
        kinds = kinds or self.env["ai.agent"]._kinds_allowed(known)
        self.env["ai.agent"]._check_kinds_allowed(kinds)
        # An agent holds no right on the books: what it names is read for it, company by company.
        records = self._readable_for_proposer(self.env[model].browse(res_ids))
        for kind in self._leading(kinds):
            self._propose(self._proposer(kind), records, kinds)
        found = self.sudo().search(
            [("res_model", "=", model), ("res_id", "in", records.ids), ("state", "in", OPEN_STATES)], order="id"
        )
        return found.ids

    @api.model
    def _kinds_for(self, model):
        proposers = {kind: self._proposer(kind) for kind in KINDS if f"ai.proposer.{kind}" in self.env}
        return [kind for kind, found in proposers.items() if model in found._models() and found._is_available()]

    def _proposer(self, kind):
        name = f"ai.proposer.{kind}"
        if kind not in KINDS or name not in self.env:
            raise UserError(self.env._("There is no proposer for '%(kind)s'.", kind=kind))
        return self.env[name]

    def _readable_for_proposer(self, records):
        if self.env.user.has_group("base.group_user") or self.env.su:
            records = records.exists()
            records.check_access("read")
            return records
        return self.env["ai.agent"]._readable(records)
