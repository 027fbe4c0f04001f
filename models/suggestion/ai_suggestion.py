"""What the machine believes about a record, waiting for somebody to decide."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import formatLang

from ...engine import lifecycle, vocabulary
from ...engine.vocabulary import (
    DECISIONS,
    KINDS,
    ORIGINS,
    PENDING,
    REJECT_REASONS,
    SUGGESTION_STATES,
    TIERS,
)
from .policy_words import POLICY_OUTCOMES, POLICY_REASONS

REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
PROPOSERS = (
    "ai_bookkeeper.ai_bookkeeper_group_reviewer,ai_bookkeeper.ai_bookkeeper_group_manager,"
    "ai_bookkeeper.ai_bookkeeper_group_agent"
)
#: Context value that only this module can hold: compared by identity, so no RPC client can forge it.
_STATE_GATE = object()


class AiSuggestion(models.Model):
    """One proposal, with evidence and measured confidence; nothing is booked before it is accepted."""

    _name = "ai.suggestion"
    _inherit = "ai.target.mixin"
    _description = "Bookkeeping Suggestion"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    kind = fields.Selection(
        [(kind, kind.replace("_", " ").capitalize()) for kind in KINDS], required=True, readonly=True, index=True
    )
    state = fields.Selection(
        [(state, state.capitalize()) for state in SUGGESTION_STATES], required=True, default=PENDING, readonly=True
    )
    tier = fields.Selection([(tier, tier.capitalize()) for tier in TIERS], readonly=True)
    case = fields.Char(readonly=True, help="Which reading of the line this is, for example one, several, returned.")
    is_question = fields.Boolean(readonly=True, string="Asks", help="Several answers fit: a person chooses.")
    confidence = fields.Float(readonly=True, digits=(5, 4), aggregator="avg")
    margin = fields.Float(readonly=True, digits=(5, 4), aggregator=False)
    res_model = fields.Char(required=True, readonly=True, string="Model")
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True, string="Record")
    statement_line_id = fields.Many2one(
        "account.bank.statement.line", compute="_compute_statement_line_id", search="_search_statement_line_id"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    journal_id = fields.Many2one("account.journal", readonly=True, index=True)
    partner_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    date = fields.Date(readonly=True)
    label = fields.Char(readonly=True, string="Bank Text")
    proposal = fields.Json(readonly=True)
    evidence = fields.Json(readonly=True)
    item_ids = fields.One2many("ai.suggestion.item", "suggestion_id", readonly=True, string="Counterparts")
    proposed_by_id = fields.Many2one("res.users", readonly=True, help="Who told it; empty for the engine.")
    is_edited = fields.Boolean(readonly=True, string="Edited", help="A person changed what was proposed.")
    opened_at = fields.Datetime(readonly=True, help="When a person first looked at it.")
    decision = fields.Selection([(value, value.capitalize()) for value in DECISIONS], readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)
    decided_with = fields.Integer(
        readonly=True, aggregator=False, help="How many were decided with the same click: many are weak evidence."
    )
    undone_by_id = fields.Many2one("res.users", readonly=True)
    undone_at = fields.Datetime(readonly=True)
    approval_ids = fields.Many2many("res.users", "ai_suggestion_approval_rel", readonly=True, string="Approved By")
    signed_off_by_id = fields.Many2one("res.users", readonly=True)
    signed_off_at = fields.Datetime(readonly=True)
    policy_id = fields.Many2one("ai.policy", readonly=True, ondelete="set null", index="btree_not_null")
    policy_outcome = fields.Selection(
        [(value, value.capitalize()) for value in vocabulary.POLICY_OUTCOMES], readonly=True
    )
    policy_reason = fields.Json(readonly=True)
    policy_text = fields.Char(compute="_compute_policy_text", string="Policy Says")
    reject_reason = fields.Selection(
        [(reason, reason.replace("_", " ").capitalize()) for reason in REJECT_REASONS], readonly=True
    )
    reject_note = fields.Char(readonly=True)
    origin = fields.Selection(
        [(value, value.capitalize()) for value in ORIGINS], required=True, default="engine", readonly=True
    )
    model_version = fields.Char(readonly=True)
    correlation_id = fields.Char(readonly=True, index="btree_not_null")
    idempotency_key = fields.Char(readonly=True)
    error = fields.Char(readonly=True)
    fingerprint = fields.Char(readonly=True)
    before = fields.Json(readonly=True, help="What undo restores.")
    move_ids = fields.Many2many("account.move", "ai_suggestion_move_rel", readonly=True, string="Entries")
    card = fields.Json(compute="_compute_card")

    _record_idx = models.Index("(res_model, res_id)")
    _pending_idx = models.Index("(company_id, journal_id, id) WHERE state IN ('pending', 'accepted')")
    _open_uniq = models.UniqueIndex(
        "(res_model, res_id, kind) WHERE state IN ('pending', 'accepted')",
        "There is already an open suggestion for this record.",
    )
    _idempotency_uniq = models.UniqueIndex(
        "(proposed_by_id, idempotency_key) WHERE idempotency_key IS NOT NULL",
        "This idempotency key was used before.",
    )
    _confidence_range = models.Constraint(
        "CHECK(confidence >= 0 AND confidence <= 1)", "A confidence lies between 0 and 1."
    )

    # === COMPUTE === #

    @api.depends("kind", "label", "date")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for suggestion in self:
            suggestion.name = f"{kinds.get(suggestion.kind, '')}: {suggestion.label or suggestion.date or ''}"

    @api.depends("res_model", "res_id")
    def _compute_statement_line_id(self):
        for suggestion in self:
            is_line = suggestion.res_model == "account.bank.statement.line"
            suggestion.statement_line_id = suggestion.res_id if is_line else False

    def _search_statement_line_id(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        if operator == "any":
            value = self.env["account.bank.statement.line"]._search(value)
        return Domain("res_model", "=", "account.bank.statement.line") & Domain("res_id", "in", value)

    @api.depends("policy_reason", "policy_outcome")
    @api.depends_context("lang")
    def _compute_policy_text(self):
        for suggestion in self:
            suggestion.policy_text = self._policy_sentence(suggestion.policy_outcome, suggestion.policy_reason)

    @api.model
    def _policy_sentence(self, outcome, reason):
        """Why it asks or was accepted, in the user's language; amounts come as decimal strings."""
        code, values = reason or ["", {}]
        if code not in POLICY_REASONS:
            return code
        shown = {name: self._shown_value(name, value) for name, value in values.items()}
        template = self.env._(POLICY_OUTCOMES[outcome])
        return template % {"why": self._policy_word(code, shown)}

    @api.model
    def _policy_word(self, code, values):
        """The reason ``code`` in the user's language; what ``values`` leaves out is left blank."""
        template = self.env._(POLICY_REASONS[code]) if code in POLICY_REASONS else code
        return template % defaultdict(str, values)

    def _shown_value(self, name, value):
        if name not in ("amount", "confidence", "minimum"):
            return value
        _whole, _point, places = str(value).partition(".")
        return formatLang(self.env, float(value), digits=len(places))

    # === RIGHTS === #

    def _check_decider(self):
        """Reviewers decide, and only about records that they may change."""
        if not (self.env.su or self.env.user.has_group(REVIEWER)):
            self._refuse(self.env._("Only bookkeeping reviewers decide suggestions. Ask a manager for that role."))
        self.check_access("read")
        for records in self._targets().values():
            records.check_access("write")

    def _check_proposer(self):
        if not (self.env.su or self.env.user.has_groups(PROPOSERS)):
            self._refuse(self.env._("You may not propose bookings. Ask a manager for the role of a reviewer or agent."))

    def _refuse(self, message):
        raise AccessError(message)

    # === THE STATE GATE === #

    @api.model_create_multi
    def create(self, vals_list):
        """New suggestions wait: no other state can be created."""
        if any(vals.get("state", PENDING) != PENDING for vals in vals_list):
            raise UserError(self.env._("A suggestion begins as pending."))
        return super().create(vals_list)

    def write(self, vals):
        """``state`` changes through the gate only."""
        if "state" in vals and self.env.context.get("ai_state_gate") is not _STATE_GATE:
            raise UserError(self.env._("A suggestion's state is changed by deciding it."))
        return super().write(vals)

    def _move_to(self, state, values=None):
        """The one way to change ``state``; refuses moves that ``engine.lifecycle`` does not list."""
        for source in set(self.mapped("state")):
            if not lifecycle.allowed(lifecycle.SUGGESTION_MOVES, source, state):
                raise UserError(
                    self.env._("A suggestion that is %(before)s can't become %(after)s.", before=source, after=state)
                )
        # Nobody has write access to suggestions: the gate is the way, after the caller's checks.
        self.sudo().with_context(ai_state_gate=_STATE_GATE).write({"state": state, **(values or {})})

    # === OPENING === #

    def action_open_record(self):
        """Open the record that this suggestion is about."""
        return self._open_target()

    def action_open_moves(self):
        """Open the entries that this suggestion made or changed."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Entries"),
            "res_model": "account.move",
            "domain": [("id", "in", self.move_ids.ids)],
            "views": [(False, "list"), (False, "form")],
        }

    # === HELPERS === #

    @api.model
    def _visible(self, domain, order=None):
        """The suggestions of ``domain`` that the user may see; none without a role of the addon, for the fields of
        records that other people read too."""
        return self.search(domain, order=order) if self.has_access("read") else self.browse()

    def _log(self, event, payloads=None, identities=None):
        """Audit and announce what happened to these suggestions, in this transaction."""
        if self:
            self.env["ai.audit.log"]._append(event, self, payloads, identities)
            self.env["sync.event"]._emit(f"suggestion.{event}", self)

    def _replace_items(self):
        """Mirror the items that the proposals settle into ``item_ids``."""
        items = self.env["ai.suggestion.item"].sudo()
        items.search([("suggestion_id", "in", self.ids)]).unlink()
        items.create(
            [
                {"suggestion_id": suggestion.id, "move_line_id": row["move_line_id"], "amount": float(row["amount"])}
                for suggestion in self
                for row in self._proposer(suggestion.kind)._settling_rows(suggestion.proposal or {})
            ]
        )

    @api.model
    def _notice(self, message, kind="info"):
        """A notification for the web client that reloads the view behind it."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": message,
                "sticky": kind != "info",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _action_for(self, domain, name):
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_suggestion_action")
        return {**action, "display_name": name, "domain": domain, "context": {}}
