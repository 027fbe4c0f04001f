"""The company's caps and accounts for differences."""

from decimal import Decimal, InvalidOperation

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine.facts import MatchingSettings, WriteOffAccount

#: What accounts for bank fees are called, in the languages of many charts.
BANK_WORDS = ("bank", "banc", "banq")
SETTINGS = (
    "ai_propose_automatically",
    "ai_fee_account_id",
    "ai_fee_tax_id",
    "ai_fee_cap",
    "ai_fee_cap_percent",
    "ai_rounding_account_id",
    "ai_rounding_cap",
    "ai_withholding_account_id",
    "ai_withholding_rates",
    "ai_rate_limit_percent",
    "ai_rate_max_age_days",
    "ai_write_off_cap",
    "ai_write_off_cap_percent",
    "ai_switch_off_oca",
)


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    ai_propose_automatically = fields.Boolean(string="Propose after each import", default=True)
    ai_fee_account_id = fields.Many2one("account.account", string="Bank Fee Account", check_company=True)
    ai_fee_tax_id = fields.Many2one("account.tax", string="Tax on Bank Fees", check_company=True)
    ai_fee_cap = fields.Monetary(string="Largest Bank Fee", default=25.0)
    ai_fee_cap_percent = fields.Float(string="Largest Bank Fee (%)", default=3.0)
    ai_rounding_account_id = fields.Many2one("account.account", string="Rounding Account", check_company=True)
    ai_rounding_cap = fields.Monetary(string="Largest Rounding Difference", default=0.05)
    ai_withholding_account_id = fields.Many2one("account.account", string="Withholding Tax Account", check_company=True)
    ai_withholding_rates = fields.Char(string="Withholding Rates (%)", help="For example 10; 15.5")
    ai_rate_limit_percent = fields.Float(string="Largest Deviation of a Rate (%)", default=3.0)
    ai_rate_max_age_days = fields.Integer(string="A Rate Is Stale After (days)", default=7)
    ai_write_off_cap = fields.Monetary(string="Largest Difference", default=100.0)
    ai_write_off_cap_percent = fields.Float(string="Largest Difference (%)", default=5.0)
    ai_switch_off_oca = fields.Boolean(
        string="Switch off OCA's automatic reconciliation",
        default=True,
        help="OCA's account_reconcile_oca pays invoices while lines are created, before anybody has decided.",
    )

    @api.constrains("ai_withholding_rates")
    def _check_ai_withholding_rates(self):
        for company in self:
            company._ai_withholding_rates()

    def _ai_set_defaults(self):
        """Fill blank accounts with those that the chart already names for bank fees and small differences."""
        for company in self.sudo():
            chart = self.env["account.chart.template"].sudo().with_company(company)
            fees = chart.ref("bank_fees_reco", raise_if_not_found=False)
            account = fees.line_ids.account_id[:1] if fees else self.env["account.account"]
            # Without an account for bank fees the chart names just any expense account here.
            if not company.ai_fee_account_id and any(word in (account.name or "").lower() for word in BANK_WORDS):
                company.ai_fee_account_id = account
            if not company.ai_rounding_account_id:
                company.ai_rounding_account_id = company.default_cash_difference_expense_account_id

    def _ai_withholding_rates(self):
        """The configured rates as Decimals in percent."""
        texts = (self.ai_withholding_rates or "").replace(",", ".").split(";")
        try:
            rates = tuple(Decimal(text.strip()) for text in texts if text.strip())
        except InvalidOperation as error:
            raise ValidationError(self._ai_rates_error()) from error
        if any(not 0 < rate < 100 for rate in rates):
            raise ValidationError(self._ai_rates_error())
        return rates

    def _ai_rates_error(self):
        return self.env._("Write withholding rates as percentages between 0 and 100, separated by ';': 10; 15.5")

    def _ai_matching_settings(self):
        """The switches and caps of one company as the engine's value."""
        self.ensure_one()
        company = self.sudo()

        def percent(value):
            return Decimal(str(value))

        return MatchingSettings(
            company=company.id,
            currency=company.currency_id.name,
            transfer_account=company.transfer_account_id.id or None,
            fee=WriteOffAccount(
                company.ai_fee_account_id.id or None,
                tuple(company.ai_fee_tax_id.ids),
                self.env._("Bank fee"),
            ),
            fee_cap=percent(company.ai_fee_cap),
            fee_cap_percent=percent(company.ai_fee_cap_percent),
            rounding=WriteOffAccount(company.ai_rounding_account_id.id or None, (), self.env._("Rounding difference")),
            rounding_cap=percent(company.ai_rounding_cap),
            withholding=WriteOffAccount(
                company.ai_withholding_account_id.id or None, (), self.env._("Withholding tax")
            ),
            withholding_rates=company._ai_withholding_rates(),
            rate_limit_percent=percent(company.ai_rate_limit_percent),
            rate_max_age_days=company.ai_rate_max_age_days,
            write_off_cap=percent(company.ai_write_off_cap),
            write_off_cap_percent=percent(company.ai_write_off_cap_percent),
        )

    def write(self, vals):
        changed = sorted(set(vals) & set(SETTINGS))
        result = super().write(vals)
        if changed:
            self.env["ai.audit.log"]._append(
                "setting_changed", self, [{name: str(vals[name]) for name in changed} for _company in self]
            )
        return result
