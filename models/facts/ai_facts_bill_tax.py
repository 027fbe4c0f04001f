"""Taxes and fiscal positions as the engine's values."""

from decimal import Decimal

from odoo import models
from odoo.fields import Domain

from ...engine.billing.facts import BillTax, Position

#: Percentages are compared as they are written.
PLACES = Decimal("0.0001")


class AiFactsBillTax(models.AbstractModel):
    _name = "ai.facts.bill.tax"
    _description = "Tax Facts of Bills"

    # === TAXES === #

    def _taxes(self, company):
        """{id: ``BillTax``} of the purchase taxes that the company may use, in their order."""
        taxes = self.env["account.tax"].sudo().with_company(company)
        domain = Domain(taxes._check_company_domain(company)) & Domain(
            [("type_tax_use", "=", "purchase"), ("active", "=", True)]
        )
        return {tax.id: self._tax(tax) for tax in taxes.search(domain)}

    def _tax(self, tax):
        parts = tax.children_tax_ids if tax.amount_type == "group" else tax
        nominal = sum((_percent(part.amount) for part in parts), Decimal(0))
        is_reverse = any(part.has_negative_factor for part in parts)
        return BillTax(
            key=tax.id,
            rate=sum((self._added(part) for part in parts), Decimal(0)),
            nominal=nominal,
            is_reverse=is_reverse,
            is_withheld=nominal < 0,
            is_domestic=tax.is_domestic,
            is_fixed=any(part.amount_type not in ("percent", "division") for part in parts),
            scope=tax.tax_scope or "",
            positions=frozenset(tax.fiscal_position_ids.ids),
        )

    def _added(self, tax):
        """Percent that this tax adds to what is paid: its parts in the return may cancel each other."""
        factor = sum(
            (
                _percent(line.factor_percent)
                for line in tax.invoice_repartition_line_ids
                if line.repartition_type == "tax"
            ),
            Decimal(0),
        )
        return (_percent(tax.amount) * factor / 100).quantize(PLACES).normalize() + Decimal(0)

    # === FISCAL POSITIONS === #

    def _positions(self, company, partners):
        """{partner id: ``Position``} by core's rules; partners without one are left out."""
        positions = self.env["account.fiscal.position"].with_company(company)
        found = {partner.id: positions._get_fiscal_position(partner) for partner in partners}
        known = {position: self._position(company, position) for position in positions.union(*found.values())}
        return {partner_id: known[position] for partner_id, position in found.items() if position}

    def _position_of_new(self, company, told):
        """Of a vendor that the books don't know yet: by country and VAT id, nothing is written."""
        country = self.env["res.country"].search([("code", "=", (told.get("country") or "").upper())], limit=1)
        if not country:
            return None
        partner = self.env["res.partner"].new(
            {
                "name": told["name"],
                "is_company": True,
                "country_id": country.id,
                "vat": told.get("vat"),
                "zip": told.get("zip"),
            }
        )
        position = self.env["account.fiscal.position"].with_company(company)._get_fiscal_position(partner)
        return self._position(company, position) if position else None

    def _position(self, company, position):
        position = position._origin
        taxes = self.env["account.tax"]
        domain = Domain(taxes._check_company_domain(company)) & Domain("type_tax_use", "=", "purchase")
        is_domestic = position.is_domestic
        mapping = {}
        for tax in taxes.search(domain):
            mapped = position.map_tax(tax)
            if mapped != tax and not (is_domestic and not mapped):
                mapping[tax.id] = tuple(mapped.ids)
        return Position(position.id, position.name, is_domestic, mapping)


def _percent(number):
    return Decimal(str(number)).quantize(PLACES).normalize() + Decimal(0)
