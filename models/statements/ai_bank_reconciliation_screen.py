"""Bank reconciliation: what the screen, the files and the API show of a journal on a day."""

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, format_datetime, formatLang

from . import reconciliation_queries as queries
from .reconciliation_words import ADVICE, BASIS, REASONS, SECTIONS

#: Items of a section on the screen at first, and with every "more".
PAGE = 40
BANKS = ("bank", "cash", "credit")


class AiBankReconciliation(models.Model):
    _name = "ai.bank.reconciliation"
    _inherit = "ai.bank.reconciliation"

    # === CALLS === #

    @api.model
    def overview(self, day: str | None = None) -> dict:
        """All bank journals of the switched-on companies at the end of ``day``.

        :param day: ISO; today if not given
        :return: ``day`` and ``rows``: journal, ``bank``, ``ledger``, ``difference``, counts of what is not matched and
            on its way, ``issued`` (who, when) of that day, ``last`` issued day
        """
        self._check_reader()
        day = self._day(day)
        journals = self.env["account.journal"].search(
            [("type", "in", BANKS), ("company_id", "in", self.env.companies.ids)], order="company_id, sequence, id"
        )
        latest = self._latest_by_journal(journals, day)
        return {"day": day.isoformat(), "rows": [self._overview_row(each, day, *latest[each.id]) for each in journals]}

    @api.model
    def statement(self, journal_id: int, day: str | None = None, version: int | None = None) -> dict:
        """The reconciliation statement of a bank journal at the end of ``day``: as it was issued, else as it is now.

        :param day: ISO; today if not given
        :param version: of several issued ones; the newest if not given, ``0`` for what is posted now
        :return: what the screen shows: ``figures``, ``bank_text``, ``reasons``, ``sections`` with their first rows,
            ``issued`` and ``versions``, and for an issued one ``since``
        :raises UserError: for another kind of journal, or a version that is not there
        """
        self._check_reader()
        journal, day = self._journal(journal_id), self._day(day)
        issued = self._issued(journal, day, version)
        if issued:
            return issued._issued_sheet()
        figures, scope = self._live(journal, day)
        found = self._sheet(journal, day, figures, self.browse())
        for section in found["sections"]:
            section["rows"] = self._shown(self._live_rows(scope, section["name"], _side(section["side"]), 0, PAGE))
        found["seen"] = self._seen(figures)
        return found

    @api.model
    def rows(
        self, journal_id: int, day: str, section: str, side: str = "", offset: int = 0, version: int | None = None
    ) -> list:
        """The next items of a section, forty at a time.

        :param section: as in ``statement``
        :param side: ``in``, ``out`` or empty
        """
        self._check_reader()
        journal, day = self._journal(journal_id), self._day(day)
        if (section, side) not in SECTIONS:
            raise UserError(self.env._("A statement has no such section."))
        offset = max(0, int(offset))
        issued = self._issued(journal, day, version)
        if issued:
            return issued._issued_rows(section, side, offset, PAGE)
        scope = self._rows_scope(journal, day, section)
        return self._shown(self._live_rows(scope, section, _side(side), offset, PAGE))

    def action_open(self):
        """Open this issued statement on its screen."""
        self.ensure_one()
        self.check_access("read")
        return self._screen(self.journal_id, self.date, self.version)

    @api.model
    def _screen(self, journal, day=None, version=None):
        action = self.env["ir.actions.client"]._for_xml_id("ai_bookkeeper.ai_bank_reconciliation_action")
        params = {"journal_id": journal.id, "day": day and day.isoformat(), "version": version}
        return {**action, "params": params}

    # === ASKED FOR === #

    @api.model
    def _day(self, text):
        if not text:
            return fields.Date.context_today(self)
        try:
            return text if isinstance(text, date) else date.fromisoformat(text)
        except (TypeError, ValueError):
            raise UserError(self.env._("Give the day as a date, for example 2026-03-31."))

    @api.model
    def _journal(self, journal_id):
        journal = self.env["account.journal"].browse(int(journal_id)).exists()
        if not journal:
            raise UserError(self.env._("This journal is not there any more."))
        journal.check_access("read")
        if journal.company_id not in self.env.companies:
            # The rule on journals lets users of a branch see those of the company above.
            raise AccessError(self.env._("This journal is of a company that is switched off. Switch it on above."))
        if journal.type not in BANKS:
            raise UserError(self.env._("%(journal)s is no bank, cash or card journal.", journal=journal.display_name))
        if not journal.default_account_id:
            raise UserError(
                self.env._("%(journal)s has no bank account yet. Set it on the journal.", journal=journal.display_name)
            )
        return journal

    def _issued(self, journal, day, version=None):
        if version == 0:
            return self.browse()
        domain = [("journal_id", "=", journal.id), ("date", "=", day)]
        found = self.search([*domain, *([("version", "=", int(version))] if version else [])], limit=1)
        if version and not found:
            raise UserError(self.env._("There is no such version of this statement."))
        return found

    def _latest_by_journal(self, journals, day):
        """{journal id: (issued of that day, last issued until that day)}"""
        found = {journal.id: (self.browse(), self.browse()) for journal in journals}
        for issued in self.search([("journal_id", "in", journals.ids), ("date", "<=", day)], order="date, version"):
            found[issued.journal_id.id] = (issued if issued.date == day else self.browse(), issued)
        return found

    # === SHOWN === #

    def _overview_row(self, journal, day, issued, last):
        row = {
            "journal_id": journal.id,
            "name": journal.name,
            "company": journal.company_id.sudo().name,
            "currency_id": (journal.currency_id or journal.company_id.sudo().currency_id).id,
            "issued": issued._who() if issued else "",
            "last": format_date(self.env, last.date) if last else "",
        }
        if not journal.default_account_id:
            return {**row, "missing": self.env._("no bank account")}
        figures = issued.figures if issued else self._live(journal, day)[0]
        sections = figures["sections"]
        return {
            **row,
            "bank": figures["bank"]["balance"],
            "is_told": figures["bank"]["basis"] not in ADVICE,
            "ledger": figures["ledger"],
            "difference": figures["difference"],
            "unmatched": sections[queries.UNMATCHED]["count"],
            "outstanding": sections[queries.OUTSTANDING]["count"],
        }

    def _sheet(self, journal, day, figures, issued):
        versions = self.search([("journal_id", "=", journal.id), ("date", "=", day)], order="version")
        currency = journal.currency_id or journal.company_id.sudo().currency_id
        return {
            "journal": {"id": journal.id, "name": journal.name, "account": journal.default_account_id.display_name},
            "company": journal.company_id.sudo().name,
            "day": day.isoformat(),
            "day_text": format_date(self.env, day),
            "currency_id": currency.id,
            "company_currency_id": journal.company_id.sudo().currency_id.id,
            "is_foreign": currency != journal.company_id.sudo().currency_id,
            "figures": figures,
            **self._bank_texts(figures["bank"]),
            "reasons": [
                {**reason, "text": self._reason_text(reason, currency), "section": self._reason_section(reason)}
                for reason in figures["reasons"]
            ],
            "sections": self._section_heads(figures["sections"]),
            "issued": issued._issued_facts() if issued else None,
            "versions": [{"version": each.version, "text": each._who()} for each in versions],
            "can_issue": self.env.user.has_group("ai_bookkeeper.ai_bookkeeper_group_reviewer"),
        }

    def _bank_texts(self, bank):
        days = {
            name: format_date(self.env, bank[key]) if bank.get(key) else ""
            for name, key in (("first", "first_day"), ("last", "last_day"))
        }
        values = {"name": bank.get("name", ""), **days}
        source = self.env._(BASIS[bank["basis"]])
        advice = self.env._(ADVICE[bank["basis"]]) if bank["basis"] in ADVICE else ""
        return {"bank_text": source % values, "advice": advice % values if advice else ""}

    def _reason_text(self, reason, currency):
        values = dict(reason["values"])
        for name in ("ledger", "bank"):
            if name in values:
                values[name] = formatLang(self.env, float(values[name]), currency_obj=currency)
        if "journal" in values:
            # The name of a journal on the same account; its lines stand in the sums already.
            values["journal"] = self.env["account.journal"].sudo().browse(values["journal"]).exists().name or ""
        template = self.env._(REASONS[reason["code"]])
        return template % values

    def _reason_section(self, reason):
        return reason["code"] if (reason["code"], "") in SECTIONS else ""

    def _section_heads(self, sections):
        heads = []
        for (name, side), (title, text) in SECTIONS.items():
            found = sections.get(name, {})
            sums = found.get(side, {}) if side else found
            if not sums.get("count"):
                # What must be nothing is said to be nothing where a reader looks for it.
                sums = {"count": 0, "amount": "0", "company_amount": "0"}
                if name not in (queries.UNMATCHED, queries.OUTSTANDING):
                    continue
            heads.append(
                {
                    "name": name,
                    "side": side,
                    "title": self.env._(title),
                    "help": self.env._(text),
                    **{key: sums[key] for key in ("count", "amount", "company_amount")},
                    "rows": [],
                }
            )
        return heads

    def _shown(self, rows):
        days = {day: format_date(self.env, day) for day in {row["day"] for row in rows}}
        for row in rows:
            row["day_text"] = days[row["day"]]
        return rows

    def _who(self):
        """Who issued it, and when, as text."""
        # A colleague's name on what the reader may see.
        name = self.user_id.sudo().name or self.env._("a former user")
        values = {"name": name, "at": format_datetime(self.env, self.issued_at, dt_format="short")}
        return self.env._("%(name)s, %(at)s", **values)


def _side(side):
    return None if not side else side == "in"
