"""What a dialog needs to review a selection: each suggestion in words, its choices, its parts, what keeps it out."""

from odoo import models
from odoo.tools import formatLang

from ...engine.vocabulary import APPLIED


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def review_rows(self) -> list[dict]:
        """These suggestions for a person who reviews them together, in their order.

        :return: ``{suggestion_id, what, support_text, effects_text, is_question, partner_id, excluded_why,
            choices: [{key, name}], parts: as proposal_parts}`` each
        """
        self.browse()._check_decider()
        self.check_access("read")
        excluded = {suggestion.id: why for suggestion, why in self._review_obstacles()}
        return [suggestion._review_row(excluded.get(suggestion.id)) for suggestion in self]

    def _review_row(self, why):
        card = self.card
        choices = card["alternatives"] if card["is_question"] or not why else []
        return {
            "suggestion_id": self.id,
            "what": self._review_words(card),
            "support_text": card["support_text"],
            "effects_text": card.get("effects_text") or "",
            "is_question": card["is_question"],
            "partner_id": (self.proposal or {}).get("partner_id") or self.partner_id.id,
            "excluded_why": why or "",
            "choices": [
                {"key": choice["key"], "name": f"{choice['title']} ({choice['case_label']})"} for choice in choices
            ],
            "parts": [] if why else self.proposal_parts(),
        }

    def _review_words(self, card):
        """What accepting does, in one sentence."""
        if card["is_question"]:
            return self.env._("A question: %(count)s answers fit.", count=len(card["alternatives"]))
        done = self.state == APPLIED
        parts = [self._review_document(document, done) for document in card["documents"]]
        for row in card["differences"]:
            words = {"amount": self._review_money(row["amount"], row["currency_id"]), "account": row["account"]}
            text = self.env._("%(amount)s to %(account)s", **words) if row["account"] else words["amount"]
            text = f"{row['reason_label']}: {text}" if row["reason"] != "manual" else text
            parts.append(f"{text} ({row['tax']})" if row["tax"] else text)
        if card["remainder"]:
            amount = self._review_money(card["remainder"], card["currency_id"])
            parts.append(self.env._("%(amount)s stays unexplained", amount=amount))
        return "; ".join(parts)

    def _review_document(self, document, done):
        words = {
            "name": document["name"],
            "amount": self._review_money(document["amount"], document["currency_id"]),
            "leaves": self._review_money(document["leaves"], document["currency_id"]),
        }
        if document["reopens"]:
            return self.env._("opens what %(name)s had paid (%(amount)s)", **words)
        if document["leaves"] and not done:
            return self.env._("%(amount)s of %(name)s, leaves %(leaves)s open", **words)
        return self.env._("settles %(name)s (%(amount)s)", **words)

    def _review_money(self, amount, currency_id):
        return formatLang(self.env, abs(amount), currency_obj=self.env["res.currency"].browse(currency_id))
