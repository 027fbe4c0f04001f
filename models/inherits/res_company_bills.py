"""What accepting a bill does: it stays a draft, or is posted; per company and kind of bill."""

from odoo import fields, models

ACCEPTING = [("draft", "Saves a draft"), ("post", "Posts")]
FIELDS = {
    "in_invoice": "ai_accept_bill",
    "in_refund": "ai_accept_credit_note",
    "in_receipt": "ai_accept_receipt",
}


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    ai_accept_bill = fields.Selection(ACCEPTING, string="Accepting a Bill", required=True, default="draft")
    ai_accept_credit_note = fields.Selection(
        ACCEPTING, string="Accepting a Vendor Credit Note", required=True, default="draft"
    )
    ai_accept_receipt = fields.Selection(ACCEPTING, string="Accepting a Receipt", required=True, default="draft")

    def write(self, vals):
        changed = sorted(set(vals) & set(FIELDS.values()))
        result = super().write(vals)
        if changed:
            values = {name: str(vals[name]) for name in changed}
            self.env["ai.audit.log"]._append("setting_changed", self, [values for _company in self])
        return result

    def _ai_bill_posts(self, move_type):
        """Whether accepting a document of this type posts it."""
        self.ensure_one()
        return self[FIELDS.get(move_type, FIELDS["in_invoice"])] == "post"
