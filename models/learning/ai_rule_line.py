"""What a rule books: accounts with shares or fixed amounts, taxes, analytic distribution."""

from decimal import Decimal

from odoo import Command, api, fields, models

from ...engine.coding import Part


class AiRuleLine(models.Model):
    _name = "ai.rule.line"
    _inherit = "analytic.mixin"
    _description = "Line of a Coding Rule"
    _order = "sequence, id"
    _check_company_auto = True

    rule_id = fields.Many2one("ai.rule", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="rule_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="rule_id.currency_id")
    sequence = fields.Integer(default=10)
    account_id = fields.Many2one(
        "account.account", required=True, check_company=True, domain="[('account_type', '!=', 'off_balance')]"
    )
    share = fields.Float(default=100.0, string="Percent", digits=(7, 4), help="Of what fixed amounts leave.")
    fixed = fields.Monetary(
        string="Fixed Amount",
        help="Instead of a percentage, along with the payment; below 0 against it. 0: the percentage counts.",
    )
    tax_ids = fields.Many2many(
        "account.tax", check_company=True, domain="[('type_tax_use', '!=', 'none')]", help="Included in the amount."
    )
    label = fields.Char(help="Of the entry; empty for the bank's text.")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.rule_id._take_back_release()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.rule_id._take_back_release()
        return result

    def unlink(self):
        rules = self.rule_id
        result = super().unlink()
        rules._take_back_release()
        return result

    def _values(self):
        """This line as values for another."""
        self.ensure_one()
        return {
            "account_id": self.account_id.id,
            "share": self.share,
            "fixed": self.fixed,
            "tax_ids": [Command.set(self.tax_ids.ids)],
            "analytic_distribution": self.analytic_distribution,
            "label": self.label,
        }

    def _to_engine(self):
        """(parts, shares, fixed amounts, labels) in the order of the template: by account, taxes, analytic."""
        rows = sorted((line._row() for line in self), key=lambda row: (row[0].account, row[0].taxes, row[0].analytic))
        return tuple(tuple(column) for column in zip(*rows, strict=True)) if rows else ((), (), (), ())

    def _row(self):
        analytic = tuple(sorted((self.analytic_distribution or {}).items()))
        part = Part(self.account_id.id, tuple(sorted(self.tax_ids.ids)), analytic)
        fixed = Decimal(str(self.fixed)).normalize() if self.fixed else None
        return part, Decimal(str(self.share)), fixed, self.label or ""
