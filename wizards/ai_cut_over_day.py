"""The day of a cut-over, and the bank's balance on it where the files tell none."""

from odoo import api, fields, models


class AiCutOverDay(models.TransientModel):
    _name = "ai.cut.over.day"
    _description = "Day of a Bank Cut-Over"

    cut_over_id = fields.Many2one("ai.cut.over", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="cut_over_id.currency_id", related_sudo=True)
    first_day = fields.Date(related="cut_over_id.first_day", related_sudo=True)
    last_day = fields.Date(related="cut_over_id.last_day", related_sudo=True)
    date = fields.Date(string="Cut-Over Day", required=True)
    tells_balance = fields.Boolean(string="The statement of that day tells the balance")
    bank_balance = fields.Monetary(string="Balance by Bank")

    @api.model
    def default_get(self, fields_list):
        self.env["ai.cut.over"]._check_person()
        values = super().default_get(fields_list)
        cut_over = self.env["ai.cut.over"].browse(values.get("cut_over_id") or self.env.context.get("active_id"))
        if cut_over:
            cut_over.check_access("read")
            values |= {"cut_over_id": cut_over.id, "date": cut_over.date}
            values |= {"tells_balance": cut_over.is_bank_stated, "bank_balance": cut_over.bank_stated}
        return values

    def action_set(self):
        """Cut over on this day."""
        self.ensure_one()
        self.cut_over_id.action_set_day(self.date, self.bank_balance if self.tells_balance else None)
        return {"type": "ir.actions.act_window_close"}
