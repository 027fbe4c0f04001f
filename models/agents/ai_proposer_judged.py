"""An agent's proposal as the engine sees it: the card says what was measured, not what was claimed."""

from odoo import models

from ...engine.matching import judge


class AiProposer(models.AbstractModel):
    _name = "ai.proposer"
    _inherit = "ai.proposer"

    def _judged_values(self, record, values):
        """Values of a told suggestion with confidence and evidence of the engine; ``values`` as
        ``_submitted_values`` gave them. Kinds that nothing measures yet say so."""
        evidence = {**(values.get("evidence") or {}), "reasons": [["told_unmeasured", {}]]}
        return {**values, "confidence": 0.0, "evidence": evidence}


class AiProposerBankMatch(models.AbstractModel):
    _name = "ai.proposer.bank_match"
    _inherit = "ai.proposer.bank_match"

    def _judged_values(self, record, values):
        line = record.sudo().with_company(record.sudo().company_id)
        facts = self.sudo().with_company(line.company_id)._collect(line)
        found = judge(facts, line.id, values["proposal"])
        if not found:
            return super()._judged_values(record, values)
        own = [self._choice(reading) for reading in found.own.readings]
        told = found.reading and self._choice(found.reading)
        open_amounts = self._context(facts)["open"]
        evidence = {
            **values["evidence"],
            "alternatives": [choice for choice in own if not told or choice["key"] != told["key"]],
        }
        named = {
            row["move_line_id"] for choice in evidence["alternatives"] for row in choice["proposal"]["counterparts"]
        }
        evidence["open"] = {
            **{str(item_id): open_amounts[item_id] for item_id in named if item_id in open_amounts},
            **evidence["open"],
        }
        if not told:
            return {**values, "confidence": 0.0, "evidence": {**evidence, "reasons": [["told_unseen", {}]]}}
        agreed = found.own.outcome == "proposed" and own[0]["key"] == told["key"]
        reasons = [["told_agreed" if agreed else "told_other", {}], *told["reasons"]]
        partner_id = values["proposal"]["partner_id"] or told["proposal"]["partner_id"]
        return {
            **values,
            "case": told["case"],
            "confidence": told["confidence"],
            "margin": max(0.0, min(found.own.margin, 1.0)) if agreed else 0.0,
            "partner_id": partner_id,
            "proposal": {**values["proposal"], "partner_id": partner_id},
            "fingerprint": told["key_full"],
            "evidence": {**evidence, **self._reading_evidence(told), "reasons": reasons},
        }
