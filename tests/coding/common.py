"""A company whose people have coded payments before."""

from datetime import timedelta

from odoo import fields

from odoo.addons.ai_bookkeeper.engine.coding import Template
from odoo.addons.ai_bookkeeper.engine.coding.payee import payee_key

from ..learning.common import LearningCase


class CodingCase(LearningCase):
    @classmethod
    def lesson(cls, line, rows):
        """What a person decided, as memory keeps it."""
        key = payee_key(None, line.account_number or "", line.partner_name or "", line.payment_ref or "")
        values = {
            "company_id": line.company_id.id,
            "res_model": line._name,
            "res_id": line.id,
            "source": "history",
            "date": line.date,
            "payee": key,
            "payee_name": line.partner_name,
            "text": line.payment_ref,
            "amount": line.amount,
            "currency_id": line.currency_id.id,
            "journal_id": line.journal_id.id,
            "label": Template.of_lines(rows).label,
            "lines": rows,
        }
        # Lessons are written by the addon only.
        return cls.env["ai.learning.event"].sudo().create(values)

    @classmethod
    def past(cls, text, *codings, until="2026-03-01", **values):
        """Payments a month apart that somebody coded in Odoo, and that were learned. Each coding is a list of rows, or
        (amount, account[, taxes])."""
        lines = cls.env["account.bank.statement.line"]
        for place, coding in enumerate(codings):
            rows = coding if isinstance(coding, list) else [cls.row(*coding)]
            amount = round(sum(float(row["amount"]) for row in rows), 2)
            day = fields.Date.to_date(until) - timedelta(days=30 * (len(codings) - place))
            line = cls.line(f"{text} {1000 + place}", amount, day, **values)
            cls.code(line, rows)
            cls.lesson(line, rows)
            lines += line
        return lines

    @classmethod
    def row(cls, amount, account, taxes=None, **more):
        return {"account_id": account.id, "amount": f"{amount:.2f}", "tax_ids": taxes.ids if taxes else [], **more}
