"""pain.001, pain.008 and pain.002 (ISO 20022), on lxml: the names of the standard, without its namespaces."""

from __future__ import annotations

from decimal import Decimal

from ..bankfile import day, number
from ..bankfile.library import library
from ..bankfile.values import BankFileError
from .values import CREDIT, DEBIT, PaymentBlock, PaymentFile, PaymentOrder, PaymentStatus

MAX_BYTES = 20 * 1024 * 1024
#: More than any bank takes in one file.
MAX_ORDERS = 50_000
_TEXT = 1000
_MESSAGES = {
    "CstmrCdtTrfInitn": ("pain.001", CREDIT),
    "pain.001.001.02": ("pain.001", CREDIT),
    "CstmrDrctDbtInitn": ("pain.008", DEBIT),
    "CstmrPmtStsRpt": ("pain.002", ""),
}
_OTHER = {CREDIT: "Cdtr", DEBIT: "Dbtr"}
_OWN = {CREDIT: "Dbtr", DEBIT: "Cdtr"}
_ORDERS = {CREDIT: "CdtTrfTxInf", DEBIT: "DrctDbtTxInf"}
_DATES = ("ReqdExctnDt/Dt", "ReqdExctnDt/DtTm", "ReqdExctnDt", "ReqdColltnDt")
#: What programs write where the standard wants something and they have nothing.
_NOTHING = ("NOTPROVIDED", "NONREF", "NOTAVAILABLE")


def read_pain(data: bytes) -> PaymentFile:
    """Read a payment file or a status report.

    Raises BankFileError: ``too_large``, ``broken_xml``, ``entities_forbidden``, ``no_payment_file``, ``no_orders``,
    ``too_many_orders``, ``bad_amount``, ``amount_out_of_range``, ``bad_date``, ``mixed_currency``, ``missing_field``,
    ``library_missing``.
    """
    if len(data) > MAX_BYTES:
        raise BankFileError(
            "too_large", f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. Send it in parts.", size=len(data)
        )
    root = _root(data)
    for name, (form, kind) in _MESSAGES.items():
        message = root if root.tag == name else root.find(name)
        if message is not None:
            return _report(message) if form == "pain.002" else _initiation(message, form, kind)
    raise BankFileError(
        "no_payment_file",
        "This is no payment file: neither credit transfers (pain.001), nor direct debits (pain.008), nor a status "
        "report (pain.002). Choose the file that was sent to the bank.",
    )


def _root(data: bytes):
    etree = library("lxml.etree", "payment files")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise BankFileError(
            "broken_xml",
            f"The file is not valid XML: {str(error)[:200]}. Get it again from the program that made it.",
            line=line or None,
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise BankFileError(
            "entities_forbidden",
            "The file declares a document type or entities, which no bank takes and which can be an attack. It was "
            "not read.",
        )
    for node in root.iter(etree.Element):
        node.tag = etree.QName(node).localname
    return root


def _initiation(message, form: str, kind: str) -> PaymentFile:
    header = message.find("GrpHdr")
    if header is None:
        raise _missing("GrpHdr", message.sourceline)
    found = message.findall("PmtInf")
    count = sum(len(node.findall(_ORDERS[kind])) for node in found)
    if not count:
        raise BankFileError("no_orders", "The file holds no payments.")
    if count > MAX_ORDERS:
        raise BankFileError("too_many_orders", f"The file holds {count} payments, more than {MAX_ORDERS}.")
    blocks = tuple(_block(node, kind) for node in found if node.find(_ORDERS[kind]) is not None)
    return PaymentFile(form, _text(header, "MsgId"), blocks, (), tuple(_control(header, blocks, count)))


def _control(header, blocks: tuple[PaymentBlock, ...], count: int) -> list[tuple[str, dict]]:
    """Whether the file holds what its head says; a file that was cut or edited does not."""
    notes = []
    told = _text(header, "NbOfTxs")
    if told.isascii() and told.isdigit() and int(told) != count:
        notes.append(("count_differs", {"told": told[:20], "count": count}))
    sum_told = _text(header, "CtrlSum")
    total = sum((block.total for block in blocks), Decimal(0))
    if sum_told and number.plain(sum_told, header.sourceline) != total:
        notes.append(("sum_differs", {"told": sum_told[:20], "sum": str(total)}))
    return notes


def _block(node, kind: str) -> PaymentBlock:
    own = _OWN[kind]
    when = next((text for text in (_text(node, path) for path in _DATES) if text), "")
    purpose = _text(node, "PmtTpInf/CtgyPurp/Cd") or _text(node, "PmtTpInf/CtgyPurp/Prtry")
    orders = tuple(_order(each, kind, place) for place, each in enumerate(node.findall(_ORDERS[kind]), 1))
    currencies = {order.currency for order in orders}
    if len(currencies) > 1:
        raise BankFileError(
            "mixed_currency",
            f"One batch of payments is in several currencies ({', '.join(sorted(currencies))}), so no bank line can be "
            "its sum. Ask for one batch per currency.",
            line=node.sourceline,
        )
    return PaymentBlock(
        name=_text(node, "PmtInfId"),
        kind=kind,
        date=day.iso(when, node.sourceline) if when else None,
        account=_account(node, own),
        owner=_words(_text(node, f"{own}/Nm")),
        currency=currencies.pop(),
        batch={"true": True, "1": True, "false": False, "0": False}.get(_text(node, "BtchBookg").lower()),
        purpose=purpose,
        orders=orders,
    )


def _order(node, kind: str, place: int) -> PaymentOrder:
    other, line = _OTHER[kind], node.sourceline
    amount = next((found for found in map(node.find, ("Amt/InstdAmt", "InstdAmt", "Amt/EqvtAmt/Amt"))
                   if found is not None), None)  # fmt: skip
    if amount is None or not amount.get("Ccy"):
        raise _missing("InstdAmt", line)
    value = number.plain(amount.text or "", line)
    if value <= 0:
        raise BankFileError("bad_amount", f"A payment (line {line}) has no amount.", line=line)
    paths = (
        "RmtInf/Strd/CdtrRefInf/Ref",
        "RmtInf/Strd/CdtrRefInf/CdtrRef",
        "RmtInf/Strd/RfrdDocInf/Nb",
        "RmtInf/Strd/RfrdDocInf/RfrdDocNb",
    )
    structured = [(found.text or "").strip()[:140] for path in paths for found in node.findall(path)]
    texts = [found.text or "" for found in node.findall("RmtInf/Ustrd")]
    return PaymentOrder(
        position=place,
        amount=value,
        currency=amount.get("Ccy", "")[:3],
        end_to_end=_known(_text(node, "PmtId/EndToEndId")),
        instruction=_known(_text(node, "PmtId/InstrId")),
        name=_words(_text(node, f"{other}/Nm")),
        account=_account(node, other),
        text=_words(" ".join(texts)),
        references=tuple(dict.fromkeys(text for text in structured if text))[:50],
        mandate=_text(node, "DrctDbtTx/MndtRltdInf/MndtId"),
        purpose=_text(node, "PmtTpInf/CtgyPurp/Cd") or _text(node, "Purp/Cd"),
    )


def _account(node, side: str) -> str:
    number_ = _text(node, f"{side}Acct/Id/IBAN") or _text(node, f"{side}Acct/Id/Othr/Id")
    return "".join(sign for sign in number_ if sign.isalnum()).upper()[:64]


def _report(message) -> PaymentFile:
    original = _text(message, "OrgnlGrpInfAndSts/OrgnlMsgId")
    statuses = []
    whole = _text(message, "OrgnlGrpInfAndSts/GrpSts")
    blocks = message.findall("OrgnlPmtInfAndSts")
    if whole:
        statuses.append(PaymentStatus(original, "", "", whole, _reason(message.find("OrgnlGrpInfAndSts"))))
    for block in blocks:
        name = _text(block, "OrgnlPmtInfId")
        if _text(block, "PmtInfSts"):
            statuses.append(PaymentStatus(original, name, "", _text(block, "PmtInfSts"), _reason(block)))
        for node in block.findall("TxInfAndSts")[:MAX_ORDERS]:
            told = _known(_text(node, "OrgnlEndToEndId")) or _known(_text(node, "OrgnlInstrId"))
            statuses.append(PaymentStatus(original, name, told, _text(node, "TxSts"), _reason(node)))
    if not statuses:
        raise BankFileError("no_orders", "The status report says nothing about any payment.")
    return PaymentFile("pain.002", _text(message, "GrpHdr/MsgId"), (), tuple(statuses))


def _reason(node) -> str:
    paths = ("StsRsnInf/Rsn/Cd", "StsRsnInf/Rsn/Prtry", "StsRsnInf/AddtlInf")
    return " ".join(text for text in (_text(node, path) for path in paths) if text)[:200]


def _known(text: str) -> str:
    return "" if text.upper().replace(" ", "") in _NOTHING else text


def _words(text: str) -> str:
    return " ".join(text.split())[:_TEXT]


def _text(node, path: str) -> str:
    return (node.findtext(path) or "").strip()[:_TEXT]


def _missing(name: str, line: int | None) -> BankFileError:
    return BankFileError(
        "missing_field", f"The file lacks {name} (line {line}), which every payment file has.", line=line, field=name
    )
