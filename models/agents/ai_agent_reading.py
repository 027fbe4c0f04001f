"""What left the server: each payload an agent was given, as it was given."""

import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, format_datetime

from ...engine.audit.chain import canonical
from ...engine.vocabulary import KINDS
from .ai_agent import MANAGER

#: Days that payloads are kept unless the system parameter of this name says otherwise; digests stay.
KEEP_PARAMETER = "ai_bookkeeper.agent_payload_days"
KEEP_DAYS = 365


class AiAgentReading(models.Model):
    """One reading. The audit log has its digest, so that an erased or changed payload can't pass for the original."""

    _name = "ai.agent.reading"
    _inherit = "ai.target.mixin"
    _description = "Reading of an Agent"
    _order = "id desc"
    _log_access = False
    _shows_orphans = True

    at = fields.Datetime(readonly=True)
    agent_id = fields.Many2one("ai.agent", readonly=True, index=True, ondelete="set null")
    user_id = fields.Many2one("res.users", readonly=True, ondelete="set null", string="Read By")
    key_id = fields.Integer(readonly=True, string="Key ID")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    kind = fields.Selection([(kind, kind.replace("_", " ").capitalize()) for kind in KINDS], readonly=True)
    res_model = fields.Char(required=True, readonly=True, string="Model")
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True, string="Record")
    masked = fields.Char(readonly=True, string="Hidden")
    payload = fields.Json(readonly=True)
    payload_text = fields.Text(compute="_compute_payload_text", string="What Left the Server")
    partner_ids = fields.Json(readonly=True)
    digest = fields.Char(readonly=True, help="SHA-256 of the payload's canonical text, as the audit log has it.")
    size = fields.Integer(readonly=True, string="Bytes")
    erased_at = fields.Datetime(readonly=True, string="Erased")

    _record_idx = models.Index("(res_model, res_id)")

    @api.depends("agent_id", "at")
    def _compute_display_name(self):
        for reading in self:
            who = reading.agent_id.name or reading.user_id.name or ""
            reading.display_name = f"{who}, {format_datetime(self.env, reading.at)}"

    @api.depends("payload")
    def _compute_payload_text(self):
        for reading in self:
            text = json.dumps(reading.payload, indent=2, ensure_ascii=False, sort_keys=True)
            reading.payload_text = text if reading.payload else self.env._("Erased on %s.", reading.erased_at or "")

    @api.model
    def _keep(self, agent, kind, record, payload, masked, partner_ids):
        """Keep what ``agent`` is about to get and log it, in the transaction that answers."""
        text = canonical(payload)
        reading = self.sudo().create(
            {
                "at": self.env.cr.now().replace(microsecond=0),
                "agent_id": agent.id,
                "user_id": self.env.uid,
                "key_id": self.env["ai.agent"]._acting_key_id(),
                "company_id": record.company_id.id,
                "kind": kind,
                "res_model": record._name,
                "res_id": record.id,
                "masked": ", ".join(masked),
                "payload": payload,
                "partner_ids": sorted(partner_ids),
                "digest": hashlib.sha256(text.encode()).hexdigest(),
                "size": len(text.encode()),
            }
        )
        told = {
            "agent": agent.id or 0,
            "kind": kind,
            "fields": sorted(_paths(payload)),
            "masked": list(masked),
            "reading": reading.id,
            "digest": reading.digest,
        }
        self.env["ai.audit.log"]._append("facts_read", record, [told])

    def action_erase(self):
        """Empty these payloads; who read what fields of which record, and the digest, stay."""
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers erase what agents were given."))
        self.check_access("read")
        self._erase()
        return True

    def _erase(self):
        found = self.sudo().filtered("payload")
        found.write({"payload": False, "partner_ids": False, "erased_at": fields.Datetime.now()})
        for model, readings in found.grouped("res_model").items():
            records = self.env[model].sudo().browse(readings.mapped("res_id")).exists()
            self.env["ai.audit.log"]._append("erased", records, [{"what": "facts_read"}] * len(records))

    @api.model
    def _erase_partners(self, partners):
        """Empty the payloads that mention one of these partners. Returns how many."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT r.id FROM ai_agent_reading r
                    WHERE EXISTS (SELECT 1 FROM jsonb_array_elements_text(
                                    CASE jsonb_typeof(r.partner_ids) WHEN 'array' THEN r.partner_ids ELSE '[]' END) p
                                   WHERE p::int = ANY(%s))""",
                partners.ids,
            )
        )
        found = self.sudo().browse([row[0] for row in rows])
        found._erase()
        return len(found)

    @api.autovacuum
    def _gc_payloads(self):
        """Payloads are kept for a year unless the system parameter says otherwise."""
        days = int(self.env["ir.config_parameter"].sudo().get_param(KEEP_PARAMETER, KEEP_DAYS))
        before = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        self.sudo().search([("at", "<", before), ("erased_at", "=", False)], limit=10000)._erase()


def _paths(value, prefix=""):
    """Names of the fields in a payload, rows of a list once: ``candidates[].amount``."""
    if isinstance(value, dict):
        return {path for name, part in value.items() for path in _paths(part, f"{prefix}.{name}" if prefix else name)}
    if isinstance(value, list):
        return {path for part in value for path in _paths(part, f"{prefix}[]")} or {prefix}
    return {prefix}
