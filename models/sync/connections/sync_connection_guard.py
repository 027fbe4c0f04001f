"""A copy of the database must not send to the other side of the original: connections know where they were made."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: The trouble of a connection that finds itself in another database.
COPIED = "copied"


class SyncConnection(models.Model):
    _name = "sync.connection"
    _inherit = "sync.connection"

    armed_uuid = fields.Char(readonly=True, copy=False, string="Connected From Database")
    armed_url = fields.Char(readonly=True, copy=False, string="Connected From Address")
    armed_at = fields.Datetime(readonly=True, copy=False)
    is_armed = fields.Boolean(compute="_compute_is_armed", help="It was connected from this database and address.")
    guard_text = fields.Text(compute="_compute_is_armed", string="Why Nothing Is Sent")

    @api.model
    def _here(self):
        """(uuid, base URL) of this database: both differ in a copy, at least one of them."""
        # What the server is called is no secret of those who may read a connection.
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param("database.uuid") or "", (parameters.get_param("web.base.url") or "").rstrip("/")

    @api.depends("armed_uuid", "armed_url", "state")
    @api.depends_context("lang")
    def _compute_is_armed(self):
        uuid, url = self._here()
        for connection in self:
            connection.is_armed = (connection.armed_uuid, connection.armed_url) == (uuid, url)
            is_quiet = connection.is_armed or connection.state in ("draft", "disconnected")
            connection.guard_text = False if is_quiet else connection._guard_words(uuid, url)

    def _guard_words(self, uuid, url):
        if self.armed_uuid != uuid:
            return self.env._(
                "This database is another one than the one that was connected: probably a copy. Nothing is sent or "
                "read from here, so that the copy does not change %(remote)s. If this is now the real one, press Arm "
                "Here.",
                remote=self.remote_name or self.name,
            )
        return self.env._(
            "This database was connected as %(old)s and is now %(new)s: probably a copy. Nothing is sent or read. If "
            "the server has moved, press Arm Here. If the address changes with the administrator's log-in, set the "
            "system parameter web.base.url.freeze first.",
            old=self.armed_url or "?",
            new=url or "?",
        )

    def _arming(self):
        """Values that bind a connection to this database."""
        uuid, url = self._here()
        return {"armed_uuid": uuid, "armed_url": url, "armed_at": fields.Datetime.now()}

    def _check_armed(self):
        """:raise UserError: when this is not the database that was connected; nothing leaves it then"""
        for connection in self:
            if not connection.is_armed:
                raise UserError(connection.guard_text or self.env._("%(name)s is not connected.", name=connection.name))

    def _is_at_home(self):
        """Whether this is the database that was connected; if not, it stops and the responsible one is told."""
        if not self.is_armed:
            words = self.guard_text
            self._move("broken", COPIED, words)
            self._alert(self.env._("%(name)s needs attention", name=self.name), words)
        return self.is_armed

    def action_arm(self):
        """Let it send from this database: it was moved, or a copy took the place of the original."""
        self._check_manager()
        for connection in self:
            if connection.state in ("draft", "disconnected"):
                raise UserError(self.env._("%(name)s is not connected.", name=connection.name))
            if connection._connector()._needs_credentials and not connection._credentials():
                raise UserError(self.env._("The credentials were removed from this copy: press Connect Again."))
            told = {"from": {"uuid": connection.armed_uuid, "url": connection.armed_url}}
            connection.sudo().write(connection._arming())
            uuid, url = connection._here()
            self.env["ai.audit.log"]._append("rearmed", connection, [{**told, "to": {"uuid": uuid, "url": url}}])
            connection.message_post(
                body=self.env._("Armed: it sends and reads from this database again (%(url)s).", url=url)
            )
            if connection.trouble == COPIED:
                connection._move("connected")
            connection._take_up()
        return True
