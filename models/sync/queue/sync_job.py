"""The addon's only queue: one row is one piece of work for a machine."""

import json
import math
import uuid
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.sql_db import Cursor
from odoo.tools import SQL

from ....engine import lifecycle
from ....engine.vocabulary import JOB_OPEN_STATES

STATES = {
    "pending": "Pending",
    "running": "Running",
    "waiting": "Waiting",
    "indeterminate": "Indeterminate",
    "done": "Done",
    "failed": "Needs attention",
    "dead": "Given up",
    "cancelled": "Cancelled",
}
KIND_LABELS = {
    "deliver": "Deliver to a webhook",
    "push": "Send to a connection",
    "pull": "Read from a connection",
    "intake": "Work out what came in",
    "extract": "Read a document",
    "learn": "Learn from decisions",
    "backtest": "Backtest",
    "import": "Import a file",
}
LANES = {"http": "Sending", "work": "Working"}
WAITS = {"order": "An earlier job of the same record", "job": "Another job that must be done first"}
PRIORITIES = range(10)
#: Columns that a caller of ``_enqueue`` may give; the rest is the queue's own.
GIVEN = (
    "kind",
    "priority",
    "company_id",
    "res_model",
    "res_id",
    "connection_id",
    "webhook_id",
    "event_id",
    "endpoint",
    "dedup_key",
    "order_key",
    "depends_on_id",
    "idempotency_key",
    "payload",
    "user_id",
    "correlation_id",
)
NOW = SQL("(clock_timestamp() AT TIME ZONE 'UTC')")
# Never claimed, so never sent: what is newer takes the place of what is in it. A claimed job keeps its content and
# its idempotency key for ever, and what comes later is a job of its own.
DEDUP = "(dedup_key) WHERE dedup_key IS NOT NULL AND fence = 0 AND state IN ('pending', 'waiting')"
SETTLED = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED"
QUICK = f"{SETTLED}; SET LOCAL synchronous_commit TO off"
INSERT = f"""
INSERT INTO sync_job AS job (id, lane, state, fence, attempts, rung, losses, next_at, created_at, {", ".join(GIVEN)})
VALUES %s
ON CONFLICT {DEDUP} DO UPDATE SET
    event_id = COALESCE(EXCLUDED.event_id, job.event_id),
    payload = COALESCE(EXCLUDED.payload, job.payload),
    correlation_id = COALESCE(EXCLUDED.correlation_id, job.correlation_id),
    priority = LEAST(EXCLUDED.priority, job.priority),
    next_at = LEAST(EXCLUDED.next_at, job.next_at)
RETURNING id, dedup_key
"""
ROW = f"""(%s, %s, 'pending', 0, 0, 0, 0, clock_timestamp() AT TIME ZONE 'UTC' + %s * interval '1 second',
    COALESCE(%s, clock_timestamp() AT TIME ZONE 'UTC'), {", ".join(["%s"] * len(GIVEN))})"""


class SyncJob(models.Model):
    """States and legal moves are ``engine.lifecycle.JOB_MOVES``. While a job is claimed its control columns (state,
    lease, fence, intent, outcome) are written on short cursors of their own only, never by the working cursor."""

    _name = "sync.job"
    _inherit = "ai.target.mixin"
    _description = "Sync Job"
    _order = "id desc"
    _log_access = False
    _shows_orphans = True

    kind = fields.Selection(list(KIND_LABELS.items()), required=True, readonly=True)
    lane = fields.Selection(list(LANES.items()), readonly=True, help="Sending is short; working may be long.")
    state = fields.Selection(list(STATES.items()), required=True, readonly=True, default="pending")
    priority = fields.Integer(readonly=True, default=5, help="Lower goes first.")
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade", index=True)
    res_model = fields.Char(readonly=True, help="The record that the job is about.")
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    connection_id = fields.Many2one("sync.connection", readonly=True, ondelete="cascade", index="btree_not_null")
    webhook_id = fields.Many2one("sync.webhook", readonly=True, ondelete="cascade", index="btree_not_null")
    event_id = fields.Integer(readonly=True, help="The event that caused it, or the last of those it stands for.")
    endpoint = fields.Char(readonly=True, help="What shares a circuit breaker and a quota: webhook:7, connection:3.")
    dedup_key = fields.Char(readonly=True, help="At most one pending job has this key.")
    order_key = fields.Char(readonly=True, help="Jobs with the same key run one after the other, in the order made.")
    depends_on_id = fields.Integer(readonly=True, help="The job that must be done first.")
    idempotency_key = fields.Char(readonly=True, help="The same for every attempt of one effect.")
    payload = fields.Json(readonly=True, groups="ai_bookkeeper.ai_bookkeeper_group_manager")
    user_id = fields.Many2one(
        "res.users", readonly=True, ondelete="set null", help="On whose behalf; empty: the system."
    )
    next_at = fields.Datetime(readonly=True, string="Next Attempt")
    attempts = fields.Integer(readonly=True, help="How often something was sent, or a slice of it was worked on.")
    rung = fields.Integer(readonly=True, aggregator=False, help="Attempts that count for the ladder of retries.")
    losses = fields.Integer(readonly=True, aggregator=False, help="How often its worker vanished in the middle.")
    waits_for = fields.Selection(list(WAITS.items()), readonly=True)
    fence = fields.Integer(readonly=True, help="Grows with each claim: an outcome of an older claim is refused.")
    lease_until = fields.Datetime(readonly=True)
    worker = fields.Char(readonly=True)
    intent_at = fields.Datetime(readonly=True, help="When it was noted that something is about to be sent.")
    outcome = fields.Json(readonly=True, groups="ai_bookkeeper.ai_bookkeeper_group_manager")
    outcome_at = fields.Datetime(readonly=True)
    reason = fields.Char(readonly=True, help="A word for what went wrong, the same for the same cause.")
    error = fields.Text(readonly=True, string="What Went Wrong")
    fix = fields.Text(readonly=True, string="What To Do")
    correlation_id = fields.Char(readonly=True, index="btree_not_null")
    created_at = fields.Datetime(readonly=True, string="Created")
    started_at = fields.Datetime(readonly=True, string="Started")
    finished_at = fields.Datetime(readonly=True, string="Finished")
    duration_ms = fields.Integer(readonly=True, string="Duration (ms)", aggregator="avg")

    # What may be claimed: one part of the index an address and priority, so that a claim looks at each one's first.
    _ready_idx = models.Index("(lane, endpoint, priority, next_at, id) WHERE state IN ('pending', 'indeterminate')")
    _dedup_uniq = models.UniqueIndex(DEDUP, "It waits to be done already.")
    _order_idx = models.Index(
        "(order_key, id) WHERE order_key IS NOT NULL AND state IN ('pending', 'running', 'waiting', 'indeterminate')"
    )
    # Two workers never send for one record at the same time, whatever they saw when they claimed.
    _order_uniq = models.UniqueIndex(
        "(order_key) WHERE order_key IS NOT NULL AND state = 'running'", "Another job of the record is running."
    )
    _depends_idx = models.Index("(depends_on_id) WHERE depends_on_id IS NOT NULL")
    _lease_idx = models.Index("(lease_until) WHERE state = 'running'")
    _finished_idx = models.Index("(finished_at) WHERE state IN ('done', 'cancelled')")
    _stopped_idx = models.Index("(id) WHERE state IN ('failed', 'dead')")
    _overtaken_idx = models.Index("(dedup_key) WHERE dedup_key IS NOT NULL AND state IN ('failed', 'dead')")
    _record_idx = models.Index("(res_model, res_id)")

    def init(self):
        """A queue's rows change often and die soon: vacuum it early, leave room on its pages."""
        result = super().init()
        self.env.cr.execute(
            """ALTER TABLE sync_job SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02,
                 autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0)"""
        )
        return result

    # === MAKING JOBS === #

    @api.model
    def _enqueue(self, vals_list):
        """Write jobs in the caller's transaction and wake the runner when it commits.

        :param list[dict] vals_list: fields of this model named in ``GIVEN``; ``kind`` is required. ``delay``: seconds
            before the first attempt; ``created_at``: when its cause was, if not now. A job with the same
            ``dedup_key`` that was never claimed takes over ``event_id``, ``payload``, ``correlation_id`` and stays one
        :return: ids, one for each dict (those of jobs that took over may repeat)
        """
        if not vals_list:
            return []
        # Jobs belong to the system; nobody has the right to write them.
        self.env.cr.execute("SELECT nextval('sync_job_id_seq') FROM generate_series(1, %s)", (len(vals_list),))
        ids = [row[0] for row in self.env.cr.fetchall()]
        rows, lanes = {}, set()
        for job_id, vals in zip(ids, vals_list, strict=True):
            row = self._job_row(job_id, vals)
            lanes.add(row[1])
            # Of several with one key in one call the last one counts.
            rows[vals.get("dedup_key") or job_id] = row
        found = self.env.cr.execute_values(INSERT, list(rows.values()), template=ROW, page_size=1000, fetch=True)
        by_key = {key: job_id for job_id, key in found if key}
        for lane in sorted(lanes):
            self.env["sync.runner"]._wake(lane)
        return [
            by_key.get(vals.get("dedup_key"), job_id) if vals.get("dedup_key") else job_id
            for job_id, vals in zip(ids, vals_list, strict=True)
        ]

    def _job_row(self, job_id, vals):
        unknown = set(vals) - {*GIVEN, "delay", "created_at"}
        if unknown:
            raise ValueError(f"A job has no {', '.join(sorted(unknown))}")
        handler = self.env.get(f"sync.handler.{vals['kind']}")
        lane = handler._lane if handler is not None else "work"
        values = {
            "endpoint": "",
            "idempotency_key": f"{vals['kind']}-{uuid.uuid4()}",
            **{name: value for name, value in vals.items() if value is not None and value is not False},
        }
        values["priority"] = min(max(int(values.get("priority", 5)), PRIORITIES[0]), PRIORITIES[-1])
        if "payload" in values:
            values["payload"] = self._json(values["payload"])
        given = [values.get(name) for name in GIVEN]
        delay = max(float(vals.get("delay") or 0), 0.0)
        return (job_id, lane, delay, vals.get("created_at") or None, *map(storable, given))

    @api.model
    def _wake(self):
        """Have the queue look again after this transaction: what was held back may go on."""
        for lane in LANES:
            self.env["sync.runner"]._wake(lane)

    @api.model
    def _json(self, value):
        """JSON that PostgreSQL takes, whatever stands in texts from outside."""
        return json.dumps(storable(value), default=str)

    # === CONTROL ROWS === #

    @contextmanager
    def _short_cursor(self, durable=True):
        """A cursor of its own for control rows; commits at its end. Workers wait for each other there for a moment
        instead of failing, and see what the other one committed.

        :param bool durable: False: a crash of PostgreSQL may take it back (a claim, an end that is found out again)
        """
        with self.env.registry.cursor() as cr:
            if isinstance(cr, Cursor):
                cr.execute(SETTLED if durable else QUICK)
            yield cr

    @api.model
    def _move(self, sources, target):
        """SQL that sets the state, after a look whether it is a legal move from each of ``sources``."""
        for source in sources:
            if not lifecycle.allowed(lifecycle.JOB_MOVES, source, target):
                raise ValueError(f"A job does not go from {source} to {target}")
        return SQL("state = %s", target)

    @api.model
    def _doubt(self, domain=None):
        """The other side may know more of these open jobs than this database does: ask before anything is sent.

        Those that ran elsewhere are taken away from their worker. In the caller's transaction.

        :param domain: of open jobs that send something; all of them when not given
        :return: how many
        """
        jobs = self.sudo().search([("lane", "=", "http"), ("state", "in", JOB_OPEN_STATES), *(domain or [])])
        self.env.cr.execute(
            SQL(
                """UPDATE sync_job SET state = CASE state WHEN 'waiting' THEN state ELSE 'indeterminate' END,
                       fence = fence + 1, worker = NULL, lease_until = NULL, intent_at = COALESCE(intent_at, %s),
                       next_at = LEAST(next_at, %s)
                 WHERE id = ANY(%s) AND outcome_at IS NULL""",
                NOW,
                NOW,
                jobs.ids,
            )
        )
        count = self.env.cr.rowcount
        jobs.invalidate_recordset()
        return count


def storable(value):
    """``value`` without what PostgreSQL refuses: NUL, lone surrogates, numbers that are none."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {storable(str(key)): storable(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [storable(each) for each in value]
    return value
