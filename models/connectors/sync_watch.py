"""What the last look into a watched folder saw."""

from odoo import fields, models


class SyncWatch(models.Model):
    """Beside the connection, whose row jobs hold on to: this one is written each minute. Nobody else has rights."""

    _name = "sync.watch"
    _description = "Look Into a Watched Folder"
    _log_access = False
    _rec_name = "connection_id"

    connection_id = fields.Many2one("sync.connection", required=True, readonly=True, ondelete="cascade")
    sights = fields.Json(readonly=True, help="{name: [size, time of last change]} of files that lie there.")
    looked_at = fields.Datetime(readonly=True)
    error = fields.Char(readonly=True)

    _connection_uniq = models.UniqueIndex("(connection_id)", "One look a connection.")
