"""Facts for what is expected: the bank's past and what documents promise, as the engine takes them."""

from decimal import Decimal
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ...engine.coding.payee import Payers, payee_key, payee_words
from ...engine.expecting import Claim, Movement
from . import expected_queries as queries

#: Payments of so many years tell what recurs.
YEARS = 3


class Line(NamedTuple):
    """``movement`` in the journal's currency, ``balance`` in the company's."""

    movement: Movement
    balance: Decimal
    is_transfer: bool
    partner: int | None


class AiFactsExpected(models.AbstractModel):
    """Reads as the superuser: what recurs does not depend on who looks. Who may see what is the callers' matter."""

    _name = "ai.facts.expected"
    _description = "Facts about Expected Payments"

    @api.model
    def _lines(self, company):
        """``Line`` of each bank line of the company, in order of day."""
        since = fields.Date.context_today(self) - relativedelta(years=YEARS)
        self.env.flush_all()
        rows = self.env.execute_query_dict(queries.movements(company.id, since))
        payers = Payers()
        for row in rows:
            if row["is_booked"] and row["partner_id"]:
                payers.learn(row["partner_id"], *self._told(row))
        return [self._line(row, payers) for row in rows]

    def _told(self, row):
        return row["account_number"] or "", row["partner_name"] or "", row["text"] or ""

    def _line(self, row, payers):
        told = self._told(row)
        partner = row["partner_id"] or payers.partner_of(*told)
        movement = Movement(
            ids=(row["id"],),
            day=row["date"],
            amount=Decimal(str(row["amount"])),
            currency=row["currency"],
            payee=payee_key(partner, *told),
            name=row["partner"] or row["partner_name"] or " ".join(payee_words(told[2])) or told[2],
            text=told[2],
            journal=row["journal_id"],
            account=row["account_id"] if row["is_booked"] else None,
            is_booked=row["is_booked"],
        )
        return Line(movement, Decimal(str(row["balance"] or 0)), row["is_transfer"], partner)

    @api.model
    def _claims(self, company, currency=None, journals=None, which=queries.ALL):
        """(journal id of a registered payment or None, currency's code, ``Claim``) of all that is promised.

        :param currency: amounts in it, and only what is in it; in the company's currency without
        :param journals: ids, only items of these
        """
        since = fields.Date.context_today(self) - relativedelta(years=YEARS)
        self.env.flush_all()
        rows = self.env.execute_query_dict(queries.claims(company.id, since, journals, which))
        column = "amount_currency" if currency else "amount"
        return [
            (
                row["journal_id"],
                row["currency"],
                Claim(
                    row["partner_id"],
                    Decimal(str(row[column] or 0)),
                    row["due"],
                    row["known"],
                    row["settled"],
                    row["side"] == 0,
                ),
            )
            for row in rows
            if not currency or row["currency"] == currency
        ]

    @api.model
    def _known_until(self, company):
        """{journal id: day of its newest bank line}"""
        return dict(self.env.execute_query(queries.last_lines(company.id)))
