"""Bank lines: what was found for them, and the buttons that decide it."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.vocabulary import APPLIED, LINE_FINDINGS, OPEN_STATES

FINDING_LABELS = {"todo": "To do", "proposed": "Proposed", "asked": "Asked", "nothing": "Nothing found"}
#: Above this many lines a button leaves the work to the scheduled action.
INLINE_LIMIT = 500


class AccountBankStatementLine(models.Model):
    _name = "account.bank.statement.line"
    _inherit = "account.bank.statement.line"

    ai_finding = fields.Selection(
        [(finding, FINDING_LABELS[finding]) for finding in LINE_FINDINGS],
        string="Finding",
        default="todo",
        copy=False,
        readonly=True,
    )
    ai_status = fields.Selection(
        [*((finding, FINDING_LABELS[finding]) for finding in LINE_FINDINGS), ("reconciled", "Reconciled")],
        string="Reconciliation",
        compute="_compute_ai_status",
        search="_search_ai_status",
        compute_sudo=True,
    )
    ai_finding_note = fields.Json(copy=False, readonly=True)
    ai_finding_text = fields.Char(compute="_compute_ai_finding_text", string="What Would Decide It")
    # Of the entry, read as the superuser for people without a role of the addon; as inherited it would refuse them.
    ai_suggestion_ids = fields.Many2many(related="move_id.ai_suggestion_ids", related_sudo=True)
    ai_suggestion_id = fields.Many2one("ai.suggestion", compute="_compute_ai_suggestion_id", string="Suggestion")
    ai_card = fields.Json(compute="_compute_ai_card")
    ai_partner_name = fields.Char(compute="_compute_ai_suggestion_id", string="From or To")
    ai_case = fields.Char(compute="_compute_ai_suggestion_id", string="Case")
    ai_confidence = fields.Float(compute="_compute_ai_suggestion_id", string="Confidence")
    ai_fingerprint = fields.Char(copy=False, readonly=True, string="Import Key")
    ai_import_id = fields.Many2one(
        "ai.bank.import", string="Import", copy=False, readonly=True, index="btree_not_null", ondelete="set null"
    )

    _ai_fingerprint_uniq = models.UniqueIndex(
        "(journal_id, ai_fingerprint) WHERE ai_fingerprint IS NOT NULL", "This bank line was imported before."
    )
    _ai_todo_idx = models.Index(
        "(company_id, id) WHERE is_reconciled IS NOT TRUE AND (ai_finding = 'todo' OR ai_finding IS NULL)"
    )

    # === COMPUTE === #

    @api.depends("is_reconciled", "ai_finding")
    def _compute_ai_status(self):
        for line in self:
            line.ai_status = "reconciled" if line.is_reconciled else line.ai_finding or "todo"

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr == "ai_status":
            return SQL(
                "CASE WHEN %s THEN 'reconciled' ELSE COALESCE(%s, 'todo') END",
                super()._field_to_sql(alias, "is_reconciled", query),
                super()._field_to_sql(alias, "ai_finding", query),
            )
        return super()._field_to_sql(alias, field_expr, query)

    def _search_ai_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        values = set(value)
        domain = Domain("is_reconciled", "=", True) if "reconciled" in values else Domain.FALSE
        findings = [finding for finding in LINE_FINDINGS if finding in values]
        if "todo" in findings:
            findings.append(False)
        return domain | (Domain("is_reconciled", "=", False) & Domain("ai_finding", "in", findings))

    @api.depends_context("lang")
    def _compute_ai_finding_text(self):
        render = self.env["ai.suggestion"]._sentences
        for line in self:
            line.ai_finding_text = " ".join(f"{text}." for text in render(line.ai_finding_note or []))

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_ai_suggestion_id(self):
        """The open suggestion, else the one that was applied, else none."""
        found = self.env["ai.suggestion"]._visible(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("state", "in", (*OPEN_STATES, APPLIED, "failed")),
            ],
            order="id",
        )
        by_line = {}
        for suggestion in sorted(found, key=lambda s: (s.state in OPEN_STATES, s.id)):
            by_line[suggestion.res_id] = suggestion
        for line in self:
            suggestion = by_line.get(line._origin.id, found.browse())
            line.ai_suggestion_id = suggestion
            line.ai_case = suggestion.case
            partner = line.partner_id or suggestion.partner_id
            line.ai_partner_name = partner.name or line.partner_name
            line.ai_confidence = suggestion.confidence

    @api.depends("ai_suggestion_id")
    @api.depends_context("lang")
    def _compute_ai_card(self):
        for line in self:
            line.ai_card = line.ai_suggestion_id.card or False

    # === CRUD === #

    def unlink(self):
        """A deleted line supersedes what was proposed for it."""
        self.env["ai.suggestion"]._supersede_for(self)
        return super().unlink()

    def _set_findings(self, findings):
        """Store what the last run found. ``findings``: {line id: (finding, [[code, values] ...])}; one query."""
        if not findings:
            return
        lines = self.browse(findings)
        lines.flush_recordset(["ai_finding", "ai_finding_note"])
        words = [finding for finding, _note in findings.values()]
        notes = [json.dumps(note, default=str) if note else None for _finding, note in findings.values()]
        self.env.cr.execute(
            SQL(
                """UPDATE account_bank_statement_line st
                      SET ai_finding = v.finding, ai_finding_note = v.note::jsonb
                     FROM unnest(%s::int[], %s::varchar[], %s::text[]) AS v(id, finding, note) WHERE st.id = v.id""",
                list(findings),
                words,
                notes,
            )
        )
        lines.invalidate_recordset(["ai_finding", "ai_finding_note", "ai_status"], flush=False)

    @api.model
    def _look_again(self, company=None, because=()):
        """Queue open lines for the next run; one query.

        :param company: only this company's
        :param because: only lines whose note has one of these reason codes
        """
        where = SQL("is_reconciled IS NOT TRUE AND ai_finding <> 'todo'")
        if company:
            where = SQL("%s AND company_id = %s", where, company.id)
        if because:
            patterns = [f'%["{code}",%' for code in because]
            where = SQL("%s AND ai_finding_note::text LIKE ANY(%s)", where, patterns)
        self.flush_model(["ai_finding", "ai_finding_note", "is_reconciled"])
        self.env.cr.execute(SQL("UPDATE account_bank_statement_line SET ai_finding = 'todo' WHERE %s", where))
        if self.env.cr.rowcount:
            self.invalidate_model(["ai_finding", "ai_status"], flush=False)
            # Whoever decides may cause a run; running is the scheduler's right.
            self.env.ref("ai_bookkeeper.ir_cron_propose").sudo()._trigger()

    # === ACTIONS === #

    def action_ai_propose(self):
        """Propose now for these lines. More than a few hundred are left to the scheduled action."""
        lines = self.filtered(lambda line: not line.is_reconciled)
        self.env["ai.suggestion"]._check_proposer()
        if len(lines) <= INLINE_LIMIT:
            self.env["ai.suggestion"].propose(self._name, lines.ids)
            return True
        lines.check_access("write")
        lines._set_findings(dict.fromkeys(lines.ids, ("todo", None)))
        self.env.ref("ai_bookkeeper.ir_cron_propose")._trigger()
        return self.env["ai.suggestion"]._notice(
            self.env._("%(count)s lines are being worked on in the background.", count=len(lines))
        )

    def action_ai_accept(self):
        """Accept the suggestions of these lines."""
        return self._ai_to_decide().action_accept()

    def action_ai_reject(self, reason=None):
        """Reject the suggestions of these lines."""
        return self._ai_to_decide().action_reject(reason)

    def action_ai_choose(self, key):
        """Answer the question about this line with the alternative ``key``."""
        self.ensure_one()
        return self._ai_to_decide().action_choose(key)

    def action_ai_undo(self):
        """Undo what was booked for these lines; where more than the matching changes, its dialog asks first."""
        return self._ai_to_decide().action_undo_ask()

    def _ai_to_decide(self):
        """The suggestions of these lines, for a reviewer."""
        self.env["ai.suggestion"].browse()._check_decider()
        if not self.ai_suggestion_id:
            raise UserError(self.env._("There is no suggestion for this bank line. Propose first."))
        return self.ai_suggestion_id
