"""Facts for transfers between currencies: the other leg has another amount, so it is looked for by its worth."""

from datetime import timedelta
from decimal import Decimal

from odoo import models
from odoo.tools import SQL

#: Two legs of a transfer are this many days apart at most.
LEG_DAYS = 10
#: Legs that are looked at for one run: what is beyond is no transfer but a crowd.
MOST_LEGS = 2000


class AiFactsBank(models.AbstractModel):
    _name = "ai.facts.bank"
    _inherit = "ai.facts.bank"

    def _other_lines(self, company, lines):
        found = super()._other_lines(company, lines)
        known = {line.key for line in (*lines, *found)}
        more = [key for key in self._exchange_legs(company, lines) if key not in known]
        return (*found, *self._lines(more)) if more else found

    def _rates(self, company, lines, items):
        """The rates of all own accounts too: a transfer's other leg may be in any of their currencies."""
        found = super()._rates(company, lines, items)
        journals = self.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "in", ("bank", "cash", "credit")), ("currency_id", "!=", False)]
        )
        missing = set(journals.currency_id.mapped("name")) - {name for name, _day in found}
        return {**self.env["ai.rate.book"]._known(company, missing, {line.date for line in lines}), **found}

    def _exchange_legs(self, company, lines):
        """Ids of open lines in other currencies that are worth about as much, the other way.

        Worths are compared in buckets as wide as they may differ: 30,000 open lines are no 30,000 times 30,000.
        """
        journals = self.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "in", ("bank", "cash", "credit")), ("currency_id", "!=", False)]
        )
        if not journals.filtered(lambda journal: journal.currency_id != company.currency_id):
            return []
        # Both banks take their margin.
        share = max(2 * Decimal(str(company.sudo().ai_rate_limit_percent)) / 100, Decimal("0.001"))
        rows = self.env.execute_query(
            SQL(
                """
                WITH open AS MATERIALIZED (
                    SELECT st.id, m.date, j.currency_id, item.balance, st.id = ANY(%(lines)s) AS is_asked,
                           floor(ln(abs(item.balance)) / ln(1 + %(share)s)) AS bucket
                      FROM account_bank_statement_line st
                      JOIN account_move m ON m.id = st.move_id
                      JOIN account_journal j ON j.id = st.journal_id
                      JOIN account_move_line item ON item.move_id = m.id AND item.account_id = j.default_account_id
                     WHERE st.company_id = %(company)s AND st.is_reconciled IS NOT TRUE AND m.state = 'posted'
                       AND m.date BETWEEN %(first)s AND %(last)s AND item.balance <> 0
                )
                SELECT DISTINCT other.id
                  FROM open mine
                  CROSS JOIN (VALUES (-1), (0), (1)) AS near(step)
                  JOIN open other ON other.bucket = mine.bucket + near.step
                   AND other.currency_id IS DISTINCT FROM mine.currency_id
                   AND sign(other.balance) = -sign(mine.balance)
                   AND abs(other.balance) BETWEEN abs(mine.balance) * (1 - %(share)s)
                                              AND abs(mine.balance) * (1 + %(share)s)
                   AND abs(other.date - mine.date) <= %(days)s
                 WHERE mine.is_asked AND NOT other.is_asked
                 ORDER BY other.id LIMIT %(most)s
                """,
                lines=[line.key for line in lines],
                company=company.id,
                first=min(line.date for line in lines) - timedelta(days=LEG_DAYS),
                last=max(line.date for line in lines) + timedelta(days=LEG_DAYS),
                share=share,
                days=LEG_DAYS,
                most=MOST_LEGS,
            )
        )
        return [row[0] for row in rows]
