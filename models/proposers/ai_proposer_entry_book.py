"""Booking a suggestion that is a journal entry: its items to the cent, posted on its own day, matched."""

from decimal import Decimal

from odoo import Command, models
from odoo.exceptions import UserError
from odoo.tools import format_date

#: So many cents may be left over by the conversion of one row.
CENTS_A_ROW = 1


class AiProposerEntry(models.AbstractModel):
    _name = "ai.proposer.entry"
    _inherit = "ai.proposer.entry"

    #: Whether taxes that others declare when the invoice is paid are declared by the entry itself.
    _tax_is_due = False

    def _apply(self, suggestions):
        return {suggestion.id: self._book(suggestion).ids for suggestion in suggestions}

    def _book(self, suggestion):
        """The posted entries, one a date, their rows matched with the items that they settle."""
        self._check_balanced(suggestion.proposal["lines"])
        entries, pairs = self.env["account.move"], []
        days = self._by_day(suggestion)
        for day in sorted(days):
            entry, found = self._book_day(suggestion, day, days[day])
            entries += entry
            pairs += found
        self.env["account.move.line"]._reconcile_plan([new + item for new, item in pairs])
        self._after_booking(suggestion, entries)
        return entries

    def _book_day(self, suggestion, day, rows):
        """(the posted entry, [(its item, the open item that it settles) ...])"""
        values, settling = self._day_values(suggestion, rows)
        move = self.env["account.move"].with_context(skip_invoice_sync=True)
        entry = move.create(
            {
                "move_type": "entry",
                "journal_id": suggestion.journal_id.id,
                "date": day,
                "ref": suggestion.label,
                **self._entry_values(suggestion, day),
                "line_ids": [Command.create(row) for row in values],
            }
        )
        entry._post(soft=False)
        if str(entry.date) != day:
            # Odoo dates an entry of a locked period elsewhere, without a word.
            template = self.env._("The period of %(date)s is locked: nothing can be booked there any more.")
            raise UserError(template % {"date": format_date(self.env, day)})
        items = self._settled(rows)
        made = zip(entry.line_ids.sorted("id"), settling, strict=True)
        return entry, [(new, items[key].with_env(self.env)) for new, key in made if key]

    def _day_values(self, suggestion, rows):
        """(values of all items of one day, balanced; the item that each settles or None)"""
        values, settling = [], []
        for row in rows:
            made = self._row_values(suggestion, row)
            settling += [row.get("move_line_id"), *[None] * (len(made) - 1)]
            values += made
        currency = suggestion.company_id.currency_id
        rest = currency.round(sum(row["balance"] for row in values))
        if not currency.is_zero(rest):
            if abs(rest) > CENTS_A_ROW * currency.rounding * len(values):
                raise UserError(self.env._("The rows of the entry do not add up to zero."))
            last = next(row for row in reversed(values) if row["balance"])
            last["balance"] = currency.round(last["balance"] - rest)
            if last["currency_id"] == currency.id:
                last["amount_currency"] = last["balance"]
        return values, settling

    def _row_values(self, suggestion, row):
        """Journal items of one row: itself, and its taxes."""
        values = {
            "account_id": row["account_id"],
            "partner_id": row.get("partner_id") or (suggestion.proposal or {}).get("partner_id") or False,
            "name": row.get("label") or suggestion.label,
            "currency_id": row.get("currency_id") or suggestion.company_id.currency_id.id,
            "amount_currency": float(row.get("amount_currency") or row["amount"]),
            "balance": float(row["amount"]),
        }
        if row.get("analytic_distribution"):
            values["analytic_distribution"] = row["analytic_distribution"]
        taxes = self.env["account.tax"].browse(row.get("tax_ids") or [])
        return self._taxed_row(suggestion, row, values, taxes) if taxes else [values]

    def _taxed_row(self, suggestion, row, values, taxes):
        """Base and tax items of a row. What is taken back stands in the boxes where it was declared: as the first
        booking with the opposite sign, since some countries have other boxes for credit notes."""
        sign = -1 if row.get("reverses") else 1
        opposite = {**values, "amount_currency": sign * values["amount_currency"], "balance": sign * values["balance"]}
        made = self.env["ai.bank.entry"]._taxed_values(suggestion, opposite, taxes, self._tax_is_due)
        if row.get("tax_amount"):
            self._fix_tax(made, sign * float(Decimal(row["tax_amount"])), suggestion.company_id.currency_id)
        names = ("amount_currency", "balance", "tax_base_amount")
        return [{**each, **{name: sign * each[name] for name in names if each.get(name)}} for each in made]

    def _fix_tax(self, made, wanted, currency):
        """The tax is told to the cent (rows in the company's currency): what differs goes from the base to the largest
        tax item."""
        base, *taxes = made
        difference = currency.round(wanted - sum(tax["balance"] for tax in taxes))
        if currency.is_zero(difference) or not taxes:
            return
        largest = max(taxes, key=lambda tax: abs(tax["balance"]))
        for item, change in ((largest, difference), (base, -difference)):
            for name in ("balance", "amount_currency"):
                item[name] = currency.round(item[name] + change)

    # === WHAT A KIND ADDS === #

    def _entry_values(self, suggestion, day):
        """More fields of the entry that is posted on ``day``."""
        return {}

    def _after_booking(self, suggestion, entries):
        """What is more than entries."""

    # === BESIDE IT === #

    def _entry_rows(self, suggestions):
        """For totals of a batch, see ``ai.proposer``."""
        return {suggestion.id: self._told_rows(suggestion) for suggestion in suggestions}

    def _told_rows(self, suggestion):
        try:
            values = [
                row
                for rows in self._by_day(suggestion).values()
                for row in self.sudo()._day_values(suggestion.sudo(), rows)[0]
            ]
        except UserError as error:
            return [], str(error.args[0])
        repartition = self.env["account.tax.repartition.line"].sudo()
        return [
            {
                "account_id": row["account_id"],
                "partner_id": row["partner_id"],
                "balance": row["balance"],
                "tax_ids": [tax_id for command in row.get("tax_ids") or [] for tax_id in command[2] or []],
                "tax_id": repartition.browse(row.get("tax_repartition_line_id") or []).tax_id.id,
            }
            for row in values
        ], None
