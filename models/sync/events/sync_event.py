"""What happened in the books, written in the transaction that caused it."""

import json

from odoo import api, fields, models

from ....engine.vocabulary import SYNC_EVENTS

INSERT = """
INSERT INTO sync_event (name, at, company_id, res_model, res_id, payload, correlation_id, event_uuid)
SELECT v.name, clock_timestamp() AT TIME ZONE 'UTC', v.company_id, v.res_model, v.res_id, v.payload::jsonb,
       COALESCE(v.correlation_id, v.uid), v.uid
  FROM (SELECT r.*, gen_random_uuid()::varchar AS uid
          FROM (VALUES %s) AS r(name, company_id, res_model, res_id, payload, correlation_id)) v
RETURNING id
"""
TEMPLATE = "(%s, %s::int, %s, %s, %s, %s::varchar)"


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
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    payload = fields.Json(readonly=True)
    correlation_id = fields.Char(readonly=True)
    event_uuid = fields.Char(readonly=True)
    seq = fields.Integer(readonly=True, string="Sequence Number", aggregator=False)

    _record_idx = models.Index("(res_model, res_id)")
    _seq_idx = models.UniqueIndex("(seq) WHERE seq IS NOT NULL AND seq > 0", "An event has one number.")
    _waiting_idx = models.Index("(id) WHERE seq IS NULL")

    @api.model
    def _emit(self, name, records, payloads=None):
        """Record that ``name`` happened to each of ``records`` (of one model). ``payloads``: one object each.

        :return: ids; none for a name that is not of ``SYNC_EVENTS``: what the log notes beside, and nobody waits for
        """
        if not records or name not in SYNC_EVENTS:
            return []
        payloads = payloads or [{}] * len(records)
        # Events belong to the system; the acting person has no right of their own on them. Plain SQL, for every
        # decision pays for it.
        rows = [
            (
                name,
                (record.company_id.id or None) if "company_id" in record._fields else None,
                record._name,
                record.id,
                json.dumps({"v": 1, **payload}, default=str),
                (record.correlation_id or None) if "correlation_id" in record._fields else None,
            )
            for record, payload in zip(records.sudo(), payloads, strict=True)
        ]
        self._wake_after_commit()
        found = self.env.cr.execute_values(INSERT, rows, template=TEMPLATE, page_size=1000, fetch=True)
        return [row[0] for row in found]

    @api.model
    def _wake_after_commit(self):
        """Wake the sequencer, which goes before the sending jobs, once when this transaction commits."""
        self.env["sync.runner"]._wake("http")

    @api.model
    def _settle(self):
        """Write and compute what would become an event: whoever reads events in the causing transaction sees it."""
        for name in ("account.move", "account.payment", "account.bank.statement.line", "res.partner"):
            model = self.env[name]
            model.flush_model(model._sync_watched)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        self._settle()
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
