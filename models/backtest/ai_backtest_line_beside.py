"""The machine's answer beside what people booked, for a person to compare."""

from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models


class AiBacktestLine(models.Model):
    _name = "ai.backtest.line"
    _inherit = "ai.backtest.line"

    beside = fields.Json(compute="_compute_beside")

    @api.depends("proposed", "booked", "reasons", "outcome")
    @api.depends_context("lang", "uid")
    def _compute_beside(self):
        """``{rows: [{label, tax, booked, machine}], reasons: [sentence], currency_id}``; amounts as decimal strings in
        the bank line's currency, ``None`` where a side has nothing there."""
        items, accounts, taxes = self._beside_names()
        sentences = self.env["ai.suggestion"]._sentences
        for line in self:
            sums = defaultdict(lambda: [None, None])
            for side, proposal in enumerate((line.booked or {}, line.proposed or {})):
                for label, tax, amount in line._beside_parts(proposal, items, accounts, taxes):
                    before = sums[label, tax][side]
                    sums[label, tax][side] = str(Decimal(before or 0) + Decimal(amount))
            line.beside = {
                "rows": [
                    {"label": label, "tax": tax, "booked": booked, "machine": machine}
                    for (label, tax), (booked, machine) in sums.items()
                ],
                "reasons": sentences(line.reasons or []),
                "asked": line.outcome == "asked",
                "currency_id": line.statement_line_id.currency_id.id,
            }

    def _beside_names(self):
        """Names of what the lines mention; whoever may read the bank line may know them."""
        proposals = [proposal for line in self for proposal in (line.booked or {}, line.proposed or {})]
        rows = [row for each in proposals for name in ("write_off", "lines") for row in each.get(name) or ()]
        item_ids = {row["move_line_id"] for each in proposals for row in each.get("counterparts") or ()}
        items = self.env["account.move.line"].sudo().browse(item_ids).exists()
        accounts = self.env["account.account"].sudo().browse({row["account_id"] for row in rows}).exists()
        taxes = self.env["account.tax"].sudo().browse({t for row in rows for t in row.get("tax_ids") or ()}).exists()
        return (
            {item.id: f"{item.move_id.name or ''} {item.partner_id.name or ''}".strip() for item in items},
            {account.id: account.display_name for account in accounts.with_company(self.company_id[:1])},
            {tax.id: tax.name for tax in taxes},
        )

    def _beside_parts(self, proposal, items, accounts, taxes):
        for row in proposal.get("counterparts") or ():
            yield items.get(row["move_line_id"], ""), "", row["amount"]
        for row in (*(proposal.get("write_off") or ()), *(proposal.get("lines") or ())):
            tax = ", ".join(taxes.get(tax_id, "") for tax_id in row.get("tax_ids") or ())
            yield accounts.get(row["account_id"], ""), tax, row["amount"]
        rest = proposal.get("remainder") or "0"
        if Decimal(rest):
            yield self.env._("Stays open"), "", rest
