"""A document that came in: the file as it came, what was read from it, and the draft that it is for."""

import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .document_words import error_text

QUEUED, READING, READ, NOT_BILL, FAILED = "queued", "reading", "read", "not_bill", "failed"
STATES = [
    (QUEUED, "Waits to be read"),
    (READING, "Being read"),
    (READ, "Read"),
    (NOT_BILL, "Not a bill"),
    (FAILED, "Can't be read"),
]
REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"


class AiDocument(models.Model):
    """One file of one draft. Nothing but the file is on the draft until somebody accepts what is proposed for it.

    People read these records; only the methods here write them.
    """

    _name = "ai.document"
    _inherit = "ai.target.mixin"
    _description = "Incoming Document"
    _order = "id desc"
    _check_company_auto = True
    _ai_is_target = True

    name = fields.Char(required=True, readonly=True, string="File")
    state = fields.Selection(STATES, required=True, default=QUEUED, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    journal_id = fields.Many2one("account.journal", readonly=True)
    move_id = fields.Many2one("account.move", readonly=True, index=True, ondelete="cascade", string="Draft")
    res_model = fields.Char(required=True, readonly=True, default="account.move")
    res_id = fields.Many2oneReference(model_field="res_model", compute="_compute_res_id", store=True, readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", readonly=True, index=True, ondelete="restrict", string="Original", help="As it came."
    )
    picture_id = fields.Many2one(
        "ir.attachment",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="What people see of an e-invoice: the PDF or image that came with it.",
    )
    mail_id = fields.Many2one(
        "ir.attachment",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The mail that brought it, as it came.",
    )
    sender = fields.Char(readonly=True, help="Address that the mail came from. A sender's name is easily forged.")
    sha256 = fields.Char(readonly=True, index=True, string="SHA-256", help="Of the file as it came.")
    mail_sha256 = fields.Char(readonly=True, string="SHA-256 of the Mail")
    size = fields.Integer(readonly=True, string="Bytes", aggregator=False)
    media_type = fields.Char(readonly=True)
    page_count = fields.Integer(readonly=True, string="Pages", aggregator=False)
    page_numbers = fields.Json(readonly=True, help="Pages of the file that are this document; empty: all.")
    next_page = fields.Integer(readonly=True, help="Page of a long file to go on with; 0: from the beginning.")
    page_sizes = fields.Json(readonly=True, help="[width, height, problem, turned] of each page.")
    source = fields.Selection(
        [("xml", "E-invoice"), ("text", "Text of the PDF"), ("ocr", "Recognised"), ("model", "Language model")],
        readonly=True,
        string="Read From",
    )
    kind = fields.Char(readonly=True, help="One of engine.extraction.reading.DOCUMENT_KINDS.")
    reading = fields.Json(readonly=True, help="engine.extraction.Reading as JSON.")
    decoded = fields.Json(readonly=True, help="What Odoo's own decoder makes of the e-invoice: records and amounts.")
    # Words with boxes: what a click on the picture finds, and what corrections are learned from.
    pages = fields.Binary(readonly=True, attachment=True, groups=fields.NO_ACCESS, help="JSON of readers' pages.")
    thumbnail = fields.Binary(readonly=True, attachment=True)
    error_code = fields.Char(readonly=True)
    error_values = fields.Json(readonly=True)
    error = fields.Char(compute="_compute_error", string="What Went Wrong")
    read_at = fields.Datetime(readonly=True)
    is_proposed = fields.Boolean(readonly=True, help="What was read has been proposed for the draft.")

    @api.model
    def _target_models(self):
        """Entries only: to ask every other target, which may ask this one, would never end."""
        return ["account.move"]

    @api.depends("move_id")
    def _compute_res_id(self):
        for document in self:
            document.res_id = document.move_id.id

    @api.depends("error_code", "error_values")
    @api.depends_context("lang")
    def _compute_error(self):
        for document in self:
            document.error = error_text(self.env, document.error_code, document.error_values or {})

    def _check_reviewer(self):
        """Who decides about bills may upload, file and read again; agents and auditors may not."""
        if not (self.env.su or self.env.user.has_group(REVIEWER)):
            raise AccessError(self.env._("Only reviewers do this. Ask a bookkeeping manager."))

    def _content(self):
        """The bytes of the original; the attachment's own rights are the draft's, which are asked before."""
        self.ensure_one()
        return self.sudo().attachment_id.raw or b""

    @api.model
    def _sha256(self, content):
        return hashlib.sha256(content or b"").hexdigest()

    @api.ondelete(at_uninstall=False)
    def _unlink_with_draft_only(self):
        """While the entry lives, so does what it was made from."""
        if not self.env.su:
            raise AccessError(self.env._("Documents go with their draft only."))
