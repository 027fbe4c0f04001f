"""What the card shows: evidence and proposal as sentences and figures in the reader's language."""

from odoo import api, models
from odoo.tools import formatLang

from ...engine.vocabulary import ACCEPTED, APPLIED, CASH_DISCOUNT, REJECTED
from .words import CASES, DIFFERENCES, REASONS


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    @api.depends("proposal", "evidence", "state", "confidence")
    @api.depends_context("lang", "uid")
    def _compute_card(self):
        items, accounts, taxes, partners = self._card_records()
        for suggestion in self:
            suggestion.card = suggestion._card(items, accounts, taxes, partners)

    def _card_records(self):
        """Everything that the cards name, read once for all of them: items, accounts, taxes and partners by id."""
        proposals = [proposal for suggestion in self for proposal in suggestion._all_proposals()]
        rows = [row for p in proposals for name in ("counterparts", "write_off", "lines") for row in p.get(name) or []]

        def by_id(model, ids):
            # Names on a card that the reader may see: the suggestion itself follows the bank line's access.
            return {record.id: record for record in self.env[model].sudo().browse(ids - {None, False}).exists()}

        return (
            by_id("account.move.line", {row.get("move_line_id") for row in rows}),
            by_id("account.account", {row.get("account_id") for row in rows}),
            by_id("account.tax", {tax_id for row in rows for tax_id in row.get("tax_ids") or []}),
            by_id("res.partner", {p.get("partner_id") for p in proposals} | set(self.partner_id.ids)),
        )

    def _all_proposals(self):
        found = [self.proposal or {}]
        return found + [choice["proposal"] for choice in (self.evidence or {}).get("alternatives", [])]

    def _card(self, items, accounts, taxes, partners):
        evidence = self.evidence or {}
        partner = partners.get((self.proposal or {}).get("partner_id") or self.partner_id.id)
        records = (items, accounts, taxes, partners)
        alternatives = [self._card_choice(choice, *records) for choice in evidence.get("alternatives", [])]
        is_question = self.is_question and bool(alternatives)
        body = self._card_body(self.proposal or {}, items, accounts, taxes)
        return {
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "is_question": is_question,
            "case": evidence.get("case") or self.case,
            "case_label": self._word(CASES, "question" if is_question else self.case),
            "tier": self.tier,
            "tier_label": dict(self._fields["tier"]._description_selection(self.env)).get(self.tier, ""),
            "confidence": self.confidence,
            "support": evidence.get("support") or [0, 0],
            "support_text": self._support_text(evidence.get("support")),
            "amount": self.amount,
            "currency_id": self.currency_id.id,
            "date": str(self.date or ""),
            "text": self.label or "",
            "marks": evidence.get("marks") or [],
            "ticks": evidence.get("ticks") or {},
            "partner": {"id": partner.id, "name": partner.display_name} if partner else None,
            "reasons": self._sentences(evidence.get("reasons") or []),
            "alternatives": alternatives,
            "runner_up": self._runner_up(alternatives) if not is_question else None,
            "error": self.error or None,
            "decided": self._decided_text(),
            "policy_text": self.policy_text or "",
            **body,
        }

    def _card_body(self, proposal, items, accounts, taxes):
        documents = [
            self._card_document(row, items[row["move_line_id"]])
            for row in proposal.get("counterparts") or []
            if row["move_line_id"] in items
        ]
        rows = (proposal.get("write_off") or []) + (proposal.get("lines") or [])
        leaves = sum(document["leaves"] for document in documents)
        remainder = float(proposal.get("remainder") or 0)
        return {
            "documents": documents,
            "differences": [self._card_difference(row, items, accounts, taxes) for row in rows],
            "remainder": remainder,
            "leaves": leaves,
            "leaves_text": self.env._("leaves %(amount)s open", amount=f"{abs(leaves):,.2f}") if documents else "",
        }

    def _card_document(self, row, item):
        settled = float(row.get("item_amount") or row["amount"])
        applied = self.state == APPLIED
        open_amount = item.amount_residual_currency + (settled if applied and not row.get("reopens") else 0.0)
        if row.get("reopens"):
            open_amount = 0.0
        return {
            "move_line_id": item.id,
            "move_id": item.move_id.id,
            "name": item.move_id.name or item.name or "",
            "label": item.move_id.payment_reference or item.move_id.ref or "",
            "partner": item.partner_id.name or "",
            "date": str(item.date or ""),
            "due": str(item.date_maturity or ""),
            "open": open_amount,
            "amount": settled,
            "leaves": 0.0 if row.get("reopens") else item.currency_id.round(open_amount - settled),
            "currency_id": item.currency_id.id,
            "reopens": bool(row.get("reopens")),
        }

    def _card_difference(self, row, items, accounts, taxes):
        account = accounts.get(row.get("account_id"))
        used = [taxes[tax_id] for tax_id in row.get("tax_ids") or [] if tax_id in taxes]
        gross = float(row["amount"])
        net = self._net(gross, used)
        item = items.get(row.get("move_line_id"))
        corrected = item and row.get("reason") == CASH_DISCOUNT
        tax_text = ", ".join(tax.name for tax in used)
        if corrected and item.move_id.invoice_payment_term_id.early_pay_discount_computation == "included":
            tax_text = self.env._("base and tax of %(name)s corrected", name=item.move_id.name)
        return {
            "label": row.get("label") or "",
            "reason": row.get("reason") or "manual",
            "reason_label": self._word(DIFFERENCES, row.get("reason") or "manual"),
            "account_id": row.get("account_id"),
            "account": account.display_name if account else "",
            "amount": gross,
            "tax": tax_text,
            "tax_ids": row.get("tax_ids") or [],
            "net": net,
            "vat": self.currency_id.round(gross - net),
            "currency_id": self.currency_id.id,
        }

    def _net(self, gross, taxes):
        if not taxes:
            return gross
        found = self.env["account.tax"].browse([tax.id for tax in taxes]).sudo()
        result = found.with_context(force_price_include=True).compute_all(gross, currency=self.currency_id)
        return result["total_excluded"]

    def _card_choice(self, choice, items, accounts, taxes, partners):
        proposal = choice["proposal"]
        body = self._card_body(proposal, items, accounts, taxes)
        names = [document["name"] for document in body["documents"]]
        names += [difference["reason_label"] for difference in body["differences"]]
        partner = partners.get(proposal.get("partner_id"))
        lost = choice.get("lost")
        return {
            "key": choice["key"],
            "title": ", ".join(names[:3]) + (" …" if len(names) > 3 else ""),
            "case_label": self._word(CASES, choice["case"]),
            "partner": partner.name if partner else "",
            "confidence": choice["confidence"],
            "support_text": self._support_text(choice.get("support")),
            "reasons": self._sentences(choice.get("reasons") or []),
            "why_lost": " ".join(self._sentences([lost])) if lost else "",
            **body,
        }

    def _runner_up(self, alternatives):
        if not alternatives:
            return None
        best = max(alternatives, key=lambda choice: choice["confidence"])
        return {"title": best["title"], "why": best["why_lost"], "confidence": best["confidence"], "key": best["key"]}

    def _support_text(self, support):
        if not support or not support[0]:
            return ""
        count, right = [formatLang(self.env, number, digits=0) for number in support]
        return self.env._("of %(count)s like this, %(right)s were right", count=count, right=right)

    def _decided_text(self):
        if not self.decided_at:
            return None
        words = {"name": self.decided_by_id.sudo().name, "date": str(self.decided_at.date())}
        if self.state == REJECTED:
            return self.env._("Rejected by %(name)s on %(date)s", **words)
        if self.decision == "policy":
            return self._decided_by_policy_text()
        if self.state == ACCEPTED:
            return self.env._("Accepted by %(name)s on %(date)s; a second person must accept it too", **words)
        if len(self.approval_ids) > 1:
            words["name"] = ", ".join(self.approval_ids.sudo().mapped("name"))
        return self.env._("Accepted by %(name)s on %(date)s", **words)

    def _decided_by_policy_text(self):
        words = {"policy": self.policy_id.sudo().name or "", "date": str(self.decided_at.date())}
        if not self.signed_off_at:
            return self.env._("Accepted by the policy '%(policy)s' on %(date)s; waits for its sign-off", **words)
        words.update(name=self.signed_off_by_id.sudo().name, signed=str(self.signed_off_at.date()))
        return self.env._(
            "Accepted by the policy '%(policy)s' on %(date)s, signed off by %(name)s on %(signed)s", **words
        )

    @api.model
    def _word(self, table, code):
        return self.env._(table[code]) if code in table else code or ""

    @api.model
    def _sentences(self, reasons):
        """Reasons (code, values) as sentences in the user's language; an unknown code is shown as it is."""
        return [self._sentence(code, values) for code, values in reasons]

    def _sentence(self, code, values):
        template = self.env._(REASONS[code]) if code in REASONS else code
        try:
            return template % values if code in REASONS else code
        except (KeyError, TypeError, ValueError):
            return code
