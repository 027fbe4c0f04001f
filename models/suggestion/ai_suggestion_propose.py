"""Proposing: for records now, and what others tell."""

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ...engine.proposal import fingerprint
from ...engine.vocabulary import KINDS, OPEN_STATES


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    # === PUBLIC: PROPOSE === #

    @api.model
    def propose(self, model: str, res_ids: list[int], kinds: list[str] | None = None) -> list[int]:
        """Propose for records now and return the ids of their open suggestions.

        Idempotent: an open suggestion for the same thing is refreshed, not doubled; a rejected proposal comes back
        only if its facts changed.

        :param model: model of the records, for example ``account.bank.statement.line``
        :param res_ids: ids of the records
        :param kinds: kinds to propose; all that know this model if left out
        :raise AccessError: without the right to propose, or to read the records
        :raise UserError: for an unknown model or kind
        """
        self._check_proposer()
        known = self._kinds_for(model)
        if not known:
            raise UserError(self.env._("Nothing can be proposed for %(model)s.", model=model))
        # An agent holds no right on the books: what it names is read for it, company by company.
        records = self._readable_for_proposer(self.env[model].browse(res_ids))
        for kind in kinds or known:
            self._propose(self._proposer(kind), records)
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
        companies = self.env.user.company_ids.ids
        found = records.sudo().exists().filtered(lambda record: record.company_id.id in companies)
        self.env["ai.policy"]._check_not_paused(found.company_id)
        return found

    # === PUBLIC: SUBMIT === #

    @api.model
    def submit(self, values: dict) -> int:
        """Take a proposal that somebody else made and return the id of the suggestion; it always asks.

        :param values: ``kind``, ``res_model``, ``res_id``, ``proposal`` (see the schema of the kind), and optionally
            ``idempotency_key`` and ``note``. A confidence is not taken: it is measured, never told.
        :raise UserError: when a field is missing or the proposal breaks the schema; the message names the field
        """
        self._check_proposer()
        for name in ("kind", "res_model", "res_id", "proposal"):
            if not values.get(name):
                raise UserError(self.env._("The field '%(name)s' is missing.", name=name))
        proposer = self._proposer(values["kind"])
        if values["res_model"] not in proposer._models():
            raise UserError(self.env._("The kind %(kind)s knows nothing of that model.", kind=values["kind"]))
        record = self._readable_for_proposer(self.env[values["res_model"]].browse(int(values["res_id"])))
        if not record:
            raise UserError(self.env._("The record does not exist."))
        known = self._known_submission(record, values)
        if known:
            return known.id
        is_agent = not self.env.user.has_group("base.group_user")
        return self._submit(proposer, record, values, "agent" if is_agent else "user").id

    def _known_submission(self, record, values):
        key = values.get("idempotency_key")
        if not key:
            return self.browse()
        known = self.sudo().search(
            [("company_id", "=", record.sudo().company_id.id), ("idempotency_key", "=", key)], limit=1
        )
        wanted = (values["kind"], record._name, record.id, fingerprint(values["proposal"]))
        if known and (known.kind, known.res_model, known.res_id, known.fingerprint) != wanted:
            raise UserError(self.env._("This idempotency key was used for another proposal."))
        return known

    def _submit(self, proposer, record, values, origin):
        """Check a proposal against its kind's schema and the books, and store it in place of the open one."""
        problems = proposer._problems(record, values["proposal"])
        if problems:
            raise ValidationError("\n".join(problems))
        self.sudo().search(
            [("res_model", "=", record._name), ("res_id", "=", record.id), ("state", "in", OPEN_STATES)]
        )._supersede()
        # The database allows one open suggestion: the old one goes before the new one comes.
        self.env.flush_all()
        suggestion = self.sudo().create(
            {
                **proposer._submitted_values(record, values["proposal"]),
                "origin": origin,
                "proposed_by_id": self.env.uid,
                "tier": "agent" if origin == "agent" else "match",
                "idempotency_key": values.get("idempotency_key"),
            }
        )
        suggestion._replace_items()
        suggestion._decide_by_policy()
        suggestion._log("proposed")
        suggestion._after_decision("proposed", None)
        return suggestion.sudo(self.env.su)
