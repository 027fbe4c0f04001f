"""The keys an agent had and has: names, lives, use. Core forgets a key when it ends; the log names it by id."""

from datetime import timedelta

from odoo import api, fields, models


class AiAgentKey(models.Model):
    _name = "ai.agent.key"
    _description = "Key of an Outside Agent"
    _order = "id desc"
    _log_access = False

    agent_id = fields.Many2one("ai.agent", required=True, readonly=True, index=True, ondelete="cascade")
    key_id = fields.Integer(required=True, readonly=True, string="Key ID", help="As the audit log names it.")
    name = fields.Char(required=True, readonly=True)
    created_at = fields.Datetime(readonly=True)
    created_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    expires_at = fields.Datetime(readonly=True, string="Expires")
    revoked_at = fields.Datetime(readonly=True, string="Revoked")
    state = fields.Selection(
        [("active", "Active"), ("expired", "Expired"), ("revoked", "Revoked")], compute="_compute_state"
    )
    calls = fields.Integer(compute="_compute_use")
    first_used_at = fields.Datetime(compute="_compute_use", string="First Used")
    last_used_at = fields.Datetime(compute="_compute_use", string="Last Used")

    _key_uniq = models.Constraint("UNIQUE(key_id)", "A key is kept once.")

    @api.depends("expires_at", "revoked_at")
    def _compute_state(self):
        now = fields.Datetime.now()
        for key in self:
            expired = key.expires_at and key.expires_at <= now
            key.state = "revoked" if key.revoked_at else "expired" if expired else "active"

    def _compute_use(self):
        used = self._use()
        for key in self:
            row = used.get(key.key_id)
            key.calls = row.calls if row else 0
            key.first_used_at = row.first_at if row else False
            key.last_used_at = row.last_at if row else False

    def _use(self):
        """{key id: its row of counters}; who reads the key may read how often it called."""
        rows = self.env["ai.agent.use"].sudo().search([("key_id", "in", self.mapped("key_id"))])
        return {row.key_id: row for row in rows}

    def _end(self, hours):
        """End these keys after ``hours``, or at once; never later than they would have ended."""
        keys = self.env["res.users.apikeys"].sudo().browse(self.mapped("key_id")).exists()
        now = fields.Datetime.now()
        if not hours:
            keys.unlink()
            self.sudo().write({"revoked_at": now})
            return
        for key in self.sudo():
            key.expires_at = min(key.expires_at, now + timedelta(hours=hours))
            keys.filtered(lambda row, key=key: row.id == key.key_id).write({"expiration_date": key.expires_at})
