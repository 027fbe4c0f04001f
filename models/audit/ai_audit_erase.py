"""Erasing a person's names and bank texts from what the audit log keeps: the rows, digests and seals stay."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, escape_psql

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
SHOWN = 20


class AiAuditIdentity(models.Model):
    _name = "ai.audit.identity"
    _inherit = "ai.audit.identity"

    @api.model
    def erase_preview(
        self, partner_ids: list[int] | None = None, user_ids: list[int] | None = None, words: list[str] | None = None
    ) -> dict:
        """What erasing would empty; nothing is written.

        :param partner_ids: persons or companies
        :param user_ids: users
        :param words: further texts to look for, for example a former name or an account number
        :return: ``{count, values: the first of them}``
        """
        self._check_eraser()
        rows = self._to_erase(partner_ids, user_ids, words)
        values = sorted({value for _identity_id, value in rows})
        return {"count": len(rows), "values": values[:SHOWN]}

    @api.model
    def action_erase(
        self,
        reason: str,
        partner_ids: list[int] | None = None,
        user_ids: list[int] | None = None,
        words: list[str] | None = None,
    ) -> int:
        """Empty the names and bank texts of these persons. It can't be undone; the chain stays whole.

        :param reason: why, for example the request's date and number; it is logged
        :return: how many texts were emptied
        :raise UserError: without a reason, or when nothing is found
        """
        self._check_eraser()
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the data is erased: the reason is logged."))
        rows = self._to_erase(partner_ids, user_ids, words)
        if not rows:
            raise UserError(self.env._("The audit log keeps no name or bank text of them."))
        ids = [identity_id for identity_id, _value in rows]
        # The one change that the table allows; the caller's right was checked.
        self.env.cr.execute(SQL("UPDATE ai_audit_identity SET salt = NULL, value = NULL WHERE id = ANY(%s)", ids))
        self.browse(ids).invalidate_recordset(flush=False)
        self._erase_readings(partner_ids)
        self._erase_columns(self._patterns(partner_ids, user_ids, words))
        self._log_erasing(reason.strip(), len(ids), partner_ids, user_ids)
        return len(ids)

    def _check_eraser(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers erase a person's data. Ask one of them."))

    def _to_erase(self, partner_ids, user_ids, words):
        """[(identity id, value) ...]: texts of rows about these persons, and texts that hold their names or numbers."""
        partners, users = self._persons(partner_ids, user_ids)
        patterns = self._patterns(partner_ids, user_ids, words)
        about = (partners | users.partner_id).ids
        return self.env.execute_query(
            SQL(
                """SELECT i.id, i.value FROM ai_audit_identity i JOIN ai_audit_log l ON l.id = i.log_id
                     LEFT JOIN ai_suggestion s ON s.id = l.suggestion_id
                    WHERE i.value IS NOT NULL AND (
                          s.partner_id = ANY(%(partners)s)
                       OR (l.res_model = 'res.partner' AND l.res_id = ANY(%(partners)s))
                       OR (l.res_model = 'res.users' AND l.res_id = ANY(%(users)s))
                       OR i.value ILIKE ANY(%(patterns)s))
                    ORDER BY i.id""",
                partners=about,
                users=users.ids,
                patterns=patterns,
            )
        )

    def _persons(self, partner_ids, user_ids):
        partners = self.env["res.partner"].browse(partner_ids or []).exists()
        partners.check_access("read")
        return partners, self.env["res.users"].sudo().browse(user_ids or []).exists()

    def _patterns(self, partner_ids, user_ids, words):
        """What a text that mentions them is LIKE."""
        partners, users = self._persons(partner_ids, user_ids)
        texts = self._texts(partners | users.partner_id, users) + [word.strip() for word in words or [] if word.strip()]
        if any(len(text) < 3 for text in texts):
            raise UserError(
                self.env._("A text of fewer than three letters would erase others' data. Write it in full.")
            )
        return [f"%{escape_psql(text)}%" for text in texts]

    @api.model
    def _text_columns(self):
        """{table: columns} beside the log that keep names and bank texts as they came; each may be empty."""
        return {}

    def _erase_columns(self, patterns):
        """Empty the texts there that mention them; the caller's right was checked."""
        self.env.flush_all()
        for table, columns in self._text_columns().items():
            for column in columns:
                self.env.cr.execute(
                    SQL(
                        "UPDATE %(table)s SET %(column)s = NULL WHERE %(column)s ILIKE ANY(%(patterns)s)",
                        table=SQL.identifier(table),
                        column=SQL.identifier(column),
                        patterns=patterns,
                    )
                )
        self.env.invalidate_all()

    def _texts(self, partners, users):
        """Names, addresses and numbers under which texts mention these persons."""
        partners = partners.sudo()
        texts = partners.mapped("name") + partners.mapped("email") + users.mapped("login")
        texts += partners.bank_ids.mapped("acc_number") + partners.bank_ids.mapped("sanitized_acc_number")
        return sorted({text.strip() for text in texts if text and len(text.strip()) > 2})

    def _erase_readings(self, partner_ids):
        """What outside agents were given about them, and what they answered to questions."""
        if partner_ids:
            partners = self.env["res.partner"].browse(partner_ids)
            self.env["ai.agent.reading"].sudo()._erase_partners(partners)
            self.env["ai.question"].sudo()._erase_partners(partners)

    def _log_erasing(self, reason, count, partner_ids, user_ids):
        # The reason may name the person again: it is kept erasable, as a note.
        payload = {"count": count, "partner_ids": partner_ids or [], "user_ids": user_ids or [], "note": reason}
        self.env["ai.audit.log"]._append("erased", self.env.user.sudo(False), [payload])
