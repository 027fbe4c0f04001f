"""Snapshots of what was learned: immutable, versioned, plain data."""

from odoo import fields, models


class AiLearningModel(models.Model):
    _name = "ai.learning.model"
    _description = "What Was Learned"
    _order = "id desc"

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    scope = fields.Char(required=True, default="bank_coding")
    version = fields.Integer(required=True, help="Counts up per company and scope.")
    format = fields.Integer(required=True, help="Of the data: engine.learning.learner.VERSION.")
    last_event_id = fields.Integer(required=True, help="The newest lesson in it; newer ones are overlaid.")
    lesson_count = fields.Integer(required=True)
    data = fields.Binary(required=True, attachment=True, help="The learner's JSON, compressed.")
    measured = fields.Json(help="How often it was right, by confidence: the reliability diagram.")

    _version_uniq = models.Constraint("UNIQUE(company_id, scope, version)", "A version exists once.")
