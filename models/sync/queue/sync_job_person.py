"""What people do with jobs: retry and cancel, one, several or all."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ....engine.vocabulary import JOB_STOPPED_STATES
from ...audit.readable import readable
from .sync_job import NOW

REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
CANCELLABLE = ("pending", "waiting", "indeterminate", "failed", "dead")


class SyncJob(models.Model):
    _name = "sync.job"
    _inherit = "sync.job"

    def action_retry(self):
        """Try again what failed or was given up; what failed with it because it depends on it is tried again too.

        :raise UserError: none of them needs it
        """
        self._check_may_steer(REVIEWER, MANAGER)
        ids = self._retry(self)
        if not ids:
            raise UserError(self.env._("Only what needs attention or was given up can be retried."))
        return True

    def action_cancel(self):
        """Give up for good what waits or failed. What is being sent right now can't be called back.

        :raise UserError: none of them can be cancelled
        """
        self._check_may_steer(MANAGER)
        jobs = self._cancel()
        if not jobs:
            raise UserError(self.env._("It is running or finished: only what waits or failed can be cancelled."))
        self._after_steering("job_cancelled", jobs)
        return True

    @api.model
    def _cancel_open(self, domain, reason=None, error=None):
        """For the machine: cancel what waits or failed, for what it would be sent to is gone. What is being sent ends
        by itself. In the caller's transaction.

        :param str reason: a word; ``error``: the same in plain words
        :return: how many
        """
        return len(self.sudo().search(Domain("state", "in", CANCELLABLE) & Domain(domain))._cancel(reason, error))

    def _cancel(self, reason=None, error=None):
        self.env.cr.execute(
            SQL(
                """UPDATE sync_job SET %s, finished_at = %s, waits_for = NULL, fence = fence + 1,
                       reason = COALESCE(%s, reason), error = COALESCE(%s, error), fix = NULL
                    WHERE id = ANY(%s) AND state = ANY(%s) RETURNING id""",
                self._move(CANCELLABLE, "cancelled"),
                NOW,
                reason,
                error,
                self.ids,
                list(CANCELLABLE),
            )
        )
        jobs = self.browse([row[0] for row in self.env.cr.fetchall()])
        if jobs:
            self._release(self.env.cr, jobs.ids)
            self.env.invalidate_all()
            self._settle_bindings(jobs)
        return jobs

    def _settle_bindings(self, jobs):
        """What was given up no longer counts: the record shows what was acknowledged before."""
        names = ("res_model", "res_id", "webhook_id", "connection_id")
        rows = [
            {name: int(job[name]) if name.endswith("_id") else job[name] for name in names}
            for job in jobs.sudo()
            if job.res_model and job.res_id and (job.webhook_id or job.connection_id)
        ]
        if rows:
            self.env["sync.binding"]._settle(rows)

    @api.model
    def retry_all(self, domain: list | None = None) -> int:
        """Retry all failed and given up jobs that the caller may read, narrowed by ``domain``.

        :return: how many
        """
        self._check_steerer(REVIEWER, MANAGER)
        jobs = self.search(Domain("state", "in", JOB_STOPPED_STATES) & Domain(domain or []))
        hidden = jobs._without_right_to_decide()
        return len(self._retry(jobs - hidden))

    def _retry(self, jobs):
        """In the caller's transaction. Returns the ids that wait again."""
        cr = self.env.cr
        stopped = list(JOB_STOPPED_STATES)
        # A person looked at what was in doubt, and says that it did not arrive.
        cr.execute(
            SQL(
                """WITH RECURSIVE chain AS (
                       SELECT id FROM sync_job WHERE id = ANY(%(ids)s) AND state = ANY(%(stopped)s)
                       UNION
                       SELECT job.id FROM sync_job job JOIN chain ON job.depends_on_id = chain.id
                        WHERE job.state = 'failed' AND job.reason = 'dependency')
                   UPDATE sync_job SET state = CASE WHEN intent_at IS NOT NULL AND reason <> 'indeterminate'
                                               THEN 'indeterminate' ELSE 'pending' END,
                       intent_at = CASE WHEN reason <> 'indeterminate' THEN intent_at END,
                       next_at = %(now)s, rung = 0, losses = 0, reason = NULL, error = NULL, fix = NULL,
                       finished_at = NULL, fence = fence + 1
                    WHERE id IN (SELECT id FROM chain) AND state = ANY(%(stopped)s)
                RETURNING id, endpoint, lane""",
                ids=jobs.ids,
                stopped=stopped,
                now=NOW,
            )
        )
        rows = cr.fetchall()
        if rows:
            self.env["sync.breaker"]._reset({endpoint for _id, endpoint, _lane in rows})
            for lane in sorted({row[2] for row in rows}):
                self.env["sync.runner"]._wake(lane)
            self._after_steering("job_retried", self.browse([row[0] for row in rows]))
        return [row[0] for row in rows]

    def _after_steering(self, event, jobs):
        self.env.invalidate_all()
        # Who may not read a dependent may all the same have caused it to be tried again.
        for job in jobs.sudo():
            payload = {"job": job.id, "kind": job.kind, "record": f"{job.res_model or ''},{job.res_id or 0}"}
            self.env["ai.audit.log"]._append(event, job, [payload])

    # === RIGHTS === #

    @api.model
    def _check_steerer(self, *groups):
        if not (self.env.su or any(self.env.user.has_group(group) for group in groups)):
            raise AccessError(self.env._("Only bookkeeping reviewers retry jobs, and only managers cancel them."))

    def _check_may_steer(self, *groups):
        self._check_steerer(*groups)
        self.check_access("read")
        if self._without_right_to_decide():
            raise self._target_access_error("write")

    def _without_right_to_decide(self):
        """Those about a record that the user may not change; what is about none is the role's to decide."""
        if self.env.su:
            return self.browse()
        known = set(self._target_models())
        about = self.browse([job.id for job in self.sudo() if job.res_model in known and job.res_id])
        refused = set()
        for name, found in about._targets().items():
            refused |= {(name, res_id) for res_id in self._not_decidable(found)}
        return self.browse([job.id for job in about.sudo() if (job.res_model, job.res_id) in refused])

    @api.model
    def _not_decidable(self, targets):
        """Ids of those that the user may not change. Nobody has the right to write the addon's own records: what they
        are about decides, or reading them is enough, as for the methods that write them."""
        if isinstance(targets, type(self.env["ai.target.mixin"])):
            return targets._not_writable().ids
        if targets._name.startswith(("ai.", "sync.")):
            return (targets - readable(targets._filtered_access("read"))).ids
        return (targets - readable(targets._filtered_access("write"))).ids
