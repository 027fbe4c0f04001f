"""Input VAT of purchases without a document: the company's choice, and what needs none."""

from odoo import fields, models

SETTINGS = ("ai_claims_without_document", "ai_receipts_from", "ai_receipt_exempt_account_ids")


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    ai_claims_without_document = fields.Boolean(
        string="Claim Input VAT Before the Receipt Is There",
        help="Off: the whole amount is cost. On: VAT is booked and flagged “receipt missing”, and holds the close.",
    )
    ai_receipts_from = fields.Date(
        string="Chase Receipts From", default=fields.Date.context_today, help="Payments before that day are not chased."
    )
    ai_receipt_exempt_account_ids = fields.Many2many(
        "account.account",
        "res_company_ai_receipt_exempt_rel",
        string="Accounts Without Receipts",
        check_company=True,
        help="What is coded there needs no document: bank fees, rent by contract.",
    )

    def write(self, vals):
        changed = sorted(set(vals) & set(SETTINGS))
        result = super().write(vals)
        if changed:
            self.env["ai.audit.log"]._append(
                "setting_changed", self, [{name: str(vals[name]) for name in changed} for _company in self]
            )
            for company in self:
                self.env["ai.receipt"]._refresh(company)
        return result
