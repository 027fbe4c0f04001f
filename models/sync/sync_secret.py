"""Secrets and credentials: written by narrow methods, read by the server only, shown once when made."""

from odoo import fields, models


class SyncSecret(models.Model):
    """Nobody has rights on this model: only ``sudo()`` inside the methods that sign, verify, connect and disconnect."""

    _name = "sync.secret"
    _description = "Secret"
    _log_access = False

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    name = fields.Char(required=True, help="What it is for: signing, access_token.")
    value = fields.Char(required=True)
    created_at = fields.Datetime()
    valid_until = fields.Datetime(help="Empty: until it is replaced.")

    _record_idx = models.Index("(res_model, res_id, name)")
