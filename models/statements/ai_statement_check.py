"""Statements' integrity: what does not join, came twice, was corrected or changed, kept as findings.

Runs after imports and each night, for what is new or changed since the last time.
"""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.anomaly import WARN, Finding
from ...engine.statements.doubles import DOUBLE_CODES, doubles
from ...engine.statements.joining import JOIN_CODES, joins
from ...readers.bankfile import StatementLine
from ...readers.bankfile.fingerprint import fingerprint
from . import reconciliation_queries as queries
from . import statement_queries as lines_queries

_logger = logging.getLogger(__name__)

LINE = "account.bank.statement.line"
CHANGED, GONE_LINES = "line_changed", "import_lines_gone"
#: A transaction that began before the last check may have committed after it.
LATE = timedelta(hours=1)
#: Equal lines of one day that a bank may send.
OCCURRENCES = 40
FAR = fields.Date.to_date("9998-12-31")


class AiStatementCheck(models.AbstractModel):
    _name = "ai.statement.check"
    _description = "Checks of Bank Statements"

    # === RUNS === #

    @api.model
    def _cron_check(self):
        """Check every bank journal with something new."""
        for journal in self._journals():
            self._check_journal(journal)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _journals(self):
        return self.env["account.journal"].search([("type", "in", ("bank", "cash", "credit"))], order="id")

    @api.model
    def _check_journal(self, journal, is_all=False):
        """Check what is new in a journal since its last check, or everything."""
        self.env.flush_all()
        now = self.env.cr.now()
        last = journal.ai_statements_checked_at
        since = None if is_all or not last else last - LATE
        changed = lines_queries.changed_line_ids(self.env, journal, since)
        # A balance or a statement may have been changed, or lines deleted, where no line is new.
        self._check_statements(journal)
        self._check_imports(journal, since)
        if changed:
            self._check_lines(journal, changed)
        self.env.cr.execute(
            SQL("UPDATE account_journal SET ai_statements_checked_at = %s WHERE id = %s", now, journal.id)
        )
        journal.invalidate_recordset(["ai_statements_checked_at"], flush=False)

    # === STATEMENTS === #

    @api.model
    def _check_statements(self, journal):
        """All statements of the journal: a few sums each, in two queries."""
        scope = self.env["ai.bank.reconciliation"]._scope(journal, FAR)
        told, _loose, _until = queries.statements(scope)
        currency = (journal.currency_id or journal.company_id.currency_id).name
        found = joins(told, currency)
        findings = self.env["ai.finding"]
        known = findings.sudo().search(
            [("res_model", "=", "account.bank.statement"), ("code", "in", JOIN_CODES), ("state", "=", "open")]
        )
        # Only those with something to say, now or before: years of good ones are not written.
        mine = self.env["account.bank.statement"].browse({*found, *known.mapped("res_id")}).exists()
        mine = mine.filtered(lambda statement: statement.journal_id == journal)
        findings._keep(mine, found, JOIN_CODES)

    # === LINES === #

    @api.model
    def _check_lines(self, journal, line_ids):
        siblings = self._siblings(journal)
        moved = lines_queries.moved(self.env, siblings, line_ids)
        near = [line.id for line in moved if line.journal == journal.id]
        # A double is told of the later line: a change of the earlier one closes it too.
        pairs = doubles(moved, near)
        lines = self.env[LINE].browse(near)
        known = self._known_lines(near, DOUBLE_CODES)
        self.env["ai.finding"]._keep(self.env[LINE].browse({*pairs, *known} & set(near)), pairs, DOUBLE_CODES)
        checked = lines.browse(line_ids)
        changed = self._changed(checked)
        known = self._known_lines(line_ids, (CHANGED,))
        self.env["ai.finding"]._keep(lines.browse({*changed, *known}), changed, (CHANGED,))

    @api.model
    def _known_lines(self, line_ids, codes):
        """Ids of those of these lines with open findings of these codes."""
        stored = (
            self.env["ai.finding"]
            .sudo()
            .search([("res_model", "=", LINE), ("code", "in", list(codes)), ("state", "=", "open")])
        )
        return set(stored.mapped("res_id")) & set(line_ids)

    @api.model
    def _siblings(self, journal):
        """The journals that show the same bank account."""
        others = self._journals().filtered(lambda other: other.company_id == journal.company_id)
        number = journal.bank_account_id.sanitized_acc_number
        currency = journal.currency_id
        return journal | others.filtered(
            lambda other: (
                other.default_account_id == journal.default_account_id
                or (number and other.bank_account_id.sanitized_acc_number == number and other.currency_id == currency)
            )
        )

    # === CHANGED LINES === #

    @api.model
    def _changed(self, lines):
        """{line id: finding} of imported lines whose date or amount is not the file's any more."""
        suspects = lines.filtered(
            lambda line: line.ai_import_id and line.ai_fingerprint and not self._has_its_key(line)
        )
        found = {}
        for record, part in suspects.grouped("ai_import_id").items():
            told = self._told_by_file(record)
            for line in part:
                was = told.get(line.ai_fingerprint)
                if was and (was.date != line.date or line.currency_id.compare_amounts(float(was.amount), line.amount)):
                    found[line.id] = [self._changed_finding(line, was)]
        return found

    def _has_its_key(self, line):
        """Whether the key that the line was imported under is that of its date and amount."""
        details = line.transaction_details if isinstance(line.transaction_details, dict) else {}
        told = StatementLine(
            date=line.date,
            amount=queries.quantized(str(line.amount), line.currency_id.decimal_places),
            text=details.get("text") or "",
            account_number=line.account_number or "",
            foreign_currency=details.get("foreign_currency") or "",
            bank_id=(details.get("bank_id") or "") if line.ai_fingerprint.startswith("id:") else "",
        )
        account = f"journal {line.journal_id.id}"
        return any(fingerprint(account, told, number) == line.ai_fingerprint for number in range(1, OCCURRENCES + 1))

    def _told_by_file(self, record):
        """{key: line of the file} of an import, read from its kept file; nothing where it can't be read any more."""
        try:
            plan = record._resumed_plan()
        except Exception:
            # A file that can't be read again hides no other finding.
            _logger.warning("The file of import %s can't be read again", record.id, exc_info=True)
            return {}
        return {new.key: new.line for new in plan.mine}

    def _changed_finding(self, line, was):
        values = {
            "amount": str(queries.quantized(str(line.amount), line.currency_id.decimal_places)),
            "date": line.date.isoformat(),
            "usual": str(was.amount),
            "first": was.date.isoformat(),
            "currency": line.currency_id.name,
            "name": line.move_id.write_uid.name or "",
        }
        return Finding(CHANGED, WARN, values, key=f"{CHANGED}:{values['amount']}:{values['date']}")

    # === IMPORTS === #

    @api.model
    def _check_imports(self, journal, since):
        rows = {
            import_id: (made, left) for import_id, made, left in lines_queries.thinned_imports(self.env, journal, since)
        }
        imports = self.env["ai.bank.import"].search(
            [("journal_id", "=", journal.id), ("state", "in", ("done", "undone"))]
        )
        found = {
            key: [Finding(GONE_LINES, WARN, {"count": made, "gone": made - left}, key=f"{GONE_LINES}:{made - left}")]
            for key, (made, left) in rows.items()
        }
        self.env["ai.finding"]._keep(imports, found, (GONE_LINES,))
