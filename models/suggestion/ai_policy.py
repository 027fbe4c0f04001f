"""Who decides what: the first policy that is for a suggestion."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...engine import policy as engine
from ...engine.vocabulary import KINDS, POLICY_MODES

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
MODE_LABELS = {
    "assist": "Assist: everything asks",
    "supervised": "Supervised: accepted into the day's batch, booked when a reviewer signs it off",
    "autopilot": "Autopilot: books alone where it has shown that it errs little, asks elsewhere",
}
PARTNER_SCOPES = [
    ("all", "All partners; new ones ask"),
    ("known", "All, but new ones and lines without a partner ask"),
    ("chosen", "Chosen partners only"),
]


class AiPolicy(models.Model):
    """A manager's rule of who decides. What it is *for* (company, kind, journals, chosen partners) finds it; past one
    of its limits a person is asked, and no later policy is looked at."""

    _name = "ai.policy"
    _description = "Bookkeeping Policy"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", index=True, default=lambda self: self.env.company, help="Empty: all companies."
    )
    kind = fields.Selection([(kind, kind.replace("_", " ").capitalize()) for kind in KINDS], help="Empty: all kinds.")
    journal_ids = fields.Many2many("account.journal", check_company=True, help="Empty: all journals.")
    partner_scope = fields.Selection(
        PARTNER_SCOPES,
        string="Partners",
        required=True,
        default="all",
        help="A partner without an earlier posted document asks under every policy.",
    )
    partner_ids = fields.Many2many("res.partner", string="Chosen Partners", check_company=True)
    max_amount = fields.Float(
        string="Up to",
        help="In the company's currency at the record's date; above it a person is asked. 0 means no cap.",
    )
    mode = fields.Selection(
        [(mode, MODE_LABELS[mode]) for mode in POLICY_MODES],
        required=True,
        default="assist",
    )
    min_confidence = fields.Float(
        default=0.95, digits=(5, 4), help="As measured by the engine; what a caller says of itself does not count."
    )
    max_error_rate = fields.Float(
        string="Tolerated Errors",
        default=0.02,
        digits=(5, 4),
        help="What it books alone must be wrong less often, with 95 % certainty. 2 % is 1 in 50.",
    )
    sample_rate = fields.Float(
        string="Coded Blind",
        default=0.05,
        digits=(5, 4),
        help="Share of what it books alone that a person codes without seeing the booking, drawn by chance.",
    )
    second_approval_amount = fields.Float(
        string="Two People above", help="In the company's currency: above this amount two people decide; 0 means never."
    )
    origin_agent = fields.Boolean(string="Also for agents", help="Off: proposals of outside agents always ask.")

    mode_label = fields.Char(compute="_compute_mode_label", string="Who Decides")
    waiting_count = fields.Integer(compute="_compute_waiting_count")
    paused_text = fields.Char(compute="_compute_paused_text")
    binding_text = fields.Char(compute="_compute_binding_text")

    _confidence_range = models.Constraint(
        "CHECK(min_confidence >= 0 AND min_confidence <= 1)", "A confidence lies between 0 and 1."
    )
    _amounts_positive = models.Constraint(
        "CHECK(max_amount >= 0 AND second_approval_amount >= 0)", "Amounts of a policy are not negative."
    )

    @api.constrains("partner_scope", "partner_ids")
    def _check_chosen(self):
        for policy in self:
            if policy.partner_scope == "chosen" and not policy.partner_ids:
                raise ValidationError(self.env._("Choose the partners that '%(name)s' is for.", name=policy.name))

    # === WHAT THE SCREENS SHOW === #

    @api.depends("mode")
    @api.depends_context("lang")
    def _compute_mode_label(self):
        labels = dict(self._fields["mode"]._description_selection(self.env))
        for policy in self:
            policy.mode_label = labels.get(policy.mode, "").partition(":")[0]

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_waiting_count(self):
        suggestions = self.env["ai.suggestion"]
        domain = [*suggestions._batch_domain(), ("policy_id", "in", self._origin.ids)]
        counts = {policy.id: count for policy, count in suggestions._read_group(domain, ["policy_id"], ["__count"])}
        for policy in self:
            policy.waiting_count = counts.get(policy._origin.id, 0)

    @api.depends_context("company", "lang")
    def _compute_paused_text(self):
        text = self.pause_state()["text"]
        for policy in self:
            policy.paused_text = text

    @api.depends("mode", "journal_ids", "company_id")
    @api.depends_context("lang")
    def _compute_binding_text(self):
        """Names the journals of the policy in which the law keeps it from accepting."""
        template = self.env._("Posting binds in law in %(journals)s: this policy asks there unless a manager opens it.")
        for policy in self:
            journals = policy.sudo().journal_ids._origin
            if not journals:
                company = policy.company_id or self.env.company
                domain = [("type", "in", ("bank", "cash", "credit")), ("company_id", "=", company.id)]
                journals = self.env["account.journal"].sudo().search(domain)
            laws = journals._ai_binding_laws() if policy.mode != "assist" else {}
            names = [journal.name for journal in journals if laws.get(journal.id)]
            policy.binding_text = template % {"journals": ", ".join(names)} if names else False

    # === RIGHTS AND LOG === #

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        policies._check_reach()
        policies._log_change("created", vals_list)
        policies._review_batches()
        return policies

    def write(self, vals):
        self._check_reach()
        modes = {policy.id: policy.mode for policy in self}
        result = super().write(vals)
        self._check_reach()
        self._log_change("changed", [vals] * len(self))
        changed = self.filtered(lambda policy: policy.mode != modes[policy.id])
        self._log_modes(changed, modes)
        self._review_batches()
        return result

    def unlink(self):
        self._check_reach()
        self._log_change("deleted", [{}] * len(self))
        result = super().unlink()
        self.browse()._review_batches()
        return result

    def _check_reach(self):
        """A policy for all companies is set by somebody who may work in all of them."""
        if self.env.su or all(policy.company_id for policy in self.sudo()):
            return
        # The companies a user has no part in are what is asked about here.
        if self.env["res.company"].sudo().search_count([]) > len(self.env.user.company_ids):
            raise AccessError(
                self.env._("A policy for all companies is set by a manager of all companies. Choose a company.")
            )

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers do this. Ask one of them."))

    def _log_change(self, change, values):
        payloads = [{"change": change, "values": {name: str(row[name]) for name in sorted(row)}} for row in values]
        self.env["ai.audit.log"]._append("policy_changed", self, payloads)

    def _log_modes(self, changed, before):
        payloads = [{"before": before[policy.id], "after": policy.mode} for policy in changed]
        if changed:
            self.env["ai.audit.log"]._append("mode_changed", changed, payloads)

    def _review_batches(self):
        """What waits for its sign-off under the old word asks again where the new one would ask."""
        self.env["ai.suggestion"].sudo()._review_batch()

    # === ACTIONS === #

    def action_dry_run(self):
        """Show what this policy would have decided on the last 90 days, to change and try."""
        self.ensure_one()
        self.check_access("read")
        wizards = self.env["ai.policy.dry.run"]
        values = self._convert_to_write({name: self[name] for name in wizards._copied()})
        return wizards.create({"policy_id": self.id, **values}).action_try()

    def action_open_decided(self):
        """Open what this policy accepted and waits for its sign-off."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_suggestion_action_batch")
        return {**action, "domain": [("policy_id", "=", self.id), ("decision", "=", "policy")]}

    def action_apply_to_waiting(self):
        """Let the policies decide what asks already, on the facts it was proposed with; on autopilot it is booked."""
        self._check_manager()
        self.check_access("write")
        companies = self.company_id or self.env.companies
        count = self.env["ai.suggestion"].sudo()._decide_waiting(companies)
        self._log_change("applied_to_waiting", [{"accepted": count}] * len(self))
        template = self.env._("%(count)s were accepted into the batch. A reviewer signs it off.")
        return self.env["ai.suggestion"]._notice(template % {"count": count})

    # === FOR THE ENGINE === #

    @api.model
    def _for_company(self, company):
        """The policies that may decide in ``company``, in order, as values of the engine."""
        # Policies decide for everybody; who may read them is another question.
        companies = [False, company.id, *company.parent_ids.ids]
        found = self.sudo().search([("company_id", "in", companies)])
        return [policy._to_engine(company) for policy in found]

    def _to_engine(self, company):
        """This policy as the engine's value; amounts with the places of the company's currency."""
        return engine.Policy(
            key=self._origin.id or self.id or 0,
            mode=self.mode,
            kind=self.kind or "",
            journals=frozenset(self.journal_ids._origin.ids),
            partner_scope=self.partner_scope,
            partners=frozenset(self.partner_ids.commercial_partner_id._origin.ids),
            max_amount=self._money(self.max_amount, company),
            min_confidence=self.min_confidence,
            second_approval_amount=self._money(self.second_approval_amount, company),
            agents=self.origin_agent,
            gates=self._gates(company),
        )

    def _money(self, amount, company):
        return Decimal(str(amount)).quantize(Decimal(1).scaleb(-company.currency_id.decimal_places))

    def _gates(self, company):
        """{(kind, journal, tier): engine.policy.Gate} of what autopilot has earned in ``company``."""
        return {}
