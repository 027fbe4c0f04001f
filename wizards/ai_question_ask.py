"""Asking a person about the chosen suggestions or bank lines."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class AiQuestionAsk(models.TransientModel):
    _name = "ai.question.ask"
    _description = "Ask a Person"

    suggestion_ids = fields.Many2many("ai.suggestion", readonly=True)
    line_ids = fields.Many2many("account.bank.statement.line", readonly=True, string="Bank Lines")
    line_count = fields.Integer(compute="_compute_line_count")
    partner_id = fields.Many2one(
        "res.partner",
        string="Whom",
        required=True,
        domain=[("email", "!=", False), ("active", "=", True)],
        help="A colleague, or a contact of the client, with an e-mail address.",
    )
    email = fields.Char(related="partner_id.email", string="Goes to")
    question = fields.Char(required=True)
    answer_1 = fields.Char(string="First Button")
    answer_2 = fields.Char(string="Second Button")
    answer_3 = fields.Char(string="Third Button")
    wants_file = fields.Boolean(string="Ask for a receipt or invoice", default=True)
    send_now = fields.Boolean(
        string="Send at once", help="Off: goes out with what else collects for this person in the next hours."
    )

    @api.depends("line_ids")
    def _compute_line_count(self):
        for wizard in self:
            wizard.line_count = len(wizard.line_ids)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        model = self.env.context.get("active_model")
        if model not in ("ai.suggestion", "account.bank.statement.line"):
            return values
        records = self.env[model].browse(self.env.context.get("active_ids") or [])
        return {**values, **records._ai_question_defaults()}

    def action_ask(self):
        """Ask, and say so."""
        self.ensure_one()
        # A person types here, not a program: what is empty is no button.
        answers = [text for text in (self.answer_1, self.answer_2, self.answer_3) if text and text.strip()]
        subjects = self.suggestion_ids or self.line_ids
        if not subjects:
            raise UserError(self.env._("Choose the bank lines to ask about first."))
        return subjects._ai_ask_and_tell(self.partner_id.id, self.question, answers, self.wants_file, self.send_now)
