"""What was last pushed: the next push follows it."""

from odoo import fields, models


class SyncBinding(models.Model):
    _name = "sync.binding"
    _inherit = "sync.binding"

    pushed_key = fields.Char(readonly=True, help="The idempotency key of the last push that was acknowledged.")
