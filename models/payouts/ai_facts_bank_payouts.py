"""Bank facts: payment providers, and what stands on their clearing accounts for the bank to show."""

from dataclasses import replace
from datetime import timedelta

from odoo import models

from ...engine.facts import OpenItem, PayoutProvider
from . import payout_queries as queries
from .ai_facts_payout import _decimal, _texts

#: What is older is no payout that the bank shows now.
DAYS = 120


class AiFactsBank(models.AbstractModel):
    _name = "ai.facts.bank"
    _inherit = "ai.facts.bank"

    def _collect(self, lines):
        facts = super()._collect(lines)
        providers = self._providers(lines.company_id) if facts.lines else ()
        return replace(facts, providers=providers) if providers else facts

    def _providers(self, company):
        found = self.env["ai.payment.provider"].sudo().search([("company_id", "=", company.id)])
        return tuple(
            PayoutProvider(
                key=provider.id,
                label=provider.name,
                names=provider._words(),
                account=provider.clearing_account_id.id,
                account_number=provider.account_number or "",
                partner=provider.vendor_id.commercial_partner_id.id or None,
            )
            for provider in found
        )

    def _items(self, company, settings, partners, keys, amounts, lines):
        """Those on clearing accounts are the provider's: no other line pays them."""
        found = super()._items(company, settings, partners, keys, amounts, lines)
        first = min(line.date for line in lines) - timedelta(days=DAYS)
        query = queries.clearing_items(company.id, {line.currency for line in lines}, first)
        own = tuple(self._clearing_item(company, row) for row in self.env.execute_query_dict(query))
        mine = {item.key for item in own}
        return (*(item for item in found if item.key not in mine), *own) if own else found

    def _clearing_item(self, company, row):
        return OpenItem(
            key=row["id"],
            company=company.id,
            account=row["account_id"],
            kind="entry",
            document=row["document"],
            partner=row["partner_id"],
            date=row["date"],
            due=None,
            residual=_decimal(row["residual"]),
            currency=row["currency"],
            residual_company=_decimal(row["residual_company"]),
            total=_decimal(row["amount"]),
            names=_texts(row["names"]),
            label=row["label"] or "",
            provider=row["provider_id"],
            payout=row["payout"] or "",
        )
