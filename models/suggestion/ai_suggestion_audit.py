"""What a decision leaves behind: the entries before and after in the log, and a line in each record's chatter."""

import json

from odoo import fields, models
from odoo.tools import SQL

_BEFORE = "ai_bookkeeper.entries_before"
#: What the log keeps of a decision, beside the proposal and the entries.
FACTS = ("kind", "case", "tier", "origin", "model_version", "decision", "decided_with", "is_edited", "policy_outcome")


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    after = fields.Json(readonly=True, help="The entries as they were booked: what later changes are told by.")

    def _apply_together(self, proposer, *arguments):
        # The log's row is written at the end, when the entries are others already.
        self.env.cr.cache[_BEFORE] = proposer._entries(self)
        return super()._apply_together(proposer, *arguments)

    def _log(self, event, payloads=None, identities=None):
        """Add what an auditor needs to the events that change the books, and tell the records' chatter."""
        if self and event in ("applied", "undone"):
            payloads = payloads or [{} for _suggestion in self]
            if event == "applied":
                self.filtered(lambda s: s.decision == "person")._log_accepted()
                payloads = self._applied_payloads(payloads)
            else:
                payloads = self._undone_payloads(payloads)
            result = super()._log(event, payloads, identities)
            self._tell_records(event)
            return result
        return super()._log(event, payloads, identities)

    def _log_accepted(self):
        """A person's yes is an event of its own; what it did to the books is the next one."""
        if self:
            facts = [{"confidence": s.confidence, "decided_with": s.decided_with} for s in self]
            self._log("accepted", facts)

    def _applied_payloads(self, payloads):
        before = self.env.cr.cache.pop(_BEFORE, {})
        after = self._entries_by_kind()
        self._keep_entries(before, after)
        return [
            {
                **suggestion._facts_of_decision(),
                **payload,
                "before": before.get(suggestion.id) or {},
                "after": after.get(suggestion.id) or {},
            }
            for suggestion, payload in zip(self, payloads, strict=True)
        ]

    def _facts_of_decision(self):
        facts = {name: self[name] for name in FACTS if self[name]}
        if self.policy_id:
            facts["policy_id"] = self.policy_id.id
            facts["policy_reason"] = self.policy_reason
        evidence = self.evidence or {}
        return {
            **facts,
            "confidence": self.confidence,
            "fingerprint": self.fingerprint,
            "reasons": [code for code, _values in evidence.get("reasons") or []],
            "alternatives": [choice["key"] for choice in evidence.get("alternatives") or []],
            "approved_by": self.approval_ids.ids,
        }

    def _undone_payloads(self, payloads):
        now = self.filtered("after")._entries_by_kind()
        return [
            {**payload, "before": suggestion.after or {}, "after": now[suggestion.id]}
            if suggestion.id in now
            else payload
            for suggestion, payload in zip(self, payloads, strict=True)
        ]

    def _entries_by_kind(self):
        found = {}
        for kind, suggestions in self.grouped("kind").items():
            found.update(self._proposer(kind)._entries(suggestions))
        return found

    def _keep_entries(self, before, after):
        """One query for all: the suggestions keep what was booked, for undo and comparison."""
        self.env.cr.execute(
            SQL(
                """UPDATE ai_suggestion s SET before = v.before::jsonb, after = v.after::jsonb
                     FROM unnest(%s::int[], %s::text[], %s::text[]) AS v(id, before, after) WHERE s.id = v.id""",
                self.ids,
                [json.dumps(before.get(suggestion_id)) for suggestion_id in self.ids],
                [json.dumps(after.get(suggestion_id)) for suggestion_id in self.ids],
            )
        )
        self.invalidate_recordset(["before", "after"], flush=False)

    def action_export_evidence(self):
        """Export the evidence of these suggestions. Opens the export."""
        return self.env["ai.audit.export"].action_export("selection", suggestion_ids=self.ids)

    # === CHATTER === #

    def _tell_records(self, event):
        """One line for each entry or payment that was touched, in the language of who acts."""
        touched = self._touched_records()
        texts = {suggestion.id: suggestion._chatter_text(event) for suggestion in self}
        for model, by_record in touched.items():
            bodies = {
                record_id: "\n".join(texts[suggestion_id] for suggestion_id in suggestion_ids)
                for record_id, suggestion_ids in by_record.items()
            }
            # The note is the addon's, about a change that the caller was allowed to make.
            self.env[model].sudo().browse(bodies)._message_log_batch(bodies)

    def _touched_records(self):
        """{model: {record id: [suggestion ids]}} of entries, and of payments in place of their entries."""
        rows = self.env.execute_query(
            SQL(
                """SELECT rel.ai_suggestion_id, m.id, m.origin_payment_id
                     FROM ai_suggestion_move_rel rel JOIN account_move m ON m.id = rel.account_move_id
                    WHERE rel.ai_suggestion_id = ANY(%s) ORDER BY m.id, rel.ai_suggestion_id""",
                self.ids,
            )
        )
        found = {}
        for suggestion_id, move_id, payment_id in rows:
            model, record_id = ("account.payment", payment_id) if payment_id else ("account.move", move_id)
            found.setdefault(model, {}).setdefault(record_id, []).append(suggestion_id)
        return found

    def _chatter_text(self, event):
        if event == "undone":
            return self.env._("What was booked from a suggestion was taken back by %(name)s.", name=self.env.user.name)
        if self.decision == "policy":
            text = self.env._("Booked from a suggestion, accepted by a policy")
        else:
            text = self.env._("Booked from a suggestion, accepted by %(name)s", name=self.decided_by_id.sudo().name)
        if self.policy_id:
            text += self.env._("; policy: %(policy)s", policy=self.policy_id.sudo().name)
        return f"{text}."
