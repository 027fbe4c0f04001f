"""Asking, parking and waiting on the settings page."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _name = "res.config.settings"
    _inherit = "res.config.settings"

    ai_clarification_account_id = fields.Many2one(related="company_id.ai_clarification_account_id", readonly=False)
    ai_question_collect_hours = fields.Integer(related="company_id.ai_question_collect_hours", readonly=False)
    ai_question_days = fields.Integer(related="company_id.ai_question_days", readonly=False)
    ai_question_remind_days = fields.Integer(related="company_id.ai_question_remind_days", readonly=False)
    ai_question_remind_max = fields.Integer(related="company_id.ai_question_remind_max", readonly=False)
    ai_waiting_days = fields.Integer(related="company_id.ai_waiting_days", readonly=False)
    ai_parked_days = fields.Integer(related="company_id.ai_parked_days", readonly=False)
    ai_waiting_user_id = fields.Many2one(related="company_id.ai_waiting_user_id", readonly=False)
