"""The day on which a bank account that was kept by hand goes over to the bank's own statements."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...engine import lifecycle
from ...engine.vocabulary import ACCEPTED, CUT_OVER_STATES

REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
STATE_LABELS = {"open": "Waiting", "done": "Done", "undone": "Undone", "dropped": "Dropped"}
#: Compared by identity, so no RPC client can forge it.
_STATE_GATE = object()


class AiCutOver(models.Model):
    """One a bank journal, from the first file that met entries posted by hand. People read it; its methods write it.

    Amounts are in the journal's currency, a balance in favour of the company is positive. What a person said is in
    ``said``: ``pairs`` {key of a bank line: [ids of journal items]}, ``kept`` and ``moved`` (ids of journal items),
    ``taken`` (keys of bank lines).
    """

    _name = "ai.cut.over"
    _inherit = "ai.journal.mixin"
    _description = "Bank Cut-Over"
    _order = "id desc"
    _check_company_auto = True
    _ai_is_target = True

    name = fields.Char(compute="_compute_name")
    state = fields.Selection(
        [(state, STATE_LABELS[state]) for state in CUT_OVER_STATES], required=True, default="open", readonly=True
    )
    journal_id = fields.Many2one(
        "account.journal", required=True, readonly=True, index=True, check_company=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    date = fields.Date(string="Cut-Over Day", readonly=True, help="Up to this day the books stay as they were kept.")
    is_date_chosen = fields.Boolean(readonly=True, string="Chosen by a Person")
    first_day = fields.Date(readonly=True, string="Earliest Day")
    last_day = fields.Date(readonly=True, string="Latest Day")
    bank_known = fields.Boolean(readonly=True)
    bank_stated = fields.Monetary(readonly=True, string="Stated Balance")
    is_bank_stated = fields.Boolean(readonly=True, help="A person told the balance: the files do not.")
    bank_balance = fields.Monetary(readonly=True, string="Balance by Bank")
    ledger_balance = fields.Monetary(readonly=True, string="Balance by Ledger")
    difference = fields.Monetary(compute="_compute_difference")
    on_its_way = fields.Monetary(
        readonly=True, help="What was booked up to the day and comes to the bank later, less what the bank had earlier."
    )
    taken_amount = fields.Monetary(readonly=True, string="Imported All the Same")
    unexplained = fields.Monetary(readonly=True)
    counts = fields.Json(readonly=True)
    line_count = fields.Integer(readonly=True, string="Bank Lines")
    entry_count = fields.Integer(readonly=True, string="Entries by Hand")
    left_out_count = fields.Integer(readonly=True, string="Lines Left Out")
    imported_count = fields.Integer(readonly=True, string="Lines to Import")
    moved_count = fields.Integer(readonly=True, string="Entries Moved")
    asked_count = fields.Integer(readonly=True, string="To Choose")
    is_shared = fields.Boolean(readonly=True, help="Other bank journals post to the same account.")
    posts_directly = fields.Boolean(
        readonly=True, help="Payments of this journal are posted to the bank account itself."
    )
    is_automatic = fields.Boolean(readonly=True, help="Books and bank agreed to the cent: nobody had to decide.")
    said = fields.Json(readonly=True)
    mark = fields.Char(readonly=True, help="Of the entries that it was worked out from.")
    line_ids = fields.One2many("ai.cut.over.line", "cut_over_id", readonly=True)
    item_ids = fields.One2many("ai.cut.over.item", "cut_over_id", readonly=True)
    import_ids = fields.One2many("ai.bank.import", "cut_over_id", readonly=True, string="Files")
    suggestion_id = fields.Many2one("ai.suggestion", compute="_compute_suggestion_id")
    waits_for_second = fields.Boolean(compute="_compute_suggestion_id", help="Somebody accepted it, another must too.")
    done_at = fields.Datetime(readonly=True)

    _open_uniq = models.UniqueIndex("(journal_id) WHERE state IN ('open', 'done')", "A bank journal has one cut-over.")

    # === COMPUTE === #

    @api.depends("journal_id", "date")
    def _compute_name(self):
        for record in self:
            record.name = self.env._("Cut-over of %(journal)s", journal=record.journal_id.sudo().name or "")

    @api.depends("bank_balance", "ledger_balance", "bank_known")
    def _compute_difference(self):
        for record in self:
            record.difference = record.bank_balance - record.ledger_balance if record.bank_known else 0.0

    @api.depends("state")
    def _compute_suggestion_id(self):
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids), ("kind", "=", "cut_over")]
        latest = {found.res_id: found for found in self.env["ai.suggestion"]._visible(domain, order="id")}
        for record in self:
            found = latest.get(record._origin.id, self.env["ai.suggestion"])
            record.suggestion_id = found
            record.waits_for_second = found.state == ACCEPTED

    # === STATE === #

    def write(self, vals):
        if not self.env.su:
            raise AccessError(self.env._("A cut-over is changed with its buttons."))
        if "state" in vals and self.env.context.get("ai_cut_over_gate") is not _STATE_GATE:
            raise UserError(self.env._("The state of a cut-over follows from what is done with it."))
        return super().write(vals)

    def _move_to(self, state, **values):
        """The one way to another state; writes ``values`` with it."""
        for record in self:
            if not lifecycle.allowed(lifecycle.CUT_OVER_MOVES, record.state, state):
                raise UserError(self.env._("%(name)s is decided already. Reload and look again.", name=record.name))
        self.sudo().with_context(ai_cut_over_gate=_STATE_GATE).write({**values, "state": state})

    def _check_person(self):
        """Reviewers decide, about journals that they may read."""
        if not (self.env.su or self.env.user.has_group(REVIEWER)):
            raise AccessError(
                self.env._("Only a Bookkeeping Reviewer decides a cut-over. Ask a manager for that role.")
            )
        self.check_access("read")

    def _check_open(self):
        self.ensure_one()
        self._check_person()
        if self.state != "open":
            raise UserError(self.env._("%(name)s is decided already. Reload and look again.", name=self.name))

    # === SCREENS === #

    def _open(self):
        """The action that shows this one."""
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_cut_over_action")
        return {**action, "res_id": self.id, "views": [(False, "form")], "view_mode": "form", "context": {}}

    def action_open_entries(self):
        """Show the entries that it moved, and those that moved them."""
        self.ensure_one()
        self.check_access("read")
        items = self.item_ids
        moves = items.move_line_id.move_id | items.outstanding_item_id.move_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Entries"),
            "res_model": "account.move",
            "domain": [("id", "in", moves.ids)],
            "views": [(False, "list"), (False, "form")],
        }

    def action_open_bank_lines(self):
        """Show the bank lines that came with it."""
        self.ensure_one()
        self.check_access("read")
        return self.import_ids.action_open_lines()
