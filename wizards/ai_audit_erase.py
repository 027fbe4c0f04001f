"""Choosing whose data is erased from the audit log, with a look at it first."""

from odoo import api, fields, models


class AiAuditErase(models.TransientModel):
    _name = "ai.audit.erase"
    _description = "Erase Personal Data From the Audit Log"

    partner_ids = fields.Many2many("res.partner", string="Contacts")
    user_ids = fields.Many2many("res.users", string="Users")
    words = fields.Text(string="Also These Texts", help="One a line: a former name, an account number.")
    reason = fields.Char(help="For example the date and number of the request. It is logged.")
    found_count = fields.Integer(compute="_compute_found", string="Texts Found")
    found_text = fields.Text(compute="_compute_found", string="For Example")

    @api.depends("partner_ids", "user_ids", "words")
    def _compute_found(self):
        for wizard in self:
            values = {"count": 0, "values": []}
            if wizard.partner_ids or wizard.user_ids or wizard._words():
                values = self.env["ai.audit.identity"].erase_preview(*wizard._chosen())
            wizard.found_count = values["count"]
            wizard.found_text = "\n".join(values["values"])

    def _words(self):
        return [word.strip() for word in (self.words or "").splitlines() if len(word.strip()) > 2]

    def _chosen(self):
        return self.partner_ids.ids, self.user_ids.ids, self._words()

    def action_erase(self):
        """Erase, and say how much."""
        self.ensure_one()
        partner_ids, user_ids, words = self._chosen()
        count = self.env["ai.audit.identity"].action_erase(self.reason or "", partner_ids, user_ids, words)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s texts were erased. The log stays whole.", count=count),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
