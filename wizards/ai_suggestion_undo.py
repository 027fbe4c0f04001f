"""Undo many: what is chosen, what it would do, and what became of each."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.vocabulary import KINDS

#: Suggestions that one transaction undoes: some seconds of work, and never half a suggestion.
SLICE = 20


class AiSuggestionUndo(models.TransientModel):
    _name = "ai.suggestion.undo"
    _description = "Undo Bookings"

    step = fields.Selection([("choose", "Choose"), ("look", "Look"), ("done", "Done")], default="choose", required=True)
    scope = fields.Selection(
        [("selection", "The selected ones"), ("decision", "All of the same click"), ("criteria", "All that fit")],
        default="criteria",
        required=True,
        string="Which",
    )
    suggestion_ids = fields.Many2many("ai.suggestion", string="Selected")
    selected_count = fields.Integer(compute="_compute_selected_count", string="Selected Bookings")
    partner_ids = fields.Many2many("res.partner", string="Partners")
    kind = fields.Selection([(kind, kind.replace("_", " ").capitalize()) for kind in KINDS])
    since = fields.Date(string="Dated Since")
    decided_since = fields.Datetime()
    journal_ids = fields.Many2many("account.journal", domain="[('type', 'in', ('bank', 'cash', 'credit'))]")
    policy_id = fields.Many2one("ai.policy", string="Decided by Policy")
    is_mine = fields.Boolean(string="Decided by me")
    by_transfer = fields.Boolean(
        string="Locked ones by a transfer entry",
        help="The matching in the locked period stays; an entry in the first open period moves the amount back.",
    )
    row_ids = fields.One2many("ai.suggestion.undo.row", "undo_id")
    count = fields.Integer(compute="_compute_counts")
    ready_count = fields.Integer(compute="_compute_counts", string="Can Be Undone")
    locked_count = fields.Integer(compute="_compute_counts", string="Locked")
    refused_count = fields.Integer(compute="_compute_counts", string="Can't Be Undone")
    undone_count = fields.Integer(compute="_compute_counts", string="Undone")
    left_count = fields.Integer(compute="_compute_counts", string="Left")
    effects_text = fields.Text(readonly=True, string="On Tax Report and Other Entries")
    is_filed = fields.Boolean(readonly=True)

    @api.model
    def default_get(self, fields_list):
        self.env["ai.suggestion"].browse()._check_decider()
        values = super().default_get(fields_list)
        context = self.env.context
        if context.get("active_model") == "ai.suggestion" and context.get("active_ids"):
            values["suggestion_ids"] = [fields.Command.set(context["active_ids"])]
            values["scope"] = "decision" if context.get("ai_undo_scope") == "decision" else "selection"
        elif context.get("active_model") == "res.partner" and context.get("active_ids"):
            values["partner_ids"] = [fields.Command.set(context["active_ids"])]
        return values

    @api.depends("suggestion_ids")
    def _compute_selected_count(self):
        for wizard in self:
            wizard.selected_count = len(wizard.suggestion_ids)

    @api.depends("row_ids.status", "by_transfer")
    def _compute_counts(self):
        for wizard in self:
            found = wizard.row_ids.mapped("status")
            wizard.count = len(found)
            wizard.ready_count = found.count("ready")
            wizard.locked_count = found.count("locked")
            wizard.refused_count = found.count("refused")
            wizard.undone_count = found.count("undone") + found.count("transferred") + found.count("gone")
            wizard.left_count = len(wizard._left())

    # === STEPS === #

    def action_look(self):
        """Show what undoing the chosen ones would do."""
        self.ensure_one()
        self.check_access("write")
        ids = self.env["ai.suggestion"].undo_candidates(self._choices())
        rows, effects = self.env["ai.suggestion"].browse(ids).undo_outlook()
        # What was selected and isn't booked any more is listed too, so that nobody misses it.
        missing = self.suggestion_ids.filtered(lambda s: s.id not in ids) if self.scope == "selection" else []
        rows += [self._missing_row(suggestion) for suggestion in missing]
        if not rows:
            raise UserError(self.env._("Nothing that is booked fits. Choose something else."))
        self.write(
            {
                "step": "look",
                "effects_text": effects["text"],
                "is_filed": effects["filed"],
                "row_ids": [fields.Command.clear(), *(fields.Command.create(row) for row in rows)],
            }
        )
        return self._reopen()

    def action_back(self):
        """Choose other bookings."""
        self.write({"step": "choose", "row_ids": [fields.Command.clear()]})
        return self._reopen()

    def action_run_slice(self):
        """Undo the next ones, in the order in which later bookings go first. What is done stays done.

        :return: ``{done, left, count}``; call again until nothing is left
        """
        self.ensure_one()
        self.check_access("write")
        rows = self._left()[:SLICE]
        outcomes = {row["id"]: row for row in rows.suggestion_id.undo_many(by_transfer=self.by_transfer)}
        for row in rows:
            found = outcomes[row.suggestion_id.id]
            row.write({"status": found["outcome"], "why": found["why"], "is_tried": True})
        left = len(self._left())
        if not left:
            self.step = "done"
        return {"done": len(self.row_ids) - left, "left": left, "count": len(self.row_ids)}

    def action_try_again(self):
        """Those that refused are tried once more: the reason may be gone."""
        self.ensure_one()
        self.check_access("write")
        self.row_ids.filtered(lambda row: row.status == "refused").write({"status": "ready", "why": False})
        self.step = "look"
        return self._reopen()

    def _left(self):
        """Rows that are still to be undone, in order."""
        wanted = ("ready", "locked") if self.by_transfer else ("ready",)
        return self.row_ids.filtered(lambda row: row.status in wanted).sorted("sequence")

    def _choices(self):
        if self.scope == "selection":
            return {"suggestion_ids": self.suggestion_ids.ids or [0]}
        if self.scope == "decision":
            return {"correlation_ids": [key for key in self.suggestion_ids.mapped("correlation_id") if key] or [""]}
        return {
            "partner_ids": self.partner_ids.ids,
            "kinds": [self.kind] if self.kind else [],
            "since": self.since and fields.Date.to_string(self.since),
            "decided_since": self.decided_since and fields.Datetime.to_string(self.decided_since),
            "journal_ids": self.journal_ids.ids,
            "policy_ids": self.policy_id.ids,
            "decided_by_id": self.env.uid if self.is_mine else False,
        }

    def _missing_row(self, suggestion):
        return {
            "suggestion_id": suggestion.id,
            "sequence": 100000,
            "status": "refused",
            "why": self.env._("Nothing is booked."),
        }

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Undo Bookings"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }


class AiSuggestionUndoRow(models.TransientModel):
    """One booking of an undo, what undoing does and what became of it."""

    _name = "ai.suggestion.undo.row"
    _description = "Booking to Undo"
    _order = "sequence, id"

    undo_id = fields.Many2one("ai.suggestion.undo", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer()
    suggestion_id = fields.Many2one("ai.suggestion", required=True, ondelete="cascade", readonly=True)
    label = fields.Char(related="suggestion_id.label", string="Bank Text")
    partner_id = fields.Many2one(related="suggestion_id.partner_id")
    date = fields.Date(related="suggestion_id.date")
    amount = fields.Monetary(related="suggestion_id.amount")
    currency_id = fields.Many2one(related="suggestion_id.currency_id")
    company_id = fields.Many2one(related="suggestion_id.company_id")
    does = fields.Char(string="What It Does", readonly=True)
    effects_text = fields.Char(string="Tax Report", readonly=True)
    is_filed = fields.Boolean(readonly=True)
    is_tried = fields.Boolean(readonly=True)
    status = fields.Selection(
        [
            ("ready", "Can be undone"),
            ("locked", "Locked"),
            ("refused", "Can't be undone"),
            ("undone", "Undone"),
            ("transferred", "Taken back by transfer"),
            ("gone", "Was undone before"),
        ],
        default="ready",
        required=True,
        readonly=True,
    )
    why = fields.Char(readonly=True, string="Why Not")
