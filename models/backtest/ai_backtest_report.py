"""What a replay says: the sentence, and the figures of its screens."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL, format_date, formatLang

from ...engine.backtest import Row, summary

_ROWS = """
    SELECT COALESCE(kind, ''), journal_id, COALESCE(tier, ''), outcome, COALESCE(confidence, 0), abs(amount),
           COALESCE(difference, 0), to_char(date, 'YYYY-MM'), is_accepted
      FROM ai_backtest_line WHERE backtest_id = %s
"""


class AiBacktest(models.Model):
    _name = "ai.backtest"
    _inherit = "ai.backtest"

    sentence = fields.Char(compute="_compute_sentence", string="In One Sentence")
    accepted_count = fields.Integer(compute="_compute_sentence", string="Accepted")
    wrong_count = fields.Integer(compute="_compute_sentence", string="Differ")

    report = fields.Json(compute="_compute_report")
    reliability = fields.Json(compute="_compute_report")

    def _summary(self):
        """See ``engine.backtest.report``; with what was left out."""
        self.env.flush_all()
        rows = [
            Row(
                kind=kind,
                journal=journal_id,
                tier=tier,
                outcome=outcome,
                confidence=float(confidence),
                amount=Decimal(str(amount)),
                difference=Decimal(str(difference)),
                month=month,
                is_accepted=is_accepted,
            )
            for kind, journal_id, tier, outcome, confidence, amount, difference, month, is_accepted in (
                self.env.execute_query(SQL(_ROWS, self.id))
            )
        ]
        undecided, alone = self.env["ai.backtest.past"]._left_out(
            self.company_id, self.date_from, self.date_to, self._covered_journals()
        )
        return {**summary(rows), "undecided": undecided, "by_machine": alone}

    @api.depends("result", "state", "date_from", "min_confidence")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for backtest in self:
            figures = (backtest.result or {}).get("all") or {}
            backtest.accepted_count = figures.get("accepted", 0)
            backtest.wrong_count = figures.get("wrong", 0)
            backtest.sentence = backtest._sentence_of(figures) if figures else ""

    def _sentence_of(self, figures):
        if not figures["lines"]:
            return self.env._("People decided no bank line in this stretch: there is nothing to compare with.")
        words = {
            "date": format_date(self.env, self.date_from),
            "lines": formatLang(self.env, figures["lines"], digits=0),
            "accepted": formatLang(self.env, figures["accepted"], digits=0),
            "wrong": formatLang(self.env, figures["wrong"], digits=0),
            "amount": formatLang(self.env, float(figures["difference"]), currency_obj=self.currency_id),
        }
        if not figures["accepted"]:
            template = self.env._(
                "Had this been on since %(date)s: %(lines)s lines, none would have been accepted automatically."
            )
        elif not figures["wrong"]:
            template = self.env._(
                "Had this been on since %(date)s: %(lines)s lines, %(accepted)s would have been accepted "
                "automatically, all of them as you booked them."
            )
        else:
            template = self.env._(
                "Had this been on since %(date)s: %(lines)s lines, %(accepted)s would have been accepted "
                "automatically, %(wrong)s differ from what you booked (%(amount)s)."
            )
        return template % words

    # === THE TABLES === #

    @api.depends("result")
    @api.depends_context("lang")
    def _compute_report(self):
        for backtest in self:
            backtest.report = backtest._report() if backtest.result else False
            backtest.reliability = (backtest.result or {}).get("reliability") or []

    def _report(self):
        """``{sections: [{title, rows: [{label, filter, ...figures}]}], notes: [sentence], currency_id}``"""
        kinds = dict(self.env["ai.suggestion"]._fields["kind"]._description_selection(self.env))
        tiers = dict(self.env["ai.backtest.line"]._fields["tier"]._description_selection(self.env))
        # The reader may read all journals of this backtest: else the backtest itself is hidden.
        journals = {journal.id: journal.display_name for journal in self.covered_journal_ids.sudo()}
        nothing = self.env._("Nothing said")
        sections = (
            ("kinds", "kind", self.env._("Kind"), kinds),
            ("tiers", "tier", self.env._("Tier"), tiers),
            ("journals", "journal_id", self.env._("Journal"), journals),
            ("months", "month", self.env._("Month"), {}),
        )
        return {
            "currency_id": self.currency_id.id,
            "notes": self._notes(),
            "sections": [
                {
                    "title": title,
                    "rows": [
                        {**row, "label": labels.get(row["key"]) or row["key"] or nothing, "field": field}
                        for row in self.result[name]
                    ],
                }
                for name, field, title, labels in sections
            ],
        }

    def _notes(self):
        """What the figures leave out, in sentences."""
        found = []
        if self.result.get("undecided"):
            text = self.env._("%(count)s lines of the stretch are not decided yet: nothing to compare them with.")
            found.append(text % {"count": self.result["undecided"]})
        if self.result.get("by_machine"):
            text = self.env._(
                "%(count)s lines were booked by a policy and signed off by nobody: to agree with them proves nothing."
            )
            found.append(text % {"count": self.result["by_machine"]})
        if self.versions:
            found.append(self.env._("Replayed: %(versions)s.", versions=self._versions_text()))
        return found

    def _versions_text(self):
        """matching-1, coding-1, rules: 3"""
        versions = dict(self.versions or {})
        rules = versions.pop("rules", 0)
        return ", ".join([*versions.values(), self.env._("rules: %(count)s", count=rules)])

    # === OPENING === #

    def action_open_all(self):
        """All replayed lines."""
        return self._open_lines(self.env._("Replayed Lines"), {})

    def action_open_accepted(self):
        """Those that would have been accepted automatically."""
        return self._open_lines(self.env._("Accepted Automatically"), {"search_default_accepted": 1})

    def action_open_wrong(self):
        """Those that would have been accepted, and differ from what people booked."""
        return self._open_lines(self.env._("Different From What You Booked"), {"search_default_wrong": 1})

    def _open_lines(self, name, context):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_backtest_line_action")
        return {**action, "display_name": name, "domain": [("backtest_id", "=", self.id)], "context": context}

    def action_open_books(self):
        """Trial balance and VAT, as booked and as the machine would have made them."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_backtest_balance_action")
        return {
            **action,
            "domain": [("backtest_id", "=", self.id)],
            "context": {"search_default_differences": 1, "search_default_group_subject": 1},
        }
