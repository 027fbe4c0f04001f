"""The public address and its secret, shown once."""

from odoo import api, fields, models


class SyncHookShown(models.AbstractModel):
    """Never stored: both travel in the action that shows them, as Odoo's own dialog for keys does it."""

    _name = "sync.hook.shown"
    _description = "Show a Webhook Address"

    # Without it the form would not read its default values.
    id = fields.Id()
    url = fields.Char(string="Address", readonly=True)
    secret = fields.Char(readonly=True)

    @api.model
    def _action(self, connection, url, secret):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Webhook of %(name)s", name=connection.name),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_url": url, "default_secret": secret},
        }
