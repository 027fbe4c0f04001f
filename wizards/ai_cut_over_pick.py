"""Which entry, or entries, posted by hand a bank line is."""

from odoo import Command, api, fields, models


class AiCutOverPick(models.TransientModel):
    _name = "ai.cut.over.pick"
    _description = "Entry of a Bank Line"

    line_id = fields.Many2one("ai.cut.over.line", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="line_id.currency_id", related_sudo=True)
    bank_date = fields.Date(related="line_id.bank_date", related_sudo=True)
    bank_amount = fields.Monetary(related="line_id.bank_amount", related_sudo=True)
    bank_text = fields.Char(related="line_id.bank_text", related_sudo=True)
    option_ids = fields.One2many("ai.cut.over.pick.option", "pick_id", readonly=True)

    @api.model
    def default_get(self, fields_list):
        self.env["ai.cut.over"]._check_person()
        values = super().default_get(fields_list)
        line = self.env["ai.cut.over.line"].browse(values.get("line_id"))
        if line:
            values["option_ids"] = [Command.create(option) for option in line._options()]
        return values

    def action_none(self):
        """None of these entries is the bank line: it is new."""
        self.ensure_one()
        self.line_id._pick([])
        return {"type": "ir.actions.act_window_close"}


class AiCutOverPickOption(models.TransientModel):
    _name = "ai.cut.over.pick.option"
    _description = "Possible Entry of a Bank Line"

    pick_id = fields.Many2one("ai.cut.over.pick", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="pick_id.currency_id", related_sudo=True)
    item_keys = fields.Json(readonly=True)
    date = fields.Date(string="Booked On", readonly=True)
    amount = fields.Monetary(readonly=True)
    text = fields.Char(string="Entry", readonly=True)

    def action_take(self):
        """The bank line is this."""
        self.ensure_one()
        # The option is the caller's own; deciding is checked on the line.
        self.pick_id.sudo().line_id.sudo(self.env.su)._pick(self.item_keys or [])
        return {"type": "ir.actions.act_window_close"}
