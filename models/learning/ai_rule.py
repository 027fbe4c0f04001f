"""Rules that people see, preview and switch off: what is always coded the same way."""

from odoo import fields, models


class AiRule(models.Model):
    """All conditions hold: its lines are proposed, before memory and prediction are asked."""

    _name = "ai.rule"
    _description = "Coding Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    tokens = fields.Char(string="Words", help="Words that the bank text must hold, all of them.")
    payee = fields.Char(help="By what the payee is recognised: account number, or the name that the bank tells.")
    partner_id = fields.Many2one("res.partner", check_company=True)
    sign = fields.Selection([("in", "Receipts"), ("out", "Payments")])
    least = fields.Float(string="From")
    most = fields.Float(string="To", help="Without sign. 0 means no limit.")
    journal_ids = fields.Many2many("account.journal", check_company=True)
    line_ids = fields.One2many("ai.rule.line", "rule_id", copy=True)
    is_released = fields.Boolean(help="Policies may accept what this rule proposes.")
    suggestion_id = fields.Many2one("ai.suggestion", ondelete="set null", help="The correction it was made from.")
    hit_count = fields.Integer(readonly=True, copy=False)
    last_hit = fields.Date(readonly=True, copy=False)


class AiRuleLine(models.Model):
    _name = "ai.rule.line"
    _description = "Line of a Coding Rule"
    _order = "sequence, id"
    _check_company_auto = True

    rule_id = fields.Many2one("ai.rule", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="rule_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    account_id = fields.Many2one("account.account", required=True, check_company=True)
    share = fields.Float(default=100.0, string="Percent", digits=(7, 4))
    fixed = fields.Float(string="Fixed Amount", help="Instead of a share; 0 means that the share counts.")
    tax_ids = fields.Many2many("account.tax", check_company=True)
    analytic_distribution = fields.Json()
    label = fields.Char()
