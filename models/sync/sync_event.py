"""What happened in the books, written in the transaction that caused it."""

import json
import uuid

from odoo import api, fields, models

INSERT = """
INSERT INTO sync_event (name, at, company_id, res_model, res_id, payload, correlation_id, event_uuid)
VALUES %s RETURNING id
"""


class SyncEvent(models.Model):
    """One event, never merged with another. ``seq`` is given later, to committed rows only, by the sequencer."""

    _name = "sync.event"
    _inherit = "ai.target.mixin"
    _description = "Sync Event"
    _order = "id desc"
    _log_access = False
    _shows_orphans = True

    name = fields.Char(required=True, readonly=True, help="For example suggestion.applied")
    at = fields.Datetime(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade", index=True)
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True, index=True)
    payload = fields.Json(readonly=True)
    correlation_id = fields.Char(readonly=True)
    event_uuid = fields.Char(readonly=True)
    seq = fields.Integer(readonly=True, string="Sequence Number")

    _record_idx = models.Index("(res_model, res_id)")
    _seq_idx = models.UniqueIndex("(seq) WHERE seq IS NOT NULL AND seq > 0", "An event has one number.")
    _waiting_idx = models.Index("(id) WHERE seq IS NULL")

    @api.model
    def _emit(self, name, records, payloads=None):
        """Record that ``name`` happened to each of ``records`` (of one model). ``payloads``: one object each."""
        payloads = payloads or [{}] * len(records)
        now = self.env.cr.now().replace(microsecond=0)
        # Events belong to the system; the acting person has no right of their own on them. Plain SQL, for every
        # decision pays for it.
        rows = [
            (
                name,
                now,
                (record.company_id.id or None) if "company_id" in record._fields else None,
                record._name,
                record.id,
                json.dumps(payload, default=str),
                (record.correlation_id or None) if "correlation_id" in record._fields else None,
                str(uuid.uuid4()),
            )
            for record, payload in zip(records.sudo(), payloads, strict=True)
        ]
        return [row[0] for row in self.env.cr.execute_values(INSERT, rows, page_size=1000, fetch=True)] if rows else []
