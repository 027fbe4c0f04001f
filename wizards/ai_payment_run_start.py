"""Read payment file: what was sent to the bank, or what the bank reports about it."""

from odoo import fields, models
from odoo.exceptions import UserError


class AiPaymentRunStart(models.TransientModel):
    _name = "ai.payment.run.start"
    _description = "Read Payment File"

    data = fields.Binary(string="File", help="pain.001, pain.008, or the bank's report (pain.002).")
    filename = fields.Char()
    journal_id = fields.Many2one(
        "account.journal",
        string="Bank Account",
        domain="[('type', 'in', ('bank', 'cash', 'credit'))]",
        help="Empty: found by the account number in the file.",
    )

    def action_take(self):
        """Keep what the file says and look for its bank lines."""
        self.ensure_one()
        content = self.with_context(bin_size=False).data
        if not content:
            raise UserError(self.env._("Choose a payment file first."))
        runs = self.env["ai.payment.run"].take_file(self.filename, content.decode(), self.journal_id.id)
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_payment_run_action")
        if len(runs) == 1:
            return action | {"view_mode": "form", "views": [(False, "form")], "res_id": runs[0]}
        return {**action, "domain": [("id", "in", runs)]}
