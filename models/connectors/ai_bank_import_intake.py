"""Importing a bank file that came in by itself."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..bank import import_plan as plans
from ..bank import import_reading as reading


class AiBankImport(models.Model):
    _inherit = "ai.bank.import"

    intake_id = fields.Many2one("sync.intake", string="Came In As", readonly=True, ondelete="set null", index=True)

    @api.model
    def _import_intake(self, connection, intake, data):
        """Import a file that came in, all of it or nothing; where it is not clear, ask.

        :raise UserError: what the checks of an import say; nothing was imported then
        """
        base = {"filename": intake.name or self.env._("statement"), "data": data}
        if self._has_unknown_columns(base):
            intake._ask_for(
                self.env._(
                    "Nobody has said yet what the columns of this sheet mean. Import it once by hand: the next file "
                    "with this header comes in by itself."
                ),
                columns=True,
            )
            return
        parts = self._parts(base)
        journals = [self._journal_of_intake(connection, intake, part) for part in parts]
        question = self._question(connection, intake, parts, journals)
        if question:
            intake._ask_for(question, journal=True)
            return
        requests = [
            {
                **base,
                "journal_id": journal.id,
                "account": part.account,
                "currency": part.currency,
                # A person who chose the journal saw which account the file names.
                "allow_other_account": bool(intake.journal_id),
            }
            for part, journal in zip(parts, journals, strict=True)
        ]
        imports = self._import_many(requests)
        imports.intake_id = intake
        intake._settle("done", self._intake_outcome(imports))

    @api.model
    def _has_unknown_columns(self, request):
        preview = reading.sheet_preview(self.env, request["filename"], request["data"])
        if preview is None:
            return False
        stored = self.env["ai.bank.import.mapping"]._recall(preview.signature).mapping
        return not (stored and reading.remembered_mapping(preview, stored))

    @api.model
    def _journal_of_intake(self, connection, intake, part):
        """The journal that a person answered, else that of the account number, else the connection's own."""
        if intake.journal_id:
            return intake.journal_id
        journals = self.env["account.journal"].search(
            [("type", "in", ("bank", "cash", "credit")), ("company_id", "=", connection.company_id.id)]
        )
        if part.currency:
            journals = journals.filtered(lambda journal: plans.journal_currency(journal).name == part.currency)
        found = journals.filtered(
            lambda journal: (
                reading.same_account(part.account, journal.bank_account_id.acc_number)
                or any(reading.same_account(part.account, known) for known in self._accounts_of(journal))
            )
        )
        if len(found) == 1:
            return found
        # Two journals with this account number: a person decides.
        return found.browse() if found or part.account else connection.bank_journal_id

    @api.model
    def _question(self, connection, intake, parts, journals):
        """What a person must say first; empty when everything is clear."""
        unknown = [part for part, journal in zip(parts, journals, strict=True) if not journal]
        accounts = ", ".join(f"{part.account or '?'} {part.currency}".strip() for part in unknown)
        if unknown and len(parts) > 1:
            raise UserError(
                self.env._(
                    "The file holds several accounts, and no journal has these: %(accounts)s. Set the account number "
                    "on the bank journal, then try again.",
                    accounts=accounts,
                )
            )
        if unknown:
            return self.env._(
                "Which bank journal does this file belong to? It names the account %(accounts)s.",
                accounts=accounts,
            )
        if intake.source == "mail" and connection.mail_statements_ask and not intake.journal_id and len(parts) == 1:
            return self.env._(
                "A statement for %(journal)s came by mail from %(sender)s. A sender's name is easily forged: choose "
                "the journal to import it.",
                journal=journals[0].display_name,
                sender=intake.sender,
            )
        return ""

    @api.model
    def _intake_outcome(self, imports):
        return "; ".join(
            self.env._(
                "%(new)s new bank line(s) in %(journal)s, %(known)s there already",
                new=each.line_count - each.duplicate_count,
                journal=each.journal_id.display_name,
                known=each.duplicate_count,
            )
            for each in imports
        )
