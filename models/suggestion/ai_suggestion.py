"""What the machine believes about a record, waiting for somebody to decide."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError, ValidationError
from odoo.fields import Domain

from ...engine import lifecycle
from ...engine.proposal import fingerprint
from ...engine.vocabulary import (
    APPLIED,
    DECISIONS,
    FAILED,
    KINDS,
    OPEN_STATES,
    ORIGINS,
    PENDING,
    REJECT_REASONS,
    REJECTED,
    SUGGESTION_STATES,
    SUPERSEDED,
    TIERS,
    UNDONE,
)

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
    decision = fields.Selection([(value, value.capitalize()) for value in DECISIONS], readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)
    approval_ids = fields.Many2many("res.users", "ai_suggestion_approval_rel", readonly=True, string="Approved By")
    signed_off_by_id = fields.Many2one("res.users", readonly=True)
    signed_off_at = fields.Datetime(readonly=True)
    policy_id = fields.Many2one("ai.policy", readonly=True, ondelete="set null", index="btree_not_null")
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
        "(company_id, idempotency_key) WHERE idempotency_key IS NOT NULL",
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

    # === PUBLIC: PROPOSE === #

    @api.model
    def propose(self, model: str, res_ids: list[int], kinds: list[str] | None = None) -> list[int]:
        """Propose for records now and return the ids of their open suggestions.

        Idempotent: an open suggestion for the same thing is refreshed, not doubled; a rejected proposal comes back
        only if its facts changed.

        :param model: model of the records, for example ``account.bank.statement.line``
        :param res_ids: ids of the records
        :param kinds: kinds to propose; all that know this model if left out
        :raise AccessError: without the right to propose, or to read the records
        :raise UserError: for an unknown model or kind
        """
        self._check_proposer()
        known = self._kinds_for(model)
        if not known:
            raise UserError(self.env._("Nothing can be proposed for %(model)s.", model=model))
        # An agent holds no right on the books: what it names is read for it, company by company.
        records = self._readable_for_proposer(self.env[model].browse(res_ids))
        for kind in kinds or known:
            self._propose(self._proposer(kind), records)
        found = self.sudo().search(
            [("res_model", "=", model), ("res_id", "in", records.ids), ("state", "in", OPEN_STATES)], order="id"
        )
        return found.ids

    @api.model
    def _kinds_for(self, model):
        proposers = {kind: self._proposer(kind) for kind in KINDS if f"ai.proposer.{kind}" in self.env}
        return [kind for kind, found in proposers.items() if model in found._models() and found._is_available()]

    def _proposer(self, kind):
        name = f"ai.proposer.{kind}"
        if kind not in KINDS or name not in self.env:
            raise UserError(self.env._("There is no proposer for '%(kind)s'.", kind=kind))
        return self.env[name]

    def _readable_for_proposer(self, records):
        if self.env.user.has_group("base.group_user") or self.env.su:
            records = records.exists()
            records.check_access("read")
            return records
        companies = self.env.user.company_ids.ids
        return records.sudo().exists().filtered(lambda record: record.company_id.id in companies)

    # === PUBLIC: SUBMIT === #

    @api.model
    def submit(self, values: dict) -> int:
        """Take a proposal that somebody else made and return the id of the suggestion; it always asks.

        :param values: ``kind``, ``res_model``, ``res_id``, ``proposal`` (see the schema of the kind), and optionally
            ``idempotency_key`` and ``note``. A confidence is not taken: it is measured, never told.
        :raise UserError: when a field is missing or the proposal breaks the schema; the message names the field
        """
        self._check_proposer()
        for name in ("kind", "res_model", "res_id", "proposal"):
            if not values.get(name):
                raise UserError(self.env._("The field '%(name)s' is missing.", name=name))
        proposer = self._proposer(values["kind"])
        if values["res_model"] not in proposer._models():
            raise UserError(self.env._("The kind %(kind)s knows nothing of that model.", kind=values["kind"]))
        record = self._readable_for_proposer(self.env[values["res_model"]].browse(int(values["res_id"])))
        if not record:
            raise UserError(self.env._("The record does not exist."))
        known = self._known_submission(record, values)
        if known:
            return known.id
        is_agent = not self.env.user.has_group("base.group_user")
        return self._submit(proposer, record, values, "agent" if is_agent else "user").id

    def _known_submission(self, record, values):
        key = values.get("idempotency_key")
        if not key:
            return self.browse()
        known = self.sudo().search(
            [("company_id", "=", record.sudo().company_id.id), ("idempotency_key", "=", key)], limit=1
        )
        wanted = (values["kind"], record._name, record.id, fingerprint(values["proposal"]))
        if known and (known.kind, known.res_model, known.res_id, known.fingerprint) != wanted:
            raise UserError(self.env._("This idempotency key was used for another proposal."))
        return known

    def _submit(self, proposer, record, values, origin):
        """Check a proposal against its kind's schema and the books, and store it in place of the open one."""
        problems = proposer._problems(record, values["proposal"])
        if problems:
            raise ValidationError("\n".join(problems))
        self.sudo().search(
            [("res_model", "=", record._name), ("res_id", "=", record.id), ("state", "in", OPEN_STATES)]
        )._supersede()
        # The database allows one open suggestion: the old one goes before the new one comes.
        self.env.flush_all()
        suggestion = self.sudo().create(
            {
                **proposer._submitted_values(record, values["proposal"]),
                "origin": origin,
                "tier": "agent" if origin == "agent" else "match",
                "idempotency_key": values.get("idempotency_key"),
            }
        )
        suggestion._replace_items()
        suggestion._log("proposed")
        suggestion._after_decision("proposed", None)
        return suggestion.sudo(self.env.su)

    # === PUBLIC: DECIDE === #

    def action_accept(self):
        """Book these suggestions as proposed. Questions are left for a choice; what moved meanwhile is superseded.

        :return: True, or a notification of what could not be booked
        """
        self._check_decider()
        questions = self.filtered("is_question")
        chosen = self - questions
        if questions and not chosen:
            raise UserError(self.env._("This is a question: choose one of its answers."))
        troubles = chosen._accept()
        if questions:
            troubles.append(self.env._("%(count)s questions wait for a choice.", count=len(questions)))
        return self._notice("\n".join(troubles[:10]), kind="warning") if troubles else True

    def action_reject(self, reason=None, note=None):
        """Reject; what was rejected is not proposed again unless its facts change.

        :param str reason: one of ``vocabulary.REJECT_REASONS``
        """
        self._check_decider()
        if reason and reason not in REJECT_REASONS:
            raise UserError(self.env._("Unknown reason: %(reason)s.", reason=reason))
        waiting = self.filtered(lambda suggestion: suggestion.state in (*OPEN_STATES, FAILED))
        for suggestion in waiting.filtered("is_question"):
            refused = [choice["key_full"] for choice in suggestion.evidence.get("alternatives", [])]
            suggestion.sudo().evidence = {**suggestion.evidence, "refused": refused}
        waiting._move_to(REJECTED, {**self._decision(), "reject_reason": reason, "reject_note": note})
        waiting._log("rejected", [{"reason": reason or ""} for _suggestion in waiting])
        waiting._after_decision("nothing", [["turned_down", {}]])
        return True

    def action_choose(self, key):
        """Take the alternative with this key, the answer of a question or one that had lost, and book it."""
        self.ensure_one()
        self._check_decider()
        choices = (self.evidence or {}).get("alternatives", [])
        choice = next((choice for choice in choices if choice["key"] == key), None)
        if self.state not in OPEN_STATES or not choice:
            raise UserError(self.env._("That answer is not available any more. Propose again."))
        proposer = self._proposer(self.kind)
        self.sudo().write(
            {
                **proposer._reading_values(choice),
                "is_question": False,
                "evidence": {**self.evidence, **proposer._reading_evidence(choice), "alternatives": choices},
            }
        )
        self._replace_items()
        self._log("chosen", [{"key": key}])
        troubles = self._accept()
        if troubles:
            raise UserError("\n".join(troubles))
        return True

    def action_undo(self):
        """Undo: the books, and a rejection. What it does to locked periods is checked first."""
        self._check_decider()
        rejected = self.filtered(lambda suggestion: suggestion.state == REJECTED)
        rejected._reopen()
        applied = self.filtered(lambda suggestion: suggestion.state == APPLIED)
        for kind, suggestions in applied.grouped("kind").items():
            gone = self._proposer(kind)._changed_later(suggestions)
            gone._supersede(self.env._("It was undone in Odoo before."))
            applied -= gone
            self._proposer(kind)._undo(suggestions - gone)
        applied._move_to(UNDONE)
        applied._log("undone")
        applied._after_decision("todo", None)
        applied._propose_again()
        return True

    def action_open_record(self):
        """Open the record that this suggestion is about."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

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

    # === DECIDING === #

    def _accept(self):
        """Apply in batches. Returns sentences about those that could not be booked."""
        # A caller may name a suggestion twice.
        self |= self.browse()
        waiting = self.filtered(lambda suggestion: suggestion.state in (*OPEN_STATES, FAILED))
        gone = self - waiting
        troubles = [self.env._("%(count)s were decided before.", count=len(gone))] if gone else []
        locked = waiting.sudo().try_lock_for_update().sudo(self.env.su)
        if waiting - locked:
            troubles.append(self.env._("%(count)s are being decided by somebody else.", count=len(waiting - locked)))
        for kind, suggestions in locked.grouped("kind").items():
            troubles += suggestions._apply_kind(self._proposer(kind))
        return troubles

    def _apply_kind(self, proposer):
        stale = proposer._stale(self)
        moved = self.filtered(lambda suggestion: suggestion.id in stale)
        for suggestion in moved:
            suggestion._supersede(stale[suggestion.id])
        moved._propose_again()
        troubles = [f"{suggestion.label or suggestion.name}: {stale[suggestion.id]}" for suggestion in moved]
        return troubles + (self - moved)._apply_bisecting(proposer)

    def _apply_bisecting(self, proposer):
        """Book all together; if something refuses, find it by halves, so that one bad entry stops only itself."""
        if not self:
            return []
        try:
            with self.env.cr.savepoint():
                self._apply_together(proposer)
            return []
        except (UserError, ValidationError) as error:
            # What the rolled back attempt computed is not true.
            self.env.invalidate_all(flush=False)
            if len(self) > 1:
                half = len(self) // 2
                return self[:half]._apply_bisecting(proposer) + self[half:]._apply_bisecting(proposer)
            return [self._failed(str(error.args[0] if error.args else error))]

    def _failed(self, message):
        if self.state != FAILED:
            self._move_to(FAILED, {"error": message[:500]})
            self._log("failed", [{"error": message[:500]}])
            self._after_decision("asked", [["failed", {"why": message[:500]}]])
        return f"{self.label or self.name}: {message}"

    def _apply_together(self, proposer):
        moves = proposer._apply(self)
        failed = self.filtered(lambda suggestion: suggestion.state == FAILED)
        failed._move_to(PENDING)
        self._move_to(APPLIED, {**self._decision(), "error": False})
        self._link_moves(moves)
        identities = [{"label": suggestion.label, "partner": suggestion.partner_id.name} for suggestion in self]
        self._log("applied", [{"proposal": suggestion.proposal} for suggestion in self], identities)
        self._supersede_older()
        self._after_decision(None, None)
        for company in self.company_id:
            # What was promised to one of these lines is now paid by it: a return, say, can be recognised.
            self.env["account.bank.statement.line"]._look_again(company, because=("promised", "held", "twin_lines"))

    def _supersede_older(self):
        """What was applied to these records before has been undone in Odoo, else nothing could be booked now."""
        older = self.sudo().search(
            [
                ("res_model", "in", list(set(self.mapped("res_model")))),
                ("res_id", "in", self.mapped("res_id")),
                ("kind", "in", list(set(self.mapped("kind")))),
                ("state", "=", APPLIED),
                ("id", "not in", self.ids),
            ]
        )
        older._supersede(self.env._("It was undone in Odoo before."))

    def _decision(self):
        return {"decision": "person", "decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()}

    def _link_moves(self, moves):
        """``moves``: {suggestion id: ids of entries made or changed}; one query."""
        rows = [(suggestion_id, move_id) for suggestion_id, ids in moves.items() for move_id in ids]
        if not rows:
            return
        self.env.cr.execute_values(
            "INSERT INTO ai_suggestion_move_rel (ai_suggestion_id, account_move_id) VALUES %s ON CONFLICT DO NOTHING",
            rows,
        )
        self.invalidate_recordset(["move_ids"], flush=False)

    def _after_decision(self, finding, note):
        """Tell the bank lines what became of their suggestion."""
        lines = self.filtered(lambda suggestion: suggestion.res_model == "account.bank.statement.line")
        model = self.env["account.bank.statement.line"]
        if finding:
            model._set_findings(dict.fromkeys(lines.mapped("res_id"), (finding, note)))
        model.invalidate_model(["ai_suggestion_id", "ai_card"], flush=False)

    def _propose_again(self):
        """Look at the records anew; if another run holds the company, its scheduled successor does."""
        try:
            for model, records in self._targets().items():
                for kind in self._kinds_for(model):
                    self._propose(self._proposer(kind), records)
        except LockError:
            self.env.ref("ai_bookkeeper.ir_cron_propose").sudo()._trigger()

    def _reopen(self):
        """A rejection is taken back: the suggestion waits again."""
        for suggestion in self:
            taken = self.sudo().search_count(
                [
                    ("res_model", "=", suggestion.res_model),
                    ("res_id", "=", suggestion.res_id),
                    ("state", "in", OPEN_STATES),
                ],
                limit=1,
            )
            if taken:
                raise UserError(self.env._("Another suggestion for this record waits already."))
            evidence = {key: value for key, value in (suggestion.evidence or {}).items() if key != "refused"}
            suggestion._move_to(
                PENDING,
                {
                    "decision": False,
                    "decided_by_id": False,
                    "decided_at": False,
                    "reject_reason": False,
                    "reject_note": False,
                    "evidence": evidence,
                },
            )
            suggestion._after_decision("asked" if suggestion.is_question else "proposed", None)
        self._log("undone")

    def _supersede(self, why=None):
        """Close suggestions that the world has overtaken."""
        if self:
            self._move_to(SUPERSEDED, {"error": why} if why else {})
            self._log("superseded", [{"why": why or ""} for _suggestion in self])

    @api.model
    def _supersede_for(self, records):
        """Close what is proposed for these records, or would settle an item of them, before they go."""
        found = self.sudo().search(
            [("res_model", "=", records._name), ("res_id", "in", records.ids), ("state", "in", (*OPEN_STATES, FAILED))]
        )
        if records._name == "account.move":
            found |= self.sudo().search(
                [("item_ids.move_line_id.move_id", "in", records.ids), ("state", "in", (*OPEN_STATES, FAILED))]
            )
        found._supersede(self.env._("The record was deleted."))

    def _replace_partners(self, merged_ids, partner_id):
        """A merge moved partners: proposals name the remaining one. The audit log keeps what was."""
        for suggestion in self:
            if (suggestion.proposal or {}).get("partner_id") in merged_ids:
                suggestion.proposal = {**suggestion.proposal, "partner_id": partner_id}

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
        """Mirror the proposals' counterparts into ``item_ids``."""
        items = self.env["ai.suggestion.item"].sudo()
        items.search([("suggestion_id", "in", self.ids)]).unlink()
        items.create(
            [
                {"suggestion_id": suggestion.id, "move_line_id": row["move_line_id"], "amount": float(row["amount"])}
                for suggestion in self
                for row in (suggestion.proposal or {}).get("counterparts", [])
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
