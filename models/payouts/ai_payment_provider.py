"""A payment provider: the clearing account that its payouts go over, and where its fees and reserves belong."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

BALANCE_TYPES = ("asset_current", "asset_non_current", "asset_prepayments", "liability_current")
#: What the log tells of a change, by field.
LOGGED = (
    "name",
    "active",
    "clearing_account_id",
    "reserve_account_id",
    "fee_account_id",
    "fee_tax_ids",
    "adjustment_account_id",
    "chargeback_account_id",
    "vendor_id",
    "bills_fee",
    "journal_id",
    "merchant",
)


class AiPaymentProvider(models.Model):
    _name = "ai.payment.provider"
    _inherit = "ai.journal.mixin"
    _description = "Payment Provider"
    _order = "name, id"
    _check_company_auto = True
    _ai_is_target = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, readonly=True
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    journal_id = fields.Many2one(
        "account.journal",
        required=True,
        check_company=True,
        domain=[("type", "=", "general")],
        default=lambda self: self._default_journal(),
        help="Where the entries of payouts are posted.",
    )
    clearing_account_id = fields.Many2one(
        "account.account",
        required=True,
        check_company=True,
        domain=[("account_type", "in", ("asset_current", "liability_current")), ("reconcile", "=", True)],
        help="What customers paid and the provider has not paid out yet. It allows reconciliation and comes to zero.",
    )
    reserve_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        domain=[("account_type", "in", BALANCE_TYPES)],
        help="What the provider withholds for a time. Without it, reserves stay on the clearing account.",
    )
    fee_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        domain=[("account_type", "in", ("expense", "expense_direct_cost"))],
        help="The cost of the fees; not needed for a provider that bills them.",
    )
    fee_tax_ids = fields.Many2many(
        "account.tax",
        check_company=True,
        domain=[("type_tax_use", "=", "purchase")],
        help="Taxes within the fee, or of a reverse charge.",
    )
    vendor_id = fields.Many2one(
        "res.partner",
        check_company=True,
        index="btree_not_null",
        help="The provider as the vendor of its bills.",
    )
    bills_fee = fields.Boolean(
        string="Bills Its Fees",
        help="A bill comes for the fees: what is kept of payouts pays it, and is no cost of its own.",
    )
    adjustment_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        help="Adjustments that the file does not explain. Without it they stay on the clearing account.",
    )
    chargeback_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        help="Chargebacks of sales whose customer is not known. Without it they stay on the clearing account.",
    )
    names = fields.Char(
        string="Names in Bank Texts", help="What bank lines call it, separated by commas; its own name always counts."
    )
    account_number = fields.Char(help="The bank account that payouts come from.")
    merchant = fields.Char(
        string="Merchant Account", help="This company's account with the provider, as its files name it."
    )
    mappings = fields.Json(readonly=True, copy=False, help="How its files were read, by their heads of columns.")
    payout_ids = fields.One2many("ai.payout", "provider_id", readonly=True)
    payout_count = fields.Integer(compute="_compute_figures")
    open_count = fields.Integer(compute="_compute_figures", string="To Book")
    clearing_balance = fields.Monetary(
        compute="_compute_figures",
        currency_field="company_currency_id",
        help="What stands on the clearing account now.",
    )
    clearing_open = fields.Monetary(
        compute="_compute_figures",
        currency_field="company_currency_id",
        string="Left by Payouts",
        help="Rows of booked payouts that nothing explains yet, and payouts that the bank has not shown.",
    )

    _clearing_uniq = models.UniqueIndex(
        "(company_id, clearing_account_id) WHERE active", "Each provider has a clearing account of its own."
    )

    @api.model
    def _default_journal(self):
        return self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", self.env.company.id), ("code", "=", "MISC")], limit=1
        ) or self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", self.env.company.id)], limit=1
        )

    # === RULES === #

    @api.constrains("clearing_account_id", "reserve_account_id")
    def _check_accounts(self):
        for provider in self:
            account = provider.clearing_account_id
            if not account.reconcile:
                raise ValidationError(
                    self.env._(
                        "%(account)s does not allow reconciliation, so nobody could see what is left on it. Switch "
                        "that on for the account first.",
                        account=account.display_name,
                    )
                )
            if account.account_type not in ("asset_current", "liability_current"):
                raise ValidationError(
                    self.env._(
                        "%(account)s can't be a clearing account: choose a current asset or liability.",
                        account=account.display_name,
                    )
                )
            if account == provider.reserve_account_id:
                raise ValidationError(self.env._("Reserves need an account of their own, apart from the clearing one."))

    @api.constrains("bills_fee", "vendor_id", "fee_account_id")
    def _check_fee(self):
        for provider in self:
            if provider.bills_fee and not provider.vendor_id:
                raise ValidationError(self.env._("Name the vendor whose bills the fees pay."))

    @api.constrains("journal_id")
    def _check_journal(self):
        if any(provider.journal_id.type != "general" for provider in self):
            raise ValidationError(self.env._("Payouts are posted in a journal for miscellaneous operations."))

    # === FIGURES === #

    def _compute_figures(self):
        """Two queries, however many providers."""
        counts = {
            provider.id: (count, open_count)
            for provider, count, open_count in self.env["ai.payout"]._read_group(
                [("provider_id", "in", self.ids)], ["provider_id"], ["__count", "is_to_book:sum"]
            )
        }
        sums = self._clearing_sums()
        for provider in self:
            provider.payout_count, provider.open_count = counts.get(provider._origin.id, (0, 0))
            provider.clearing_balance, provider.clearing_open = sums.get(provider._origin.id, (0.0, 0.0))

    def _clearing_sums(self):
        """{provider id: (balance of the clearing account, open items there that payouts made)}"""
        if not self.ids:
            return {}
        self.env["account.move.line"].flush_model()
        self.env["ai.payout"].flush_model(["move_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.id, COALESCE(SUM(aml.balance), 0),
                       COALESCE(SUM(aml.amount_residual) FILTER (WHERE made.id IS NOT NULL), 0)
                  FROM ai_payment_provider p
                  JOIN account_move_line aml ON aml.account_id = p.clearing_account_id
                   AND aml.company_id = p.company_id AND aml.parent_state = 'posted'
                  LEFT JOIN ai_payout made ON made.move_id = aml.move_id
                 WHERE p.id = ANY(%s) GROUP BY p.id
                """,
                list(self.ids),
            )
        )
        return {key: (balance, left) for key, balance, left in rows}

    # === CHANGES ARE LOGGED === #

    @api.model_create_multi
    def create(self, vals_list):
        providers = super().create(vals_list)
        providers._log_change(LOGGED)
        return providers

    def write(self, vals):
        result = super().write(vals)
        self._log_change([name for name in LOGGED if name in vals])
        return result

    def _log_change(self, names):
        if names:
            told = [{name: self._told(provider, name) for name in names} for provider in self]
            self.env["ai.audit.log"]._append("provider_changed", self, told)

    def _told(self, provider, name):
        value = provider[name]
        return value.ids if isinstance(value, models.BaseModel) else bool(value) if name == "merchant" else value

    # === READING FILES === #

    def _remember(self, signature, mapping):
        """Keep how a file with these heads was read. Who uploads may not change providers: the addon keeps it."""
        self.ensure_one()
        self.sudo().mappings = {**(self.mappings or {}), signature: mapping}

    def _words(self):
        """What bank texts may call it."""
        self.ensure_one()
        names = [self.name, *(self.names or "").split(",")]
        return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))

    # === OPENING === #

    def action_open_payouts(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_payout_action")
        return {**action, "domain": [("provider_id", "=", self.id)], "context": {"default_provider_id": self.id}}

    def action_open_clearing(self):
        """The open items of the clearing account."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Left on %(account)s", account=self.clearing_account_id.display_name),
            "res_model": "account.move.line",
            "domain": [
                ("account_id", "=", self.clearing_account_id.id),
                ("company_id", "=", self.company_id.id),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
            ],
            "views": [(False, "list"), (False, "form")],
        }
