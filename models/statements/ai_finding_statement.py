"""Findings about statements and bank lines: what they say, what may be done, and what the list filters by."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date, formatLang

from ...engine.vocabulary import FAILED, OPEN_STATES
from ..findings.ai_finding import DISMISSED, OPEN_STATE

LINE, STATEMENT, IMPORT, MOVE = (
    "account.bank.statement.line",
    "account.bank.statement",
    "ai.bank.import",
    "account.move",
)
EXPECTED = "ai.expected.payment"
REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
AMOUNTS = ("expected", "found", "gap")
#: Which of the two lines goes: the later one of a double, the earlier one of a correction.
DOUBLE, CORRECTED, CHANGED = "line_double", "line_corrected", "line_changed"
OTHER = "other"


class AiFinding(models.Model):
    _name = "ai.finding"
    _inherit = "ai.finding"

    about = fields.Selection(
        [
            (MOVE, "Bill or Entry"),
            (LINE, "Bank Line"),
            (STATEMENT, "Statement"),
            (IMPORT, "Import"),
            (EXPECTED, "Expected Payment"),
            (OTHER, "Other"),
        ],
        compute="_compute_about",
        search="_search_about",
        string="Is About",
    )

    @api.model
    def _target_models(self):
        """And statements and imports."""
        return list(dict.fromkeys([*super()._target_models(), STATEMENT, IMPORT]))

    # === ABOUT === #

    @api.depends("res_model")
    def _compute_about(self):
        for finding in self:
            finding.about = finding.res_model if finding.res_model in self._about_models() else OTHER

    def _about_models(self):
        return [value for value, _label in self._fields["about"].selection if value != OTHER]

    def _search_about(self, operator, value):
        if operator != "in":
            return NotImplemented
        models_asked = [name for name in value if name != OTHER]
        if OTHER not in value:
            return [("res_model", "in", models_asked)]
        return ["|", ("res_model", "in", models_asked), ("res_model", "not in", self._about_models())]

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr == "about":
            model = self._field_to_sql(alias, "res_model", query)
            return SQL("CASE WHEN %s = ANY(%s) THEN %s ELSE %s END", model, self._about_models(), model, OTHER)
        return super()._field_to_sql(alias, field_expr, query)

    # === WORDS === #

    def _shown(self, name, value, currency):
        if name in AMOUNTS and (self.values or {}).get("currency"):
            return formatLang(self.env, float(value), currency_obj=currency)
        return super()._shown(name, value, currency)

    def _told_name(self, record):
        if record._name == LINE:
            return f"{format_date(self.env, record.date)} {(record.payment_ref or '')[:60]}".strip()
        if record._name in (STATEMENT, IMPORT):
            return f"{record.journal_id.sudo().name}: {record.name or ''}"
        return super()._told_name(record)

    # === DOING === #

    def action_open(self):
        """A statement is opened by its lines: Odoo has no form of it."""
        self.ensure_one()
        if self.res_model != STATEMENT:
            return super().action_open()
        self.check_access("read")
        return self._lines_of([self.res_id])

    def action_open_twin(self):
        self.ensure_one()
        if self.res_model == self.twin_model == STATEMENT:
            self.check_access("read")
            return self._lines_of([self.res_id, self.twin_id])
        if self.res_model == self.twin_model == LINE:
            self.check_access("read")
            return self._both_lines()
        return super().action_open_twin()

    def _lines_of(self, statement_ids):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lines of the statement"),
            "res_model": LINE,
            "domain": [("statement_id", "in", statement_ids)],
            "context": {"group_by": "statement_id"} if len(statement_ids) > 1 else {},
            "views": [(False, "list"), (False, "form")],
        }

    def _both_lines(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The two lines"),
            "res_model": LINE,
            "domain": [("id", "in", [self.res_id, self.twin_id])],
            "views": [(False, "list"), (False, "form")],
        }

    def action_import_missing(self):
        """Open the import for the journal whose statement is missing."""
        self.ensure_one()
        self._check_reviewer()
        target = self.env[self.res_model].browse(self.res_id).exists()
        if not target or self.res_model not in (STATEMENT, IMPORT):
            raise UserError(self.env._("The statement is gone."))
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_bank_import_start_action")
        return {**action, "context": {"default_journal_id": target.journal_id.id}}

    def action_set_aside(self):
        """Cancel the line that is one too many: its entry counts no more, and it can be put back.

        :raises UserError: when it was booked, is in a locked period, or was decided meanwhile
        :raises AccessError: for who does not decide, or may not write the line
        """
        self.ensure_one()
        self._check_reviewer()
        line = self._line_too_many()
        if self.state != OPEN_STATE or not line or line.state != "posted":
            raise UserError(self.env._("This was decided meanwhile. Open the line to see how."))
        line.check_access("write")
        self._check_untouched(line)
        line.move_id.button_draft()
        line.move_id.button_cancel()
        self._supersede_proposals(line, self.env._("The line was set aside: it came twice, or was corrected."))
        self._set_dismissed(self.env._("Set aside: %(line)s", line=self._told_name(line)))
        self._log_line("line_set_aside", line)
        return True

    def action_put_back(self):
        """Take setting aside back: the line counts again, and the finding is open."""
        self.ensure_one()
        self._check_reviewer()
        line = self._line_too_many()
        if self.state != DISMISSED or not line or line.state != "cancel":
            raise UserError(self.env._("Nothing was set aside here."))
        line.check_access("write")
        self._check_open_period(line)
        line.move_id.button_draft()
        line.move_id.action_post()
        line._set_findings({line.id: ("todo", None)})
        # Nobody writes findings by hand; who decides was checked.
        self.sudo().write({"state": OPEN_STATE, "dismissed_by_id": False, "dismissed_at": False, "reason": False})
        self._log_line("line_put_back", line)
        return True

    def action_restore_line(self):
        """Give a changed line the date and amount back that its file told."""
        self.ensure_one()
        self._check_reviewer()
        line = self.env[LINE].browse(self.res_id).exists()
        if self.state != OPEN_STATE or self.code != CHANGED or not line:
            raise UserError(self.env._("This was decided meanwhile. Open the line to see how."))
        line.check_access("write")
        self._check_untouched(line)
        told = self.values or {}
        line.write({"date": told["first"], "amount": float(told["usual"])})
        if line.date != fields.Date.to_date(told["first"]):
            raise UserError(self.env._("The period of that day is locked, so the line can't go back there."))
        self._supersede_proposals(line, self.env._("The line was restored as it was imported."))
        line._set_findings({line.id: ("todo", None)})
        self._set_dismissed(self.env._("Restored as it was imported."))
        self._log_line("line_restored", line)
        return True

    # === CHECKS === #

    def _check_reviewer(self):
        if not (self.env.su or self.env.user.has_group(REVIEWER)):
            raise AccessError(self.env._("Only a Bookkeeping Reviewer decides this."))
        self.check_access("read")

    def _line_too_many(self):
        key = {DOUBLE: self.res_id, CORRECTED: self.twin_id}.get(self.code)
        return self.env[LINE].browse(key or ()).exists()

    def _check_untouched(self, line):
        journal = line.journal_id.sudo()
        own = journal.default_account_id | journal.suspense_account_id
        if line.is_reconciled or line.move_id.line_ids.account_id - own:
            template = self.env._("%(line)s is booked already. Undo that first, then come back here.")
            raise UserError(template % {"line": self._told_name(line)})
        self._check_open_period(line)

    def _check_open_period(self, line):
        locks = line.company_id._get_violated_lock_dates(line.date, False, line.journal_id)
        if locks:
            template = self.env._("%(line)s is in a locked period (%(locks)s). Ask who locked it for an exception.")
            raise UserError(
                template % {"line": self._told_name(line), "locks": line.company_id._format_lock_dates(locks)}
            )

    def _supersede_proposals(self, line, why):
        """What was proposed for the line as it was is of no use any more."""
        # A suggestion's states are written by its own gate only; who decides was checked.
        suggestions = self.env["ai.suggestion"].sudo()
        suggestions.search(
            [("res_model", "=", LINE), ("res_id", "=", line.id), ("state", "in", (*OPEN_STATES, FAILED))]
        )._supersede(why)

    def _log_line(self, event, line):
        payload = {"code": self.code, "finding": self.id, "amount": str(line.amount), "date": line.date.isoformat()}
        self.env["ai.audit.log"]._append(event, line, [payload])
