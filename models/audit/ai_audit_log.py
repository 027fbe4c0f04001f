"""The append-only log of what was proposed, decided and done."""

import hashlib
import json
import secrets

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.vocabulary import AUDIT_EVENTS

APPEND_ONLY = """
CREATE OR REPLACE FUNCTION ai_bookkeeper_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'The audit log of AI Bookkeeper is append-only';
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER ai_audit_log_append_only BEFORE UPDATE OR DELETE ON ai_audit_log
    FOR EACH ROW EXECUTE FUNCTION ai_bookkeeper_append_only();
CREATE OR REPLACE TRIGGER ai_audit_log_no_truncate BEFORE TRUNCATE ON ai_audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION ai_bookkeeper_append_only();
"""


def canonical(payload):
    """The one text of a payload: sorted keys, no blanks, UTF-8. What the digest is taken of."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


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
    at = fields.Datetime(readonly=True)
    user_id = fields.Integer(readonly=True, string="User ID")
    company_id = fields.Integer(readonly=True, index=True, string="Company ID")
    suggestion_id = fields.Integer(readonly=True, index="btree_not_null", string="Suggestion ID")
    res_model = fields.Char(readonly=True)
    res_id = fields.Integer(readonly=True, string="Record ID")
    payload = fields.Json(readonly=True)
    digest = fields.Char(readonly=True, help="SHA-256 of the canonical payload.")
    user_name = fields.Char(compute="_compute_user_name", string="User")
    company_name = fields.Char(compute="_compute_user_name", string="Company")

    _record_idx = models.Index("(res_model, res_id)")

    def init(self):
        """Make the database itself refuse every change of a logged row."""
        self.env.cr.execute(APPEND_ONLY)

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
        payloads = payloads or [{}] * len(records)
        identities = identities or [{}] * len(records)
        rows, kept = [], []
        for record, payload, identity in zip(records, payloads, identities, strict=True):
            hidden = [self._hide(name, value) for name, value in sorted(identity.items()) if value]
            rows.append(self._prepare_row(event, record, payload, hidden))
            kept.append(hidden)
        # The log is written by whoever acts; nobody has the right to write it otherwise.
        logs = self.sudo().create(rows)
        self.env["ai.audit.identity"].sudo().create(
            [{"log_id": log.id, **values} for log, hidden in zip(logs, kept, strict=True) for values in hidden]
        )
        return logs.ids

    def _hide(self, field_name, value):
        salt = secrets.token_hex(8)
        digest = hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()
        return {"field_name": field_name, "salt": salt, "value": value, "digest": digest}

    def _prepare_row(self, event, record, payload, hidden):
        is_suggestion = record._name == "ai.suggestion"
        values = {
            "event": event,
            "at": self.env.cr.now().replace(microsecond=0),
            "user_id": self.env.uid,
            "company_id": record.company_id.id if "company_id" in record._fields else self.env.company.id,
            "suggestion_id": record.id if is_suggestion else False,
            "res_model": record.res_model if is_suggestion else record._name,
            "res_id": record.res_id if is_suggestion else record.id,
        }
        body = {**values, "payload": payload, "identities": {row["field_name"]: row["digest"] for row in hidden}}
        values["payload"] = {**payload, "identities": body["identities"]} if hidden else payload
        values["digest"] = hashlib.sha256(canonical(body).encode()).hexdigest()
        return values

    def _auto_init(self):
        result = super()._auto_init()
        self.env.cr.execute(SQL("ALTER TABLE ai_audit_log ALTER COLUMN digest SET NOT NULL"))
        return result
