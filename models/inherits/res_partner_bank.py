"""Changes of bank accounts are remembered with the person who made them."""

from odoo import api, models

#: What decides where money goes.
GUARDED = frozenset(
    ("acc_number", "sanitized_acc_number", "partner_id", "acc_holder_name", "bank_id", "allow_out_payment", "active")
)


class ResPartnerBank(models.Model):
    _name = "res.partner.bank"
    _inherit = "res.partner.bank"

    @api.model_create_multi
    def create(self, vals_list):
        accounts = super().create(vals_list)
        accounts._ai_note_change(accounts.partner_id)
        return accounts

    def write(self, vals):
        touched = GUARDED & set(vals)
        owners = self.partner_id if touched else self.env["res.partner"]
        result = super().write(vals)
        if touched:
            self._ai_note_change(owners | self.partner_id)
        return result

    def unlink(self):
        owners = self.partner_id
        result = super().unlink()
        self._ai_note_change(owners)
        return result

    def _ai_note_change(self, partners):
        if partners:
            self.env["ai.vendor.change"]._note(partners, "bank")
            # Who changed it, never what: account numbers do not belong into the log.
            payloads = [{"change": "bank_account"}] * len(partners)
            self.env["ai.audit.log"]._append("vendor_changed", partners, payloads)
