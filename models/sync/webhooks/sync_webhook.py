"""Telling an address what happened in the books."""

from urllib.parse import urlsplit

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ....clients import redact
from ....engine.vocabulary import SYNC_EVENTS, WEBHOOK_LISTENING_STATES
from .. import egress
from ..queue.sync_handler import NotNowError

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
STATES = {
    "draft": "Not started",
    "on": "On",
    "paused": "Paused",
    "off": "Switched off",
}
#: Who changes one of these decides what leaves, and to where: from then on it is that person's rights that count.
DECIDING = frozenset(("url", "probe_url", "company_id", "events", "detail", "journal_ids", "partner_ids", "min_amount"))
LONGEST = 30


class SyncWebhook(models.Model):
    """What may leave is decided by the manager who set it up (``user_id``), within that person's own rights and the
    webhook's company. ``state`` moves through the methods here only."""

    _name = "sync.webhook"
    _inherit = "mail.thread"
    _description = "Webhook"
    _order = "sequence, id"
    _check_company_auto = True
    _ai_is_target = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    user_id = fields.Many2one(
        "res.users",
        string="Set Up By",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
        ondelete="restrict",
        help="Only what this person may read leaves.",
    )
    url = fields.Char(string="URL", required=True, tracking=True)
    state = fields.Selection(
        list(STATES.items()), required=True, readonly=True, default="on", copy=False, tracking=True, index=True
    )
    reason = fields.Char(readonly=True, copy=False, help="Why it does not send, in plain words.")
    is_by_machine = fields.Boolean(readonly=True, copy=False, help="Nobody stopped it: it stopped by itself.")
    stopped_at = fields.Datetime(readonly=True, copy=False)
    # What is sent
    events = fields.Json(default=list, string="Chosen Events", help="Names of events; empty: all.")
    all_events = fields.Boolean(compute="_compute_all_events", inverse="_inverse_all_events", string="Everything")
    events_text = fields.Char(compute="_compute_events_text", string="Events")
    detail = fields.Selection(
        [("thin", "What happened to which record"), ("full", "The record too")],
        string="Content",
        required=True,
        default="thin",
        tracking=True,
    )
    journal_ids = fields.Many2many(
        "account.journal",
        string="Journals",
        check_company=True,
        help="Empty: all. Partners have no journal: their events are sent whatever is chosen here.",
    )
    partner_ids = fields.Many2many("res.partner", string="Partners", check_company=True, help="Empty: all.")
    min_amount = fields.Monetary(
        string="From Amount", help="In the company's currency, without sign. What has no amount is always sent."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    # How it is sent
    timeout = fields.Integer(string="Time-out", default=15, help="Seconds that the receiver has to answer, 30 at most.")
    header_ids = fields.One2many("sync.webhook.header", "webhook_id", string="Headers", copy=False)
    probe_url = fields.Char(
        string="Probe URL",
        help="When no answer came, this address is asked by GET whether the delivery arrived: {id} stands for its "
        "webhook-id. 2xx: it did; 404: it did not. Empty: it is sent again with the same webhook-id.",
    )
    is_secret_shown = fields.Boolean(readonly=True, copy=False)

    # === EVENTS === #

    @api.depends("events")
    def _compute_all_events(self):
        for webhook in self:
            webhook.all_events = not webhook.events

    def _inverse_all_events(self):
        for webhook in self:
            if webhook.all_events:
                webhook.events = []
            elif not webhook.events:
                raise ValidationError(self.env._("Choose at least one event, or send everything."))

    @api.depends("events")
    @api.depends_context("lang")
    def _compute_events_text(self):
        labels = self._event_labels()
        for webhook in self:
            names = [labels.get(name, name) for name in webhook.events or []]
            webhook.events_text = ", ".join(names) or self.env._("Everything")

    @api.model
    def event_choices(self) -> list:
        """What can be chosen: ``[{"title", "events": [{"name", "label"}]}]``, in the caller's language."""
        self.check_access("read")
        labels = self._event_labels()
        groups = {}
        for name in SYNC_EVENTS:
            groups.setdefault(name.split(".")[0], []).append({"name": name, "label": labels.get(name, name)})
        titles = self._group_labels()
        return [{"title": titles.get(key, key), "events": events} for key, events in groups.items()]

    @api.model
    def _group_labels(self):
        return {
            "move": self.env._("Invoices and bills"),
            "payment": self.env._("Payments"),
            "partner": self.env._("Partners"),
            "bank_line": self.env._("Bank lines"),
            "bank": self.env._("Bank files"),
            "suggestion": self.env._("Suggestions"),
            "question": self.env._("Questions"),
            "intake": self.env._("What comes in"),
            "sync": self.env._("Syncing"),
        }

    @api.model
    def _event_labels(self):
        """{name of an event: what it says to people}: what happened, after the kind of record."""
        what = self._happenings()
        titles = self._group_labels()
        labels = {}
        for name in SYNC_EVENTS:
            kind, _dot, happened = name.partition(".")
            labels[name] = f"{titles.get(kind, kind)}: {what.get(happened, happened.replace('_', ' '))}"
        return labels

    @api.model
    def _happenings(self):
        return {
            "created": self.env._("created"),
            "posted": self.env._("posted"),
            "paid": self.env._("paid"),
            "unpaid": self.env._("no longer paid"),
            "payment_blocked": self.env._("payment blocked"),
            "payment_released": self.env._("payment released"),
            "reset": self.env._("reset to draft"),
            "cancelled": self.env._("cancelled"),
            "reversed": self.env._("reversed"),
            "registered": self.env._("registered"),
            "reconciled": self.env._("reconciled"),
            "unreconciled": self.env._("no longer reconciled"),
            "changed": self.env._("changed"),
            "merged": self.env._("merged"),
            "added": self.env._("added"),
            "imported": self.env._("imported"),
            "import_undone": self.env._("import undone"),
            "proposed": self.env._("proposed"),
            "accepted": self.env._("accepted"),
            "refreshed": self.env._("refreshed"),
            "edited": self.env._("edited"),
            "accepted_by_policy": self.env._("accepted by a policy"),
            "sent_back": self.env._("sent back"),
            "asked": self.env._("asked"),
            "answered": self.env._("answered"),
            "withdrawn": self.env._("withdrawn"),
            "applied": self.env._("booked"),
            "rejected": self.env._("rejected"),
            "undone": self.env._("undone"),
            "failed": self.env._("failed"),
            "superseded": self.env._("superseded"),
            "changed_outside": self.env._("changed by others"),
            "received": self.env._("received"),
            "requested": self.env._("sent on request"),
            "restored": self.env._("database restored: read everything anew"),
        }

    # === CONSTRAINTS === #

    @api.constrains("events")
    def _check_events(self):
        for webhook in self:
            told = webhook.events or []
            unknown = told if not isinstance(told, list) else [name for name in told if name not in SYNC_EVENTS]
            if unknown:
                raise ValidationError(self.env._("There are no such events: %(names)s", names=str(unknown)[:200]))

    @api.constrains("url", "probe_url")
    def _check_urls(self):
        for webhook in self:
            for url in filter(None, (webhook.url, webhook.probe_url)):
                webhook._check_url(url)

    def _check_url(self, url):
        try:
            parts = urlsplit(url)
            host, _port = parts.hostname, parts.port
        except ValueError:
            host = None
        if not host or any(character.isspace() for character in url):
            raise ValidationError(self.env._("%(url)s is no address of a receiver.", url=url[:200]))
        if parts.scheme != "https" and not (parts.scheme == "http" and egress.may_be_plain(host)):
            raise ValidationError(
                self.env._("The address begins with https://, so that nobody on the way can read it.")
            )
        if parts.username or parts.password:
            raise ValidationError(self.env._("Passwords do not belong in the address. Add them as a header."))

    @api.constrains("timeout")
    def _check_timeout(self):
        if any(not 1 <= webhook.timeout <= LONGEST for webhook in self):
            raise ValidationError(self.env._("The time-out is 1 to %(most)s seconds.", most=LONGEST))

    @api.constrains("min_amount")
    def _check_min_amount(self):
        if any(webhook.min_amount < 0 for webhook in self):
            raise ValidationError(self.env._("The amount has no sign."))

    # === WRITING === #

    @api.model_create_multi
    def create(self, vals_list):
        webhooks = super().create([{**values, "user_id": self.env.uid} for values in vals_list])
        for webhook in webhooks:
            webhook._new_secret()
        webhooks._log_change("created", [])
        return webhooks

    def write(self, vals):
        if {"state", "user_id", "reason", "is_secret_shown", "is_by_machine"} & vals.keys() and not self.env.su:
            raise AccessError(self.env._("Use the buttons to start, pause and switch it off."))
        changed = sorted(DECIDING & vals.keys())
        if changed and not self.env.su:
            vals = {**vals, "user_id": self.env.uid}
        result = super().write(vals)
        if vals.get("active") is False:
            told = self.env._("Archived by %(name)s.", name=self.env.user.name)
            self.sudo().filtered(lambda webhook: webhook.state in WEBHOOK_LISTENING_STATES)._stop("off", told, False)
        if changed or {"active", "state"} & vals.keys():
            self._log_change(vals.get("state") or "changed", sorted(vals))
        return result

    def unlink(self):
        self._log_change("deleted", [])
        self.env["sync.secret"]._wipe(self)
        self.env["sync.secret"]._wipe(self.header_ids)
        return super().unlink()

    def copy_data(self, default=None):
        result = super().copy_data(default)
        return [
            {**values, "state": "draft", "name": self.env._("%(name)s (copy)", name=webhook.name)}
            for webhook, values in zip(self, result, strict=True)
        ]

    def _log_change(self, what, names):
        payloads = [
            {
                "change": what,
                "fields": names,
                "url": redact.url(webhook.url),
                "events": webhook.events or [],
                "detail": webhook.detail,
            }
            for webhook in self
        ]
        self.env["ai.audit.log"]._append("webhook_changed", self, payloads)

    # === STATE === #

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers set up webhooks. Ask one of them."))
        self.check_access("write")

    def action_start(self):
        """Send from now on. What a paused one kept waiting goes out."""
        self._check_manager()
        for webhook in self:
            # Whoever starts it decides what leaves; state and person are written by these methods only.
            webhook.sudo().write({"user_id": self.env.uid, **webhook._state_values("on")})
        self._let_go()
        return True

    def action_pause(self, reason: str | None = None):
        """Keep what happens, and send it when it is started again."""
        self._check_manager()
        told = str(reason or "")[:500] or self.env._("Paused by %(name)s.", name=self.env.user.name)
        self.sudo()._stop("paused", told, by_machine=False)
        return True

    def action_switch_off(self, reason: str | None = None):
        """Send nothing more; what waits is cancelled. What happens meanwhile can be sent later, as a window."""
        self._check_manager()
        told = str(reason or "")[:500] or self.env._("Switched off by %(name)s.", name=self.env.user.name)
        self.sudo()._stop("off", told, by_machine=False)
        return True

    def _stop(self, state, reason, by_machine=True):
        for webhook in self:
            webhook.write({**webhook._state_values(state, reason), "is_by_machine": by_machine})
        getattr(self, f"_after_{state}")()

    def _state_values(self, state, reason=False):
        now = fields.Datetime.now()
        return {
            "state": state,
            "reason": reason,
            "stopped_at": False if state == "on" else self.stopped_at or now,
            "is_by_machine": False,
        }

    def _after_paused(self):
        self.env["sync.breaker"]._hold(self._endpoints())

    def _let_go(self):
        self.env["sync.breaker"]._let_go(self._endpoints())

    def _after_off(self):
        # The queue's rows are touched on cursors of their own, once it is sure that it is off.
        self.env.cr.postcommit.add(self._cancel_waiting)

    def _cancel_waiting(self):
        """What waits is not sent any more; what failed stays for people to see."""
        domain = [("webhook_id", "in", self.ids), ("state", "in", ("pending", "waiting", "indeterminate"))]
        with self.env["sync.job"]._short_cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sync.job"]._cancel_open(domain, "webhook_off", env._("The webhook was switched off."))

    def _endpoints(self):
        return [webhook._endpoint() for webhook in self]

    def _endpoint(self):
        return f"webhook:{self.id}"

    def _is_listening(self):
        return self.active and self.state in WEBHOOK_LISTENING_STATES

    def _check_sends(self):
        """:raise UserError: it does not send; ``NotNowError``: somebody paused it this moment"""
        if self.active and self.state == "paused":
            raise NotNowError(self.env._("The webhook was paused."))
        if not (self.active and self.state == "on"):
            raise UserError(
                self.env._('The webhook "%(name)s" does not send. Start it, then try again.', name=self.name)
            )
