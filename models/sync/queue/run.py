"""One run of one worker: what its two lanes share."""

import logging
import os
import socket
import threading
import time
import uuid
from collections import Counter

from .sync_handler import NotNowError

_logger = logging.getLogger(__name__)

#: Seconds between two looks for jobs whose worker vanished.
REAP_SECONDS = 5.0
#: Seconds between two looks while something is due soon.
NAP = 0.2


class NoHandlerError(Exception):
    """Nobody here knows this kind of job."""


class CannotTellError(Exception):
    """It may have been sent, the other side can't be asked, and sending again is not safe."""


class Run:
    """One run of one worker."""

    def __init__(self, jobs, seconds, linger):
        self.jobs = jobs
        self.env = jobs.env
        self.worker = f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}:{uuid.uuid4().hex[:8]}"
        self.ends = time.monotonic() + seconds
        self.linger = linger
        self.counts = Counter()
        self.more = False
        self.due_in = None
        self.went_on = False
        self.idle_since = None
        self.reaped_at = self.ticked_at = -REAP_SECONDS

    def report(self):
        names = ("claimed", "done", "retried", "indeterminate", "failed", "dead", "lost", "nothing")
        report = {name: self.counts[name] for name in names}
        return {**report, "more": self.more, "due_in": self.due_in, "went_on": self.went_on}

    def _time_left(self):
        return self.ends - time.monotonic()

    def _reap(self):
        if time.monotonic() - self.reaped_at >= REAP_SECONDS:
            self.reaped_at = time.monotonic()
            self.jobs._reap()

    def _handler(self, env, claim):
        handler = env.get(f"sync.handler.{claim.kind}")
        return handler.with_company(claim.company_id) if handler is not None and claim.company_id else handler

    def _lease(self, claims):
        models_ = (self.env.get(f"sync.handler.{claim.kind}") for claim in claims)
        return max((model._lease for model in models_ if model is not None), default=120)

    def _wait_for_more(self):
        """Sleep a little if something is due soon; whether it is worth another look."""
        now = time.monotonic()
        self.idle_since = self.idle_since or now
        if self.due_in is None or self.due_in > self.linger or now - self.idle_since > self.linger + NAP:
            return False
        if self._time_left() <= 0:
            return False
        # Due, and not to be had: another worker has it, or a pause.
        time.sleep(min(NAP, max(self.due_in, 0.01)) if self.due_in else NAP)
        return True

    def _claimed(self, lane, limit, lease, busy=None, quota=None):
        self._reap()
        claims, self.due_in, more = self.jobs._claim(lane, self.worker, limit, lease, busy, quota)
        self.more |= more
        self.went_on = bool(claims)
        self.counts["claimed"] += len(claims)
        if claims:
            self.idle_since = None
        return claims

    # === ENDS === #

    def _finish(self, claims, word):
        if not claims:
            return
        ids = self.jobs._persist(lambda cr: self.jobs._finish(cr, claims, self.worker), durable=False)
        for claim in claims:
            if claim.id in ids:
                self.counts[word] += 1
                _logger.info("sync job %s %s %s: done [%s]", claim.id, claim.kind, claim.endpoint, claim.correlation_id)
        if word != "done":
            self.counts["done"] += len(ids)
        self._tell_lost([claim for claim in claims if claim.id not in ids])

    def _give_up(self, failed, was_sent=False, was_asked=False):
        """``failed``: (claim, error). They are tried later, or end."""
        if not failed:
            return
        verdicts = self._verdicts(failed, was_sent, was_asked)

        def write(cr):
            kept = self._write_verdicts(cr, verdicts)
            self.env["sync.breaker"]._learn(cr, results(verdicts))
            return kept

        kept = self.jobs._persist(write)
        self._tell(verdicts, kept)
        self._tell_lost([claim for claim, _verdict in verdicts if claim.id not in kept])

    def _verdicts(self, failed, was_sent=False, was_asked=False):
        if not failed:
            return []
        found = []
        with self.jobs._working() as env:
            for claim, error in failed:
                job = env["sync.job"].browse(claim.id)
                jobs = job.browse()
                if isinstance(error, NoHandlerError):
                    verdict = jobs._end(job, claim, "no_handler", "")
                elif isinstance(error, CannotTellError):
                    verdict = {**jobs._end(job, claim, "indeterminate", ""), "doubt": True}
                else:
                    verdict = jobs._verdict(job, claim, error, was_sent, was_asked)
                found.append((claim, verdict))
        return found

    def _write_verdicts(self, cr, verdicts):
        again = [
            (claim, *(verdict[name] for name in ("state", "wait", "reason", "error", "fix", "counts", "doubt")))
            for claim, verdict in verdicts
            if verdict["state"] in ("pending", "indeterminate")
        ]
        kept = self.jobs._retry_later(cr, again, self.worker)
        for state in ("failed", "dead"):
            rows = [
                (claim.id, claim.fence, *(verdict[name] for name in ("reason", "error", "fix", "doubt")))
                for claim, verdict in verdicts
                if verdict["state"] == state
            ]
            kept |= set(self.jobs._stop(cr, rows, state))
        return kept

    def _tell(self, verdicts, kept):
        for claim, verdict in verdicts:
            if claim.id in kept:
                self.counts["retried" if verdict["state"] == "pending" else verdict["state"]] += 1
                _logger.info(
                    "sync job %s %s %s: %s, %s [%s]",
                    claim.id,
                    claim.kind,
                    claim.endpoint,
                    verdict["state"],
                    verdict["reason"],
                    claim.correlation_id,
                )

    def _tell_lost(self, claims):
        self.counts["lost"] += len(claims)
        for claim in claims:
            _logger.warning(
                "sync job %s %s: another worker has it by now; what became of this attempt is not accepted [%s]",
                claim.id,
                claim.kind,
                claim.correlation_id,
            )


def results(verdicts):
    """How attempts went, for the breaker; what was never asked says nothing."""
    return [
        (claim.endpoint, verdict["is_up"], verdict["retry_after"])
        for claim, verdict in verdicts
        if verdict["is_up"] is not None
    ]


def log_unexpected(claim, error):
    known = getattr(error, "permanent", None) is not None or isinstance(
        error, (NoHandlerError, CannotTellError, NotNowError)
    )
    if not known:
        _logger.warning(
            "sync job %s %s: %s [%s]", claim.id, claim.kind, type(error).__name__, claim.correlation_id, exc_info=error
        )
