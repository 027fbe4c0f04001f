"""The second back end: OCA's queue_job, where it is installed, runs the queue in its channels."""

import logging

from odoo import api, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

#: Setting that says ``cron`` where queue_job is installed for others, but this queue is to stay on Odoo's crons.
SETTING = "ai_bookkeeper.sync_backend"
CHANNELS = {"http": "root.ai_bookkeeper_http", "work": "root.ai_bookkeeper_work"}
PRIORITIES = {"http": 10, "work": 30}
#: Seconds of a run: other modules' jobs wait in the same channels.
SECONDS = 20.0
LINGER = 1.0
#: Seconds after which a run that was asked for should have begun; past it the scheduled actions do the work.
STUCK = 120


class SyncRunner(models.AbstractModel):
    """One queue.job is one run of a lane: it claims, sends and finishes jobs as a scheduled action would, on cursors
    of its own. Its own cursor is never committed. See docs/decisions/0018."""

    _name = "sync.runner"
    _inherit = "sync.runner"

    @api.model
    def _has_queue_job(self):
        if "queue.job" not in self.env:
            return False
        return self.env["ir.config_parameter"].sudo().get_param(SETTING) != "cron"

    @api.model
    def _start(self, lane, number=0, after=0.0):
        if not self._has_queue_job():
            return super()._start(lane, number, after)
        self._declare_function()
        # A later run must not stand in the way of one that is needed now: they have keys of their own.
        key = self._run_key(lane, number) + (".later" if after else "")
        self.with_delay(
            channel=CHANNELS[lane],
            priority=PRIORITIES[lane],
            identity_key=key,
            eta=int(after) + 1 if after else None,
            max_retries=0,
            description=f"AI Bookkeeper: {lane} ({number + 1})",
        )._queue_job_run(lane, number)

    @staticmethod
    def _run_key(lane, number):
        return f"ai_bookkeeper.sync.{lane}.{number}"

    @api.model
    def _declare_function(self):
        """Tell queue_job once what to do when a run of ours fails."""
        functions = self.env["queue.job.function"].sudo()
        name = functions.job_function_name(self._name, "_queue_job_run")
        if not functions.search_count([("name", "=", name)], limit=1):
            functions.create({"name": name, "on_fail_method": "_queue_job_failed", "allow_commit": False})

    @api.model
    def _queue_job_run(self, lane, number=0):
        """What queue_job calls. An error is its to show: it is raised."""
        report = self._run_lane_now(lane, number, SECONDS, LINGER)
        return ", ".join(f"{name}: {value}" for name, value in report.items() if value)

    @api.model
    def _queue_job_failed(self, **values):
        """queue_job gave up a run: the jobs themselves are where they were, another run takes them."""
        _logger.error("sync: a run on queue_job failed: %s", values.get("exc_message"))
        with self.env.registry.cursor() as cr:
            runner = self.with_env(self.env(cr=cr, su=True))
            for lane in CHANNELS:
                runner._start(lane, 0, 30.0)

    @api.model
    def _cron_turn(self, lane, number):
        """They only look after queue_job, unless its own runner is not running."""
        if not self._has_queue_job() or self._is_stuck(lane):
            return super()._cron_turn(lane, number)
        if number == 0:
            with self.env.registry.cursor() as cr:
                self.with_env(self.env(cr=cr, su=True))._start(lane)
        return None

    @api.model
    def _is_stuck(self, lane):
        """Whether a run was asked for long ago and never began: queue_job's runner is off, or its channels are full."""
        [(stuck,)] = self.env.execute_query(
            SQL(
                """SELECT EXISTS (SELECT FROM queue_job WHERE identity_key = %s AND state IN ('pending', 'enqueued')
                      AND date_created < clock_timestamp() AT TIME ZONE 'UTC' - %s * interval '1 second')""",
                self._run_key(lane, 0),
                STUCK,
            )
        )
        if stuck:
            _logger.warning(
                "sync: queue_job is there, but began no run of the lane %s for %s s (is it among server_wide_modules?):"
                " scheduled actions do the work",
                lane,
                STUCK,
            )
        return stuck
