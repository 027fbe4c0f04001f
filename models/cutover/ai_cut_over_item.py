"""An entry that a cut-over moved off the bank account: which outstanding item it became, and for which bank line."""

from odoo import fields, models


class AiCutOverItem(models.Model):
    """Written when the cut-over is booked. ``bank_key``: fingerprint of the bank line that it was paired with."""

    _name = "ai.cut.over.item"
    _inherit = "ai.journal.mixin"
    _description = "Item of a Bank Cut-Over"
    _order = "id"

    cut_over_id = fields.Many2one("ai.cut.over", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    journal_id = fields.Many2one("account.journal", required=True, readonly=True, index=True)
    move_line_id = fields.Many2one(
        "account.move.line", readonly=True, index="btree_not_null", ondelete="cascade", string="Entry by Hand"
    )
    outstanding_item_id = fields.Many2one(
        "account.move.line", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    bank_key = fields.Char(readonly=True)
    text = fields.Char(readonly=True)
