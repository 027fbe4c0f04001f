"""What happened in the books, written in the transaction that caused it."""

import uuid

from odoo import api, fields, models


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
        # Events belong to the system; the acting person has no right of their own on them.
        return (
            self.sudo()
            .create(
                [
                    {
                        "name": name,
                        "at": now,
                        "company_id": record.company_id.id if "company_id" in record._fields else False,
                        "res_model": record._name,
                        "res_id": record.id,
                        "payload": payload,
                        "correlation_id": record.correlation_id if "correlation_id" in record._fields else False,
                        "event_uuid": str(uuid.uuid4()),
                    }
                    for record, payload in zip(records, payloads, strict=True)
                ]
            )
            .ids
        )
