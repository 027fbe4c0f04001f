"""A payout of a provider: what one transfer to the bank consists of."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

TAKEN, BOOKED = "taken", "booked"
#: What the rows of each kind are summed into.
SUMS = {
    "sale": "gross",
    "chargeback_won": "chargebacks",
    "refund": "refunds",
    "chargeback": "chargebacks",
    "reserve_held": "reserve",
    "reserve_released": "reserve",
    "adjustment": "adjustments",
}


class AiPayout(models.Model):
    """Made from a settlement file; only its suggestion books it. People read it and say what its rows pay."""

    _name = "ai.payout"
    _inherit = "ai.journal.mixin"
    _description = "Provider Payout"
    _order = "date desc, id desc"
    _check_company_auto = True
    _ai_is_target = True

    name = fields.Char(string="Payout", required=True, readonly=True)
    is_named = fields.Boolean(readonly=True, help="The file tells its reference; else the file's name stands for it.")
    provider_id = fields.Many2one(
        "ai.payment.provider", required=True, readonly=True, index=True, check_company=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    journal_id = fields.Many2one(related="provider_id.journal_id", store=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    amount = fields.Monetary(string="Paid Out", readonly=True, help="What goes to the bank; negative: it is debited.")
    gross = fields.Monetary(string="Sales", readonly=True)
    refunds = fields.Monetary(readonly=True)
    chargebacks = fields.Monetary(readonly=True)
    reserve = fields.Monetary(readonly=True, help="Withheld (negative) or released.")
    adjustments = fields.Monetary(readonly=True)
    fee = fields.Monetary(string="Fees", readonly=True, help="Kept by the provider, tax included.")
    fee_tax = fields.Monetary(string="Tax in Fees", readonly=True)
    has_fee_tax = fields.Boolean(readonly=True, help="The file tells the tax in the fees.")
    kept = fields.Monetary(
        string="Kept by the Provider", readonly=True, help="What the rows make beyond the transfer; it stays there."
    )
    line_ids = fields.One2many("ai.payout.line", "payout_id", string="Rows", readonly=True)
    line_count = fields.Integer(string="Row Count", readonly=True)
    asked_count = fields.Integer(compute="_compute_counts", string="Asked")
    left_count = fields.Integer(compute="_compute_counts", string="Not Explained")
    filename = fields.Char(string="File", readonly=True)
    checksum = fields.Char(readonly=True, help="SHA-256 of the file.")
    attachment_id = fields.Many2one("ir.attachment", string="Kept File", readonly=True, copy=False)
    notes = fields.Json(readonly=True)
    user_id = fields.Many2one("res.users", string="Taken By", readonly=True)
    state = fields.Selection([(TAKEN, "To Book"), (BOOKED, "Booked")], required=True, default=TAKEN, readonly=True)
    is_to_book = fields.Integer(compute="_compute_is_to_book", store=True)
    move_id = fields.Many2one("account.move", string="Entry", readonly=True, index="btree_not_null", copy=False)
    net_item_id = fields.Many2one(
        "account.move.line", string="Item for the Bank", readonly=True, index="btree_not_null", copy=False
    )
    bank_left = fields.Monetary(compute="_compute_left", string="Bank Still Owes", help="Not shown by the bank yet.")
    rows_left = fields.Monetary(
        compute="_compute_left", string="Left on Clearing", help="Rows that nothing explains yet."
    )
    status = fields.Selection(
        [("to_book", "To Book"), ("bank", "Waits for the Bank"), ("left", "Something Left"), ("settled", "Settled")],
        compute="_compute_left",
        search="_search_status",
    )
    suggestion_id = fields.Many2one("ai.suggestion", compute="_compute_suggestion_id")

    _name_uniq = models.UniqueIndex("(provider_id, name, currency_id)", "This payout was taken before.")
    _checksum_idx = models.Index("(provider_id, checksum)")

    # === COMPUTE === #

    @api.depends("state")
    def _compute_is_to_book(self):
        for payout in self:
            payout.is_to_book = int(payout.state == TAKEN)

    @api.depends("line_ids.how")
    def _compute_counts(self):
        groups = self.env["ai.payout.line"]._read_group(
            [("payout_id", "in", self.ids), ("how", "in", ("asked", "nothing"))], ["payout_id", "how"], ["__count"]
        )
        counts = {(payout.id, how): count for payout, how, count in groups}
        for payout in self:
            payout.asked_count = counts.get((payout.id, "asked"), 0)
            payout.left_count = counts.get((payout.id, "nothing"), 0)

    @api.depends("move_id", "net_item_id.amount_residual", "state")
    def _compute_left(self):
        found = self._left()
        for payout in self:
            bank, rows = found.get(payout._origin.id, (0.0, 0.0))
            payout.bank_left, payout.rows_left = bank, rows
            booked = "left" if rows else "bank" if bank else "settled"
            payout.status = "to_book" if payout.state == TAKEN else booked

    def _left(self):
        """{payout id: (what the bank has not shown, what other open items on the clearing account make)}"""
        if not self.ids:
            return {}
        self.env["account.move.line"].flush_model()
        self.flush_model(["move_id", "net_item_id", "provider_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.id,
                       COALESCE(SUM(aml.amount_residual_currency) FILTER (WHERE aml.id = p.net_item_id), 0),
                       COALESCE(SUM(aml.amount_residual_currency)
                                FILTER (WHERE aml.id IS DISTINCT FROM p.net_item_id), 0)
                  FROM ai_payout p
                  JOIN ai_payment_provider v ON v.id = p.provider_id
                  JOIN account_move_line aml ON aml.move_id = p.move_id AND aml.account_id = v.clearing_account_id
                 WHERE p.id = ANY(%s) AND aml.parent_state = 'posted' AND aml.reconciled IS NOT TRUE
                 GROUP BY p.id
                """,
                list(self.ids),
            )
        )
        return {key: (bank, left) for key, bank, left in rows}

    def _search_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        booked = self.search([("state", "=", BOOKED)])
        found = booked._left()
        ids = []
        for payout in booked:
            bank, rows = found.get(payout.id, (0.0, 0.0))
            if ("left" if rows else "bank" if bank else "settled") in value:
                ids.append(payout.id)
        domain = [("id", "in", ids)]
        return ["|", ("state", "=", TAKEN), *domain] if "to_book" in value else domain

    def _compute_suggestion_id(self):
        """The open suggestion, else the one that booked it."""
        suggestions = self.env["ai.suggestion"]
        found = suggestions._visible(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("state", "in", ("pending", "accepted",
              "applied", "failed"))], order="id"
        )  # fmt: skip
        by_id = {suggestion.res_id: suggestion for suggestion in found}
        for payout in self:
            payout.suggestion_id = by_id.get(payout._origin.id, suggestions)

    # === WRITING === #

    def write(self, vals):
        """Reviewers decide about payouts, so they may write them; what stands in them is the file's."""
        self.check_access("write")
        if self.env.su:
            return super().write(vals)
        # The form saves what people say of rows with the payout.
        commands = vals.get("line_ids")
        told = commands if set(vals) == {"line_ids"} and isinstance(commands, list) else []
        known = set(self.line_ids.ids)
        if not told or any(len(each) != 3 or each[0] != 1 or each[1] not in known for each in told):
            raise UserError(self.env._("A payout stands as its file says. Say in its rows what they pay."))
        for _update, line_id, values in told:
            self.line_ids.browse(line_id).write(values)
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booked(self):
        if self.filtered(lambda payout: payout.state == BOOKED):
            raise UserError(self.env._("Undo the booking of this payout first."))

    # === ACTIONS === #

    def action_propose(self):
        """Look at these payouts anew."""
        self.check_access("read")
        self._follow_books()
        self.env["ai.suggestion"].propose(self._name, self.filtered(lambda payout: payout.state == TAKEN).ids)
        self.invalidate_recordset()
        return True

    def _follow_books(self):
        """Payouts whose entry was taken back by hand, in Odoo, are to be booked again."""
        # What stands in the books is read for the addon; the payouts' access was checked.
        payouts = self.sudo().filtered(
            lambda payout: (
                payout.state == BOOKED and (payout.move_id.state != "posted" or payout.move_id.reversal_move_ids)
            )
        )
        payouts.write({"state": TAKEN, "move_id": False, "net_item_id": False})

    def action_open_suggestion(self):
        self.ensure_one()
        self.check_access("read")
        if not self.suggestion_id:
            raise UserError(self.env._("Nothing is proposed for this payout. Propose it first."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "ai.suggestion",
            "res_id": self.suggestion_id.id,
            "views": [(False, "form")],
        }

    def action_open_move(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [(False, "form")],
        }

    def action_accept(self):
        """Book what is proposed for these payouts."""
        self._check_taker()
        self.check_access("read")
        waiting = self.suggestion_id.filtered(lambda suggestion: suggestion.state in ("pending", "accepted", "failed"))
        if not waiting:
            raise UserError(self.env._("Nothing is proposed for this payout. Propose it first."))
        return waiting.action_accept()

    def action_undo(self):
        """Take the booking of these payouts back."""
        self._check_taker()
        self.check_access("read")
        booked = self.suggestion_id.filtered(lambda suggestion: suggestion.state == "applied")
        if not booked:
            raise UserError(self.env._("This payout is not booked."))
        return booked.action_undo()

    def action_drop(self):
        """Forget payouts that are not booked, so that their file can be taken again."""
        self._check_taker()
        self.check_access("write")
        if any(payout.state == BOOKED for payout in self):
            raise UserError(self.env._("Undo the booking of this payout first."))
        self.env["ai.audit.log"]._append("payout_dropped", self, [{"checksum": payout.checksum} for payout in self])
        open_ones = (
            self.env["ai.suggestion"]
            .sudo()
            .search(
                [("res_model", "=", self._name), ("res_id", "in", self.ids), ("state", "in", ("pending", "accepted"))]
            )
        )
        open_ones._supersede(self.env._("The payout was dropped."))
        self.sudo().unlink()
        return self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_payout_action")
