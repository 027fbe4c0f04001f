"""The wizard: what it shows before the import, and what it asks."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .files import CSV, IBAN, OTHER_IBAN, ImportCase, camt, entry, one, statement


@tagged("post_install", "-at_install")
class TestBankImportWizard(ImportCase):
    def start(self, *files, **values):
        """A wizard with these (name, data) files, uploaded as the web client does."""
        wizard = self.env["ai.bank.import.start"].with_user(self.reviewer).create(values)
        wizard.file_ids = (
            self.env["ir.attachment"]
            .with_user(self.reviewer)
            .create([{"name": name, "raw": data, "res_model": wizard._name} for name, data in files])
        )
        return wizard

    def test_a_preview_before_anything_is_booked(self):
        twice = one(entry("2024-01-10", "1.00", "a"))
        self.load(twice)
        data = one(
            entry("2024-01-10", "1.00", "a"),
            entry("2024-01-12", "2.00", "<b>x</b>".replace("<", "&lt;")),
            start=0,
            end="9.00",
        )
        wizard = self.start(("s.xml", data))
        action = wizard.action_read()
        self.assertEqual((action["res_id"], action["target"], wizard.step), (wizard.id, "new", "preview"))
        self.assertRecordValues(
            wizard.part_ids,
            [
                {
                    "name": "s.xml",
                    "account": IBAN,
                    "currency": "EUR",
                    "journal_id": self.journal.id,
                    "line_count": 2,
                    "new_count": 1,
                    "known_count": 1,
                    "problems": "",
                }
            ],
        )
        self.assertEqual(str(wizard.part_ids.last_date), "2024-01-12")
        self.assertIn("S-1", wizard.part_ids.balances_html)
        self.assertIn("6.00", wizard.part_ids.notes_html)
        self.assertIn("&lt;b&gt;x", wizard.preview_html)
        self.assertNotIn("<b>x", wizard.preview_html)
        self.assertEqual(len(self.journal_lines()), 1)
        action = wizard.action_import()
        record = self.imports.browse(action["res_id"])
        self.assertEqual((record.created_count, record.user_id), (1, self.reviewer))

    def test_several_files_and_accounts(self):
        other = self.new_journal("BNKB", OTHER_IBAN)
        both = camt(
            statement(entry("2024-01-10", "1.00", "a")),
            statement(entry("2024-01-10", "2.00", "b"), account=OTHER_IBAN, name="S-2"),
        )
        wizard = self.start(("both.xml", both), ("more.xml", one(entry("2024-01-11", "3.00", "c"))))
        wizard.action_read()
        self.assertEqual(wizard.part_ids.journal_id, self.journal + other)
        self.assertEqual(len(wizard.part_ids), 3)
        action = wizard.action_import()
        self.assertEqual(len(self.imports.search(action["domain"])), 3)
        self.assertEqual(self.journal_lines().mapped("amount"), [1.0, 3.0])
        self.assertEqual(self.journal_lines(other).mapped("amount"), [2.0])

    def test_an_unknown_account_asks(self):
        data = camt(statement(entry("2024-01-10", "1.00", "a"), account=OTHER_IBAN))
        wizard = self.start(("s.xml", data), journal_id=self.journal.id)
        wizard.action_read()
        self.assertTrue(wizard.has_unknown_account)
        self.assertIn(OTHER_IBAN, wizard.problems)
        with self.assertRaises(UserError):
            wizard.action_import()
        wizard.allow_other_account = True
        wizard.action_refresh()
        self.assertFalse(wizard.problems)
        wizard.action_import()
        self.assertEqual(len(self.journal_lines()), 1)

    def test_a_journal_must_be_chosen(self):
        usd = self.new_journal("BNKU", currency=self.env.ref("base.USD"))
        self.new_journal("BNKV", currency=self.env.ref("base.USD"))
        data = one(entry("2024-01-10", "1.00", "a", currency="USD"), currency="USD", account=OTHER_IBAN)
        wizard = self.start(("s.xml", data))
        wizard.action_read()
        self.assertFalse(wizard.part_ids.journal_id)
        self.assertTrue(wizard.problems)
        with self.assertRaises(UserError):
            wizard.action_import()
        wizard.part_ids.journal_id = usd
        wizard.action_refresh()
        self.assertEqual(wizard.part_ids.journal_id, usd)
        self.assertFalse(wizard.problems)
        wizard.action_import()
        self.assertEqual(len(self.journal_lines(usd)), 1)

    def test_columns_are_guessed_changed_and_remembered(self):
        wizard = self.start(("umsatz.csv", CSV), journal_id=self.journal.id)
        wizard.action_read()
        self.assertEqual(wizard.column_ids.mapped("meaning"), ["date", "partner_name", "texts", "amount", "balance"])
        self.assertEqual((wizard.date_format, wizard.decimal_mark), ("DMY", ","))
        self.assertIn("Stadtwerke", wizard.column_ids[1].sample)
        wizard.column_ids[1].meaning = "texts"
        wizard.action_refresh()
        wizard.action_import()
        self.assertEqual(
            self.journal_lines().mapped("payment_ref"), ["Stadtwerke Abschlag", "Mueller GmbH Rechnung 17"]
        )
        again = self.start(("umsatz.csv", CSV.replace(b"2024", b"2025")))
        again.action_read()
        self.assertTrue(again.is_remembered)
        self.assertEqual(again.column_ids[1].meaning, "texts")
        # The header was imported into this journal last time.
        self.assertEqual(again.part_ids.journal_id, self.journal)

    def test_columns_that_nobody_can_guess(self):
        data = b"A;B;C\nx;eins;zwei\ny;drei;vier\n"
        wizard = self.start(("odd.csv", data), journal_id=self.journal.id)
        wizard.action_read()
        self.assertEqual(len(wizard.column_ids), 3)
        self.assertIn("odd.csv", wizard.problems)
        with self.assertRaises(UserError):
            wizard.action_import()

    def test_one_meaning_for_two_columns(self):
        wizard = self.start(("umsatz.csv", CSV), journal_id=self.journal.id)
        wizard.action_read()
        wizard.column_ids[4].meaning = "amount"
        with self.assertRaises(UserError) as caught:
            wizard.action_refresh()
        self.assertIn("Amount", caught.exception.args[0])

    def test_a_program_gives_one_file(self):
        data = one(entry("2024-01-10", "1.00", "a"))
        wizard = (
            self.env["ai.bank.import.start"]
            .with_user(self.reviewer)
            .create({"data": base64.b64encode(data), "filename": "s.xml"})
        )
        wizard.action_import()
        self.assertEqual(self.journal_lines().ai_import_id.name, "s.xml")

    def test_no_file(self):
        with self.assertRaises(UserError):
            self.start().action_read()

    def test_an_unreadable_file_is_told_at_once(self):
        with self.assertRaises(UserError) as caught:
            self.start(("s.pdf", b"%PDF-1.4 x")).action_read()
        self.assertIn("s.pdf", caught.exception.args[0])

    def test_the_form_opens(self):
        form = Form(
            self.env["ai.bank.import.start"].with_user(self.reviewer).with_context(default_journal_id=self.journal.id)
        )
        self.assertEqual(form.journal_id, self.journal)
        self.assertEqual(form.save().step, "files")

    def test_only_reviewers(self):
        for login, group in (
            ("wizard_manager", "ai_bookkeeper.ai_bookkeeper_group_manager"),
            ("wizard_auditor", "ai_bookkeeper.ai_bookkeeper_group_auditor"),
        ):
            with self.assertRaises(AccessError):
                self.env["ai.bank.import.start"].with_user(self.new_user(login, group)).create({})

    def test_the_screens_of_an_import(self):
        record = self.load(one(entry("2024-01-10", "1.00", "a"), start=0, end="5.00")).with_user(self.reviewer)
        self.assertEqual(record.action_open_lines()["domain"], [("ai_import_id", "in", record.ids)])
        with Form(record) as form:
            self.assertEqual(form.created_count, 1)
        self.assertFalse(self.imports._missing_libraries())
