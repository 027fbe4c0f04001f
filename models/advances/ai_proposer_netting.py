"""What a partner owes against what is owed to it, if it agreed: one entry that settles both to the smaller sum."""

from odoo import models


class AiProposerNetting(models.AbstractModel):
    _name = "ai.proposer.netting"
    _inherit = "ai.proposer.entry"
    _description = "Netting of Receivables and Payables"

    _kind = "netting"
