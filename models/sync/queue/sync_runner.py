"""The seam between the queue and what runs it: Odoo's crons, or OCA's queue_job where it is installed."""

import logging
import threading
import time

import psycopg2

from odoo import api, models
from odoo.tools import SQL, config

_logger = logging.getLogger(__name__)

#: Scheduled actions of each lane; the first is woken, a busy one wakes the others.
CRONS = {
    "http": ("ir_cron_sync_1", "ir_cron_sync_2"),
    "work": ("ir_cron_sync_work_1", "ir_cron_sync_work_2"),
}
#: Seconds of a run. Odoo runs all that is due in one thread, one after the other, within one limit of 120 seconds, and
#: reloads the server past it; what is under way at the end of a run still has to land.
SECONDS = {"http": 15.0, "work": 20.0}
#: Seconds before that limit at which no run begins.
MARGIN = 45.0
#: Seconds that a run stays for the second attempt, five seconds after the first; scheduled actions tick by the minute.
LINGER = 6.0
#: What is due later than this is found by the scheduled actions themselves.
MINUTE = 60.0
TICKERS = {"http": "runner", "work": "worker"}


class SyncRunner(models.AbstractModel):
    _name = "sync.runner"
    _description = "Runner of Sync Jobs"

    @api.model
    def _wake(self, lane="http"):
        """Have the queue run soon after this transaction commits; once a transaction and lane."""
        names = self.env.cr.postcommit.data.setdefault("ai_bookkeeper.sync_wake", set())
        if lane not in names:
            if not names:
                self.env.cr.postcommit.add(self._wake_now)
            names.add(lane)

    def _wake_now(self):
        lanes = self.env.cr.postcommit.data.pop("ai_bookkeeper.sync_wake", ())
        try:
            with self.env.registry.cursor() as cr:
                runner = self.with_env(self.env(cr=cr, su=True))
                for lane in sorted(lanes):
                    runner._start(lane)
        except psycopg2.Error as error:
            # It is committed: the next minute finds it.
            _logger.warning("sync: the runner was not woken: %s", error)

    @api.model
    def _start(self, lane, number=0, after=0.0):
        """Start runner ``number`` of a lane in ``after`` seconds, on the back end that is there."""
        self._start_cron(lane, number, after)

    @api.model
    def _start_cron(self, lane, number, after):
        names = CRONS[lane]
        cron = self.env.ref(f"ai_bookkeeper.{names[number % len(names)]}", raise_if_not_found=False)
        if cron:
            # To the microsecond by the database's clock: a run that begins in this very second would take a trigger
            # of the full second for its own.
            self.env.cr.execute(
                SQL(
                    """INSERT INTO ir_cron_trigger (cron_id, call_at)
                       SELECT %s, clock_timestamp() AT TIME ZONE 'UTC' + %s * interval '1 second'""",
                    cron.id,
                    after,
                )
            )
            if not after:
                self.env.cr.postcommit.add(cron._notifydb)

    @api.model
    def _run_lane_now(self, lane, number=0, seconds=None, linger=LINGER):
        """One run: what is due, and whoever is needed next is started. Returns the report of the run."""
        self.env["sync.tick"]._beat(TICKERS[lane])
        # One of them waits for what is due soon; all of them would keep Odoo's few cron workers from other work.
        report = self.env["sync.job"]._run(lane, seconds or SECONDS[lane], linger if number == 0 else 0.0)
        self._start_next(lane, number, report)
        return report

    def _start_next(self, lane, number, report):
        starts = []
        if report["went_on"] or 0 < (report["due_in"] or 0) < MINUTE:
            starts.append((number, 0.0 if report["went_on"] else report["due_in"]))
        if report["more"] and number + 1 < len(CRONS[lane]):
            starts.append((number + 1, 0.0))
        if starts:
            with self.env.registry.cursor() as cr:
                runner = self.with_env(self.env(cr=cr, su=True))
                for next_number, after in starts:
                    runner._start(lane, next_number, after)

    @api.model
    def _cron_run(self, lane, number=0):
        """The scheduled actions. Never raises: Odoo switches one off that fails for a week."""
        try:
            self._cron_turn(lane, number)
        except Exception:
            _logger.exception("sync: a run of the lane %s failed", lane)

    @api.model
    def _cron_turn(self, lane, number):
        """What the scheduled actions have to do on this back end."""
        left = self._seconds_left()
        if left >= 1:
            return self._run_lane_now(lane, number, min(SECONDS[lane], left))
        with self.env.registry.cursor() as cr:
            self.with_env(self.env(cr=cr, su=True))._start(lane, number)
        return None

    @staticmethod
    def _seconds_left():
        """Seconds that this thread may go on before Odoo's limit for scheduled actions comes near."""
        started = getattr(threading.current_thread(), "start_time", None)
        limit = config["limit_time_real_cron"]
        limit = config["limit_time_real"] if limit is None or limit < 0 else limit
        if not started or not limit:
            return float("inf")
        return max(limit - MARGIN, 5.0) - (time.time() - started)

    @api.model
    def _cron_tidy(self):
        """Each some minutes: what finished leaves the queue, what is old is forgotten. Never raises."""
        for task in (
            self.env["sync.job"]._reap,
            self.env["sync.job"]._sweep_waiting,
            self.env["sync.job.history"]._collect,
            self.env["sync.job.history"]._purge,
            self.env["sync.job"]._forget_receipts,
        ):
            try:
                task()
            except Exception:
                _logger.exception("sync: tidying failed")
