"""Which bills need whose approval: the first rule that fits decides; a bill that fits none needs nobody's."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

ORDERER, OWNER, PERSON = "orderer", "owner", "person"


class AiApprovalRule(models.Model):
    _name = "ai.approval.rule"
    _inherit = "mail.thread"
    _description = "Rule of Spending Approval"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_ids = fields.Many2many("res.partner", "ai_approval_rule_vendor_rel", string="Vendors", help="Empty: all.")
    analytic_account_ids = fields.Many2many(
        "account.analytic.account", string="Analytic Accounts", help="Empty: all. One line of the bill is enough."
    )
    min_amount = fields.Monetary(
        string="From", tracking=True, help="Total with tax in the company's currency; 0: from the first cent."
    )
    max_amount = fields.Monetary(string="Up To", tracking=True, help="0: without limit.")
    approver = fields.Selection(
        [
            (ORDERER, "Who ordered it"),
            (OWNER, "Who owns the budget"),
            (PERSON, "These people"),
        ],
        required=True,
        default=PERSON,
        tracking=True,
        help="Who ordered it: “Ordered By” of the bill, or the buyer of its purchase order. Who owns the budget: of "
        "the bill's analytic accounts.",
    )
    approver_ids = fields.Many2many(
        "res.partner",
        "ai_approval_rule_approver_rel",
        string="People",
        required=True,
        help="Asked themselves, or where nobody is known who ordered it or owns the budget.",
    )
    needs_all = fields.Boolean(string="All of Them", tracking=True, help="Off: the first who answers decides.")
    allows_booker = fields.Boolean(
        string="Also Who Booked It", tracking=True, help="On: who posted the bill may approve its spending, too."
    )
    summary = fields.Char(compute="_compute_summary")

    @api.constrains("min_amount", "max_amount", "approver_ids")
    def _check_rule(self):
        for rule in self:
            if rule.min_amount < 0 or rule.max_amount < 0 or 0 < rule.max_amount < rule.min_amount:
                raise ValidationError(self.env._("The amounts of “%(name)s” leave no bill.", name=rule.name))
            unreachable = rule.approver_ids.filtered(lambda partner: not partner.email_normalized)
            if not rule.approver_ids or unreachable:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” needs people with an e-mail address. %(people)s",
                        name=rule.name,
                        people=", ".join(unreachable.mapped("display_name")),
                    )
                )

    @api.depends("partner_ids", "analytic_account_ids", "min_amount", "max_amount", "approver", "approver_ids")
    @api.depends_context("lang")
    def _compute_summary(self):
        labels = dict(self._fields["approver"]._description_selection(self.env))
        for rule in self:
            parts = [", ".join(rule.partner_ids.mapped("name")) or self.env._("every vendor")]
            if rule.analytic_account_ids:
                parts.append(", ".join(rule.analytic_account_ids.mapped("name")))
            people = ", ".join(rule.approver_ids.mapped("name"))
            who = people if rule.approver == PERSON else f"{labels[rule.approver]} ({people})"
            rule.summary = self.env._("%(what)s: %(who)s", what=" / ".join(parts), who=who)

    def _fits(self, vendor, analytic_ids, amount):
        """Whether a bill of this commercial partner, with these analytic accounts and this total, falls under it."""
        self.ensure_one()
        vendors = self.partner_ids.commercial_partner_id
        return (
            (not vendors or vendor in vendors)
            and (not self.analytic_account_ids or bool(set(self.analytic_account_ids.ids) & analytic_ids))
            and self.currency_id.compare_amounts(amount, self.min_amount) >= 0
            and (not self.max_amount or self.currency_id.compare_amounts(amount, self.max_amount) <= 0)
        )
