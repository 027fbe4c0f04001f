"""Records as they may leave: the fields of ``engine.sync.payload`` and no others, read in sets."""

from decimal import Decimal

from odoo import api, models

from ....engine.sync import payload

#: Characters of an account number that may be seen.
TAIL = 4


class SyncPayload(models.AbstractModel):
    """``_read(records)`` → {id: dict}. Who asks has decided whose rights count: everything here is read with all."""

    _name = "sync.payload"
    _description = "Content of Deliveries"

    @api.model
    def _read(self, records):
        """{id: what leaves of the record}; empty for models of which nothing leaves."""
        shape = getattr(self, f"_read_{records._name.replace('.', '_')}", None)
        if shape is None:
            return {}
        return {values["id"]: payload.shape(records._name, values) for values in shape(records.sudo())}

    # === KINDS OF RECORDS === #

    def _read_account_move(self, moves):
        moves.mapped("invoice_line_ids.account_id.code")
        for move in moves:
            lines = move.invoice_line_ids.filtered(lambda line: line.display_type == "product")
            money = self._money(move.currency_id)
            is_document = move.move_type != "entry"
            yield {
                "id": move.id,
                "number": move.name if move.name != "/" else None,
                "move_type": move.move_type,
                "state": move.state,
                "payment_state": move.payment_state if is_document else None,
                "date": move.date or None,
                "invoice_date": move.invoice_date or None,
                "due_date": move.invoice_date_due or None,
                "reference": move.ref or None,
                "payment_reference": move.payment_reference or None,
                "currency": move.currency_id.name,
                "amount_untaxed": money(move.amount_untaxed),
                "amount_tax": money(move.amount_tax),
                "amount_total": money(move.amount_total),
                "amount_residual": money(move.amount_residual),
                "partner": self._partner(move.partner_id),
                "journal": self._journal(move.journal_id),
                "reversed_move_id": move.reversed_entry_id.id or None,
                "lines": [self._line(line, money) for line in lines[: payload.MOST_LINES]] if is_document else [],
                "line_count": len(lines) if is_document else 0,
            }

    def _line(self, line, money):
        return payload.part(
            "line",
            {
                "id": line.id,
                "label": line.name or None,
                "product_code": line.product_id.default_code or None,
                "account_code": line.account_id.code or None,
                "quantity": self._number(line.quantity),
                "unit_price": self._number(line.price_unit),
                "discount": self._number(line.discount),
                "amount_untaxed": money(line.price_subtotal),
                "amount_total": money(line.price_total),
            },
        )

    def _read_account_payment(self, payments):
        for payment in payments:
            documents = payment.invoice_ids | payment.reconciled_invoice_ids | payment.reconciled_bill_ids
            yield {
                "id": payment.id,
                "number": payment.name or None,
                "state": payment.state,
                "payment_type": payment.payment_type,
                "partner_type": payment.partner_type,
                "date": payment.date or None,
                "amount": self._money(payment.currency_id)(payment.amount),
                "currency": payment.currency_id.name,
                "memo": payment.memo or None,
                "is_reconciled": payment.is_reconciled,
                "is_matched": payment.is_matched,
                "partner": self._partner(payment.partner_id),
                "journal": self._journal(payment.journal_id),
                "move_ids": sorted(documents.ids),
            }

    def _read_res_partner(self, partners):
        for partner in partners:
            yield {
                "id": partner.id,
                "name": partner.name or None,
                "is_company": partner.is_company,
                "active": partner.active,
                "type": partner.type or None,
                "parent_id": partner.parent_id.id or None,
                "reference": partner.ref or None,
                "vat": partner.vat or None,
                "company_registry": partner.company_registry or None,
                "email": partner.email or None,
                "phone": partner.phone or None,
                "website": partner.website or None,
                "street": partner.street or None,
                "street2": partner.street2 or None,
                "zip": partner.zip or None,
                "city": partner.city or None,
                "state": partner.state_id.code or None,
                "country": partner.country_id.code or None,
                "language": partner.lang or None,
            }

    def _read_account_bank_statement_line(self, lines):
        for line in lines:
            number = line.account_number or line.partner_bank_id.acc_number or ""
            yield {
                "id": line.id,
                "date": line.date or None,
                "amount": self._money(line.currency_id)(line.amount),
                "currency": line.currency_id.name,
                "label": line.payment_ref or None,
                "partner_name": line.partner_name or None,
                "account_number": self._masked(number),
                "is_reconciled": line.is_reconciled,
                "partner": self._partner(line.partner_id),
                "journal": self._journal(line.journal_id),
                "move_id": line.move_id.id or None,
            }

    def _read_ai_suggestion(self, suggestions):
        for suggestion in suggestions:
            yield {
                "id": suggestion.id,
                "kind": suggestion.kind,
                "state": suggestion.state,
                "tier": suggestion.tier or None,
                "confidence": round(suggestion.confidence, 4),
                "origin": suggestion.origin or None,
                "decision": suggestion.decision or None,
                "decided_at": suggestion.decided_at or None,
                "reject_reason": suggestion.reject_reason or None,
                "target_model": suggestion.res_model or None,
                "target_id": suggestion.res_id or None,
                "amount": self._money(suggestion.currency_id)(suggestion.amount),
                "currency": suggestion.currency_id.name or None,
                "date": suggestion.date or None,
                "partner": self._partner(suggestion.partner_id),
                "journal": self._journal(suggestion.journal_id),
                "move_ids": sorted(suggestion.move_ids.ids),
            }

    # === PARTS === #

    def _partner(self, partner):
        if not partner:
            return None
        values = {"id": partner.id, "name": partner.name, "reference": partner.ref, "vat": partner.vat}
        return payload.part("partner_summary", {name: value or None for name, value in values.items()})

    def _journal(self, journal):
        if not journal:
            return None
        return payload.part("journal_summary", {"id": journal.id, "code": journal.code, "name": journal.name})

    def _money(self, currency):
        places = currency.decimal_places if currency else 2
        return lambda amount: payload.money(amount or 0.0, places)

    def _number(self, value):
        """A number without an amount's places, as it was entered."""
        return f"{Decimal(repr(float(value or 0.0))).normalize() + 0:f}"

    def _masked(self, number):
        text = "".join(str(number or "").split())
        return f"{'*' * (len(text) - TAIL)}{text[-TAIL:]}" if len(text) > TAIL else ("*" * len(text) or None)
