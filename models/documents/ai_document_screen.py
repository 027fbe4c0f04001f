"""What the screen of one document shows: the file, what was read and where it stands, and what is proposed for it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.extraction.reading import AMOUNT_FIELDS, DATE_FIELDS
from .field_words import field_name
from .screen_words import ALWAYS, KINDS, SOURCES, WHERE_READ

REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
#: A field of the reading and the one of the proposal that says what would be booked.
PROPOSED = {
    "number": "ref",
    "date": "invoice_date",
    "due_date": "invoice_date_due",
    "currency": "currency",
    "vendor_iban": "iban",
    "payment_reference": "payment_reference",
    "order_reference": "origin",
    "service_from": "service_from",
    "service_to": "service_to",
    "net": "net",
    "tax": "tax",
    "total": "total",
}
#: Who says these is not asked again.
CERTAIN = ("person", "xml", "computed")
#: Lines of a document that are shown where it has no picture.
MOST_ITEMS = 200
#: A value that is right less often is marked to be looked at twice.
DOUBT = 0.9
#: Above it a value is shown as sure where no proposal says so itself.
SURE = 0.99


class AiDocument(models.Model):
    _name = "ai.document"
    _inherit = "ai.document"

    suggestion_id = fields.Many2one("ai.suggestion", compute="_compute_suggestion_id")

    @api.depends("move_id")
    @api.depends_context("uid")
    def _compute_suggestion_id(self):
        found = self._suggestions()
        for document in self:
            document.suggestion_id = found.get(document.move_id.id, False)

    def _suggestions(self):
        """{draft id: the suggestion that the screen shows}: what waits, else the last one that was decided."""
        suggestions = self.env["ai.suggestion"]._visible(
            [("res_model", "=", "account.move"), ("res_id", "in", self.move_id.ids)], order="id desc"
        )
        ranks = {"pending": 0, "accepted": 0, "failed": 0, "applied": 1, "rejected": 2}
        found = {}
        for suggestion in suggestions.sorted(lambda one: (ranks.get(one.state, 3), -one.id)):
            found.setdefault(suggestion.res_id, suggestion.id)
        return found

    # === PUBLIC: THE SCREEN === #

    def screen(self) -> dict:
        """Everything that the screen shows of one document.

        :return: ``{document: {...}, fields: [{name, label, type, value, text, box, source, sure}], items, taxes,
            problems, suggestion_id, card, can_decide}``; ``card`` as ``ai.suggestion.bill_card`` gives it, or None;
            ``box`` is ``[page, x0, y0, x1, y1]`` in fractions of the page
        :raise AccessError: when the caller may not read the document or its draft
        """
        self.ensure_one()
        self.check_access("read")
        suggestion = self.suggestion_id
        return {
            "document": self._screen_document(),
            "fields": self._screen_fields(suggestion),
            "items": self._screen_items(),
            "taxes": self._screen_taxes(),
            "problems": self._screen_problems(),
            "suggestion_id": suggestion.id,
            "card": suggestion.bill_card() if suggestion else None,
            "can_decide": self.env.user.has_group(REVIEWER),
        }

    def _screen_document(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        progress = dict(self._fields["progress"]._description_selection(self.env))
        kind = self.kind or ""
        move = self.move_id
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "state_label": states[self.state],
            "progress": self.progress,
            "progress_label": progress.get(self.progress, ""),
            "kind": kind,
            "kind_label": self.env._(KINDS[kind]) if kind in KINDS else kind,
            "source": self.source or "",
            "error": self.error or "",
            "outside_note": self.outside_note or "",
            "move_id": move.id,
            "move_state": move.state or "",
            "move_name": move.name if move.name and move.name != "/" else "",
            "company_id": self.company_id.id,
            "company": self.company_id.sudo().name,
            "journal": self.journal_id.sudo().name or "",
            "received": fields.Datetime.to_string(self.create_date),
            "read_at": fields.Datetime.to_string(self.read_at) if self.read_at else "",
            "attachment_id": self.attachment_id.id,
            "media_type": self.media_type or self.attachment_id.mimetype or "",
            "picture_id": self.picture_id.id or self.attachment_id.id,
            "pages": self._screen_pages(),
        }

    def _screen_pages(self):
        """``[{number, ratio}]``: pages of the file that are this document, and their height by width."""
        numbers = self.page_numbers or range(1, (self.page_count or 0) + 1)
        sizes = self.page_sizes or []
        ratios = [height / width if width else 0 for width, height, *_rest in sizes]
        return [
            {"number": number, "ratio": ratios[index] if index < len(ratios) else 0}
            for index, number in enumerate(numbers)
        ]

    def _screen_items(self):
        """Lines of the document as it lists them: ``[{text, quantity, unit_price, total}]``."""
        names = ("text", "quantity", "unit_price", "total")
        items = (self.reading or {}).get("items") or []
        return [{name: item.get(name) or "" for name in names} for item in items[:MOST_ITEMS]]

    def _screen_taxes(self):
        """``[{rate, base, tax}]`` as the document sums them."""
        parts = (self.reading or {}).get("taxes") or []
        return [{name: part.get(name) or "" for name in ("rate", "base", "tax")} for part in parts[:MOST_ITEMS]]

    def _screen_problems(self):
        """Checks of the reading that failed, as sentences."""
        problems = (self.reading or {}).get("problems") or []
        return self.env["ai.suggestion"]._sentences([(code, values) for code, values in problems])

    def _screen_fields(self, suggestion):
        read = (self.reading or {}).get("fields") or {}
        proposal = suggestion.proposal or {}
        said = (suggestion.evidence or {}).get("fields") or {}
        names = [name for name in (*ALWAYS, *WHERE_READ) if name in ALWAYS or (read.get(name) or {}).get("value")]
        return [self._screen_field(name, read.get(name) or {}, proposal, said.get(name) or {}) for name in names]

    def _screen_field(self, name, found, proposal, said):
        value = str(found.get("value") or "")
        proposed = proposal.get(PROPOSED.get(name))
        is_computed = bool(proposed) and not value
        value = str(proposed or "") if is_computed else value
        source = "computed" if is_computed else found.get("source") or ""
        confidence = found.get("confidence") or 0
        sure = said.get("sure", bool(value) and confidence >= SURE)
        return {
            "name": name,
            "label": field_name(self.env, name),
            "type": "amount" if name in AMOUNT_FIELDS else "date" if name in DATE_FIELDS else "text",
            "value": value,
            "booked": str(proposed) if proposed and str(proposed) != value else "",
            "text": found.get("text") or "",
            "box": found.get("box") or None,
            "source": source,
            "source_label": self.env._(SOURCES[source]) if source in SOURCES else source,
            "confidence": confidence,
            "sure": bool(sure or source in CERTAIN),
            "doubt": bool(value) and not sure and source not in CERTAIN and confidence < DOUBT,
            "is_always": name in ALWAYS,
        }

    def screen_states(self) -> list[dict]:
        """How far these documents are: what a screen that waits for them asks again and again.

        :return: ``[{id, state, progress, progress_label, error, vendor, number}]`` of those that the caller may read
        """
        self.browse().check_access("read")
        labels = dict(self._fields["progress"]._description_selection(self.env))
        return [
            {
                "id": document.id,
                "name": document.name,
                "state": document.state,
                "progress": document.progress,
                "progress_label": labels.get(document.progress, ""),
                "error": document.error or "",
                "vendor": document.vendor_name or "",
                "number": document.number or "",
            }
            for document in self.exists()._filtered_access("read")
        ]

    # === PUBLIC: BUTTONS === #

    def action_open_screen(self):
        """Open the screen that shows the document beside what was read."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("ai_bookkeeper.ai_document_screen_action")
        return {**action, "name": self.name, "params": {"document_id": self.id, "ids": self.ids}}

    def action_open_draft(self):
        """Open the entry of this document, to see it or to fill it by hand."""
        self.ensure_one()
        self.check_access("read")
        if not self.move_id:
            raise UserError(self.env._("This document has no entry."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [(False, "form")],
        }

    def action_propose(self):
        """Propose the booking of documents that were read and have none."""
        self._check_reviewer()
        self.check_access("read")
        read = self.filtered(lambda document: document.state == "read" and document.move_id.state == "draft")
        if not read:
            raise UserError(self.env._("Nothing can be proposed: it is not read, not a bill, or booked already."))
        self.env["ai.suggestion"].propose("account.move", read.move_id.ids)
        return True

    @api.model
    def upload_journals(self) -> list[dict]:
        """Purchase journals into which the caller may upload: ``[{id, name, company}]``, the usual one first."""
        self._check_reviewer()
        journals = self.env["account.journal"].search(
            [("type", "=", "purchase"), ("company_id", "in", self.env.companies.ids)]
        )
        current = self.env.company
        ordered = journals.sorted(lambda journal: (journal.company_id != current, journal.sequence, journal.id))
        return [
            {
                "id": journal.id,
                "name": journal.name,
                "company": journal.company_id.name,
                "company_id": journal.company_id.id,
            }
            for journal in ordered
        ]
