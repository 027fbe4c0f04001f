"""What a record tells about the machine's part in it."""

from odoo import api, fields, models

from ...engine.vocabulary import APPLIED


class AiAuditMixin(models.AbstractModel):
    """Audit fields of records that suggestions make or change; computed from the suggestions, so they can't lie."""

    _name = "ai.audit.mixin"
    _description = "Audit Fields"

    # Computed as the superuser, for Odoo wants rights on the comodel even to assign nothing: people without a role
    # of the addon read their records as ever. What is found is what the user may see.
    ai_suggestion_ids = fields.Many2many(
        "ai.suggestion",
        compute="_compute_ai_suggestion_ids",
        compute_sudo=True,
        search="_search_ai_suggestion_ids",
        string="Suggestions",
    )
    ai_suggestion_count = fields.Integer(
        compute="_compute_ai_suggestion_ids", compute_sudo=True, string="Suggestion Count"
    )
    ai_generated = fields.Boolean(
        compute="_compute_ai_audit", search="_search_ai_generated", string="Booked from a Suggestion"
    )
    ai_decided_by_id = fields.Many2one("res.users", compute="_compute_ai_audit", string="Decided By")
    ai_decided_at = fields.Datetime(compute="_compute_ai_audit", string="Decided At")

    def _ai_suggestions_by_record(self):
        """{record id: suggestions that made, changed or would settle it}, in one query; overridden per model."""
        raise NotImplementedError

    def _ai_suggestion_domain(self, suggestions):
        """Domain of the records that these suggestions concern; overridden per model."""
        raise NotImplementedError

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_ai_suggestion_ids(self):
        found = self.sudo(False)._ai_suggestions_by_record()
        empty = self.env["ai.suggestion"]
        for record in self:
            record.ai_suggestion_ids = found.get(record._origin.id, empty).sudo()
            record.ai_suggestion_count = len(record.ai_suggestion_ids)

    @api.depends("ai_suggestion_ids")
    def _compute_ai_audit(self):
        for record in self:
            applied = record.ai_suggestion_ids.filtered(lambda suggestion: suggestion.state == APPLIED)[:1]
            record.ai_generated = bool(applied)
            record.ai_decided_by_id = applied.decided_by_id
            record.ai_decided_at = applied.decided_at

    def _search_ai_suggestion_ids(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        domain = self._ai_suggestion_domain([("id", "in", list(value))])
        return domain if operator == "in" else [("id", "not in", self.sudo()._search(domain))]

    def _search_ai_generated(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._ai_suggestion_domain([("state", "=", APPLIED)])
        return domain if True in value else [("id", "not in", self.sudo()._search(domain))]
