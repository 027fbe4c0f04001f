"""A loan and its plan: what each instalment is interest, redemption and fee."""

from collections import Counter
from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...engine.loans import BASES, KINDS, Change, PlanError, Terms, plan
from .loan_words import PLAN_PROBLEMS

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
KIND_NAMES = {"annuity": "Equal Payments", "linear": "Equal Redemptions", "bullet": "Redeemed at the End"}
BASIS_NAMES = {
    "30/360": "30 days a month, 360 a year",
    "act/365": "Actual days, 365 a year",
    "act/360": "Actual days, 360 a year",
}
DRAFT, RUNNING, CLOSED = "draft", "running", "closed"
#: What the computed plan depends on.
_TERMS = {
    "kind", "principal", "rate", "start", "first", "count", "months", "basis", "payment", "fee", "change_ids",
    "currency_id"
}  # fmt: skip
_LOGGED = (
    *sorted(_TERMS - {"change_ids"}),
    "account_id",
    "interest_account_id",
    "fee_account_id",
    "counterpart_id",
    "state",
)


class AiLoan(models.Model):
    _name = "ai.loan"
    _description = "Loan"
    _order = "company_id, state, name, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", default=lambda self: self.env.company
    )
    name = fields.Char(required=True)
    counterpart_id = fields.Many2one(
        "ai.counterpart", string="Lender", check_company=True, index=True, ondelete="restrict"
    )
    reference = fields.Char(string="Contract", help="As bank texts quote it; several are separated by commas.")
    is_lent = fields.Boolean(string="We Lend", help="The company lends: instalments come in.")
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id, ondelete="restrict"
    )
    principal = fields.Monetary(required=True)
    account_id = fields.Many2one(
        "account.account",
        string="Loan Account",
        required=True,
        check_company=True,
        domain="[('account_type', 'in', ('liability_current', 'liability_non_current', 'asset_current',"
        " 'asset_non_current', 'liability_payable', 'asset_receivable'))]",
    )
    interest_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        domain="[('internal_group', 'in', ('expense', 'income'))]",
    )
    fee_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        domain="[('internal_group', 'in', ('expense', 'income'))]",
    )
    source = fields.Selection(
        [("computed", "Computed"), ("imported", "The Lender's File")], default="computed", required=True
    )
    kind = fields.Selection([(kind, KIND_NAMES[kind]) for kind in KINDS], required=True, default="annuity")
    rate = fields.Float(string="Interest a Year (%)", digits=(7, 4), aggregator=False)
    start = fields.Date(string="Interest From", required=True, default=fields.Date.context_today)
    first = fields.Date(string="First Instalment", required=True, default=fields.Date.context_today)
    count = fields.Integer(string="Instalments", required=True, default=12, aggregator=False)
    months = fields.Selection(
        [("1", "Monthly"), ("2", "Every two months"), ("3", "Quarterly"), ("6", "Half-yearly"), ("12", "Yearly")],
        string="Paid",
        required=True,
        default="1",
    )
    basis = fields.Selection(
        [(basis, BASIS_NAMES[basis]) for basis in BASES], string="Days", required=True, default="30/360"
    )
    payment = fields.Monetary(
        string="Agreed Payment",
        help="Of equal payments, without fee. Empty: computed from rate and number of instalments.",
    )
    fee = fields.Monetary(string="Fee Each")
    state = fields.Selection(
        [(DRAFT, "Draft"), (RUNNING, "Running"), (CLOSED, "Closed")],
        required=True,
        default=DRAFT,
        readonly=True,
        copy=False,
    )
    change_ids = fields.One2many("ai.loan.change", "loan_id", string="Changes", copy=False)
    line_ids = fields.One2many("ai.loan.line", "loan_id", string="Plan", readonly=True, copy=False)
    is_shared = fields.Boolean(compute="_compute_is_shared", help="Other loans stand on the same account.")
    plan_balance = fields.Monetary(string="Owed by the Plan", compute="_compute_balances")
    books_balance = fields.Monetary(
        string="Owed in the Books",
        compute="_compute_balances",
        currency_field="company_currency_id",
        help="On the loan's account, in the company's currency.",
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    difference = fields.Monetary(compute="_compute_balances")
    next_date = fields.Date(string="Next Instalment", compute="_compute_balances")

    _amounts = models.Constraint(
        "CHECK(principal > 0 AND fee >= 0)", "A loan has a principal above zero, and no negative fee."
    )

    # === WHAT IS SHOWN === #

    def _compute_is_shared(self):
        counts = Counter()
        running = (
            self.env["ai.loan"]
            .sudo()
            ._read_group(
                [("state", "=", RUNNING), ("company_id", "in", self.company_id.ids)],
                ["company_id", "account_id"],
                ["__count"],
            )
        )
        for company, account, count in running:
            counts[company.id, account.id] = count
        for loan in self:
            own = loan.state == RUNNING
            loan.is_shared = counts[loan.company_id.id, loan.account_id.id] > own

    def _compute_balances(self):
        """Owed today, positive: by the instalments whose date has come, and by the account."""
        today = fields.Date.context_today(self)
        for company, loans in self.grouped("company_id").items():
            books = self.env["ai.facts.counterpart"]._loan_ledgers(company, loans.filtered("id"))
            for loan in loans:
                due = loan.line_ids.filtered(lambda line: line.date <= today)
                ledger = books.get(loan.id)
                sign = 1 if loan.is_lent else -1
                loan.plan_balance = due[-1:].after if due else (loan.principal if loan.start <= today else 0.0)
                loan.books_balance = float(ledger.at(today) * sign) if ledger else 0.0
                told = not loan.is_shared and loan.currency_id == company.currency_id
                loan.difference = loan.books_balance - loan.plan_balance if told else 0.0
                later = loan.line_ids.filtered(lambda line: line.date > today)
                loan.next_date = later[:1].date

    # === THE PLAN === #

    def _terms(self):
        self.ensure_one()
        return Terms(
            kind=self.kind,
            principal=self._money(self.principal),
            rate=Decimal(str(round(self.rate, 6))),
            start=self.start,
            first=self.first,
            count=self.count,
            months=int(self.months),
            basis=self.basis,
            payment=self._money(self.payment) if self.payment else None,
            fee=self._money(self.fee),
            places=self.currency_id.decimal_places,
        )

    def _money(self, amount):
        places = self.currency_id.decimal_places
        return Decimal(f"{amount or 0.0:.{places}f}")

    def _computed(self):
        """``Instalment`` of the terms and changes, in words that a bookkeeper understands where there is no plan."""
        changes = []
        for change in self.change_ids:
            told = {"rate": Decimal(str(round(change.rate, 6))), "extra": self._money(change.extra)}
            changes.append(Change(change.date, keeps=change.keeps, **{change.kind: told[change.kind]}))
        try:
            return plan(self._terms(), changes)
        except PlanError as error:
            template = self.env._(PLAN_PROBLEMS[error.code])
            raise UserError(template % {name: str(value) for name, value in error.values.items()}) from error

    def _replan(self):
        """The plan of the terms as they are; instalments that are booked must not become others."""
        for loan in self.filtered(lambda each: each.source == "computed"):
            loan._replace_lines(loan._computed())

    def _replace_lines(self, instalments):
        self.ensure_one()
        booked = {(line.date, line.is_extra): line for line in self.line_ids if line.bank_line_id}
        commands = [Command.clear()]
        for number, each in enumerate(instalments, 1):
            old = booked.pop((each.date, each.is_extra), self.env["ai.loan.line"])
            if old and old._amounts() != (each.payment, each.interest, each.principal, each.fee):
                raise self._booked_otherwise(old)
            commands.append(
                Command.create({**old._values_of(each), "number": number, "bank_line_id": old.bank_line_id.id})
            )
        for old in booked.values():
            raise self._booked_otherwise(old)
        # Lines are made from the terms, or read from the lender's file; nobody writes them.
        self.sudo().write({"line_ids": commands})

    def _booked_otherwise(self, line):
        return UserError(
            self.env._(
                "The instalment of %(date)s is booked with %(payment)s: date the change after it, or undo it first.",
                date=line.date,
                payment=line.payment,
            )
        )

    # === WHAT A PERSON DOES === #

    def action_start(self):
        """The plan holds: instalments are proposed by it from now on. For managers."""
        self._check_manager()
        for loan in self:
            if not loan.counterpart_id:
                raise UserError(self.env._("Say who the lender is: its payments are recognised by that."))
            loan._replan()
            if not loan.line_ids:
                raise UserError(self.env._("The loan has no plan yet: import the lender's file."))
            missing = loan._missing_accounts()
            if missing:
                raise UserError(missing)
        self._move_to(RUNNING)
        self.counterpart_id._look_again()
        return True

    def action_replan(self):
        """Compute the plan of the terms as they are now. For managers."""
        self._check_manager()
        self._replan()
        return True

    def action_close(self):
        """Nothing is proposed by it any more. For managers."""
        self._check_manager()
        self._move_to(CLOSED)
        return True

    def action_draft(self):
        """Back to draft: the terms may be changed, and it is not used meanwhile. For managers."""
        self._check_manager()
        self._move_to(DRAFT)
        return True

    def _missing_accounts(self):
        if not self.interest_account_id and any(line.interest for line in self.line_ids):
            return self.env._("Say on which account the interest is booked.")
        if not self.fee_account_id and any(line.fee for line in self.line_ids):
            return self.env._("Say on which account the fee is booked.")
        return None

    def _move_to(self, state):
        # The state is moved by the buttons only.
        self.sudo().write({"state": state})

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers decide about loans."))
        self.check_access("write")

    # === WRITING === #

    @api.constrains("counterpart_id", "is_lent", "account_id")
    def _check_kind(self):
        for loan in self:
            if loan.account_id.internal_group not in ("asset", "liability"):
                raise ValidationError(self.env._("A loan stands on an account of the balance sheet."))

    @api.model_create_multi
    def create(self, vals_list):
        loans = super().create(vals_list)
        loans._log_loans("created")
        return loans

    def write(self, vals):
        if "state" in vals and not self.env.su:
            raise AccessError(self.env._("Use the buttons to start or close a loan."))
        result = super().write(vals)
        if _TERMS & {*vals}:
            self.filtered(lambda loan: loan.state == RUNNING)._replan()
        if {*vals} & {*_LOGGED, "change_ids", "line_ids"}:
            self._log_loans("changed")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        if self.line_ids.filtered("bank_line_id"):
            raise UserError(self.env._("Instalments of this loan are booked: close it instead."))
        self._log_loans("deleted")

    def _log_loans(self, change):
        payloads = []
        for loan in self:
            values = {}
            for name in _LOGGED:
                value = loan[name]
                values[name] = value.id if isinstance(value, models.BaseModel) else value
            values.update(start=str(loan.start), first=str(loan.first), instalments=len(loan.line_ids))
            changes = [[str(each.date), each.kind, each.rate, each.extra, each.keeps] for each in loan.change_ids]
            payloads.append({"change": change, "loan": values, "changes": changes})
        self.env["ai.audit.log"]._append("loan_changed", self, payloads)
