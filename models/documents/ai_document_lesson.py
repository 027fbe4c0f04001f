"""One accepted document that taught its vendor's layout; undoing its booking takes the lesson back."""

from odoo import api, fields, models

from ...engine.extraction import Found, Layout, Page, Reading
from ...engine.extraction.learned import learn
from .field_words import field_name

#: Lessons of a vendor that a layout is rebuilt from.
MOST = 12


class AiDocumentLesson(models.Model):
    """What a person accepted of one document, with what he had corrected."""

    _name = "ai.document.lesson"
    _inherit = "ai.target.mixin"
    _description = "Lesson of a Layout"
    _order = "id desc"
    _check_company_auto = True

    layout_id = fields.Many2one("ai.document.layout", required=True, readonly=True, index=True, ondelete="cascade")
    document_id = fields.Many2one("ai.document", required=True, readonly=True, index=True, ondelete="cascade")
    suggestion_id = fields.Many2one("ai.suggestion", readonly=True, index="btree_not_null", ondelete="set null")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    res_model = fields.Char(required=True, readonly=True, default="account.move")
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True, string="Entry")
    user_id = fields.Many2one("res.users", readonly=True, string="Accepted By", ondelete="set null")
    reading = fields.Json(readonly=True, help="What was accepted, as engine.extraction.Reading.")
    corrections = fields.Json(readonly=True, help="{field: engine.extraction.Found} that the person had changed.")
    counts = fields.Boolean(readonly=True, default=True, help="Not any more once its booking was undone.")
    corrected_text = fields.Char(compute="_compute_corrected_text", string="Corrected")

    _live_uniq = models.UniqueIndex("(document_id) WHERE counts", "This document taught already.")

    @api.model
    def _target_models(self):
        return ["account.move"]

    @api.depends("corrections")
    @api.depends_context("lang")
    def _compute_corrected_text(self):
        for lesson in self:
            told = lesson.corrections or {}
            lesson.corrected_text = ", ".join(
                f"{field_name(self.env, name)}: {row.get('value') or '–'}" for name, row in told.items()
            )

    def action_open_entry(self):
        """Open the entry."""
        return self._open_target()

    def _teach(self, known):
        """``known`` (an ``engine.extraction.Layout`` or None) after this lesson."""
        pages = tuple(Page.from_json(page) for page in self.document_id._pages())
        corrections = {name: Found.from_json(row) for name, row in (self.corrections or {}).items()}
        context = self.env["ai.document"]._context_without_layouts(self.company_id)
        return learn(pages, Reading.from_json(self.reading), corrections, known, context)

    @api.model
    def _learn(self, documents, suggestions):
        """A lesson of each document that a person accepted, and what its layout knows then.

        :param documents: {suggestion: document}; readings of e-invoices teach no layout
        """
        for suggestion in suggestions:
            document = documents.get(suggestion)
            vendor = suggestion.partner_id or document and document.move_id.partner_id
            if document and vendor and document.source != "xml" and document._pages():
                self._learn_one(document, suggestion, vendor)

    def _learn_one(self, document, suggestion, vendor):
        layout = self.env["ai.document.layout"]._of_vendor(document.company_id, vendor)
        older = self.search([("document_id", "=", document.id), ("counts", "=", True)])
        older._take_back()
        reading, corrections = document._accepted_reading(suggestion, vendor)
        lesson = self.create(
            {
                "layout_id": layout.id,
                "document_id": document.id,
                "suggestion_id": suggestion.id,
                "company_id": document.company_id.id,
                "res_id": document.move_id.id,
                "user_id": suggestion.decided_by_id.id or self.env.uid,
                "reading": reading.to_json(),
                "corrections": {name: found.to_json() for name, found in corrections.items()},
            }
        )
        layout._store(lesson._teach(Layout("", layout.data) if layout.data else None), layout.document_count + 1)
        layout._keep_latest(MOST)
        self.env["ai.audit.log"]._append("layout_learned", layout, [{"fields": sorted(corrections)}])

    def _take_back(self):
        """These count no more; their layouts are rebuilt from the others."""
        if not self:
            return
        self.write({"counts": False})
        self.layout_id.with_context(active_test=False)._rebuild()
        self.env["ai.audit.log"]._append(
            "layout_unlearned", self.layout_id, [{"documents": layout.document_count} for layout in self.layout_id]
        )


class AiDocumentLayout(models.Model):
    _inherit = "ai.document.layout"

    def _keep_latest(self, most):
        """Old lessons are in what the layout knows; only the latest can still be taken back one by one."""
        old = self.lesson_ids.filtered("counts").sorted("id", reverse=True)[most:]
        old.write({"counts": False})
