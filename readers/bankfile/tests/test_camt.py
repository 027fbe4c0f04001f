"""CAMT: batches, signs, parties, references, balances, versions."""

from __future__ import annotations

import unittest
from datetime import date
from decimal import Decimal

from .. import BankFileError, read
from . import samples
from .samples import PARTIES, balance, camt, detail, entry


def lines_of(data: bytes):
    """All lines of the only statement."""
    return read(data, "a.xml").statements[0].lines


class TestBatches(unittest.TestCase):
    def test_each_detail_is_a_line(self):
        details = detail("60.00", refs="<AcctSvcrRef>X</AcctSvcrRef>") + detail("40.00", "CRDT")
        lines = lines_of(camt(entry(details=details, extra="<AcctSvcrRef>ENTRY-7</AcctSvcrRef>")))
        self.assertEqual([line.amount for line in lines], [Decimal("60.00"), Decimal("40.00")])
        self.assertEqual([line.bank_id for line in lines], ["X", "ENTRY-7/2"])

    def test_shared_detail_ids_are_numbered(self):
        same = "<AcctSvcrRef>X</AcctSvcrRef>"
        lines = lines_of(camt(entry(details=detail("60.00", refs=same) + detail("40.00", refs=same))))
        self.assertEqual([line.bank_id for line in lines], ["X/1", "X/2"])

    def test_mixed_directions(self):
        details = detail("130.00", "CRDT") + detail("30.00", "DBIT")
        lines = lines_of(camt(entry(details=details)))
        self.assertEqual([line.amount for line in lines], [Decimal("130.00"), Decimal("-30.00")])

    def test_details_that_repeat_the_original_direction(self):
        details = detail("60.00", "CRDT") + detail("40.00", "CRDT")
        lines = lines_of(camt(entry(direction="DBIT", details=details)))
        self.assertEqual([line.amount for line in lines], [Decimal("-60.00"), Decimal("-40.00")])

    def test_rest_of_a_batch_is_a_line(self):
        answer = read(camt(entry(details=detail("60.00") + detail("39.50"))))
        amounts = [line.amount for line in answer.statements[0].lines]
        self.assertEqual(sum(amounts), Decimal("100.00"))
        self.assertEqual(amounts[2], Decimal("0.50"))
        note = dict(answer.notes)["batch_rest"]
        self.assertEqual((note["rest"], note["entry"], note["line"]), ("0.50", 1, 2))

    def test_details_beyond_the_entry_or_without_amounts_stay_whole(self):
        for details in (detail("600.00") + detail("40.00"), detail() + detail("40.00")):
            answer = read(camt(entry(details=details)))
            self.assertEqual([x.amount for x in answer.statements[0].lines], [Decimal("100.00")])
            self.assertIn("batch_whole", dict(answer.notes))

    def test_single_detail_has_the_amount_of_the_entry(self):
        charges = "<Chrgs><Rcrd><Amt Ccy='EUR'>3.00</Amt></Rcrd></Chrgs>"
        (line,) = lines_of(camt(entry("97.00", details=detail("100.00", extra=charges))))
        self.assertEqual((line.amount, line.raw["charges"]), (Decimal("97.00"), "3.00 EUR"))


class TestParties(unittest.TestCase):
    def test_receipt_names_the_debtor(self):
        (line,) = lines_of(camt(entry(details=detail(extra=PARTIES))))
        self.assertEqual(line.partner_name, "Paying Customer")
        self.assertEqual(line.account_number, "DE89370400440532013000")

    def test_returned_payment_names_the_other_side(self):
        parties = PARTIES.replace("Dbtr", "Tmp").replace("Cdtr", "Dbtr").replace("Tmp", "Cdtr")
        (line,) = lines_of(camt(entry(details=detail(extra=parties))))
        self.assertEqual(line.partner_name, "Paying Customer")

    def test_reversal_keeps_the_sign_and_turns_the_parties(self):
        parties = "<RltdPties><Dbtr><Nm>A</Nm></Dbtr><Cdtr><Nm>B</Nm></Cdtr></RltdPties>"
        (line,) = lines_of(camt(entry(extra="<RvslInd>true</RvslInd>", details=detail(extra=parties))))
        self.assertEqual((line.amount, line.partner_name), (Decimal("100.00"), "B"))

    def test_wrapped_and_ultimate_parties(self):
        parties = (
            "<RltdPties><Dbtr><Pty><Nm>Bank Pay</Nm></Pty></Dbtr>"
            "<UltmtDbtr><Pty><Nm>Real Payer</Nm></Pty></UltmtDbtr></RltdPties>"
        )
        (line,) = lines_of(camt(entry(details=detail(extra=parties))))
        self.assertEqual((line.partner_name, line.raw["UltmtDbtr"]), ("Bank Pay", "Real Payer"))


class TestFields(unittest.TestCase):
    def test_references_texts_codes_and_foreign_amounts(self):
        refs = "<EndToEndId>E2E</EndToEndId><MndtId>M</MndtId><InstrId>NOTPROVIDED</InstrId>"
        extra = (
            "<AmtDtls><InstdAmt><Amt Ccy='USD'>110.00</Amt><CcyXchg><XchgRate>1.1</XchgRate>"
            "</CcyXchg></InstdAmt></AmtDtls>"
            "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RDDT</Cd><SubFmlyCd>UPDD</SubFmlyCd></Fmly>"
            "</Domn></BkTxCd><RmtInf><Ustrd>Invoice</Ustrd><Ustrd>17</Ustrd><Strd><CdtrRefInf>"
            "<Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>"
            "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
        )
        (line,) = lines_of(camt(entry(direction="DBIT", details=detail("100.00", refs=refs, extra=extra))))
        self.assertEqual(line.references, ("RF18539007547034", "E2E", "M"))
        self.assertEqual(line.text, "Invoice 17")
        self.assertEqual(line.code, "PMNT-RDDT-UPDD AC04")
        self.assertEqual((line.foreign_amount, line.foreign_currency), (Decimal("-110.00"), "USD"))
        self.assertEqual((line.date, line.value_date), (date(2024, 1, 2), date(2024, 1, 3)))
        self.assertEqual((line.raw["XchgRate"], line.source_line), ("1.1", 2))

    def test_pending_entries_are_noted_not_read(self):
        answer = read(camt(entry(status="<Sts><Cd>PDNG</Cd></Sts>") + entry("1.00")))
        self.assertEqual(len(answer.statements[0].lines), 1)
        self.assertEqual(dict(answer.notes)["pending_entries"]["count"], 1)

    def test_balances(self):
        balances = balance("PRCD", "10.00", "DBIT") + balance("CLBD", "90.00")
        answer = read(camt(entry(), balances))
        statement = answer.statements[0]
        self.assertEqual(statement.balance_start, Decimal("-10.00"))
        self.assertEqual((statement.balance_end, statement.date), (Decimal("90.00"), date(2024, 1, 2)))
        self.assertEqual(answer.notes, ())

    def test_gap_is_told(self):
        balances = balance("OPBD", "10.00") + balance("CLBD", "90.00")
        values = dict(read(camt(entry(), balances)).notes)["balance_gap"]
        self.assertEqual((values["expected"], values["found"]), ("110.00", "90.00"))
        self.assertEqual((values["gap"], values["statement"]), ("-20.00", "S-1"))

    def test_currency_of_entry_must_be_the_accounts(self):
        with self.assertRaises(BankFileError) as caught:
            read(camt(entry(), balance("OPBD", "1").replace("EUR", "CHF")))
        self.assertEqual((caught.exception.code, caught.exception.line), ("mixed_currency", 2))


class TestDocuments(unittest.TestCase):
    def test_every_version_and_no_namespace(self):
        for number in (2, 4, 8, 13):
            data = camt(entry(), version=f"053.001.{number:02}")
            self.assertEqual(read(data).format, "camt.053")
        bare = camt(entry()).replace(b' xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"', b"")
        self.assertEqual(len(lines_of(bare)), 1)

    def test_prefixed_namespace(self):
        data = camt(entry()).replace(b"</", b"</c:").replace(b"<c:", b"<c:")
        data = data.replace(b"xmlns=", b"xmlns:c=")
        data = b"".join(b"<c:" + part if part[:1].isalpha() else b"<" + part for part in data.split(b"<")[1:])
        self.assertEqual(len(lines_of(data)), 1)

    def test_notification_and_report(self):
        for outer, inner, name, note in (
            ("BkToCstmrDbtCdtNtfctn", "Ntfctn", "camt.054", "notification"),
            ("BkToCstmrAcctRpt", "Rpt", "camt.052", "interim"),
        ):
            answer = read(camt(entry(), version=f"{name[5:]}.001.04", part=(outer, inner)))
            self.assertEqual(answer.format, name)
            self.assertIn(note, dict(answer.notes))

    def test_wrongly_declared_encoding_is_repaired(self):
        data = camt(entry(extra="<AddtlNtryInf>Gebühr</AddtlNtryInf>")).decode().encode("cp1252")
        answer = read(data)
        self.assertEqual(answer.statements[0].lines[0].text, "Gebühr")
        self.assertEqual(dict(answer.notes)["wrong_encoding"]["encoding"], "cp1252")

    def test_utf16(self):
        data = camt(entry(), head='<?xml version="1.0" encoding="UTF-16"?>').decode()
        self.assertEqual(len(lines_of(data.encode("utf-16"))), 1)

    def test_no_transactions(self):
        self.assertIn("empty", dict(read(camt("")).notes))

    def test_archive_with_two_statements(self):
        packed = samples.archive({"b.xml": camt(entry()), "a.xml": camt(entry("5.00"))})
        answer = read(packed, "x.zip")
        self.assertEqual([s.lines[0].amount for s in answer.statements], [Decimal(5), Decimal(100)])


class TestRefusals(unittest.TestCase):
    def refused(self, data: bytes) -> BankFileError:
        """The error that reading these bytes raises."""
        with self.assertRaises(BankFileError) as caught:
            read(data, "a.xml")
        return caught.exception

    def test_truncated(self):
        error = self.refused(camt(entry() + entry())[:-60])
        self.assertEqual(error.code, "truncated")
        self.assertTrue(error.line)

    def test_broken(self):
        error = self.refused(camt(entry()).replace(b"</Amt>", b"</Amount>"))
        self.assertEqual((error.code, error.line), ("broken_xml", 3))

    def test_entities(self):
        bomb = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        file = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        for head in (bomb, file, "<!DOCTYPE d>"):
            self.assertEqual(self.refused(camt(entry(), head=head)).code, "entities_forbidden")
        wide = camt(entry(), head='<?xml version="1.0" encoding="UTF-16"?>' + bomb).decode()
        self.assertEqual(self.refused(wide.encode("utf-16")).code, "entities_forbidden")

    def test_amounts(self):
        for amount, code in (("NaN", "bad_amount"), ("1e5", "bad_amount"), ("", "missing_field"),
                             ("1" + "0" * 30, "amount_out_of_range")):  # fmt: skip
            error = self.refused(camt(entry(amount)))
            self.assertEqual((error.code, error.line), (code, 2))

    def test_dates(self):
        error = self.refused(camt(entry()).replace(b"2024-01-02", b"2024-02-30"))
        self.assertEqual((error.code, error.line), ("bad_date", 2))

    def test_other_xml(self):
        self.assertEqual(self.refused(b"<?xml version='1.0'?><Invoice/>").code, "unknown_xml")


if __name__ == "__main__":
    unittest.main()
