"""The addon's only queue: one row is one piece of work for a machine."""

from odoo import api, fields, models

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
    attempts = fields.Integer(readonly=True)
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

    @api.model
    def _enqueue(self, vals_list):
        """Write jobs in the caller's transaction and wake the runner when it commits.

        :param list[dict] vals_list: fields of this model; ``kind`` is required. A pending job with the same
            ``dedup_key`` takes over ``event_id``, ``payload``, ``correlation_id`` and stays one job.
        :return: ids, one for each dict (those of jobs that took over may repeat)
        """
        raise NotImplementedError
