"""A language model that may be asked about documents: where it is, what it may cost, what may leave for it."""

from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import config

from ..sync import egress

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
KEY = "model_key"
#: Of the server's configuration file: a key, and the one address that it is for. A manager who could send it to any
#: address could read it there.
CONFIGURED_KEY, CONFIGURED_URL = "ai_bookkeeper_model_key", "ai_bookkeeper_model_url"
LONGEST_KEY = 500
#: Seconds; the job that asks must end before its worker is ended.
LONGEST_WAIT = 40


class AiModelProvider(models.Model):
    """One per company, and off until a manager switches it on."""

    _name = "ai.model.provider"
    _description = "Language Model"
    _rec_name = "model"
    _order = "company_id"
    _ai_is_target = True

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    is_on = fields.Boolean(string="On", copy=False, help="Off: nothing leaves this server.")
    url = fields.Char(
        string="Address",
        required=True,
        help="Base of an interface compatible with OpenAI's, such as https://api.example.com/v1. "
        "A model of your own network must be allowed in the server's configuration.",
    )
    model = fields.Char(required=True, help="The model's name, as the provider calls it.")
    timeout = fields.Integer(string="Time-out", default=30, help="Seconds for an answer, 40 at most.")
    most_characters = fields.Integer(
        string="Longest Text", default=12000, help="Characters of a document that are sent at most."
    )
    most_pages = fields.Integer(string="Pages Sent", default=4, help="Pages of a document that are sent at most.")
    price_asked = fields.Float(string="Price of Questions", digits=(16, 4), help="Per million tokens that are sent.")
    price_answered = fields.Float(string="Price of Answers", digits=(16, 4), help="Per million tokens that come back.")
    cost_per_day = fields.Monetary(string="Cost per Day", default=1.0)
    cost_per_month = fields.Monetary(string="Cost per Month", default=10.0)
    pages_per_day = fields.Integer(string="Pages per Day", default=50)
    pages_per_month = fields.Integer(string="Pages per Month", default=500)
    allowance_ids = fields.One2many("ai.model.allowance", "provider_id", string="What May Be Asked", copy=False)
    key_state = fields.Selection(
        [("none", "No key"), ("stored", "Stored"), ("configured", "In the server's configuration")],
        compute="_compute_key_state",
        string="Key",
    )

    _company_uniq = models.Constraint("unique (company_id)", "A company has one language model.")
    _limits_check = models.Constraint(
        "CHECK (cost_per_day >= 0 AND cost_per_month >= 0 AND pages_per_day >= 0 AND pages_per_month >= 0"
        " AND price_asked >= 0 AND price_answered >= 0 AND most_characters > 0 AND most_pages > 0)",
        "Limits and prices are not negative, and something must be allowed to be sent.",
    )

    @api.depends("url")
    def _compute_key_state(self):
        for provider in self:
            stored = self.env["sync.secret"]._values(provider._origin, KEY) if provider._origin else ()
            configured = "configured" if provider._configured_key() else "none"
            provider.key_state = "stored" if stored else configured

    # === RULES === #

    @api.constrains("timeout")
    def _check_timeout(self):
        if any(not 1 <= provider.timeout <= LONGEST_WAIT for provider in self):
            raise ValidationError(self.env._("The time-out is 1 to %(most)s seconds.", most=LONGEST_WAIT))

    @api.constrains("url")
    def _check_url(self):
        for provider in self:
            scheme, host, _port = origin(provider.url)
            if not host:
                raise ValidationError(self.env._("The address must begin with https:// and name a server."))
            if scheme == "http" and not egress.may_be_plain(host):
                raise ValidationError(
                    self.env._(
                        "Documents are sent encrypted only: use https://. Plain http:// is for addresses of your own "
                        "network, spelled as numbers, that the server's configuration allows."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        providers = super().create(vals_list)
        for provider in providers.filtered(lambda provider: not provider.allowance_ids):
            self.env["ai.model.allowance"]._make_usual(provider)
        providers._log({name: True for vals in vals_list for name in vals})
        return providers

    def write(self, vals):
        before = {provider.id: origin(provider.url) for provider in self}
        done = super().write(vals)
        # A key is for the address that it was entered for.
        self.env["sync.secret"]._wipe(self.filtered(lambda provider: before[provider.id] != origin(provider.url)))
        self._log(vals)
        return done

    def unlink(self):
        self.env["sync.secret"]._wipe(self)
        return super().unlink()

    def _log(self, vals):
        payload = {
            "changed": sorted(vals),
            "is_on": [bool(provider.is_on) for provider in self],
            "hosts": [origin(provider.url)[1] for provider in self],
        }
        self.env["ai.audit.log"]._append("model_changed", self, [payload] * len(self))

    # === KEY === #

    def store_key(self, key: str):
        """Keep a key for this address; nobody reads it again.

        :raise UserError: it is no key
        """
        self.ensure_one()
        self._check_manager()
        if not isinstance(key, str) or not 0 < len(key.strip()) <= LONGEST_KEY or not key.strip().isascii():
            raise UserError(self.env._("This is no key: paste it as the provider shows it."))
        self.env["sync.secret"]._store(self, KEY, key.strip())
        self.invalidate_recordset(["key_state"])

    def forget_key(self):
        """Delete the stored key."""
        self._check_manager()
        self.env["sync.secret"]._wipe(self, [KEY])
        self.invalidate_recordset(["key_state"])

    def action_enter_key(self):
        """The dialog that takes a key."""
        self.ensure_one()
        self._check_manager()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Key of the Language Model"),
            "res_model": "ai.model.key",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_provider_id": self.id},
        }

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers decide what is sent to a language model."))
        self.check_access("write")

    def _key(self):
        """The key to send, None for servers that need none."""
        self.ensure_one()
        stored = self.env["sync.secret"]._values(self, KEY)
        return stored[0] if stored else self._configured_key()

    def _configured_key(self):
        key, url = (str(config.get(name) or "").strip() for name in (CONFIGURED_KEY, CONFIGURED_URL))
        is_for_this = bool(url and self.url) and origin(url) == origin(self.url)
        return key if key and is_for_this else None

    # === ASKING === #

    @api.model
    def _of(self, company):
        """The model that may be asked for a company; empty when it is off."""
        # The job works for whoever brought the document; what may leave was decided by a manager.
        return self.sudo().search([("company_id", "=", company.id), ("is_on", "=", True)], limit=1)

    def _allowed(self, kind):
        """Names of fields that may be asked about a document of this kind."""
        return self.allowance_ids.filtered(lambda allowance: allowance.kind == kind and allowance.is_on)._names()

    def _cost(self, asked_tokens, answered_tokens):
        self.ensure_one()
        return (asked_tokens * self.price_asked + answered_tokens * self.price_answered) / 1_000_000

    def _door(self):
        return {**egress.door(), "timeout": float(self.timeout)}


def origin(url):
    """(scheme, host, port) of a web address without user and query, Nones for anything else."""
    try:
        parts = urlsplit(url or "")
        is_plain = parts.scheme in ("http", "https") and not parts.username and not parts.query
        return (parts.scheme, parts.hostname, parts.port) if is_plain else (None, None, None)
    except ValueError:
        return (None, None, None)
