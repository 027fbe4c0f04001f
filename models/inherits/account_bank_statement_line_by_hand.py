"""Matching and coding a bank line by hand: Community has no screen for it."""

from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...engine import schema
from ...engine.vocabulary import MANUAL


class AccountBankStatementLine(models.Model):
    _name = "account.bank.statement.line"
    _inherit = "account.bank.statement.line"

    def ai_open_items(self, search: str = "", limit: int = 80) -> list[dict]:
        """Open items that this line could settle, the likeliest first.

        :param search: words looked for in number, reference, label, partner; or an amount
        :return: ``{id, name, label, partner_id, partner, date, due, residual, currency, currency_id,
            residual_line, account, account_id}``; ``residual_line`` is a decimal string in the line's currency
        """
        self.ensure_one()
        self.check_access("read")
        domain = Domain(self._get_default_amls_matching_domain())
        for word in search.split()[:5]:
            domain = domain & self._ai_word_domain(word)
        limit = min(int(limit), 500)
        partner = self.partner_id or self.ai_suggestion_id.partner_id
        likely = Domain("partner_id", "=", partner.id or 0) | Domain(
            "amount_residual_currency", "in", [self.amount, -self.amount]
        )
        items = self.env["account.move.line"].search(domain & likely, order="date_maturity, id", limit=limit)
        items += self.env["account.move.line"].search(
            domain & Domain("id", "not in", items.ids), order="date_maturity, id", limit=limit
        )[: limit - len(items)]
        rows = [self._ai_open_item(item) for item in items]
        wanted = Decimal(str(self.amount))
        return sorted(rows, key=lambda row: self._ai_rank(row, partner, wanted))

    def _ai_word_domain(self, word):
        found = Domain.OR(
            [(field, "ilike", word)]
            for field in (
                "move_id.name",
                "move_id.ref",
                "move_id.payment_reference",
                "name",
                "partner_id.complete_name",
            )
        )
        number = schema.amount(word.replace(",", "."))
        if number is not None:
            found |= Domain("amount_residual_currency", "in", [float(number), -float(number)])
        return found

    def _ai_rank(self, row, partner, wanted):
        same_partner = bool(partner) and row["partner_id"] == partner.id
        return (not same_partner, Decimal(row["residual_line"]) != wanted, row["due"] or row["date"], row["id"])

    def _ai_open_item(self, item):
        return {
            "id": item.id,
            "name": item.move_id.name or item.name or "",
            "label": item.move_id.payment_reference or item.move_id.ref or item.name or "",
            "partner_id": item.partner_id.id,
            "partner": item.partner_id.display_name or "",
            "date": str(item.date),
            "due": str(item.date_maturity or ""),
            "residual": item.amount_residual_currency,
            "currency": item.currency_id.name,
            "currency_id": item.currency_id.id,
            "residual_line": str(self._ai_residual(item)),
            "account": item.account_id.display_name,
            "account_id": item.account_id.id,
        }

    def _ai_residual(self, item):
        """What the item leaves open, in this line's currency at the line's date."""
        if item.currency_id == self.currency_id:
            amount = item.amount_residual_currency
        else:
            amount = item.company_currency_id._convert(
                item.amount_residual, self.currency_id, self.company_id, self.date
            )
        return self._ai_decimal(amount)

    def ai_preview_by_hand(self, values: dict) -> dict:
        """The entry as it would be booked, while a person is still typing.

        :return: ``{"left": what is not explained yet (decimal string), "lines": [{account, label, debit, credit}],
            "error": text}``
        """
        self.ensure_one()
        self.check_access("read")
        kind, proposal = self._ai_hand_proposal(values)
        if schema.problems(kind, proposal):
            error = self.env._("An account or an amount is missing.") if proposal.get("lines") else None
            return {"left": str(self._ai_decimal(self.amount)), "lines": [], "error": error}
        left = self._ai_decimal(self.amount) - schema.total(proposal)
        proposal["remainder"] = str(left)
        rows = self.env["ai.bank.entry"]._preview(self, proposal)
        return {"left": str(left), "lines": rows, "error": None}

    def _ai_decimal(self, amount):
        return Decimal(str(amount)).quantize(Decimal(1).scaleb(-self.currency_id.decimal_places))

    def ai_book_by_hand(self, values: dict) -> int:
        """Book the line as a person says and return the id of the (applied) suggestion; undo works as ever.

        :param values: ``counterparts``: [{move_line_id, amount}],
            ``write_off``: [{account_id, amount, tax_ids, label}], ``partner_id``;
            amounts as decimal strings with the line's sign. What is not explained stays open.
        """
        self.ensure_one()
        suggestions = self.env["ai.suggestion"]
        suggestions.browse()._check_decider()
        self.check_access("write")
        kind, proposal = self._ai_hand_proposal(values)
        if not schema.problems(kind, proposal):
            left = self._ai_decimal(self.amount) - schema.total(proposal)
            if left * Decimal(str(self.amount)) < 0:
                raise UserError(self.env._("The parts are larger than the bank line: %(left)s too much.", left=-left))
            proposal["remainder"] = str(left)
        suggestion = suggestions._submit(suggestions._proposer(kind), self, {"proposal": proposal}, "user")
        troubles = suggestion._accept()
        if troubles:
            raise ValidationError("\n".join(troubles))
        return suggestion.id

    def _ai_hand_proposal(self, values):
        rows = [{**row, "reason": row.get("reason") or MANUAL} for row in values.get("write_off") or []]
        counterparts = [self._ai_hand_counterpart(row) for row in values.get("counterparts") or []]
        partner_id = values.get("partner_id") or self._ai_common_partner(counterparts)
        if counterparts:
            return "bank_match", {"counterparts": counterparts, "write_off": rows, "partner_id": partner_id}
        return "bank_coding", {"lines": rows, "partner_id": partner_id}

    def _ai_hand_counterpart(self, row):
        """An item of another currency is settled at the share of its open amount that the line's amount buys."""
        item = self.env["account.move.line"].browse(int(row.get("move_line_id") or 0)).exists()
        amount = schema.amount(row.get("amount"))
        if not item or amount is None or item.currency_id == self.currency_id:
            return dict(row)
        whole = self._ai_residual(item)
        share = amount / whole if whole else Decimal(0)
        settled = item.currency_id.round(item.amount_residual_currency * float(share))
        return {**row, "item_amount": str(settled), "item_currency": item.currency_id.name}

    def _ai_common_partner(self, counterparts):
        items = self.env["account.move.line"].browse([row["move_line_id"] for row in counterparts]).exists()
        return items.partner_id.id if len(items.partner_id) == 1 else self.partner_id.id
