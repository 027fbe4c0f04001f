"""Events for people: what happened, to what, and what was done about it."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError


class SyncEvent(models.Model):
    _name = "sync.event"
    _inherit = "sync.event"

    name_text = fields.Char(compute="_compute_name_text", string="Event")
    record_name = fields.Char(compute="_compute_record_name", string="About")
    payload_text = fields.Text(compute="_compute_payload_text", string="What It Tells")
    job_count = fields.Integer(compute="_compute_job_count", string="Jobs")

    @api.depends("name")
    def _compute_display_name(self):
        for event in self:
            event.display_name = event.name_text

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_name_text(self):
        labels = self.env["sync.webhook"]._event_labels()
        for event in self:
            event.name_text = labels.get(event.name, event.name)

    @api.depends("payload")
    def _compute_payload_text(self):
        for event in self:
            event.payload_text = json.dumps(event.payload, indent=2, ensure_ascii=False) if event.payload else ""

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        names = self.env["sync.job"]._record_names(self)
        for event in self:
            event.record_name = names.get((event.res_model, event.res_id), "")

    def _compute_job_count(self):
        counts = {}
        for model in ("sync.job", "sync.job.history"):
            for event_id, count in self.env[model]._read_group(
                [("event_id", "in", self.ids)], ["event_id"], ["__count"]
            ):
                counts[event_id] = counts.get(event_id, 0) + count
        for event in self:
            event.job_count = counts.get(event.id, 0)

    def action_open_record(self):
        """Open what the event is about."""
        self._check_one()
        if self.res_model not in self.env or not self.env[self.res_model].browse(self.res_id).exists():
            raise UserError(self.env._("It is about nothing that is still there."))
        return self.env["sync.job"]._window(self.res_model, self.res_id)

    def action_open_jobs(self):
        """Open the jobs that it caused: those that are open, or else those that are done."""
        self._check_one()
        jobs = self.env["sync.job"]
        domain = [("event_id", "=", self.id)]
        model = "sync.job" if jobs.search_count(domain, limit=1) else "sync.job.history"
        return jobs._list(model, self.env._("Jobs of the Event"), domain)

    def action_open_cause(self):
        """Open all events of the same cause."""
        self._check_one()
        domain = [("correlation_id", "=", self.correlation_id or "")]
        return self.env["sync.job"]._list(self._name, self.env._("Events of the Same Cause"), domain)

    def _check_one(self):
        self.ensure_one()
        self.check_access("read")
