"""What people decided, one row a lesson: the only thing that the learner learns from."""

from odoo import fields, models

SOURCES = [
    ("person", "Decided by a person"),
    ("group", "One of many accepted together"),
    ("history", "Posted before the addon"),
    ("sample", "Coded blind for an audit"),
    ("outside", "Coded anew in Odoo"),
]


class AiLearningEvent(models.Model):
    """A lesson, or one taken back: ``forgets_id`` names the lesson that counts no more. Rows are never changed."""

    _name = "ai.learning.event"
    _description = "Lesson"
    _order = "id desc"
    _inherit = "ai.target.mixin"
    _log_access = True

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    scope = fields.Char(required=True, default="bank_coding", help="The kind of suggestion that learns from it.")
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    suggestion_id = fields.Many2one("ai.suggestion", index="btree_not_null", ondelete="set null")
    source = fields.Selection(SOURCES, required=True)
    weight = fields.Float(required=True, default=1.0, digits=(4, 3))
    date = fields.Date(required=True, help="Of the payment.")
    payee = fields.Char(help="By what the payee is recognised again.")
    payee_name = fields.Char()
    text = fields.Char()
    amount = fields.Monetary(required=True)
    currency_id = fields.Many2one("res.currency", required=True)
    journal_id = fields.Many2one("account.journal")
    transaction_code = fields.Char()
    label = fields.Char(required=True, help="Accounts, taxes and analytic distribution, as engine.coding.Template.")
    lines = fields.Json(help="The coding with its amounts, as in a proposal.")
    partner_id = fields.Many2one("res.partner")
    user_id = fields.Many2one("res.users", string="Decided by")
    is_error = fields.Boolean(help="The machine had said something else, or it was corrected later.")
    forgets_id = fields.Many2one("ai.learning.event", index="btree_not_null", ondelete="cascade")

    _target_idx = models.Index("(res_model, res_id)")
    _scope_idx = models.Index("(company_id, scope, id)")
