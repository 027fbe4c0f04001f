"""What was last pushed: the next push follows it, and what comes back is known."""

from odoo import fields, models

#: Own versions that are remembered of a record; a reader is not further behind than this.
MOST_VERSIONS = 50


class SyncBinding(models.Model):
    _name = "sync.binding"
    _inherit = "sync.binding"

    own_versions = fields.Json(readonly=True, help="Versions there that we made: read again, they are no news.")
    pushed_key = fields.Char(readonly=True, help="The idempotency key of the last push that was acknowledged.")

    def _pushed(self, key, version):
        """The push ``key`` was acknowledged; it made ``version`` there."""
        versions = [*(self.own_versions or []), *([str(version)] if version else [])]
        self.write({"pushed_key": key, "own_versions": versions[-MOST_VERSIONS:]})
