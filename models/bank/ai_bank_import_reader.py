"""Reading bank files for a journal: which part of a file is meant, and what importing it would do."""

from odoo import api, models
from odoo.exceptions import UserError

from ...readers import bankfile
from . import import_plan as plans
from . import import_reading as reading
from .import_preview import part_preview, sheet_columns


class AiBankImportReader(models.AbstractModel):
    """The reading half of an import; it writes nothing.

    A *request* is a dict: filename, data (bytes), journal_id, and perhaps mapping (of a sheet), allow_other_account,
    and the account and currency of the part that is meant.
    """

    _name = "ai.bank.import.reader"
    _description = "Bank File Reading"

    @api.model
    def _plan(self, request):
        journal = self._journal(request["journal_id"])
        part = self._choose_part(journal, self._parts(request, journal), request)
        return plans.make_plan(journal, part, request.get("allow_other_account", False))

    @api.model
    def _parts(self, request, journal=None):
        """Read a file: one part per account and currency in it."""
        filename, data = request["filename"], request["data"]
        reading.check_size(self.env, filename, len(data))
        preview = reading.sheet_preview(self.env, filename, data)
        if preview is None:
            return reading.parts(filename, reading.read(self.env, filename, data))
        if request.get("mapping"):
            mapping = reading.chosen_mapping(self.env, filename, preview, request["mapping"])
        else:
            stored = self.env["ai.bank.import.mapping"]._recall(preview.signature, journal).mapping
            # Without a mapping the parser guesses and tells its doubts.
            mapping = reading.remembered_mapping(preview, stored) if stored else None
        bank_file = reading.read(self.env, filename, data, mapping)
        return reading.parts(filename, bank_file, mapping or preview.mapping, preview.signature)

    @api.model
    def _journal(self, journal_id):
        # API clients give anything.
        journal = self.env["account.journal"].browse(journal_id if isinstance(journal_id, int) else ()).exists()
        if not journal:
            raise UserError(self.env._("Choose the journal that the file belongs to."))
        journal.check_access("read")
        return journal.with_company(journal.company_id)

    @api.model
    def _choose_part(self, journal, found, request):
        """The part of the file that is meant: the one asked for, the only one, or the one of the journal's account."""
        if "account" in request:
            wanted = (request["account"] or "", request["currency"] or "")
            found = [part for part in found if (part.account, part.currency) == wanted] or found
        if len(found) == 1:
            return found[0]
        currency = plans.journal_currency(journal).name
        fitting = [part for part in found if reading.same_account(part.account, journal.bank_account_id.acc_number)]
        fitting = fitting or ([] if journal.bank_account_id else found)
        chosen = [part for part in fitting if part.currency in (currency, "")]
        if len(chosen) == 1:
            return chosen[0]
        labels = ", ".join(f"{part.account or '?'} {part.currency}".strip() for part in found)
        raise UserError(
            self.env._(
                "%(file)s: the file holds several accounts (%(accounts)s), and none of them is clearly the one of the "
                "journal %(journal)s. Set its account number on the journal.",
                file=request["filename"],
                accounts=labels,
                journal=journal.display_name,
            )
        )

    # === FOR THE WIZARD === #

    @api.model
    def _look(self, requests):
        """What importing these files would do, as plain values, one per account in a file. Nothing is written.

        A request is as in ``_import_many``, its journal_id perhaps empty (it is guessed then).
        """
        return [answer for request in requests for answer in self._look_at(request)]

    @api.model
    def _look_at(self, request):
        chosen = self._journal(request["journal_id"]) if request.get("journal_id") else None
        answers = []
        for part in self._parts(request, chosen):
            journal = chosen or self._guess_journal(part)
            allow = request.get("allow_other_account", False)
            plan = plans.make_plan(journal, part, allow) if journal else None
            answers.append(part_preview(self.env, part, journal, plan))
        return answers

    @api.model
    def _guess_journal(self, part):
        """The journal of the file's account; else where this header was imported last; else the only fitting one."""
        journals = self.env["account.journal"].search(
            [("type", "in", ("bank", "credit")), ("company_id", "in", self.env.companies.ids)]
        )
        if part.currency:
            journals = journals.filtered(lambda journal: plans.journal_currency(journal).name == part.currency)
        by_account = journals.filtered(
            lambda journal: (
                reading.same_account(part.account, journal.bank_account_id.acc_number)
                or any(reading.same_account(part.account, known) for known in self._accounts_of(journal))
            )
        )
        remembered = self.env["account.journal"]
        if part.signature:
            remembered = self.env["ai.bank.import.mapping"]._recall(part.signature).journal_id & journals
        own = journals.filtered(lambda journal: journal.company_id == self.env.company)
        guess = by_account or remembered or (own if len(own) == 1 else own.browse())
        return guess[:1].with_company(guess[:1].company_id)

    @api.model
    def _look_at_columns(self, request):
        """The columns of a CSV or XLSX file with their guessed or remembered meaning; None for other formats."""
        reading.check_size(self.env, request["filename"], len(request["data"]))
        preview = reading.sheet_preview(self.env, request["filename"], request["data"])
        if preview is None:
            return None
        journal = self._journal(request["journal_id"]) if request.get("journal_id") else None
        stored = self.env["ai.bank.import.mapping"]._recall(preview.signature, journal).mapping
        mapping = reading.remembered_mapping(preview, stored) if stored else None
        return sheet_columns(self.env, preview, mapping or preview.mapping, mapping is not None)

    @api.model
    def _missing_libraries(self):
        """The libraries, by their names in the package index, that some format would need and that are not there."""
        missing = []
        for name, package in bankfile.library.PACKAGES.items():
            try:
                bankfile.library.library(name, package)
            except bankfile.BankFileError as error:
                missing.append(error.values["library"])
        return sorted(set(missing))
