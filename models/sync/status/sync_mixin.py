"""How far other systems know a record: computed from what is, never stored, so that it can't lie."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ....engine.vocabulary import JOB_OPEN_STATES, JOB_STOPPED_STATES
from ...audit.readable import readable

ROLES = (
    "ai_bookkeeper.ai_bookkeeper_group_auditor",
    "ai_bookkeeper.ai_bookkeeper_group_reviewer",
    "ai_bookkeeper.ai_bookkeeper_group_manager",
)
ACTING_ROLES = ROLES[1:]
STATES = {
    "none": "Not synced",
    "pending": "Pending",
    "synced": "Synced",
    "failed": "Failed",
    "conflict": "Conflict",
}
#: From best to worst; the worst that is true of a record is its state. The place in the list is the rank, from 1.
WORSE_AND_WORSE = ("synced", "pending", "conflict", "failed")
RANKS = {state: rank for rank, state in enumerate(WORSE_AND_WORSE, start=1)}
SYNC_FIELDS = ("sync_state", "sync_date", "sync_error")
#: A retry that is under way takes the place of the failure that it answers.
NOT_TRIED_AGAIN = """NOT EXISTS (
    SELECT FROM sync_job again WHERE again.res_model = mark.res_model AND again.res_id = mark.res_id
       AND again.state = ANY(%s) AND again.webhook_id IS NOT DISTINCT FROM mark.webhook_id
       AND again.connection_id IS NOT DISTINCT FROM mark.connection_id)"""
SOMEBODY_LISTENS = """(
    EXISTS (SELECT FROM sync_webhook w WHERE w.active AND (mark.company_id IS NULL OR w.company_id = mark.company_id))
    OR EXISTS (SELECT FROM sync_connection c WHERE c.active AND c.state NOT IN ('draft', 'disconnected')
                  AND (mark.company_id IS NULL OR c.company_id = mark.company_id)))"""


class SyncMixin(models.AbstractModel):
    """A chip for records that other systems are told about."""

    _name = "sync.mixin"
    _description = "Sync Status"

    sync_state = fields.Selection(
        list(STATES.items()),
        string="Sync",
        compute="_compute_sync",
        search="_search_sync_state",
        groups=",".join(ROLES),
        help="The worst of what is true: a failure or conflict that waits for a person, something under way, "
        "acknowledged by all.",
    )
    sync_date = fields.Datetime(
        compute="_compute_sync",
        search="_search_sync_date",
        groups=",".join(ROLES),
        help="When it was acknowledged, or since when it is pending, failed or in conflict.",
    )
    sync_error = fields.Char(
        string="Sync Message",
        compute="_compute_sync",
        search="_search_sync_error",
        groups=",".join(ROLES),
        help="What went wrong, in plain words.",
    )
    sync_job_count = fields.Integer(compute="_compute_sync_job_count", string="Sync Jobs", groups=",".join(ROLES))

    # === COMPUTE === #

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_sync(self):
        rows = {}
        if self.ids:
            worst = self._sync_worst(SQL("res_id = ANY(%s)", self.ids))
            rows = {row[0]: row[1:] for row in self.env.execute_query(worst)}
        for record in self:
            rank, record.sync_date, error = rows.get(record._origin.id, (None, False, False))
            record.sync_state = WORSE_AND_WORSE[rank - 1] if rank else "none"
            record.sync_error = error or False

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_sync_job_count(self):
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        counts = dict(self.env["sync.job"]._read_group(domain, ["res_id"], ["__count"])) if self.ids else {}
        for record in self:
            record.sync_job_count = counts.get(record._origin.id, 0)

    # === SQL === #

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr not in SYNC_FIELDS:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        if field_expr == "sync_state":
            rank = SQL.identifier(self._join_sync(alias, query, "sync_rank", self._sync_ranks()), "rank")
            return SQL("COALESCE((%s::text[])[%s], 'none')", list(WORSE_AND_WORSE), rank)
        joined = self._join_sync(alias, query, "sync_worst", self._sync_worst())
        return SQL.identifier(joined, "at" if field_expr == "sync_date" else "error")

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """By how bad it is, not by the alphabet."""
        if field_name != "sync_state":
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        self._check_field_access(self._fields[field_name], "read")
        rank = SQL.identifier(self._join_sync(alias, query, "sync_rank", self._sync_ranks()), "rank")
        query._order_groupby.append(rank)
        return SQL("COALESCE(%s, 0) %s", rank, direction)

    def _join_sync(self, alias, query, link, table):
        joined = query.make_alias(alias, link)
        condition = SQL("%s = %s", SQL.identifier(joined, "res_id"), SQL.identifier(alias, "id"))
        query.add_join("LEFT JOIN", joined, SQL("(%s)", table), condition)
        return joined

    def _sync_ranks(self, least=1):
        """``(res_id, rank)`` of all records whose rank is at least ``least``."""
        marks = self._sync_marks(SQL("TRUE"), least)
        return SQL("SELECT mark.res_id, max(mark.rank) AS rank FROM (%s) mark GROUP BY mark.res_id", marks)

    def _sync_worst(self, condition=None):
        """``(res_id, rank, at, error)``: the last of the worst; of what is pending that which waits longest."""
        rank = RANKS["pending"]
        return SQL(
            """SELECT DISTINCT ON (mark.res_id) mark.res_id, mark.rank, mark.at, mark.error FROM (%s) mark
                ORDER BY mark.res_id, mark.rank DESC, CASE WHEN mark.rank = %s THEN mark.at END, mark.at DESC""",
            self._sync_marks(condition or SQL("TRUE")),
            rank,
        )

    def _sync_marks(self, condition, least=1):
        """What is true of records of this model: ``(res_id, rank, at, error)``, several for a record.

        :param condition: on ``res_id``
        :param int least: leave out what ranks lower
        """
        self.env["sync.event"]._settle()
        for name in ("sync.job", "sync.binding", "sync.event", "sync.webhook", "sync.connection"):
            self.env[name].flush_model()
        where = SQL("mark.res_model = %s AND %s AND %s", self._name, self._sync_company_sql(), condition)
        stopped, under_way = list(JOB_STOPPED_STATES), list(JOB_OPEN_STATES)
        parts = [
            SQL(
                """SELECT mark.res_id, %s AS rank, COALESCE(mark.finished_at, mark.created_at) AS at,
                          concat_ws(' ', mark.error, mark.fix) AS error
                     FROM sync_job mark WHERE %s AND mark.state = ANY(%s)""",
                RANKS["failed"],
                where,
                stopped,
            ),
            SQL(
                """SELECT mark.res_id, CASE mark.state WHEN 'failed' THEN %s ELSE %s END, mark.changed_at,
                          mark.error::text
                     FROM sync_binding mark WHERE %s AND mark.state IN ('failed', 'conflict')
                      AND (mark.state = 'conflict' OR %s)""",
                RANKS["failed"],
                RANKS["conflict"],
                where,
                SQL(NOT_TRIED_AGAIN, under_way),
            ),
        ]
        if least <= RANKS["pending"]:
            parts += [
                SQL(
                    """SELECT mark.res_id, %s, mark.created_at, CASE WHEN mark.attempts > 0 THEN mark.error END
                         FROM sync_job mark WHERE %s AND mark.state = ANY(%s)""",
                    RANKS["pending"],
                    where,
                    under_way,
                ),
                SQL(
                    "SELECT mark.res_id, %s, mark.at, NULL FROM sync_event mark WHERE %s AND mark.seq IS NULL AND %s",
                    RANKS["pending"],
                    where,
                    SQL(SOMEBODY_LISTENS),
                ),
            ]
        if least <= RANKS["synced"]:
            parts.append(
                SQL(
                    """SELECT mark.res_id, %s, mark.synced_at, NULL
                         FROM sync_binding mark WHERE %s AND mark.state = 'synced'""",
                    RANKS["synced"],
                    where,
                )
            )
        return SQL(" UNION ALL ").join(parts)

    def _sync_company_sql(self):
        """Partners are shared: what another company sends of them is not shown here."""
        if self.env.su:
            return SQL("TRUE")
        return SQL("(mark.company_id IS NULL OR mark.company_id = ANY(%s))", self.env.companies.ids)

    # === SEARCH === #

    def _search_sync_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        self._check_field_access(self._fields["sync_state"], "read")
        states = {state or "none" for state in value}
        # What is pending or worse is found from the few rows that say so; only the rest asks for bindings.
        ranks = [RANKS[state] for state in states if RANKS.get(state, 0) >= RANKS["pending"]]
        found = Domain.FALSE
        if ranks:
            worst = SQL("(%s) mark WHERE mark.rank = ANY(%s)", self._sync_ranks(min(ranks)), ranks)
            found |= self._sync_exists(worst)
        if states & {"synced", "none"}:
            worse = SQL("(%s) mark WHERE TRUE", self._sync_marks(SQL("TRUE"), RANKS["pending"]))
            found |= self._sync_fine(states) & self._sync_exists(worse, "NOT EXISTS")
        return found

    def _sync_fine(self, states):
        """Among the records of which nothing worse is true: those that are synced, or not, or all."""
        if {"synced", "none"} <= states:
            return Domain.TRUE
        synced = SQL(
            "sync_binding mark WHERE mark.res_model = %s AND mark.state = 'synced' AND %s",
            self._name,
            self._sync_company_sql(),
        )
        return self._sync_exists(synced, "EXISTS" if "synced" in states else "NOT EXISTS")

    def _sync_exists(self, rows, word="EXISTS"):
        """Records that ``rows`` (FROM and WHERE, of alias ``mark``) are about. PostgreSQL makes a join of it, or looks
        each record up: never a list that is searched for each record. Nor does it join what ``~`` of a domain says."""
        condition = {"EXISTS": SQL("EXISTS"), "NOT EXISTS": SQL("NOT EXISTS")}[word]
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s (SELECT FROM %s AND mark.res_id = %s)", condition, rows, SQL.identifier(alias, "id")
            )
        )

    def _search_sync_date(self, operator, value):
        return self._sync_condition("sync_date", operator, value)

    def _search_sync_error(self, operator, value):
        return self._sync_condition("sync_error", operator, value)

    def _sync_condition(self, name, operator, value):
        field = self._fields[name]
        return Domain.custom(
            to_sql=lambda model, alias, query: field.condition_to_sql(name, operator, value, model, alias, query)
        )

    # === ACTIONS === #

    def action_sync_now(self):
        """Send the state of these records to everybody who listens, ahead of what waits.

        :raise UserError: nobody listens
        """
        self._check_syncer()
        companies = self._sync_companies()
        if not self._sync_listeners(companies):
            raise UserError(
                self.env._(
                    "Nothing is connected to %(companies)s, so there is nobody to send this to. A bookkeeping manager "
                    "adds connections and webhooks under Sync.",
                    companies=", ".join(companies.mapped("name")),
                )
            )
        self.env["sync.event"]._emit("sync.requested", self)
        text = self.env._("Asked for: it is sent within seconds.")
        if all(company._sync_is_paused() for company in companies):
            text = self.env._("Noted. Syncing is paused: it is sent when a manager resumes it.")
        return self._sync_notice(text)

    def action_sync_retry(self):
        """Try again what failed for these records; where no job is left to retry, send their state anew."""
        self._check_syncer()
        jobs = self.env["sync.job"].search([*self._sync_job_domain(), ("state", "in", JOB_STOPPED_STATES)])
        if not jobs:
            return self.action_sync_now()
        jobs.action_retry()
        template = self.env._("%(count)s job(s) are tried again.")
        return self._sync_notice(template % {"count": len(jobs)})

    def action_sync_open_jobs(self):
        """Show the jobs about these records."""
        self.check_access("read")
        self.env["sync.job"].check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sync: %(name)s", name=self.display_name if len(self) == 1 else self._description),
            "res_model": "sync.job",
            "view_mode": "list,form",
            "domain": self._sync_job_domain(),
        }

    def _sync_job_domain(self):
        return [("res_model", "=", self._name), ("res_id", "in", self.ids)]

    def _check_syncer(self):
        """Nothing is decided by sending what a manager subscribed to: the role and reading are enough."""
        if not (self.env.su or any(self.env.user.has_group(role) for role in ACTING_ROLES)):
            raise AccessError(self.env._("Only bookkeeping reviewers and managers do this. Ask one of them."))
        self.check_access("read")
        if readable(self) != self:
            raise AccessError(self.env._("This is in a journal that is closed to you."))

    def _sync_companies(self):
        """The companies of the records; shared ones belong to the current company."""
        return self.sudo().company_id.sudo(False) | (
            self.env.company if any(not record.company_id for record in self.sudo()) else self.env["res.company"]
        )

    def _sync_listeners(self, companies):
        """Whether a webhook or connection of these companies is on; people may not read those themselves."""
        domain = [("company_id", "in", companies.ids)]
        return bool(
            self.env["sync.webhook"].sudo().search_count(domain, limit=1)
            or self.env["sync.connection"]
            .sudo()
            .search_count([*domain, ("state", "not in", ("draft", "disconnected"))], limit=1)
        )

    def _sync_notice(self, text):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": text, "type": "success", "next": {"type": "ir.actions.client", "tag": "soft_reload"}},
        }

    # === DELETED === #

    def unlink(self):
        """What is gone is bound to nothing. Its events and jobs stay: others must still learn of it."""
        name, ids = self._name, self.ids
        result = super().unlink()
        if ids:
            self.env["sync.binding"]._forget(name, ids)
        return result
