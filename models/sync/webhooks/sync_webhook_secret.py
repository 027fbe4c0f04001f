"""The secret that deliveries are signed with: made by the server, shown once, two valid while it is changed."""

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ....clients import signature
from .sync_webhook_send import SIGNING

#: Hours that the former secret signs beside the new one.
OVERLAPS = (0, 1, 24, 72, 168)


class SyncWebhook(models.Model):
    _name = "sync.webhook"
    _inherit = "sync.webhook"

    def reveal_secret(self) -> str:
        """The secret, once: whoever needs it again makes a new one.

        :raise UserError: it was shown before
        """
        self.ensure_one()
        self._check_manager()
        # Two people at once: the second waits here, and finds it shown.
        self.lock_for_update()
        self.invalidate_recordset(["is_secret_shown"])
        if self.is_secret_shown:
            raise UserError(
                self.env._("The secret was shown before. Make a new one; the present one goes on beside it.")
            )
        found = self.env["sync.secret"]._values(self, SIGNING)
        if not found:
            raise UserError(self.env._("There is no secret. Make a new one."))
        return self._shown(found[0])

    def rotate_secret(self, keep_hours: int = 24) -> str:
        """A new secret, shown once. The former one signs beside it for ``keep_hours``, so that no delivery is refused.

        :param keep_hours: 0 to 168; 0 when the former one became known to somebody
        """
        self.ensure_one()
        self._check_manager()
        if isinstance(keep_hours, bool) or not isinstance(keep_hours, int) or not 0 <= keep_hours <= OVERLAPS[-1]:
            raise UserError(self.env._("The former secret is kept for 0 to %(most)s hours.", most=OVERLAPS[-1]))
        return self._shown(self._new_secret(keep_hours))

    def _new_secret(self, keep_hours=0):
        value = signature.new_secret()
        keep_until = fields.Datetime.now() + timedelta(hours=keep_hours) if keep_hours else None
        self.env["sync.secret"]._store(self, SIGNING, value, keep_until=keep_until)
        return value

    def _shown(self, value):
        self.env["ai.audit.log"]._append("secret_shown", self, [{"name": SIGNING}])
        # Written by these methods only.
        self.sudo().is_secret_shown = True
        return value

    def action_secret(self):
        """Show the secret once; afterwards the dialog makes a new one."""
        self.ensure_one()
        self._check_manager()
        if not self.is_secret_shown:
            return self.env["sync.webhook.secret.show"]._action(self, self.reveal_secret())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Secret of %(name)s", name=self.name),
            "res_model": "sync.webhook.rotate",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_webhook_id": self.id},
        }
