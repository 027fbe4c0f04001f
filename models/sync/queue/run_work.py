"""The lane for long work: one job at a time, a slice of it in one transaction."""

from odoo.tools import SQL

from .. import crash_points
from . import run
from .run import NoHandlerError, log_unexpected


class WorkRun(run.Run):
    def work(self):
        while self._time_left() > 1:
            claims = self._claimed("work", 1, self._time_left() + 80)
            if claims:
                self._slice(claims[0])
            elif not self._wait_for_more():
                return

    def _slice(self, claim):
        try:
            outcome = self._worked(claim)
        except BaseException as error:  # noqa: B902 # see _prepare
            log_unexpected(claim, error)
            self._give_up([(claim, error)])
            return
        if outcome is None:
            self._put_off(claim, 5.0)
        elif outcome:
            crash_points.reach("before_done", claim.kind)
            self._finish([claim], "done")
        else:
            self._put_off(claim, 0.0)

    def _worked(self, claim):
        """Whether all is done; None when its former worker has not let go of it yet.

        The lock ends with the transaction, however that ends: a worker that overran its lease and the next one never
        work on one job at the same time. The receipt is committed with the work: what was done is not done twice,
        though the queue did not learn of it.
        """
        with self.jobs._working() as env:
            handler = self._handler(env, claim)
            if handler is None:
                raise NoHandlerError
            key = SQL("hashtext('sync_job'), %s", claim.id)
            [(locked,)] = env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s)", key))
            if not locked:
                return None
            is_mine, was_done = self._still_mine(claim)
            if not is_mine or was_done:
                return was_done or None
            crash_points.reach("before_work", claim.kind)
            job = env["sync.job"].browse(claim.id)
            is_done = bool(handler._work(job, min(self._time_left(), 55.0)))
            env.flush_all()
            if is_done:
                env.cr.execute(
                    "INSERT INTO sync_job_receipt (job_id) VALUES (%s) ON CONFLICT (job_id) DO NOTHING", (claim.id,)
                )
            if not self._still_mine(claim)[0]:
                # Somebody else has it by now: this slice did not happen.
                env.cr.rollback()
                return None
            crash_points.reach("in_work", claim.kind)
        crash_points.reach("after_work", claim.kind)
        return is_done

    def _still_mine(self, claim):
        """(whether this worker still holds it, whether its work was done before a crash)."""
        with self.jobs._short_cursor() as cr:
            cr.execute(
                """SELECT job.fence = %s AND job.worker = %s AND job.state = 'running', receipt.job_id IS NOT NULL
                     FROM sync_job job LEFT JOIN sync_job_receipt receipt ON receipt.job_id = job.id
                    WHERE job.id = %s""",
                (claim.fence, self.worker, claim.id),
            )
            return cr.fetchone() or (False, False)

    def _put_off(self, claim, seconds):
        row = (claim, "pending", seconds, None, None, None, 0, claim.in_doubt)
        self.jobs._persist(lambda cr: self.jobs._retry_later(cr, [row], self.worker))
