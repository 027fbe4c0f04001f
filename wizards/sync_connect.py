"""A manager tells where the other system is and with what we may enter it."""

from odoo import api, fields, models

#: Where a typed credential waits while the dialog is open: closed to everybody, and gone after an hour by itself.
TYPED = "credential"
WAITS_HOURS = 1


class SyncConnect(models.TransientModel):
    """What is typed as a credential is never in this table: it goes to the closed one at once."""

    _name = "sync.connect"
    _description = "Connect Another System"

    connection_id = fields.Many2one("sync.connection", required=True, readonly=True)
    kind = fields.Selection(related="connection_id.kind")
    address = fields.Char(compute="_compute_settings", store=True, readonly=False)
    account = fields.Char(compute="_compute_settings", store=True, readonly=False, string="User or Account")
    credential = fields.Char(
        compute="_compute_credential", inverse="_inverse_credential", string="Key or Password", exportable=False
    )
    has_credential = fields.Boolean(compute="_compute_asks")
    asks_address = fields.Boolean(compute="_compute_asks")
    asks_account = fields.Boolean(compute="_compute_asks")
    asks_credential = fields.Boolean(compute="_compute_asks")

    @api.depends("connection_id")
    def _compute_settings(self):
        for wizard in self:
            wizard.address = wizard.connection_id.address
            wizard.account = wizard.connection_id.account

    def _compute_credential(self):
        """It is typed and never shown."""
        self.credential = False

    def _inverse_credential(self):
        for wizard in self.filtered("credential"):
            until = fields.Datetime.add(fields.Datetime.now(), hours=WAITS_HOURS)
            self.env["sync.secret"]._store(wizard, TYPED, wizard.credential, valid_until=until)
        # Nor is it sent back to the browser.
        self.invalidate_recordset(["credential"], flush=False)

    @api.depends("connection_id")
    def _compute_asks(self):
        for wizard in self:
            asks = wizard.connection_id._asks() if wizard.connection_id else {}
            wizard.asks_address = asks.get("address", False)
            wizard.asks_account = asks.get("account", False)
            wizard.asks_credential = asks.get("credential", False)
            wizard.has_credential = asks.get("has_credential", False)

    def action_connect(self):
        """Try it, and keep it when the other side answers."""
        self.ensure_one()
        self.connection_id._connect_typed({"address": self.address, "account": self.account}, self, TYPED)
        return {"type": "ir.actions.act_window_close"}
