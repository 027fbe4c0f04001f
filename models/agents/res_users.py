"""Agents come with a key over JSON-2 and through no other door."""

from odoo import api, models
from odoo.exceptions import AccessDenied

from . import acting_key


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = "res.users"

    def _check_credentials(self, credential, env):
        """No password, and no key over XML-RPC or JSON-RPC, where neither limit nor masking of errors would hold."""
        if self.env["ai.agent"]._is_agent(self.env.user):
            raise AccessDenied()
        return super()._check_credentials(credential, env)

    @api.model
    def _check_uid_passwd(self, uid, passwd):
        """Core remembers that a key fits and does not look again: which one it was is looked up for each call."""
        result = super()._check_uid_passwd(uid, passwd)
        acting_key.remember(self.env.cr, self.env["res.users.apikeys"]._key_id(uid, "rpc", passwd))
        return result
