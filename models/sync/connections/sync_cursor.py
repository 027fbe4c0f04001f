"""How far a connection was read: written in the transaction that stores what was read, and only there."""

from odoo import api, fields, models


class SyncCursor(models.Model):
    """One row a stream of a connection, which one job at a time reads."""

    _name = "sync.cursor"
    _description = "Reading Position"
    _log_access = False
    _rec_name = "stream"
    _order = "connection_id, stream"

    connection_id = fields.Many2one("sync.connection", required=True, readonly=True, ondelete="cascade")
    stream = fields.Char(required=True, readonly=True)
    value = fields.Char(readonly=True, string="Position", help="As the other side names it; empty: from the beginning.")
    read_at = fields.Datetime(readonly=True, string="Last Read")
    rows_at = fields.Datetime(readonly=True, string="Last Time Something Came")
    rows = fields.Integer(readonly=True, string="Read in All", aggregator=False)
    echoes = fields.Integer(readonly=True, string="Own Changes Seen Again", aggregator=False)

    _stream_uniq = models.UniqueIndex("(connection_id, stream)", "A stream of a connection is read once.")

    @api.model
    def _of(self, connection, stream):
        """The row of that stream, made when it is read for the first time."""
        # Positions are the reader's own; nobody writes them by hand.
        own = self.sudo()
        row = own.search([("connection_id", "=", connection.id), ("stream", "=", stream)])
        return row or own.create({"connection_id": connection.id, "stream": stream})

    def _advance(self, value, rows, echoes):
        """A page was read to its end."""
        now = self.env.cr.now().replace(microsecond=0)
        values = {"value": value, "read_at": now}
        if rows or echoes:
            values.update(rows_at=now, rows=self.rows + rows, echoes=self.echoes + echoes)
        self.write(values)
