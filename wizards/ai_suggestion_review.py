"""Review a selection in one dialog: what each would do, edit it, accept or reject it, and see what became of it."""

import uuid

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import formatLang

from ..engine.vocabulary import REJECT_REASONS

#: Suggestions that one transaction decides.
SLICE = 20
#: More than this many are reviewed in several rounds.
MOST = 1000


class AiSuggestionReview(models.TransientModel):
    _name = "ai.suggestion.review"
    _description = "Review Suggestions"

    step = fields.Selection([("decide", "Decide"), ("done", "Done")], default="decide", required=True)
    click = fields.Char(default=lambda self: uuid.uuid4().hex, readonly=True)
    row_ids = fields.One2many("ai.suggestion.review.row", "review_id")
    summary_html = fields.Html(readonly=True)
    reject_reason = fields.Selection(
        [(reason, reason.replace("_", " ").capitalize()) for reason in REJECT_REASONS], string="Reason"
    )
    has_question = fields.Boolean(compute="_compute_has_question")
    accept_count = fields.Integer(compute="_compute_counts")
    reject_count = fields.Integer(compute="_compute_counts")
    excluded_count = fields.Integer(compute="_compute_counts")
    done_count = fields.Integer(compute="_compute_counts")
    second_count = fields.Integer(compute="_compute_counts")
    failed_count = fields.Integer(compute="_compute_counts")
    left_count = fields.Integer(compute="_compute_counts")

    @api.depends("row_ids.is_question")
    def _compute_has_question(self):
        for review in self:
            review.has_question = any(review.row_ids.mapped("is_question"))

    @api.depends("row_ids.decision", "row_ids.status")
    def _compute_counts(self):
        for review in self:
            waiting = review.row_ids.filtered(lambda row: row.status == "waiting")
            decisions, found = waiting.mapped("decision"), review.row_ids.mapped("status")
            review.accept_count = decisions.count("accept")
            review.reject_count = decisions.count("reject")
            review.excluded_count = found.count("excluded")
            review.done_count = found.count("applied") + found.count("rejected")
            review.second_count = found.count("accepted")
            review.failed_count = sum(found.count(status) for status in ("failed", "superseded", "refused"))
            review.left_count = decisions.count("leave")

    # === OPENING === #

    @api.model
    def start(self, suggestion_ids: list[int]) -> dict:
        """Open the dialog for these suggestions.

        :raise UserError: when there is nothing to review, or too much at once
        """
        suggestions = self.env["ai.suggestion"].browse(suggestion_ids)
        if not suggestions:
            raise UserError(self.env._("There is no suggestion among these. Propose first."))
        if len(suggestions) > MOST:
            raise UserError(self.env._("Choose at most %(most)s suggestions at once.", most=MOST))
        rows = suggestions.review_rows()
        review = self.create({"summary_html": self._summary(suggestions.batch_preview())})
        self.env["ai.suggestion.review.row"].create(
            [{"review_id": review.id, "sequence": number, **self._row(row)} for number, row in enumerate(rows)]
        )
        return review._reopen()

    @api.model
    def start_lines(self, line_ids: list[int]) -> dict:
        """Open the dialog for what is suggested for these bank lines."""
        lines = self.env["account.bank.statement.line"].browse(line_ids)
        return self.start(lines.ai_suggestion_id.ids)

    @api.model
    def _row(self, row):
        parts = self.env["ai.suggestion.review.part"]
        return {
            **{name: row[name] for name in ("suggestion_id", "what", "support_text", "effects_text", "is_question")},
            "partner_id": row["partner_id"],
            "excluded_why": row["excluded_why"],
            "status": "excluded" if row["excluded_why"] else "waiting",
            "choice_ids": [Command.create(choice) for choice in row["choices"]],
            "part_ids": [Command.create(parts._values_of(part)) for part in row["parts"]],
        }

    @api.model
    def _summary(self, batches):
        """Totals of the whole selection, company by company."""
        pieces = []
        for batch in batches:
            currency = self.env["res.currency"].browse(batch["currency_id"])

            def money(amount, currency=currency):
                return formatLang(self.env, amount, currency_obj=currency)

            words = [
                self.env._("%(count)s can be booked", count=batch["count"]),
                self.env._("in %(amount)s", amount=money(batch["money_in"])),
                self.env._("out %(amount)s", amount=money(batch["money_out"])),
            ]
            words += [f"{row['tax']} {money(row['amount'])}" for row in batch["vat"]]
            if batch["odd"]:
                odd = ", ".join(str(row["label"]) for row in batch["odd"][:5])
                words.append(self.env._("look twice at: %(names)s", names=odd))
            name = Markup("<b>%s</b>: ") % batch["company"] if len(batches) > 1 else ""
            pieces.append(Markup("<div>%s%s</div>") % (name, " · ".join(words)))
        return Markup("").join(pieces)

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Review"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    # === DECIDING === #

    def action_accept_all(self):
        """Mark everything that can be accepted; nothing is booked yet."""
        ready = self.row_ids.filtered(lambda row: row.status == "waiting" and (not row.is_question or row.choice_id))
        ready.write({"decision": "accept"})
        return self._reopen()

    def action_reject_all(self):
        """Mark everything as rejected, with the reason that is chosen above."""
        waiting = self.row_ids.filtered(lambda row: row.status == "waiting")
        waiting.write({"decision": "reject", "reject_reason": self.reject_reason})
        return self._reopen()

    def action_leave_all(self):
        """Mark everything as undecided."""
        self.row_ids.write({"decision": "leave"})
        return self._reopen()

    def action_run_slice(self):
        """Decide the next ones as they are marked. What is done stays done.

        :return: ``{done, left, count}``; call again until nothing is left
        """
        self.ensure_one()
        self.check_access("write")
        marked = self.row_ids.filtered(lambda row: row.decision != "leave" and row.status != "excluded")
        todo = marked.filtered(lambda row: row.status == "waiting")
        rows = todo[:SLICE]
        deciding = self.env["ai.suggestion"].with_context(ai_click=self.click, ai_decided_with=len(marked))
        outcomes = deciding.decide_many([row._decision() for row in rows])
        for row, found in zip(rows, outcomes, strict=True):
            row.write({"status": found["outcome"], "message": found["text"]})
        left = len(todo) - len(rows)
        if not left:
            self.step = "done"
        return {"done": len(marked) - left, "left": left, "count": len(marked)}

    def action_again(self):
        """Go on with those that are still open, and try again what failed."""
        failed = self.row_ids.filtered(lambda row: row.status in ("failed", "refused"))
        failed.write({"status": "waiting", "decision": "leave"})
        self.step = "decide"
        return self._reopen()

    def action_undo(self):
        """Show what undoing everything that was booked here does."""
        booked = self.row_ids.filtered(lambda row: row.status == "applied").suggestion_id
        return booked.action_undo_decision()


class AiSuggestionReviewRow(models.TransientModel):
    """One suggestion under review."""

    _name = "ai.suggestion.review.row"
    _description = "Suggestion Under Review"
    _order = "sequence, id"
    _rec_name = "label"

    review_id = fields.Many2one("ai.suggestion.review", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer()
    suggestion_id = fields.Many2one("ai.suggestion", required=True, ondelete="cascade", readonly=True)
    label = fields.Char(related="suggestion_id.label", string="Bank Text")
    date = fields.Date(related="suggestion_id.date")
    amount = fields.Monetary(related="suggestion_id.amount")
    currency_id = fields.Many2one(related="suggestion_id.currency_id")
    company_id = fields.Many2one(related="suggestion_id.company_id")
    policy_text = fields.Char(related="suggestion_id.policy_text")
    what = fields.Char(readonly=True, string="What It Does")
    support_text = fields.Char(readonly=True, string="How Sure")
    effects_text = fields.Char(readonly=True, string="Filed Periods")
    is_question = fields.Boolean(readonly=True)
    choice_ids = fields.One2many("ai.suggestion.review.choice", "row_id", readonly=True)
    choice_id = fields.Many2one("ai.suggestion.review.choice", string="Answer", domain="[('row_id', '=', id)]")
    partner_id = fields.Many2one("res.partner", check_company=True)
    part_ids = fields.One2many("ai.suggestion.review.part", "row_id")
    is_touched = fields.Boolean(string="Edited")
    decision = fields.Selection(
        [("leave", "Leave"), ("accept", "Accept"), ("reject", "Reject")], default="leave", required=True
    )
    reject_reason = fields.Selection(
        [(reason, reason.replace("_", " ").capitalize()) for reason in REJECT_REASONS], string="Reason"
    )
    note = fields.Char()
    excluded_why = fields.Char(readonly=True, string="Excluded")
    status = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("excluded", "Excluded"),
            ("applied", "Booked"),
            ("accepted", "Waits for second approval"),
            ("rejected", "Rejected"),
            ("failed", "Failed"),
            ("superseded", "Overtaken"),
            ("refused", "Not done"),
        ],
        default="waiting",
        required=True,
        readonly=True,
    )
    message = fields.Char(readonly=True)
    gross = fields.Monetary(compute="_compute_check")
    net = fields.Monetary(compute="_compute_check")
    vat = fields.Monetary(compute="_compute_check", string="VAT")
    remainder = fields.Monetary(compute="_compute_check", string="Stays Unexplained")
    problem = fields.Text(compute="_compute_check")
    is_changed = fields.Boolean(compute="_compute_check")

    @api.depends("partner_id", "part_ids.move_line_id", "part_ids.account_id", "part_ids.amount", "part_ids.tax_ids")
    def _compute_check(self):
        for row in self:
            found = row.suggestion_id.check_parts(row._parts(), row.partner_id.id)
            for name in ("gross", "net", "vat", "remainder"):
                row[name] = float(found[name])
            row.problem = "\n".join(found["problems"])
            row.is_changed = found["changed"]

    @api.onchange("choice_id")
    def _onchange_choice_id(self):
        if self.choice_id:
            parts = self.suggestion_id.proposal_parts(self.choice_id.key)
            values = [self.env["ai.suggestion.review.part"]._values_of(part) for part in parts]
            self.part_ids = [Command.clear(), *(Command.create(value) for value in values)]
            self.is_touched = False
            self.decision = "accept"

    @api.onchange("part_ids", "partner_id")
    def _onchange_parts(self):
        self.is_touched = True

    def _parts(self):
        return [part._part() for part in self.part_ids]

    def _decision(self):
        """What ``ai.suggestion.decide_many`` takes."""
        row = {"id": self.suggestion_id.id}
        if self.decision == "reject":
            return {**row, "verb": "reject", "reason": self.reject_reason or None, "note": self.note or None}
        if self.is_touched and self.is_changed:
            proposal = self.suggestion_id.proposal_of_parts(self._parts(), self.partner_id.id)
            return {**row, "verb": "edit", "proposal": proposal}
        if self.choice_id:
            return {**row, "verb": "choose", "key": self.choice_id.key}
        return {**row, "verb": "accept"}


class AiSuggestionReviewChoice(models.TransientModel):
    """One answer of a question, or a reading that had lost."""

    _name = "ai.suggestion.review.choice"
    _description = "Answer Under Review"

    row_id = fields.Many2one("ai.suggestion.review.row", required=True, ondelete="cascade", index=True)
    key = fields.Char(required=True)
    name = fields.Char()


class AiSuggestionReviewPart(models.TransientModel):
    """An item or an account that part of the bank line goes to. ``amount`` has the line's sign and includes tax."""

    _name = "ai.suggestion.review.part"
    _description = "Part Under Review"

    row_id = fields.Many2one("ai.suggestion.review.row", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="row_id.company_id")
    currency_id = fields.Many2one(related="row_id.currency_id")
    move_line_id = fields.Many2one(
        "account.move.line",
        string="Open Item",
        domain="[('company_id', '=', company_id), ('parent_state', '=', 'posted'), ('reconciled', '=', False), "
        "('account_id.reconcile', '=', True), ('statement_line_id', '=', False)]",
    )
    account_id = fields.Many2one("account.account", check_company=True)
    tax_ids = fields.Many2many("account.tax", string="Taxes", check_company=True)
    amount = fields.Monetary()
    label = fields.Char()
    source = fields.Json(readonly=True)

    @api.onchange("move_line_id")
    def _onchange_move_line_id(self):
        if self.move_line_id:
            self.account_id = False
            self.tax_ids = False

    @api.onchange("account_id")
    def _onchange_account_id(self):
        if self.account_id:
            self.move_line_id = False

    @api.model
    def _values_of(self, part):
        return {
            "move_line_id": part["move_line_id"],
            "account_id": part["account_id"],
            "tax_ids": [Command.set(part["tax_ids"])],
            "amount": float(part["amount"]),
            "label": part["label"],
            "source": part["source"],
        }

    def _part(self):
        return {
            "move_line_id": self.move_line_id.id or None,
            "account_id": self.account_id.id or None,
            "tax_ids": self.tax_ids.ids,
            "amount": f"{self.amount:.{self.currency_id.decimal_places}f}",
            "label": self.label or "",
            "source": self.source or {},
        }
