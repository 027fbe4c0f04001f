"""Jobs of kind ``import``: large bank files, and taking their lines away again."""

import time

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError

#: A slice is committed, and the others get their turn, after so many seconds.
SLICE_SECONDS = 10.0


class SyncHandlerImport(models.AbstractModel):
    _name = "sync.handler.import"
    _inherit = "sync.handler"
    _description = "Import a File"
    _lane = "work"
    _stops_on_pause = False

    def _work(self, job, seconds):
        deadline = time.monotonic() + min(seconds, SLICE_SECONDS)
        record = self.env["ai.bank.import"].browse(job.res_id).exists()
        if not record:
            return True
        try:
            return record._carry_on((job.payload or {}).get("task"), lambda: time.monotonic() < deadline)
        except OperationalError:
            # Somebody else changed the same rows, or the database went away: the queue tries again.
            raise
        except Exception as error:
            raise UserError(self._failed(record, error)) from error

    def _failed(self, record, error):
        """Take the slice back, and note the failure where the runner's roll-back does not reach it."""
        self.env.cr.rollback()
        with self.env.registry.cursor() as cr:
            record = record.with_env(record.env(cr=cr))
            sentence = record._give_up(error)
            record.env.flush_all()
        return sentence

    def _explain(self, job, reason):
        if reason != "refused_here":
            return ("", "")
        return (
            "",
            self.env._("Nothing of the file was booked. Correct the cause or the file, then retry the import."),
        )
