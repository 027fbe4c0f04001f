"""Notices when syncing stands still, lags or fails, and tells the managers. It looks each minute, and when people open
their screens: a watchdog that only scheduled actions wake would sleep with them."""

import logging
import time
import zlib
from datetime import timedelta

import psycopg2

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from .sync_trouble import CALM, DAILY, KINDS

_logger = logging.getLogger(__name__)

READERS = (
    "ai_bookkeeper.ai_bookkeeper_group_reviewer,ai_bookkeeper.ai_bookkeeper_group_manager,"
    "ai_bookkeeper.ai_bookkeeper_group_auditor"
)
#: Signs of life without which nothing moves.
VITAL = ("sequencer", "runner")
KEPT_DAYS = 180
SHOWN = 20
_LOCK = zlib.crc32(b"ai_bookkeeper.watchdog") - 2**31
#: A server that was just started gets the time to run what it could not while it was down.
_STARTED = time.monotonic()


class SyncWatchdog(models.AbstractModel):
    """Each ``_find_<kind>`` answers what is wrong now, in one query: {(kind, subject, company id): facts}."""

    _name = "sync.watchdog"
    _description = "Watchdog of the Sync Desk"

    # === WHO WAKES IT === #

    @api.model
    def _cron_watch(self):
        """Each minute. Never raises: Odoo would switch it off after a week."""
        try:
            self.env["sync.tally"]._compact()
            self._look()
        except Exception:
            _logger.exception("The watchdog of the sync desk could not look.")
        self.env["sync.tick"]._beat("watchdog")

    @api.model
    def state(self) -> dict:
        """What is wrong with syncing now, for the banner of every screen.

        Looks itself when the scheduled watchdog gave no sign of life.

        :return: ``{"troubles": [{"id", "kind", "summary", "text", "fix", "fix_label", "since"}], "is_manager": bool}``
        """
        if not (self.env.su or self.env.user.has_groups(READERS)):
            return {"troubles": [], "is_manager": False}
        if self._sleeps():
            self._look()
            self.env["sync.tick"]._beat("onlooker")
        found = self.env["sync.trouble"].search_read(
            [("ended_at", "=", False)],
            ["kind", "summary", "text", "fix", "fix_label", "since"],
            limit=SHOWN,
            order="id desc",
        )
        return {
            "troubles": found,
            "is_manager": self.env.user.has_group("ai_bookkeeper.ai_bookkeeper_group_manager"),
        }

    def _sleeps(self):
        """Whether somebody else must look: no scheduled look for too long, none by people in the last minute."""
        limit = 60 * self._limit("ai_sync_tick_minutes")
        if time.monotonic() - _STARTED < limit:
            return False
        ages = self.env["sync.tick"]._ages()
        return ages.get("watchdog", limit + 1) > limit and ages.get("onlooker", 61) > 60

    # === LOOKING === #

    @api.model
    def _look(self):
        """Compare what is wrong now with what is known, and tell. One looks at a time, in a transaction of its own."""
        with self.env.registry.cursor() as cr:
            cr.execute("SELECT pg_try_advisory_xact_lock(%s)", (_LOCK,))
            if cr.fetchone()[0]:
                try:
                    self.with_env(self.env(cr=cr, user=SUPERUSER_ID, context={}))._compare()
                except psycopg2.errors.SerializationFailure:
                    # Somebody else looked at the same moment, and told.
                    cr.rollback()

    def _compare(self):
        now = fields.Datetime.now()
        self.env["sync.webhook"]._switch_off_tired()
        found = self._findings()
        troubles = self.env["sync.trouble"]
        known = {
            (trouble.kind, trouble.subject, trouble.company_id.id): trouble
            for trouble in troubles.search([("ended_at", "=", False)])
        }
        for key in known.keys() & found.keys():
            known[key].write({"facts": found[key], "seen_at": now})
        troubles.union(*known.values()).filtered(lambda trouble: trouble._has_news(now))._tell(now)
        troubles.union(*(trouble for key, trouble in known.items() if key not in found))._end(now)
        news = {key: facts for key, facts in found.items() if key not in known}
        if news:
            self._opened(news, now)._tell(now)
        troubles.search([("ended_at", "<", now - timedelta(days=KEPT_DAYS))]).unlink()

    def _opened(self, news, now):
        """Troubles for what is new; one that ended a moment ago is the same one again."""
        troubles = self.env["sync.trouble"]
        lately = {
            (trouble.kind, trouble.subject, trouble.company_id.id): trouble
            for trouble in troubles.search([("ended_at", ">=", now - max(CALM, *DAILY.values()))], order="id")
            if trouble.ended_at >= now - trouble._calm()
        }
        again, fresh = troubles, []
        for (kind, subject, company_id), facts in news.items():
            before = lately.get((kind, subject, company_id))
            if before:
                before.write(
                    {"ended_at": False, "since": now, "seen_at": now, "facts": facts, "times": before.times + 1}
                )
                again |= before
            else:
                fresh.append(
                    {
                        "kind": kind,
                        "subject": subject,
                        "company_id": company_id,
                        "facts": facts,
                        "since": now,
                        "seen_at": now,
                    }
                )
        return again | troubles.create(fresh)

    def _findings(self):
        """{(kind, subject, company id or False): facts} of everything that is wrong now."""
        self.env.flush_all()
        found = {}
        for kind in KINDS:
            found.update(getattr(self, f"_find_{kind}")())
        return found

    # === WHAT IS WRONG === #

    def _find_still(self):
        limit = self._limit("ai_sync_tick_minutes")
        ages = self.env["sync.tick"]._ages()
        # What never ticked is as old as its scheduled action.
        [(installed,)] = self.env.execute_query(
            SQL(
                """SELECT EXTRACT(EPOCH FROM clock_timestamp() AT TIME ZONE 'UTC' - MIN(create_date))::float
                     FROM ir_cron WHERE id = ANY(%s)""",
                self._crons().ids,
            )
        )
        found = {}
        for ticker in VITAL:
            minutes = int(ages.get(ticker, installed or 0) // 60)
            if minutes >= limit:
                found["still", ticker, False] = {"ticker": ticker, "minutes": minutes}
        return found

    def _find_cron_off(self):
        return {
            ("cron_off", str(cron.id), False): {"cron_id": cron.id, "name": cron.name}
            for cron in self._crons().filtered(lambda cron: not cron.active)
        }

    @api.model
    def _crons(self):
        """The scheduled actions of the sync desk, switched off or not."""
        rows = self.env.execute_query(
            SQL(
                """SELECT res_id FROM ir_model_data
                    WHERE module = 'ai_bookkeeper' AND model = 'ir.cron' AND starts_with(name, 'ir_cron_sync')"""
            )
        )
        return self.env["ir.cron"].sudo().with_context(active_test=False).browse([row[0] for row in rows]).exists()

    def _find_late(self):
        """Jobs whose time has come long ago. What waits for a pause or for an open breaker is told elsewhere."""
        rows = self.env.execute_query(
            SQL(
                """SELECT job.company_id, COUNT(*),
                          MAX(EXTRACT(EPOCH FROM now() AT TIME ZONE 'UTC' - %(due)s))::int / 60
                     FROM sync_job job LEFT JOIN res_company company ON company.id = job.company_id
                    WHERE job.state IN ('pending', 'indeterminate') AND %(free)s
                      AND %(due)s < now() AT TIME ZONE 'UTC'
                          - COALESCE(company.ai_sync_pending_minutes, %(limit)s) * interval '1 minute'
                    GROUP BY job.company_id""",
                due=SQL("GREATEST(job.created_at, job.next_at)"),
                free=self._is_free(SQL("job.endpoint")),
                limit=self._limit("ai_sync_pending_minutes"),
            )
        )
        paused = self.env["sync.pause"]._paused_ids()
        return {
            ("late", "jobs", company_id or False): {"count": count, "minutes": minutes}
            for company_id, count, minutes in rows
            if None not in paused and company_id not in paused
        }

    def _find_failing(self):
        rows = self.env.execute_query(
            SQL(
                """SELECT job.company_id, COUNT(*), MODE() WITHIN GROUP (ORDER BY COALESCE(job.error, job.reason))
                     FROM sync_job job LEFT JOIN res_company company ON company.id = job.company_id
                    WHERE job.state IN ('failed', 'dead')
                      AND job.finished_at >= now() AT TIME ZONE 'UTC' - interval '1 hour'
                    GROUP BY job.company_id
                   HAVING COUNT(*) >= COALESCE(MIN(company.ai_sync_failure_limit), %s)""",
                self._limit("ai_sync_failure_limit"),
            )
        )
        return {
            ("failing", "jobs", company_id or False): {"count": count, "reason": (reason or "")[:300]}
            for company_id, count, reason in rows
        }

    def _find_broken(self):
        connections = self.env["sync.connection"].search([("state", "=", "broken")])
        return self._found("broken", "connection", connections)

    def _found(self, kind, prefix, records):
        return {
            (kind, f"{prefix}:{record.id}", record.company_id.id): {
                "name": record.name,
                "reason": record.reason or "",
                "res_model": record._name,
                "res_id": record.id,
            }
            for record in records
        }

    def _find_breaker(self):
        """Addresses that are left alone for long, with what the last attempts came to."""
        rows = self.env.execute_query(
            SQL(
                """SELECT breaker.endpoint, target.model, target.id, target.name, target.company_id,
                          EXTRACT(EPOCH FROM now() AT TIME ZONE 'UTC' - breaker.since_at)::int / 60,
                          (SELECT MODE() WITHIN GROUP (ORDER BY job.error) FROM sync_job job
                            WHERE job.endpoint = breaker.endpoint AND job.error IS NOT NULL)
                     FROM sync_breaker breaker
                     JOIN (SELECT 'webhook:' || id AS endpoint, 'sync.webhook' AS model, id, name, company_id
                             FROM sync_webhook
                            UNION ALL
                           SELECT 'connection:' || id, 'sync.connection', id, name, company_id
                             FROM sync_connection) target ON target.endpoint = breaker.endpoint
                     JOIN res_company company ON company.id = target.company_id
                    WHERE breaker.state <> 'closed'
                      AND breaker.since_at < now() AT TIME ZONE 'UTC'
                          - company.ai_sync_breaker_minutes * interval '1 minute'"""
            )
        )
        return {
            ("breaker", endpoint, company_id): {
                "res_model": model,
                "res_id": res_id,
                "name": name,
                "minutes": minutes,
                "error": (error or "")[:300],
            }
            for endpoint, model, res_id, name, company_id, minutes, error in rows
        }

    def _find_webhook_off(self):
        """Those that stopped by themselves; what a person stopped is no trouble."""
        webhooks = self.env["sync.webhook"].search([("state", "in", ("off", "paused")), ("is_by_machine", "=", True)])
        return self._found("webhook_off", "webhook", webhooks)

    def _find_laggard(self):
        """Subscribers to which events can't be handed over."""
        now = fields.Datetime.now()
        found = {}
        for row in self.env["sync.laggard"].search([("since", "<", now - timedelta(minutes=5))]):
            found["laggard", f"{row.res_model}:{row.res_id}", row.company_id.id] = {
                "res_model": row.res_model,
                "res_id": row.res_id,
                "name": self.env[row.res_model].browse(row.res_id).exists().display_name or "",
                "minutes": int((now - row.since).total_seconds() // 60),
                "error": (row.error or "")[:300],
            }
        return found

    def _find_intake(self):
        """What came in and waits for a person, per connection."""
        self.env["sync.intake"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT connection.id, connection.name, connection.company_id, MAX(intake.received_at),
                          COUNT(*) FILTER (WHERE intake.state = 'asking'),
                          COUNT(*) FILTER (WHERE intake.state = 'received')
                     FROM sync_intake intake
                     JOIN sync_connection connection ON connection.id = intake.connection_id
                     LEFT JOIN LATERAL (SELECT state FROM sync_job
                                         WHERE res_model = 'sync.intake' AND res_id = intake.id
                                         ORDER BY id DESC LIMIT 1) job ON intake.state = 'received'
                    WHERE intake.state IN ('received', 'asking')
                      AND (intake.state = 'asking' OR job.state IN ('failed', 'dead'))
                    GROUP BY connection.id"""
            )
        )
        return {
            ("intake", f"connection:{connection_id}", company_id): {
                "res_id": connection_id,
                "name": name,
                "count": asking + failed,
                "asking": asking,
                "failed": failed,
                "newest": fields.Datetime.to_string(newest),
            }
            for connection_id, name, company_id, newest, asking, failed in rows
        }

    def _is_free(self, endpoint):
        """SQL: nothing keeps the jobs of ``endpoint`` from being sent."""
        return SQL(
            "NOT EXISTS (SELECT FROM sync_breaker breaker WHERE breaker.endpoint = %s AND breaker.state <> 'closed')",
            endpoint,
        )

    def _limit(self, name):
        """The strictest that any company asks for."""
        [(least,)] = self.env.execute_query(SQL("SELECT MIN(%s) FROM res_company", SQL.identifier(name)))
        return least or 1
