"""Another system that the books are kept in step with."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ....engine.lifecycle import CONNECTION_MOVES, allowed

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
STATES = {
    "draft": "Not connected",
    "connected": "Connected",
    "paused": "Paused",
    "broken": "Needs attention",
    "disconnected": "Disconnected",
}
#: Set by connecting, pausing, arming and disconnecting only. The address too: our credentials are sent to it.
CLOSED = {
    *("state", "reason", "address", "account", "remote_name", "remote_identity", "connected_at"),
    *("trouble", "armed_uuid", "armed_url", "armed_at"),
}
#: Bindings and books belong to these once it was connected.
FIXED = {"kind", "company_id"}


class SyncConnection(models.Model):
    """Its row is changed by people, and when it breaks. What every attempt writes, from many workers at once, has
    tables of its own: health and reading positions."""

    _name = "sync.connection"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Connection"
    _order = "sequence, id"
    _check_company_auto = True
    _ai_is_target = True

    name = fields.Char(required=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection("_kinds", required=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        tracking=True,
        help="Who is told when it needs attention.",
    )
    state = fields.Selection(
        list(STATES.items()), required=True, readonly=True, default="draft", copy=False, tracking=True
    )
    reason = fields.Char(readonly=True, copy=False, help="Why it needs attention, in plain words.")
    trouble = fields.Char(readonly=True, copy=False, help="A word for the reason: refused, copied.")
    address = fields.Char(readonly=True, copy=False, help="Where the other system is reached.")
    account = fields.Char(readonly=True, copy=False, help="As whom we are known there.")
    remote_name = fields.Char(readonly=True, copy=False, string="Connected To")
    remote_identity = fields.Char(readonly=True, copy=False, help="Tells one set of books there from another.")
    connected_at = fields.Datetime(readonly=True, copy=False, string="Connected Since")
    is_sending = fields.Boolean(string="Send Changes", default=True, tracking=True)
    is_reading = fields.Boolean(string="Read Changes", default=True, tracking=True)
    interval_minutes = fields.Integer(
        string="Read Every (minutes)", help="0: as often as this kind of system is usually read."
    )
    quiet_days = fields.Integer(
        string="Alarm When Silent for (days)",
        default=7,
        help="A connection that is read without an error and brings nothing may be read wrongly. 0: never.",
    )
    can_send = fields.Boolean(compute="_compute_abilities")
    can_read = fields.Boolean(compute="_compute_abilities")

    _interval_not_negative = models.Constraint("CHECK(interval_minutes >= 0)", "Minutes can't be negative.")
    _quiet_not_negative = models.Constraint("CHECK(quiet_days >= 0)", "Days can't be negative.")

    @api.model
    def _kinds(self):
        """Every connector that is installed."""
        prefix = "sync.connector."
        names = [name for name in self.env.registry if name.startswith(prefix)]
        return [(name.removeprefix(prefix), self.env[name]._description) for name in sorted(names)]

    def _connector(self):
        self.ensure_one()
        return self.env[f"sync.connector.{self.kind}"]

    @api.depends("kind")
    def _compute_abilities(self):
        for connection in self:
            connector = connection._connector() if connection.kind else self.env["sync.connector"]
            connection.can_send = bool(connector._sends_after)
            connection.can_read = bool(connector._streams)

    # === WRITING === #

    def _check_manager(self):
        """A manager of the connection's company: each public method is reached over the API too."""
        if self.env.su:
            return
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only bookkeeping managers govern connections. Ask one of them."))
        self.check_access("write")

    @api.model_create_multi
    def create(self, vals_list):
        """A connection begins unconnected."""
        for vals in vals_list:
            self._refuse({name for name in CLOSED & set(vals) if vals[name] and vals[name] != "draft"})
        return super().create(vals_list)

    def write(self, vals):
        """Managers set names and directions; the rest is set by what they do with the connection."""
        # Odoo's mixin of aliases writes the alias as superuser, whoever asks.
        self.check_access("write")
        names = CLOSED & set(vals)
        if any(connection.state != "draft" for connection in self):
            names |= FIXED & set(vals)
        self._refuse(names)
        return super().write(vals)

    def _refuse(self, names):
        if names and not self.env.su:
            told = ", ".join(sorted(names))
            raise UserError(self.env._("%(fields)s: use the buttons of the connection to change it.", fields=told))

    def _move(self, state, trouble=False, reason=False, **values):
        """The one gate of ``state``; nobody writes it by hand.

        :param trouble: a word for why it needs attention; ``reason``: the same in plain words

        :raise UserError: from its state this can't be done
        """
        for connection in self:
            if not allowed(CONNECTION_MOVES, connection.state, state):
                states = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(name)s is: %(state)s. This can't be done with it now.",
                        name=connection.name,
                        state=states[connection.state],
                    )
                )
        self.sudo().write({"state": state, "trouble": trouble, "reason": reason, **values})

    @api.ondelete(at_uninstall=False)
    def _unlink_unconnected(self):
        if any(connection.state not in ("draft", "disconnected") for connection in self):
            raise UserError(self.env._("Disconnect it first: that says what will be gone and revokes its credentials."))

    def unlink(self):
        self.env["sync.secret"]._wipe(self)
        return super().unlink()
