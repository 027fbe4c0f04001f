"""Jobs of kind ``backtest``: history replayed in slices."""

import logging
import time

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

#: A slice is committed, and others get their turn, after so many seconds.
SLICE_SECONDS = 20.0


class SyncHandlerBacktest(models.AbstractModel):
    _name = "sync.handler.backtest"
    _inherit = "sync.handler"
    _description = "Replay History"
    _lane = "work"
    _lease = 300
    _stops_on_pause = False

    def _work(self, job, seconds):
        deadline = time.monotonic() + self._slice(seconds)
        backtest = self.env["ai.backtest"].browse(job.res_id).exists()
        if not backtest or backtest.state != "running":
            # Deleted or cancelled: nothing is left to be done.
            return True
        try:
            return backtest.with_company(backtest.company_id)._carry_on(lambda: time.monotonic() < deadline)
        except OperationalError:
            # Somebody else changed the same rows, or the database went away: the queue tries again.
            raise
        except Exception as error:
            raise UserError(self._failed(backtest, error)) from error

    def _slice(self, seconds):
        return min(seconds, SLICE_SECONDS)

    def _failed(self, backtest, error):
        """Take the slice back, and note the failure where the runner's roll-back does not reach it."""
        sentence = str(error.args[0]) if isinstance(error, UserError) and error.args else ""
        if not sentence:
            _logger.error("Backtest %s failed", backtest.id, exc_info=error)
            sentence = self.env._("It broke off on something unforeseen; the server's log says what.")
        self.env.cr.rollback()
        with self.env.registry.cursor() as cr:
            backtest.with_env(backtest.env(cr=cr)).sudo()._give_up(sentence)
        return sentence

    def _explain(self, job, reason):
        if reason != "refused_here":
            return ("", "")
        return ("", self.env._("Nothing in the books was touched. Correct the cause and start the backtest again."))
