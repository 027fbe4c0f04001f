"""The kinds of proposals, as records that a manager can tick for an agent."""

from odoo import api, fields, models

from ...engine.vocabulary import KINDS


class AiAgentKind(models.Model):
    _name = "ai.agent.kind"
    _description = "Kind of Proposal"
    _order = "id"

    code = fields.Selection(
        [(kind, kind.replace("_", " ").capitalize()) for kind in KINDS], required=True, readonly=True
    )
    name = fields.Char(compute="_compute_name")
    is_available = fields.Boolean(compute="_compute_is_available", search="_search_is_available")

    _code_uniq = models.Constraint("UNIQUE(code)", "Each kind exists once.")

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_name(self):
        labels = dict(self._fields["code"]._description_selection(self.env))
        for kind in self:
            kind.name = labels.get(kind.code, kind.code)

    def _compute_display_name(self):
        for kind in self:
            kind.display_name = kind.name

    def _compute_is_available(self):
        for kind in self:
            kind.is_available = f"ai.proposer.{kind.code}" in self.env

    def _search_is_available(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = [kind for kind in KINDS if (f"ai.proposer.{kind}" in self.env) in value]
        return [("code", "in", found)]
