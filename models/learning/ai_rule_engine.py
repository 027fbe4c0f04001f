"""Rules as values of the engine: the addon's own, then Odoo's reconciliation models."""

from dataclasses import replace
from decimal import Decimal

from odoo import api, models

from ...engine.coding import Rule, Template
from ...engine.text import words

SIGNS = {"in": 1, "out": -1}


class AiRule(models.Model):
    _inherit = "ai.rule"

    @api.model
    def _for_company(self, company):
        """What is always coded the same way in ``company``, in order.

        :return: tuple of ``engine.coding.Rule``; keys of Odoo's own reconciliation models are negative
        """
        # Rules speak for everybody; who may read them is another question.
        found = self.sudo().search([("company_id", "in", [company.id, *company.parent_ids.ids])])
        counts = found._hit_counts()
        own = [
            replace(rule._to_engine(), support=(counts[rule.id]["decided"], counts[rule.id]["right"]))
            for rule in found
            if rule.line_ids
        ]
        return tuple(own) + self.env["account.reconcile.model"]._ai_rules(company)

    def _to_engine(self):
        """This rule as the engine's value."""
        self.ensure_one()
        parts, shares, fixed, labels = self.line_ids._to_engine()
        return Rule(
            key=self._origin.id or 0,
            template=Template(parts),
            tokens=self._token_words(),
            payee=self.payee or None,
            partner=self.partner_id._origin.id or None,
            sign=SIGNS.get(self.sign),
            least=self._bound(self.least),
            most=self._bound(self.most),
            journals=frozenset(self.journal_ids._origin.ids),
            shares=shares,
            fixed=fixed,
            label=next(filter(None, labels), ""),
            labels=labels,
            name=self.name or "",
            set_partner=(self.set_partner_id or self.partner_id)._origin.id or None,
            is_released=self.is_released,
            without=self.without or "",
            currency=self.currency_id.name or "",
        )

    def _token_words(self):
        return tuple(dict.fromkeys(word.text for word in words(self.tokens or "")))

    def _bound(self, amount):
        places = Decimal(1).scaleb(-(self.currency_id or self.company_id.currency_id).decimal_places)
        return Decimal(str(amount)).quantize(places) if amount else None
