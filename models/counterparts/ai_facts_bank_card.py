"""A credit card with its own journal: what is paid to its issuer is a transfer to that journal."""

from odoo import models

from ...engine.facts import OwnAccount
from .ai_counterpart import KEPT


class AiFactsBank(models.AbstractModel):
    _name = "ai.facts.bank"
    _inherit = "ai.facts.bank"

    def _own_accounts(self, company):
        own = super()._own_accounts(company)
        cards = (
            self.env["ai.counterpart"]
            .sudo()
            .search([("company_id", "=", company.id), ("state", "=", KEPT), ("journal_id", "!=", False)])
        )
        return own + tuple(
            OwnAccount(
                journal=card.journal_id.id,
                account_number=number,
                names=tuple(name for name in (card.bank_names or "").splitlines() if name.strip()) or (card.name,),
                currency=(card.journal_id.currency_id or company.currency_id).name,
            )
            for card in cards
            for number in (sorted(card._numbers()) or [""])
        )
