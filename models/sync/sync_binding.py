"""What a subscriber last acknowledged about a record; outlives jobs and events."""

from odoo import fields, models


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
    synced_at = fields.Datetime(readonly=True)
    error = fields.Char(readonly=True)

    _record_idx = models.Index("(res_model, res_id)")
    _subscriber_uniq = models.UniqueIndex(
        "(res_model, res_id, COALESCE(webhook_id, 0), COALESCE(connection_id, 0))",
        "A subscriber has one binding with a record.",
    )
