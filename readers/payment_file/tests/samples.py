"""Payment files as programs write them, in small."""


def credit_file(orders, name="RUN-1", version="03", purpose="", date="2026-03-10", account="BE68539007547034",
                message="MSG-1", batch="true", count=None, total=None):  # fmt: skip
    """pain.001: ``orders`` are dicts of end_to_end, amount, name, account, text, purpose."""
    day = f"<ReqdExctnDt><Dt>{date}</Dt></ReqdExctnDt>" if version > "07" else f"<ReqdExctnDt>{date}</ReqdExctnDt>"
    rows = "".join(
        f"<CdtTrfTxInf><PmtId><EndToEndId>{o.get('end_to_end', 'NOTPROVIDED')}</EndToEndId></PmtId>"
        f"<Amt><InstdAmt Ccy='{o.get('currency', 'EUR')}'>{o['amount']}</InstdAmt></Amt>"
        f"<Cdtr><Nm>{o['name']}</Nm></Cdtr><CdtrAcct><Id><IBAN>{o.get('account', '')}</IBAN></Id></CdtrAcct>"
        f"<Purp><Cd>{o.get('purpose', '')}</Cd></Purp>"
        f"<RmtInf><Ustrd>{o.get('text', '')}</Ustrd></RmtInf></CdtTrfTxInf>"
        for o in orders
    )
    category = f"<PmtTpInf><CtgyPurp><Cd>{purpose}</Cd></CtgyPurp></PmtTpInf>" if purpose else ""
    control = f"<CtrlSum>{total}</CtrlSum>" if total else ""
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>"
        f"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.{version}'><CstmrCdtTrfInitn>"
        f"<GrpHdr><MsgId>{message}</MsgId><NbOfTxs>{count or len(orders)}</NbOfTxs>{control}</GrpHdr>"
        f"<PmtInf><PmtInfId>{name}</PmtInfId><BtchBookg>{batch}</BtchBookg>{category}{day}"
        f"<Dbtr><Nm>Us</Nm></Dbtr><DbtrAcct><Id><IBAN>{account}</IBAN></Id></DbtrAcct>{rows}</PmtInf>"
        f"</CstmrCdtTrfInitn></Document>"
    ).encode()


def debit_file(orders, name="COLL-1", date="2026-03-10", account="BE68539007547034", message="MSG-2"):
    """pain.008: ``orders`` are dicts of end_to_end, amount, name, account, mandate, text."""
    rows = "".join(
        f"<DrctDbtTxInf><PmtId><EndToEndId>{o['end_to_end']}</EndToEndId></PmtId>"
        f"<InstdAmt Ccy='{o.get('currency', 'EUR')}'>{o['amount']}</InstdAmt>"
        f"<DrctDbtTx><MndtRltdInf><MndtId>{o.get('mandate', '')}</MndtId></MndtRltdInf></DrctDbtTx>"
        f"<Dbtr><Nm>{o['name']}</Nm></Dbtr><DbtrAcct><Id><IBAN>{o.get('account', '')}</IBAN></Id></DbtrAcct>"
        f"<RmtInf><Ustrd>{o.get('text', '')}</Ustrd></RmtInf></DrctDbtTxInf>"
        for o in orders
    )
    return (
        f"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.008.001.02'><CstmrDrctDbtInitn>"
        f"<GrpHdr><MsgId>{message}</MsgId></GrpHdr><PmtInf><PmtInfId>{name}</PmtInfId>"
        f"<ReqdColltnDt>{date}</ReqdColltnDt><Cdtr><Nm>Us</Nm></Cdtr>"
        f"<CdtrAcct><Id><IBAN>{account}</IBAN></Id></CdtrAcct>{rows}</PmtInf></CstmrDrctDbtInitn></Document>"
    ).encode()


def status_report(message, block, rejected):
    """pain.002: ``rejected`` is {end-to-end id: reason}."""
    rows = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{told}</OrgnlEndToEndId><TxSts>RJCT</TxSts>"
        f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf></TxInfAndSts>"
        for told, reason in rejected.items()
    )
    return (
        f"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.002.001.03'><CstmrPmtStsRpt>"
        f"<GrpHdr><MsgId>S-1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId></OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{block}</OrgnlPmtInfId>{rows}</OrgnlPmtInfAndSts>"
        f"</CstmrPmtStsRpt></Document>"
    ).encode()
