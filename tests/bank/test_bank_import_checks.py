"""What is refused before anything is created: each time a sentence with the file, and nothing left behind."""

import base64
from contextlib import contextmanager
from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .files import CSV, IBAN, OTHER_IBAN, ImportCase, camt, entry, one, statement

BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>&lol2;</Id></Stmt>
</BkToCstmrStmt></Document>"""


@tagged("post_install", "-at_install")
class TestBankImportChecks(ImportCase):
    @contextmanager
    def refused(self, *texts, error=UserError):
        """The body raises a sentence that holds all these texts, and nothing came of it."""
        before = self.counts()
        with self.assertRaises(error) as caught:
            yield caught
        for text in texts:
            self.assertIn(text, caught.exception.args[0])
        self.assertEqual(self.counts(), before)

    def counts(self):
        models = ("account.bank.statement.line", "account.bank.statement", "account.move", "ai.bank.import")
        return [self.env[model].sudo().with_context(active_test=False).search_count([]) for model in models]

    def test_another_currency(self):
        data = one(entry("2024-01-10", "1.00", "a", currency="USD"), currency="USD")
        with self.refused("statement.xml, line 2", "USD", "EUR", self.journal.name):
            self.load(data)

    def test_an_unknown_account(self):
        data = camt(statement(entry("2024-01-10", "1.00", "a"), account=OTHER_IBAN))
        with self.refused("statement.xml", OTHER_IBAN, IBAN, "anyway"):
            self.load(data)
        self.load(data, allow_other_account=True)
        # What a person allowed once is known from then on.
        self.load(camt(statement(entry("2024-01-11", "1.00", "b"), account=OTHER_IBAN)))
        self.assertEqual(len(self.journal_lines()), 2)

    def test_an_account_of_another_journal(self):
        other = self.new_journal("BNKB", OTHER_IBAN)
        data = camt(statement(entry("2024-01-10", "1.00", "a"), account=OTHER_IBAN))
        with self.refused("statement.xml", OTHER_IBAN, other.name):
            self.load(data, allow_other_account=True)

    def test_a_journal_without_account_takes_the_first_one(self):
        journal = self.new_journal("BNKC")
        first = self.load(camt(statement(entry("2024-01-10", "1.00", "a"), account=OTHER_IBAN)), journal=journal)
        self.assertIn("account_unset", self.codes(first))
        data = camt(statement(entry("2024-01-11", "1.00", "b"), account="FR1420041010050500013M02606"))
        with self.refused("FR1420041010050500013M02606"):
            self.load(data, journal=journal)

    def test_account_numbers_in_other_writings(self):
        german = self.new_journal("BNKD", "DE02 1203 0000 0000 2020 51")
        for number in ("12030000/0000202051", "12030000/202051", "DE02120300000000202051EUR"):
            mt940 = f":20:A\n:25:{number}\n:28C:1\n:60F:C240101EUR0,00\n:62F:C240101EUR0,00\n-\n".encode()
            self.assertEqual(self.load(mt940, "a.sta", journal=german).state, "done")

    def test_a_locked_period(self):
        self.lock("2024-01-31")
        data = one(entry("2024-02-01", "1.00", "open"), entry("2024-01-10", "1.00", "locked"))
        with self.refused("statement.xml, line 4", "01/10/2024", "01/31/2024"):
            self.load(data)
        self.assertEqual(self.load(one(entry("2024-02-01", "1.00", "open"))).created_count, 1)

    def test_known_lines_in_a_locked_period_do_not_matter(self):
        old = entry("2024-01-10", "1.00", "old")
        self.load(one(old))
        self.lock("2024-01-31")
        self.assertEqual(self.load(one(old, entry("2024-02-01", "1.00", "new"))).created_count, 1)

    def test_a_hard_lock(self):
        self.company.hard_lock_date = "2024-01-31"
        with self.refused("01/31/2024"):
            self.load(one(entry("2024-01-10", "1.00", "locked")))

    def test_a_date_that_odoo_changed(self):
        lines = type(self.lines)
        create = lines.create

        def redating(self_, vals_list):
            return create(self_, [{**vals, "date": "2024-02-28"} for vals in vals_list])

        self.patch(lines, "create", redating)
        with self.refused("statement.xml, line 2", "02/28/2024"):
            self.load(one(entry("2024-01-10", "1.00", "a")))

    def test_the_far_future(self):
        day = (date.today() + timedelta(days=90)).isoformat()
        with self.refused("statement.xml, line 2", "future"):
            self.load(one(entry(day, "1.00", "a")))

    def test_a_hashed_journal(self):
        self.journal.restrict_mode_hash_table = True
        with self.refused("statement.xml", "hash", self.journal.name):
            self.load(one(entry("2024-01-10", "1.00", "a")))

    def test_a_journal_without_suspense_account(self):
        self.journal.suspense_account_id = False
        with self.refused("statement.xml", "suspense", self.journal.name):
            self.load(one(entry("2024-01-10", "1.00", "a")))

    def test_a_journal_of_another_kind(self):
        with self.refused("no bank"):
            self.load(one(entry("2024-01-10", "1.00", "a")), journal=self.company_data["default_journal_misc"])

    def test_no_such_journal(self):
        for journal_id in (0, "first", None, [self.journal.id]):
            with self.refused("journal"):
                self.imports.import_file(journal_id, "a.xml", base64.b64encode(b"x").decode())

    def test_broken_files(self):
        good = one(entry("2024-01-10", "1.00", "a"))
        for data, *texts in (
            (BOMB, "entities"),
            (good[:-40], "ends in the middle", "line"),
            (good.replace(b"</Amt>", b"</Am>", 1), "not valid XML", "line"),
            (b"", "empty"),
            (b"%PDF-1.4 ...", "PDF"),
            (b"\x00\x01\x02\xff" * 50, "statement.xml"),
            (one(entry("2024-01-10", "1x.00", "a")), "1x.00", "line 2"),
            (one(entry("2024-13-10", "1.00", "a")), "2024-13-10", "line 2"),
            (one(entry("2024-01-10", "1.005", "a")), "1.005", "line 2"),
        ):
            with self.subTest(texts), self.refused("statement.xml", *texts):
                self.load(data)

    def test_a_large_file_is_refused_before_it_is_decoded(self):
        # No base64 at all: decoding would complain about that instead.
        with self.refused("huge.xml", "200 MB", "25 MB"):
            self.imports.import_file(self.journal.id, "huge.xml", "*" * (200 * 1024 * 1024 * 4 // 3 + 4))
        self.env["ir.config_parameter"].set_param("ai_bookkeeper.max_import_mb", "0.0001")
        with self.refused("statement.xml", "limit"):
            self.load(one(entry("2024-01-10", "1.00", "a")))

    def test_content_that_is_no_base64(self):
        for content in ("***", None, 5):
            with self.refused("a.xml"):
                self.imports.import_file(self.journal.id, "a.xml", content)

    def test_a_bad_mapping(self):
        for mapping in (
            {"date": "first", "amount": 3},
            {"date": 0},
            {"date": 0, "amount": 99},
            {"date": 4, "amount": 3},
        ):
            with self.subTest(mapping), self.refused("umsatz.csv"):
                self.load(CSV, "umsatz.csv", mapping=mapping)

    def test_all_problems_are_told_at_once(self):
        self.lock("2024-01-31")
        data = camt(statement(entry("2024-01-10", "1.00", "a"), account=OTHER_IBAN))
        with self.refused(OTHER_IBAN, "locked period"):
            self.load(data)

    def test_several_files_go_in_together_or_not_at_all(self):
        good = {"journal_id": self.journal.id, "filename": "good.xml", "data": one(entry("2024-01-10", "1.00", "a"))}
        bad = {
            **good,
            "filename": "bad.xml",
            "data": one(entry("2024-01-10", "1.00", "a", currency="USD"), currency="USD"),
        }
        with self.refused("bad.xml"):
            self.imports._import_many([good, bad])
        twice = self.imports._import_many([good, {**good, "filename": "copy.xml"}])
        self.assertEqual(twice.mapped("created_count"), [1, 0])


@tagged("post_install", "-at_install")
class TestBankImportRights(ImportCase):
    def test_only_reviewers_import_and_undo(self):
        data = one(entry("2024-01-10", "1.00", "a"))
        record = self.load(data)
        for login, group in (
            ("import_manager", "ai_bookkeeper.ai_bookkeeper_group_manager"),
            ("import_auditor", "ai_bookkeeper.ai_bookkeeper_group_auditor"),
            ("import_agent", "ai_bookkeeper.ai_bookkeeper_group_agent"),
            ("import_accountant", "account.group_account_user"),
        ):
            user = self.new_user(login, group)
            with self.subTest(login):
                with self.assertRaises(AccessError):
                    self.load(data, user=user)
                for method in ("action_undo", "action_retry"):
                    with self.assertRaises(AccessError):
                        getattr(record.with_user(user), method)()

    def test_nobody_writes_imports(self):
        record = self.load(one(entry("2024-01-10", "1.00", "a"))).with_user(self.reviewer)
        self.assertEqual(record.state, "done")
        with self.assertRaises(AccessError):
            record.write({"notes": []})
        with self.assertRaises(UserError):
            record.write({"state": "undone"})
        with self.assertRaises(UserError):
            record.with_context(ai_import_gate=True).sudo().write({"state": "undone"})
        with self.assertRaises(AccessError):
            record.create({"name": "x", "journal_id": self.journal.id, "company_id": self.company.id})
        with self.assertRaises(UserError):
            record.sudo().create(
                {"name": "x", "journal_id": self.journal.id, "company_id": self.company.id, "state": "done"}
            )
        with self.assertRaises(AccessError):
            record.unlink()
        with self.assertRaises(UserError):
            record.sudo().unlink()
        with self.assertRaises(AccessError):
            record.attachment_id.write({"raw": b"other"})

    def test_auditors_read(self):
        record = self.load(one(entry("2024-01-10", "1.00", "a")))
        auditor = self.new_user("import_auditor2", "ai_bookkeeper.ai_bookkeeper_group_auditor")
        self.assertEqual(record.with_user(auditor).read(["name", "state"])[0]["state"], "done")
        self.assertTrue(record.with_user(auditor).attachment_id.raw)

    def test_companies_are_apart(self):
        record = self.load(one(entry("2024-01-10", "1.00", "a")))
        other = self.setup_other_company(name="Elsewhere Ltd")["company"]
        stranger = self.new_user("import_stranger", "ai_bookkeeper.ai_bookkeeper_group_reviewer", other)
        self.assertFalse(self.imports.with_user(stranger).search([("id", "=", record.id)]))
        with self.assertRaises(AccessError):
            self.load(one(entry("2024-01-11", "1.00", "b")), user=stranger)
        with self.assertRaises(AccessError):
            record.with_user(stranger).action_undo()
        # The same account may be kept in two companies' books.
        there = self.new_journal("BNKX", IBAN, company=other)
        theirs = self.load(one(entry("2024-01-10", "1.00", "a")), journal=there, user=stranger)
        self.assertRecordValues(theirs, [{"company_id": other.id, "created_count": 1, "duplicate_count": 0}])
        self.assertEqual(theirs.line_ids.company_id, other)
        self.assertFalse(self.imports.search([("id", "=", theirs.id)]))

    def test_another_allowed_company_may_be_active(self):
        other = self.setup_other_company(name="Elsewhere Ltd")["company"]
        self.reviewer.company_ids = [Command.link(other.id)]
        there = self.new_journal("BNKX", company=other)
        imports = self.imports.with_context(allowed_company_ids=[self.company.id, other.id])
        content = base64.b64encode(one(entry("2024-01-10", "1.00", "a"))).decode()
        record = imports.browse(imports.import_file(there.id, "a.xml", content, allow_other_account=True))
        self.assertEqual(
            (record.company_id, record.line_ids.company_id, record.line_ids.move_id.company_id), (other,) * 3
        )
