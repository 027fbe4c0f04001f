"""Which key it was: core answers only whose."""

from odoo import fields, models

from odoo.addons.base.models.res_users import INDEX_SIZE, KEY_CRYPT_CONTEXT

from . import acting_key


class ResUsersApikeys(models.Model):
    _name = "res.users.apikeys"
    _inherit = "res.users.apikeys"

    def _check_credentials(self, *, scope, key):
        uid = super()._check_credentials(scope=scope, key=key)
        acting_key.remember(self.env.cr, self._key_id(uid, scope, key) if uid else False)
        return uid

    def _key_id(self, uid, scope, key):
        """Id of the key with this text, which belongs to that user; False if there is none. One indexed query; the
        hash is computed only where two keys of a user begin alike."""
        self.env.cr.execute(
            """SELECT id, key FROM res_users_apikeys
                WHERE user_id = %s AND index = %s AND (scope IS NULL OR scope = %s)
                  AND (expiration_date IS NULL OR expiration_date >= now() AT TIME ZONE 'utc')""",
            [uid, key[:INDEX_SIZE], scope],
        )
        rows = self.env.cr.fetchall()
        if len(rows) == 1:
            return rows[0][0]
        return next((key_id for key_id, hashed in rows if KEY_CRYPT_CONTEXT.verify(key, hashed)), False)

    def unlink(self):
        """A key that an administrator deletes is ended in the agent's list too."""
        self.env["ai.agent.key"].sudo().search([("key_id", "in", self.ids), ("revoked_at", "=", False)]).write(
            {"revoked_at": fields.Datetime.now()}
        )
        return super().unlink()
