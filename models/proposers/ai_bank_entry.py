"""The journal items that explain a bank line: from a proposal to values, to the cent."""

from decimal import Decimal

from odoo import Command, models
from odoo.exceptions import UserError

from ...engine.vocabulary import CASH_DISCOUNT


class AiBankEntry(models.AbstractModel):
    """Builds and writes the entry of one bank line. Amounts of proposals have the line's own sign: an item of
    the entry has the opposite one."""

    _name = "ai.bank.entry"
    _description = "Bank Entry"

    def _book(self, line, proposal, items):
        """Replace the suspense line of ``line`` by what ``proposal`` says.

        :param line: account.bank.statement.line, not reconciled
        :param dict proposal: of kind bank_match or bank_coding
        :param items: account.move.line by id, the counterparts
        :return: [(new journal item, open item) ...] to be reconciled
        """
        liquidity, suspense, _other = line._seek_for_lines()
        rows = self._rows(line, proposal, items)
        self._balance(line, liquidity, suspense, rows)
        created = self._write(line, suspense, rows)
        counterparts = proposal.get("counterparts") or []
        return [(item, items[row["move_line_id"]]) for item, row in zip(created, counterparts, strict=False)]

    def _preview(self, line, proposal):
        """The items that ``proposal`` would book, for a person to look at; nothing is written."""
        counterparts = proposal.get("counterparts") or []
        items = {
            item.id: item for item in line.env["account.move.line"].browse([r["move_line_id"] for r in counterparts])
        }
        accounts = self.env["account.account"]
        return [
            {
                "account": accounts.browse(values["account_id"]).display_name,
                "label": values.get("name") or "",
                "debit": max(values["balance"], 0.0),
                "credit": max(-values["balance"], 0.0),
            }
            for values in self._rows(line, proposal, items)
        ]

    def _rows(self, line, proposal, items):
        """Values of all items opposite the bank: counterparts first, in their order."""
        counterparts = proposal.get("counterparts") or []
        rows = [self._counterpart_values(line, row, items[row["move_line_id"]], proposal) for row in counterparts]
        rows += self._exchange_rows(line, counterparts, rows, proposal)
        for row in (proposal.get("write_off") or []) + (proposal.get("lines") or []):
            rows += self._posting_values(line, row, proposal, items)
        remainder = Decimal(proposal.get("remainder") or "0")
        if remainder:
            suspense = line.journal_id.suspense_account_id
            rows.append(self._values(line, suspense.id, remainder, line.payment_ref, proposal))
        return rows

    def _write(self, line, suspense, rows):
        """The suspense line becomes the first item, the others are created. Returns the items in order of ``rows``."""
        before = line.move_id.line_ids
        first, *others = rows
        # Odoo would recompute taxes that are given to the cent, and refuse to edit a posted bank entry.
        move = line.move_id.with_context(skip_readonly_check=True, skip_invoice_sync=True, force_delete=True)
        if self._keeps_suspense(first):
            move.write({"line_ids": [Command.update(suspense.id, first), *map(Command.create, others)]})
            created = move.line_ids - before
            return suspense + created.sorted("id")
        # A line with taxes can't be edited on a posted entry: it is created anew.
        move.write({"line_ids": [Command.delete(suspense.id), *map(Command.create, rows)]})
        return (move.line_ids - before).sorted("id")

    def _keeps_suspense(self, values):
        return not any(values.get(name) for name in ("tax_ids", "tax_tag_ids", "tax_repartition_line_id"))

    # === VALUES === #

    def _values(self, line, account_id, amount, name, proposal, partner_id=None):
        """An item for ``amount`` (Decimal, the line's sign, the journal's currency)."""
        currency = line.journal_id.currency_id or line.company_id.currency_id
        return {
            "account_id": account_id,
            "partner_id": partner_id or proposal.get("partner_id") or line.partner_id.id,
            "name": name or line.payment_ref,
            "currency_id": currency.id,
            "amount_currency": -float(amount),
            "balance": self._company_amount(line, -amount),
        }

    def _company_amount(self, line, amount):
        """``amount`` of the journal's currency in the company's, at the rate that the bank line was booked with."""
        liquidity = line._seek_for_lines()[0]
        company_currency = line.company_id.currency_id
        if liquidity.currency_id == company_currency or not liquidity.amount_currency:
            return float(amount)
        rate = Decimal(str(liquidity.balance)) / Decimal(str(liquidity.amount_currency))
        return company_currency.round(float(amount * rate))

    def _counterpart_values(self, line, row, item, proposal):
        amount = Decimal(row["amount"])
        values = self._values(line, item.account_id.id, amount, item.move_id.name, proposal, item.partner_id.id)
        if row.get("item_amount"):
            values.update(currency_id=item.currency_id.id, amount_currency=-float(row["item_amount"]))
        if item.currency_id == line.company_id.currency_id:
            values["balance"] = values["amount_currency"]
        return values

    def _exchange_rows(self, line, counterparts, rows, proposal):
        """An item of the company's currency that a foreign bank account pays: Odoo makes no exchange entry, since
        both sides of the match are worth the same, so the difference stands in the bank line's own entry."""
        company = line.company_id
        worth = sum(
            self._company_amount(line, -Decimal(row["amount"])) for row in counterparts if row.get("item_amount")
        )
        booked = sum(
            values["balance"] for row, values in zip(counterparts, rows, strict=True) if row.get("item_amount")
        )
        difference = company.currency_id.round(worth - booked)
        if company.currency_id.is_zero(difference):
            return []
        account = (
            company.expense_currency_exchange_account_id
            if difference > 0
            else company.income_currency_exchange_account_id
        )
        values = self._values(line, account.id, Decimal(0), self.env._("Exchange difference"), proposal)
        return [{**values, "currency_id": company.currency_id.id, "amount_currency": difference, "balance": difference}]

    def _posting_values(self, line, row, proposal, items):
        if row.get("reason") == CASH_DISCOUNT and row.get("move_line_id"):
            item = items.get(row["move_line_id"]) or self.env["account.move.line"].browse(row["move_line_id"])
            return self._discount_values(line, row, item)
        values = self._values(line, row["account_id"], Decimal(row["amount"]), row.get("label"), proposal)
        if row.get("analytic_distribution"):
            values["analytic_distribution"] = row["analytic_distribution"]
        taxes = self.env["account.tax"].browse(row.get("tax_ids") or [])
        return self._taxed_values(line, values, taxes) if taxes else [values]

    def _discount_values(self, line, row, item):
        """The counterpart lines that core makes for an early payment: base and tax corrected as the term says."""
        invoice = item.move_id
        if not invoice._is_eligible_for_early_payment_discount(item.currency_id, line.date):
            raise UserError(self.env._("The cash discount of %(name)s is not granted any more.", name=invoice.name))
        # Seen from the receivable, the discount is what the bank line lacks.
        amount = -Decimal(row["amount"])
        found = invoice._get_invoice_counterpart_amls_for_early_payment_discount(
            [{"aml": item, "amount_currency": item.amount_residual_currency, "balance": item.amount_residual}],
            self._company_amount(line, amount),
        )
        rows = [
            values for kind in ("term_lines", "base_lines", "tax_lines", "exchange_lines") for values in found[kind]
        ]
        total = sum(values["amount_currency"] for values in rows if values.get("amount_currency"))
        if item.currency_id.compare_amounts(total, float(amount)) and item.currency_id == line.currency_id:
            raise UserError(self.env._("The cash discount of %(name)s is now another amount.", name=invoice.name))
        return rows

    def _taxed_values(self, line, values, taxes, is_due=False):
        """Split a tax-included item into base and tax lines with their tags, by core's tax computation.

        :param is_due: declare now what other documents declare when they are paid
        """
        tax_model = self.env["account.tax"]
        company = line.company_id
        currency = self.env["res.currency"].browse(values["currency_id"])
        rate = abs(values["amount_currency"] / values["balance"]) if values["balance"] else 1.0
        is_purchase = taxes[0].type_tax_use != "sale"
        base_line = tax_model._prepare_base_line_for_taxes_computation(
            {},
            price_unit=values["amount_currency"],
            quantity=1.0,
            currency_id=currency,
            tax_ids=taxes,
            partner_id=self.env["res.partner"].browse(values["partner_id"] or []),
            account_id=self.env["account.account"].browse(values["account_id"]),
            analytic_distribution=values.get("analytic_distribution"),
            rate=rate,
            sign=1.0,
            special_mode="total_included",
            is_refund=(values["balance"] < 0) == is_purchase,
        )
        tax_model._add_tax_details_in_base_lines([base_line], company)
        tax_model._round_base_lines_tax_details([base_line], company)
        tax_model._add_accounting_data_in_base_lines_tax_details([base_line], company, include_caba_tags=is_due)
        result = tax_model._prepare_tax_lines([base_line], company)
        [(_base, amounts)] = result["base_lines_to_update"]
        base = {**values, **amounts, "tax_ids": [Command.set(taxes.ids)]}
        tax_lines = [
            {**tax_line, "partner_id": values["partner_id"], "currency_id": currency.id}
            for tax_line in result["tax_lines_to_add"]
        ]
        return [base, *tax_lines]

    def _balance(self, line, liquidity, suspense, rows):
        """Cents that currency conversion left over go to the last item, so that the entry balances."""
        currency = line.company_id.currency_id
        others = line.move_id.line_ids - liquidity - suspense
        rest = liquidity.balance + sum(others.mapped("balance")) + sum(row["balance"] for row in rows)
        if not currency.is_zero(rest):
            if liquidity.currency_id == currency and abs(rest) > 0.05:
                raise UserError(self.env._("The proposal does not add up to the bank line."))
            rows[-1]["balance"] = currency.round(rows[-1]["balance"] - rest)
