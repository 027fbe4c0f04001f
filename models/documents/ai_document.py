"""A document that came in: the file as it came, what was read from it, and the draft that it is for."""

from odoo import api, fields, models

QUEUED, READING, READ, NOT_BILL, FAILED = "queued", "reading", "read", "not_bill", "failed"


class AiDocument(models.Model):
    """One file of one draft. Nothing but the file is on the draft until somebody accepts what is proposed for it."""

    _name = "ai.document"
    _inherit = "ai.target.mixin"
    _description = "Incoming Document"
    _order = "id desc"
    _check_company_auto = True
    _ai_is_target = True

    name = fields.Char(required=True, readonly=True, string="File")
    state = fields.Selection(
        [
            (QUEUED, "Waits to be read"),
            (READING, "Being read"),
            (READ, "Read"),
            (NOT_BILL, "Not a bill"),
            (FAILED, "Can't be read"),
        ],
        required=True,
        default=QUEUED,
        readonly=True,
        index=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    journal_id = fields.Many2one("account.journal", readonly=True)
    move_id = fields.Many2one("account.move", readonly=True, index=True, ondelete="cascade", string="Draft")
    res_model = fields.Char(required=True, readonly=True, default="account.move")
    res_id = fields.Many2oneReference(model_field="res_model", compute="_compute_res_id", store=True, readonly=True)
    attachment_id = fields.Many2one("ir.attachment", readonly=True, ondelete="restrict", string="Original")
    sha256 = fields.Char(readonly=True, index=True, string="SHA-256", help="Of the file as it came.")
    size = fields.Integer(readonly=True, string="Bytes", aggregator=False)
    media_type = fields.Char(readonly=True)
    page_count = fields.Integer(readonly=True, string="Pages", aggregator=False)
    source = fields.Selection(
        [("xml", "E-invoice"), ("text", "Text of the PDF"), ("ocr", "Recognised"), ("model", "Language model")],
        readonly=True,
        string="Read From",
    )
    kind = fields.Char(readonly=True, help="One of engine.extraction.reading.DOCUMENT_KINDS.")
    reading = fields.Json(readonly=True, help="engine.extraction.Reading as JSON.")
    # Words with boxes: what a click on the picture finds, and what corrections are learned from.
    pages = fields.Binary(readonly=True, attachment=True, groups=fields.NO_ACCESS, help="JSON of readers' pages.")
    thumbnail = fields.Binary(readonly=True, attachment=True)
    error = fields.Char(readonly=True)
    read_at = fields.Datetime(readonly=True)

    @api.model
    def _target_models(self):
        """Entries only: to ask every other target, which may ask this one, would never end."""
        return ["account.move"]

    @api.depends("move_id")
    def _compute_res_id(self):
        for document in self:
            document.res_id = document.move_id.id
