"""What an agent gets of a bill: the fields that were read, masked, and what the bill may be coded to."""

from odoo import models

from ...engine.vocabulary import OPEN_STATES

#: Fields of a reading by how they are masked; others are left out.
PLAIN = (
    *("date", "due_date", "service_from", "service_to"),
    *("currency", "net", "tax", "total", "withheld", "vendor_country"),
)
#: By what two proposals say the same of a bill.
SAME = ("move_type", "partner_id", "ref", "invoice_date", "currency", "total")
TOKENS = ("number", "original_number", "order_reference", "payment_reference")
HISTORY = 5


class AiProposerBillDocument(models.AbstractModel):
    _name = "ai.proposer.bill_document"
    _inherit = "ai.proposer.bill_document"

    def _task_domain(self):
        """Drafts whose document was read and that nobody has proposed for."""
        told = (
            self.env["ai.suggestion"]
            .sudo()
            ._search([("res_model", "=", "account.move"), ("state", "in", OPEN_STATES), ("is_question", "=", False)])
        )
        read = self.env["ai.document"].sudo()._search([("state", "=", "read"), ("move_id", "!=", False)])
        return [
            ("state", "=", "draft"),
            ("move_type", "in", self.env["account.move"].get_purchase_types(True)),
            ("invoice_line_ids", "=", False),
            ("id", "in", read.subselect("move_id")),
            ("id", "not in", told.subselect("res_id")),
        ]

    def _agent_facts(self, record, masks):
        facts = self.with_company(record.company_id)._collect(record)
        if not facts.drafts:
            return {}, set()
        draft = facts.drafts[0]
        reading = draft.reading
        known = [party.partner for party in draft.parties if party.partner]
        names = self.env["ai.proposer.bank"]._partner_names(set(known))
        coding = self.env["ai.proposer.bank_coding"]
        payload = {
            "document": {
                "id": record.id,
                "kind": reading.kind,
                "journal_id": draft.journal,
                **{name: reading.value(name) for name in PLAIN if reading.value(name)},
                **{name: masks.token(reading.value(name)) for name in TOKENS if reading.value(name)},
                "iban": masks.iban(reading.value("vendor_iban")),
                "items": [
                    {
                        "text": masks.text(item.text),
                        "total": str(item.total) if item.total is not None else None,
                        "tax_rate": str(item.tax_rate) if item.tax_rate is not None else None,
                    }
                    for item in reading.items
                ],
                "taxes": [part.to_json() for part in reading.taxes],
            },
            "vendors": [
                {
                    "partner_id": party.partner,
                    "name": masks.name(party.partner, names.get(party.partner)) if party.partner else None,
                    "how": party.how,
                    "score": round(party.confidence, 3),
                    "fiscal_position_id": party.position.key if party.position else None,
                }
                for party in draft.parties
            ],
            "accounts": coding._accounts(record.company_id),
            "taxes": [tax for tax in coding._taxes(record.company_id) if tax["use"] == "purchase"],
            "history": self._history(record, known),
        }
        return payload, set(known)

    def _judged_values(self, record, values):
        """Beside what the engine would propose: agreed with the measured confidence, else nobody vouches for it."""
        facts = self.sudo().with_company(record.sudo().company_id)._collect(record.sudo())
        answers = [answer for answer in self.sudo()._propose(facts) if answer.readings]
        if not answers:
            return super()._judged_values(record, values)
        context = self.sudo()._context(facts)
        own = [self.sudo()._choice(record.sudo(), reading, context) for reading in answers[0].readings]
        told = values["proposal"]
        same = next((choice for choice in own if self._says(choice["proposal"]) == self._says(told)), None)
        agreed = same is not None and answers[0].outcome == "proposed"
        reasons = [["told_agreed" if agreed else "told_other" if same else "told_unseen", {}]]
        evidence = {
            **values["evidence"],
            "alternatives": [choice for choice in own if choice is not same],
            "reasons": [*reasons, *(same["reasons"] if same else [])],
        }
        return {**values, "confidence": same["confidence"] if agreed else 0.0, "evidence": evidence}

    def _says(self, proposal):
        lines = [
            (line["account_id"], float(line["amount"]), tuple(sorted(line.get("tax_ids") or ())))
            for line in proposal["lines"]
        ]
        return [proposal.get(name) or None for name in SAME], sorted(lines, key=str)

    def _history(self, record, partner_ids):
        """The last bills of these vendors: accounts and amounts, no words."""
        bills = self.env["account.move"].search(
            [
                ("commercial_partner_id", "in", partner_ids),
                ("company_id", "=", record.company_id.id),
                ("state", "=", "posted"),
                ("move_type", "in", self.env["account.move"].get_purchase_types(True)),
            ],
            order="invoice_date desc, id desc",
            limit=HISTORY,
        )
        return [
            {
                "date": str(bill.invoice_date),
                "amount": str(bill.amount_total),
                "accounts": [
                    {
                        "account_id": line.account_id.id,
                        "tax_ids": line.tax_ids.ids,
                        "amount": str(line.price_subtotal),
                    }
                    for line in bill.invoice_line_ids
                    if line.display_type == "product"
                ],
            }
            for bill in bills
        ]
