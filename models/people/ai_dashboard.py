"""How the bookkeeping goes, in figures: by kind, week and team, never by person."""

from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL

ROLES = (
    "ai_bookkeeper.ai_bookkeeper_group_auditor,ai_bookkeeper.ai_bookkeeper_group_manager,"
    "ai_bookkeeper.ai_bookkeeper_group_reviewer"
)
REOPENED_DAYS = 30
#: measure: what a decided suggestion must be to count; also the domain of its drill-down
MEASURES = {
    "person": [("decision", "=", "person"), ("state", "!=", "rejected")],
    "policy": [("decision", "=", "policy")],
    "edited": [("is_edited", "=", True)],
    "rejected": [("state", "=", "rejected")],
    "undone": [("undone_at", "!=", False)],
    "changed_outside": [("changed_outside", "!=", False)],
}
GROUPS = ("kind", "week", "team")


class AiDashboard(models.AbstractModel):
    """All figures are counted by the database over what the caller may see. A team is a company's journal."""

    _name = "ai.dashboard"
    _description = "Bookkeeping Dashboard"

    @api.model
    def figures(self, since: str, until: str, journal_id: int | None = None) -> dict:
        """What the dashboard shows of the suggestions that the caller may see.

        :param since: first day, ISO
        :param until: last day, ISO
        :param journal_id: only this journal
        :return: ``totals``, ``kinds``, ``weeks`` and ``teams`` (lists of rows with ``key``, ``label`` and the figures),
            ``currency_id`` of the values. What was decided counts in the week of its decision, whatever came later.
        """
        self._check_reader()
        scope = self._scope(journal_id)
        currency = self.env.company.currency_id
        decided = self._decided([*scope, *self._period(since, until)])
        pending = self._pending(scope, currency)
        groups = {name: self._grouped(name, decided[name], pending) for name in GROUPS}
        return {
            "currency_id": currency.id,
            "totals": self._row("all", decided["all"].get("all"), pending),
            "kinds": groups["kind"],
            "weeks": groups["week"],
            "teams": groups["team"],
            "journals": self._journals(),
        }

    @api.model
    def drill_down(self, measure: str, since: str, until: str, journal_id: int | None = None, kind: str | None = None):
        """The list behind a figure.

        :param measure: ``pending`` or one of ``MEASURES``, or ``decided``
        :return: an action of the web client
        """
        self._check_reader()
        if measure == "pending":
            domain = [*self._scope(journal_id), *self._pending_domain()]
        elif measure == "decided" or measure in MEASURES:
            domain = [*self._scope(journal_id), *self._period(since, until), *MEASURES.get(measure, [])]
        else:
            raise ValidationError(self.env._("There is no figure '%(name)s'.", name=measure))
        if kind:
            domain.append(("kind", "=", kind))
        return self.env["ai.suggestion"]._action_for(domain, self._labels().get(measure, ""))

    def _labels(self):
        return {
            "pending": self.env._("Waiting"),
            "decided": self.env._("Decided"),
            "person": self.env._("Accepted by people"),
            "policy": self.env._("Accepted by policy"),
            "edited": self.env._("Edited"),
            "rejected": self.env._("Rejected"),
            "undone": self.env._("Undone"),
            "changed_outside": self.env._("Changed outside"),
        }

    # === SCOPE === #

    def _check_reader(self):
        if not (self.env.su or self.env.user.has_groups(ROLES)):
            raise AccessError(self.env._("The figures are for reviewers, managers and auditors."))

    def _scope(self, journal_id):
        domain = [("company_id", "in", self.env.companies.ids)]
        return [*domain, ("journal_id", "=", int(journal_id))] if journal_id else domain

    def _period(self, since, until):
        try:
            first, last = date.fromisoformat(since), date.fromisoformat(until)
        except (TypeError, ValueError) as error:
            raise ValidationError(self.env._("Give the period as dates, for example 2026-03-31.")) from error
        return [("decided_at", ">=", first), ("decided_at", "<", last + timedelta(days=1))]

    def _pending_domain(self):
        return [("state", "in", ("pending", "accepted", "failed"))]

    def _select(self, domain, columns, more):
        """Rows of one grouped query over the suggestions that this user may see."""
        suggestions = self.env["ai.suggestion"]
        suggestions.flush_model()
        query = suggestions._search(domain)
        # Compiling the condition of the rights takes longer than reading a million rows by it.
        self.env.cr.execute("SET LOCAL jit = off")
        return self.env.execute_query(SQL("%s %s", query.select(*columns), more))

    # === FIGURES === #

    def _decided(self, domain):
        """{group: {key: counts}} of all groups, and over all, in one reading of the suggestions."""
        s = SQL("ai_suggestion")
        booked = SQL("%s.state <> 'rejected'", s)
        late = SQL(
            "LEAST(%(s)s.undone_at, %(s)s.changed_outside_at) <= %(s)s.decided_at + %(days)s * interval '1 day'",
            s=s,
            days=REOPENED_DAYS,
        )
        figures = {
            "decided": SQL("COUNT(*)"),
            "booked": SQL("COUNT(*) FILTER (WHERE %s)", booked),
            "person": SQL("COUNT(*) FILTER (WHERE %s.decision = 'person' AND %s)", s, booked),
            "policy": SQL("COUNT(*) FILTER (WHERE %s.decision = 'policy')", s),
            "edited": SQL("COUNT(*) FILTER (WHERE %s.is_edited)", s),
            "rejected": SQL("COUNT(*) FILTER (WHERE %s.state = 'rejected')", s),
            "undone": SQL("COUNT(*) FILTER (WHERE %s.undone_at IS NOT NULL)", s),
            "changed_outside": SQL("COUNT(*) FILTER (WHERE %s.changed_outside IS NOT NULL)", s),
            "reopened": SQL("COUNT(*) FILTER (WHERE %s)", late),
            # A click that decided many is one touch; changing a proposal and undoing are touches of their own.
            "touches": SQL(
                """SUM(CASE WHEN %(s)s.decision = 'person' THEN 1.0 / GREATEST(%(s)s.decided_with, 1) ELSE 0 END
                       + CASE WHEN %(s)s.is_edited THEN 1 ELSE 0 END
                       + CASE WHEN %(s)s.undone_at IS NOT NULL THEN 1 ELSE 0 END)""",
                s=s,
            ),
            # From opening to deciding, of what a person decided one by one.
            "seconds": SQL(
                """percentile_cont(0.5) WITHIN GROUP (
                       ORDER BY GREATEST(0, EXTRACT(EPOCH FROM %(s)s.decided_at - %(s)s.opened_at))
                   ) FILTER (WHERE %(s)s.decision = 'person' AND %(s)s.opened_at IS NOT NULL
                                   AND COALESCE(%(s)s.decided_with, 0) <= 1)""",
                s=s,
            ),
        }
        kind, team = SQL("%s.kind", s), SQL("%(s)s.company_id, %(s)s.journal_id", s=s)
        week = SQL("date_trunc('week', %s.decided_at)::date", s)
        rows = self._select(
            domain,
            [SQL("GROUPING(%s, %s, %s.company_id)", kind, week, s), kind, week, team, *figures.values()],
            SQL("GROUP BY GROUPING SETS ((), (%s), (%s), (%s))", kind, week, team),
        )
        found = {"all": {}, "kind": {}, "week": {}, "team": {}}
        for grouping, kind, week, company_id, journal_id, *values in rows:
            # The bits of GROUPING tell what a row is not grouped by.
            name, key = {
                0b111: ("all", "all"),
                0b011: ("kind", kind),
                0b101: ("week", week),
                0b110: ("team", (company_id, journal_id)),
            }[grouping]
            found[name][key] = dict(zip(figures, values, strict=True))
        return found

    def _pending(self, scope, currency):
        """What waits now: rows of kind, company, journal, count and value in ``currency``."""
        s = SQL("ai_suggestion")
        names = ("kind", "company_id", "journal_id", "currency_id", "count", "value")
        columns = [SQL("%s.%s", s, SQL.identifier(name)) for name in names[:4]]
        columns += [SQL("COUNT(*)"), SQL("SUM(ABS(%s.amount))", s)]
        rows = self._select([*scope, *self._pending_domain()], columns, SQL("GROUP BY 1, 2, 3, 4"))
        today = fields.Date.today()
        found = [dict(zip(names, row, strict=True)) for row in rows]
        for row in found:
            source = self.env["res.currency"].browse(row["currency_id"])
            company = self.env["res.company"].browse(row["company_id"])
            row["value"] = source._convert(row["value"] or 0, currency, company, today)
        return found

    # === ROWS === #

    def _grouped(self, name, decided, pending):
        def key_of(row):
            return (row["company_id"], row["journal_id"]) if name == "team" else row["kind"]

        keys, waiting = set(decided), []
        if name != "week":
            waiting = pending
            keys |= {key_of(row) for row in pending}
        elif keys:
            # A week in which nothing was decided is shown as such.
            first = min(keys)
            keys = {first + timedelta(weeks=number) for number in range((max(keys) - first).days // 7 + 1)}
        labels = self._key_labels(name, keys)
        found = [
            self._row(key, decided.get(key), [row for row in waiting if key_of(row) == key], labels[key])
            for key in keys
        ]
        return sorted(found, key=lambda row: row["key"] if name == "week" else row["label"])

    def _key_labels(self, name, keys):
        if name == "kind":
            return dict(self.env["ai.suggestion"]._fields["kind"]._description_selection(self.env))
        if name == "week":
            return {week: str(week) for week in keys}
        # Names of what the caller sees suggestions of.
        journals = self.env["account.journal"].sudo().browse({key[1] for key in keys if key[1]})
        names = {journal.id: journal.name for journal in journals}
        companies = {c.id: c.name for c in self.env["res.company"].sudo().browse({key[0] for key in keys})}
        many = len(self.env.companies) > 1
        return {
            key: f"{companies[key[0]]}: {names.get(key[1], '')}" if many else names.get(key[1], companies[key[0]])
            for key in keys
        }

    def _row(self, key, counts, pending, label=""):
        counts = counts or {}
        booked = counts.get("booked") or 0
        seconds = counts.get("seconds")
        return {
            "key": key[1] if isinstance(key, tuple) else str(key),
            "label": label,
            **{name: counts.get(name) or 0 for name in ("decided", *MEASURES, "reopened", "booked")},
            "touches_per_100": round(100 * float(counts["touches"] or 0) / booked, 1) if booked else None,
            "median_seconds": round(float(seconds), 1) if seconds is not None else None,
            "reopened_share": round(100 * counts["reopened"] / booked, 2) if booked else None,
            "pending": sum(row["count"] for row in pending),
            "pending_value": sum(row["value"] for row in pending),
        }

    def _journals(self):
        journals = self.env["account.journal"].search(
            [("type", "in", ("bank", "cash", "credit")), ("company_id", "in", self.env.companies.ids)]
        )
        return [{"id": journal.id, "name": journal.display_name} for journal in journals]
