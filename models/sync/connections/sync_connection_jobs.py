"""What connections have the queue do: send changed records, read what changed there."""

import logging
from collections import defaultdict
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
        """``jobs``, which wait for those that the other side must know first (the partner of an invoice)."""
        grouped = defaultdict(list)
        for values in jobs:
            grouped[values["connection_id"], values["res_model"]].append(values)
        for (connection_id, model), group in grouped.items():
            connection = self.browse(connection_id)
            records = self.env[model].sudo().browse([values["res_id"] for values in group]).exists()
            needs = connection._connector()._needs(connection, records)
            connection._enqueue_needs(group, connection._unknown_there(needs))
        return jobs

    def _enqueue_needs(self, jobs, needs):
        """Have what is needed sent before; where a record needs several, one after the other."""
        turn = 0
        while waiting := [values for values in jobs if len(needs.get(values["res_id"], ())) > turn]:
            before = []
            for values in waiting:
                other = needs[values["res_id"]][turn]
                told = {name: values.get(name) for name in ("depends_on_id", "correlation_id")}
                before.append({**self._push_values(other._name, other.id), **told})
            # The queue belongs to the system.
            for values, job_id in zip(waiting, self.env["sync.job"].sudo()._enqueue(before), strict=True):
                values["depends_on_id"] = job_id
            turn += 1

    def _unknown_there(self, needs):
        """``needs`` without those that the other side has a name for."""
        ids = defaultdict(set)
        for others in needs.values():
            for other in others:
                ids[other._name].add(other.id)
        known = set()
        for model, res_ids in ids.items():
            domain = [("connection_id", "=", self.id), ("res_model", "=", model), ("res_id", "in", list(res_ids))]
            found = self.env["sync.binding"].sudo().search([*domain, ("remote_id", "!=", False)])
            known |= {(model, row.res_id) for row in found}
        return {
            res_id: [other for other in others if (other._name, other.id) not in known]
            for res_id, others in needs.items()
        }

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
