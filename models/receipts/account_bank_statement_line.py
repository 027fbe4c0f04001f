"""A payment out that nothing explains yet, and what is expected to: a bill, or somebody's expense."""

from odoo import api, fields, models
from odoo.exceptions import UserError

BILL, EXPENSE = "bill", "expense"
#: What would book it to cost before its document is there.
_CODING = "bank_coding"


class AccountBankStatementLine(models.Model):
    _name = "account.bank.statement.line"
    _inherit = "account.bank.statement.line"

    ai_expected = fields.Selection(
        [(BILL, "Bill expected"), (EXPENSE, "New expense")],
        string="Expected",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="No account is proposed for it: its document is awaited.",
    )
    ai_expected_at = fields.Datetime(string="Marked", copy=False, readonly=True)
    ai_expected_by_id = fields.Many2one("res.users", string="Marked By", copy=False, readonly=True)
    ai_age = fields.Integer(string="Days", compute="_compute_ai_age", search="_search_ai_age")

    @api.depends("date")
    def _compute_ai_age(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.ai_age = (today - line.date).days if line.date else 0

    def _search_ai_age(self, operator, value):
        turned = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
        if operator not in turned or not isinstance(value, int):
            return NotImplemented
        return [("date", turned[operator], fields.Date.subtract(fields.Date.context_today(self), days=value))]

    # === ACTIONS === #

    def action_ai_expect_bill(self):
        """A vendor's bill will explain these payments: wait for it."""
        return self._ai_expect(BILL)

    def action_ai_expect_expense(self):
        """A colleague's expense report will explain these payments: wait for it."""
        return self._ai_expect(EXPENSE)

    def action_ai_expect_nothing(self):
        """Nothing is awaited any more; accounts are proposed again."""
        return self._ai_expect(False)

    def action_ai_new_document(self):
        """Open a new bill, or a purchase receipt for an expense, with what the bank knows. Saved by the person only."""
        self.ensure_one()
        self.env["ai.suggestion"].browse()._check_decider()
        self.check_access("read")
        if self.is_reconciled or self.amount >= 0:
            raise UserError(self.env._("Only an open payment out needs a document."))
        kind = "in_receipt" if self.ai_expected == EXPENSE else "in_invoice"
        context = {
            "default_move_type": kind,
            "default_partner_id": self.partner_id.id,
            "default_invoice_date": str(self.date),
            "default_currency_id": self.currency_id.id,
            "default_company_id": self.company_id.id,
            **self._ai_document_lines(),
        }
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "views": [(False, "form")],
            "context": context,
        }

    def _ai_document_lines(self):
        """One line over what was paid, on the purchase journal's own account; none where it has no account."""
        journal = self.env["account.journal"].search(
            [("type", "=", "purchase"), ("company_id", "=", self.company_id.id)], limit=1
        )
        if not journal.default_account_id:
            return {}
        # Taxes are the document's to tell: until then the total is what was paid, whatever is in it.
        row = {
            "name": self.payment_ref,
            "quantity": 1,
            "price_unit": -self.amount,
            "account_id": journal.default_account_id.id,
            "tax_ids": [(6, 0, [])],
        }
        return {"default_journal_id": journal.id, "default_invoice_line_ids": [(0, 0, row)]}

    def _ai_expect(self, what):
        self.env["ai.suggestion"].browse()._check_decider()
        self.check_access("write")
        wrong = self.filtered(lambda line: line.is_reconciled or line.amount >= 0)
        if wrong:
            raise UserError(
                self.env._(
                    "%(line)s is no open payment out: only those wait for a bill or an expense.",
                    line=wrong[0].payment_ref or wrong[0].display_name,
                )
            )
        marked = {"ai_expected_at": fields.Datetime.now(), "ai_expected_by_id": self.env.uid}
        nobody = {"ai_expected_at": False, "ai_expected_by_id": False}
        before = self.mapped("ai_expected")
        self.write({"ai_expected": what, **(marked if what else nobody)})
        payloads = [{"expected": [old or "", what or ""]} for old in before]
        self.env["ai.audit.log"]._append("expectation_changed", self.sudo(), payloads)
        if what:
            self._ai_drop_codings()
        else:
            self._set_findings(dict.fromkeys(self.ids, ("todo", None)))
            # Whoever decides may cause a run; running is the scheduler's right.
            self.env.ref("ai_bookkeeper.ir_cron_propose").sudo()._trigger()
        return True

    def _ai_drop_codings(self):
        """An account that was proposed is not proposed any more; a match with a document stays."""
        found = self.env["ai.suggestion"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("kind", "=", _CODING),
                ("state", "in", ("pending", "accepted", "failed")),
            ]
        )
        found._supersede(self.env._("Its document is awaited."))

    def _ai_has_document(self):
        """Whether a file is attached to the line or its entry."""
        self.ensure_one()
        return bool(
            self.env["ir.attachment"]
            .sudo()
            .search_count(
                [
                    ("res_field", "=", False),
                    "|",
                    *["&", ("res_model", "=", "account.move"), ("res_id", "=", self.move_id.id)],
                    *["&", ("res_model", "=", self._name), ("res_id", "=", self.id)],
                ],
                limit=1,
            )
        )

    # === CRUD === #

    def unlink(self):
        """A deleted line needs no receipt."""
        self.env["ai.receipt"].sudo().search([("res_id", "in", self.ids)]).unlink()
        return super().unlink()
