"""What waits for people: one activity per bank journal for what waits too long, one mail a day for who decides."""

import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL, formatLang

from ...engine.vocabulary import ACCEPTED, ANSWERED, FAILED, PENDING

_logger = logging.getLogger(__name__)

REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
ACTIVITY = "ai_bookkeeper.ai_activity_waiting"


class AiWaiting(models.AbstractModel):
    """Counts are made with the receiver's own rights: nobody learns how much waits where they may not look."""

    _name = "ai.waiting"
    _description = "What Waits for People"

    @api.model
    def _reviewers(self, company):
        """Who decides in ``company``: people, not programs; the longest serving first."""
        group = self.env.ref(REVIEWER).sudo()
        return group.all_user_ids.filtered(
            lambda user: user.active and not user.share and company in user.company_ids
        ).sorted("id")

    @api.model
    def _as(self, user, companies):
        """This model with the rights, language and companies of ``user``; the cron itself is the superuser."""
        context = {"allowed_company_ids": companies.ids, "lang": user.lang, "tz": user.tz}
        return self.with_user(user).with_context(**context)

    # === ACTIVITIES === #

    @api.model
    def _cron_activities(self):
        """Keep one activity per bank journal in which something waits too long; it goes when nothing does."""
        for company in self.env["res.company"].sudo().search([]):
            try:
                with self.env.cr.savepoint():
                    self._keep_activities(company)
            except Exception:
                self.env.invalidate_all(flush=False)
                _logger.exception("Activities of %s could not be kept.", company.display_name)

    def _keep_activities(self, company):
        reviewers = self._reviewers(company)
        chosen = company.ai_waiting_user_id & reviewers
        journals = (
            self.env["account.journal"]
            .sudo()
            .search([("company_id", "=", company.id), ("type", "in", ("bank", "cash", "credit"))])
        )
        for journal in journals:
            allowed = (chosen or reviewers).filtered(
                lambda user, journal=journal: (
                    self._as(user, company).env["account.journal"].browse(journal.id).has_access("read")
                )
            )
            responsible = allowed[:1]
            waiting = self._as(responsible, company)._too_long(journal) if responsible else {}
            self._keep_activity(journal, responsible, waiting)

    def _too_long(self, journal):
        """Bank lines open, and parked, for too long, as the user of this environment sees them."""
        now = fields.Datetime.now()
        company = journal.company_id
        lines = self.env["account.bank.statement.line"].search_count(
            [
                ("journal_id", "=", journal.id),
                ("is_reconciled", "=", False),
                ("create_date", "<", now - timedelta(days=company.ai_waiting_days)),
            ]
        )
        parked = self.env["ai.suggestion"].search_count(
            [
                ("journal_id", "=", journal.id),
                ("is_parked", "=", True),
                ("decided_at", "<", now - timedelta(days=company.ai_parked_days)),
            ]
        )
        words, links = [], []
        if lines:
            links.append(("/odoo/bank-lines", self.env._("Open the bank lines")))
            words.append(
                self.env._(
                    "%(count)s bank lines open for over %(days)s days", count=lines, days=company.ai_waiting_days
                )
            )
        if parked:
            links.append(("/odoo/bookkeeping-parked", self.env._("Open what is parked")))
            words.append(
                self.env._("%(count)s parked for over %(days)s days", count=parked, days=company.ai_parked_days)
            )
        note = Markup(" ").join(Markup('<a href="%s">%s</a>') % link for link in links)
        return {"summary": ", ".join(words), "note": note} if words else {}

    def _keep_activity(self, journal, responsible, waiting):
        activity_type = self.env.ref(ACTIVITY)
        known = (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", journal._name),
                    ("res_id", "=", journal.id),
                    ("activity_type_id", "=", activity_type.id),
                ]
            )
        )
        mine = known.filtered(lambda activity: activity.user_id == responsible)[:1] if waiting else known.browse()
        (known - mine).unlink()
        if not waiting:
            return
        if mine:
            if mine.summary != waiting["summary"]:
                mine.write(waiting)
            return
        # The daily mail tells it; no mail of its own for each journal.
        journal.with_context(mail_activity_quick_update=True).activity_schedule(
            ACTIVITY, user_id=responsible.id, date_deadline=fields.Date.today(), **waiting
        )

    # === THE DAILY MAIL === #

    @api.model
    def _cron_daily_mail(self):
        """Tell every reviewer what waits; who has nothing waiting, or wants no mail, gets none."""
        group = self.env.ref(REVIEWER).sudo()
        for user in group.all_user_ids.filtered(lambda user: user.active and user.ai_daily_mail and user.email):
            try:
                with self.env.cr.savepoint():
                    self._mail_to(user)
            except Exception:
                self.env.invalidate_all(flush=False)
                _logger.exception("The daily mail to user %s could not be made.", user.id)

    def _mail_to(self, user):
        mine = self._as(user, user.company_ids)
        parts = [part for part in map(mine._day_of, user.company_ids) if part["rows"]]
        if not parts:
            return
        company = user.company_id
        body = mine.env["ir.qweb"]._render(
            "ai_bookkeeper.daily_mail",
            {"name": user.name, "parts": parts, "base": company.get_base_url()},
            lang=user.lang,
        )
        count = sum(part["count"] for part in parts)
        self.env["mail.mail"].sudo().create(
            {
                "subject": mine.env._("Bookkeeping: %(count)s wait for you", count=count),
                "body_html": body,
                "recipient_ids": [(4, user.partner_id.id)],
                "email_from": company.email_formatted or user.email_formatted,
                "auto_delete": True,
            }
        )

    def _day_of(self, company):
        """What waits in one company: ``rows`` of (label, count, value, oldest, address), empty ones left out."""
        rows = self._suggestion_rows(company) + self._line_rows(company) + self._question_rows(company)
        rows = [row for row in rows if row["count"]]
        return {
            "company": company.name,
            "is_paused": company._ai_is_paused(),
            "rows": rows,
            "count": sum(row["count"] for row in rows if row["is_work"]),
        }

    def _suggestion_rows(self, company):
        labels = dict(self.env["ai.suggestion"]._fields["kind"]._description_selection(self.env))
        open_groups = self._sums(company, [("state", "in", (PENDING, FAILED))])
        rows = [
            self._row(labels[kind], company, [group for group in open_groups if group["kind"] == kind], "suggestions")
            for kind in sorted({group["kind"] for group in open_groups})
        ]
        batch = self._sums(company, [("state", "=", ACCEPTED), ("decision", "=", "policy")])
        second = self._sums(company, [("state", "=", ACCEPTED), ("decision", "=", "person")])
        parked = self._sums(company, [("is_parked", "=", True)])
        return [
            *rows,
            self._row(self.env._("Accepted by policy, to sign off today"), company, batch, "suggestions"),
            self._row(self.env._("Wait for a second approval"), company, second, "suggestions"),
            self._row(self.env._("Parked"), company, parked, "bookkeeping-parked", is_work=False),
        ]

    def _sums(self, company, domain):
        """Count, value and oldest per kind and currency of the suggestions that this user may see."""
        self.env["ai.suggestion"].flush_model()
        query = self.env["ai.suggestion"]._search([("company_id", "=", company.id), *domain])
        select = query.select(
            SQL("ai_suggestion.kind"),
            SQL("ai_suggestion.currency_id"),
            SQL("COUNT(*)"),
            SQL("SUM(ABS(ai_suggestion.amount))"),
            SQL("MIN(ai_suggestion.date)"),
        )
        rows = self.env.execute_query(SQL("%s GROUP BY 1, 2", select))
        names = ("kind", "currency_id", "count", "value", "oldest")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _row(self, label, company, groups, path, is_work=True):
        """One line of the mail. ``is_work``: it is for this person to do now."""
        today = fields.Date.today()
        currencies = {c.id: c for c in self.env["res.currency"].browse({group["currency_id"] for group in groups})}
        value = sum(
            currencies[group["currency_id"]]._convert(group["value"], company.currency_id, company, today)
            for group in groups
        )
        oldest = min((group["oldest"] for group in groups if group["oldest"]), default=None)
        return {
            "label": label,
            "count": sum(group["count"] for group in groups),
            "value": formatLang(self.env, value, currency_obj=company.currency_id) if groups else "",
            "oldest": oldest,
            "path": path,
            "is_work": is_work,
        }

    def _line_rows(self, company):
        """Bank lines for which nothing was found: nobody is told of them by a suggestion."""
        lines = self.env["account.bank.statement.line"]
        [(count, oldest)] = lines._read_group(
            [("company_id", "=", company.id), ("ai_status", "=", "nothing")], [], ["__count", "date:min"]
        )
        row = self._row(self.env._("Bank lines with nothing found"), company, [], "bank-lines")
        return [{**row, "count": count, "oldest": oldest}]

    def _question_rows(self, company):
        answered = self.env["ai.question"].search([("company_id", "=", company.id), ("state", "=", ANSWERED)])
        fresh = answered - answered._settled()
        row = self._row(self.env._("Questions that were answered"), company, [], "bookkeeping-questions")
        dates = [question.answered_at.date() for question in fresh]
        return [{**row, "count": len(fresh), "oldest": min(dates, default=None)}]
