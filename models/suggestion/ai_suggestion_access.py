"""What a card must not tell: documents that the reader may not see."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..audit.readable import readable, readable_items, sees_all_books

#: Raw fields that name documents.
RAW = ("proposal", "evidence", "before", "error")
#: Keys under which reasons and previews name a document.
NAMES = ("name", "label", "batch", "why")


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _check_decider(self):
        """Nobody settles a document that they may not see."""
        result = super()._check_decider()
        items = self.sudo().item_ids.move_line_id.sudo(self.env.su)
        if not sees_all_books(self.env) and items != readable_items(items):
            self._refuse(self.env._("It would settle a document that you may not see. Ask somebody who may."))
        return result

    # === CARDS === #

    def _card_records(self):
        items, accounts, taxes, partners = super()._card_records()
        if sees_all_books(self.env):
            return items, accounts, taxes, partners
        shown = readable_items(self.env["account.move.line"].browse(items))
        people = readable(self.env["res.partner"].browse(partners))
        items = {item_id: item for item_id, item in items.items() if item_id in shown._ids}
        return items, accounts, taxes, {key: partner for key, partner in partners.items() if key in people._ids}

    def _card_body(self, proposal, items, accounts, taxes):
        body = super()._card_body(proposal, items, accounts, taxes)
        rows = proposal.get("counterparts") or []
        if len(rows) > len(body["documents"]):
            hidden = [row for row in rows if row["move_line_id"] not in items]
            body["documents"] += [self._card_hidden_document(row) for row in hidden]
        return body

    def _card_hidden_document(self, row):
        return {
            "move_line_id": False,
            "move_id": False,
            "name": self._hidden_name(),
            "label": "",
            "partner": "",
            "date": "",
            "due": "",
            "open": 0.0,
            "amount": float(row["amount"]),
            "leaves": 0.0,
            "currency_id": self.currency_id.id,
            "reopens": bool(row.get("reopens")),
        }

    def _card(self, items, accounts, taxes, partners):
        card = super()._card(items, accounts, taxes, partners)
        if card["error"] and not sees_all_books(self.env):
            card["error"] = self._hidden_error()
        return card

    @api.model
    def _sentences(self, reasons):
        return super()._sentences(self._without_hidden_names(reasons))

    # === RAW FIELDS, EXPORTS, PREVIEWS === #

    def _read_format(self, fnames, load="_classic_read"):
        rows = super()._read_format(fnames, load)
        if set(fnames) & set(RAW) and not sees_all_books(self.env):
            for row in rows:
                for name in set(RAW) & set(row):
                    row[name] = self._without_hidden_names(row[name]) if name != "error" else self._error_for(row)
        return rows

    def _error_for(self, row):
        return self._hidden_error() if row["error"] else row["error"]

    def _export_rows(self, fields, **kwargs):
        raw = {path[0] for path in fields if path and path[0] in RAW}
        if raw and not sees_all_books(self.env):
            raise AccessError(self.env._("These columns name documents that you may not see; leave them out."))
        return super()._export_rows(fields, **kwargs)

    def undo_preview(self) -> list[dict]:
        return self._without_hidden_rows(super().undo_preview())

    def _without_hidden_rows(self, previews):
        """Previews, one object per suggestion, whose lists name entries by ``move_id``."""
        if sees_all_books(self.env):
            return previews
        return [self._without_hidden_names({"row": row})["row"] | {"name": row["name"]} for row in previews]

    @api.model
    def _without_hidden_names(self, value):
        """The JSON value with the names of documents masked that the user may not see."""
        if not value or sees_all_books(self.env):
            return value
        names = set(self._names_in(value))
        return self._masked(value, names - self._visible_names(names)) if names else value

    def _names_in(self, value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in NAMES and isinstance(inner, str) and inner:
                    yield inner
                else:
                    yield from self._names_in(inner)
        elif isinstance(value, (list, tuple)):
            for inner in value:
                yield from self._names_in(inner)

    def _visible_names(self, names):
        names = list(names)
        moves = self.env["account.move"]
        found = Domain.OR([(field, "in", names)] for field in ("name", "ref", "payment_reference"))
        shown = readable(moves.search(found)) if moves.has_access("read") else moves
        items = self.env["account.move.line"]
        if items.has_access("read"):
            items = readable_items(items.search([("name", "in", names)]))
        words = {move[field] for move in shown for field in ("name", "ref", "payment_reference")}
        return words | set(items.mapped("name"))

    def _masked(self, value, hidden):
        """``value`` with the hidden names replaced, inside sentences too."""
        if isinstance(value, dict):
            return {key: self._masked(inner, hidden) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._masked(inner, hidden) for inner in value]
        if isinstance(value, str):
            # Longer names first: one may be part of another.
            for name in sorted(hidden, key=len, reverse=True):
                value = value.replace(name, self._hidden_name())
        return value

    @api.model
    def _hidden_name(self):
        return self.env._("a document you may not see")

    @api.model
    def _hidden_error(self):
        return self.env._("It could not be booked. The reason names a document that you may not see.")
