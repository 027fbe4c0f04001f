"""The bookkeeping manager's own settings page: Odoo's asks for an administrator of the system."""

from odoo import api, fields, models


class AiSettings(models.TransientModel):
    """Fields are named as the company's; another file adds one by ``_inherit`` and puts its name into the view."""

    _name = "ai.settings"
    _description = "Bookkeeping Settings"
    _rec_name = "company_id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id", related_sudo=True)
    ai_propose_automatically = fields.Boolean(
        compute="_compute_settings", store=True, readonly=False, string="Propose after each import"
    )
    ai_switch_off_oca = fields.Boolean(
        compute="_compute_settings", store=True, readonly=False, string="Switch off OCA's automatic reconciliation"
    )
    ai_fee_account_id = fields.Many2one(
        "account.account", compute="_compute_settings", store=True, readonly=False, check_company=True
    )
    ai_fee_tax_id = fields.Many2one(
        "account.tax", compute="_compute_settings", store=True, readonly=False, check_company=True
    )
    ai_fee_cap = fields.Monetary(compute="_compute_settings", store=True, readonly=False)
    ai_fee_cap_percent = fields.Float(compute="_compute_settings", store=True, readonly=False)
    ai_rounding_account_id = fields.Many2one(
        "account.account", compute="_compute_settings", store=True, readonly=False, check_company=True
    )
    ai_rounding_cap = fields.Monetary(compute="_compute_settings", store=True, readonly=False)
    ai_withholding_account_id = fields.Many2one(
        "account.account", compute="_compute_settings", store=True, readonly=False, check_company=True
    )
    ai_withholding_rates = fields.Char(compute="_compute_settings", store=True, readonly=False)
    ai_rate_limit_percent = fields.Float(compute="_compute_settings", store=True, readonly=False)
    ai_rate_max_age_days = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_write_off_cap = fields.Monetary(compute="_compute_settings", store=True, readonly=False)
    ai_write_off_cap_percent = fields.Float(compute="_compute_settings", store=True, readonly=False)
    ai_clarification_account_id = fields.Many2one(
        "account.account", compute="_compute_settings", store=True, readonly=False, check_company=True
    )
    ai_question_collect_hours = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_question_days = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_question_remind_days = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_question_remind_max = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_waiting_days = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_parked_days = fields.Integer(compute="_compute_settings", store=True, readonly=False)
    ai_waiting_user_id = fields.Many2one("res.users", compute="_compute_settings", store=True, readonly=False)
    one_person_text = fields.Char(compute="_compute_one_person_text", string="Declared")
    can_take_reviewer = fields.Boolean(compute="_compute_can_take_reviewer")

    @api.model
    def _setting_names(self):
        """Names of the company's fields that this page writes."""
        company = self.env["res.company"]._fields
        return [name for name in self._fields if name.startswith("ai_") and name in company]

    @api.depends("company_id")
    def _compute_settings(self):
        for settings in self:
            # A manager of the books need not have the right to read all of the company.
            company = settings.company_id.sudo()
            for name in self._setting_names():
                settings[name] = company[name]

    @api.depends("company_id")
    def _compute_one_person_text(self):
        for settings in self:
            settings.one_person_text = settings.company_id._ai_one_person_text()

    def _compute_can_take_reviewer(self):
        user = self.env.user
        can = user.has_group("base.group_erp_manager") and not user.has_group(
            "ai_bookkeeper.ai_bookkeeper_group_reviewer"
        )
        for settings in self:
            settings.can_take_reviewer = can

    def action_save(self):
        """Write what differs into the company."""
        self.ensure_one()
        company = self.company_id.sudo()
        changed = [name for name in self._setting_names() if self[name] != company[name]]
        self.company_id._ai_save_settings(self._convert_to_write({name: self[name] for name in changed}))
        return self.env["ai.suggestion"]._notice(self.env._("Saved."))
