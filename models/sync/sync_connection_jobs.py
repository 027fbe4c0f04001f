"""What connections have the queue do: send changed records, read what changed there."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

ASKED = "sync.requested"


class SyncConnection(models.Model):
    _name = "sync.connection"
    _inherit = "sync.connection"

    cursor_ids = fields.One2many("sync.cursor", "connection_id", string="Reading Positions", readonly=True)

    # === SENDING === #

    @api.model
    def _job_values(self, events):
        """Jobs for those of ``events`` that connections send; several changes of one record become one job.

        :param events: records of ``sync.event``, committed, in order
        :return: a list of dicts for ``sync.job._enqueue``
        """
        found = {}
        for connection in self._senders(events):
            company = connection.company_id
            mine = events.filtered(lambda event, company=company: event.company_id in (company, company.browse()))
            targets = {**connection._asked_for(mine), **connection._connector()._targets(connection, mine)}
            for event, (model, res_id) in sorted(targets.items(), key=lambda target: target[0].id):
                values = connection._push_values(model, res_id)
                values.update(event_id=event.id, correlation_id=event.correlation_id)
                is_asked = event.name == ASKED or (found.get(values["dedup_key"]) or {}).get("payload")
                values["payload"] = {"force": True} if is_asked else None
                # How long it took is reckoned from the first of several changes.
                values["created_at"] = (found.get(values["dedup_key"]) or {}).get("created_at") or event.at
                found[values["dedup_key"]] = values
        return self._with_needs(list(found.values()))

    def _asked_for(self, events):
        """A person pressed *Sync now*: sent whether or not anything changed."""
        models = self._connector()._sends_models
        return {
            event: (event.res_model, event.res_id)
            for event in events
            if event.name == ASKED and event.res_model in models
        }

    @api.model
    def _senders(self, events):
        companies = events.company_id.ids
        domain = [("state", "in", ("connected", "paused", "broken")), ("is_sending", "=", True)]
        if all(event.company_id for event in events):
            domain.append(("company_id", "in", companies))
        # Fan-out is the system's: it serves every company.
        return self.sudo().search(domain).filtered("can_send")

    def _push_values(self, model, res_id):
        key = f"push:{self.id}:{model}:{res_id}"
        return {
            "kind": "push",
            "company_id": self.company_id.id,
            "connection_id": self.id,
            "res_model": model,
            "res_id": res_id,
            "endpoint": f"connection:{self.id}",
            "dedup_key": key,
            "order_key": key,
        }

    @api.model
    def _with_needs(self, jobs):
        """``jobs`` with those before them that the other side must know first (the partner of an invoice)."""
        Job = self.env["sync.job"].sudo()
        for values in jobs:
            connection = self.browse(values["connection_id"])
            record = self.env[values["res_model"]].sudo().browse(values["res_id"]).exists()
            needed = connection._connector()._needs(connection, record) if record else []
            for other in connection._unknown_there(needed):
                before = connection._push_values(other._name, other.id)
                before["depends_on_id"] = values.get("depends_on_id")
                before["correlation_id"] = values.get("correlation_id")
                [values["depends_on_id"]] = Job._enqueue([before])
        return jobs

    def _unknown_there(self, records):
        """Those of ``records`` (of any models) that the other side has no name for."""
        bindings = self.env["sync.binding"].sudo()
        for record in records:
            known = bindings.search_count(
                [
                    ("connection_id", "=", self.id),
                    ("res_model", "=", record._name),
                    ("res_id", "=", record.id),
                    ("remote_id", "!=", False),
                ],
                limit=1,
            )
            if not known:
                yield record

    # === READING === #

    def action_read_now(self):
        """Read what changed there now, without waiting for the next time."""
        self._check_manager()
        for connection in self:
            connection._check_armed()
        self._poll_now()
        return self.env["ai.suggestion"]._notice(self.env._("It is read in a moment."))

    def _readers(self):
        return self.filtered(lambda each: each.state == "connected" and each.is_reading and each.can_read)

    def _poll_now(self, streams=None):
        """Jobs that read these connections; one waiting job a stream."""
        jobs = [
            {
                "kind": "pull",
                "company_id": connection.company_id.id,
                "connection_id": connection.id,
                "endpoint": f"connection:{connection.id}",
                "payload": {"stream": stream},
                "dedup_key": f"pull:{connection.id}:{stream}",
                "order_key": f"pull:{connection.id}:{stream}",
            }
            for connection in self._readers()
            for stream in connection._connector()._streams
            if streams is None or (connection.id, stream) in streams
        ]
        return self.env["sync.job"].sudo()._enqueue(jobs) if jobs else []

    @api.model
    def _cron_poll(self):
        """Each minute: have those read whose time has come. Never raises: Odoo would switch the reading off."""
        for connection in self.search([("state", "=", "connected")]):
            try:
                with self.env.cr.savepoint():
                    if connection._is_at_home() and connection.is_reading:
                        connection._poll_due()
                        connection._look_for_silence()
            except Exception:
                _logger.exception("Connection %s could not be scheduled", connection.id)

    def _poll_due(self):
        """Enqueue, or try again, what is due; one job a stream: none beside one that is open or needs attention."""
        connector = self._connector()
        if not connector._streams:
            return
        interval = timedelta(minutes=self.interval_minutes or connector._interval)
        due_before = fields.Datetime.now() - interval
        read = {row.stream: row.read_at for row in self.env["sync.cursor"].search([("connection_id", "=", self.id)])}
        last = self._last_pulls()
        due = set()
        for stream in connector._streams:
            job_id, state, at = last.get(f"pull:{self.id}:{stream}", (None, None, None))
            moments = [moment for moment in (read.get(stream), at) if moment]
            if moments and max(moments) > due_before:
                continue
            if state in ("failed", "dead"):
                self.env["sync.job"].browse(job_id).action_retry()
            elif state is None:
                due.add((self.id, stream))
        if due:
            self._poll_now(due)

    def _last_pulls(self):
        """{key: (id, state, when it last did something)} of the newest unfinished pull of each stream."""
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (order_key) order_key, id, state, COALESCE(finished_at, started_at, created_at)
                     FROM sync_job
                    WHERE kind = 'pull' AND connection_id = %s AND state NOT IN ('done', 'cancelled')
                 ORDER BY order_key, id DESC""",
                self.id,
            )
        )
        return {row[0]: row[1:] for row in rows}

    def _look_for_silence(self):
        read_at, rows_at = self._read_figures().get(self.id, (False, False))
        if self._is_silent(read_at, rows_at):
            self._alert(self.env._("%(name)s brings nothing", name=self.name), self._silent_words(rows_at))

    # === LOOKING === #

    def action_open_jobs(self):
        """Open what waits and what was not done."""
        states = ["pending", "running", "waiting", "indeterminate", "failed", "dead"]
        return self._jobs_action(self.env._("Jobs of %(name)s"), states)

    def action_open_stopped(self):
        """Open what needs a person."""
        return self._jobs_action(self.env._("%(name)s: Needs Attention"), ["failed", "dead"])

    def _jobs_action(self, title, states):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": title % {"name": self.name},
            "res_model": "sync.job",
            "views": [(False, "list"), (False, "form")],
            "domain": [("connection_id", "=", self.id), ("state", "in", states)],
        }
