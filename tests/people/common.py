"""A reviewer, a line nobody can explain, a client's contact who is asked."""

import base64
import uuid

from ..common import LINE, BankCase

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


class AskCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.env["res.partner"].create({"name": "Clara Client", "email": "clara@client.example"})
        cls.company.email = "books@company.example"

    @property
    def mails(self):
        return self.env["mail.mail"].sudo().search([("recipient_ids", "in", self.contact.ids)], order="id")

    def ask(self, lines, answers=("Business", "Private"), send_now=True, partner=None, **values):
        ids = lines.with_user(self.reviewer).action_ai_ask(
            (partner or self.contact).id,
            values.get("question", "What was this for?"),
            list(answers),
            values.get("wants_file", True),
            send_now,
        )
        return self.env["ai.question"].with_user(self.reviewer).browse(ids)

    def token(self, question):
        return question.sudo().request_id._token()

    def answer(self, question, key="a1", note="", files=()):
        """As the public page does it, without the page."""
        requests = self.env["ai.question.request"].with_user(self.env.ref("base.public_user"))
        values = {"question": str(question.id), "answer": key, "note": note}
        page = requests._answer_by_token(self.token(question), str(uuid.uuid4()), values, list(files))
        self.env.flush_all()
        self.env.invalidate_all()
        return page


__all__ = ["LINE", "PDF", "PNG", "AskCase"]
