"""Bank lines coded to accounts; by hand so far, learned later."""

from odoo import models


class AiProposerBankCoding(models.AbstractModel):
    _name = "ai.proposer.bank_coding"
    _inherit = "ai.proposer.bank"
    _description = "Bank Coding"

    _kind = "bank_coding"

    def _is_available(self):
        """Nothing is learned yet: codings are proposed by people and outside agents only."""
        return False

    def _collect(self, records):
        return ()

    def _propose(self, facts):
        return ()

    def _codes(self):
        return True
