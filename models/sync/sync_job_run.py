"""The runner: claims jobs, sends, writes down what became of them. Its seam with crons and queue_job is sync.runner."""

import logging
import os
import re
import socket
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import is_dataclass, replace

import psycopg2

from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL

from . import crash_points
from .sync_job_outcome import CONFLICTS, LOST_CONNECTION, is_lost_connection, unpacked

_logger = logging.getLogger(__name__)

#: Requests that one runner has under way at the same time (setting ai_bookkeeper.sync_slots).
SLOTS = 64
#: One address holds at most this part of the slots.
SHARE = 4
#: Seconds between two looks for jobs whose worker vanished.
REAP_SECONDS = 5.0
#: Seconds between two looks while something is due soon.
NAP = 0.2
#: Replies that arrive within this many seconds are written down together.
GATHER = 0.02
TRIES = 5
CORRELATION_HEADER = "X-Correlation-ID"
UNPRINTABLE = re.compile(r"[^\x21-\x7e]")
LONGEST_ID = 200


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
        run = Run(self, seconds, linger)
        try:
            run.lane_work() if lane == "work" else run.lane_http()
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

    # === LANE HTTP === #

    def lane_http(self):
        slots = self.jobs._slots()
        quota = max(slots // SHARE, 1)
        flights = {}
        with ThreadPoolExecutor(slots, thread_name_prefix="sync") as pool:
            while True:
                claims = self._board(pool, flights, slots, quota)
                if flights:
                    self._land(flights)
                elif not claims and not self._wait_for_more():
                    return

    def _board(self, pool, flights, slots, quota):
        """Claim and send while there is time and room. What is under way must land, whatever PostgreSQL does."""
        if self._time_left() <= 0 or len(flights) >= slots:
            return []
        claims = []
        try:
            claims = self._claim_http(flights, slots, quota)
            self._start(pool, flights, claims)
            return claims
        except LOST_CONNECTION as error:
            _logger.warning("sync: PostgreSQL is away while %s requests are under way: %s", len(flights), error)
            flying = {flight.claim.id for flight in flights.values()}
            self._put_back([claim for claim in claims if claim.id not in flying])
            if not flights:
                raise
            time.sleep(NAP)
            return []

    def _put_back(self, claims):
        """Nothing was done with these: whoever comes next takes them."""
        if claims:
            rows = [(claim, "pending", 0.0, None, None, None, 0, claim.in_doubt) for claim in claims]
            self.jobs._persist(lambda cr: self.jobs._retry_later(cr, rows, self.worker))

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

    def _tick(self, is_busy):
        if is_busy and time.monotonic() - self.ticked_at < NAP:
            return
        self.ticked_at = time.monotonic()
        try:
            self.jobs._before_batch()
        except LOST_CONNECTION:
            raise
        except Exception:
            _logger.exception("sync: events were not turned into jobs")

    def _claimed(self, lane, limit, lease, busy=None, quota=None):
        self._reap()
        claims, self.due_in, more = self.jobs._claim(lane, self.worker, limit, lease, busy, quota)
        self.more |= more
        self.went_on = bool(claims)
        self.counts["claimed"] += len(claims)
        if claims:
            self.idle_since = None
        return claims

    def _claim_http(self, flights, slots, quota):
        self._tick(bool(flights))
        busy = Counter(flight.claim.endpoint for flight in flights.values())
        return self._claimed("http", slots - len(flights), 120, busy, quota)

    def _start(self, pool, flights, claims):
        """Prepare, note the intent, and send in threads. What was answered before a crash is only written down."""
        if not claims:
            return
        for claim in claims:
            crash_points.reach("before_intent", claim.kind)
        answered = [claim for claim in claims if claim.outcome]
        flown = self._prepare([claim for claim in claims if not claim.outcome])
        if flown:
            lease = self._lease([flight.claim for flight in flown])
            sendings = [(flight.claim, flight.key()) for flight in flown]
            allowed = self.jobs._intend(sendings, self.worker, lease)
            _reach("after_intent", flown)
            for flight in flown:
                if flight.claim.id in allowed:
                    flights[pool.submit(flight)] = flight
                else:
                    self.counts["lost"] += 1
        if answered:
            self._record([Landing(claim, None, unpacked(claim.outcome), None, None) for claim in answered])

    def _prepare(self, claims):
        """Flights of those that have something to send; the others end here."""
        flown, done, failed = [], [], []
        with self.jobs._working() as env:
            records = env["sync.job"].browse([claim.id for claim in claims])
            for claim, job in zip(claims, records, strict=True):
                try:
                    flight = self._flight(env, claim, job)
                except BaseException as error:  # noqa: B902 # a handler may raise anything, SystemExit too
                    _log_unexpected(claim, error)
                    env.cr.rollback()
                    failed.append((claim, error))
                    continue
                flown += [flight] if flight else []
                done += [] if flight else [claim]
        self._give_up(failed)
        self._finish(done, "nothing")
        return flown

    def _flight(self, env, claim, job):
        """The request to send, or None when nothing is to be sent.

        :raise Exception: see ``sync.job._verdict``
        """
        handler = self._handler(env, claim)
        if handler is None:
            raise NoHandlerError
        if claim.in_doubt:
            probe = handler._probe(job)
            if probe is False:
                raise CannotTellError
            if probe is not None:
                return Flight(claim, _tagged(probe, claim), _bare(handler), is_probe=True)
        request = handler._prepare(job)
        return Flight(claim, _tagged(request, claim), _bare(handler)) if request is not None else None

    def _land(self, flights):
        """Write down what became of those that came back."""
        wait(flights, timeout=1.0, return_when=FIRST_COMPLETED)
        # What comes a moment later shares the transactions of the first.
        landed, _flying = wait(flights, timeout=GATHER)
        landings = [flights.pop(future).landing(future) for future in landed]
        if landings:
            _reach("after_2xx", landings)
            self._settle([landing for landing in landings if not landing.flight.is_probe])
            self._settle_probes([landing for landing in landings if landing.flight.is_probe])

    def _settle(self, landings):
        """Outcomes first, in one transaction, before any other work."""
        if not landings:
            return
        good = [landing for landing in landings if not landing.error]
        bad = [landing for landing in landings if landing.error]
        verdicts = self._verdicts([(landing.claim, landing.error) for landing in bad], was_sent=True)
        answered = [(landing.claim, landing.reply, landing.duration) for landing in good]
        results = [(landing.claim.endpoint, True, None) for landing in good] + _results(verdicts)

        def write(cr):
            kept = self.jobs._keep_replies(cr, answered, self.worker)
            kept |= self._write_verdicts(cr, verdicts)
            self.env["sync.breaker"]._learn(cr, results)
            return kept

        kept = self.jobs._persist(write)
        self._tell(verdicts, kept)
        self._tell_lost([landing.claim for landing in landings if landing.claim.id not in kept])
        _reach("before_record", good)
        self._record([landing for landing in good if landing.claim.id in kept])
        self._attempted([landing for landing in bad if landing.claim.id in kept])

    def _settle_probes(self, landings):
        """What the other side said to the question whether it knows of it."""
        for landing in landings:
            claim, error = landing.claim, landing.error
            if error is not None and not getattr(error, "permanent", False):
                self._give_up([(claim, error)], was_asked=True)
                continue
            try:
                with self.jobs._working() as env:
                    job = env["sync.job"].browse(claim.id)
                    verdict, reply = self._handler(env, claim)._probed(job, landing.reply, error)
            except BaseException as failure:  # noqa: B902 # see _prepare
                _log_unexpected(claim, failure)
                self._give_up([(claim, failure)], was_asked=True)
                continue
            if verdict == "done":
                self._settle([Landing(claim, landing.flight, reply or landing.reply, None, landing.duration)])
            else:
                self._send_again(claim)

    def _send_again(self, claim):
        """It did not take effect: it is sent again at once, no longer in doubt."""
        row = (claim, "pending", 0.0, None, None, None, 0, False)
        if self.jobs._persist(lambda cr: self.jobs._retry_later(cr, [row], self.worker)):
            self.counts["retried"] += 1

    def _record(self, landings):
        """``_record`` of the handlers, together; one by one when the books were busy. Then they are done."""
        if not landings:
            return
        good, failed = self._recorded(landings)
        if good is None:
            good, failed = [], []
            for landing in landings:
                one_good, one_failed = self._recorded_alone(landing)
                good += one_good
                failed += one_failed
        _reach("after_record", landings)
        self._give_up(failed)
        _reach("before_done", good)
        self._finish([landing.claim for landing in good], "done")

    def _recorded(self, landings):
        """(good landings, []), or (None, None) when something went wrong: then nothing of it was written."""
        try:
            with self.jobs._working() as env:
                jobs = env["sync.job"].browse([landing.claim.id for landing in landings])
                for landing, job in zip(landings, jobs, strict=True):
                    handler = self._handler(env, landing.claim)
                    handler._record(job, landing.reply)
                    if landing.is_attempt:
                        handler._attempted(job, landing.flight.request, landing.reply, None, landing.duration)
                _reach("in_record", landings)
        except BaseException as error:  # noqa: B902 # see _prepare
            _logger.info("sync: what %s jobs brought is written down one by one: %r", len(landings), error)
            return None, None
        return landings, []

    def _recorded_alone(self, landing):
        """([landing], []), or ([], [(claim, error)])."""
        error = None
        for attempt in range(TRIES):
            try:
                with self.jobs._working() as env:
                    job = env["sync.job"].browse(landing.claim.id)
                    self._handler(env, landing.claim)._record(job, landing.reply)
                    env.flush_all()
                    if landing.is_attempt:
                        self._attempt_one(env, landing)
                return [landing], []
            except CONFLICTS as conflict:
                error = conflict
                time.sleep(0.05 * 2**attempt)
            except BaseException as failure:  # noqa: B902 # see _prepare
                _log_unexpected(landing.claim, failure)
                return [], [(landing.claim, failure)]
        return [], [(landing.claim, error)]

    def _attempted(self, landings):
        """Failed attempts, told to the handlers for their logs."""
        if not landings:
            return
        try:
            with self.jobs._working() as env:
                for landing in landings:
                    self._attempt_one(env, landing)
        except psycopg2.Error as error:
            _logger.warning("sync: the log of %s attempts was not written: %s", len(landings), error)

    def _attempt_one(self, env, landing):
        claim = landing.claim
        try:
            with env.cr.savepoint():
                self._handler(env, claim)._attempted(
                    env["sync.job"].browse(claim.id),
                    landing.flight.request,
                    landing.reply,
                    landing.error,
                    landing.duration,
                )
        except BaseException as error:  # noqa: B902 # see _prepare
            if is_lost_connection(error):
                raise
            _logger.exception("sync job %s: its attempt was not logged [%s]", claim.id, claim.correlation_id)

    # === LANE WORK === #

    def lane_work(self):
        """One job at a time, a slice of it in one transaction."""
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
            _log_unexpected(claim, error)
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

    def _give_up(self, failed, was_asked=False):
        """``failed``: (claim, error). They are tried later, or end."""
        if not failed:
            return
        verdicts = self._verdicts(failed, was_asked=was_asked)

        def write(cr):
            kept = self._write_verdicts(cr, verdicts)
            self.env["sync.breaker"]._learn(cr, _results(verdicts))
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


class NoHandlerError(Exception):
    """Nobody here knows this kind of job."""


class CannotTellError(Exception):
    """It may have been sent, the other side can't be asked, and sending again is not safe."""


class Flight:
    """A request in a thread: neither a cursor nor an environment is within its reach."""

    def __init__(self, claim, request, handler, is_probe=False):
        self.claim = claim
        self.request = request
        self.handler = handler
        self.is_probe = is_probe
        self.duration = 0

    def __call__(self):
        started = time.monotonic()
        try:
            crash_points.reach("during_call", self.claim.kind)
            return self.handler._send(self.request)
        finally:
            self.duration = round((time.monotonic() - started) * 1000)

    def key(self):
        """The idempotency key that leaves with it; a question has none of its own."""
        return None if self.is_probe else getattr(self.request, "idempotency_key", None)

    def landing(self, future):
        error = future.exception()
        reply = None if error else future.result()
        if reply is not None and not isinstance(reply, dict):
            reply = {"status": reply.status, "headers": dict(reply.headers), "body": reply.body}
        return Landing(self.claim, self, reply, error, self.duration)


class Landing:
    """What came back: ``reply`` (dict of status, headers, body) or ``error``."""

    def __init__(self, claim, flight, reply, error, duration):
        self.claim = claim
        self.flight = flight
        self.reply = reply
        self.error = error
        self.duration = duration
        self.is_attempt = flight is not None and not flight.is_probe


def _reach(name, flights):
    for flight in flights:
        crash_points.reach(name, flight.claim.kind)


def _bare(handler):
    """The handler without environment: what needs one in a thread fails at once, in every test."""
    return object.__new__(type(handler))


def _tagged(request, claim):
    """The request with the correlation id of what caused it."""
    if not claim.correlation_id or not is_dataclass(request):
        return request
    # It may have come from outside, and a header is one line of ASCII.
    text = UNPRINTABLE.sub("", claim.correlation_id)[:LONGEST_ID]
    return replace(request, headers={**request.headers, CORRELATION_HEADER: text})


def _results(verdicts):
    """How attempts went, for the breaker; what was never asked says nothing."""
    return [
        (claim.endpoint, verdict["is_up"], verdict["retry_after"])
        for claim, verdict in verdicts
        if verdict["is_up"] is not None
    ]


def _log_unexpected(claim, error):
    known = getattr(error, "permanent", None) is not None or isinstance(error, (NoHandlerError, CannotTellError))
    if not known:
        _logger.warning(
            "sync job %s %s: %s [%s]", claim.id, claim.kind, type(error).__name__, claim.correlation_id, exc_info=error
        )
