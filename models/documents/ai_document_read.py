"""Reading, in slices of a job: bytes to words in a process of its own, words to fields, fields to a suggestion."""

import base64
import json
from dataclasses import replace

from odoo import api, fields, models

from ...engine.extraction import Page, Reading, extract
from ...engine.extraction.page import OCR
from ...engine.extraction.reading import BOOKED_KINDS, UNKNOWN
from ...readers import parcel
from ...readers.document import DocumentError, read_apart
from ...readers.document import Page as ScannedPage
from ...readers.document import group as group_pages
from .ai_document import FAILED, NOT_BILL, QUEUED, READ, READING

PROPOSER = "ai.proposer.bill_document"
#: Of a slice: workers are ended when they take longer than Odoo allows.
MOST_SECONDS = 45.0
#: Files of an archive that an error names.
MOST_NAMES = 5


class AiDocument(models.Model):
    _inherit = "ai.document"

    def _carry_on(self, seconds):
        """One slice of the work; whether all is done. What was committed before is not done again.

        :raise LockError: when another run proposes for the company right now
        """
        self.ensure_one()
        if self.state == QUEUED:
            self.write({"state": READING, "next_page": 0})
            return False
        if self.state == READING:
            self._read_file(seconds)
            return self.state not in (READ, READING)
        if self.state == READ and not self.is_proposed:
            self._propose_read()
        return True

    def _read_file(self, seconds):
        """Read the original, or go on with a long one, and store what it says.

        A file that can't be read says why, and stays.
        """
        try:
            scan = self._with_earlier(self._scan(min(seconds, MOST_SECONDS)))
        except DocumentError as error:
            self._fail(error.code, error.values)
            return
        if scan.next:
            self._keep_pages(scan.pages, scan)
            self.next_page = scan.next
            return
        groups = [group for group in scan.documents if group]
        if len(groups) > 1 and not self.page_numbers:
            self._split(groups, scan)
        self._store_scan(scan)

    def _scan(self, seconds):
        """:raise DocumentError: it can't be read"""
        content = self._content()
        if self._sha256(content) != self.sha256:
            # By SQL, in the file store, or by a restore that left it behind: no bill is made of something else.
            raise DocumentError("changed")
        if parcel.kind(content, self.name):
            refused = parcel.unpack(content, self.name).refused
            names = ", ".join(f"{name} ({code.replace('_', ' ')})" for name, code in refused[:MOST_NAMES])
            raise DocumentError("parcel", names=names)
        return read_apart(content, self.name, images=True, first=self.next_page or 1, seconds=seconds)

    def _with_earlier(self, scan):
        """With the pages that earlier slices read."""
        if not self.next_page:
            return scan
        pages = (*(ScannedPage.from_json(row) for row in self._pages()), *scan.pages)
        return replace(scan, pages=pages, documents=group_pages(pages))

    def _fail(self, code, values):
        self.write(
            {"state": FAILED, "error_code": code, "error_values": plain(values), "read_at": fields.Datetime.now()}
        )

    def _break_off(self, name):
        """Something unforeseen: what was read by then stays, and says that nothing is proposed."""
        if self.state == READ:
            self.write({"error_code": "not_proposed", "error_values": {"name": name}, "is_proposed": True})
        else:
            self._fail("unexpected", {"name": name})

    # === STORING === #

    def _store_scan(self, scan):
        pages = self._own_pages(scan)
        self.media_type = scan.media_type
        self._keep_pages(pages, scan)
        problem = self._no_words(pages, scan)
        if problem:
            self._fail(problem, {})
            return
        try:
            reading, source = self._einvoice_reading(pages, scan) or self._printed_reading(pages)
        except DocumentError as error:
            self._fail(error.code, error.values)
            return
        self._store_reading(reading, source)

    def _own_pages(self, scan):
        """Pages of the file that are this document, all of them when it was not split."""
        own = set(self.page_numbers or ())
        return [page for page in scan.pages if not own or page.number in own]

    def _no_words(self, pages, scan):
        """Code of why nothing at all was read; empty when something was."""
        if any(page.words for page in pages) or scan.embedded:
            return ""
        return next((page.problem for page in pages if page.problem), "no_words")

    def _keep_pages(self, pages, scan):
        told = [page.to_json() for page in pages]
        self.write(
            {
                "page_count": len(pages),
                "page_sizes": [[page.width, page.height, page.problem, page.turned] for page in pages],
                "pages": base64.b64encode(json.dumps(told).encode()),
            }
        )
        self._keep_pictures({page.number: scan.images.get(page.number) for page in pages})

    def _store_reading(self, reading, source):
        """What was read, with what a person said before: that is never read over."""
        told = self._with_words_of_people(reading.to_json())
        kind = told["kind"]
        # What can't be told is shown to a person as a bill, not put away.
        state = READ if kind in (*BOOKED_KINDS, UNKNOWN) else NOT_BILL
        self.write(
            {
                "state": state,
                "kind": kind,
                "reading": told,
                "source": source,
                "error_code": False,
                "error_values": False,
                "read_at": fields.Datetime.now(),
                "next_page": 0,
                "is_proposed": False,
            }
        )

    def _with_words_of_people(self, told):
        before = (self.reading or {}).get("fields") or {}
        said = {name: row for name, row in before.items() if row.get("source") == "person"}
        return {**told, "fields": {**told["fields"], **said}} if said else told

    # === FIELDS === #

    def _printed_reading(self, pages):
        """(Reading, source) of the words on the pages."""
        reading = extract(tuple(Page.from_json(page.to_json()) for page in pages), self._context(self.company_id))
        recognised = sum(page.source == OCR for page in pages)
        return reading, "ocr" if recognised * 2 > len(pages) else "text"

    @api.model
    def _reading(self, document):
        """The stored reading as a value of the engine."""
        return Reading.from_json(document.reading) if document.reading else Reading()

    # === PROPOSING === #

    def _propose_read(self):
        """Have what was read proposed for the draft.

        :raise LockError: when another run proposes for the company right now
        """
        moves = self.move_id.filtered(lambda move: move.state == "draft" and not move.invoice_line_ids)
        if moves:
            self.env["ai.suggestion"]._propose(self.env[PROPOSER], moves)
        self.is_proposed = True


def plain(values):
    """Values of an error as JSON."""
    return {name: value if isinstance(value, (int, float, str)) else str(value) for name, value in values.items()}
