"""Small bank files, and a user who may import them."""

import base64
import io

from odoo.tests import RecordCapturer, new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

IBAN = "NL77ABNA0574908765"
OTHER_IBAN = "DE89370400440532013000"


def entry(day, amount, text="", bank_id="", partner="", iban="", details="", currency="EUR"):
    """One CAMT entry; ``amount`` is signed text."""
    direction = "DBIT" if amount.startswith("-") else "CRDT"
    role = "Cdtr" if direction == "DBIT" else "Dbtr"
    party = f"<{role}><Nm>{partner}</Nm></{role}>" if partner else ""
    party += f"<{role}Acct><Id><IBAN>{iban}</IBAN></Id></{role}Acct>" if iban else ""
    one = f"<TxDtls><RltdPties>{party}</RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>"
    return (
        f'<Ntry>\n<Amt Ccy="{currency}">{amount.lstrip("-")}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts>BOOK</Sts>'
        f"<BookgDt><Dt>{day}</Dt></BookgDt>"
        + (f"<AcctSvcrRef>{bank_id}</AcctSvcrRef>" if bank_id else "")
        + f"<NtryDtls>{details or one}</NtryDtls></Ntry>\n"
    )


def detail(amount, reference, currency="EUR", original=""):
    """One transaction of a batch; ``original`` is XML of the instructed amount."""
    return (
        f"<TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>"
        f'<Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>{original}</TxDtls>'
    )


def balance(kind, amount, currency="EUR", day="2024-01-31"):
    direction = "DBIT" if str(amount).startswith("-") else "CRDT"
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{str(amount).lstrip("-")}</Amt>'
        f"<CdtDbtInd>{direction}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def statement(entries, start=None, end=None, account=IBAN, name="S-1", currency="EUR"):
    balances = "" if start is None else balance("OPBD", start, currency)
    balances += "" if end is None else balance("CLBD", end, currency)
    return (
        f"<Stmt><Id>{name}</Id><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>{currency}</Ccy></Acct>"
        f"{balances}{entries}</Stmt>"
    )


def camt(*statements):
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>M</MsgId></GrpHdr>{''.join(statements)}</BkToCstmrStmt></Document>"
    ).encode()


def one(*entries, **values):
    """A CAMT file of one statement."""
    return camt(statement("".join(entries), **values))


def many(count, day="2024-01-10", **values):
    """A CAMT file of ``count`` lines of 1.00."""
    return one(*(entry(day, "1.00", f"Payment {number}", bank_id=f"ID{number}") for number in range(count)), **values)


CSV = """Buchungstag;Empfänger;Verwendungszweck;Betrag;Saldo
02.02.2024;Stadtwerke;Abschlag;-50,00;950,00
13.02.2024;Mueller GmbH;Rechnung 17;1.190,00;2.140,00
""".encode()


def workbook(rows):
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class ImportCase(AccountTestInvoicingCommon):
    """A EUR bank journal with an IBAN, and a reviewer who is nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.eur = cls.setup_other_currency("EUR", rates=[("2016-01-01", 0.5)])
        cls.journal = cls.new_journal("BNKA", IBAN)
        cls.reviewer = cls.new_user("import_reviewer", "ai_bookkeeper.ai_bookkeeper_group_reviewer")
        cls.imports = cls.env["ai.bank.import"].with_user(cls.reviewer)
        cls.lines = cls.env["account.bank.statement.line"]

    @classmethod
    def new_user(cls, login, group, company=None):
        company = company or cls.company
        return new_test_user(cls.env, login, groups=group, company_id=company.id, company_ids=[(6, 0, company.ids)])

    @classmethod
    def new_journal(cls, code, number=False, currency=None, company=None):
        return cls.env["account.journal"].create(
            {
                "name": f"Bank {code}",
                "code": code,
                "type": "bank",
                "currency_id": (currency or cls.eur).id,
                "company_id": (company or cls.company).id,
                "bank_acc_number": number,
            }
        )

    def load(self, data, name="statement.xml", journal=None, user=None, **values):
        """Import as the reviewer, over the public method; the import as the superuser sees it."""
        imports = self.imports.with_user(user or self.reviewer)
        content = base64.b64encode(data).decode()
        import_id = imports.import_file((journal or self.journal).id, name, content, **values)
        return self.env["ai.bank.import"].sudo().browse(import_id)

    def triggers(self, cron):
        """Captures the triggers of a scheduled action (an xmlid) in its body."""
        return RecordCapturer(self.env["ir.cron.trigger"].sudo(), [("cron_id", "=", self.env.ref(cron).id)])

    def lock(self, day):
        """Lock the books; past Odoo's own refusal while there are unreconciled lines."""
        self.env.cr.execute("UPDATE res_company SET fiscalyear_lock_date = %s WHERE id = %s", [day, self.company.id])
        self.env.invalidate_all()

    def journal_lines(self, journal=None):
        domain = [("journal_id", "=", (journal or self.journal).id)]
        return self.lines.sudo().search(domain, order="internal_index")

    def codes(self, record):
        return [code for code, _values in record.notes]
