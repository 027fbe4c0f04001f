"""Bank lines matched to open items."""

from odoo import models

from ...engine.matching import match
from ...engine.proposal import fingerprint
from .ai_proposer_bank import LINE_MODEL

#: Changes whenever the same facts may give other answers.
MODEL_VERSION = "matching-1"


class AiProposerBankMatch(models.AbstractModel):
    _name = "ai.proposer.bank_match"
    _inherit = "ai.proposer.bank"
    _description = "Bank Matching"

    _kind = "bank_match"

    def _collect(self, records):
        return self.env["ai.facts.bank"]._collect(records)

    def _propose(self, facts):
        return match(facts)

    def _followers(self):
        return ("bank_coding",)

    # === ANSWER → SUGGESTION === #

    def _context(self, facts):
        """What stored suggestions keep of the facts, to notice later that the world has moved."""
        return {
            "open": {item.key: str(item.residual) for item in facts.items},
            "partner": {line.key: line.partner for line in facts.lines},
        }

    def _values(self, record, answer, context):
        if answer.outcome == "nothing" or not answer.readings:
            return None
        choices = [self._choice(reading) for reading in answer.readings]
        values = {
            **self._line_values(record),
            "margin": max(0.0, min(answer.margin, 1.0)),
            "tier": "match",
            "model_version": MODEL_VERSION,
        }
        asked = answer.outcome == "asked"
        first, others = choices[0], choices if asked else choices[1:]
        ids = {row["move_line_id"] for choice in choices for row in choice["proposal"]["counterparts"]}
        evidence = {
            "version": 1,
            "reasons": [[code, data] for code, data in answer.reasons],
            "alternatives": others,
            "partner_before": context["partner"].get(record.id),
            "open": {str(item_id): context["open"][item_id] for item_id in ids if item_id in context["open"]},
        }
        if asked:
            keys = sorted(choice["key"] for choice in choices)
            return {
                **values,
                "is_question": True,
                "case": first["case"],
                "confidence": first["confidence"],
                "partner_id": answer.partner,
                "proposal": {},
                "evidence": {"case": "question", "ticks": {}, "marks": first["marks"], **evidence},
                "fingerprint": fingerprint({"partner_id": "|".join(keys)}),
            }
        return {
            **values,
            **self._reading_values(first),
            "is_question": False,
            "evidence": {**evidence, **self._reading_evidence(first)},
        }

    def _choice(self, reading):
        return {**reading.to_json(), "key_full": reading.match.fingerprint()}

    def _reading_values(self, choice):
        """Field values of a suggestion whose proposal is this choice."""
        return {
            "case": choice["case"],
            "confidence": choice["confidence"],
            "partner_id": choice["proposal"]["partner_id"],
            "proposal": choice["proposal"],
            "fingerprint": choice["key_full"],
        }

    def _reading_evidence(self, choice):
        return {
            "case": choice["case"],
            "ticks": choice["ticks"],
            "reasons": choice["reasons"],
            "marks": choice["marks"],
            "support": choice["support"],
            "taxes": self._tax_rates(choice["proposal"]["write_off"]),
        }

    def _note_findings(self, answers):
        """Each bank line remembers what the run found, and what would decide it."""
        self.env[LINE_MODEL]._set_findings(
            {
                answer.line: (
                    answer.outcome,
                    [[code, data] for code, data in answer.reasons] if answer.outcome != "proposed" else None,
                )
                for answer in answers
            }
        )

    # === SCHEDULED === #

    def _todo_domain(self, company):
        return [
            ("company_id", "=", company.id),
            ("is_reconciled", "=", False),
            ("ai_finding", "in", ("todo", False)),
            ("move_id.state", "=", "posted"),
            # A file that is still being read, or taken back, may yet lose its lines.
            "|",
            ("ai_import_id", "=", False),
            "&",
            ("ai_import_id.state", "=", "done"),
            ("ai_import_id.removing", "=", False),
        ]

    def _todo(self, company, limit):
        return self.env[LINE_MODEL].search(self._todo_domain(company), order="id", limit=limit)

    def _todo_count(self, company):
        return self.env[LINE_MODEL].search_count(self._todo_domain(company))
