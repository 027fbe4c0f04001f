"""Asking a language model for what the engine left blank: from the job only, and only where a manager allowed it."""

import base64
import json

from odoo import fields, models

from ...clients.errors import ClientError
from ...clients.model import Question, body_of, send
from ...engine.extraction import Page
from ...engine.outside import blanks, grounded, messages, text_of
from .ai_model_ledger import ANSWERED, FAILED, REFUSED

READ, XML = "read", "xml"
LONGEST_ERROR = 300


class AiDocument(models.Model):
    _inherit = "ai.document"

    is_outside_done = fields.Boolean(
        readonly=True, help="Whether a language model was asked what this reading left blank, or need not be."
    )
    outside_note = fields.Char(readonly=True, string="Language Model", help="Why a language model did not help.")

    def _carry_on(self, seconds):
        """A slice of its own: nothing is written before the question leaves, and what came of it is committed."""
        if self.state == READ and not self.is_proposed and not self.is_outside_done:
            self._ask_outside()
            self.is_outside_done = True
            return False
        return super()._carry_on(seconds)

    def _store_reading(self, reading, source):
        """What is read again may be asked again."""
        result = super()._store_reading(reading, source)
        self.write({"is_outside_done": False, "outside_note": False})
        return result

    def _ask_outside(self):
        """Have blanks filled by the company's language model, if there is one; a failure is a note, no more."""
        self.ensure_one()
        provider = self.env["ai.model.provider"]._of(self.company_id)
        if not provider or self.source == XML:
            return
        reading = self._reading(self)
        names = blanks(reading, provider._allowed(reading.kind))
        pages = self._outside_pages(provider) if names else ()
        if not pages:
            return
        context = self._context(self.company_id)
        text = text_of(pages, context.buyer, provider.most_characters)
        question = Question(provider.url, provider.model, messages(text, names), names)
        row, answer = self._asked(provider, question, len(pages))
        if answer:
            self._believe(reading, answer, names, pages, context, row)

    def _outside_pages(self, provider):
        # The words of pages are closed to everybody; the job reads them.
        stored = self.sudo().pages
        told = json.loads(base64.b64decode(stored)) if stored else []
        return tuple(map(Page.from_json, told[: provider.most_pages]))

    def _asked(self, provider, question, pages):
        """(id of the ledger's row, Answer); (None, None) when there is none."""
        ledger = self.env["ai.model.ledger"]
        body = body_of(question)
        row, limit = ledger._open(provider, self, body, question, pages)
        if limit:
            self.outside_note = self._limit_words(limit)
            return None, None
        try:
            answer = send(question, body, provider._key(), **provider._door())
        except ClientError as error:
            self._note_failure(row, error)
            return None, None
        values = {"state": ANSWERED, "answer": answer.text}
        if answer.asked_tokens is not None and answer.answered_tokens is not None:
            values |= {"asked_tokens": answer.asked_tokens, "answered_tokens": answer.answered_tokens}
            values["cost"] = provider._cost(answer.asked_tokens, answer.answered_tokens)
        ledger._close(row, values)
        return row, answer

    def _note_failure(self, row, error):
        text = str(error)[:LONGEST_ERROR]
        values = {"state": REFUSED if error.reason == "bad_answer" else FAILED, "error": text}
        if error.unsent and error.reason != "bad_answer":
            # Nothing left, so nothing counts.
            values |= {"cost": 0.0, "pages": 0, "asked_tokens": 0, "answered_tokens": 0}
        self.env["ai.model.ledger"]._close(row, values)
        self.outside_note = self.env._("The language model gave no usable answer: %(error)s", error=text)

    def _limit_words(self, limit):
        words = {
            "pages_per_day": self.env._("Not asked: the pages of this day are used up."),
            "pages_per_month": self.env._("Not asked: the pages of this month are used up."),
            "cost_per_day": self.env._("Not asked: the budget of this day is used up."),
            "cost_per_month": self.env._("Not asked: the budget of this month is used up."),
        }
        return words[limit]

    def _believe(self, reading, answer, names, pages, context, row):
        """Keep what the document prints, in blanks only."""
        read, dropped = grounded(reading, answer.values, names, pages, context)
        kept = {name: read.value(name) for name in names if read.value(name)}
        self.env["ai.model.ledger"]._close(row, {"kept": kept, "dropped": dropped})
        if kept:
            self.reading = read.to_json()
