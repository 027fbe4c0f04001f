"""Whether tax is due when money is received, with which tax, and where it stands until the invoice."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

SETTINGS = (
    "ai_advance_vat",
    "ai_advance_from",
    "ai_advance_tax_id",
    "ai_advance_account_id",
    "ai_advance_journal_id",
    "ai_advance_offer",
)
#: Where tax stands that was declared before its invoice: what the customer will owe with it.
CLEARING_TYPES = ("asset_current", "asset_prepayments", "liability_current")


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    ai_advance_vat = fields.Boolean(
        string="Tax Is Due When Money Is Received",
        help="On money that customers pay before their invoice. A fiscal position may say otherwise.",
    )
    ai_advance_from = fields.Date(
        string="Tax on Advances From",
        default=fields.Date.context_today,
        help="What came before that day is left as it is.",
    )
    ai_advance_tax_id = fields.Many2one(
        "account.tax",
        string="Tax on Advances",
        check_company=True,
        domain=[("type_tax_use", "=", "sale")],
        help="Taken where the customer's earlier invoices say nothing. Fiscal positions map it.",
    )
    ai_advance_account_id = fields.Many2one(
        "account.account",
        string="Tax on Advances Account",
        check_company=True,
        domain=[("account_type", "in", CLEARING_TYPES), ("reconcile", "=", False)],
        help="Holds the tax between its declaration and the final invoice; zero when all advances are invoiced.",
    )
    ai_advance_journal_id = fields.Many2one(
        "account.journal", string="Journal for Advances", check_company=True, domain=[("type", "=", "general")]
    )
    ai_advance_offer = fields.Boolean(
        string="Offer Money on Account to New Invoices", default=True, help="As a suggestion, when one is posted."
    )

    @api.constrains("ai_advance_vat", "ai_advance_account_id", "ai_advance_tax_id")
    def _check_ai_advance(self):
        for company in self.sudo():
            account = company.ai_advance_account_id
            if account and (account.reconcile or account.account_type not in CLEARING_TYPES):
                raise ValidationError(
                    self.env._(
                        "The account for tax on advances must be a current asset or liability that is not reconciled."
                    )
                )
            if company.ai_advance_vat and not (account and company.ai_advance_tax_id):
                raise ValidationError(
                    self.env._("Choose a tax and an account for tax on advances, or leave it switched off.")
                )
            if company.ai_advance_tax_id and company.ai_advance_tax_id.type_tax_use != "sale":
                raise ValidationError(self.env._("Tax on advances is a tax on sales."))

    def write(self, vals):
        changed = sorted(set(vals) & set(SETTINGS))
        result = super().write(vals)
        if changed:
            self.env["ai.audit.log"]._append(
                "setting_changed", self, [{name: str(vals[name]) for name in changed} for _company in self]
            )
        return result
