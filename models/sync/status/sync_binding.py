"""What a subscriber last acknowledged about a record; outlives jobs and events."""

from odoo import api, fields, models
from odoo.tools import SQL

KEY = ("res_model", "res_id", "webhook_id", "connection_id")
COLUMNS = (
    *KEY,
    "company_id",
    "event_id",
    "remote_id",
    "remote_version",
    "content_hash",
    "state",
    "error",
    "synced_at",
    "changed_at",
)
INSERT = f"""
INSERT INTO sync_binding ({", ".join(COLUMNS)}) VALUES %s
ON CONFLICT (res_model, res_id, COALESCE(webhook_id, 0), COALESCE(connection_id, 0)) DO UPDATE SET
"""
#: An answer that arrives late, about an older event than the last one acknowledged, changes nothing.
NOT_OLDER = "WHERE EXCLUDED.event_id IS NULL OR COALESCE(sync_binding.event_id, 0) <= EXCLUDED.event_id"
ACKNOWLEDGE = f"""{INSERT}
    company_id = COALESCE(EXCLUDED.company_id, sync_binding.company_id),
    event_id = COALESCE(EXCLUDED.event_id, sync_binding.event_id),
    remote_id = COALESCE(EXCLUDED.remote_id, sync_binding.remote_id),
    remote_version = COALESCE(EXCLUDED.remote_version, sync_binding.remote_version),
    content_hash = COALESCE(EXCLUDED.content_hash, sync_binding.content_hash),
    state = EXCLUDED.state, error = NULL, synced_at = EXCLUDED.synced_at, changed_at = EXCLUDED.changed_at
{NOT_OLDER}"""
#: What was acknowledged before stays: event, remote id and date.
REFUSE = f"""{INSERT} state = EXCLUDED.state, error = EXCLUDED.error, changed_at = EXCLUDED.changed_at {NOT_OLDER}"""


class SyncBinding(models.Model):
    _name = "sync.binding"
    _inherit = "ai.target.mixin"
    _description = "Binding"
    _log_access = False
    _shows_orphans = True

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade", index=True)
    connection_id = fields.Many2one("sync.connection", readonly=True, ondelete="cascade", index="btree_not_null")
    webhook_id = fields.Many2one("sync.webhook", readonly=True, ondelete="cascade", index="btree_not_null")
    state = fields.Selection(
        [("synced", "Synced"), ("failed", "Failed"), ("conflict", "Conflict")], required=True, readonly=True
    )
    remote_id = fields.Char(readonly=True, index="btree_not_null")
    remote_version = fields.Char(readonly=True)
    content_hash = fields.Char(readonly=True, help="Of what was last sent or read: an echo is dropped by it.")
    event_id = fields.Integer(readonly=True, help="The last event that was acknowledged.")
    synced_at = fields.Datetime(readonly=True, help="When it was last acknowledged.")
    changed_at = fields.Datetime(readonly=True, string="Since", help="When it came into its state.")
    error = fields.Char(readonly=True)

    _record_idx = models.Index("(res_model, res_id)")
    _trouble_idx = models.Index("(res_model, res_id) WHERE state IN ('failed', 'conflict')")
    _subscriber_uniq = models.UniqueIndex(
        "(res_model, res_id, COALESCE(webhook_id, 0), COALESCE(connection_id, 0))",
        "A subscriber has one binding with a record.",
    )

    # === WHAT SUBSCRIBERS ANSWERED === #

    @api.model
    def _acknowledge(self, rows):
        """Subscribers have these states now. Doing it twice changes nothing more.

        :param list[dict] rows: ``res_model``, ``res_id``, and ``webhook_id`` or ``connection_id``; ``company_id``,
            ``event_id``, ``remote_id``, ``remote_version`` and ``content_hash`` where they are known, ``synced_at``
            where it isn't now
        """
        self._upsert(ACKNOWLEDGE, [{**row, "state": "synced", "error": None} for row in rows])

    @api.model
    def _fail(self, rows):
        """Subscribers don't have the state of these records, and nothing more will be tried by itself.

        :param list[dict] rows: as for ``_acknowledge``, with ``error`` in plain words
        """
        self._upsert(REFUSE, [{**row, "state": "failed"} for row in rows])

    @api.model
    def _conflict(self, rows):
        """Both sides changed these records since they last agreed: a person decides. ``rows`` as for ``_fail``."""
        self._upsert(REFUSE, [{**row, "state": "conflict"} for row in rows])

    @api.model
    def _upsert(self, statement, rows):
        if not rows:
            return
        now = self.env.cr.now().replace(microsecond=0)
        # One statement can't touch a row twice: of several answers about one binding the newest event counts.
        ordered = sorted(rows, key=lambda row: row.get("event_id") or 0)
        newest = {tuple(row.get(name) or None for name in KEY): row for row in ordered}
        values = []
        for row in newest.values():
            dates = {"changed_at": now, "synced_at": row.get("synced_at", now) if row["state"] == "synced" else None}
            full = {**row, **dates}
            values.append(tuple(full.get(name) or None for name in COLUMNS))
        self.flush_model()
        self.env.cr.execute_values(statement, values, page_size=1000)
        self.invalidate_model()

    @api.model
    def _settle(self, rows):
        """A person gave up on what failed for these: what was acknowledged before counts again.

        :param list[dict] rows: ``res_model``, ``res_id``, and ``webhook_id`` or ``connection_id``
        """
        self.flush_model()
        keys = [tuple(row.get(name) or 0 for name in KEY) for row in rows]
        for names in set(keys):
            condition = SQL(
                "state = 'failed' AND res_model = %s AND res_id = %s AND COALESCE(webhook_id, 0) = %s "
                "AND COALESCE(connection_id, 0) = %s",
                *names,
            )
            self.env.cr.execute(SQL("DELETE FROM sync_binding WHERE %s AND synced_at IS NULL", condition))
            self.env.cr.execute(
                SQL(
                    "UPDATE sync_binding SET state = 'synced', error = NULL, changed_at = synced_at WHERE %s", condition
                )
            )
        self.invalidate_model()

    # === WHAT IS GONE === #

    @api.model
    def _forget(self, model, ids):
        """Records were deleted: nothing is bound to them any more."""
        self.flush_model()
        self.env.cr.execute(SQL("DELETE FROM sync_binding WHERE res_model = %s AND res_id = ANY(%s)", model, list(ids)))
        self.invalidate_model()

    @api.autovacuum
    def _gc_orphans(self):
        """An answer may have come in after its record was deleted or merged away."""
        groups = self.sudo()._read_group([], ["res_model"])
        for (name,) in groups:
            if name in self.env and self.env[name]._table:
                self.env.cr.execute(
                    SQL(
                        "DELETE FROM sync_binding b WHERE b.res_model = %s "
                        "AND NOT EXISTS (SELECT FROM %s target WHERE target.id = b.res_id)",
                        name,
                        SQL.identifier(self.env[name]._table),
                    )
                )
        self.invalidate_model()
