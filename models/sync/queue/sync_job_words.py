"""What a job came to, in plain words, and the ways from it to what it is about."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_datetime

#: What starts within it is said to wait for its turn; the database's clock knows parts of a second.
SOON = timedelta(seconds=2)
OPEN = ("pending", "running", "waiting", "indeterminate")


class SyncJobWords(models.AbstractModel):
    """For jobs and for those that are history: words are made for the reader, in constant queries."""

    _name = "sync.job.words"
    _description = "Words About Jobs"

    summary = fields.Char(compute="_compute_summary", string="What Happened")
    record_name = fields.Char(compute="_compute_record_name", string="About")
    subscriber_name = fields.Char(compute="_compute_subscriber_name", string="To")
    age = fields.Char(compute="_compute_age", help="Since its cause, or how long it took.")
    delivery_count = fields.Integer(compute="_compute_counts", string="Deliveries")
    suggestion_count = fields.Integer(compute="_compute_counts", string="Suggestions")
    sibling_count = fields.Integer(compute="_compute_counts", string="Of the Same Cause")

    @api.depends("kind", "record_name", "subscriber_name")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for job in self:
            parts = [kinds.get(job.kind, job.kind or ""), job.subscriber_name, job.record_name]
            job.display_name = ": ".join(part for part in parts if part)

    # === WORDS === #

    @api.depends("state", "attempts", "error", "started_at", "finished_at")
    @api.depends_context("lang", "tz")
    def _compute_summary(self):
        for job in self:
            job.summary = getattr(job, f"_summary_{job.state}")()

    def _moment(self, value):
        return format_datetime(self.env, value, dt_format="short") if value else ""

    def _summary_pending(self):
        next_at = self._moment(self.next_at)
        if self.error:
            return self.env._("It failed and is tried again at %(at)s: %(error)s", at=next_at, error=self.error)
        if self.next_at and self.next_at > fields.Datetime.now() + SOON:
            return self.env._("Starts at %(at)s.", at=next_at)
        return self.env._("Waits for its turn.")

    def _summary_running(self):
        return self.env._("Is being done since %(at)s.", at=self._moment(self.started_at))

    def _summary_waiting(self):
        if self.depends_on_id:
            return self.env._("Waits until job %(number)s is done.", number=self.depends_on_id)
        return self.env._("Waits for an earlier job of the same record: their order is kept.")

    def _summary_indeterminate(self):
        return self.env._("It is not known whether it arrived. The other side is asked before anything is sent again.")

    def _summary_done(self):
        if (self.attempts or 0) > 1:
            return self.env._("Done, at attempt %(count)s.", count=self.attempts)
        return self.env._("Done.")

    def _summary_failed(self):
        return self.error or self.env._("It failed, and trying again would not help.")

    def _summary_dead(self):
        error = self.error or ""
        return self.env._("Given up after %(count)s attempts. %(error)s", count=self.attempts, error=error).strip()

    def _summary_cancelled(self):
        return self.error or self.env._("Somebody gave it up for good.")

    @api.depends("created_at", "finished_at", "state")
    def _compute_age(self):
        now = fields.Datetime.now()
        for job in self:
            end = now if job.state in (*OPEN, "failed", "dead") else job.finished_at or now
            job.age = self._span((end - job.created_at).total_seconds()) if job.created_at else ""

    @api.model
    def _span(self, seconds):
        """A span of time in one unit."""
        if seconds < 1:
            return self.env._("%(count)s ms", count=max(round(seconds * 1000), 0))
        for limit, unit, text in (
            (120, 1, self.env._("%(count)s s")),
            (7200, 60, self.env._("%(count)s min")),
            (172800, 3600, self.env._("%(count)s h")),
        ):
            if seconds < limit:
                return text % {"count": round(seconds / unit)}
        return self.env._("%(count)s days", count=round(seconds / 86400))

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        names = self._record_names(self)
        for job in self:
            job.record_name = names.get((job.res_model, job.res_id), "")

    @api.model
    def _record_names(self, rows):
        """{(model, id): name} of what ``rows`` are about, as far as it is still there and the user may read it."""
        wanted = {}
        for row in rows:
            if row.res_model in self.env and row.res_id:
                wanted.setdefault(row.res_model, set()).add(row.res_id)
        names = {}
        for model, ids in wanted.items():
            records = self.env[model].browse(ids).exists()._filtered_access("read")
            names.update({(model, record.id): record.display_name for record in records})
        return names

    @api.depends("webhook_id", "connection_id")
    def _compute_subscriber_name(self):
        # Reviewers see where a job goes to, though webhooks and connections are the manager's.
        for job in self.sudo():
            job.subscriber_name = job.webhook_id.name or job.connection_id.name or ""

    def _compute_counts(self):
        deliveries = self.env["sync.delivery"]
        found = {}
        if deliveries.has_access("read"):
            found = dict(deliveries._read_group([("job_id", "in", self.ids)], ["job_id"], ["__count"]))
        causes = [cause for cause in self.mapped("correlation_id") if cause]
        suggestions = self._by_cause("ai.suggestion", causes)
        siblings = self._by_cause("sync.job", causes)
        history = self._by_cause("sync.job.history", causes)
        for job in self:
            cause = job.correlation_id
            job.delivery_count = found.get(job.id, 0)
            job.suggestion_count = suggestions.get(cause, 0)
            job.sibling_count = max(siblings.get(cause, 0) + history.get(cause, 0) - 1, 0) if cause else 0

    def _by_cause(self, model, causes):
        groups = self.env[model]._read_group([("correlation_id", "in", causes)], ["correlation_id"], ["__count"])
        return dict(groups)

    # === WAYS === #

    def action_open_record(self):
        """Open what the job is about."""
        self._check_one()
        if self.res_model not in self.env or not self.env[self.res_model].browse(self.res_id or 0).exists():
            raise UserError(self.env._("It is about nothing that is still there."))
        return self._window(self.res_model, self.res_id)

    def action_open_subscriber(self):
        """Open the webhook or connection that it goes to."""
        self._check_one()
        for model in ("sync.webhook", "sync.connection"):
            if not self.env[model].has_access("read"):
                raise AccessError(self.env._("Webhooks and connections are the manager's. Ask a bookkeeping manager."))
        target = self.webhook_id or self.connection_id
        if not target:
            raise UserError(self.env._("It goes to no webhook or connection."))
        return self._window(target._name, target.id)

    def action_open_event(self):
        """Open the event that caused it."""
        self._check_one()
        if not self.env["sync.event"].search_count([("id", "=", self.event_id)]):
            raise UserError(self.env._("The event that caused it is not kept any more."))
        return self._window("sync.event", self.event_id)

    def action_open_deliveries(self):
        """Open its attempts, with what was sent and what came back."""
        self._check_one()
        return self._list("sync.delivery", self.env._("Attempts"), [("job_id", "=", self.id)])

    def action_open_suggestions(self):
        """Open the suggestion that it goes back to."""
        self._check_one()
        domain = [("correlation_id", "=", self.correlation_id or "")]
        return self._list("ai.suggestion", self.env._("Suggestions"), domain)

    def action_open_siblings(self):
        """Open all jobs of the same cause."""
        self._check_one()
        domain = [("correlation_id", "=", self.correlation_id or "")]
        return self._list("sync.job", self.env._("Jobs of the Same Cause"), domain)

    def _check_one(self):
        self.ensure_one()
        self.check_access("read")

    def _window(self, model, res_id):
        return {"type": "ir.actions.act_window", "res_model": model, "res_id": res_id, "views": [(False, "form")]}

    def _list(self, model, name, domain):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
        }


class SyncJob(models.Model):
    _name = "sync.job"
    _inherit = ["sync.job", "sync.job.words"]

    def action_retry_all(self):
        """Retry everything that needs attention or was given up, as far as the caller may."""
        count = self.retry_all()
        if not count:
            raise UserError(self.env._("Nothing needs attention that you may decide about."))
        return self.env["ai.suggestion"]._notice(self.env._("%(count)s jobs wait for their turn again.", count=count))


class SyncJobHistory(models.Model):
    _name = "sync.job.history"
    _inherit = ["sync.job.history", "sync.job.words"]
