"""The entry that moves a bank line's amount back where undoing is locked."""

from datetime import timedelta

from odoo import Command, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class AiBankReturnEntry(models.AbstractModel):
    """In a locked period a matching stays. On request an entry in the first open period moves the amount from the
    counterpart accounts to the suspense account; the bank's side is never reversed, nothing is unreconciled."""

    _name = "ai.bank.return.entry"
    _description = "Return Entry of a Bank Line"

    # === LOCKS === #

    def _locks(self, line):
        """[(date, field of the lock) ...] that forbid changing this line's entry, by date."""
        move = line.move_id
        return move._get_violated_lock_dates(move.date, move._affect_tax_report())

    def _check_unlocked(self, lines):
        """Undoing changes the lines' entries: refuse it before anything is unreconciled."""
        for line in lines:
            locks = self._locks(line)
            if locks:
                raise UserError(
                    self.env._(
                        "The bank line '%(line)s' lies in a period that is locked until %(date)s, so its matching "
                        "stays. To take it back, make a transfer entry in the first open period (Undo by transfer), "
                        "or ask for an exception from the lock.",
                        line=line.payment_ref or line.move_id.name,
                        date=format_date(self.env, locks[-1][0]),
                    )
                )

    def _first_open_day(self, line, journal):
        """The day after the last lock that holds for the return entry."""
        return self._open_day(line.company_id, line.date, journal, line.move_id)

    def _open_day(self, company, day, journal, move):
        """``day``, or the first one after it on which an entry like ``move`` may be posted."""
        has_tax = move._affect_tax_report()
        while locks := company._get_violated_lock_dates(day, has_tax, journal):
            day = locks[-1][0] + timedelta(days=1)
        return day

    # === THE ENTRY === #

    def _make(self, line):
        """The posted entry that puts the line's amount back on suspense."""
        if not self._locks(line):
            raise UserError(self.env._("The period of this bank line is not locked: undo it as usual."))
        rows = self._rows(line)
        if not rows:
            raise UserError(self.env._("Nothing is booked on this bank line."))
        journal = self._journal(line.company_id)
        move = self.env["account.move"].with_context(skip_invoice_sync=True)
        entry = move.create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": self._first_open_day(line, journal),
                "ref": self.env._("Taken back: %(line)s", line=line.move_id.name),
                "line_ids": [Command.create(values) for values in rows],
            }
        )
        entry._post(soft=False)
        return entry

    def _journal(self, company):
        special = company.currency_exchange_journal_id + company.tax_cash_basis_journal_id
        journals = self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", company.id)], order="sequence, id"
        )
        found = (journals - special)[:1] or journals[:1]
        if not found:
            raise UserError(self.env._("A journal for miscellaneous operations is needed. Create one and try again."))
        return found

    def _rows(self, line):
        """The counterparts with opposite amounts, taxes and tags alike, and the suspense account against them."""
        liquidity, suspense, others = line._seek_for_lines()
        if not others:
            return []
        known = suspense.filtered(lambda item: item.currency_id == liquidity.currency_id)
        back = {
            "account_id": line.journal_id.suspense_account_id.id,
            "partner_id": line.partner_id.id,
            "name": line.payment_ref,
            "currency_id": liquidity.currency_id.id,
            "balance": sum(others.mapped("balance")),
            "amount_currency": -sum((liquidity + known).mapped("amount_currency")),
        }
        return [*(self._opposite(item) for item in others), back]

    def _opposite(self, item):
        return {
            "account_id": item.account_id.id,
            "partner_id": item.partner_id.id,
            "name": item.name,
            "currency_id": item.currency_id.id,
            "balance": -item.balance,
            "amount_currency": -item.amount_currency,
            "tax_ids": [Command.set(item.tax_ids.ids)],
            "tax_tag_ids": [Command.set(item.tax_tag_ids.ids)],
            "tax_repartition_line_id": item.tax_repartition_line_id.id,
            "tax_base_amount": item.tax_base_amount,
            "analytic_distribution": item.analytic_distribution,
        }
