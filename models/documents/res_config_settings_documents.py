"""What this server can read, on the settings page."""

from markupsafe import Markup

from odoo import fields, models

from ...readers.libraries import libraries


class ResConfigSettings(models.TransientModel):
    _name = "res.config.settings"
    _inherit = "res.config.settings"

    ai_document_libraries = fields.Html(compute="_compute_ai_document_libraries", sanitize=False)

    def _compute_ai_document_libraries(self):
        table = self._ai_library_table()
        for settings in self:
            settings.ai_document_libraries = table

    def _ai_library_table(self):
        """A row for each kind of file: whether it can be read, and what to install for it."""
        texts = self._ai_library_texts()
        rows = Markup("").join(self._ai_library_row(library, *texts[library.code]) for library in libraries())
        return Markup('<table class="table table-sm mb-0"><tbody>%s</tbody></table>') % rows

    def _ai_library_row(self, library, title, without):
        if library.is_there:
            state, told = "text-bg-success", self.env._("works")
            more = ", ".join(library.detail)
        else:
            state, told = "text-bg-warning", self.env._("missing")
            more = self.env._(
                "%(without)s Install on the server: %(names)s.", without=without, names=", ".join(library.names)
            )
        return Markup('<tr><td>%s</td><td><span class="badge %s">%s</span></td><td class="text-muted">%s</td></tr>') % (
            title,
            state,
            told,
            more,
        )

    def _ai_library_texts(self):
        """{code: (what is read with it, what happens without it)}"""
        return {
            "pdf": (self.env._("PDF files"), self.env._("Bills in PDF wait unread.")),
            "pictures": (self.env._("Scans and photos"), self.env._("Pictures wait unread.")),
            "heic": (self.env._("Photos of iPhones (HEIC)"), self.env._("They wait unread; JPEG works.")),
            "xml": (self.env._("E-invoices"), self.env._("E-invoices in XML wait unread.")),
            "ocr": (
                self.env._("Words in pictures (Tesseract)"),
                self.env._("Scans and photos wait unread; text of PDF files is read."),
            ),
        }
