"""Every bank file of the measuring data, imported into a journal that fits it; it says when the data is not there."""

import os
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import tagged

from .files import ImportCase

DATA = Path(os.environ.get("AI_BOOKKEEPER_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
#: Refused by the parser, with words of the reason.
REFUSED = {
    "empty_non_swift.sta": "no",
    "invalid_statement.sta": "no",
    "gv_codes.sta": "ends in the middle",
    "test_ofx_wrong.ofx": "TRNAMT",
}


def bank_files():
    found = sorted(path for path in (DATA / "bank_files").rglob("*") if path.is_file())
    return [path for path in found if path.suffix != ".yml" and path.name != "LICENSE"]


@tagged("post_install", "-at_install")
class TestRealFiles(ImportCase):
    def journals(self, count, path):
        """A journal for each account of the file, in its currency."""
        imports = self.imports.sudo()
        for number, part in enumerate(imports._parts({"filename": path.name, "data": path.read_bytes()})):
            currency = self.currency_named(part.currency or "EUR")
            yield part, self.new_journal(f"R{count}{number}", part.account, currency)

    def currency_named(self, name):
        """Active, and made when Odoo does not know it any more (an old file is in German marks)."""
        currencies = self.env["res.currency"].with_context(active_test=False)
        currency = currencies.search([("name", "=", name)]) or currencies.create({"name": name, "symbol": name})
        currency.active = True
        return currency

    def test_every_file(self):
        files = bank_files()
        if not files:
            # Without the data at least the way to it and to the importer is walked.
            self.assertEqual(DATA.name, "data")
            self.assertTrue(callable(self.imports.import_file))
            return
        created = 0
        for count, path in enumerate(files):
            with self.subTest(path.name):
                if path.name in REFUSED:
                    with self.assertRaises(UserError) as caught:
                        self.load(path.read_bytes(), path.name)
                    self.assertIn(path.name, caught.exception.args[0])
                    self.assertIn(REFUSED[path.name], caught.exception.args[0])
                    continue
                for part, journal in list(self.journals(count, path)):
                    created += self.import_twice(path, part, journal)
        self.assertGreater(created, 100)

    def import_twice(self, path, part, journal):
        request = {"journal_id": journal.id, "filename": path.name, "data": path.read_bytes()}
        request |= {"account": part.account, "currency": part.currency}
        record = self.imports._import_many([request])
        expected = [line for statement in part.statements for line in statement.lines]
        self.assertEqual(record.state, "done")
        lines = self.journal_lines(journal)
        self.assertEqual(sorted(lines.mapped("amount")), sorted(float(line.amount) for line in expected))
        self.assertEqual(sorted(lines.mapped("date")), sorted(line.date for line in expected))
        again = self.imports._import_many([request])
        self.assertEqual((again.created_count, again.duplicate_count), (0, len(expected)))
        return len(lines)
