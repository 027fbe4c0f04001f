"""Items that declare tax on an advance remember which money it was received with."""

from odoo import fields, models


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = "account.move.line"

    # No foreign key: undoing a bank line deletes the item, and what was declared must still be found and taken back.
    # Copied: a reversal takes back what was declared of the same money.
    ai_advance_item = fields.Integer(string="Tax on Advance", readonly=True, help="Id of the item on account.")

    _ai_advance_idx = models.Index("(ai_advance_item) WHERE ai_advance_item > 0")

    # Money paid to vendors ahead, beside core's index of what came in.
    _ai_paid_ahead_idx = models.Index("(journal_id) WHERE amount_residual > 0")
