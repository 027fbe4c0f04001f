"""Payouts of payment providers: one entry each, over the provider's clearing account."""

from decimal import Decimal

from odoo import models
from odoo.tools import format_amount, format_date

from ...engine.payouts import settle
from .payout_words import LABELS

#: Changes whenever the same facts may give other answers.
MODEL_VERSION = "payouts-1"
#: The file's tax and the computed one may differ by a cent a fee, for providers round each of them.
CENTS_A_FEE = Decimal("0.01")
#: A card shows so many rows one by one.
CARD_ROWS = 14


class AiProposerPayout(models.AbstractModel):
    _name = "ai.proposer.payout"
    _inherit = "ai.proposer.entry"
    _description = "Provider Payouts"

    _kind = "payout"

    def _models(self):
        return ("ai.payout",)

    def _collect(self, records):
        return self.env["ai.facts.payout"]._collect(records)

    def _propose(self, facts):
        return settle(facts)

    def _context(self, facts):
        return {"places": facts.places, "cases": {case.key: case for case in facts.cases}}

    # === ANSWER → SUGGESTION === #

    def _values(self, record, answer, context):
        if answer.outcome == "nothing":
            return None
        provider = record.provider_id.sudo()
        day = self._day(record, provider)
        proposal = self._payout_proposal(record, answer.rows)
        values = {
            "kind": self._kind,
            "res_model": record._name,
            "res_id": record.id,
            "company_id": record.company_id.id,
            "journal_id": provider.journal_id.id,
            "amount": record.amount,
            "currency_id": record.currency_id.id,
            "date": day,
            "label": f"{provider.name} {record.name}",
            "tier": "match",
            "case": "settlement",
            "model_version": MODEL_VERSION,
            "confidence": answer.confidence,
            "margin": 1.0,
        }
        reasons = [[code, data] for code, data in answer.reasons]
        if day != record.date:
            told = {"date": format_date(self.env, record.date), "other": format_date(self.env, day)}
            reasons.append(["payout_redated", told])
        evidence = {
            "version": 1,
            "case": "settlement",
            "reasons": reasons,
            "alternatives": [],
            "ticks": {},
            "marks": [],
            "support": list(answer.support),
            "open": self._open_amounts(proposal["lines"]),
        }
        mark = self._fingerprint(proposal)
        if answer.outcome != "asked":
            about = [("kind", "=", self._kind), ("res_model", "=", record._name), ("res_id", "=", record.id)]
            if self._was_rejected(about, mark):
                return None
            return {**values, "is_question": False, "proposal": proposal, "evidence": evidence, "fingerprint": mark}
        choices = [self._answer_choice(record, answer, choice) for choice in answer.choices]
        rows = [row for choice in choices for row in choice["proposal"]["lines"]]
        evidence = {**evidence, "alternatives": choices, "open": self._open_amounts(rows or proposal["lines"])}
        return {**values, "is_question": True, "proposal": {}, "evidence": evidence, "fingerprint": f"asked {mark}"}

    def _answer_choice(self, record, answer, choice):
        """What the row that is asked about pays, as the entry that it would make."""
        item = self.env["account.move.line"].sudo().browse(choice.item or [])
        row = self.env["ai.payout.line"].sudo().browse(answer.asked_row)
        about = {"amount": format_amount(self.env, row.amount, row.currency_id), "name": item.move_id.name or ""}
        code = "payout_choice" if choice.item else "payout_choice_left"
        proposal = self._payout_proposal(record, choice.rows)
        return self._alternative(proposal["lines"], "settlement", title=(code, about))

    def _day(self, record, provider):
        """The payout's date, or the first open day after it."""
        return self.env["ai.bank.return.entry"]._open_day(
            record.company_id, record.date, provider.journal_id, self.env["account.move"]
        )

    def _payout_proposal(self, record, rows):
        currencies = {currency.name: currency.id for currency in self.env["res.currency"].search([])}
        lines = self.env["ai.payout.line"].sudo().browse([row.source for row in rows if row.source])
        texts = {line.id: line.reference or line.customer or line.text or "" for line in lines}
        made = [self._row(record, row, currencies, texts) for row in rows]
        return self._proposal([part for row in made for part in self._taxed_parts(record, row)])

    def _row(self, record, row, currencies, texts):
        label = self.env._(LABELS[row.what])
        about = texts.get(row.source) or record.name
        values = {
            "account_id": row.account,
            "amount": str(row.amount),
            "label": f"{label}: {about}"[:200],
            "currency_id": currencies[row.currency],
            "amount_currency": str(row.own),
            "what": row.what,
        }
        told = {
            "partner_id": row.partner,
            "move_line_id": row.item,
            "reopens": [row.reopens] if row.reopens else None,
            "tax_ids": list(row.taxes) or None,
        }
        values |= {name: value for name, value in told.items() if value}
        return {**values, "told_tax": row.tax_amount} if row.tax_amount is not None else values

    def _taxed_parts(self, record, row):
        """The fee's row; in two parts where the file tells tax on a part of it, without tax where it tells none."""
        told = row.pop("told_tax", None)
        taxes = self.env["account.tax"].sudo().browse(row.get("tax_ids") or [])
        if told is None or not taxes or record.currency_id != record.company_id.currency_id:
            return [row]
        total = Decimal(row["amount"])
        found = taxes.with_context(force_price_include=True).compute_all(float(total), currency=record.currency_id)
        computed = Decimal(str(round(sum(tax["amount"] for tax in found["taxes"]), 6)))
        if abs(computed - told) <= CENTS_A_FEE * max(record.line_count, 1):
            return [{**row, "tax_amount": str(told)}]
        if not told:
            return [{name: value for name, value in row.items() if name != "tax_ids"}]
        percent = Decimal(str(taxes.amount)) if len(taxes) == 1 and taxes.amount_type == "percent" else Decimal(0)
        taxed = (
            (told * (100 + percent) / percent).quantize(Decimal(1).scaleb(-record.currency_id.decimal_places))
            if (percent)
            else total
        )
        if abs(taxed) >= abs(total):
            return [{**row, "tax_amount": str(told)}]
        bare = {name: value for name, value in row.items() if name != "tax_ids"}
        first = {**row, "amount": str(taxed), "amount_currency": str(taxed), "tax_amount": str(told)}
        return [first, {**bare, "amount": str(total - taxed), "amount_currency": str(total - taxed)}]

    def _note_findings(self, answers):
        """The rows remember what explains them; see ``ai.payout.line``."""
        self.env["ai.payout.line"]._note({answer.line: answer.found for answer in answers})

    def _card_entry(self, suggestion, items, proposal=None):
        """Many rows of one sort are shown as one: a payout has hundreds of sales."""
        shown = suggestion.proposal if proposal is None else proposal
        rows = (shown or {}).get("lines") or []
        if len(rows) <= CARD_ROWS:
            return super()._card_entry(suggestion, items, proposal)
        groups = {}
        for row in rows:
            place = (row["account_id"], row["what"], row.get("currency_id"), bool(row.get("tax_ids")))
            groups.setdefault(place, []).append(row)
        folded = [self._folded(group) for group in groups.values()]
        return super()._card_entry(suggestion, items, {**shown, "lines": folded})

    def _folded(self, rows):
        if len(rows) == 1:
            return rows[0]
        label = self.env._(LABELS[rows[0]["what"]])
        names = ("account_id", "currency_id", "what", "tax_ids")
        return {
            **{name: rows[0][name] for name in names if name in rows[0]},
            **{name: str(sum(Decimal(row[name]) for row in rows)) for name in ("amount", "amount_currency")},
            "label": self.env._("%(what)s: %(count)s rows", what=label, count=len(rows)),
        }

    # === BOOKING === #

    def _moved(self, suggestion):
        payout = self.env["ai.payout"].sudo().browse(suggestion.res_id).exists()
        if payout and payout.state != "taken":
            return self.env._("The payout was booked meanwhile.")
        return super()._moved(suggestion)

    def _book(self, suggestion):
        matching = self.env["ai.proposer.bank_match"]
        for row in suggestion.proposal["lines"]:
            if row.get("reopens"):
                matching._separate(self.env["account.move.line"].browse(row["move_line_id"]), row["reopens"])
        return super()._book(suggestion)

    def _after_booking(self, suggestion, entries):
        """A chargeback of a part leaves the rest paid; the payout knows its entry and what the bank will show."""
        rows = suggestion.proposal["lines"]
        self._rejoin(rows)
        payout = self.env["ai.payout"].sudo().browse(suggestion.res_id)
        label = next((row["label"] for row in rows if row.get("what") == "net"), None)
        clearing = payout.provider_id.clearing_account_id
        net = entries.line_ids.filtered(lambda item: item.account_id == clearing and item.name == label)
        payout.write({"state": "booked", "move_id": entries[:1].id, "net_item_id": net[-1:].id})
        return super()._after_booking(suggestion, entries)

    def _rejoin(self, rows):
        """What a payment that came back had paid is paid by what is left of it."""
        for row in rows:
            if row.get("reopens"):
                items = self.env["account.move.line"].browse([row["move_line_id"], *row["reopens"]]).exists()
                if len(items) > 1 and not any(items.mapped("reconciled")):
                    items.reconcile()

    # === UNDOING === #

    def _undo(self, suggestions):
        result = super()._undo(suggestions)
        for suggestion in suggestions:
            self._rejoin(suggestion.proposal["lines"])
        payouts = self.env["ai.payout"].sudo().browse(suggestions.mapped("res_id")).exists()
        payouts.write({"state": "taken", "move_id": False, "net_item_id": False})
        return result
