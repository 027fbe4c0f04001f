"""A company whose people have coded payments before."""

from odoo.addons.ai_bookkeeper.engine.coding import Template

from ..learning.common import LearningCase


class CodingCase(LearningCase):
    @classmethod
    def lesson(cls, line, rows, **values):
        """What a person decided, as memory keeps it."""
        amount = sum(float(row["amount"]) for row in rows)
        return (
            cls.env["ai.learning.event"]
            .sudo()
            .create(
                {
                    "company_id": cls.company.id,
                    "res_model": line._name,
                    "res_id": line.id,
                    "source": "history",
                    "date": line.date,
                    "payee": cls.payee_of(line),
                    "payee_name": line.partner_name,
                    "text": line.payment_ref,
                    "amount": amount,
                    "currency_id": line.currency_id.id,
                    "journal_id": line.journal_id.id,
                    "label": Template.of_lines(rows).label,
                    "lines": rows,
                    **values,
                }
            )
        )

    @classmethod
    def payee_of(cls, line):
        history = cls.env["ai.learning.history"]
        return history._payee(
            {
                "partner_id": line.partner_id.id,
                "account_number": line.account_number,
                "partner_name": line.partner_name,
                "text": line.payment_ref,
            }
        )

    @classmethod
    def past(cls, text, amount, account, taxes=None, months=range(1, 7), **values):
        """A payment of each month that somebody coded in Odoo, and that was learned."""
        for month in months:
            line = cls.coded(f"{text} {1000 + month}", amount, account, taxes, date=f"2025-{month:02}-05", **values)
            rows = [{"account_id": account.id, "amount": str(amount), "tax_ids": taxes.ids if taxes else []}]
            cls.lesson(line, rows)
