"""Old events are purged by age, once nothing needs them any more."""

from datetime import timedelta

from odoo import api, fields, models

BATCH = 10_000
# From the front, by number, so that what is purged is one stretch; what a job that is not over still needs stays.
PURGE = """
WITH front AS (
    SELECT event.id, event.at FROM sync_event event
     WHERE event.seq > 0 AND event.seq <= (SELECT COALESCE(min(after_seq), 2147483647) FROM sync_laggard)
       AND event.id NOT IN (SELECT event_id FROM sync_job WHERE event_id IS NOT NULL AND state <> 'done')
     ORDER BY event.seq LIMIT %s
)
DELETE FROM sync_event event USING front WHERE event.id = front.id AND front.at < %s RETURNING event.seq
"""
PURGED = """
UPDATE sync_generation SET purged = GREATEST(purged, %s) WHERE id = (SELECT max(id) FROM sync_generation)
"""


class SyncEvent(models.Model):
    _name = "sync.event"
    _inherit = "sync.event"

    @api.autovacuum
    def _purge(self):
        """A batch of events that are older than the setting says; cursors that point before them are answered 410.

        :return: (how many, whether there may be more)
        """
        limit = fields.Datetime.now() - timedelta(days=self.env["sync.retention"]._days("events"))
        # The sequencer writes the same row: each waits for the other for a moment, and neither fails.
        with self.env["sync.job"]._short_cursor() as cr:
            cr.execute(PURGE, (BATCH, limit))
            numbers = [row[0] for row in cr.fetchall()]
            if numbers:
                cr.execute(PURGED, (max(numbers),))
        return len(numbers), BATCH if len(numbers) == BATCH else 0
