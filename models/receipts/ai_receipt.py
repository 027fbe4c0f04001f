"""A purchase that was coded straight from the bank, and whether the document for it is there."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, formatLang

LINE_MODEL = "account.bank.statement.line"
MISSING, RECEIVED, WAIVED = "missing", "received", "waived"
#: What a reviewer may write; everything else follows the books.
WRITABLE = frozenset(("holder_id", "note"))


class AiReceipt(models.Model):
    """One bank line. Made and taken away by ``_refresh`` as the books change; see ``docs/receipts.md``."""

    _name = "ai.receipt"
    _inherit = "ai.target.mixin"
    _description = "Missing Receipt"
    _order = "date, id"
    _rec_name = "label"
    _check_company_auto = True
    _ai_is_target = True

    res_model = fields.Char(required=True, readonly=True, default=LINE_MODEL)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True, string="Bank Line")
    state = fields.Selection(
        [(MISSING, "Receipt missing"), (RECEIVED, "Received"), (WAIVED, "None will come")],
        required=True,
        default=MISSING,
        readonly=True,
        index=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    journal_id = fields.Many2one("account.journal", readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True, ondelete="set null")
    payee = fields.Char(readonly=True)
    label = fields.Char(readonly=True, string="Bank Text")
    date = fields.Date(required=True, readonly=True)
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    vat = fields.Monetary(
        readonly=True,
        string="VAT Claimed",
        currency_field="company_currency_id",
        help="Input VAT that was booked without the document that the claim needs.",
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id", related_sudo=True)
    account_names = fields.Char(readonly=True, string="Booked To")
    age = fields.Integer(compute="_compute_age", search="_search_age", string="Days")
    holder_id = fields.Many2one("res.partner", string="Card Holder", index="btree_not_null", ondelete="set null")
    note = fields.Char()
    asked_at = fields.Datetime(readonly=True, string="Last Mailed")
    times_asked = fields.Integer(readonly=True, string="Mails")
    answer = fields.Char(compute="_compute_answer")
    received_at = fields.Datetime(readonly=True, string="Received")
    waived_by_id = fields.Many2one("res.users", readonly=True)

    _line_uniq = models.UniqueIndex("(res_id)", "A bank line has one receipt.")
    _missing_idx = models.Index("(company_id, date) WHERE state = 'missing'")

    @api.model
    def _target_models(self):
        """Bank lines only: to ask every other target, which may ask this one, would never end."""
        return [LINE_MODEL]

    # === COMPUTE === #

    @api.depends("date")
    def _compute_age(self):
        today = fields.Date.context_today(self)
        for receipt in self:
            receipt.age = (today - receipt.date).days if receipt.date else 0

    def _search_age(self, operator, value):
        turned = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
        if operator not in turned or not isinstance(value, int):
            return NotImplemented
        return [("date", turned[operator], fields.Date.subtract(fields.Date.context_today(self), days=value))]

    def _compute_answer(self):
        """What the holder said last, also where no document came with it."""
        cards = self.env["ai.question"]._cards([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        for receipt in self:
            said = [card for card in cards.get((self._name, receipt._origin.id), []) if card["state"] == "answered"]
            receipt.answer = " ".join(filter(None, (said[0]["answer"], said[0]["note"]))) if said else False

    # === CRUD === #

    def write(self, vals):
        if not self.env.su and set(vals) - WRITABLE:
            raise AccessError(self.env._("Only the card holder and the note of a missing receipt are written by hand."))
        return super().write(vals)

    # === WHAT THE CLOSING ASKS === #

    @api.model
    def _holds_close(self, company, date):
        """The receipts that keep ``company`` from closing up to ``date``: input VAT is claimed, its document missing.

        Looks at the books anew first, so that what was coded in Odoo's own screens counts too.
        """
        self._refresh(company)
        return self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", MISSING), ("vat", "!=", 0), ("date", "<=", date)]
        )

    # === DECIDING === #

    def action_waive(self):
        """No document will come. Where input VAT was claimed, it is given back first: see ``action_book_gross``."""
        self._check_reviewer()
        claimed = self.filtered(lambda receipt: not receipt.company_currency_id.is_zero(receipt.vat))
        if claimed:
            raise UserError(
                self.env._(
                    "%(count)s of these claim input VAT, %(first)s for one. Book them gross first: without a document "
                    "there is nothing to claim.",
                    count=len(claimed),
                    first=claimed[0]._told(),
                )
            )
        return self._set_state(WAIVED, {"waived_by_id": self.env.uid})

    def action_chase_again(self):
        """A document is wanted after all."""
        self._check_reviewer()
        waived = self.filtered(lambda receipt: receipt.state == WAIVED)
        return waived._set_state(MISSING, {"waived_by_id": False})

    def action_open_line(self):
        """Open the bank line, with its entry and its files."""
        return self._open_target()

    def action_open_entry(self):
        """Open the journal entry: its chatter takes the document."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self._lines().move_id.id,
            "views": [(False, "form")],
        }

    def _check_reviewer(self):
        self.env["ai.suggestion"].browse()._check_decider()
        self.check_access("write")

    def _set_state(self, state, values):
        before = self.mapped("state")
        # The callers have checked the reviewer's right; by hand nobody writes the state.
        self.sudo().write({"state": state, **values})
        payloads = [{"receipt": [old, state]} for old in before]
        self.env["ai.audit.log"]._append("receipt_changed", self._lines().sudo(), payloads)
        return True

    def _lines(self):
        """The bank lines, in the order of the receipts."""
        return self.env[LINE_MODEL].browse(self.mapped("res_id"))

    def _told(self):
        """``Shell, 54.20 of 12 March``."""
        amount = formatLang(self.env, abs(self.amount), currency_obj=self.currency_id)
        return f"{self.payee or self.label}, {amount}, {format_date(self.env, self.date)}"
