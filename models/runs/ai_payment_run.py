"""A payment file that was sent to the bank: what it asked for, and what became of it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..audit.readable import sees_all_books

REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
LINE_MODEL = "account.bank.statement.line"


class AiPaymentRun(models.Model):
    """One batch (``PmtInf``) of a file: what the bank executes on one day and may show as one sum.

    People read these records; only the methods here and the proposers of bank lines write them.
    """

    _name = "ai.payment.run"
    _inherit = ["ai.journal.mixin"]
    _description = "Payment File"
    _order = "date desc, id desc"
    _check_company_auto = True
    _ai_is_target = True

    name = fields.Char(string="Batch", required=True, readonly=True, help="The name of the batch in the file.")
    message = fields.Char(string="File Reference", readonly=True)
    filename = fields.Char(string="File", readonly=True)
    checksum = fields.Char(readonly=True, index=True, help="SHA-256 of the file.")
    direction = fields.Selection([("credit", "Payments"), ("debit", "Collection")], required=True, readonly=True)
    is_wages = fields.Boolean(string="Wages", readonly=True)
    state = fields.Selection(
        [("sent", "Sent"), ("part", "Booked in Part"), ("booked", "Booked"), ("refused", "Refused")],
        compute="_compute_state",
        store=True,
        help="Sent: its bank line is not booked yet. Refused: the bank executed nothing of it.",
    )
    is_open = fields.Boolean(compute="_compute_state", store=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    journal_id = fields.Many2one(
        "account.journal", string="Bank Account", readonly=True, index=True, check_company=True, ondelete="cascade"
    )
    wage_journal_id = fields.Many2one(
        "account.journal",
        string="Payroll Journal",
        readonly=True,
        check_company=True,
        ondelete="set null",
        help="Who may not read this journal does not see this file either.",
    )
    date = fields.Date(string="To Be Executed", required=True, readonly=True, index=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(string="Total", readonly=True)
    amount_open = fields.Monetary(string="Not Booked", compute="_compute_state", store=True)
    line_count = fields.Integer(string="Payments", readonly=True)
    unknown_count = fields.Integer(string="Without Partner", compute="_compute_state", store=True)
    notes = fields.Text(readonly=True)
    line_ids = fields.One2many("ai.payment.run.line", "run_id", string="Orders", readonly=True)

    _batch_once = models.Constraint(
        "UNIQUE (company_id, message, name, checksum)", "This batch of the file has been read already."
    )
    _open_idx = models.Index("(company_id, date) WHERE is_open")

    @api.depends("line_ids.state", "line_ids.amount", "line_ids.partner_id")
    def _compute_state(self):
        groups = self.env["ai.payment.run.line"]._read_group(
            [("run_id", "in", self.ids)], ["run_id", "state"], ["amount:sum", "__count"]
        )
        found = {}
        for run, state, amount, count in groups:
            found.setdefault(run.id, {})[state] = (amount, count)
        unknown = dict(
            self.env["ai.payment.run.line"]._read_group(
                [("run_id", "in", self.ids), ("partner_id", "=", False)], ["run_id"], ["__count"]
            )
        )
        for run in self:
            states = found.get(run.id) or {}
            booked = bool(states.get("booked") or states.get("returned"))
            run.is_open = bool(states.get("sent"))
            run.amount_open = states.get("sent", (0.0, 0))[0]
            run.unknown_count = unknown.get(run, 0)
            if run.is_open:
                run.state = "part" if booked else "sent"
            else:
                run.state = "booked" if booked else "refused"

    # === WHO SEES WHAT === #

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._wages_domain()
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        checked = self - result[0] if result else self
        wages = checked.sudo().filtered("is_wages").sudo(self.env.su)
        if self.env.su or not wages:
            return result
        hidden = wages - wages.sudo().filtered_domain(self._wages_domain()).sudo(False)
        if not hidden:
            return result
        forbidden = hidden + result[0] if result else hidden
        return forbidden, lambda: AccessError(self.env._("These are wages: the journal of payroll is closed to you."))

    @api.model
    def _wages_domain(self):
        """Wages are seen by those who may read the entries of the journal that they were accrued in."""
        if sees_all_books(self.env):
            return Domain.TRUE
        used = self.sudo().search([("is_wages", "=", True)]).wage_journal_id
        open_ids = self.env["ai.suggestion"]._open_journal_ids(used)
        return Domain("is_wages", "=", False) | Domain("wage_journal_id", "in", open_ids)

    @api.model
    def _check_taker(self):
        if not (self.env.su or self.env.user.has_group(REVIEWER)):
            raise AccessError(self.env._("Only a Bookkeeping Reviewer reads payment files."))

    # === ACTIONS === #

    def action_open_lines(self):
        """Show the bank lines that these files were booked on, and came back on."""
        self.check_access("read")
        orders = self.line_ids
        lines = orders.statement_line_id | orders.return_line_id
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.account_bank_statement_line_action")
        return {**action, "domain": [("id", "in", lines.ids)], "context": {}}

    def action_look_again(self):
        """Look for partners and bank lines of these files again: a partner got an account number, say."""
        self._check_taker()
        self.check_access("read")
        for run in self:
            self.env["ai.payment.run.take"]._find_partners(run.sudo().line_ids)
        self._propose()
        return True

    def action_remove(self):
        """Forget these files: read by mistake. What is booked keeps its entries, so undo that first."""
        self._check_taker()
        self.check_access("read")
        runs = self.sudo()
        booked = runs.filtered(lambda run: run.state != "refused" and any(line.state in ("booked", "returned")
                                                                          for line in run.line_ids))  # fmt: skip
        if booked:
            raise UserError(
                self.env._("%(name)s is booked. Undo the booking of its bank line first.", name=booked[0].name)
            )
        payloads = [{"checksum": run.checksum, "orders": run.line_count, "removed": True} for run in runs]
        self.env["ai.audit.log"]._append("run_changed", runs, payloads)
        lines = runs._bank_lines()
        runs.unlink()
        self._propose_lines(lines)
        return self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_payment_run_action")

    # === BANK LINES === #

    def _propose(self):
        self._propose_lines(self._bank_lines())

    def _bank_lines(self):
        """Open bank lines that these files may be behind: of their account, around their day."""
        found = self.env[LINE_MODEL]
        for run in self.sudo():
            domain = [
                ("company_id", "=", run.company_id.id),
                ("is_reconciled", "=", False),
                ("date", ">=", fields.Date.add(run.date, days=-4)),
                ("date", "<=", fields.Date.add(run.date, days=12)),
                ("amount", "<" if run.direction == "credit" else ">", 0),
                *([("journal_id", "=", run.journal_id.id)] if run.journal_id else []),
            ]
            found |= found.search(domain, limit=200)
        return found

    def _propose_lines(self, lines):
        lines = lines.exists()._filtered_access("write")
        if lines:
            self.env["ai.suggestion"].propose(LINE_MODEL, lines.ids)
