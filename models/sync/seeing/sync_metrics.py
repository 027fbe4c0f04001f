"""The sync desk in figures for a monitoring system, in Prometheus' format. Every value is PostgreSQL's: it is the same
whichever process answers, and restarts change nothing."""

import hashlib
import hmac
import re
import secrets
from urllib.parse import urlsplit

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ....engine.vocabulary import JOB_KINDS, JOB_OPEN_STATES, JOB_STOPPED_STATES
from .sync_tally import DURATION_BOUNDS, LATENCY_BOUNDS

PATH = "/ai_bookkeeper/metrics"
TOKEN = "ai_bookkeeper.metrics_token"
MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
#: A label value is a word of the program; anything else, and what comes after so many words, is "other".
WORD = re.compile(r"[a-z][a-z0-9_.]{0,39}")
MOST_WORDS = 40
MOST_ENDPOINTS = 50
PLAIN = "text/plain; charset=utf-8"


class SyncMetrics(models.AbstractModel):
    _name = "sync.metrics"
    _description = "Metrics of the Sync Desk"

    # === TOKEN === #

    @api.model
    def _make_token(self):
        """A new token; an earlier one is refused from now on. Only its digest is kept: it can't be shown again."""
        self._check_may_govern()
        token = secrets.token_urlsafe(32)
        # Parameters belong to administrators; this one is the manager's.
        self.env["ir.config_parameter"].sudo().set_param(TOKEN, self._digest(token))
        return token

    @api.model
    def _drop_token(self):
        """Nobody reads the metrics any more."""
        self._check_may_govern()
        self.env["ir.config_parameter"].sudo().set_param(TOKEN, False)

    @api.model
    def _has_token(self):
        return bool(self.env["ir.config_parameter"].sudo().get_param(TOKEN))

    @api.model
    def _state_text(self):
        """(what the settings page says, whether there is a token)."""
        has_token = self._has_token()
        if self._library() is None:
            text = self.env._(
                "Not installed: the Python library prometheus_client would give a page of figures (queue, failures, "
                "durations, signs of life) for Prometheus or Grafana. pip install prometheus_client, then restart."
            )
        elif has_token:
            text = self.env._("Open at %(address)s, with its token.", address=self._address())
        else:
            text = self.env._("Closed: nobody can read them. A token opens %(address)s.", address=self._address())
        return text, has_token

    def _address(self):
        return f"{self.get_base_url()}{PATH}"

    @api.model
    def _example(self, token):
        """What to write into Prometheus' configuration file."""
        url = urlsplit(self._address())
        return (
            "scrape_configs:\n"
            "  - job_name: ai_bookkeeper\n"
            f"    scheme: {url.scheme}\n"
            f"    metrics_path: {PATH}\n"
            "    authorization:\n"
            f"      credentials: {token}\n"
            "    static_configs:\n"
            f"      - targets: [{url.netloc}]"
        )

    def _check_may_govern(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers open the metrics. Ask one of them."))
        companies = self.env["res.company"].sudo().search_count([])
        if not self.env.su and companies > len(self.env.user.company_ids):
            raise UserError(
                self.env._("The metrics are about all companies: only a manager of all of them opens them.")
            )

    def _digest(self, token):
        # The token is 256 random bits: a slow hash would protect nothing more.
        return hashlib.sha256(token.encode()).hexdigest()

    def _is_right(self, token):
        known = self.env["ir.config_parameter"].sudo().get_param(TOKEN) or ""
        return hmac.compare_digest(self._digest(token), known)

    # === PAGE === #

    @api.model
    def _page(self, authorization, accept=""):
        """What the address answers.

        :param authorization: the header as it came, ``Bearer <token>``
        :param accept: the header as it came: which of the library's formats
        :return: (status, body as bytes, content type)
        """
        scheme, _space, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not self._is_right(token.strip()):
            return (
                401,
                b"This page needs its token: Authorization: Bearer <token>. "
                b"A bookkeeping manager makes one: Bookkeeping, Configuration, Settings, Metrics.\n",
                PLAIN,
            )
        library = self._library()
        if library is None:
            return (
                503,
                b"The metrics need the Python library prometheus_client on this server. "
                b"Install it (pip install prometheus_client, or Debian's python3-prometheus-client) and restart.\n",
                PLAIN,
            )
        registry = library.CollectorRegistry(auto_describe=False)
        registry.register(_Collector(list(self.sudo()._families(library.core))))
        encode, content_type = library.exposition.choose_encoder(accept or "")
        return 200, encode(registry), content_type

    def _library(self):
        """The official client, or None where it isn't installed."""
        try:
            import prometheus_client
            import prometheus_client.core
            import prometheus_client.exposition
        except ImportError:
            return None
        return prometheus_client

    # === FAMILIES === #

    def _families(self, core):
        """Everything that is measured, in a constant number of queries whose cost doesn't grow with history."""
        self.env.flush_all()
        yield from self._queue_families(core)
        yield from self._total_families(core)
        yield from self._sign_families(core)
        yield from self._event_families(core)
        yield from self._breaker_families(core)

    def _queue_families(self, core):
        depth = core.GaugeMetricFamily(
            "ai_bookkeeper_sync_jobs", "Jobs that are open or wait for a person.", labels=["kind", "state"]
        )
        ready = core.GaugeMetricFamily(
            "ai_bookkeeper_sync_ready_jobs", "Pending jobs whose time has come.", labels=["kind"]
        )
        oldest = core.GaugeMetricFamily(
            "ai_bookkeeper_sync_oldest_ready_job_age_seconds", "How long the oldest of them waits.", labels=["kind"]
        )
        counts, due = {}, {}
        for kind, state, count, ready_count, age in self.env.execute_query(
            SQL(
                """SELECT kind, state, COUNT(*), COUNT(*) FILTER (WHERE %(due)s),
                          COALESCE(EXTRACT(EPOCH FROM clock_timestamp() AT TIME ZONE 'UTC'
                              - MIN(GREATEST(created_at, next_at)) FILTER (WHERE %(due)s)), 0)::float
                     FROM sync_job WHERE state = ANY(%(states)s) GROUP BY kind, state""",
                due=SQL("state = 'pending' AND COALESCE(next_at, created_at) <= clock_timestamp() AT TIME ZONE 'UTC'"),
                states=[*JOB_OPEN_STATES, *JOB_STOPPED_STATES],
            )
        ):
            counts[kind, state] = count
            if state == "pending":
                due[kind] = (ready_count, max(age, 0.0))
        # What is nothing is said to be nothing: a series that vanishes can't raise an alarm.
        for kind in JOB_KINDS:
            for state in (*JOB_OPEN_STATES, *JOB_STOPPED_STATES):
                depth.add_metric([kind, state], counts.get((kind, state), 0))
            ready.add_metric([kind], due.get(kind, (0, 0.0))[0])
            oldest.add_metric([kind], due.get(kind, (0, 0.0))[1])
        return [depth, ready, oldest]

    def _total_families(self, core):
        ended = core.CounterMetricFamily(
            "ai_bookkeeper_sync_jobs_ended", "Jobs that came to an outcome, ever.", labels=["kind", "outcome"]
        )
        failures = core.CounterMetricFamily(
            "ai_bookkeeper_sync_failures", "Failed attempts and jobs, ever.", labels=["kind", "outcome", "reason"]
        )
        duration = core.HistogramMetricFamily(
            "ai_bookkeeper_sync_attempt_duration_seconds", "How long the last attempt took.", labels=["kind"]
        )
        latency = core.HistogramMetricFamily(
            "ai_bookkeeper_sync_latency_seconds",
            "From the event to the end of the job, if it was done.",
            labels=["kind"],
        )
        totals = self.env["sync.tally"]._totals()
        word = _words({row[2] for row in totals if row[2]})
        by_outcome, by_reason, durations, latencies = {}, {}, {}, {}
        for kind, outcome, reason, duration_bucket, latency_bucket, jobs, duration_ms, latency_ms in totals:
            by_outcome[kind, outcome] = by_outcome.get((kind, outcome), 0) + jobs
            if outcome in ("retried", "failed", "dead"):
                key = (kind, outcome, word(reason))
                by_reason[key] = by_reason.get(key, 0) + jobs
            if outcome != "cancelled":
                _add(durations.setdefault(kind, [{}, 0]), duration_bucket, jobs, duration_ms)
            if outcome == "done":
                _add(latencies.setdefault(kind, [{}, 0]), latency_bucket, jobs, latency_ms)
        for kind in JOB_KINDS:
            ended.add_metric([kind, "done"], by_outcome.pop((kind, "done"), 0))
        for family, found in ((ended, by_outcome), (failures, by_reason)):
            for labels, count in sorted(found.items()):
                family.add_metric(list(labels), count)
        for family, found, bounds in (
            (duration, durations, DURATION_BOUNDS),
            (latency, latencies, LATENCY_BOUNDS),
        ):
            for kind, (buckets, milliseconds) in sorted(found.items()):
                family.add_metric([kind], buckets=_cumulative(buckets, bounds), sum_value=milliseconds / 1000)
        return [ended, failures, duration, latency]

    def _sign_families(self, core):
        age = core.GaugeMetricFamily(
            "ai_bookkeeper_sync_tick_age_seconds", "Since the last sign of life.", labels=["ticker"]
        )
        for name, seconds in sorted(self.env["sync.tick"]._ages().items()):
            age.add_metric([name], seconds)
        active = core.GaugeMetricFamily(
            "ai_bookkeeper_scheduled_action_active", "0 when a scheduled action was switched off.", labels=["action"]
        )
        for name, is_active in self._scheduled():
            active.add_metric([name], int(is_active))
        [(paused,)] = self.env.execute_query(SQL("SELECT COUNT(*) FROM sync_pause"))
        pauses = core.GaugeMetricFamily("ai_bookkeeper_sync_pauses", "Companies (or all: 1) whose syncing is paused.")
        pauses.add_metric([], paused)
        return [age, active, pauses]

    @api.model
    def _scheduled(self):
        """[(name, active)] of the addon's own scheduled actions."""
        return self.env.execute_query(
            SQL(
                """SELECT data.name, cron.active FROM ir_model_data data JOIN ir_cron cron ON cron.id = data.res_id
                    WHERE data.module = 'ai_bookkeeper' AND data.model = 'ir.cron' ORDER BY data.name"""
            )
        )

    def _event_families(self, core):
        [(waiting, age)] = self.env.execute_query(
            SQL(
                """SELECT COUNT(*),
                          COALESCE(EXTRACT(EPOCH FROM clock_timestamp() AT TIME ZONE 'UTC' - MIN(at)), 0)::float
                     FROM sync_event WHERE seq IS NULL"""
            )
        )
        [(last,)] = self.env.execute_query(SQL("SELECT COALESCE(MAX(seq), 0) FROM sync_event WHERE seq > 0"))
        families = {
            "ai_bookkeeper_sync_events_waiting": ("Events that have no number yet.", waiting),
            "ai_bookkeeper_sync_feed_horizon_age_seconds": ("How long the oldest of them waits.", max(age, 0.0)),
            "ai_bookkeeper_sync_feed_sequence": ("The last number that was given to an event.", last),
        }
        for name, (text, value) in families.items():
            family = core.GaugeMetricFamily(name, text)
            family.add_metric([], value)
            yield family

    def _breaker_families(self, core):
        rows = self.env.execute_query(
            SQL("SELECT endpoint, state FROM sync_breaker WHERE state <> 'closed' ORDER BY endpoint")
        )
        count = core.GaugeMetricFamily(
            "ai_bookkeeper_sync_breakers", "Addresses that are left alone or tried again.", labels=["state"]
        )
        for state in ("open", "half_open"):
            count.add_metric([state], sum(1 for row in rows if row[1] == state))
        each = core.GaugeMetricFamily(
            "ai_bookkeeper_sync_breaker_open", "1 for each of them, by its number; at most 50.", labels=["endpoint"]
        )
        for endpoint, _state in rows[:MOST_ENDPOINTS]:
            each.add_metric([endpoint], 1)
        return [count, each]


class _Collector:
    """The values of one scrape; the library asks it once."""

    def __init__(self, families):
        self.families = families

    def collect(self):
        return self.families


def _words(found):
    """A function that turns a reason into a label: the same words each time, never more than ``MOST_WORDS``."""
    known = set(sorted(word for word in found if WORD.fullmatch(word))[:MOST_WORDS])
    return lambda reason: reason if reason in known else "other"


def _add(entry, bucket, jobs, milliseconds):
    entry[0][bucket] = entry[0].get(bucket, 0) + jobs
    entry[1] += milliseconds


def _cumulative(buckets, bounds):
    """[(upper bound, how many are not above it)], as Prometheus wants it."""
    count, result = 0, []
    for number, bound in enumerate([*map(float, bounds), float("inf")]):
        count += buckets.get(number, 0)
        result.append(("+Inf" if bound == float("inf") else str(bound), count))
    return result
