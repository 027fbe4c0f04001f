"""Bank reconciliation: issuing fixes figures and items, and what was issued is read again as it was."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, split_every

from ...engine.statements.seal import digest
from . import reconciliation_queries as queries

BATCH = 5000
COLUMNS = (
    "move_line_id",
    "move_id",
    "line_id",
    "day",
    "entry",
    "label",
    "partner_id",
    "partner_name",
    "amount",
    "company_amount",
)
#: What the digest covers of an item: no names.
SEALED = ("section", "position", "move_line_id", "move_id", "line_id", "day", "entry", "amount", "company_amount")
NOTE = 500
#: Entries before the first statement are told by their sum: years of them would be copied every month.
KEPT = (queries.UNMATCHED, queries.SUSPENSE, queries.OUTSTANDING, queries.ENTRIES, queries.BETWEEN, queries.CHANGED)


class AiBankReconciliation(models.Model):
    _name = "ai.bank.reconciliation"
    _inherit = "ai.bank.reconciliation"

    # === ISSUING === #

    @api.model
    def issue(self, journal_id: int, day: str, seen: str = "", note: str = "") -> dict:
        """Fix the figures and items of this journal and day. Asked again, the statement tells these.

        :param seen: the key of the figures that the caller looked at (``seen`` of ``statement``): others are not issued
        :param note: what the issuer says about it, for example why a difference is left
        :return: the issued statement, as ``statement`` gives it
        :raises UserError: when the figures changed meanwhile, or the day is to come
        """
        self._check_reader()
        self._check_issuer()
        journal, day = self._journal(journal_id), self._day(day)
        if day > fields.Date.context_today(self):
            raise UserError(self.env._("A statement is issued for a day that is over. Choose an earlier day."))
        self._lock(journal)
        figures, scope = self._live(journal, day)
        if seen and seen != self._seen(figures):
            raise UserError(
                self.env._("The books changed since these figures were shown. Look at the new ones, then issue.")
            )
        figures |= {"months": queries.monthly(scope), "last_item": queries.last_item(scope)}
        rows = self._rows_to_keep(scope, figures)
        issued = self._issue(self._issued_values(journal, day, figures, rows, note))
        issued._keep_rows(rows)
        self.env["ai.audit.log"]._append(
            "reconciliation_issued", issued, [issued._audit_payload()], [{"note": issued.note}] if issued.note else None
        )
        return issued.with_env(self.env)._issued_sheet()

    @api.model
    def _seen(self, figures):
        return digest(figures, [])

    @api.model
    def _lock(self, journal):
        """Two who issue at once would give one version number twice."""
        self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", self._table, journal.id))

    def _rows_to_keep(self, scope, figures):
        rows = []
        for section in KEPT:
            if not figures["sections"].get(section, {}).get("count"):
                continue
            # What is kept is the whole statement; who reads it sees what their rights allow.
            for position, row in enumerate(queries.section_rows(scope, section)):
                rows.append({**row, "section": section, "position": position})
        return rows

    def _issued_values(self, journal, day, figures, rows, note):
        earlier = self.sudo().search([("journal_id", "=", journal.id), ("date", "=", day)], limit=1)
        note = " ".join(note.split())[:NOTE] if isinstance(note, str) else ""
        return {
            "journal_id": journal.id,
            "company_id": journal.company_id.id,
            "date": day,
            "version": earlier.version + 1,
            "currency_id": figures["currency"],
            "bank_balance": float(figures["bank"]["balance"]),
            "ledger_balance": float(figures["ledger"]),
            "difference": float(figures["difference"]),
            "figures": figures,
            "digest": self._digest_of(figures, rows),
            "note": note or False,
            "user_id": self.env.uid,
            "issued_at": fields.Datetime.now(),
        }

    @api.model
    def _digest_of(self, figures, rows):
        return digest(figures, ([row[name] or "" for name in SEALED] for row in rows))

    def _keep_rows(self, rows):
        """In SQL: a year's payments may be on their way."""
        names = ("reconciliation_id", "section", "position", *COLUMNS)
        for batch in split_every(BATCH, rows, list):
            values = [
                (self.id, row["section"], row["position"], *(row[name] or None for name in COLUMNS[:-2]))
                + (row["amount"], row["company_amount"])
                for row in batch
            ]
            self.env.cr.execute_values(
                f"INSERT INTO ai_bank_reconciliation_line ({', '.join(names)}) VALUES %s", values
            )
        self.env["ai.bank.reconciliation.line"].invalidate_model()

    def _audit_payload(self):
        return {
            "journal_id": self.journal_id.id,
            "date": self.date.isoformat(),
            "version": self.version,
            "digest": self.digest,
            "bank": self.figures["bank"]["balance"],
            "ledger": self.figures["ledger"],
            "difference": self.figures["difference"],
        }

    # === READING AGAIN === #

    def _kept_rows(self, section=None, side=None, offset=0, limit=None):
        """Items as they were, as ``queries.section_rows`` gives them, with ``section`` and ``position``."""
        names = ("section", "position", *COLUMNS)
        columns = [
            SQL("%s::text", SQL.identifier(name)) if name in ("amount", "company_amount") else SQL.identifier(name)
            for name in names
        ]
        where = [SQL("reconciliation_id = %s", self.id)]
        if section:
            where.append(SQL("section = %s", section))
        if side:
            where.append(SQL("(amount >= 0 AND company_amount >= 0) = %s", side == "in"))
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM ai_bank_reconciliation_line WHERE %s ORDER BY section, position LIMIT %s OFFSET %s",
                SQL(", ").join(columns),
                SQL(" AND ").join(where),
                limit,
                offset,
            )
        )
        return [self._as_kept(dict(zip(names, row, strict=True))) for row in rows]

    def _as_kept(self, row):
        row["day"] = row["day"].isoformat()
        for name in ("entry", "label", "partner_name"):
            row[name] = row[name] or ""
        return row

    def _is_intact(self):
        """Whether figures and items are what the audit log says was issued."""
        order = {name: place for place, name in enumerate(KEPT)}
        rows = sorted(self._kept_rows(), key=lambda row: (order.get(row["section"], 99), row["position"]))
        found = self._digest_of(self.figures, rows)
        if found != self.digest:
            return False
        logged = self.env["ai.audit.log"]._rows(
            SQL("l.res_model = %s AND l.res_id = %s AND l.event = 'reconciliation_issued'", self._name, self.id)
        )
        return [row["payload"].get("digest") for row in logged] == [self.digest]

    def _issued_facts(self):
        return {
            "id": self.id,
            "version": self.version,
            "text": self._who(),
            "note": self.note or "",
            "digest": self.digest,
            "is_intact": self._is_intact(),
        }
