"""Rules for the lines of bills: what a vendor's bills, or words on them, are always coded to."""

from dataclasses import replace

from odoo import api, fields, models


class AiRule(models.Model):
    _inherit = "ai.rule"

    applies_to = fields.Selection(
        [("bank", "Payments"), ("bills", "Lines of bills"), ("both", "Payments and lines of bills")],
        required=True,
        default="bank",
        help="Amounts of bill lines count with their tax, and as payments.",
    )

    @api.model
    def _for_company(self, company):
        own = self.sudo().search(self._rules_domain(company, "bills")).ids
        return tuple(rule for rule in super()._for_company(company) if rule.key not in own)

    @api.model
    def _for_bills(self, company):
        """As ``_for_company``, of bill lines; Odoo's reconciliation models speak of payments only."""
        found = self.sudo().search(self._rules_domain(company, "bills", "both"))
        counts = found._hit_counts()
        # A journal of a rule is a bank's; bills have none of these.
        return tuple(
            replace(
                rule._to_engine(),
                support=(counts[rule.id]["decided"], counts[rule.id]["right"]),
                journals=frozenset(),
            )
            for rule in found
            if rule.line_ids
        )

    def _rules_domain(self, company, *applies_to):
        companies = [company.id, *company.parent_ids.ids]
        return [("company_id", "in", companies), ("applies_to", "in", applies_to)]
