"""The lane that sends: prepare, intent, threads, outcome, record, done."""

import logging
import re
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import is_dataclass, replace

import psycopg2

from ....clients.errors import ClientError
from .. import crash_points
from . import run
from .run import NAP, CannotTellError, NoHandlerError, log_unexpected, results
from .sync_job_outcome import CONFLICTS, LOST_CONNECTION, is_lost_connection, unpacked

_logger = logging.getLogger(__name__)

#: One address holds at most this part of the slots.
SHARE = 4
#: Replies that arrive within this many seconds are written down together.
GATHER = 0.02
TRIES = 5
CORRELATION_HEADER = "X-Correlation-ID"
UNPRINTABLE = re.compile(r"[^\x21-\x7e]")
LONGEST_ID = 200


class HttpRun(run.Run):
    def work(self):
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
                    log_unexpected(claim, error)
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
        heard = [(landing.claim.endpoint, True, None) for landing in good] + results(verdicts)

        def write(cr):
            kept = self.jobs._keep_replies(cr, answered, self.worker)
            kept |= self._write_verdicts(cr, verdicts)
            self.env["sync.breaker"]._learn(cr, heard)
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
                log_unexpected(claim, failure)
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
        # An answer that can't be understood is none: it is asked for, never sent anew without that.
        nonsense = [pair for pair in failed if isinstance(pair[1], ClientError) and not pair[1].permanent]
        for _claim, error in nonsense:
            error.maybe_done = True
        self._give_up(nonsense, was_sent=True)
        self._give_up([pair for pair in failed if pair not in nonsense])
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
                log_unexpected(landing.claim, failure)
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
        """The idempotency key of the effect that it brings, or asks about; None: that of the job."""
        return getattr(self.request, "idempotency_key", None)

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
