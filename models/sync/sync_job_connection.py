"""Jobs of a connection that is paused, broken or in a copied database wait; they neither fail nor count as tried."""

from odoo import api, models

PREFIX = "connection:"
MAY_SEND = """
SELECT id FROM sync_connection
 WHERE state = 'connected' AND id = ANY(%s)
   AND armed_uuid = (SELECT value FROM ir_config_parameter WHERE key = 'database.uuid')
   AND armed_url = (SELECT rtrim(value, '/') FROM ir_config_parameter WHERE key = 'web.base.url')
"""


class SyncJob(models.Model):
    _name = "sync.job"
    _inherit = "sync.job"

    @api.model
    def _takes(self, heads, paused, limit, busy, quota):
        asked = {int(head[0].removeprefix(PREFIX)) for head in heads if head[0].startswith(PREFIX)}
        silent = {f"{PREFIX}{connection_id}" for connection_id in asked - self._may_send_ids(asked)}
        return super()._takes([head for head in heads if head[0] not in silent], paused, limit, busy, quota)

    @api.model
    def _may_send_ids(self, ids):
        """Those of connections ``ids`` that may send now; the caller's transaction may be older."""
        if not ids:
            return set()
        with self._short_cursor(durable=False) as cr:
            cr.execute(MAY_SEND, (sorted(ids),))
            return {row[0] for row in cr.fetchall()}
