"""Jobs of kind ``learn``: reading history, and building the snapshot of what was learned."""

import time

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError

#: A slice is committed, and the others get their turn, after so many seconds.
SLICE_SECONDS = 10.0


class SyncHandlerLearn(models.AbstractModel):
    _name = "sync.handler.learn"
    _inherit = "sync.handler"
    _description = "Learn from Decisions"
    _lane = "work"
    _stops_on_pause = False

    def _work(self, job, seconds):
        payload = job.payload or {}
        if payload.get("task") == "snapshot":
            company = self.env["res.company"].browse(job.res_id).exists()
            if company:
                self.env["ai.learning.model"]._build(company, payload.get("scope") or "bank_coding")
            return True
        history = self.env["ai.learning.history"].browse(job.res_id).exists()
        deadline = time.monotonic() + min(seconds, SLICE_SECONDS)
        try:
            return not history or history._carry_on(lambda: time.monotonic() < deadline)
        except OperationalError:
            # Somebody else changed the same rows, or the database went away: the queue tries again.
            raise
        except Exception as error:
            raise UserError(self._failed(history, error)) from error

    def _failed(self, history, error):
        """Take the slice back, and note the failure where the runner's roll-back does not reach it."""
        self.env.cr.rollback()
        sentence = str(error.args[0]) if error.args else type(error).__name__
        with self.env.registry.cursor() as cr:
            history.with_env(history.env(cr=cr))._give_up(sentence)
        return sentence

    def _explain(self, job, reason):
        if reason != "refused_here":
            return ("", "")
        return ("", self.env._("What was learned until then counts. Open Learn from History and start it again."))
