"""The append-only log of what was proposed, decided and done."""

import json
import secrets

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.audit import chain
from ...engine.vocabulary import AUDIT_EVENTS

APPEND_ONLY = """
CREATE OR REPLACE FUNCTION ai_bookkeeper_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'The audit log of AI Bookkeeper is append-only';
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION ai_bookkeeper_append_only();
CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION ai_bookkeeper_append_only();
"""
#: Free text that people or Odoo wrote may name somebody: kept erasable beside the log, never in it.
FREE_TEXT = ("error", "note", "message", "label")
COLUMNS = ("version", *chain.COLUMNS, "payload", "digest")
INSERT = f"INSERT INTO ai_audit_log ({', '.join(COLUMNS)}) VALUES %s RETURNING id"


class AiAuditLog(models.Model):
    """One event. Plain integers instead of foreign keys, and no log access columns: deleting or
    merging a user or partner must never need to change a row. Sealing reads committed rows later."""

    _name = "ai.audit.log"
    _inherit = "ai.target.mixin"
    _description = "Bookkeeping Audit Log"
    _order = "id desc"
    _log_access = False
    _rec_name = "event"
    _shows_orphans = True

    event = fields.Selection([(event, event.replace("_", " ").capitalize()) for event in AUDIT_EVENTS], readonly=True)
    at = fields.Datetime(readonly=True, index=True)
    user_id = fields.Integer(readonly=True, string="User ID", aggregator=False)
    key_id = fields.Integer(
        readonly=True, string="API Key ID", aggregator=False, help="The key that acted; 0 for people."
    )
    company_id = fields.Integer(readonly=True, index=True, string="Company ID", aggregator=False)
    suggestion_id = fields.Integer(readonly=True, index="btree_not_null", string="Suggestion ID", aggregator=False)
    res_model = fields.Char(readonly=True, string="Model")
    res_id = fields.Integer(readonly=True, string="Record ID", aggregator=False)
    payload = fields.Json(readonly=True)
    version = fields.Integer(readonly=True, aggregator=False, help="How the digest is taken.")
    digest = fields.Char(readonly=True, help="SHA-256 of the canonical row.")
    payload_text = fields.Text(compute="_compute_payload_text", string="Content")
    user_name = fields.Char(compute="_compute_user_name", string="User")
    company_name = fields.Char(compute="_compute_user_name", string="Company")

    _record_idx = models.Index("(res_model, res_id)")

    def init(self):
        """Make the database itself refuse every change of a logged row."""
        self.env.cr.execute(APPEND_ONLY.format(table=self._table))

    @api.depends("payload")
    def _compute_payload_text(self):
        for log in self:
            log.payload_text = json.dumps(log.payload, indent=2, ensure_ascii=False)

    def _compute_user_name(self):
        users = self.env["res.users"].sudo().browse(self.mapped("user_id")).exists()
        names = {user.id: user.name for user in users}
        companies = self.env["res.company"].sudo().browse(self.mapped("company_id")).exists()
        company_names = {company.id: company.name for company in companies}
        for log in self:
            log.user_name = names.get(log.user_id, self.env._("user %(id)s (deleted)", id=log.user_id))
            log.company_name = company_names.get(log.company_id, "")

    @api.model
    def _append(self, event, records, payloads=None, identities=None):
        """Write one row per record of ``records`` in the acting transaction.

        :param str event: one of ``vocabulary.AUDIT_EVENTS``
        :param records: records of one model; suggestions carry their company, target and id
        :param list payloads: one JSON object per record (no names, no account numbers)
        :param list identities: one ``{field: text}`` per record, kept erasable beside the log
        :return: ids of the rows
        """
        if not records:
            return []
        payloads = payloads or [{}] * len(records)
        identities = identities or [{}] * len(records)
        common = self._common_values(event)
        rows, kept = [], []
        for record, payload, identity in zip(records, payloads, identities, strict=True):
            payload, texts = self._without_texts(payload)
            hidden = [self._hide(*each) for each in self._identities(texts, identity)]
            rows.append(self._prepare_row({**common, **self._reference(record)}, payload, hidden))
            kept.append(hidden)
        # Nobody has the right to write the log: whoever acts passes here, in plain SQL, for it costs every decision.
        ids = self._insert(rows)
        self.env["ai.audit.identity"]._keep(
            [(log_id, *values) for log_id, hidden in zip(ids, kept, strict=True) for values in hidden]
        )
        return ids

    def _common_values(self, event):
        return {
            "version": chain.VERSION,
            "event": event,
            "at": fields.Datetime.to_string(self.env.cr.now()),
            "user_id": self.env.uid,
            "key_id": self._acting_key_id(),
        }

    def _acting_key_id(self):
        agents = self.env.get("ai.agent")
        return agents._acting_key_id() or 0 if agents is not None else 0

    def _reference(self, record):
        # Odoo's cache is read as the superuser: who acts may log what they may not read.
        record = record.sudo()
        is_suggestion = record._name == "ai.suggestion"
        company_id = record.company_id.id if "company_id" in record._fields else self.env.company.id
        return {
            "company_id": company_id or 0,
            "suggestion_id": record.id if is_suggestion else 0,
            "res_model": record.res_model if is_suggestion else record._name,
            "res_id": record.res_id if is_suggestion else record.id,
        }

    def _without_texts(self, value, path=""):
        """(``value`` without free text, {path: text}): a label in a proposal may name somebody too."""
        if isinstance(value, dict):
            kept, texts = {}, {}
            for key, each in value.items():
                name = f"{path}{key}"
                if key in FREE_TEXT and isinstance(each, str):
                    texts[name] = each
                else:
                    kept[key], found = self._without_texts(each, f"{name}.")
                    texts.update(found)
            return kept, texts
        if isinstance(value, (list, tuple)):
            kept, texts = [], {}
            for number, each in enumerate(value):
                part, found = self._without_texts(each, f"{path}{number}.")
                kept.append(part)
                texts.update(found)
            return kept, texts
        return value, {}

    def _identities(self, texts, identity):
        return [(name, str(chain.plain(value))) for name, value in sorted({**texts, **identity}.items()) if value]

    def _hide(self, field_name, value):
        salt = secrets.token_hex(8)
        return field_name, salt, value, chain.identity_digest(salt, value)

    def _prepare_row(self, values, payload, hidden):
        payload = {str(name): chain.plain(each) for name, each in payload.items()}
        if hidden:
            payload["identities"] = {field_name: digest for field_name, _salt, _value, digest in hidden}
        values["payload"] = payload
        values["digest"] = chain.row_digest(values)
        return values

    def _insert(self, rows):
        values = [[json.dumps(row[name]) if name == "payload" else row[name] for name in COLUMNS] for row in rows]
        return [row[0] for row in self.env.cr.execute_values(INSERT, values, page_size=1000, fetch=True)]

    @api.model
    def _rows(self, where, limit=None):
        """Rows as ``engine.audit.chain`` takes them: dicts with ``at`` as text and 0 for nothing.

        :param SQL where: condition on the alias ``l``
        """
        columns = ("id", *COLUMNS)
        query = SQL(
            "SELECT %s FROM ai_audit_log l WHERE %s ORDER BY l.id %s",
            SQL(", ").join(SQL.identifier("l", name) for name in columns),
            where,
            SQL("LIMIT %s", limit) if limit else SQL(),
        )
        return [self._as_row(dict(zip(columns, values, strict=True))) for values in self.env.execute_query(query)]

    @api.model
    def _as_row(self, row):
        row["at"] = fields.Datetime.to_string(row["at"])
        for name in ("version", "user_id", "key_id", "company_id", "suggestion_id", "res_id"):
            row[name] = row[name] or 0
        return row

    def _auto_init(self):
        result = super()._auto_init()
        self.env.cr.execute(SQL("ALTER TABLE ai_audit_log ALTER COLUMN digest SET NOT NULL"))
        return result
