"""Blind samples: some of what autopilot booked alone, coded once more by a person who does not see the booking."""

import random

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import formatLang

from ...engine.autonomy.trial import KIND_WEIGHTS
from ...engine.vocabulary import (
    KINDS,
    SAMPLE_DIFFERS,
    SAMPLE_GONE,
    SAMPLE_SAME,
    SAMPLE_STATES,
    SAMPLE_WAITING,
    SAMPLE_WITHDRAWN,
    SAMPLE_WRONG,
    TIERS,
)

REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
STATE_LABELS = {
    SAMPLE_WAITING: "To be coded",
    SAMPLE_SAME: "The same",
    SAMPLE_DIFFERS: "Differs: who is right?",
    SAMPLE_WRONG: "The machine was wrong",
    SAMPLE_WITHDRAWN: "The person was wrong",
    SAMPLE_GONE: "Taken back before",
}
#: Drawn by the machine's own chance: nobody, not even its author, can tell which are drawn.
_CHANCE = random.SystemRandom()


class AiSample(models.Model):
    """One booking to be coded blind. What was booked can't be read from here before it was coded."""

    _name = "ai.sample"
    _inherit = "ai.target.mixin"
    _description = "Blind Sample"
    _order = "state desc, id desc"

    suggestion_id = fields.Many2one(
        "ai.suggestion", required=True, index=True, ondelete="cascade", groups=fields.NO_ACCESS
    )
    policy_facts = fields.Json(groups=fields.NO_ACCESS)
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    journal_id = fields.Many2one("account.journal", readonly=True)
    policy_id = fields.Many2one("ai.policy", readonly=True, ondelete="set null", index="btree_not_null")
    kind = fields.Selection([(kind, kind.replace("_", " ").capitalize()) for kind in KINDS], readonly=True)
    tier = fields.Selection([(tier, tier.capitalize()) for tier in TIERS], groups=fields.NO_ACCESS)
    date = fields.Date(readonly=True)
    label = fields.Char(readonly=True, string="Bank Text")
    payee = fields.Char(readonly=True, string="Payee as the Bank Tells")
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    state = fields.Selection(
        [(state, STATE_LABELS[state]) for state in SAMPLE_STATES], required=True, default=SAMPLE_WAITING, readonly=True
    )
    drawn_at = fields.Datetime(readonly=True)
    coded_by_id = fields.Many2one("res.users", readonly=True)
    coded_at = fields.Datetime(readonly=True)
    coding = fields.Json(readonly=True, help="What the person said before seeing the booking.")
    error_kind = fields.Selection(
        [(kind, kind.capitalize()) for kind in KIND_WEIGHTS], readonly=True, string="Kind of Difference"
    )
    wrong = fields.Float(readonly=True, help="In the company's currency, without sign.")
    review_id = fields.Many2one("ai.bounded.review", readonly=True, index="btree_not_null", ondelete="cascade")
    is_large = fields.Boolean(readonly=True, help="So large that it is always looked at.")
    purpose = fields.Char(compute="_compute_purpose")
    has_seen = fields.Boolean(compute="_compute_has_seen", help="You looked at the booking: somebody else codes it.")
    shown_suggestion_id = fields.Many2one("ai.suggestion", compute="_compute_shown", string="Booking")
    result_html = fields.Html(compute="_compute_shown", sanitize=False)

    _suggestion_uniq = models.UniqueIndex("(suggestion_id, COALESCE(review_id, 0))", "It is drawn already.")
    _coded_idx = models.Index("(company_id, coded_at) WHERE coded_at IS NOT NULL")

    @api.depends("label", "date")
    def _compute_display_name(self):
        for sample in self:
            sample.display_name = sample.label or str(sample.date or "")

    @api.depends("review_id")
    @api.depends_context("lang")
    def _compute_purpose(self):
        for sample in self:
            sample.purpose = sample.review_id.name or self.env._("Sample of autopilot")

    @api.depends_context("uid")
    def _compute_has_seen(self):
        seen = self.sudo().suggestion_id._opened_by(self.env.user)
        for sample in self:
            sample.has_seen = sample.sudo().suggestion_id in seen

    # === WHAT IS SHOWN AFTERWARDS === #

    @api.depends("state", "coding")
    @api.depends_context("lang", "uid")
    def _compute_shown(self):
        for sample in self:
            is_coded = sample.state != SAMPLE_WAITING and bool(sample.coded_at)
            sample.shown_suggestion_id = sample.sudo().suggestion_id.id if is_coded else False
            sample.result_html = sample._result_html() if is_coded else False

    def _result_html(self):
        ours = self._shown_rows(self.sudo().suggestion_id.proposal)
        theirs = self._shown_rows(self.coding)
        heads = (self.env._("Coded blind by %(name)s", name=self.coded_by_id.sudo().name), self.env._("Booked alone"))
        columns = Markup("").join(
            Markup('<div class="col-12 col-md-6"><h5>%s</h5>%s</div>') % (head, rows)
            for head, rows in zip(heads, (theirs, ours), strict=True)
        )
        return Markup('<div class="row o_ai_sample_result">%s</div>') % columns

    def _shown_rows(self, proposal):
        """What a proposal books, one row an account or document."""
        rows = []
        # Names of what the person, or the machine, booked on a record that the reader may see.
        items = self.env["account.move.line"].sudo()
        for row in (proposal or {}).get("counterparts") or []:
            document = row.get("document_id")
            item = items.browse(row.get("move_line_id") or 0).exists()
            name = self.env["account.move"].sudo().browse(document).exists().name if document else item.move_id.name
            rows.append((name or "?", "", row["amount"]))
        for row in [*((proposal or {}).get("write_off") or []), *((proposal or {}).get("lines") or [])]:
            account = self.env["account.account"].sudo().browse(row.get("account_id") or 0).exists()
            taxes = self.env["account.tax"].sudo().browse(row.get("tax_ids") or []).exists()
            rows.append((account.display_name or "?", ", ".join(taxes.mapped("name")), row["amount"]))
        body = Markup("").join(
            Markup('<tr><td>%s</td><td class="text-muted">%s</td><td class="text-end">%s</td></tr>')
            % (name, taxes, formatLang(self.env, float(amount), currency_obj=self.currency_id))
            for name, taxes, amount in rows
        )
        return Markup('<table class="table table-sm">%s</table>') % body

    # === DRAWING === #

    @api.model
    def _draw(self, booked):
        """Draw from what was just booked alone, each by its policy's share."""
        drawn = booked.filtered(lambda s: s.policy_id and _CHANCE.random() < s.policy_id.sample_rate)
        samples = self.create([self._values_of(suggestion) for suggestion in drawn])
        if samples:
            self.env["ai.audit.log"]._append(
                "sampled", samples, [{"suggestion_id": s.suggestion_id.id} for s in samples]
            )
        return samples

    @api.model
    def _values_of(self, suggestion):
        line = suggestion.statement_line_id
        return {
            "suggestion_id": suggestion.id,
            "policy_facts": suggestion.policy_facts,
            "res_model": suggestion.res_model,
            "res_id": suggestion.res_id,
            "company_id": suggestion.company_id.id,
            "journal_id": suggestion.journal_id.id,
            "policy_id": suggestion.policy_id.id,
            "kind": suggestion.kind,
            "tier": suggestion.tier,
            "date": suggestion.date,
            "label": suggestion.label,
            "payee": ", ".join(part for part in (line.partner_name, line.account_number) if part),
            "amount": suggestion.amount,
            "currency_id": suggestion.currency_id.id,
            "drawn_at": fields.Datetime.now(),
        }

    # === ACTIONS === #

    def _check_coder(self):
        if not (self.env.su or self.env.user.has_group(REVIEWER)):
            raise AccessError(self.env._("Only bookkeeping reviewers code samples. Ask a manager for that role."))
        self.check_access("read")

    def action_code(self):
        """Open the dialog in which the line is coded, without what was booked."""
        self.ensure_one()
        self._check_coder()
        self._check_codable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("How would you book this?"),
            "res_model": "ai.sample.code",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_sample_id": self.id, "dialog_size": "large"},
        }

    def _check_codable(self):
        if self.state != SAMPLE_WAITING:
            raise UserError(self.env._("This was coded already. Reload and look again."))
        if self.has_seen:
            raise UserError(
                self.env._("You looked at this booking before, so you can't code it blind. Somebody else does.")
            )

    def action_open_booking(self):
        """Open the booking, once it was coded."""
        self.ensure_one()
        self.check_access("read")
        if not self.shown_suggestion_id:
            raise UserError(self.env._("What was booked is shown after you coded it."))
        return self.shown_suggestion_id.action_open_record()
