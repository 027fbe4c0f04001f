"""How people are asked, where unclear lines are parked, and when waiting takes too long."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Where money whose purpose is unknown may stand: on the balance sheet, and not where somebody owes it.
CLARIFICATION_TYPES = ("asset_current", "liability_current", "asset_prepayments", "asset_non_current")
SETTINGS = (
    "ai_clarification_account_id",
    "ai_question_collect_hours",
    "ai_question_days",
    "ai_question_remind_days",
    "ai_question_remind_max",
    "ai_waiting_days",
    "ai_parked_days",
    "ai_waiting_user_id",
)


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    ai_clarification_account_id = fields.Many2one(
        "account.account",
        string="Clarification Account",
        check_company=True,
        domain=[("account_type", "in", CLARIFICATION_TYPES)],
        help="Where bank lines stand that nobody can explain yet. A balance sheet account of its own.",
    )
    ai_question_collect_hours = fields.Integer(
        string="Collect Questions for (hours)", default=2, help="Questions to one person go out in one mail."
    )
    ai_question_days = fields.Integer(string="A Question Expires After (days)", default=21)
    ai_question_remind_days = fields.Integer(string="Remind After (days)", default=3)
    ai_question_remind_max = fields.Integer(string="Reminders at Most", default=2)
    ai_waiting_days = fields.Integer(
        string="Waits Too Long After (days)", default=7, help="Then an activity tells the responsible reviewer."
    )
    ai_parked_days = fields.Integer(string="Parked Too Long After (days)", default=30)
    ai_waiting_user_id = fields.Many2one(
        "res.users",
        string="Responsible Reviewer",
        domain="[('share', '=', False), ('company_ids', 'in', [id])]",
        help="Who gets the activities. Empty: the first reviewer who may see the journal.",
    )

    @api.constrains("ai_clarification_account_id")
    def _check_ai_clarification_account_id(self):
        for company in self.sudo():
            account = company.ai_clarification_account_id
            if account and account.account_type not in CLARIFICATION_TYPES:
                raise ValidationError(
                    self.env._("The clarification account must be a current or other asset or liability.")
                )
            suspense = self.env["account.journal"].sudo().search([("company_id", "=", company.id)]).suspense_account_id
            if account and account in suspense:
                raise ValidationError(
                    self.env._("A bank's suspense account can't be the clarification account: its lines are open.")
                )

    @api.constrains(
        "ai_question_collect_hours", "ai_question_days", "ai_question_remind_days", "ai_question_remind_max"
    )
    def _check_ai_question_times(self):
        for company in self:
            if (
                not 0 <= company.ai_question_collect_hours <= 168
                or not 1 <= company.ai_question_days <= 365
                or not 1 <= company.ai_question_remind_days <= 365
                or not 0 <= company.ai_question_remind_max <= 10
            ):
                raise ValidationError(
                    self.env._(
                        "Collect for 0 to 168 hours, expire after 1 to 365 days, "
                        "remind after 1 to 365 days and at most 10 times."
                    )
                )

    @api.constrains("ai_waiting_days", "ai_parked_days")
    def _check_ai_waiting_days(self):
        if any(company.ai_waiting_days < 1 or company.ai_parked_days < 1 for company in self):
            raise ValidationError(self.env._("Waiting takes too long after one day at least."))

    def _ai_is_paused(self):
        """Whether a manager has paused everything in this company."""
        self.ensure_one()
        return self.env["ai.policy"].sudo()._is_paused(self)

    def write(self, vals):
        changed = sorted(set(vals) & set(SETTINGS))
        result = super().write(vals)
        if changed:
            self.env["ai.audit.log"]._append(
                "setting_changed", self, [{name: str(vals[name]) for name in changed} for _company in self]
            )
        return result
