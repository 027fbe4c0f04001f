"""Bank lines that wait for a rate: which one, and the dialog that takes it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...engine.exchange import RATE_REASONS, shown


class AccountBankStatementLine(models.Model):
    _name = "account.bank.statement.line"
    _inherit = "account.bank.statement.line"

    ai_rate_wanted = fields.Json(compute="_compute_ai_rate_wanted", string="Rates Wanted")

    @api.depends("ai_finding_note", "is_reconciled", "date")
    def _compute_ai_rate_wanted(self):
        """[{currency, currency_id, date, state}]: what the last run lacked to say what an open line is."""
        wanted = {line: [] if line.is_reconciled else self._rates_noted(line) for line in self}
        names = {row["currency"] for rows in wanted.values() for row in rows}
        currencies = (
            {c.name: c.id for c in self.env["res.currency"].search([("name", "in", list(names))])} if names else {}
        )
        for line, rows in wanted.items():
            line.ai_rate_wanted = [{**row, "currency_id": currencies.get(row["currency"])} for row in rows]

    def _rates_noted(self, line):
        """Of each currency once, as ``engine.matching`` and ``engine.exchange`` note them."""
        found = {}
        for code, values in line.ai_finding_note or []:
            if code in RATE_REASONS and values.get("currency"):
                row = {"currency": values["currency"], "date": str(line.date), "state": code}
                found.setdefault(values["currency"], row)
        return list(found.values())

    def action_ai_enter_rate(self, currency_id=None):
        """The dialog that takes the rate that this line waits for.

        :param currency_id: of which currency; the first that is missing when left out
        :raises UserError: the line waits for none
        """
        self.ensure_one()
        self.env["ai.rate.book"]._check_may_set()
        self.check_access("read")
        wanted = [row for row in self.ai_rate_wanted or [] if currency_id in (None, False, row["currency_id"])]
        currency_id = wanted[0]["currency_id"] if wanted else self._rate_currency(currency_id)
        if not currency_id:
            raise UserError(self.env._("This bank line waits for no exchange rate."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enter an Exchange Rate"),
            "res_model": "ai.rate.entry",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_line_id": self.id,
                "default_currency_id": currency_id,
                "default_day": str(self.date),
            },
        }

    def _rate_currency(self, currency_id):
        """A currency that the line or its suggestion is in: what a card may ask for besides what a run noted."""
        card = self.ai_suggestion_id.card or {}
        asked = {row["currency_id"] for row in (card.get("exchange") or {}).get("missing") or []}
        if currency_id in asked:
            return currency_id
        return next(iter(sorted(asked)), None) if currency_id in (None, False) else None

    def _ai_last_rate_text(self, currency):
        """The newest rate on or before this line's day, in words; False when there is none."""
        known = self.env["ai.rate.book"]._known(self.company_id, {currency.name}, {self.date})
        rate = known.get((currency.name, self.date))
        if not rate:
            return False
        words = {"company": self.company_id.currency_id.name, "currency": currency.name, "rate": shown(rate.rate)}
        return self.env._(
            "1 %(company)s = %(rate)s %(currency)s on %(date)s", date=format_date(self.env, rate.date), **words
        )

    def _ai_enter_rate(self, currency, day, rate):
        """Store a person's rate (Decimal, units for one of the company's) and propose for this line and its like.

        :return: a notice of what happened
        """
        self.ensure_one()
        self.check_access("read")
        if day > self.date:
            raise UserError(self.env._("The rate of a later day says nothing about this bank line."))
        book = self.env["ai.rate.book"]
        _record, changed, locked = book._enter(self.company_id, currency, day, rate)
        book._look_again(self.company_id)
        if not self.is_reconciled:
            self.env["ai.suggestion"].propose(self._name, self.ids)
        notes = [self.env._("The rate is stored.")]
        if changed:
            notes.append(self.env._("%(count)s open bank lines are valued with it.", count=len(changed)))
        if locked:
            notes.append(
                self.env._(
                    "%(count)s lie in a locked period and keep their value: ask for an exception.", count=len(locked)
                )
            )
        return self.env["ai.suggestion"]._notice(" ".join(notes))
