"""Bank lines coded to accounts, as this company's people did before: what matching left."""

from odoo import models

from ...engine.coding import Template, blockers_of, code
from ...engine.proposal import fingerprint
from .ai_proposer_bank import LINE_MODEL


class AiProposerBankCoding(models.AbstractModel):
    _name = "ai.proposer.bank_coding"
    _inherit = "ai.proposer.bank"
    _description = "Bank Coding"

    _kind = "bank_coding"

    def _codes(self):
        return True

    # === RECORDS → ANSWERS === #

    def _collect(self, records):
        return self.env["ai.facts.coding"]._collect(records)

    def _propose(self, facts):
        return code(facts)

    def _follow(self, facts, answers):
        """Only lines for which coding has something to say; the others keep what matching said of them."""
        free = self._free(facts, answers)
        if not free:
            return None, ()
        lines = self.env[LINE_MODEL].browse(free)
        own = self.env["ai.facts.coding"]._collect(lines, (facts, answers))
        return own, tuple(answer for answer in code(own) if answer.outcome != "nothing")

    def _free(self, facts, answers):
        """Ids of the lines that matching leaves to coding."""
        return [answer.line for answer in answers if not blockers_of(answer)]

    # === ANSWER → SUGGESTION === #

    def _context(self, facts):
        """Names of accounts, for the reasons; who was on the lines before; by what the answers were made."""
        if facts is None:
            return {}
        company = self.env["res.company"].browse(facts.settings.company)
        accounts = self.env["account.account"].with_company(company).sudo().browse(facts.accounts)
        lines = self.env[LINE_MODEL].sudo().browse([line.case.key for line in facts.lines])
        return {
            "names": {account.id: account.display_name for account in accounts},
            "partner": {line.id: line.partner_id.id for line in lines},
            "payee": {line.case.key: line.case.payee for line in facts.lines},
            "version": self.env["ai.learning.model"]._learner(company, self._kind)[1],
        }

    def _values(self, record, answer, context):
        if answer.outcome == "nothing" or not answer.readings:
            return None
        choices = [self._choice(reading, context) for reading in answer.readings]
        asked = answer.outcome == "asked"
        first, others = choices[0], choices if asked else choices[1:]
        values = {
            **self._line_values(record),
            "margin": max(0.0, min(answer.margin, 1.0)),
            "model_version": context["version"],
            "tier": first["tier"],
        }
        evidence = {
            "version": 1,
            "reasons": self._named(answer.reasons, context),
            "alternatives": others,
            "partner_before": context["partner"].get(record.id) or None,
            "payee": context["payee"].get(record.id, ""),
            "open": {},
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
                "evidence": {"case": "question", "ticks": {}, "marks": [], **evidence},
                "fingerprint": fingerprint({"partner_id": "|".join(keys)}),
            }
        return {
            **values,
            **self._reading_values(first),
            "is_question": False,
            "evidence": {**evidence, **self._reading_evidence(first)},
        }

    def _choice(self, reading, context):
        choice = reading.to_json()
        choice["reasons"] = self._named(reading.reasons, context)
        if reading.lost:
            choice["lost"] = self._named([reading.lost], context)[0]
        return {**choice, "key_full": reading.match.fingerprint()}

    def _named(self, reasons, context):
        """Reasons that speak of labels get the names of their accounts."""
        return [[reason, self._with_names(values, context)] for reason, values in reasons]

    def _with_names(self, values, context):
        if "labels" not in values:
            return values
        told = {name: value for name, value in values.items() if name != "labels"}
        names = dict.fromkeys(self._label_name(label, context) for label in values["labels"])
        return {**told, "account": " / ".join(name for name in names if name)}

    def _label_name(self, label, context):
        names = (context["names"].get(part.account) for part in Template.from_label(label).parts)
        return " + ".join(dict.fromkeys(name for name in names if name))

    def _reading_values(self, choice):
        """Field values of a suggestion whose proposal is this choice."""
        rule = choice.get("rule")
        return {
            "case": choice["case"],
            "confidence": choice["confidence"],
            "partner_id": choice["proposal"]["partner_id"],
            "proposal": choice["proposal"],
            "fingerprint": choice["key_full"],
            "tier": choice.get("tier") or "memory",
            # Keys of Odoo's own reconciliation models are negative: they are no rules of the addon.
            "rule_id": rule if rule and rule > 0 else False,
        }

    def _reading_evidence(self, choice):
        return {
            "case": choice["case"],
            "ticks": choice["ticks"],
            # The card has a place of its own for balances before and after.
            "reasons": [row for row in choice["reasons"] if row[0] != "settles"],
            "marks": choice["marks"],
            "support": choice["support"],
            "details": choice.get("details") or {},
            "taxes": self._tax_rates(choice["proposal"]["lines"]),
        }

    def _as_choice(self, suggestion):
        kept = {"tier": suggestion.tier, "rule": suggestion.rule_id.id, "details": suggestion.evidence.get("details")}
        return {**super()._as_choice(suggestion), **{name: value for name, value in kept.items() if value}}

    def _note_findings(self, answers):
        """As matching does; what only matching has a reason for keeps its reason."""
        self.env["ai.proposer.bank_match"]._note_findings(answers)
