"""Gates of autopilot: what the machine has shown for one kind, journal and tier, and what it may book alone for it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import formatLang

from ...engine.autonomy import CLOSED, OPEN, SMALL
from ...engine.policy import Gate
from ...engine.vocabulary import GATE_STATES, KINDS, TIERS
from . import gate_words as words

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
STATE_LABELS = {OPEN: "Open", SMALL: "Open to the small cap", CLOSED: "Asks"}


class AiGate(models.Model):
    """One per policy on autopilot, company, kind, journal and tier; opened by evidence only, closed by evidence or by
    a manager. The evidence is counted anew each night and whenever people take something back."""

    _name = "ai.gate"
    _inherit = ["ai.journal.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Gate of Autopilot"
    _order = "company_id, policy_id, kind, journal_id, tier"
    # Managers answer to what they are told; nobody writes a gate.
    _mail_post_access = "read"

    policy_id = fields.Many2one("ai.policy", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection([(kind, kind.replace("_", " ").capitalize()) for kind in KINDS], readonly=True)
    journal_id = fields.Many2one("account.journal", readonly=True, ondelete="cascade")
    tier = fields.Selection([(tier, tier.capitalize()) for tier in TIERS], readonly=True)
    state = fields.Selection(
        [(state, STATE_LABELS[state]) for state in GATE_STATES], required=True, default=CLOSED, readonly=True
    )
    is_held = fields.Boolean(readonly=True, string="Held", help="A manager closed it: it stays closed.")
    why = fields.Char(readonly=True, help="Code of what keeps it closed, or to the small cap.")
    facts = fields.Json(readonly=True, help="Figures behind the reason.")
    threshold = fields.Float(readonly=True, digits=(5, 4), help="From this confidence on it books alone.")
    cap = fields.Monetary(readonly=True, string="Up to", help="What was earned; the policy's own cap holds beside it.")
    level = fields.Integer(readonly=True, help="0: the segment alone; 1: with its journal; 2: with its kind.")
    bound = fields.Float(readonly=True, digits=(5, 4), aggregator=False, help="The error is below it, 95 % certain.")
    people_count = fields.Integer(readonly=True)
    people_errors = fields.Integer(readonly=True)
    backtest_count = fields.Integer(readonly=True)
    backtest_errors = fields.Integer(readonly=True)
    missing = fields.Integer(readonly=True, aggregator=False, help="Clean approvals that would open it.")
    weeks = fields.Integer(readonly=True, aggregator=False)
    steps = fields.Json(readonly=True, help="Thresholds in the order tested.")
    errors = fields.Json(readonly=True, help="What counted as wrong: suggestions and lines of backtests.")
    since = fields.Datetime(readonly=True, help="Only evidence after this counts: it closed by itself then.")
    opened_at = fields.Datetime(readonly=True)
    closed_at = fields.Datetime(readonly=True)
    looked_at = fields.Datetime(readonly=True, string="Counted")

    text = fields.Char(compute="_compute_words", string="What It May Do")
    missing_words = fields.Char(compute="_compute_words", string="What Is Missing")
    people_words = fields.Char(compute="_compute_words", string="Decided by People")
    backtest_words = fields.Char(compute="_compute_words", string="Backtest")
    steps_html = fields.Html(compute="_compute_steps_html", sanitize=False)
    booked_count = fields.Integer(compute="_compute_booked_count", string="Booked Alone")

    _segment_uniq = models.UniqueIndex(
        "(policy_id, company_id, kind, COALESCE(journal_id, 0), COALESCE(tier, ''))", "There is such a gate already."
    )

    @api.depends("policy_id", "kind", "journal_id", "tier")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = {name: dict(self._fields[name]._description_selection(self.env)) for name in ("kind", "tier")}
        for gate in self:
            parts = (labels["kind"].get(gate.kind), labels["tier"].get(gate.tier), gate.journal_id.sudo().name)
            gate.display_name = ", ".join(part for part in parts if part)

    # === WORDS === #

    @api.depends("state", "why", "facts", "missing", "weeks", "people_count", "backtest_count", "is_held")
    @api.depends_context("lang")
    def _compute_words(self):
        for gate in self:
            gate.missing_words = gate._missing_words()
            gate.text = gate._text()
            gate.people_words = gate._evidence_words(gate.people_count, gate.people_errors)
            gate.backtest_words = gate._evidence_words(gate.backtest_count, gate.backtest_errors)

    def _text(self):
        """One or two sentences: what it may do or why not."""
        found = []
        if self.state != CLOSED:
            found.append(self._say(words.OPENED, threshold=self._share(self.threshold), cap=self._cap_text()))
        if self.why:
            found.append(self._why_text())
        if self.state != CLOSED and self.level in words.LEVELS:
            found.append(f"({self._say(words.LEVELS[self.level])})")
        return " ".join(found)

    def _why_text(self):
        facts = self.facts or {}
        shown = {name: facts.get(name, "") for name in ("errors", "n")}
        for name in ("bound", "tolerance", "share"):
            shown[name] = formatLang(self.env, 100 * facts.get(name, 0.0), digits=1)
        shown["threshold"] = self._share(facts.get("threshold", 0.0))
        return self._say(words.WHY.get(self.why, self.why), **shown)

    def _missing_words(self):
        if not self.missing or self.is_held:
            return False
        text = self._say(words.MISSING, count=self.missing)
        if not self.weeks:
            return self._say(words.NO_PACE, missing=text)
        return self._say(words.PACE_ONE if self.weeks == 1 else words.PACE, missing=text, weeks=self.weeks)

    def _evidence_words(self, count, errors):
        return self._say(words.EVIDENCE, right=count - errors, n=count) if count else False

    def _cap_text(self):
        cap = self._cap()
        return formatLang(self.env, cap, currency_obj=self.currency_id) if cap else self.env._("any amount")

    def _cap(self):
        """What it may book alone: what was earned, within the policy's own cap. 0 is no cap."""
        return min([cap for cap in (self.cap, self.sudo().policy_id.max_amount) if cap], default=0.0)

    def _share(self, value):
        return formatLang(self.env, value, digits=3 if round(value, 2) != round(value, 3) else 2)

    def _say(self, text, **values):
        template = self.env._(text) if not isinstance(text, str) else text
        return template % values if values else template % {}

    @api.depends("steps")
    @api.depends_context("lang")
    def _compute_steps_html(self):
        for gate in self:
            gate.steps_html = self.env["ir.qweb"]._render(
                "ai_bookkeeper.ai_gate_steps", {"steps": gate._shown_steps(), "gate": gate}, minimal_qcontext=True
            )

    def _shown_steps(self):
        """The tested thresholds as texts, strictest first."""
        return [
            {
                "threshold": self._share(step["threshold"]),
                "n": step["n"],
                "errors": step["errors"],
                "counted": step["counted"],
                "bound": formatLang(self.env, 100 * step["bound"], digits=2),
                "money": formatLang(self.env, step["wrong"], currency_obj=self.currency_id),
                "passed": step["passed"],
            }
            for step in self.steps or []
        ]

    def _compute_booked_count(self):
        suggestions = self.env["ai.suggestion"]
        for gate in self:
            gate.booked_count = suggestions.search_count(gate._booked_domain()) if gate.id else 0

    def _booked_domain(self):
        return [
            ("at_once", "=", True),
            ("state", "in", ("applied", "undone")),
            ("policy_id", "=", self.policy_id.id),
            ("company_id", "=", self.company_id.id),
            ("kind", "=", self.kind),
            ("journal_id", "=", self.journal_id.id),
            ("tier", "=", self.tier),
        ]

    # === FOR POLICIES === #

    @api.model
    def _engine_gates(self, policy, company):
        """{(kind, journal, tier): engine.policy.Gate} of what ``policy`` has earned in ``company``."""
        found = self.sudo().search([("policy_id", "=", policy.id), ("company_id", "=", company.id)])
        return {(gate.kind, gate.journal_id.id or None, gate.tier or ""): gate._to_engine(policy) for gate in found}

    def _to_engine(self, policy):
        if self.state == CLOSED:
            return Gate(why=f"gate_{self.why}" if self.why in ("drift", "undone", "review", "held") else "gate_closed")
        return Gate(threshold=self.threshold, cap=policy._money(self.cap, self.company_id))

    # === ACTIONS === #

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers do this. Ask one of them."))
        self.check_access("read")

    def action_look_again(self):
        """Count the evidence of all gates of the companies anew: they open and close by it."""
        self._check_manager()
        self.sudo()._look(self.company_id or self.env.companies)
        return self.env["ai.suggestion"]._notice(self.env._("Counted anew."))

    def action_hold(self):
        """Close these gates, whatever the evidence says, until they are released."""
        self._check_manager()
        for gate in self.sudo():
            gate.is_held = True
            gate._shut("held", {})
        return True

    def action_release(self):
        """Let the evidence decide again."""
        self._check_manager()
        self.sudo().write({"is_held": False, "why": "too_few"})
        self.sudo()._look(self.company_id)
        return True

    def action_open_booked(self):
        """Open what was booked alone through this gate."""
        self.ensure_one()
        self.check_access("read")
        return self.env["ai.suggestion"]._action_for(self._booked_domain(), self.env._("Booked Alone"))

    def action_open_errors(self):
        """Open the suggestions that counted as wrong."""
        self.ensure_one()
        self.check_access("read")
        ids = (self.errors or {}).get("suggestions") or []
        if not ids:
            raise UserError(self.env._("No decision of people counted as wrong here."))
        return self.env["ai.suggestion"]._action_for([("id", "in", ids)], self.env._("Counted as Wrong"))

    def action_open_backtest_errors(self):
        """Open the lines of the backtest that counted as wrong."""
        self.ensure_one()
        self.check_access("read")
        ids = (self.errors or {}).get("backtest_lines") or []
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_backtest_line_action")
        name = self.env._("Differs in the Backtest")
        return {**action, "display_name": name, "domain": [("id", "in", ids)], "context": {}}
