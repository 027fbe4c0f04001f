"""How syncing goes, in figures: what was done and how fast, what failed and why, what waits, and who is alive."""

from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ....engine.vocabulary import JOB_OPEN_STATES, JOB_STOPPED_STATES
from .sync_watchdog import READERS

#: hours of a period: minutes of a column in the charts
PERIODS = {1: 5, 24: 60, 168: 360, 720: 1440}
SHARES = {"p50": 0.50, "p95": 0.95, "p99": 0.99}
#: Latencies are counted in classes 5 % apart: counting needs no sorting, and nobody acts on less than that.
STEP = 1.05
MOST_REASONS = 12
#: States of webhooks and connections in which something is sent.
WORKING = ("on", "connected")
MOST_ENDPOINTS = 100


class SyncDashboard(models.AbstractModel):
    """Everything is counted by the database, over what the caller may see, in a constant number of queries."""

    _name = "sync.dashboard"
    _description = "Sync Dashboard"

    @api.model
    def figures(self, hours: int = 24) -> dict:
        """What the dashboard shows of the jobs that the caller may see.

        :param hours: the last hour (1), day (24), week (168) or month (720)
        :return: ``columns`` (by time: ``at``, ``done``, ``failed`` and the percentiles of the latency in seconds),
            ``totals``, ``reasons``, ``depth`` (by kind and state), ``endpoints``, ``ticks``, ``pause``, ``troubles``
        """
        self._check_reader()
        now = fields.Datetime.now()
        since, minutes = self._period(hours, now)
        self.env.flush_all()
        # Compiling the condition of the rights takes longer than reading a million rows by it.
        self.env.cr.execute("SET LOCAL jit = off")
        # Enough to count a million jobs without sorting them on disk; about 13 MB are used.
        self.env.cr.execute("SET LOCAL work_mem = '64MB'")
        ended, done = self._ended(since, minutes)
        watched = self.env["sync.watchdog"].state()
        return {
            "columns": self._columns(ended, since, minutes, 60 * hours // minutes),
            "totals": self._totals(ended),
            "reasons": self._reasons(),
            "depth": self._depth(now),
            "events": self._events(now),
            "endpoints": self._endpoints(done),
            "ticks": self._ticks(),
            "pause": self.env["sync.pause"].pause_state(),
            "troubles": watched["troubles"],
            "is_manager": watched["is_manager"],
        }

    @api.model
    def drill_down(self, measure: str, hours: int = 24, key: str | None = None):
        """The list behind a figure.

        :param measure: ``done``, ``open``, ``stopped``, ``state``, ``kind``, ``reason``, ``endpoint`` or ``events``
        :param key: the state, kind, reason or endpoint
        :return: an action of the web client
        """
        self._check_reader()
        since, _minutes = self._period(hours, fields.Datetime.now())
        own = [("company_id", "in", [False, *self.env.companies.ids])]
        jobs = {
            "open": [("state", "in", JOB_OPEN_STATES)],
            "stopped": [("state", "in", JOB_STOPPED_STATES)],
            "state": [("state", "=", key)],
            "kind": [("kind", "=", key), ("state", "in", (*JOB_OPEN_STATES, *JOB_STOPPED_STATES))],
            "reason": [("state", "in", JOB_STOPPED_STATES), ("reason", "=", key or False)],
            "endpoint": [("endpoint", "=", key)],
        }
        if measure in jobs:
            return self._list("sync.job", self.env._("Jobs"), [*own, *jobs[measure]])
        if measure == "done":
            domain = [*own, ("state", "=", "done"), ("finished_at", ">=", since)]
            # For some minutes a done job stays in the queue.
            is_history = self.env["sync.job.history"].search_count(domain, limit=1)
            return self._list("sync.job.history" if is_history else "sync.job", self.env._("Done Jobs"), domain)
        if measure == "events":
            return self._list("sync.event", self.env._("Events That Wait"), [*own, ("seq", "=", False)])
        raise ValidationError(self.env._("There is no figure '%(name)s'.", name=measure))

    def _list(self, model, name, domain):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
        }

    # === SCOPE === #

    def _check_reader(self):
        if not (self.env.su or self.env.user.has_groups(READERS)):
            raise AccessError(self.env._("The figures of syncing are for reviewers, managers and auditors."))

    def _period(self, hours, now):
        """(first moment, minutes of a column); columns begin at whole hours, or what they have."""
        if hours not in PERIODS:
            raise ValidationError(self.env._("Choose the last hour, day, week or month: 1, 24, 168 or 720 hours."))
        minutes = PERIODS[hours]
        begun = (now - datetime.min).total_seconds() // (minutes * 60)
        end = datetime.min + timedelta(minutes=(begun + 1) * minutes)
        return end - timedelta(hours=hours), minutes

    def _seen(self, model, domain):
        """The query of what the caller may see of ``model``, in the switched-on companies."""
        own = Domain("company_id", "in", [False, *self.env.companies.ids])
        return self.env[model]._search(own & Domain(domain))

    # === WHAT ENDED === #

    def _ended(self, since, minutes):
        """History and what just ended, read once: rows of (column number, state, latency class, jobs), and
        {endpoint: (jobs done, when the last one)}."""
        rows, endpoints = [], {}
        for model, states in (
            ("sync.job.history", ("done", "cancelled")),
            ("sync.job", ("done", "cancelled", *JOB_STOPPED_STATES)),
        ):
            query = self._seen(model, [("finished_at", ">=", since), ("state", "in", states)])
            alias = SQL.identifier(query.table)
            # Odoo's times have no zone; both sides are UTC.
            column = SQL(
                "FLOOR(EXTRACT(EPOCH FROM %s.finished_at - %s::timestamp) / %s)::int", alias, since, minutes * 60
            )
            waited = SQL("EXTRACT(EPOCH FROM %(a)s.finished_at - %(a)s.created_at)::float * 1000", a=alias)
            latency = SQL("FLOOR(LN(GREATEST(%s, 1)) / LN(%s))::int", waited, STEP)
            values = (
                column,
                SQL("%s.state", alias),
                latency,
                SQL("%s.endpoint", alias),
                SQL("GROUPING(%s.endpoint)", alias),
                SQL("COUNT(*)"),
                SQL("MAX(%s.finished_at)", alias),
            )
            found = self.env.execute_query(SQL("%s GROUP BY GROUPING SETS ((1, 2, 3), (2, 4))", query.select(*values)))
            for number, state, latency_class, endpoint, is_by_time, jobs, last in found:
                if is_by_time:
                    rows.append((number, state, latency_class, jobs))
                elif state == "done" and endpoint:
                    before = endpoints.get(endpoint, (0, last))
                    endpoints[endpoint] = (before[0] + jobs, max(before[1], last))
        return rows, endpoints

    def _columns(self, ended, since, minutes, number_of):
        found = {number: {"done": 0, "failed": 0, "classes": {}} for number in range(number_of)}
        for number, state, latency, jobs in ended:
            # What ended while this was asked belongs to the last column.
            column = found[min(max(number, 0), number_of - 1)]
            if state == "done":
                column["done"] += jobs
                column["classes"][latency] = column["classes"].get(latency, 0) + jobs
            elif state in JOB_STOPPED_STATES:
                column["failed"] += jobs
        return [
            {
                "at": fields.Datetime.to_string(since + timedelta(minutes=minutes * number)),
                "done": column["done"],
                "failed": column["failed"],
                **percentiles(column["classes"]),
            }
            for number, column in sorted(found.items())
        ]

    def _totals(self, ended):
        classes, counts = {}, {}
        for _number, state, latency, jobs in ended:
            counts[state] = counts.get(state, 0) + jobs
            if state == "done":
                classes[latency] = classes.get(latency, 0) + jobs
        return {
            "done": counts.get("done", 0),
            "cancelled": counts.get("cancelled", 0),
            "failed": sum(counts.get(state, 0) for state in JOB_STOPPED_STATES),
            **percentiles(classes),
        }

    # === WHAT IS THERE NOW === #

    def _reasons(self):
        """What needs attention, by reason: whenever it failed, until somebody does something."""
        query = self._seen("sync.job", [("state", "in", JOB_STOPPED_STATES)])
        alias = SQL.identifier(query.table)
        columns = [
            SQL("COALESCE(%s.reason, '')", alias),
            SQL("COUNT(*)"),
            SQL("MAX(%s.finished_at)", alias),
            SQL("MODE() WITHIN GROUP (ORDER BY %s.error)", alias),
            SQL("MODE() WITHIN GROUP (ORDER BY %s.fix)", alias),
        ]
        rows = self.env.execute_query(
            SQL("%s GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %s", query.select(*columns), MOST_REASONS)
        )
        return [
            {
                "reason": reason,
                "count": count,
                "last": fields.Datetime.to_string(last) or "",
                "error": error or "",
                "fix": fix or "",
            }
            for reason, count, last, error, fix in rows
        ]

    def _depth(self, now):
        """``kinds`` (rows with a count for each state), ``states`` (totals) and the oldest that waits."""
        states = (*JOB_OPEN_STATES, *JOB_STOPPED_STATES)
        query = self._seen("sync.job", [("state", "in", states)])
        alias = SQL.identifier(query.table)
        columns = [
            SQL("%s.kind", alias),
            SQL("%s.state", alias),
            SQL("COUNT(*)"),
            SQL("MIN(%s.created_at)", alias),
            SQL("(ARRAY_AGG(%(a)s.id ORDER BY %(a)s.created_at, %(a)s.id))[1]", a=alias),
        ]
        rows = self.env.execute_query(SQL("%s GROUP BY 1, 2", query.select(*columns)))
        kind_labels = dict(self.env["sync.job"]._fields["kind"]._description_selection(self.env))
        state_labels = dict(self.env["sync.job"]._fields["state"]._description_selection(self.env))
        kinds, totals = {}, dict.fromkeys(states, 0)
        for kind, state, count, _oldest, _job_id in rows:
            kinds.setdefault(kind, dict.fromkeys(states, 0))[state] = count
            totals[state] += count
        waiting = [row for row in rows if row[1] == "pending" and row[3]]
        oldest = min(waiting, key=lambda row: row[3], default=None)
        return {
            "kinds": [
                {"key": kind, "label": kind_labels.get(kind, kind), "counts": counts}
                for kind, counts in sorted(kinds.items(), key=lambda item: kind_labels.get(item[0], item[0]))
            ],
            "states": [{"key": state, "label": state_labels[state], "count": totals[state]} for state in states],
            "open": sum(totals[state] for state in JOB_OPEN_STATES),
            "stopped": sum(totals[state] for state in JOB_STOPPED_STATES),
            "oldest_seconds": max(0, int((now - oldest[3]).total_seconds())) if oldest else None,
            "oldest_id": oldest[4] if oldest else None,
        }

    def _events(self, now):
        query = self._seen("sync.event", [("seq", "=", False)])
        alias = SQL.identifier(query.table)
        [(count, oldest)] = self.env.execute_query(query.select(SQL("COUNT(*)"), SQL("MIN(%s.at)", alias)))
        return {"count": count, "seconds": max(0, int((now - oldest).total_seconds())) if oldest else None}

    def _ticks(self):
        labels = {
            "sequencer": self.env._("Numbering of events"),
            "runner": self.env._("Sending"),
            "worker": self.env._("Reading and computing"),
            "watchdog": self.env._("Watchdog"),
        }
        limit = 60 * self.env["sync.watchdog"]._limit("ai_sync_tick_minutes")
        ages = self.env["sync.tick"]._ages()
        return [
            {
                "key": name,
                "label": label,
                "seconds": int(ages[name]) if name in ages else None,
                "is_late": ages.get(name, limit + 1) > limit,
            }
            for name, label in labels.items()
        ]

    # === ENDPOINTS === #

    def _endpoints(self, done):
        """Health of what is sent to: only of what the caller may read. ``done``: see ``_ended``."""
        models_ = [name for name in ("sync.webhook", "sync.connection") if self.env[name].has_access("read")]
        waiting = self._endpoint_counts() if models_ else {}
        found = []
        for model in models_:
            records = self.env[model].search(
                [("company_id", "in", self.env.companies.ids)], limit=MOST_ENDPOINTS, order="sequence, id"
            )
            keys = {record: f"{model.removeprefix('sync.')}:{record.id}" for record in records}
            breakers = self._breakers(list(keys.values()))
            for record, key in keys.items():
                jobs, last = done.get(key, (0, None))
                found.append(
                    {
                        "key": key,
                        "res_model": model,
                        "res_id": record.id,
                        "name": record.name,
                        "open": waiting.get((key, True), 0),
                        "stopped": waiting.get((key, False), 0),
                        "done": jobs,
                        "last_done": fields.Datetime.to_string(last) or "",
                        **self._health(record, breakers.get(key), waiting.get((key, False), 0)),
                    }
                )
        return found

    def _health(self, record, breaker, stopped):
        """``state`` (well, shaky, open, off) and ``label``."""
        if record.state not in WORKING:
            label = dict(record._fields["state"]._description_selection(self.env))[record.state]
            needs_somebody = record.state == "broken" or ("is_by_machine" in record._fields and record.is_by_machine)
            return {"state": "open" if needs_somebody else "off", "label": label}
        if breaker and breaker["state"] != "closed":
            return {"state": "open", "label": self.env._("Can't be reached")}
        if breaker and breaker["failures"]:
            return {"state": "shaky", "label": self.env._("%(count)s failures in a row", count=breaker["failures"])}
        if stopped:
            return {"state": "shaky", "label": self.env._("Refused some")}
        return {"state": "well", "label": self.env._("Well")}

    def _breakers(self, endpoints):
        """{endpoint: {"state", "failures"}} of those that are not quite well."""
        # Nobody has rights on the switches themselves; what they are about was read with the caller's rights.
        breakers = (
            self.env["sync.breaker"]
            .sudo()
            .search_fetch([("endpoint", "in", endpoints)], ["endpoint", "state", "failures"])
        )
        return {breaker.endpoint: {"state": breaker.state, "failures": breaker.failures} for breaker in breakers}

    def _endpoint_counts(self):
        """{(endpoint, whether something still happens by itself): jobs} of what is not done."""
        query = self._seen("sync.job", [("state", "in", (*JOB_OPEN_STATES, *JOB_STOPPED_STATES))])
        alias = SQL.identifier(query.table)
        columns = (
            SQL("%s.endpoint", alias),
            SQL("%s.state = ANY(%s)", alias, list(JOB_OPEN_STATES)),
            SQL("COUNT(*)"),
        )
        rows = self.env.execute_query(SQL("%s GROUP BY 1, 2", query.select(*columns)))
        return {(endpoint, is_open): count for endpoint, is_open, count in rows}


def percentiles(classes):
    """{"p50": seconds ...} of latency classes {number: jobs}; None without jobs."""
    total = sum(classes.values())
    result = dict.fromkeys(SHARES)
    if not total:
        return result
    below = 0
    waiting = dict(SHARES)
    for number in sorted(classes):
        below += classes[number]
        for name in [name for name, share in waiting.items() if below >= share * total]:
            # The middle of the class.
            result[name] = round(STEP ** (number + 0.5) / 1000, 3)
            waiting.pop(name)
    return result
