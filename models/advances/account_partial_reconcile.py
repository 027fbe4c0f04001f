"""Money on account that is used, or free again, in whatever screen: the tax on it is looked at anew."""

from odoo import api, models


class AccountPartialReconcile(models.Model):
    _name = "account.partial.reconcile"
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._ai_look_at_advances()
        return partials

    def unlink(self):
        self._ai_look_at_advances()
        return super().unlink()

    def _ai_look_at_advances(self):
        proposer = self.env["ai.proposer.advance"]
        moves = (self.debit_move_id + self.credit_move_id).move_id
        # A setting that decides what is looked at; it shows nothing.
        if any(company.sudo().ai_advance_vat for company in self.company_id):
            proposer._later(moves)
        elif moves:
            proposer._later(proposer._offered(moves))
