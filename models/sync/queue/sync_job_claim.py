"""Taking jobs: who may work on what, for how long, and what happens when a worker vanishes."""

import logging
import random
from collections import Counter
from dataclasses import dataclass

import psycopg2

from odoo import api, models
from odoo.tools import SQL

from ....engine.sync import breaker, ladder
from .sync_job import NOW

_logger = logging.getLogger(__name__)

#: Workers that may vanish with a job before it is given up: it may be what kills them.
MOST_LOSSES = 5
MOST_ATTEMPTS = len(ladder.STEPS)
#: Looks of one claim, to get past jobs that wait for others; each of those is looked at once.
ROUNDS = 20

# The first due job of each address and priority, however many jobs wait behind it.
HEADS = """
WITH RECURSIVE head AS (
    (SELECT endpoint, priority, company_id, connection_id FROM sync_job
      WHERE lane = %(lane)s AND state IN ('pending', 'indeterminate')
      ORDER BY endpoint, priority, next_at, id LIMIT 1)
    UNION ALL
    SELECT following.* FROM head CROSS JOIN LATERAL (
        SELECT job.endpoint, job.priority, job.company_id, job.connection_id FROM sync_job job
         WHERE job.lane = %(lane)s AND job.state IN ('pending', 'indeterminate')
           AND (job.endpoint, job.priority) > (head.endpoint, head.priority)
         ORDER BY job.endpoint, job.priority, job.next_at, job.id LIMIT 1) following
)
SELECT head.endpoint, head.priority, head.company_id,
       EXTRACT(EPOCH FROM first.next_at - %(now)s)::float,
       breaker.state,
       COALESCE(EXTRACT(EPOCH FROM breaker.until_at - %(now)s)::float, 0),
       COALESCE(breaker.is_held, FALSE) OR connection.state <> 'connected'
  FROM head
  CROSS JOIN LATERAL (
        SELECT job.next_at FROM sync_job job
         WHERE job.lane = %(lane)s AND job.state IN ('pending', 'indeterminate')
           AND job.endpoint = head.endpoint AND job.priority = head.priority
         ORDER BY job.next_at, job.id LIMIT 1) first
  LEFT JOIN sync_breaker breaker ON breaker.endpoint = head.endpoint AND head.endpoint <> ''
  LEFT JOIN sync_connection connection ON connection.id = head.connection_id AND head.endpoint <> ''
"""
# Found first, locked then: what another worker is just taking is passed over, and the next look goes further.
DUE = """
SELECT candidate.id
  FROM (VALUES %(heads)s) AS head (endpoint, priority, take)
  CROSS JOIN LATERAL (
        SELECT candidate.id, candidate.priority, candidate.next_at FROM sync_job candidate
         WHERE candidate.lane = %(lane)s AND candidate.state IN ('pending', 'indeterminate')
           AND candidate.endpoint = head.endpoint AND candidate.priority = head.priority
           AND candidate.next_at <= %(now)s AND candidate.id <> ALL(%(seen)s) AND %(allowed)s
         ORDER BY candidate.next_at, candidate.id LIMIT head.take) candidate
 ORDER BY candidate.priority, candidate.next_at, candidate.id LIMIT %(most)s
"""
LOCKED = """
SELECT id, order_key, depends_on_id, endpoint FROM sync_job
 WHERE id = ANY(%s) AND state IN ('pending', 'indeterminate')
 ORDER BY priority, next_at, id FOR UPDATE SKIP LOCKED
"""
# Who goes first: an earlier job of the record that is open, or any that is under way; and what it depends on.
BLOCKED = """
SELECT job.id, dependency.state, was.state,
       EXISTS (SELECT FROM sync_job other
                WHERE other.order_key = job.order_key AND other.id < job.id
                  AND other.state IN ('pending', 'running', 'waiting', 'indeterminate')
                  AND other.depends_on_id IS DISTINCT FROM job.id)
    OR EXISTS (SELECT FROM sync_job other
                WHERE other.order_key = job.order_key AND other.id <> job.id AND other.state = 'running')
  FROM sync_job job
  LEFT JOIN sync_job dependency ON dependency.id = job.depends_on_id
  LEFT JOIN sync_job_history was ON was.id = job.depends_on_id
 WHERE job.id = ANY(%s)
"""
# The one waited for is held, so that its end comes after this and finds who waits. One that is just ending is not
# waited for: the next look finds it ended.
PARK_BEHIND_ORDER = """
UPDATE sync_job SET state = 'waiting', waits_for = 'order' WHERE id IN (
    SELECT job.id FROM sync_job job CROSS JOIN LATERAL (
        SELECT FROM sync_job other
         WHERE other.order_key = job.order_key AND other.id <> job.id
           AND other.state IN ('pending', 'running', 'waiting', 'indeterminate')
           AND (other.id < job.id OR other.state = 'running')
         ORDER BY other.id LIMIT 1 FOR SHARE SKIP LOCKED) held
     WHERE job.id = ANY(%s))
"""
PARK_BEHIND_JOB = """
UPDATE sync_job SET state = 'waiting', waits_for = 'job' WHERE id IN (
    SELECT job.id FROM sync_job job CROSS JOIN LATERAL (
        SELECT FROM sync_job other WHERE other.id = job.depends_on_id
           AND other.state IN ('pending', 'running', 'waiting', 'indeterminate') FOR SHARE SKIP LOCKED) held
     WHERE job.id = ANY(%s))
"""
CLAIM = """
UPDATE sync_job job
   SET state = 'running', fence = fence + 1, worker = %(worker)s, waits_for = NULL,
       lease_until = %(now)s + %(lease)s * interval '1 second', started_at = %(now)s,
       attempts = attempts + (lane = 'work')::int
 WHERE id = ANY(%(ids)s)
RETURNING id, kind, fence, endpoint, intent_at IS NOT NULL, outcome, company_id, correlation_id, idempotency_key, rung
"""


@dataclass(slots=True)
class Claim:
    """What the runner knows of a job that it holds, without a record. ``in_doubt``: it may have been sent before."""

    id: int
    kind: str
    fence: int
    endpoint: str
    in_doubt: bool
    outcome: dict | None
    company_id: int | None
    correlation_id: str | None
    idempotency_key: str
    rung: int


class SyncJob(models.Model):
    _name = "sync.job"
    _inherit = "sync.job"

    # === CLAIMING === #

    @api.model
    def _claim(self, lane, worker, limit, lease, busy=None, quota=None):
        """Take up to ``limit`` due jobs for ``worker``.

        :param dict busy: {endpoint: how many of its jobs this worker has under way}
        :param int quota: how many one endpoint may have under way; None: any number
        :return: (list of claims, seconds until something is due or None, whether others could take more)
        """
        with self._short_cursor(durable=False) as cr:
            cr.execute(SQL(HEADS, lane=lane, now=NOW))
            heads = cr.fetchall()
            paused = self.env["sync.pause"]._paused_ids(cr)
            takes, trials, wait = self._takes(heads, paused, limit, busy or {}, quota)
            granted = self.env["sync.breaker"]._begin_trials(cr, trials)
            takes = {key: take for key, take in takes.items() if key[0] not in trials or key[0] in granted}
            ids = self._choose(cr, lane, takes, paused, limit)
            claims = self._take(cr, ids, worker, lease)
            counts = Counter(claim.endpoint for claim in claims)
            self.env["sync.breaker"]._put_off_trials(cr, granted - set(counts))
        more = len(claims) >= limit or any(counts[endpoint] >= take for (endpoint, _level), take in takes.items())
        return claims, wait, more

    def _takes(self, heads, paused, limit, busy, quota):
        """({(endpoint, priority): how many may be taken}, endpoints that need a trial, seconds until one is due)."""
        takes, trials, waits = {}, set(), []
        for endpoint, priority, company_id, due_in, state, until, is_held in heads:
            if endpoint and (is_held or None in paused or company_id in paused):
                continue
            free = limit
            if endpoint and quota is not None:
                free = min(free, quota - busy.get(endpoint, 0))
            if state and state != breaker.CLOSED:
                due_in = max(due_in, until)
                free = min(free, 1 - busy.get(endpoint, 0))
            waits.append(max(due_in, 0.0))
            if due_in <= 0 and free > 0:
                takes[endpoint, priority] = free
                if state and state != breaker.CLOSED:
                    trials.add(endpoint)
        return takes, trials, min(waits, default=None)

    def _choose(self, cr, lane, takes, paused, limit):
        """Ids of the most urgent jobs that may run now, locked; an address and a record each within its limits."""
        seen, chosen, keys = [], [], set()
        free = {}
        for (endpoint, _priority), take in takes.items():
            free[endpoint] = max(free.get(endpoint, 0), take)
        for _round in range(ROUNDS):
            wanted = {key: min(take, free[key[0]]) for key, take in takes.items() if free[key[0]] > 0}
            looked = self._due(cr, lane, wanted, seen, paused, limit)
            seen += looked
            for job_id, order_key, _depends, endpoint in self._unblocked(cr, looked):
                if len(chosen) < limit and free[endpoint] > 0 and not (order_key and order_key in keys):
                    chosen.append(job_id)
                    keys.add(order_key)
                    free[endpoint] -= 1
            if not looked or len(chosen) >= limit:
                break
        return chosen

    def _due(self, cr, lane, takes, seen, paused, most):
        """Ids of due jobs, most urgent first."""
        if not takes:
            return []
        heads = SQL(", ").join(
            SQL("(%s::varchar, %s, %s)", endpoint, priority, take) for (endpoint, priority), take in takes.items()
        )
        cr.execute(SQL(DUE, heads=heads, lane=lane, now=NOW, seen=seen, allowed=self._allowed(paused), most=most))
        return [row[0] for row in cr.fetchall()]

    def _allowed(self, paused):
        """Condition for jobs that no pause holds back. What has no address (files, what came in) is looked at here."""
        if not paused:
            return SQL("TRUE")
        goes_on = SQL("candidate.kind = ANY(%s)", self._unpaused_kinds())
        if None in paused:
            return goes_on
        return SQL("(candidate.company_id IS NULL OR candidate.company_id <> ALL(%s) OR %s)", list(paused), goes_on)

    @api.model
    def _unpaused_kinds(self):
        """Kinds that go on while syncing is paused: what they do never leaves the server, nor came from outside."""
        prefix = "sync.handler."
        return [
            name.removeprefix(prefix)
            for name, model in self.env.registry.items()
            if name.startswith(prefix) and not model._stops_on_pause
        ]

    def _unblocked(self, cr, ids):
        """Rows (id, order key, dependency, endpoint) of those that may run now, locked; the others wait, or fail with
        what they depend on."""
        if not ids:
            return []
        cr.execute(LOCKED, (ids,))
        rows = cr.fetchall()
        unsure = [row[0] for row in rows if row[1] or row[2]]
        if not unsure:
            return rows
        cr.execute(BLOCKED, (unsure,))
        behind_order, behind_job, orphans = [], [], []
        for job_id, dependency, was, is_behind in cr.fetchall():
            if dependency in ("failed", "dead", "cancelled") or was == "cancelled":
                orphans.append(job_id)
            elif dependency and dependency != "done":
                behind_job.append(job_id)
            elif is_behind:
                behind_order.append(job_id)
        for ids, statement in ((behind_order, PARK_BEHIND_ORDER), (behind_job, PARK_BEHIND_JOB)):
            if ids:
                cr.execute(statement, (ids,))
        self._fail_orphans(cr, orphans)
        blocked = {*behind_order, *behind_job, *orphans}
        return [row for row in rows if row[0] not in blocked]

    def _take(self, cr, ids, worker, lease):
        if not ids:
            return []
        try:
            with cr.savepoint(flush=False):
                cr.execute(SQL(CLAIM, worker=worker, now=NOW, lease=lease, ids=ids), log_exceptions=False)
                found = {row[0]: row for row in cr.fetchall()}
        except psycopg2.errors.UniqueViolation:
            # Another worker took a job of the same record a moment ago; it is seen next time.
            return []
        return [Claim(*found[job_id]) for job_id in ids if job_id in found]

    # === LEASES === #

    @api.model
    def _reap(self, limit=500):
        """Jobs whose worker vanished go on: what may have been sent is in doubt, the rest simply waits again.

        :return: how many
        """
        with self._short_cursor() as cr:
            cr.execute(
                SQL(
                    """SELECT id, lane, intent_at IS NOT NULL AND outcome_at IS NULL, losses FROM sync_job
                        WHERE state = 'running' AND lease_until < %s
                        ORDER BY lease_until LIMIT %s FOR UPDATE SKIP LOCKED""",
                    NOW,
                    limit,
                )
            )
            rows = cr.fetchall()
            lost = [row[0] for row in rows if row[3] + 1 >= MOST_LOSSES]
            doubtful = [row[0] for row in rows if row[2] and row[0] not in lost]
            again = [row[0] for row in rows if not row[2] and row[0] not in lost]
            self._free(cr, doubtful, "indeterminate")
            self._free(cr, again, "pending")
            if lost:
                reason = "lost"
                texts = self._reason_texts(reason)
                self._stop(cr, [(job_id, None, reason, *texts, True) for job_id in lost], "dead")
        if rows:
            _logger.warning("sync jobs whose worker vanished: %s", [row[0] for row in rows])
        return len(rows)

    def _free(self, cr, ids, state):
        if ids:
            cr.execute(
                SQL(
                    """UPDATE sync_job SET %s, fence = fence + 1, losses = losses + 1, worker = NULL,
                           lease_until = NULL, reason = NULL, next_at = %s WHERE id = ANY(%s)""",
                    self._move(["running"], state),
                    NOW,
                    ids,
                )
            )

    # === WHO WAITED === #

    def _release(self, cr, ids):
        """Wake what waited for jobs that are no longer open: the next of the same record, and dependents.

        Called in the transaction that ended them, after it did.
        """
        cr.execute(
            """UPDATE sync_job SET state = CASE WHEN intent_at IS NULL THEN 'pending' ELSE 'indeterminate' END,
                      waits_for = NULL
                WHERE id IN (
                SELECT following.id
                  FROM (SELECT DISTINCT order_key FROM sync_job WHERE id = ANY(%s) AND order_key IS NOT NULL) ended
                 CROSS JOIN LATERAL (
                       SELECT waiting.id FROM sync_job waiting
                        WHERE waiting.order_key = ended.order_key AND waiting.state = 'waiting'
                          AND waiting.waits_for = 'order'
                        ORDER BY waiting.id LIMIT 1) following)""",
            (ids,),
        )
        cr.execute(
            """SELECT job.id, ended.state FROM sync_job job JOIN sync_job ended ON ended.id = job.depends_on_id
                WHERE ended.id = ANY(%s) AND job.state = 'waiting' AND job.waits_for = 'job'""",
            (ids,),
        )
        rows = cr.fetchall()
        if free := [job_id for job_id, state in rows if state == "done"]:
            cr.execute(
                """UPDATE sync_job SET state = CASE WHEN intent_at IS NULL THEN 'pending' ELSE 'indeterminate' END,
                          waits_for = NULL
                    WHERE id = ANY(%s) AND state = 'waiting'""",
                (free,),
            )
        self._fail_orphans(cr, [job_id for job_id, state in rows if state != "done"])

    def _fail_orphans(self, cr, ids):
        """What depends on a job that failed fails too, naming it; with it it is tried again."""
        if not ids:
            return
        cr.execute(SQL("SELECT id, depends_on_id FROM sync_job WHERE id = ANY(%s)", ids))
        rows = []
        for job_id, depends_on_id in cr.fetchall():
            error = self.env._("Job %(number)s, which must be done first, was not done.", number=depends_on_id)
            fix = self.env._(
                "Solve job %(number)s and retry it; this one then goes on by itself.", number=depends_on_id
            )
            rows.append((job_id, None, "dependency", error, fix, True))
        self._stop(cr, rows, "failed", sources=("pending", "waiting", "indeterminate"))

    @api.model
    def _sweep_waiting(self, limit=1000):
        """Nothing waits for what has ended: look again at waiting jobs. A net below ``_release``.

        :return: how many were woken
        """
        with self._short_cursor() as cr:
            cr.execute(
                """UPDATE sync_job SET state = CASE WHEN intent_at IS NULL THEN 'pending' ELSE 'indeterminate' END,
                          waits_for = NULL
                    WHERE id IN (
                    SELECT job.id FROM sync_job job
                     WHERE job.state = 'waiting' AND CASE WHEN job.waits_for = 'job' THEN
                           NOT EXISTS (SELECT FROM sync_job other WHERE other.id = job.depends_on_id
                              AND other.state IN ('pending', 'running', 'waiting', 'indeterminate'))
                           ELSE NOT EXISTS (SELECT FROM sync_job other WHERE other.order_key = job.order_key
                              AND other.id < job.id
                              AND other.state IN ('pending', 'running', 'waiting', 'indeterminate')) END
                     ORDER BY job.id LIMIT %s FOR UPDATE SKIP LOCKED)""",
                (limit,),
            )
            return cr.rowcount

    # === ENDS === #

    def _stop(self, cr, rows, state, sources=("running",)):
        """End jobs that need a person. ``rows``: (id, fence or None, reason, error, fix, whether it is in doubt).

        :return: ids of those that were this worker's to end
        """
        if not rows:
            return []
        values = SQL(", ").join(SQL("(%s, %s::int, %s, %s, %s, %s)", *row) for row in rows)
        cr.execute(
            SQL(
                """UPDATE sync_job job SET %s, reason = said.reason, error = said.error, fix = said.fix,
                       finished_at = %s, worker = NULL, lease_until = NULL, waits_for = NULL,
                       intent_at = CASE WHEN said.doubt THEN job.intent_at END
                  FROM (VALUES %s) AS said (id, fence, reason, error, fix, doubt)
                 WHERE job.id = said.id AND job.fence = COALESCE(said.fence, job.fence) AND job.state = ANY(%s)
             RETURNING job.id""",
                self._move(sources, state),
                NOW,
                values,
                list(sources),
            )
        )
        ids = [row[0] for row in cr.fetchall()]
        if ids:
            self._release(cr, ids)
        return ids

    @api.model
    def _ladder_wait(self, rung, retry_after=None, most=MOST_ATTEMPTS):
        return ladder.wait(rung, random.random, retry_after, most)
