"""A question that the books can't answer, and what a person said: evidence for a reviewer, never a booking."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, formatLang, plaintext2html

from ...engine import lifecycle
from ...engine.vocabulary import ANSWERED, CLOSED, COLLECTED, QUESTION_STATES, SENT, UNANSWERED_STATES, WITHDRAWN
from ...readers.upload import EXTENSIONS, safe_name, sniff

STATE_LABELS = {
    "collected": "In the next mail",
    "sent": "Asked",
    "answered": "Answered",
    "withdrawn": "Withdrawn",
    "expired": "Expired",
    "closed": "Not needed",
}
LINE_MODEL = "account.bank.statement.line"
TEXT_LIMIT = 1000
ANSWER_LIMIT = 80
ANSWERS_LIMIT = 6
FILE_LIMIT = 10 * 1024 * 1024
#: Files of one question, over all changes of the answer.
FILES_LIMIT = 8


class AiQuestion(models.Model):
    """One question to one person about one record, with a copy of the little that the person is shown."""

    _name = "ai.question"
    _inherit = "ai.target.mixin"
    _description = "Question to a Person"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    state = fields.Selection(
        [(state, STATE_LABELS[state]) for state in QUESTION_STATES],
        required=True,
        default=COLLECTED,
        readonly=True,
        index=True,
    )
    suggestion_id = fields.Many2one("ai.suggestion", readonly=True, ondelete="set null", index="btree_not_null")
    request_id = fields.Many2one("ai.question.request", readonly=True, ondelete="set null", index="btree_not_null")
    res_model = fields.Char(required=True, readonly=True, string="Model")
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True, string="Record")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    journal_id = fields.Many2one("account.journal", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="restrict", string="Person Asked"
    )
    text = fields.Char(required=True, readonly=True, string="Question")
    answers = fields.Json(readonly=True, help="The buttons: key, text, and the alternative that an answer stands for.")
    answer_texts = fields.Char(compute="_compute_answer_texts", string="Offered Answers")
    wants_file = fields.Boolean(readonly=True, string="Asks for a Document")
    date = fields.Date(readonly=True)
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    label = fields.Char(readonly=True, string="Bank Text")
    asked_by_id = fields.Many2one("res.users", readonly=True)
    asked_at = fields.Datetime(readonly=True)
    sent_at = fields.Datetime(readonly=True)
    expires_at = fields.Datetime(related="request_id.expires_at", related_sudo=True)
    reminder_count = fields.Integer(related="request_id.reminder_count", related_sudo=True)
    answer_key = fields.Char(readonly=True)
    answer = fields.Char(readonly=True)
    note = fields.Text(readonly=True)
    answered_at = fields.Datetime(readonly=True)
    answered_by_id = fields.Many2one(
        "res.users", readonly=True, help="Empty: somebody who holds the link, without signing in."
    )
    file_ids = fields.Many2many("ir.attachment", "ai_question_file_rel", readonly=True, string="Files")

    _record_idx = models.Index("(res_model, res_id)")
    _open_uniq = models.UniqueIndex(
        "(res_model, res_id, partner_id) WHERE state IN ('collected', 'sent')",
        "This person was asked about this already, and has not answered yet.",
    )

    # === COMPUTE === #

    @api.depends("text", "label")
    def _compute_name(self):
        for question in self:
            question.name = f"{question.text or ''} ({question.label or ''})"

    @api.depends("answers")
    def _compute_answer_texts(self):
        for question in self:
            question.answer_texts = " | ".join(button["text"] for button in question.answers or [])

    def _settled(self):
        """Those whose record was decided, or is gone: an answer would change nothing any more."""
        settled = self.browse()
        for model, questions in self.grouped("res_model").items():
            # Whether the reader may see the record matters not here: only that it is done.
            records = self.env[model].sudo().browse(questions.mapped("res_id")).exists()
            open_ids = {record.id for record in records if not record._ai_is_settled()}
            settled += questions.filtered(lambda question, ids=open_ids: question.res_id not in ids)
        return settled

    # === ASKING === #

    @api.model
    def _ask(self, records, values, suggestions=None):
        """Collect questions about ``records`` (of one model) for one person.

        :param dict values: ``partner_id``, ``question``, ``answers`` ([text]), ``wants_file``, ``send_now``
        :param dict suggestions: {record id: suggestion} that the question is about
        :raise UserError: for a person without an address, or a question without words
        """
        partner = self._person(values.get("partner_id"))
        text = self._words(values.get("question"), TEXT_LIMIT)
        answers = [self._words(answer, ANSWER_LIMIT) for answer in values.get("answers") or []]
        if len(answers) > ANSWERS_LIMIT or len(set(answers)) < len(answers):
            raise ValidationError(
                self.env._("Offer up to %(count)s different answers, better two or three.", count=ANSWERS_LIMIT)
            )
        if not answers and not values.get("wants_file"):
            raise ValidationError(self.env._("Offer at least one answer, or ask for a document."))
        rows = []
        for record in records:
            company = record.company_id
            if partner.company_id and partner.company_id not in company.parent_ids:
                raise UserError(
                    self.env._(
                        "%(name)s belongs to another company than %(company)s.",
                        name=partner.name,
                        company=company.name,
                    )
                )
            suggestion = (suggestions or {}).get(record.id) or self.env["ai.suggestion"]
            rows.append(
                {
                    **record._ai_question_facts(),
                    "suggestion_id": suggestion.id,
                    "res_model": record._name,
                    "res_id": record.id,
                    "partner_id": partner.id,
                    "text": text,
                    "answers": self._buttons(answers, suggestion),
                    "wants_file": bool(values.get("wants_file")),
                    "asked_by_id": self.env.uid,
                    "asked_at": fields.Datetime.now(),
                }
            )
        self._refuse_twice(records, partner)
        # Nobody has the right to write questions by hand: the callers have checked the reviewer's.
        questions = self.sudo().create(rows)
        questions._note_asked()
        if values.get("send_now"):
            questions._send()
        return questions.sudo(self.env.su)

    def _person(self, partner_id):
        partner = self.env["res.partner"].browse(int(partner_id or 0)).exists()
        if not partner:
            raise UserError(self.env._("Choose whom to ask."))
        partner.check_access("read")
        if not partner.active or not partner.email_normalized:
            raise UserError(self.env._("%(name)s has no valid e-mail address.", name=partner.name))
        return partner

    def _words(self, text, limit):
        words = " ".join(str(text or "").split())
        if not words or len(words) > limit:
            raise ValidationError(
                self.env._("Questions and answers need words, up to %(limit)s characters.", limit=limit)
            )
        return words

    def _buttons(self, answers, suggestion):
        """An answer that reads like one of the suggestion's alternatives stands for it."""
        known = suggestion._answer_titles() if suggestion else {}
        return [
            {"key": f"a{number}", "text": text, "choice": known.get(text)} for number, text in enumerate(answers, 1)
        ]

    def _refuse_twice(self, records, partner):
        twice = self.sudo().search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("partner_id", "=", partner.id),
                ("state", "in", UNANSWERED_STATES),
            ],
            limit=1,
        )
        if twice:
            raise UserError(
                self.env._(
                    "%(name)s was asked about “%(label)s” already. Withdraw that question first.",
                    name=partner.name,
                    label=twice.label,
                )
            )

    def _note_asked(self):
        self._log("asked")
        for question in self:
            question._post(
                self.env._("Asked %(name)s: %(question)s", name=question.partner_id.name, question=question.text),
                self.env.user.partner_id,
            )

    @api.model
    def _asked_notice(self, res_ids):
        """What the dialog says after asking."""
        sent = self.browse(res_ids).filtered(lambda question: question.state == SENT)
        names = {"count": len(res_ids), "name": self.browse(res_ids).partner_id.name}
        if sent:
            message = self.env._("%(name)s gets a mail with %(count)s questions.", **names)
        else:
            message = self.env._("%(count)s questions to %(name)s wait for the next mail.", **names)
        return self.env["ai.suggestion"]._notice(message)

    def _send(self):
        """One mail to each person for all of these questions."""
        for (partner, company), questions in self.grouped(lambda q: (q.partner_id, q.company_id)).items():
            self.env["ai.question.request"]._send(partner, company, questions)

    # === WITHDRAWING === #

    def action_withdraw(self):
        """Take back questions that wait for an answer; the page then says that none is needed any more."""
        self._check_asker()
        waiting = self.filtered(lambda question: question.state in UNANSWERED_STATES)
        waiting._move_to(WITHDRAWN)
        waiting._log("withdrawn")
        return True

    def action_send(self):
        """Send now what waits for the next mail."""
        self._check_asker()
        self.sudo().filtered(lambda question: question.state == COLLECTED)._send()
        return True

    def action_remind(self):
        """Remind these people now, however many reminders there were."""
        self._check_asker()
        waiting = self.sudo().filtered(lambda question: question.state == SENT)
        for request in waiting.request_id:
            request._remind()
        return True

    def action_open_record(self):
        """Open what the question is about."""
        return self._open_target()

    def _check_asker(self):
        """Whoever may decide about a record may ask about it."""
        self.env["ai.suggestion"].browse()._check_decider()
        self.check_access("read")
        for records in self._targets().values():
            records.check_access("write")

    def _move_to(self, state, values=None):
        """The one way to change ``state``."""
        for source in set(self.mapped("state")):
            if not lifecycle.allowed(lifecycle.QUESTION_MOVES, source, state):
                raise UserError(
                    self.env._("A question that is %(before)s can't become %(after)s.", before=source, after=state)
                )
        self.sudo().write({"state": state, **(values or {})})

    def _close_settled(self):
        """Questions about what was decided meanwhile need no answer."""
        self._settled()._move_to(CLOSED)

    @api.model
    def _erase_partners(self, partners):
        """Forget what these people wrote; documents that they sent are vouchers of the books and stay.

        :return: how many questions were changed
        """
        found = self.sudo().search([("partner_id", "in", partners.ids)])
        found.filtered(lambda question: question.state in UNANSWERED_STATES)._move_to(WITHDRAWN)
        found = found.filtered("note")
        found.write({"note": False})
        for question in found:
            question._log("erased")
        return len(found)

    # === ANSWERING === #

    def _answer(self, key, note, files):
        """What a person said, checked: text and files from outside are data.

        :param str key: of one of ``answers``; may be empty where a document or a note is the answer
        :param list files: (name, bytes)
        :raise UserError: in words for the page
        """
        self.ensure_one()
        note = (note or "").strip()
        button = next((button for button in self.answers or [] if button["key"] == key), None)
        if key and not button:
            raise UserError(self.env._("That answer is not one of the choices."))
        if len(note) > TEXT_LIMIT:
            raise UserError(self.env._("The note is too long: at most %(limit)s characters.", limit=TEXT_LIMIT))
        if not (button or note or files):
            raise UserError(self.env._("Choose an answer, write a note or add a document."))
        said = (button["key"] if button else False, note or False)
        if self.state == ANSWERED and not files and said == (self.answer_key, self.note):
            return
        attachments = self._store_files(files)
        changed = self.state == ANSWERED
        self._move_to(
            ANSWERED,
            {
                "answer_key": said[0],
                "answer": button["text"] if button else False,
                "note": said[1],
                "answered_at": fields.Datetime.now(),
                "answered_by_id": False if self.env.user._is_public() else self.env.uid,
                "file_ids": [(4, attachment.id) for attachment in attachments],
            },
        )
        self._log("answered", "changed" if changed else None)
        self._post(self._answer_words(changed), self.partner_id, attachments)
        self._tell_asker()

    def _answer_words(self, changed):
        names = {"name": self.partner_id.name, "answer": self.answer or self.env._("(see the note)")}
        said = self.env._("%(name)s changed the answer: %(answer)s", **names)
        if not changed:
            said = self.env._("%(name)s answered: %(answer)s", **names)
        # Free words stay on the question, where they can be forgotten; an entry's chatter may be an audit trail.
        return f"{said}\n{self.env._('A note is on the question.')}" if self.note else said

    def _store_files(self, files):
        """Attach to the entry, as what the content is and never as what it says it is; no bill is made of it."""
        if len(self.file_ids) + len(files) > FILES_LIMIT:
            raise UserError(self.env._("At most %(count)s documents fit a question.", count=FILES_LIMIT))
        rows = []
        entry = self._entry()
        for name, content in files:
            kind = sniff(content)
            if not content or not kind:
                raise UserError(
                    self.env._(
                        "“%(name)s” is no picture or PDF. Allowed are %(kinds)s.",
                        name=safe_name(name, "").rstrip("."),
                        kinds=", ".join(EXTENSIONS),
                    )
                )
            if len(content) > FILE_LIMIT:
                raise UserError(
                    self.env._("“%(name)s” is larger than %(limit)s MB.", name=name[:80], limit=FILE_LIMIT // 1024**2)
                )
            rows.append(
                {
                    "name": safe_name(name, kind[1]),
                    "raw": content,
                    "mimetype": kind[0],
                    "res_model": entry._name,
                    "res_id": entry.id,
                    "description": self.env._("Answer of %(name)s", name=self.partner_id.name),
                }
            )
        # The sender has no right on the books; the files hang on the entry and follow its access from now on.
        return self.env["ir.attachment"].sudo().with_context(disable_attachment_import=True).create(rows)

    def _entry(self):
        """The journal entry whose chatter tells the story; none when the record is gone."""
        record = self.env[self.res_model].sudo().browse(self.res_id).exists()
        return record._ai_question_entry() if record else self.env["account.move"]

    def _post(self, text, author, attachments=None):
        entry = self._entry()
        if entry:
            entry.with_context(disable_attachment_import=True).message_post(
                body=plaintext2html(text),
                author_id=author.id,
                message_type="notification",
                subtype_xmlid="mail.mt_note",
                attachment_ids=attachments.ids if attachments else [],
            )

    def _tell_asker(self):
        """A small message for who asked, if they are at work; the card and the daily mail tell it too."""
        self.asked_by_id._bus_send(
            "simple_notification",
            {
                "type": "info",
                "title": self.partner_id.name,
                "message": self.answer or self.env._("answered with a note or a document"),
            },
        )

    def _log(self, event, change=None):
        """Audit and announce, on the suggestion where there is one, else on the record."""
        for question in self:
            suggestion = question.sudo().suggestion_id
            payload = {"question_id": question.id, "answer": question.answer_key or "", "files": len(question.file_ids)}
            if change:
                payload["change"] = change
            identity = {"partner": question.partner_id.sudo().name}
            if suggestion:
                suggestion._log(event, [payload], [identity])
                continue
            record = self.env[question.res_model].browse(question.res_id).exists()
            if record:
                self.env["ai.audit.log"]._append(event, record.sudo(), [payload], [identity])
                self.env["sync.event"]._emit(f"question.{event}", record.sudo())

    # === SHOWING === #

    @api.model
    def _cards(self, domain):
        """{(model, record id): [what the card shows of a question]}, for records that the user may see."""
        if not self.has_access("read"):
            return {}
        found = {}
        # Access follows the record, and the callers ask for records that they hold already.
        for question in self.sudo().search(Domain(domain), order="id desc"):
            found.setdefault((question.res_model, question.res_id), []).append(question._card())
        return found

    def _card(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        chosen = next((button for button in self.answers or [] if button["key"] == self.answer_key), {})
        return {
            "id": self.id,
            "who": self.partner_id.sudo().name,
            "state": self.state,
            "state_label": labels[self.state],
            "text": self.text,
            "asked_by": self.asked_by_id.sudo().name,
            "asked_at": format_date(self.env, self.asked_at),
            "reminders": self.reminder_count,
            "answer": self.answer or "",
            "choice": chosen.get("choice") or None,
            "note": self.note or "",
            "answered_at": format_date(self.env, self.answered_at) if self.answered_at else "",
            "files": [{"id": file.id, "name": file.name} for file in self.file_ids],
        }

    def _page(self):
        """What the person sees of one question: texts only, in the person's language."""
        is_open = self.state in (SENT, ANSWERED) and not self._settled()
        return {
            "id": self.id,
            "text": self.text,
            "amount": formatLang(self.env, abs(self.amount), currency_obj=self.currency_id),
            "is_income": self.amount > 0,
            "date": format_date(self.env, self.date),
            "label": self.label or "",
            "answers": [{"key": button["key"], "text": button["text"]} for button in self.answers or []],
            "wants_file": self.wants_file,
            "is_open": is_open,
            "is_answered": self.state == ANSWERED,
            "answer_key": self.answer_key or "",
            "answer": self.answer or "",
            "note": self.note or "",
            "files": self.file_ids.mapped("name"),
            "why_closed": "" if is_open else self._why_closed(),
        }

    def _why_closed(self):
        if self.state == "expired":
            return self.env._("The time for an answer is over. Please ask your bookkeeper for a new link.")
        if self.state == WITHDRAWN:
            return self.env._("This question was taken back. You need not answer it.")
        if self.state == ANSWERED:
            return self.env._("Thank you. Your answer was used, and this is settled.")
        return self.env._("This was settled meanwhile. You need not answer it any more.")
