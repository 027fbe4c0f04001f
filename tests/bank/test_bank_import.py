"""Getting lines in: what is created, and what is recognised."""

import base64
import json

from odoo.tests import tagged

from .files import CSV, IBAN, OTHER_IBAN, ImportCase, camt, detail, entry, one, statement, workbook

MT940 = f"""\
:20:STARTUMS
:25:{IBAN}
:28C:1/1
:60F:C240101EUR1000,00
:61:2401100110C100,00NTRFNONREF
:86:/NAME/Alpha GmbH/REMI/Invoice 17 of 3 January/
:61:2401100110C100,00NTRFNONREF
:86:/NAME/Alpha GmbH/REMI/Invoice 18 of 3 January/
:62F:C240110EUR1200,00
-
""".encode()


@tagged("post_install", "-at_install")
class TestBankImport(ImportCase):
    def test_what_a_line_becomes(self):
        record = self.load(
            one(entry("2024-01-10", "121.00", "Invoice 17", "B1", "Alpha GmbH", OTHER_IBAN), start=0, end="121.00")
        )
        line = self.journal_lines()
        self.assertRecordValues(
            line,
            [
                {
                    "amount": 121.0,
                    "payment_ref": "Invoice 17",
                    "partner_name": "Alpha GmbH",
                    "account_number": OTHER_IBAN,
                    "partner_id": False,
                    "ai_import_id": record.id,
                    "state": "posted",
                    "is_reconciled": False,
                }
            ],
        )
        self.assertEqual(str(line.date), "2024-01-10")
        self.assertEqual(line.transaction_details["bank_id"], "B1")
        self.assertEqual(json.loads(json.dumps(line.transaction_details)), line.transaction_details)
        self.assertEqual(line.create_uid, self.reviewer)
        self.assertFalse(self.env["res.partner.bank"].search([("acc_number", "=", OTHER_IBAN)]))
        self.assertRecordValues(
            record,
            [
                {
                    "state": "done",
                    "format": "camt.053",
                    "line_count": 1,
                    "created_count": 1,
                    "duplicate_count": 0,
                    "progress": 100.0,
                    "account_number": IBAN,
                    "user_id": self.reviewer.id,
                    "company_id": self.company.id,
                }
            ],
        )
        self.assertEqual(len(record.checksum), 64)
        self.assertTrue(record.with_user(self.reviewer).attachment_id.raw.startswith(b"<?xml"))
        self.assertRecordValues(
            record.statement_ids,
            [{"name": "S-1", "balance_start": 0, "balance_end_real": 121.0, "is_complete": True, "is_valid": True}],
        )
        self.assertEqual(record.statement_ids.line_ids, line)

    def test_it_is_logged_and_told(self):
        record = self.load(one(entry("2024-01-10", "1.00", "a")))
        domain = [("res_model", "=", "ai.bank.import"), ("res_id", "=", record.id)]
        log = self.env["ai.audit.log"].sudo().search([*domain, ("event", "=", "imported")])
        self.assertEqual((log.user_id, log.payload["created"]), (self.reviewer.id, 1))
        event = self.env["sync.event"].sudo().search([*domain, ("name", "=", "bank.imported")])
        self.assertEqual(event.payload["checksum"], record.checksum)

    def test_proposing_is_triggered(self):
        cron = self.env.ref("ai_bookkeeper.ir_cron_propose")
        with self.triggers("ai_bookkeeper.ir_cron_propose") as captured:
            self.load(one(entry("2024-01-10", "1.00", "a")))
        self.assertEqual(captured.records.cron_id, cron)

    def test_the_same_file_twice(self):
        data = one(entry("2024-01-10", "1.00", "a"), entry("2024-01-11", "-2.00", "b"), start=0, end="-1.00")
        self.load(data)
        again = self.load(data)
        self.assertEqual(len(self.journal_lines()), 2)
        self.assertRecordValues(again, [{"state": "done", "created_count": 0, "duplicate_count": 2}])
        self.assertIn("all_known", self.codes(again))
        self.assertFalse(again.statement_ids)

    def test_twins_on_one_day_live(self):
        twin = entry("2024-01-10", "-2.50", "Coffee")
        self.load(one(twin, twin))
        self.assertEqual(len(self.journal_lines()), 2)
        more = self.load(one(twin, twin, entry("2024-01-11", "-2.50", "Coffee")))
        self.assertRecordValues(more, [{"created_count": 1, "duplicate_count": 2}])

    def test_overlapping_files(self):
        days = [entry(f"2024-01-{day:02}", "10.00", f"day {day}") for day in range(1, 31)]
        first = self.load(one(*days[:20], start=0, end="200.00", name="A"))
        second = self.load(one(*days[10:], start="100.00", end="300.00", name="B"))
        self.assertRecordValues(second, [{"created_count": 10, "duplicate_count": 10, "line_count": 20}])
        self.assertEqual(len(self.journal_lines()), 30)
        # The second statement begins where what was known ends.
        self.assertRecordValues(
            first.statement_ids + second.statement_ids,
            [
                {"balance_start": 0, "balance_end_real": 200.0, "is_complete": True, "is_valid": True},
                {"balance_start": 200.0, "balance_end_real": 300.0, "is_complete": True, "is_valid": True},
            ],
        )

    def test_known_lines_in_the_middle_make_no_statement(self):
        days = [entry(f"2024-01-{day:02}", "10.00", f"day {day}") for day in range(1, 6)]
        self.load(one(days[2], start="20.00", end="30.00"))
        around = self.load(one(*days, start=0, end="50.00", name="B"))
        self.assertEqual(around.created_count, 4)
        self.assertFalse(around.statement_ids)
        self.assertIn("statement_split", self.codes(around))

    def test_a_batch_becomes_its_details(self):
        batch = detail("60.00", "E2E-1") + detail("40.00", "E2E-2")
        record = self.load(one(entry("2024-01-10", "100.00", bank_id="B1", details=batch)))
        self.assertEqual(self.journal_lines().mapped("amount"), [60.0, 40.0])
        self.assertEqual(
            self.journal_lines().mapped(lambda line: line.transaction_details["references"]), [["E2E-1"], ["E2E-2"]]
        )
        self.assertEqual(record.line_count, 2)

    def test_an_original_amount_in_another_currency(self):
        original = '<AmtDtls><InstdAmt><Amt Ccy="{}">55.00</Amt></InstdAmt></AmtDtls>'
        usd = entry("2024-01-10", "50.00", details=detail("50.00", "E1", original=original.format("USD")))
        inactive = entry("2024-01-11", "50.00", details=detail("50.00", "E2", original=original.format("CHF")))
        self.env["res.currency"].with_context(active_test=False).search([("name", "=", "CHF")]).active = False
        record = self.load(one(usd, inactive))
        self.assertRecordValues(
            self.journal_lines(),
            [
                {"amount": 50.0, "amount_currency": 55.0, "foreign_currency_id": self.env.ref("base.USD").id},
                {"amount": 50.0, "amount_currency": 0.0, "foreign_currency_id": False},
            ],
        )
        self.assertEqual(self.journal_lines()[1].transaction_details["foreign_currency"], "CHF")
        self.assertIn("currency_inactive", self.codes(record))

    def test_a_line_without_amount_is_kept(self):
        self.load(one(entry("2024-01-10", "0.00", "Advice")))
        self.assertEqual(self.journal_lines().mapped("payment_ref"), ["Advice"])

    def test_lines_of_another_import_are_recognised(self):
        values = {"journal_id": self.journal.id, "date": "2024-01-10", "amount": 100.0}
        theirs = self.lines.create(
            [{**values, "payment_ref": "Alpha GmbH: INVOICE 18"}, {**values, "payment_ref": "Something else"}]
        )
        record = self.load(
            one(
                entry("2024-01-10", "100.00", "Invoice 17", partner="Alpha GmbH"),
                entry("2024-01-10", "100.00", "Invoice 18", partner="Alpha GmbH"),
            )
        )
        self.assertRecordValues(record, [{"created_count": 1, "duplicate_count": 1}])
        self.assertTrue(theirs[0].ai_fingerprint)
        self.assertFalse(theirs[0].ai_import_id)
        self.assertFalse(theirs[1].ai_fingerprint)
        # Same day and amount, another text: kept, and told.
        self.assertIn("possible_doubles", self.codes(record))
        self.assertEqual(len(self.journal_lines()), 3)

    def test_another_number_is_another_line(self):
        self.lines.create(
            {"journal_id": self.journal.id, "date": "2024-01-10", "amount": 100.0, "payment_ref": "Alpha invoice 17"}
        )
        record = self.load(one(entry("2024-01-10", "100.00", "Alpha invoice 18")))
        self.assertEqual((record.created_count, self.codes(record)), (1, ["possible_doubles"]))

    def test_another_format_of_the_same_days(self):
        self.load(
            one(
                entry("2024-01-10", "100.00", "Invoice 18 of 3 January", "X18", "Alpha GmbH"),
                entry("2024-01-10", "100.00", "Invoice 17 of 3 January", "X17", "Alpha GmbH"),
            )
        )
        second = self.load(MT940, "statement.sta")
        self.assertRecordValues(second, [{"created_count": 0, "duplicate_count": 2}])

    def test_undone_keys_can_come_again(self):
        data = one(entry("2024-01-10", "1.00", "a"))
        self.load(data).with_user(self.reviewer).action_undo()
        self.assertEqual(self.load(data).created_count, 1)

    def test_a_gap_in_the_balances_is_told(self):
        first = self.load(one(entry("2024-01-10", "1.00", "a"), start=0, end="5.00"))
        self.assertEqual(self.codes(first), ["balance_gap"])
        self.assertIn("S-1", first.notes_text)
        self.assertIn("4.00", first.notes_text)
        later = self.load(one(entry("2024-02-10", "1.00", "b"), start="7.00", end="8.00", name="S-2"))
        self.assertEqual(self.codes(later), ["balance_gap"])
        self.assertIn("opens with 7.00", later.notes_text)
        self.assertFalse(later.statement_ids.is_valid)

    def test_notes_are_escaped(self):
        name = "&lt;img src=x onerror=alert(1)&gt;"
        record = self.load(one(entry("2024-01-10", "1.00", "a"), start=0, end="5.00", name=name))
        self.assertIn("&lt;img", record.notes_html)
        self.assertNotIn("<img", record.notes_html)

    def test_a_file_without_lines(self):
        record = self.load(one(start=0, end=0))
        self.assertRecordValues(record, [{"state": "done", "line_count": 0, "created_count": 0}])
        self.assertIn("empty", self.codes(record))

    def test_several_accounts_in_one_file(self):
        other = self.new_journal("BNKB", OTHER_IBAN)
        data = camt(
            statement(entry("2024-01-10", "1.00", "a")),
            statement(entry("2024-01-10", "2.00", "b"), account=OTHER_IBAN, name="S-2"),
        )
        record = self.load(data)
        self.assertEqual(self.journal_lines().mapped("amount"), [1.0])
        self.assertIn("other_parts", self.codes(record))
        self.load(data, journal=other)
        self.assertEqual(self.journal_lines(other).mapped("amount"), [2.0])

    def test_queries_do_not_grow_with_known_lines(self):
        def cost(count):
            lines = [entry(f"2024-01-{number % 28 + 1:02}", "1.00", f"Payment {number}") for number in range(count)]
            self.load(one(*lines))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.load(one(*lines))
            return self.env.cr.sql_log_count - before

        self.assertLessEqual(cost(120), cost(20) + 5)


@tagged("post_install", "-at_install")
class TestSheetImport(ImportCase):
    def test_a_guessed_sheet(self):
        record = self.load(CSV, "umsatz.csv")
        self.assertEqual(self.journal_lines().mapped("amount"), [-50.0, 1190.0])
        self.assertEqual(self.journal_lines().mapped("partner_name"), ["Stadtwerke", "Mueller GmbH"])
        self.assertRecordValues(record.statement_ids, [{"balance_start": 1000.0, "balance_end_real": 2140.0}])
        self.assertTrue(record.mapping)

    def test_a_workbook(self):
        self.load(workbook([["Date", "Description", "Amount"], ["2024-02-03", "Invoice 17", 12.5]]), "a.xlsx")
        self.assertEqual(self.journal_lines().mapped("amount"), [12.5])

    def test_a_chosen_mapping_is_remembered(self):
        data = b"When;What;Who;Sum\n03/04/2024;Invoice;Alpha;12.50\n"
        mapping = {"date": 0, "texts": [1, 2], "amount": 3, "date_format": "MDY", "inverse_sign": True}
        self.load(data, "card.csv", mapping=mapping)
        self.assertEqual(str(self.journal_lines().date), "2024-03-04")
        self.load(b"When;What;Who;Sum\n05/06/2024;Invoice;Alpha;7.00\n", "card.csv")
        line = self.journal_lines()[1]
        self.assertEqual((str(line.date), line.amount, line.payment_ref), ("2024-05-06", -7.0, "Invoice Alpha"))
        other = self.new_journal("BNKC")
        again = self.load(b"Date;Text;Amount\n2024-01-02;x;1\n", "other.csv", journal=other)
        self.assertEqual(again.created_count, 1)

    def test_mapping_is_kept_per_journal(self):
        data = b"When;What;Sum\n03/04/2024;Invoice;12.50\n"
        base = {"date": 0, "texts": [1], "amount": 2}
        other = self.new_journal("BNKC")
        self.load(data, "a.csv", mapping={**base, "date_format": "MDY"})
        self.load(data, "a.csv", mapping={**base, "date_format": "DMY"}, journal=other)
        self.assertEqual(self.env["ai.bank.import.mapping"].sudo().search_count([]), 2)
        self.load(b"When;What;Sum\n05/06/2024;Again;1.00\n", "a.csv")
        self.load(b"When;What;Sum\n05/06/2024;Again;1.00\n", "a.csv", journal=other)
        self.assertEqual(str(self.journal_lines()[-1].date), "2024-05-06")
        self.assertEqual(str(self.journal_lines(other)[-1].date), "2024-06-05")

    def test_wrapped_base64(self):
        content = base64.encodebytes(CSV).decode()
        self.assertTrue(self.imports.import_file(self.journal.id, "umsatz.csv", content))
