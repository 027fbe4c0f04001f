"""Whom the balance sheet owes: tax office, fund, lender, card issuer, sister company, employee, owner."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...engine.text import core_name
from ...engine.vocabulary import COUNTERPART_KINDS

PROPOSED, KEPT = "proposed", "kept"
KINDS = {
    "tax_office": "Tax Office",
    "social_fund": "Social Fund",
    "lender": "Lender",
    "card_issuer": "Card Issuer",
    "sister": "Sister Company",
    "employee": "Employee",
    "owner": "Owner",
}
#: What a change of is logged. Account numbers and names are not: the log keeps no such texts.
_LOGGED = ("kind", "state", "partner_id", "penalty_account_id", "journal_id", "sister_company_id", "active")
MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"


class AiCounterpart(models.Model):
    """Recognised by account number, structured reference, partner or name. Only those that a person keeps count."""

    _name = "ai.counterpart"
    _description = "Counterpart of the Balance Sheet"
    _order = "state desc, kind, name, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", default=lambda self: self.env.company
    )
    name = fields.Char(required=True)
    kind = fields.Selection([(kind, KINDS[kind]) for kind in COUNTERPART_KINDS], required=True, default="tax_office")
    state = fields.Selection(
        [(PROPOSED, "Found"), (KEPT, "Kept")], required=True, default=KEPT, copy=False, readonly=True
    )
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        "res.partner", check_company=True, ondelete="restrict", help="Its bank accounts are known by themselves."
    )
    account_numbers = fields.Text(help="Bank account numbers that payments carry, one a line.")
    bank_names = fields.Text(string="Names at the Bank", help="What the bank calls it, one name a line.")
    claim_ids = fields.One2many("ai.counterpart.claim", "counterpart_id", string="What It Is Paid", copy=True)
    penalty_account_id = fields.Many2one(
        "account.account",
        string="Penalties and Interest",
        check_company=True,
        domain=[("account_type", "in", ("expense", "expense_other", "expense_direct_cost"))],
        help="Where too much that was paid may go, if a person says so. Nothing is booked there by itself.",
    )
    journal_id = fields.Many2one(
        "account.journal",
        string="Card's Own Journal",
        check_company=True,
        domain=[("type", "in", ("bank", "credit"))],
        help="Where the card's own statements are imported: a payment to the issuer is a transfer there.",
    )
    sister_company_id = fields.Many2one(
        "res.company", string="Its Books Here", help="The sister's own company in this database."
    )
    loan_ids = fields.One2many("ai.loan", "counterpart_id", string="Loans")
    found_text = fields.Char(string="Found By", readonly=True, copy=False)
    currency_id = fields.Many2one(related="company_id.currency_id")
    settled_count = fields.Integer(compute="_compute_settled_count", string="Settled")

    _name_uniq = models.UniqueIndex(
        "(company_id, kind, name) WHERE active", "There is a counterpart of this kind and name already."
    )

    @api.depends("name", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for counterpart in self:
            counterpart.display_name = f"{counterpart.name or ''} ({kinds.get(counterpart.kind, '')})"

    def _compute_settled_count(self):
        counts = dict(self.env.execute_query(self.env["ai.facts.counterpart"]._settled_counts(self.ids)))
        for counterpart in self:
            counterpart.settled_count = counts.get(counterpart.id, 0)

    # === RULES OF THE RECORD === #

    @api.constrains("account_numbers", "bank_names", "partner_id", "claim_ids", "state", "kind", "name")
    def _check_recognised(self):
        for counterpart in self.filtered(lambda each: each.state == KEPT):
            if not (counterpart._numbers() or counterpart._names() or counterpart._references()):
                raise ValidationError(
                    self.env._(
                        "%(name)s can't be recognised: give its partner, an account number, a name at the bank, or a "
                        "reference.",
                        name=counterpart.name,
                    )
                )

    @api.constrains("sister_company_id", "company_id")
    def _check_sister(self):
        for counterpart in self:
            if counterpart.sister_company_id and counterpart.sister_company_id == counterpart.company_id:
                raise ValidationError(self.env._("A company is not its own sister."))

    @api.model_create_multi
    def create(self, vals_list):
        """A person's own are kept; found ones wait for a person."""
        counterparts = super().create(vals_list)
        counterparts._log_counterparts("created", {})
        return counterparts

    def write(self, vals):
        if "state" in vals and not self.env.su:
            raise AccessError(self.env._("Use the buttons to keep what was found."))
        before = {counterpart.id: counterpart._logged() for counterpart in self}
        result = super().write(vals)
        if {*vals} & {*_LOGGED, "claim_ids", "account_numbers", "bank_names"}:
            self._log_counterparts("changed", before)
            self._look_again()
        return result

    @api.ondelete(at_uninstall=False)
    def _log_deleted(self):
        self._log_counterparts("deleted", {})

    def _logged(self):
        values = {}
        for name in _LOGGED:
            value = self[name]
            values[name] = value.id if isinstance(value, models.BaseModel) else value
        return {**values, "claims": [claim._logged() for claim in self.claim_ids]}

    def _log_counterparts(self, change, before):
        payloads = [
            {"change": change, "before": before.get(counterpart.id) or {}, "after": counterpart._logged()}
            for counterpart in self
        ]
        self.env["ai.audit.log"]._append("counterpart_changed", self, payloads)

    def _look_again(self):
        """Open lines are looked at anew: what was said counts at once."""
        lines = self.env["account.bank.statement.line"]
        # Who may change a counterpart may not see every journal; the run decides for all of them.
        for company in self.company_id:
            lines.sudo()._look_again(company)

    # === WHAT IT IS KNOWN BY === #

    def _numbers(self):
        """Sanitised account numbers: its own, and its partner's."""
        self.ensure_one()
        told = (self.account_numbers or "").splitlines()
        # The numbers of a partner that the counterpart names.
        told += self.partner_id.sudo().bank_ids.mapped("acc_number")
        numbers = ("".join(char for char in number.upper() if char.isalnum()) for number in told)
        return frozenset(number for number in numbers if number)

    def _names(self):
        """Names as words that identify it."""
        self.ensure_one()
        told = [*(self.bank_names or "").splitlines(), self.partner_id.sudo().name or ""]
        return tuple(dict.fromkeys(name for each in told if each.strip() and (name := core_name(each))))

    def _references(self):
        self.ensure_one()
        told = [*self.claim_ids.mapped("references"), *self.loan_ids.mapped("reference")]
        return [
            reference for each in told if each for reference in each.replace(";", ",").split(",") if reference.strip()
        ]

    # === WHAT A PERSON SAYS === #

    def action_keep(self):
        """Payments to it are settled from now on as it says. For managers."""
        self._check_manager()
        kept = self.filtered(lambda counterpart: counterpart.state == PROPOSED)
        for counterpart in kept:
            if not (counterpart.claim_ids or counterpart.loan_ids or counterpart.journal_id):
                raise UserError(
                    self.env._("Say first what %(name)s is paid, and on which account.", name=counterpart.name)
                )
        # The state is moved by this button only.
        kept.sudo().write({"state": KEPT})
        return True

    def action_drop(self):
        """It is none: it is not found again while it is archived. For managers."""
        self._check_manager()
        self.write({"active": False})
        return True

    def action_find(self):
        """Look through chart and bank lines for counterparts that nobody keeps yet, and show them. For managers."""
        self._check_manager()
        found = self._find(self.env.company)
        message = (
            self.env._("%(count)s found: keep those that are right.", count=len(found))
            if found
            else self.env._(
                "No further counterpart was found in the chart and the bank lines of %(company)s.",
                company=self.env.company.name,
            )
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": "info", "next": {"type": "ir.actions.client", "tag": "soft_reload"}},
        }

    def action_open_settled(self):
        """The suggestions that settled with it."""
        self.check_access("read")
        self.ensure_one()
        rows = self.env.execute_query(self.env["ai.facts.counterpart"]._settled_ids(self.ids))
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "ai.suggestion",
            "views": [(False, "list"), (False, "form")],
            "domain": Domain("id", "in", [row[0] for row in rows]),
        }

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers decide about counterparts."))
        self.check_access("write")
