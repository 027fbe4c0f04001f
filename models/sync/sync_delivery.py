"""Every attempt to deliver to a webhook: what was sent, what came back, how long it took; secrets masked."""

from odoo import fields, models


class SyncDelivery(models.Model):
    _name = "sync.delivery"
    _inherit = "ai.target.mixin"
    _description = "Delivery"
    _order = "id desc"
    _log_access = False
    _shows_orphans = True

    webhook_id = fields.Many2one("sync.webhook", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade", index=True)
    job_id = fields.Integer(readonly=True, index=True)
    event_id = fields.Integer(readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    attempt = fields.Integer(readonly=True)
    at = fields.Datetime(readonly=True)
    is_good = fields.Boolean(readonly=True, string="Delivered")
    status = fields.Integer(readonly=True)
    duration_ms = fields.Integer(readonly=True, string="Duration (ms)", aggregator="avg")
    request = fields.Json(readonly=True)
    reply = fields.Json(readonly=True)
    error = fields.Char(readonly=True)
