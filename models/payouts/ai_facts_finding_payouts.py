"""Finding facts: fees that providers kept of payouts and that were booked as cost: a bill for them is the same cost."""

from odoo import models
from odoo.tools import SQL

from ...engine.anomaly.case import FEES, Cost
from .ai_facts_payout import _decimal


class AiFactsFinding(models.AbstractModel):
    _name = "ai.facts.finding"
    _inherit = "ai.facts.finding"

    def _fees(self, company, amounts, first, last):
        """With those that banks kept of payments, the fees of a provider's payouts in a month."""
        found = super()._fees(company, amounts, first, last)
        self.env["ai.payout"].flush_model(["state", "fee", "date", "move_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT max(p.move_id), max(p.date), sum(p.fee), c.name, max(v.vendor_id)
                  FROM ai_payout p
                  JOIN ai_payment_provider v ON v.id = p.provider_id AND v.bills_fee IS NOT TRUE
                  JOIN res_currency c ON c.id = p.currency_id
                 WHERE p.company_id = %s AND p.state = 'booked' AND p.date BETWEEN %s AND %s
                 GROUP BY p.provider_id, c.name, date_trunc('month', p.date)
                HAVING sum(p.fee) = ANY(%s::numeric[])
                """,
                company.id,
                first,
                last,
                [str(amount) for amount in amounts],
            )
        )
        payouts = [
            Cost("account.move", key, FEES, day, _decimal(amount), currency, vendor)
            for key, day, amount, currency, vendor in rows
        ]
        return [*found, *payouts]
