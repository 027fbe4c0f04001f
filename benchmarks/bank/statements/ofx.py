"""OFX 1.02 (SGML), as accounting exports of online banking."""

from __future__ import annotations

from xml.sax.saxutils import escape

from ..noise import plain
from ..values import Line
from .statement import Statement, bank_id

SUFFIX = ".ofx"
_HEADER = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

"""


def render(statement: Statement) -> bytes:
    """The statement with its closing ledger balance."""
    body = "".join(_transaction(statement, line) for line in statement.lines)
    text = (
        f"<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>"
        f"<DTSERVER>{statement.last:%Y%m%d}230000<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>\n"
        f"<BANKMSGSRSV1><STMTTRNRS><TRNUID>{statement.number}<STATUS><CODE>0<SEVERITY>INFO</STATUS>"
        f"<STMTRS><CURDEF>{statement.journal.currency}\n<BANKACCTFROM><BANKID>1"
        f"<ACCTID>{statement.journal.account_number}<ACCTTYPE>CHECKING</BANKACCTFROM>\n"
        f"<BANKTRANLIST><DTSTART>{statement.first:%Y%m%d}<DTEND>{statement.last:%Y%m%d}\n{body}"
        f"</BANKTRANLIST><LEDGERBAL><BALAMT>{statement.closing}<DTASOF>{statement.last:%Y%m%d}"
        f"</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    )
    return (_HEADER + text).encode("ascii", "replace")


def _transaction(statement: Statement, line: Line) -> str:
    kind = "CREDIT" if line.amount > 0 else "DEBIT"
    name = plain(line.partner_name)[:32]
    memo = plain(" ".join((line.text, *line.references))).strip()[:255]
    return (
        f"<STMTTRN><TRNTYPE>{kind}<DTPOSTED>{line.date:%Y%m%d}<TRNAMT>{line.amount}"
        f"<FITID>{bank_id(statement, line)}"
        + (f"<NAME>{escape(name)}" if name else "")
        + (f"<MEMO>{escape(memo)}" if memo else "")
        + "</STMTTRN>\n"
    )
