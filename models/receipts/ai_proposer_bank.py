"""A company that books gross claims no input VAT without a document: such a proposal is refused in words."""

from odoo import models

from ...engine.vocabulary import CASH_DISCOUNT


class AiProposerBank(models.AbstractModel):
    _name = "ai.proposer.bank"
    _inherit = "ai.proposer.bank"

    def _problems(self, record, proposal):
        return super()._problems(record, proposal) or self._vat_problems(record.sudo(), proposal)

    def _vat_problems(self, record, proposal):
        company = record.company_id
        if record.amount > 0 or company.ai_claims_without_document or proposal.get("counterparts"):
            return []
        rows = (proposal.get("lines") or []) + (proposal.get("write_off") or [])
        exempt = set(company.ai_receipt_exempt_account_ids.ids)
        taxed = [row for row in rows if row.get("tax_ids") and row["account_id"] not in exempt]
        ids = {tax_id for row in taxed if row.get("reason") != CASH_DISCOUNT for tax_id in row["tax_ids"]}
        claims = self.env["account.tax"].sudo().browse(ids).filtered(lambda tax: tax.type_tax_use == "purchase")
        if not claims or record._ai_has_document():
            return []
        return [
            self.env._(
                "%(company)s claims no input VAT without a document. Attach the receipt to the entry first, or leave "
                "out the tax: the whole amount is cost then. A manager may allow to claim before, in the settings.",
                company=company.name,
            )
        ]
