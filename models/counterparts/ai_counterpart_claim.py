"""One thing that a counterpart is paid, and the account that it settles."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine.vocabulary import SETTLED_TOPICS

TOPICS = {
    "vat": "VAT",
    "payroll_tax": "Payroll Tax",
    "corporate_tax": "Corporate Tax",
    "social": "Social Security",
    "wages": "Net Wages",
    "loan": "Loan",
    "card": "Card Balance",
    "intercompany": "Intercompany",
    "expense": "Expenses Paid Back",
    "advance": "Advance",
    "drawings": "Drawings",
    "contribution": "Contribution",
    "owner": "Owner's Account",
    "dividend": "Dividend",
    "deposit": "Deposit",
    "other": "Other",
}
#: What payments settle. Profit and loss is never among them.
ACCOUNT_TYPES = (
    "asset_current",
    "asset_non_current",
    "asset_prepayments",
    "asset_receivable",
    "liability_current",
    "liability_non_current",
    "liability_credit_card",
    "liability_payable",
    "equity",
)


class AiCounterpartClaim(models.Model):
    """Its balance is what waits to be settled; several accounts are settled together, each with its own balance."""

    _name = "ai.counterpart.claim"
    _description = "What a Counterpart Is Paid"
    _order = "counterpart_id, sequence, id"
    _rec_name = "topic"
    _check_company_auto = True

    counterpart_id = fields.Many2one("ai.counterpart", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="counterpart_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    topic = fields.Selection([(topic, TOPICS[topic]) for topic in SETTLED_TOPICS], required=True, default="other")
    account_ids = fields.Many2many(
        "account.account",
        string="Settles",
        required=True,
        check_company=True,
        domain=[("account_type", "in", ACCOUNT_TYPES)],
        help="Several accounts are settled together, as VAT due and VAT to recover are.",
    )
    words = fields.Char(help="Words of bank texts that mean this one, apart from the usual ones.")
    references = fields.Char(help="Structured references of its payments, or the beginning that all have; by commas.")
    direction = fields.Selection([("out", "Payments Only"), ("in", "Receipts Only")], help="Empty: both.")
    by_partner = fields.Boolean(
        string="Partner's Part",
        help="Only what stands there with this partner is what waits: others share the account.",
    )
    balance = fields.Monetary(compute="_compute_balance", currency_field="currency_id")
    currency_id = fields.Many2one(related="counterpart_id.currency_id")

    @api.depends("topic", "account_ids")
    def _compute_display_name(self):
        topics = dict(self._fields["topic"]._description_selection(self.env))
        for claim in self:
            codes = " + ".join(code for code in claim.account_ids.mapped("code") if code)
            claim.display_name = f"{topics.get(claim.topic, '')}: {codes}" if codes else topics.get(claim.topic, "")

    @api.depends("account_ids", "by_partner", "counterpart_id.partner_id")
    def _compute_balance(self):
        """What stands there now, with the books' sign, as far as the reader may see it."""
        ledgers = self.env["ai.facts.counterpart"]._ledgers(self.filtered("id"))
        for claim in self:
            ledger = ledgers.get(claim.id)
            claim.balance = float(ledger.sums[-1]) if ledger and ledger.sums else 0.0

    @api.constrains("account_ids")
    def _check_accounts(self):
        for claim in self:
            if not claim.account_ids:
                raise ValidationError(self.env._("Say which account a payment of this kind settles."))
            wrong = claim.account_ids.filtered(lambda account: account.account_type not in ACCOUNT_TYPES)
            if wrong:
                raise ValidationError(
                    self.env._("%(account)s is no account of the balance sheet.", account=wrong[0].display_name)
                )

    @api.constrains("by_partner", "counterpart_id")
    def _check_partner(self):
        for claim in self:
            if claim.by_partner and not claim.counterpart_id.partner_id:
                raise ValidationError(self.env._("A partner's part needs the counterpart's partner."))

    def _logged(self):
        return {
            "topic": self.topic,
            "accounts": self.account_ids.ids,
            "direction": self.direction or "",
            "by_partner": self.by_partner,
        }
