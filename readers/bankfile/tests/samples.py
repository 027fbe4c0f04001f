"""Small bank files written for these tests, and builders for variants of them."""

from __future__ import annotations

import io
import zipfile


def detail(amount: str = "", direction: str = "", refs: str = "", extra: str = "") -> str:
    """One TxDtls; ``refs`` and ``extra`` are XML."""
    stated = f'<Amt Ccy="EUR">{amount}</Amt>' if amount else ""
    sign = f"<CdtDbtInd>{direction}</CdtDbtInd>" if direction else ""
    return f"<TxDtls><Refs>{refs}</Refs>{stated}{sign}{extra}</TxDtls>"


def entry(
    amount: str = "100.00",
    direction: str = "CRDT",
    details: str = "",
    extra: str = "",
    status: str = "<Sts>BOOK</Sts>",
) -> str:
    """One Ntry of 2 January 2024."""
    inside = f"<NtryDtls>{details}</NtryDtls>" if details else ""
    return (
        f'<Ntry>\n<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>{status}'
        f"<BookgDt><Dt>2024-01-02</Dt></BookgDt><ValDt><DtTm>2024-01-03T00:00:00</DtTm></ValDt>"
        f"{extra}{inside}</Ntry>\n"
    )


def balance(kind: str, amount: str, direction: str = "CRDT") -> str:
    """One Bal."""
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>'
        f"<Dt><Dt>2024-01-02</Dt></Dt></Bal>"
    )


def camt(
    entries: str,
    balances: str = "",
    version: str = "053.001.08",
    part: tuple[str, str] = ("BkToCstmrStmt", "Stmt"),
    head: str = '<?xml version="1.0" encoding="UTF-8"?>',
) -> bytes:
    """A CAMT document with one statement of account NL77ABNA0574908765."""
    outer, inner = part
    return (
        f'{head}\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{version}"><{outer}>'
        f"<GrpHdr><MsgId>M</MsgId></GrpHdr><{inner}><Id>S-1</Id>"
        f"<Acct><Id><IBAN>NL77ABNA0574908765</IBAN></Id><Ownr><Nm>Own Company</Nm></Ownr></Acct>"
        f"{balances}{entries}</{inner}></{outer}></Document>"
    ).encode()


PARTIES = (
    "<RltdPties><Dbtr><Nm>Paying Customer</Nm></Dbtr>"
    "<DbtrAcct><Id><IBAN>DE89 3704 0044 0532 0130 00</IBAN></Id></DbtrAcct>"
    "<Cdtr><Nm>Own Company</Nm></Cdtr>"
    "<CdtrAcct><Id><IBAN>NL77ABNA0574908765</IBAN></Id></CdtrAcct></RltdPties>"
)

MT940 = """\
{1:F01BANKDEFFXXXX0000000000}{2:I940BANKDEFFXXXXN}{4:
:20:STARTUMS
:25:10020030/1234567890
:28C:5/1
:60F:C240101EUR1000,00
:61:2401020102D50,25NDDTNONREF//B123
:86:105?00BASISLASTSCHRIFT?20EREF+RE-2024-001?21MREF+M1?22SVWZ+Rechnung 2024-001
?23vom Januar?30COBADEFFXXX?31DE89370400440532013000?32Stadtwerke Musterstad
t?33 GmbH
:61:2312310102RC10,00NTRFREF9
:86:Storno
:62M:C240102EUR939,75
-}
:20:STARTUMS
:25:10020030/1234567890
:28C:5/2
:60M:C240102EUR939,75
:61:240103C60,25NTRFKREF+//NONREF
:86:/TRTP/SEPA OVERBOEKING/IBAN/NL46ABNA0499998748/BIC/ABNANL2A/NAME/J. Jansen/R
EMI/Factuur 17/EREF/E2E-17
:62F:C240103EUR1000,00
-
"""

OFX_HEAD = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n"


def transaction(amount: str = "-12.50", fitid: str = "F1", name: str = "Shop & Co") -> str:
    """One STMTTRN in SGML."""
    return (
        f"<STMTTRN>\n<TRNTYPE>DEBIT\n<DTPOSTED>20240102120000[-5:EST]\n<TRNAMT>{amount}\n"
        f"<FITID>{fitid}\n<NAME>{name}\n<MEMO>card payment\n</STMTTRN>\n"
    )


def ofx(transactions: str, ledger: str = "", head: str = OFX_HEAD) -> str:
    """An OFX file of one account."""
    return (
        f"{head}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR\n"
        f"<BANKACCTFROM><BANKID>1<ACCTID>DE02 1203<ACCTTYPE>CHECKING</BANKACCTFROM>\n"
        f"{ledger}<BANKTRANLIST><DTSTART>20240101<DTEND>20240131\n{transactions}</BANKTRANLIST>"
        f"</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    )


QIF = "!Type:Bank\nD1/25'04\nT-1,000.00\nPDelta\nMbooks\nN17\n^\nD1/26'04\nT5.00\nPAlpha\n^\n"

GERMAN_CSV = """\
Umsatzanzeige;;;;;
IBAN: DE02120300000000202051;;;;;
;;;;;
Buchungstag;Wertstellung;Auftraggeber/Empfänger;Verwendungszweck;Betrag (EUR);Saldo
03.02.2024;03.02.2024;Müller GmbH;Rechnung 17;1.190,00;2.140,00
02.02.2024;02.02.2024;Stadtwerke;Abschlag;-50,00;950,00
"""


def workbook(rows: list[list]) -> bytes:
    """An XLSX with these rows."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    """A zip of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return stream.getvalue()
