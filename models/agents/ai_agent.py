"""An outside program that may propose: its user, what it may see, how often it may call."""

import secrets
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...engine.vocabulary import KINDS
from ..errors import RetryLaterError
from . import acting_key

AGENT = "ai_bookkeeper.ai_bookkeeper_group_agent"
MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
DEFAULT_RATE = 60
#: Scope that JSON-2 asks for.
SCOPE = "rpc"
#: A proposal is a few hundred bytes; the largest honest one has 1,000 rows.
MAX_BODY = 512 * 1024
#: A pause lasts as long as a person wants; asking more often than this is no use.
PAUSE_SECONDS = 300


class AiAgent(models.Model):
    """The key itself is nowhere: Odoo keeps its hash, its holder keeps the text."""

    _name = "ai.agent"
    _description = "Outside Agent"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True, readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", compute="_compute_company_id", compute_sudo=True, string="Main Company")
    company_ids = fields.Many2many(
        "res.company",
        compute="_compute_company_ids",
        inverse="_inverse_company_ids",
        search="_search_company_ids",
        string="Companies",
    )
    journal_ids = fields.Many2many("account.journal", string="Journals", help="Empty: all journals of its companies.")
    kind_ids = fields.Many2many("ai.agent.kind", string="May Propose", default=lambda self: self._default_kinds())
    rate_limit = fields.Integer(string="Calls per Minute", default=DEFAULT_RATE, required=True)
    mask_names = fields.Boolean(
        string="Hide names", default=True, help="Partners are shown as partner-<id>: it can tell them apart, no more."
    )
    mask_ibans = fields.Boolean(
        string="Hide account numbers", default=True, help="The same number always gives the same stand-in."
    )
    mask_texts = fields.Boolean(
        string="Hide free text",
        default=True,
        help="Of a bank text the agent gets only the numbers that are those of open documents.",
    )
    key_ids = fields.One2many("ai.agent.key", "agent_id", string="Keys", readonly=True)
    key_name = fields.Char(compute="_compute_key")
    key_expires_at = fields.Datetime(compute="_compute_key", string="Key Expires")
    key_state = fields.Selection(
        [("active", "Active"), ("expires", "Expires soon"), ("none", "No valid key")], compute="_compute_key"
    )
    last_used_at = fields.Datetime(compute="_compute_use", string="Last Used")
    calls = fields.Integer(compute="_compute_use")
    refused_calls = fields.Integer(compute="_compute_use", string="Calls over the Limit")
    reading_count = fields.Integer(compute="_compute_reading_count", string="Readings")

    _user_uniq = models.Constraint("UNIQUE(user_id)", "This user is an agent already.")
    _rate_positive = models.Constraint("CHECK(rate_limit > 0)", "An agent may call at least once a minute.")

    @api.model
    def _default_kinds(self):
        return self.env["ai.agent.kind"].sudo().search([("is_available", "=", True)])

    # === COMPUTE === #

    @api.depends("user_id.company_id")
    def _compute_company_id(self):
        for agent in self:
            agent.company_id = agent.user_id.company_id

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_company_ids(self):
        """Those that the reader may know; the user record itself is an administrator's."""
        for agent in self:
            companies = agent.sudo().user_id.company_ids
            agent.company_ids = companies if self.env.su else companies & self.env.user.company_ids

    def _inverse_company_ids(self):
        for agent in self:
            self._check_own_companies(agent.company_ids)
            # A bookkeeping manager is no user administrator: of the user only its companies change here.
            user = agent.sudo().user_id
            kept = user.company_ids - self.env.user.company_ids
            companies = kept | agent.company_ids
            if not companies:
                raise ValidationError(self.env._("An agent works for at least one company."))
            values = {"company_ids": [Command.set(companies.ids)]}
            if user.company_id not in companies:
                values["company_id"] = companies[0].id
            user.write(values)

    def _search_company_ids(self, operator, value):
        users = self.env["res.users"].sudo().with_context(active_test=False)
        return [("user_id", "in", users._search([("company_ids", operator, value)]))]

    @api.depends("key_ids.expires_at", "key_ids.revoked_at")
    def _compute_key(self):
        for agent in self:
            key = agent.key_ids.filtered(lambda key: key.state == "active").sorted("expires_at")[-1:]
            agent.key_name = key.name
            agent.key_expires_at = key.expires_at
            soon = key and key.expires_at < fields.Datetime.now() + timedelta(days=7)
            agent.key_state = "none" if not key else "expires" if soon else "active"

    def _compute_use(self):
        used = self.key_ids._use()
        for agent in self:
            rows = [used[key.key_id] for key in agent.key_ids if key.key_id in used]
            agent.last_used_at = max((row.last_at for row in rows), default=False)
            agent.calls = sum(row.calls for row in rows)
            agent.refused_calls = sum(row.refused for row in rows)

    def _compute_reading_count(self):
        groups = self.env["ai.agent.reading"]._read_group([("agent_id", "in", self.ids)], ["agent_id"], ["__count"])
        counts = {agent.id: count for agent, count in groups}
        for agent in self:
            agent.reading_count = counts.get(agent.id, 0)

    # === CHECKS === #

    @api.constrains("journal_ids")
    def _check_journals(self):
        for agent in self.sudo():
            if agent.journal_ids.company_id - agent.user_id.company_ids:
                raise ValidationError(self.env._("Choose journals of the agent's companies only."))

    @api.constrains("kind_ids")
    def _check_kinds(self):
        if any(not agent.kind_ids for agent in self):
            raise ValidationError(self.env._("Choose at least one kind that the agent may propose."))

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers govern agents. Ask one of them."))

    def _check_own_companies(self, companies):
        if not self.env.su and companies - self.env.user.company_ids:
            raise AccessError(self.env._("You may give an agent access to your own companies only."))

    def write(self, vals):
        """Managers set names, limits and masks; what an agent may see is logged with every change."""
        fixed = {"user_id", "active", "key_ids"} & set(vals)
        if fixed and not self.env.su:
            raise UserError(self.env._("Rotate or revoke the agent's key instead of editing it."))
        result = super().write(vals)
        told = {name: str(vals[name]) for name in sorted(vals) if name != "active"}
        if told:
            self._log("setting_changed", told)
        return result

    def _log(self, event, payload):
        self.env["ai.audit.log"]._append(event, self, [payload] * len(self))

    # === KEYS === #

    @api.model
    def _create_agent(self, values, days):
        """Make an agent, its user and its first key.

        :param dict values: field values of the agent; ``company_ids`` as a list of ids
        :param int days: life of the key, at most the agent group's ``api_key_duration``
        :return: (agent, text of the key, to be shown once)
        """
        self._check_manager()
        companies = self.env["res.company"].browse(values.get("company_ids") or [])
        self._check_own_companies(companies)
        if not companies:
            raise ValidationError(self.env._("An agent works for at least one company."))
        # Only a user with exactly the agent's group can be made here: managers are no user administrators.
        user = (
            self.env["res.users"]
            .sudo()
            .with_context(no_reset_password=True, mail_create_nosubscribe=True)
            .create(
                {
                    "name": values["name"],
                    "login": f"agent-{secrets.token_hex(6)}",
                    "group_ids": [Command.set(self.env.ref(AGENT).ids)],
                    "company_id": companies[0].id,
                    "company_ids": [Command.set(companies.ids)],
                }
            )
        )
        told = {name: value for name, value in values.items() if name != "company_ids"}
        # Nobody has the right to create agents by hand: without user and key they would be none.
        agent = self.sudo().create({**told, "user_id": user.id}).sudo(self.env.su)
        return agent, agent._make_key(days)

    def action_rotate(self):
        """Open the dialog that gives this agent a new key."""
        self.ensure_one()
        self._check_manager()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Key for %(name)s", name=self.name),
            "res_model": "ai.agent.rotate",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_agent_id": self.id},
        }

    def _rotate(self, days, overlap_hours):
        """A new key; the old ones die after ``overlap_hours``, at once when that is 0. Returns the key's text."""
        self.ensure_one()
        self._check_manager()
        self.check_access("write")
        for key in self.key_ids.filtered(lambda key: key.state == "active"):
            key._end(overlap_hours)
        if not self.active:
            self.sudo().user_id.active = True
            self.sudo().active = True
        return self._make_key(days, "key_rotated" if len(self.key_ids) else "key_created", overlap_hours)

    def _make_key(self, days, event="key_created", overlap_hours=None):
        name = self.env._("%(agent)s, made %(date)s", agent=self.name, date=fields.Date.today())
        expires_at = fields.Datetime.now() + timedelta(days=days)
        user = self.sudo().user_id
        # As the agent's user, so that core holds it to its own group's longest life of keys.
        text = self.env["res.users.apikeys"].with_user(user)._generate(SCOPE, name, expires_at)
        key_id = self.env["res.users.apikeys"]._key_id(user.id, SCOPE, text)
        self.env["ai.agent.key"].sudo().create(
            {
                "agent_id": self.id,
                "key_id": key_id,
                "name": name,
                "created_at": fields.Datetime.now(),
                "created_by_id": self.env.uid,
                "expires_at": expires_at,
            }
        )
        told = {"key": key_id, "expires": str(expires_at), "companies": user.company_ids.ids}
        if overlap_hours is not None:
            told["overlap_hours"] = overlap_hours
        self._log(event, told)
        return text

    def action_revoke(self):
        """Take the agent's keys and archive its user: the next call is refused."""
        self._check_manager()
        self.check_access("write")
        for agent in self:
            keys = agent.key_ids.filtered(lambda key: key.state == "active")
            gone = keys.mapped("key_id")
            keys._end(0)
            # Keys that an administrator may have made for the same user go too.
            self.env["res.users.apikeys"].sudo().search([("user_id", "=", agent.sudo().user_id.id)]).unlink()
            agent.sudo().user_id.active = False
            agent.sudo().active = False
            agent._log("key_revoked", {"keys": gone})
        return True

    def action_open_readings(self):
        """Open what left the server for this agent."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_agent_reading_action")
        return {**action, "domain": [("agent_id", "=", self.id)], "context": {}}

    # === THE CALLER === #

    @api.model
    def _is_agent(self, user):
        """Whether ``user`` is an outside program: it holds the agent's group and is no person's account."""
        # Not ``has_group``: it answers about the current user only, and a session is checked before there is one.
        return bool(user.id) and user._has_group(AGENT) and not user._has_group("base.group_user")

    @api.model
    def _acting_key_id(self):
        """Id of the API key that this transaction acts with; False without one. No query."""
        return acting_key.acting(self.env.cr)

    @api.model
    def _acting(self):
        """The acting agent, as superuser; empty for people and for agents that an administrator made by hand."""
        if not self._is_agent(self.env.user):
            return self.sudo().browse()
        return self.sudo().with_context(active_test=False).search([("user_id", "=", self.env.uid)], limit=1)

    @api.model
    def _admit(self, body_size):
        """Count this call of an agent's key and refuse what is too much. Returns whether an agent calls.

        :raise TooManyCallsError: over the key's limit, with the seconds until its next minute begins
        :raise TooLargeError: for a body that no honest proposal needs
        """
        if not self._is_agent(self.env.user):
            return False
        agent = self._acting()
        self.env["ai.agent.use"]._count_call(agent, self._acting_key_id(), agent.rate_limit or DEFAULT_RATE)
        if body_size > MAX_BODY:
            self.env["ai.agent.use"]._refuse_size(MAX_BODY)
        return True

    # === SCOPE === #

    def _kinds(self):
        """Codes of the kinds that this agent may propose; all for one made by hand."""
        return set(self.kind_ids.mapped("code")) if self else set(KINDS)

    @api.model
    def _kinds_allowed(self, kinds):
        """Those of ``kinds`` that the acting agent may propose; all of them when it may none, to be told so."""
        if not self._is_agent(self.env.user):
            return kinds
        return [kind for kind in kinds if kind in self._acting()._kinds()] or kinds

    @api.model
    def _check_kinds_allowed(self, kinds):
        """:raise AccessError: when the acting agent may not propose one of these kinds"""
        if self._is_agent(self.env.user) and set(kinds) - self._acting()._kinds():
            allowed = ", ".join(sorted(self._acting()._kinds()))
            raise AccessError(self.env._("This agent may propose only: %(kinds)s. Ask a manager.", kinds=allowed))

    @api.model
    def _readable(self, records):
        """Those of ``records`` in the acting agent's companies and journals, as superuser: it holds no right itself.

        :raise RetryLaterError: while one of their companies is paused
        """
        agent = self._acting()
        companies, journals = self.env.user.company_ids, agent.journal_ids

        def fits(record):
            in_journal = not journals or "journal_id" not in record._fields or record.journal_id in journals
            return record.company_id in companies and in_journal

        found = records.sudo().exists().filtered(fits)
        self._check_not_paused(found.company_id)
        return found

    @api.model
    def _check_not_paused(self, companies):
        try:
            self.env["ai.policy"]._check_not_paused(companies)
        except UserError as error:
            raise RetryLaterError(str(error), PAUSE_SECONDS) from error

    @api.model
    def _running_companies(self):
        """The caller's companies that are not paused.

        :raise RetryLaterError: when all of them are
        """
        is_agent = self._is_agent(self.env.user)
        companies = self.env.user.company_ids if is_agent else self.env.companies
        running = companies.filtered(lambda company: not self.env["ai.policy"]._is_paused(company))
        if companies and not running:
            self._check_not_paused(companies)
        return running
