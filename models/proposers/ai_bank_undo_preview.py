"""What undoing bank lines would do, read in sets; nothing is written."""

from collections import defaultdict
from decimal import Decimal

from odoo import models


class AiBankUndoPreview(models.AbstractModel):
    _name = "ai.bank.undo.preview"
    _description = "Preview of Undoing Bank Lines"

    def _of(self, suggestions, lines, refused):
        """{suggestion id: what undoing it would do}, see ``ai.suggestion.undo_preview``.

        :param dict lines: account.bank.statement.line by id
        :param dict refused: {suggestion id: why it can't be undone, though nothing is locked}
        """
        found = suggestions.filtered(lambda suggestion: suggestion.res_id in lines)
        items = self.env["account.move"].union(*(lines[s.res_id].move_id for s in found)).line_ids
        items.fetch(["tax_ids", "tax_tag_ids", "tax_line_id"])  # the locks ask for them entry by entry
        partials = items.matched_debit_ids + items.matched_credit_ids
        made = defaultdict(lambda: self.env["account.move"])
        # Cash basis entries belong to what is unreconciled; reading them follows the line's own access.
        for move in self.env["account.move"].search([("tax_cash_basis_rec_id", "in", partials.ids)]):
            made[move.tax_cash_basis_rec_id.id] += move
        for partial in partials:
            made[partial.id] += partial.exchange_move_id
        return {s.id: self._row(s, lines[s.res_id], made, refused.get(s.id)) for s in found}

    def _row(self, suggestion, line, made, refusal):
        returns = self.env["ai.bank.return.entry"]
        items = line.move_id.line_ids
        partials = items.matched_debit_ids + items.matched_credit_ids
        entries = self.env["account.move"].union(*(made[partial.id] for partial in partials))
        locks = returns._locks(line)
        documents = self._documents(suggestion, items)
        open_day = returns._first_open_day(line, returns._journal(line.company_id)) if locks else None
        return {
            "line_id": line.id,
            "locked": bool(locks),
            "can_undo": not locks and not refusal,
            "can_transfer": bool(locks) and not refusal,
            "transfer_date": str(open_day) if open_day else None,
            "documents": documents,
            "reversed": [{"move_id": move.id, "name": move.name} for move in entries],
            "pays_again": [{"move_id": move.id, "name": move.name} for move in self._paid_again(suggestion)],
            "text": refusal or self._sentence(documents, entries, locks, open_day),
        }

    def _documents(self, suggestion, items):
        """The documents whose matching with this line ends, and how much of each opens again."""
        rows = (suggestion.proposal or {}).get("counterparts") or []
        returned = {row["move_line_id"] for row in rows if row.get("reopens")}
        opens = {}
        for partial in items.matched_debit_ids:
            self._add_opened(opens, partial.debit_move_id, partial.debit_amount_currency, returned)
        for partial in items.matched_credit_ids:
            self._add_opened(opens, partial.credit_move_id, partial.credit_amount_currency, returned)
        return [
            {"move_id": move.id, "name": move.name, "opens": str(amount), "payment_state": move.payment_state}
            for move, amount in opens.items()
        ]

    def _add_opened(self, opens, item, amount, returned):
        if item.id not in returned:
            places = Decimal(1).scaleb(-item.currency_id.decimal_places)
            opens[item.move_id] = opens.get(item.move_id, Decimal(0)) + Decimal(str(amount)).quantize(places)

    def _paid_again(self, suggestion):
        rows = (suggestion.proposal or {}).get("counterparts") or []
        ids = [item_id for row in rows for item_id in row.get("reopens") or []]
        return self.env["account.move.line"].browse(ids).exists().move_id

    def _sentence(self, documents, made, locks, open_day):
        if locks:
            return self.env._(
                "The period is locked until %(until)s: the matching stays. A transfer entry on %(date)s can move the "
                "amount back to the suspense account.",
                until=str(locks[-1][0]),
                date=str(open_day),
            )
        parts = [self.env._("The amount goes back to the suspense account.")]
        if documents:
            names = ", ".join(document["name"] for document in documents[:5])
            parts.append(self.env._("Open again: %(names)s.", names=names))
        if made:
            parts.append(self.env._("Reversed: %(names)s.", names=", ".join(made.mapped("name"))))
        return " ".join(parts)
