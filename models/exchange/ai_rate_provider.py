"""Where exchange rates may be fetched from: nowhere, until a manager says where."""

from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
PER_BASE, PER_UNIT = "per_base", "per_unit"


class AiRateProvider(models.Model):
    """One per group of companies, for they share their rates; off until a manager switches it on."""

    _name = "ai.rate.provider"
    _description = "Exchange Rate Provider"
    _rec_name = "name"
    _order = "company_id"
    _ai_is_target = True

    name = fields.Char(required=True, help="As the rates' source is to be called, for example the central bank's name.")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company.root_id)
    is_on = fields.Boolean(string="On", copy=False, help="Off: no rate is fetched, missing ones are asked for.")
    url = fields.Char(
        string="Address",
        required=True,
        help="Of a file with the rates of today or of the last days: XML, CSV or JSON, as central banks publish.",
    )
    base_currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.root_id.currency_id,
        help="The currency that the file quotes all others against.",
    )
    direction = fields.Selection(
        [
            (PER_BASE, "Units of the currency for one of the base"),
            (PER_UNIT, "Units of the base for one of the currency"),
        ],
        required=True,
        default=PER_BASE,
        string="A Rate Says",
    )
    max_change = fields.Float(
        string="Largest Change (%)",
        default=10.0,
        help="A rate that is further from the last known one is not stored, and told here. 0: no limit.",
    )
    is_revaluing = fields.Boolean(
        string="Value Open Bank Lines Anew",
        default=True,
        help="Open bank lines for which there was no fresh rate are valued with the fetched one; nothing that was "
        "booked changes.",
    )
    timeout = fields.Integer(string="Time-out", default=20, help="Seconds for an answer, 40 at most.")
    state = fields.Selection(
        [("never", "Never fetched"), ("done", "Fetched"), ("partly", "Fetched in part"), ("failed", "Failed")],
        default="never",
        readonly=True,
        copy=False,
        string="Last Time",
    )
    fetched_at = fields.Datetime(readonly=True, copy=False, string="Last Fetched")
    note = fields.Text(readonly=True, copy=False, string="What Happened")
    newest = fields.Date(compute="_compute_newest", string="Newest Rate")

    _company_uniq = models.Constraint("unique (company_id)", "A company has one provider of rates.")
    _limits_check = models.Constraint(
        "CHECK (max_change >= 0 AND timeout BETWEEN 1 AND 40)", "The time-out is 1 to 40 seconds, no limit is negative."
    )

    def _compute_newest(self):
        rates = self.env["res.currency.rate"]._read_group(
            [("ai_provider_id", "in", self.ids)], ["ai_provider_id"], ["name:max"]
        )
        newest = {provider.id: day for provider, day in rates}
        for provider in self:
            provider.newest = newest.get(provider.id)

    # === RULES === #

    @api.constrains("url")
    def _check_url(self):
        for provider in self:
            if not _is_address(provider.url):
                raise ValidationError(
                    self.env._("The address must begin with https:// or http://, and name a server and no password.")
                )

    @api.constrains("company_id")
    def _check_company(self):
        if any(provider.company_id.parent_id for provider in self):
            raise ValidationError(self.env._("Branches have the rates of their main company: name that one."))

    @api.model_create_multi
    def create(self, vals_list):
        providers = super().create(vals_list)
        for provider, vals in zip(providers, vals_list, strict=True):
            provider._log(vals)
        return providers

    def write(self, vals):
        done = super().write(vals)
        if set(vals) - {"state", "fetched_at", "note"}:
            self._log(vals)
        return done

    def _log(self, vals):
        payloads = [
            {"rates": sorted(vals), "is_on": bool(provider.is_on), "host": urlsplit(provider.url or "").hostname or ""}
            for provider in self
        ]
        self.env["ai.audit.log"]._append("setting_changed", self, payloads)

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers have exchange rates fetched."))
        self.check_access("write")

    @api.model
    def _of(self, company):
        """The provider that is on for ``company``; empty when rates are asked for."""
        # Whether there is one is no secret: the card says who is to be asked.
        return self.sudo().search([("company_id", "=", company.root_id.id), ("is_on", "=", True)], limit=1)


def _is_address(url):
    try:
        parts = urlsplit(url or "")
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        return False
