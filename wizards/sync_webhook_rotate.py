"""A manager makes a new secret; the former one goes on beside it for a while."""

from odoo import api, fields, models


class SyncWebhookRotate(models.TransientModel):
    _name = "sync.webhook.rotate"
    _description = "Make a New Secret"

    webhook_id = fields.Many2one("sync.webhook", required=True, readonly=True, ondelete="cascade")
    overlap = fields.Selection(
        [("0", "At once"), ("1", "In 1 hour"), ("24", "In 1 day"), ("72", "In 3 days"), ("168", "In 1 week")],
        string="The Present One Ends",
        required=True,
        default="24",
    )

    def action_rotate(self):
        """Make the new secret and show it, once."""
        self.ensure_one()
        secret = self.webhook_id.rotate_secret(int(self.overlap))
        return self.env["sync.webhook.secret.show"]._action(self.webhook_id, secret)


class SyncWebhookSecretShow(models.AbstractModel):
    """Never stored: the secret travels in the action that shows it."""

    _name = "sync.webhook.secret.show"
    _description = "Show a Webhook's Secret"

    # Without it the form would not read its default values.
    id = fields.Id()
    secret = fields.Char(readonly=True)

    @api.model
    def _action(self, webhook, secret):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Secret of %(name)s", name=webhook.name),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_secret": secret},
        }
