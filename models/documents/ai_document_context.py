"""What is known beside the document when it is read: the day, the buyer, the layouts that people taught."""

from odoo import api, fields, models

from ...engine.extraction import Buyer, Context

#: Where 02/03/2026 is the third of February.
MONTH_FIRST = ("US", "PH", "FM", "PW", "MH")


class AiDocument(models.Model):
    _inherit = "ai.document"

    @api.model
    def _context(self, company):
        """``engine.extraction.Context`` of a company's documents."""
        company = company.sudo()
        layouts = self.env.get("ai.document.layout")
        return Context(
            today=fields.Date.context_today(self),
            buyer=self._buyer(company),
            currency=company.currency_id.name or "",
            is_day_first=company.country_id.code not in MONTH_FIRST,
            layouts=tuple(layouts.sudo()._for_company(company)) if layouts is not None else (),
        )

    @api.model
    def _buyer(self, company):
        partner = company.partner_id
        names = dict.fromkeys(name for name in (company.name, partner.name, partner.commercial_company_name) if name)
        numbers = partner.bank_ids.mapped("sanitized_acc_number")
        return Buyer(
            names=tuple(names),
            vat=(company.vat or "").replace(" ", "").upper(),
            ibans=tuple(number for number in numbers if number),
            emails=tuple(email for email in {company.email, partner.email} if email),
            country=company.country_id.code or "",
        )
