"""What became of an attempt: written on short cursors, accepted only from the worker that holds the job."""

import base64
import logging
import time

import psycopg2

from odoo import api, models
from odoo.exceptions import AccessDenied, ConcurrencyError, LockError, UserError
from odoo.tools import SQL

from ....clients import redact
from ....clients.errors import ClientError
from ....engine.sync import ladder
from .sync_handler import NotNowError
from .sync_job import NOW, storable

_logger = logging.getLogger(__name__)

#: Statuses after which something may have been done all the same. See ``sync.handler._doubts_errors``.
TROUBLE = frozenset(range(500, 600)) - {501, 505, 507}
#: PostgreSQL may be away for a moment just when something was sent: what became of it is worth waiting for.
PATIENCE = 30
#: Seconds until another look at what was stopped while its job was under way; until then no job is claimed there.
NOT_NOW = 5.0
SHOWN = 1000
LOST_CONNECTION = (psycopg2.OperationalError, psycopg2.InterfaceError)
CONFLICTS = (
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.DeadlockDetected,
    psycopg2.errors.LockNotAvailable,
    ConcurrencyError,
    LockError,
)


def is_lost_connection(error):
    """Whether PostgreSQL, not the job, is in trouble."""
    return isinstance(error, LOST_CONNECTION) and not isinstance(error, CONFLICTS)


class SyncJob(models.Model):
    _name = "sync.job"
    _inherit = "sync.job"

    # === INTENT AND OUTCOME === #

    @api.model
    def _persist(self, write, durable=True):
        """``write(cr)`` on a short cursor; tried again while PostgreSQL is away, at most ``PATIENCE`` seconds."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with self._short_cursor(durable) as cr:
                    return write(cr)
            except (*LOST_CONNECTION, *CONFLICTS) as error:
                if time.monotonic() > deadline:
                    raise
                _logger.warning("sync: PostgreSQL did not take what became of jobs, trying again: %s", error)
                time.sleep(0.2)

    @api.model
    def _intend(self, sendings, worker, lease):
        """Note that these are about to be sent.

        :param sendings: (claim, idempotency key of what is sent, or None: as it was) of each
        :return: set of ids that may be sent; the others were taken away
        """
        held = SQL(", ").join(SQL("(%s, %s, %s::varchar)", claim.id, claim.fence, key) for claim, key in sendings)
        return self._persist(
            lambda cr: self._written(
                cr,
                SQL(
                    """UPDATE sync_job job SET intent_at = %(now)s, outcome = NULL, outcome_at = NULL,
                           attempts = attempts + 1,
                           idempotency_key = COALESCE(held.key, job.idempotency_key),
                           lease_until = %(now)s + %(lease)s * interval '1 second'
                      FROM (VALUES %(held)s) AS held (id, fence, key)
                     WHERE job.id = held.id AND job.fence = held.fence AND job.worker = %(worker)s
                       AND job.state = 'running' RETURNING job.id""",
                    now=NOW,
                    lease=lease,
                    held=held,
                    worker=worker,
                ),
            )
        )

    @api.model
    def _held(self, claims):
        return SQL(", ").join(SQL("(%s, %s)", claim.id, claim.fence) for claim in claims)

    @staticmethod
    def _written(cr, statement):
        cr.execute(statement)
        return {row[0] for row in cr.fetchall()}

    def _keep_replies(self, cr, replies, worker):
        """``replies``: (claim, reply as dict, duration in ms). Returns the ids whose outcome was accepted."""
        if not replies:
            return set()
        values = SQL(", ").join(
            SQL("(%s, %s, %s::jsonb, %s)", claim.id, claim.fence, self._json(packed(reply)), duration)
            for claim, reply, duration in replies
        )
        return self._written(
            cr,
            SQL(
                """UPDATE sync_job job SET outcome = said.outcome, outcome_at = %(now)s,
                       duration_ms = said.duration, reason = NULL, error = NULL, fix = NULL,
                       lease_until = GREATEST(lease_until, %(now)s + interval '60 seconds')
                  FROM (VALUES %(values)s) AS said (id, fence, outcome, duration)
                 WHERE job.id = said.id AND job.fence = said.fence AND job.worker = %(worker)s
                   AND job.state = 'running' RETURNING job.id""",
                now=NOW,
                values=values,
                worker=worker,
            ),
        )

    def _retry_later(self, cr, rows, worker):
        """``rows``: (claim, state, seconds or None, reason, error, fix, counts, in doubt). Returns accepted ids."""
        if not rows:
            return set()
        for state in {row[1] for row in rows}:
            self._move(["running"], state)
        values = SQL(", ").join(
            SQL("(%s, %s, %s, %s::float8, %s, %s, %s, %s, %s)", claim.id, claim.fence, *rest) for claim, *rest in rows
        )
        return self._written(
            cr,
            SQL(
                """UPDATE sync_job job SET state = said.state, next_at = %(now)s + said.wait * interval '1 second',
                       reason = said.reason, error = said.error, fix = said.fix, rung = rung + said.counts,
                       intent_at = CASE WHEN said.doubt THEN job.intent_at END, worker = NULL, lease_until = NULL,
                       losses = 0,
                       outcome = CASE WHEN said.state <> 'indeterminate' THEN job.outcome END,
                       outcome_at = CASE WHEN said.state <> 'indeterminate' THEN job.outcome_at END
                  FROM (VALUES %(values)s) AS said (id, fence, state, wait, reason, error, fix, counts, doubt)
                 WHERE job.id = said.id AND job.fence = said.fence AND job.worker = %(worker)s
                   AND job.state = 'running' RETURNING job.id""",
                now=NOW,
                values=values,
                worker=worker,
            ),
        )

    def _finish(self, cr, claims, worker):
        """These are done; who waited for them is woken. Returns the accepted ids."""
        if not claims:
            return set()
        cr.execute(
            SQL(
                """UPDATE sync_job job SET %(move)s, finished_at = %(now)s, outcome = NULL, worker = NULL,
                       lease_until = NULL, reason = NULL, error = NULL, fix = NULL,
                       duration_ms = COALESCE(duration_ms, EXTRACT(EPOCH FROM %(now)s - started_at) * 1000)
                  FROM (VALUES %(held)s) AS held (id, fence)
                 WHERE job.id = held.id AND job.fence = held.fence AND job.worker = %(worker)s
                   AND job.state = 'running' RETURNING job.id, job.dedup_key IS NOT NULL""",
                move=self._move(["running"], "done"),
                now=NOW,
                held=self._held(claims),
                worker=worker,
            )
        )
        rows = cr.fetchall()
        ids = {row[0] for row in rows}
        if ids:
            self._release(cr, list(ids))
        if keyed := [job_id for job_id, has_key in rows if has_key]:
            self._overtake(cr, keyed)
        return ids

    def _overtake(self, cr, ids):
        """Who sent the newer state makes good what failed before for the same record and subscriber."""
        cr.execute(
            SQL(
                """UPDATE sync_job older SET %s, reason = 'overtaken', error = %s, fix = NULL, finished_at = %s
                     FROM sync_job job
                    WHERE job.id = ANY(%s) AND older.dedup_key = job.dedup_key AND older.dedup_key IS NOT NULL
                      AND older.id < job.id AND older.state IN ('failed', 'dead')""",
                self._move(["failed", "dead"], "cancelled"),
                self.env._("A later job sent what stands there now."),
                NOW,
                ids,
            )
        )

    # === WHAT AN ERROR MEANS === #

    @api.model
    def _verdict(self, job, claim, error, was_sent, was_asked=False):
        """What follows from an error.

        :param bool was_sent: the intent was committed, so the other side may have been reached
        :param bool was_asked: the other side was asked only whether it knows of it
        :return: dict of ``state``, ``wait``, ``reason``, ``error``, ``fix``, ``counts`` (1: a rung of the ladder),
            ``doubt`` (ask before it is sent again), ``is_up`` (whether the other side answered; None: not asked)
        """
        if isinstance(error, ClientError):
            return self._client_verdict(job, claim, error, was_sent, was_asked)
        if is_lost_connection(error) or isinstance(error, CONFLICTS):
            # Not the job's fault: it is not counted.
            return self._again(job, claim, 2.0, "database", error, counts=0)
        if isinstance(error, NotNowError):
            return self._again(job, claim, NOT_NOW, "not_now", error, counts=0)
        # What went wrong in the thread may have gone wrong after the other side had it.
        doubt = claim.in_doubt or was_sent
        if isinstance(error, (UserError, AccessDenied)):
            return self._end(job, claim, "refused_here", str(error), doubt=doubt)
        wait = self._ladder_wait(claim.rung + 1, most=ladder.FEW)
        if wait is None:
            return self._end(job, claim, "unexpected", described(error), doubt=doubt)
        return self._again(job, claim, wait, "unexpected", error, doubt=doubt)

    def _client_verdict(self, job, claim, error, was_sent, was_asked):
        reason = f"http_{error.status}" if error.status else error.reason or "no_answer"
        if error.permanent:
            reason = reason if error.status or error.reason else "unusable"
            return {
                **self._end(job, claim, reason, str(error), doubt=was_asked),
                "is_up": True if error.status else None,
            }
        unsure = self._is_unsure(claim, error) if was_sent else claim.in_doubt
        wait = self._ladder_wait(claim.rung + 1, error.retry_after)
        up = {"is_up": False if was_sent or was_asked else None, "retry_after": error.retry_after}
        if wait is None:
            return {**self._end(job, claim, reason, str(error), state="dead", doubt=unsure), **up}
        state = "indeterminate" if unsure else "pending"
        return {**self._again(job, claim, wait, reason, error, state=state, doubt=unsure), **up}

    def _is_unsure(self, claim, error):
        """Whether what was sent may have taken effect in spite of the error."""
        if error.status is None:
            # The door says why it could not reach the other side; who says nothing may have reached it.
            return error.maybe_done or not error.reason
        handler = self.env.get(f"sync.handler.{claim.kind}")
        return error.status in TROUBLE and handler is not None and handler._doubts_errors

    def _again(self, job, claim, wait, reason, error, state="pending", counts=1, doubt=None):
        texts = self._explained(job, claim, reason, described(error))
        doubt = claim.in_doubt if doubt is None else doubt
        return self._as_verdict(state, reason, texts, wait=wait, counts=counts, doubt=doubt)

    def _end(self, job, claim, reason, text, state="failed", doubt=False):
        return self._as_verdict(state, reason, self._explained(job, claim, reason, text), doubt=doubt)

    def _as_verdict(self, state, reason, texts, **more):
        error, fix = (storable(text)[:SHOWN] for text in texts)
        known = {"wait": None, "counts": 0, "doubt": False, "is_up": None, "retry_after": None}
        return {**known, **more, "state": state, "reason": reason, "error": error, "fix": fix}

    @api.model
    def _explained(self, job, claim, reason, text):
        """(error, fix) in plain words: the handler's, else the queue's."""
        error, fix = "", ""
        handler = self.env.get(f"sync.handler.{claim.kind}")
        if handler is not None:
            try:
                error, fix = handler._explain(job, reason) or ("", "")
            except Exception:
                _logger.exception("sync: the explanation of %s for job %s failed", reason, job.id)
        own_error, own_fix = self._reason_texts(reason)
        return error or text or own_error, fix or own_fix

    @api.model
    def _reason_texts(self, reason):
        """(error, fix) of a reason, in plain words."""
        if reason.startswith("http_"):
            return self._status_texts(reason.removeprefix("http_"))
        retry = self.env._("Solve the cause, then retry it.")
        return {
            "lost": (
                self.env._("The server stopped several times in the middle of this job."),
                self.env._("It may be what stops the server: ask your administrator to look at the log, then retry."),
            ),
            "no_handler": (
                self.env._("This installation does not know how to do this kind of job."),
                self.env._("Install or update the module that made it, then retry; or cancel it."),
            ),
            "no_answer": (
                self.env._("The other side did not answer."),
                self.env._("Check the address, and whether that system is running; then retry."),
            ),
            "unusable": (
                self.env._("The address or what is to be sent can't be used."),
                self.env._("Correct the address in the settings of the webhook or connection, then retry."),
            ),
            "refused_here": (self.env._("It can't be done as things are."), retry),
            "indeterminate": (
                self.env._("It is not known whether the other side received it, and it can't be asked."),
                self.env._("Look there whether it arrived. If it did, cancel this job; if not, retry it."),
            ),
            "unexpected": (
                self.env._("Something unexpected went wrong."),
                self.env._("Ask your administrator to look up the correlation id in the log, then retry."),
            ),
            "database": (self.env._("The database was busy."), self.env._("It is tried again by itself.")),
            "not_now": (
                self.env._("What it needs was stopped at this moment."),
                self.env._("It goes on by itself when that is started again."),
            ),
        }.get(reason, ("", retry))

    def _status_texts(self, status):
        fixes = {
            "400": self.env._("The other side did not understand it: compare what was sent with its documentation."),
            "401": self.env._("Its password, key or token is wrong or has ended: enter a new one, then retry."),
            "403": self.env._("It refuses this user or key: ask for the right there, then retry."),
            "404": self.env._("There is nothing at this address: correct it, then retry."),
            "410": self.env._("The other side says that this address is gone for good: enter the new one."),
            "413": self.env._("It is too large for the other side: send less, or have its limit raised."),
            "429": self.env._("It is asked too often: it goes on by itself; fewer events help."),
        }
        moved = self.env._("The address has moved: enter the new one, then retry.")
        default = moved if status.startswith("3") else self.env._("Solve the cause on the other side, then retry.")
        return self.env._("The other side answered %(status)s.", status=status), fixes.get(status, default)


def described(error):
    """An error as text that may be shown: a client's is redacted already."""
    if isinstance(error, (ClientError, NotNowError, UserError)):
        return str(error)
    return redact.text(f"{type(error).__name__}: {error}")


def packed(reply):
    """A reply as JSON; bodies may hold any bytes."""
    body = base64.b64encode(reply["body"] or b"").decode()
    return {"status": reply["status"], "headers": redact.headers(reply["headers"]), "body": body}


def unpacked(outcome):
    """The reply from the job's row, as a handler gets it."""
    return {**outcome, "body": base64.b64decode(outcome.get("body") or "")}
