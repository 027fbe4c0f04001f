"""Code a sample blind: what the bank told, and nothing of what was booked."""

from odoo import api, fields, models
from odoo.fields import Command


class AiSampleCode(models.TransientModel):
    _name = "ai.sample.code"
    _description = "Code Blind"

    sample_id = fields.Many2one("ai.sample", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="sample_id.company_id", related_sudo=False)
    date = fields.Date(related="sample_id.date", related_sudo=False)
    journal_id = fields.Many2one(related="sample_id.journal_id", related_sudo=False)
    label = fields.Char(related="sample_id.label", related_sudo=False)
    payee = fields.Char(related="sample_id.payee", related_sudo=False)
    amount = fields.Monetary(related="sample_id.amount", related_sudo=False)
    currency_id = fields.Many2one(related="sample_id.currency_id", related_sudo=False)
    line_ids = fields.One2many("ai.sample.code.line", "code_id", default=lambda self: self._default_lines())

    @api.model
    def _default_lines(self):
        """One row over the whole amount."""
        sample = self.env["ai.sample"].browse(self.env.context.get("default_sample_id") or []).exists()
        return [Command.create({"amount": sample.amount})] if sample else []

    def action_compare(self):
        """Compare with what was booked, and show both."""
        self.ensure_one()
        self.sample_id.code_blind([line._row() for line in self.line_ids])
        return {
            "type": "ir.actions.act_window",
            "res_model": "ai.sample",
            "res_id": self.sample_id.id,
            "views": [(False, "form")],
        }


class AiSampleCodeLine(models.TransientModel):
    _name = "ai.sample.code.line"
    _description = "Part of a Blind Coding"

    code_id = fields.Many2one("ai.sample.code", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="code_id.company_id")
    currency_id = fields.Many2one(related="code_id.currency_id")
    document_id = fields.Many2one("account.move", string="Settles Document")
    account_id = fields.Many2one("account.account", string="or Account")
    tax_ids = fields.Many2many("account.tax", string="Taxes")
    amount = fields.Monetary(string="Amount, Taxes Included")

    def _row(self):
        amount = str(self.currency_id.round(self.amount)) if self.currency_id else str(self.amount)
        if self.document_id:
            return {"document_id": self.document_id.id, "amount": amount}
        return {"account_id": self.account_id.id, "tax_ids": self.tax_ids.ids, "amount": amount}
