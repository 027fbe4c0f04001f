"""The runner: claims jobs, does them, writes down what became of them. ``sync.runner`` starts it."""

from contextlib import contextmanager

from odoo import SUPERUSER_ID, api, models

from . import run_http, run_work

LANE_RUNS = {"http": run_http.HttpRun, "work": run_work.WorkRun}
#: Requests that one runner has under way at the same time (setting ai_bookkeeper.sync_slots).
SLOTS = 64


class SyncJob(models.Model):
    _name = "sync.job"
    _inherit = "sync.job"

    @api.model
    def _run(self, lane="http", seconds=45.0, linger=0.0):
        """Do what is due, for at most so many seconds; what is under way then is brought to its end.

        All on cursors of its own: the caller's transaction is neither committed nor rolled back.

        :param float linger: seconds to stay for what is due soon, though nothing is due now
        :return: how many were ``claimed``, ``done`` (``nothing``: of them without sending), ``retried``,
            ``indeterminate``, ``failed``, ``dead``, ``lost`` to another worker; ``more``: whether others could have
            taken some; ``due_in``: seconds until the next one, or None; ``went_on``: whether it ended for want of time
        """
        # What the caller has not written yet would not be seen, and what is cached here changes below.
        self.env.invalidate_all()
        run = LANE_RUNS[lane](self, seconds, linger)
        try:
            run.work()
        finally:
            self.env.invalidate_all(flush=False)
        return run.report()

    @contextmanager
    def _working(self):
        """An environment on a working cursor: reads and writes records, never control rows."""
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            yield env
            env.flush_all()

    @api.model
    def _slots(self):
        stored = self.env["ir.config_parameter"].sudo().get_param("ai_bookkeeper.sync_slots")
        return min(int(stored), 256) if stored and stored.isdigit() and int(stored) else SLOTS

    @api.model
    def _before_batch(self):
        """What has to happen before jobs are claimed: events become jobs."""
        self.env["sync.event"]._tick()
