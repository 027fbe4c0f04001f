"""A person says what a document says: by a click on a word of its picture, or by typing."""

import math
from dataclasses import replace

from odoo import models
from odoo.exceptions import LockError, UserError

from ...engine.extraction import Box, Found, Page, Reading
from ...engine.extraction.checks import check
from ...engine.extraction.lines import read_items
from ...engine.extraction.normalise import normalise
from ...engine.extraction.reading import BOOKED_KINDS, DOCUMENT_KINDS, FIELDS
from ...engine.vocabulary import OPEN_STATES
from .ai_document import NOT_BILL, READ
from .ai_document_read import PROPOSER
from .field_words import field_name

#: Characters of a value; bills print no longer ones.
LONGEST = 300
#: Lines are read anew when one of these is corrected.
LINES_DEPEND_ON = ("net", "tax", "total")
#: A word belongs to a click when this part of it lies in the box.
COVERED = 0.5


class AiDocument(models.Model):
    _inherit = "ai.document"

    # === PUBLIC === #

    def correct(self, corrections: dict) -> dict:
        """Set fields of the reading as a person says, and propose the bill anew.

        :param corrections: ``{field: {"value": text, "box": [page, x0, y0, x1, y1] or None}}``: fields of
            ``engine.extraction.reading.FIELDS``, and ``kind``. Without a value, the words in the box are read; with
            neither, the document has no such field. Amounts and dates may be as printed or as the user writes them
        :returns: ``{field: {"value", "text", "box", "confidence", "source"}}`` as they are stored
        :raises AccessError: for who is no reviewer, or may not change the draft
        :raises UserError: when it is booked or not read yet, or for a value that can't be one of its field
        """
        self.ensure_one()
        self._check_steps()
        self._check_correctable()
        if not isinstance(corrections, dict) or not corrections:
            raise UserError(self.env._("Say which field is to be corrected, and to what."))
        told = {name: self._corrected(name, said) for name, said in corrections.items()}
        kind = told.pop("kind", None)
        # Nobody may write documents by hand; rights and values were checked above.
        document = self.sudo()
        document._store_corrections(told, kind.value if kind else None)
        document._propose_corrected(told)
        rows = {name: found.to_json() for name, found in told.items()}
        self.env["ai.audit.log"]._append("document_corrected", self, [{"fields": sorted(corrections)}])
        return {**rows, **({"kind": kind.to_json()} if kind else {})}

    def _check_correctable(self):
        if self.state not in (READ, NOT_BILL) or not self.reading:
            raise UserError(self.env._("%(name)s is not read yet. Wait until it is, then correct it.", name=self.name))
        if self.sudo()._applied():
            raise UserError(
                self.env._("%(name)s is booked. Undo its suggestion first, then correct it.", name=self.name)
            )

    # === ONE VALUE === #

    def _corrected(self, name, said):
        """``Found`` of what a person says of field ``name``."""
        if name not in (*FIELDS, "kind"):
            raise UserError(self.env._("A document has no field %(name)s.", name=str(name)[:60]))
        said = said if isinstance(said, dict) else {"value": said}
        box = self._box(said.get("box"))
        value = said.get("value")
        text = " ".join(str(value).split()) if isinstance(value, (str, int, float)) else ""
        if len(text) > LONGEST:
            raise UserError(self.env._("%(field)s is too long.", field=field_name(self.env, name)))
        text = text or (self._words_in(box) if box else "")
        if name == "kind":
            return self._corrected_kind(text)
        if not text:
            return Found("", "", None, 1.0, "person")
        return Found(self._normalised(name, text), text, box, 1.0, "person")

    def _normalised(self, name, text):
        """The value in normal form, read as the document is written, else as the user writes."""
        context = self._context_without_layouts(self.company_id)
        language = (self.reading or {}).get("language") or ""
        month_first = replace(context, is_day_first=not context.is_day_first)
        own = (self.env.user.lang or "")[:2]
        for words, known in ((language, context), (own, context), (language, month_first)):
            value = normalise(name, text, words, known)
            if value:
                return value
        raise UserError(
            self.env._("“%(text)s” can't be read as %(field)s.", text=text[:60], field=field_name(self.env, name))
        )

    def _corrected_kind(self, text):
        if text not in DOCUMENT_KINDS:
            raise UserError(self.env._("There is no kind of document %(kind)s.", kind=text[:60]))
        return Found(text, text, None, 1.0, "person")

    def _box(self, told):
        """A box on a page of this document; None when none was told."""
        if told is None or told is False:
            return None
        try:
            page, *edges = (float(value) for value in told)
            x0, y0, x1, y1 = edges
        except (TypeError, ValueError):
            raise UserError(self.env._("That place on the page is not valid. Click the word again.")) from None
        numbers = {found["number"] for found in self._pages()}
        if (
            page not in numbers
            or not all(math.isfinite(edge) and 0 <= edge <= 1 for edge in edges)
            or x1 < x0
            or y1 < y0
        ):
            raise UserError(self.env._("That place on the page is not valid. Click the word again."))
        return Box(int(page), x0, y0, x1, y1)

    def _words_in(self, box):
        """The words in a box, in reading order."""
        for page in self._pages():
            if page["number"] == box.page:
                return " ".join(str(word[0]) for word in page["words"] if _covered(word, box) >= COVERED)[:LONGEST]
        return ""

    # === STORING === #

    def _store_corrections(self, told, kind):
        reading = self._reading(self)
        reading = replace(reading, kind=kind or reading.kind, fields={**reading.fields, **told})
        values = {"kind": reading.kind}
        if set(told) & set(LINES_DEPEND_ON) and self.source != "xml":
            reading = self._with_lines(reading)
        if kind:
            values["state"] = READ if kind in BOOKED_KINDS else NOT_BILL
        self.write({**values, "reading": self._checked(reading).to_json()})

    def _with_lines(self, reading):
        """Lines and taxes as they add up to the corrected amounts; the old ones where nothing does."""
        pages = tuple(Page.from_json(page) for page in self._pages())
        found = read_items(pages, replace(reading, items=(), taxes=()))
        return found if found.items else replace(found, items=reading.items)

    def _checked(self, reading: Reading) -> Reading:
        """The reading with the problems that it still has."""
        return check(reading, self._context_without_layouts(self.company_id))

    def _propose_corrected(self, told):
        """Propose the bill anew; what a person edited of the suggestion meanwhile stays, but for what he says here."""
        if self.state == NOT_BILL:
            self._close_suggestions(self.env._("Filed as not a bill."))
            return
        self.is_proposed = False
        edited = self._open_suggestion().filtered("is_edited")
        try:
            self._propose_read()
            if edited and PROPOSER in self.env:
                self.env[PROPOSER]._recorrected(edited, sorted(told))
        except LockError:
            # Another run holds the company: the queue proposes as soon as it can.
            self._enqueue()

    def _open_suggestion(self):
        return self.env["ai.suggestion"].search(
            [("res_model", "=", "account.move"), ("res_id", "=", self.move_id.id), ("state", "in", OPEN_STATES)],
            limit=1,
        )

    # === LEARNING === #

    def _context_without_layouts(self, company):
        return replace(self._context(company), layouts=())


def _covered(word, box):
    """Part of a word ``[text, x0, y0, x1, y1, ...]`` that lies in a box."""
    _text, x0, y0, x1, y1 = word[:5]
    across = min(x1, box.x1) - max(x0, box.x0)
    down = min(y1, box.y1) - max(y0, box.y0)
    area = (x1 - x0) * (y1 - y0)
    return across * down / area if across > 0 and down > 0 and area > 0 else 0.0
