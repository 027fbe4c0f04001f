"""Statements that do not join, movements that came twice, lines that were changed: found, and put right."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..bank.files import OTHER_IBAN, ImportCase, camt, entry, one, statement

OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>0<ACCTID>NL77ABNA0574908765<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20240101<DTEND>20240131
{lines}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""


def ofx(*lines):
    """(day, amount, id, text) each."""
    text = "".join(
        f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{key}<NAME>{name}</STMTTRN>\n"
        for day, amount, key, name in lines
    )
    return OFX.format(lines=text).encode()


@tagged("post_install", "-at_install")
class TestIntegrity(ImportCase):
    def check(self):
        self.env["ai.statement.check"].sudo()._check_journal(self.journal.sudo())

    def findings(self, user=None, state="open"):
        findings = self.env["ai.finding"].with_user(user or self.reviewer)
        return findings.search([("state", "=", state), ("about", "!=", "account.move")])

    def codes(self, state="open"):
        return sorted(self.findings(state=state).mapped("code"))

    def month(self, name, start, end, *entries):
        return one(*entries, start=start, end=end, name=name)

    # === STATEMENTS === #

    def test_in_order(self):
        self.load(self.month("S1", "0", "100.00", entry("2024-01-10", "100.00", "Sale", "B1")))
        self.load(self.month("S2", "100.00", "150.00", entry("2024-02-10", "50.00", "Sale", "B2")))
        self.check()
        self.assertEqual(self.codes(), [])

    def test_gap_and_its_end(self):
        self.load(self.month("S1", "0", "100.00", entry("2024-01-10", "100.00", "Sale", "B1")))
        self.load(self.month("S3", "130.00", "150.00", entry("2024-03-10", "20.00", "Sale", "B3")))
        self.check()
        [finding] = self.findings()
        self.assertEqual(
            (finding.code, finding.about, finding.severity), ("statement_gap", "account.bank.statement", "warn")
        )
        for text in ("130.00", "100.00", "30.00", "S1"):
            self.assertIn(text, finding.text)
        self.assertIn("S3", finding.target_name)
        action = finding.action_import_missing()
        self.assertEqual(action["context"]["default_journal_id"], self.journal.id)
        both = finding.action_open_twin()
        self.assertEqual(len(self.env[both["res_model"]].search(both["domain"])), 2)
        self.load(self.month("S2", "100.00", "130.00", entry("2024-02-10", "30.00", "Sale", "B2")))
        self.check()
        self.assertEqual((self.codes(), self.codes("gone")), ([], ["statement_gap"]))

    def test_lines_that_do_not_add_up(self):
        self.load(self.month("S1", "0", "120.00", entry("2024-01-10", "100.00", "Sale", "B1")))
        self.check()
        self.assertEqual(self.codes(), ["statement_rest"])

    def test_overlap(self):
        """A balance that agrees says nothing about days that are in two statements."""
        first = statement(
            entry("2024-01-10", "100.00", "A", "B1") + entry("2024-01-20", "10.00", "B", "B2"), 0, "110.00", name="S1"
        )
        second = statement(
            entry("2024-01-15", "5.00", "C", "B3") + entry("2024-01-25", "5.00", "D", "B4"),
            "110.00",
            "120.00",
            name="S2",
        )
        self.load(camt(first))
        self.load(camt(second))
        self.check()
        self.assertEqual(self.codes(), ["statement_overlap"])

    def test_number_left_out(self):
        for number, name in enumerate(("2024/001", "2024/002", "2024/003", "2024/005"), 1):
            self.load(
                self.month(
                    name,
                    "0",
                    "0",
                    entry(f"2024-0{number}-10", "1.00", "A", f"A{number}"),
                    entry(f"2024-0{number}-11", "-1.00", "B", f"B{number}"),
                )
            )
        self.check()
        [finding] = self.findings()
        self.assertEqual((finding.code, finding.values), ("statement_number", {"count": 1}))

    def test_dismissed_stays_dismissed(self):
        self.load(self.month("S1", "0", "100.00", entry("2024-01-10", "100.00", "Sale", "B1")))
        self.load(self.month("S3", "130.00", "150.00", entry("2024-03-10", "20.00", "Sale", "B3")))
        self.check()
        self.findings().action_dismiss("the account was closed in between")
        self.check()
        self.assertEqual((self.codes(), self.codes("dismissed")), ([], ["statement_gap"]))

    # === DOUBLES === #

    def test_same_movement_by_two_ways(self):
        """A line of a file, then the same by another program: found, set aside, put back."""
        self.load(self.month("S1", "0", "100.00", entry("2024-01-10", "100.00", "Northwind Invoice 1717", "B1")))
        twin = self.journal_lines()
        late = self.lines.create(
            {
                "journal_id": self.journal.id,
                "date": "2024-01-10",
                "amount": 100.0,
                "payment_ref": "NORTHWIND INVOICE 1717",
            }
        )
        self.check()
        [finding] = self.findings()
        self.assertEqual((finding.code, finding.res_id, finding.twin_id), ("line_double", late.id, twin.id))
        self.assertIn("Northwind Invoice 1717", finding.text)
        balance = self.balance()
        finding.action_set_aside()
        self.assertEqual((late.state, finding.state), ("cancel", "dismissed"))
        self.assertEqual(self.balance(), balance - 100.0)
        self.assertEqual(self.env["ai.audit.log"].sudo().search([], limit=1).event, "line_set_aside")
        self.check()
        self.assertEqual(self.codes(), [])
        finding.action_put_back()
        self.assertEqual((late.state, finding.state, self.balance()), ("posted", "open", balance))
        self.check()
        self.assertEqual(self.codes(), ["line_double"])

    def balance(self):
        items = self.env["account.move.line"].search(
            [("account_id", "=", self.journal.default_account_id.id), ("parent_state", "=", "posted")]
        )
        return round(sum(items.mapped("amount_currency")), 2)

    def test_two_formats(self):
        """The importer keeps a line with the same day and amount and another text; so does the check."""
        self.load(
            one(entry("2024-01-10", "100.00", "Northwind Invoice 17", "B1"), entry("2024-01-10", "70.00", "Rent", "B2"))
        )
        self.load(ofx(("20240110", "100.00", "F1", "Blue Yonder")), name="x.ofx")
        self.check()
        self.assertEqual(self.codes(), [])

    def test_genuine_twins_of_one_way(self):
        self.load(one(entry("2024-01-10", "5.00", "Coffee", "B1"), entry("2024-01-10", "5.00", "Coffee", "B2")))
        self.check()
        self.assertEqual(self.codes(), [])

    def test_two_journals_of_one_account(self):
        other = self.new_journal("BNKB")
        other.bank_account_id = self.journal.bank_account_id
        self.load(one(entry("2024-01-10", "100.00", "Northwind Invoice 17", "B1")))
        self.lines.create(
            {"journal_id": other.id, "date": "2024-01-10", "amount": 100.0, "payment_ref": "Northwind Invoice 17"}
        )
        self.env["ai.statement.check"].sudo()._check_journal(other.sudo())
        self.assertEqual(self.codes(), ["line_double"])

    def test_policies_ask(self):
        """What may be one too many is not accepted by a policy."""
        self.load(one(entry("2024-01-10", "-100.00", "Northwind Invoice 1717", "B1")))
        late = self.lines.create(
            {
                "journal_id": self.journal.id,
                "date": "2024-01-10",
                "amount": -100.0,
                "payment_ref": "Northwind Invoice 1717",
            }
        )
        self.check()
        suggestions = self.env["ai.suggestion"].sudo()
        expense = self.company_data["default_account_expense"]
        proposal = {"lines": [{"account_id": expense.id, "amount": "-100.00"}], "remainder": "0"}
        values = {"kind": "bank_coding", "res_model": late._name, "res_id": late.id, "proposal": proposal}
        suggestion = suggestions.browse(suggestions.with_user(self.reviewer).submit(values))
        self.assertEqual(suggestion._situations()[suggestion.id].finding, "line_double")
        self.assertEqual(suggestion._stored_situation().finding, "line_double")
        self.assertIn("came another way", suggestion.with_user(self.reviewer).card["line_finding"])

    def test_booked_line_is_not_set_aside(self):
        self.load(one(entry("2024-01-10", "-100.00", "Northwind Invoice 1717", "B1")))
        late = self.lines.create(
            {
                "journal_id": self.journal.id,
                "date": "2024-01-10",
                "amount": -100.0,
                "payment_ref": "Northwind Invoice 1717",
            }
        )
        self.check()
        expense = self.company_data["default_account_expense"]
        values = {"write_off": [{"account_id": expense.id, "amount": "-100.00"}]}
        late.with_user(self.reviewer).ai_book_by_hand(values)
        with self.assertRaises(UserError):
            self.findings().action_set_aside()
        self.assertEqual(late.state, "posted")

    def test_locked(self):
        self.load(one(entry("2024-01-10", "-100.00", "Northwind Invoice 1717", "B1")))
        self.lines.create(
            {
                "journal_id": self.journal.id,
                "date": "2024-01-10",
                "amount": -100.0,
                "payment_ref": "Northwind Invoice 1717",
            }
        )
        self.check()
        self.lock("2024-01-31")
        with self.assertRaises(UserError):
            self.findings().action_set_aside()

    # === CORRECTED AND CHANGED === #

    def test_corrected_by_the_bank(self):
        self.load(one(entry("2024-01-10", "100.00", "Northwind", "TX20240110AB")))
        early = self.journal_lines()
        self.load(one(entry("2024-01-10", "101.00", "Northwind", "TX20240110AB")), name="again.xml")
        self.check()
        [finding] = self.findings()
        self.assertEqual((finding.code, finding.twin_id), ("line_corrected", early.id))
        self.assertIn("101.00", finding.text)
        finding.action_set_aside()
        self.assertEqual(early.state, "cancel")
        self.assertEqual(self.balance(), 101.0)

    def test_changed_since_it_was_imported(self):
        self.load(
            one(
                entry("2024-01-10", "100.00", "Northwind", "B1"),
                entry("2024-01-10", "100.00", "Northwind", "B2"),
                entry("2024-01-11", "7.00", "Same", iban=OTHER_IBAN),
            )
        )
        self.check()
        self.assertEqual(self.codes(), [])
        line = self.journal_lines()[0]
        line.with_user(self.reviewer).write({"amount": 90.0, "date": "2024-01-12"})
        self.journal_lines()[2].write({"partner_name": "Somebody"})
        self.check()
        [finding] = self.findings()
        self.assertEqual((finding.code, finding.res_id), ("line_changed", line.id))
        self.assertIn("100.00", finding.text)
        finding.action_restore_line()
        self.assertEqual((line.amount, str(line.date)), (100.0, "2024-01-10"))
        self.check()
        self.assertEqual((self.codes(), self.codes("dismissed")), ([], ["line_changed"]))

    def test_lines_gone(self):
        record = self.load(
            one(entry("2024-01-10", "100.00", "Northwind", "B1"), entry("2024-01-11", "7.00", "X", "B2"))
        )
        self.journal_lines()[0].unlink()
        self.check()
        [finding] = self.findings()
        self.assertEqual(
            (finding.code, finding.res_model, finding.res_id), ("import_lines_gone", record._name, record.id)
        )
        self.load(
            one(entry("2024-01-10", "100.00", "Northwind", "B1"), entry("2024-01-11", "7.00", "X", "B2")),
            name="again.xml",
        )
        record.action_undo()
        self.check()
        self.assertEqual(self.codes(), [])

    # === RUNS, RIGHTS === #

    def test_only_what_is_new(self):
        self.load(one(entry("2024-01-10", "100.00", "Northwind", "B1")))
        self.check()
        self.assertTrue(self.journal.ai_statements_checked_at)
        self.env.cr.execute("UPDATE account_move SET write_date = write_date - interval '2 days'")
        checker = type(self.env["ai.statement.check"])
        looked = []
        self.patch(checker, "_check_lines", lambda _self, journal, line_ids: looked.append(line_ids))
        self.check()
        self.assertEqual(looked, [])

    def test_an_import_causes_a_check(self):
        with self.triggers("ai_bookkeeper.ir_cron_statement_check") as capture:
            self.load(one(entry("2024-01-10", "100.00", "Northwind", "B1")))
        self.assertEqual(len(capture.records), 1)

    def test_cron(self):
        self.load(self.month("S1", "0", "100.00", entry("2024-01-10", "100.00", "Sale", "B1")))
        self.load(self.month("S3", "130.00", "150.00", entry("2024-03-10", "20.00", "Sale", "B3")))
        with self.enter_registry_test_mode():
            self.env.ref("ai_bookkeeper.ir_cron_statement_check").method_direct_trigger()
        self.assertEqual(self.codes(), ["statement_gap"])

    def test_rights(self):
        self.load(self.month("S1", "0", "100.00", entry("2024-01-10", "100.00", "Sale 1717", "B1")))
        self.lines.create(
            {"journal_id": self.journal.id, "date": "2024-01-10", "amount": 100.0, "payment_ref": "Sale 1717"}
        )
        self.check()
        finding = self.findings()
        for role in ("auditor", "manager"):
            user = self.new_user(f"integrity_{role}", f"ai_bookkeeper.ai_bookkeeper_group_{role}")
            self.assertEqual(self.findings(user), finding)
            for method in ("action_set_aside", "action_put_back", "action_restore_line", "action_import_missing"):
                with self.assertRaises(AccessError):
                    getattr(finding.with_user(user), method)()
        with self.assertRaises(UserError):
            finding.action_put_back()
        with self.assertRaises(UserError):
            finding.action_restore_line()

    def test_filters(self):
        self.load(self.month("S1", "0", "120.00", entry("2024-01-10", "100.00", "Sale", "B1")))
        self.check()
        findings = self.env["ai.finding"].with_user(self.reviewer)
        groups = findings.read_group([("state", "=", "open")], ["__count"], ["about"])
        self.assertIn("account.bank.statement", [group["about"] for group in groups])
        self.assertEqual(findings.search([("about", "=", "account.bank.statement")]).mapped("code"), ["statement_rest"])
        self.assertNotIn("statement_rest", findings.search([("about", "=", "other")]).mapped("code"))
