"""Files that come in by webhook, mail or watched folder: bank statements and documents."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...readers import arrival

MEGABYTE = 1024 * 1024
MOST_MB = 25


class SyncConnectorFile(models.AbstractModel):
    """Statements become bank lines through the checked import of whole files; documents become draft bills through
    Odoo's own upload. Nothing is posted, and what is not clear asks a person."""

    _name = "sync.connector.file"
    _inherit = "sync.connector"
    _description = "Files: statements and documents"
    _most_bytes = MOST_MB * MEGABYTE
    _needs_address = False
    _needs_credentials = False
    _needs_address = False
    #: The screen shows mail, folder and journals for connectors that take files.
    _takes_files = True

    def _understand(self, connection, intake):
        same = intake._same_before()
        if same:
            intake._settle("dropped", same)
            return
        data = intake._data(self._most_bytes)
        what = self._sort(intake, data)
        getattr(self, f"_understand_{what}")(connection, intake, data)

    def _sort(self, intake, data):
        try:
            return arrival.sort(data, intake.name or "")[0]
        except arrival.ArrivalError as error:
            raise UserError(arrival_text(self.env, error.code))

    def _understand_statement(self, connection, intake, data):
        """Bank lines, where the file says which journal's they are."""
        imports = self.env["ai.bank.import"].with_context(allowed_company_ids=connection.company_id.ids)
        # What a manager connected acts as the system: the import is named as having come in here, not as a person's.
        imports.sudo()._import_intake(connection, intake, data)

    def _understand_document(self, connection, intake, data):
        """A draft bill with the file on it."""
        names = self.env["account.move"].sudo()._bills_of_intake(connection, intake, data)
        intake._settle("done", ", ".join(names))


def arrival_text(env, code):
    """Why a file is taken by nobody."""
    texts = {
        "empty": env._("The file is empty."),
        "old_workbook": env._("This is an old Excel file (.xls) or a protected one. Send it as .xlsx or CSV."),
        "unknown_xml": env._("This XML is neither a bank statement (CAMT) nor an e-invoice (UBL, CII, FatturaPA)."),
    }
    unknown = env._(
        "This is neither a bank statement (CAMT, MT940, OFX, QIF, CSV, XLSX) nor a document (PDF, picture, e-invoice)."
    )
    return texts.get(code, unknown)


def day_text(env, moment):
    return format_date(env, moment.date())
