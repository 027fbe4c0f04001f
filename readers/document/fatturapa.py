"""FatturaPA: the electronic invoice of Italy (Agenzia delle Entrate, 1.2), with several bodies in one file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from . import told
from .xmltree import Node

_VENDOR = "FatturaElettronicaHeader/CedentePrestatore"
_BUYER = "FatturaElettronicaHeader/CessionarioCommittente"
_GENERAL = "DatiGenerali/DatiGeneraliDocumento"
_DETAIL = "DatiPagamento/DettaglioPagamento"
#: TipoDocumento: credit notes, of the ordinary and the simplified invoice.
_CREDIT_NOTES = ("TD04", "TD08")
#: Natura of a supply without tax -> category of UNTDID 5305.
_CATEGORIES = (
    ("N1", "O"),
    ("N2", "O"),
    ("N3.1", "G"),
    ("N3.2", "K"),
    ("N3", "E"),
    ("N4", "E"),
    ("N5", "E"),
    ("N6", "AE"),
    ("N7", "O"),
)
_HUNDRED = Decimal(100)


def read(root: Node) -> list[dict[str, Any]]:
    return [_read(root, body) for body in root.all("FatturaElettronicaBody")]


def _read(root, body):
    general = body.first(_GENERAL) or body
    kind = told.CREDIT_NOTE if general.text("TipoDocumento") in _CREDIT_NOTES else told.BILL
    taxes = list(_taxes(body))
    items = _simple_items(body) or [*map(_item, body.all("DatiBeniServizi/DettaglioLinee")), *_funds(general)]
    fields = {**_document(body, general), **_parties(root), **_payment(body), **_amounts(body, general, taxes)}
    is_gross = bool(body.first("DatiBeniServizi/Importo"))
    return told.reading(kind, fields, items, taxes, "fatturapa", is_gross=is_gross)


def _document(body, general):
    periods = body.all("DatiBeniServizi/DettaglioLinee")
    starts = [day for line in periods if (day := line.day("DataInizioPeriodo"))]
    ends = [day for line in periods if (day := line.day("DataFinePeriodo"))]
    return {
        "number": general.text("Numero"),
        "date": general.day("Data"),
        "currency": general.text("Divisa"),
        "terms": general.text("Causale"),
        "service_from": min(starts, default=""),
        "service_to": max(ends, default=""),
        "order_reference": body.text("DatiGenerali/DatiOrdineAcquisto/IdDocumento"),
        "original_number": body.text(
            "DatiGenerali/DatiFattureCollegate/IdDocumento", "DatiGenerali/DatiFatturaRettificata/NumeroFR"
        ),
    }


def _parties(root):
    vendor = root.first(_VENDOR) or root
    buyer = root.first(_BUYER) or root
    seat = vendor.first("Sede") or vendor
    return {
        "vendor": _name(vendor),
        "vendor_vat": _vat(vendor),
        "vendor_registry": vendor.text("DatiAnagrafici/CodiceFiscale", "CodiceFiscale"),
        "vendor_phone": vendor.text("Contatti/Telefono"),
        "vendor_email": vendor.text("Contatti/Email"),
        "vendor_street": " ".join(filter(None, (seat.text("Indirizzo"), seat.text("NumeroCivico")))),
        "vendor_zip": seat.text("CAP"),
        "vendor_city": seat.text("Comune"),
        "vendor_country": seat.text("Nazione"),
        "buyer": _name(buyer),
        "buyer_vat": _vat(buyer),
        "customer_number": vendor.text("RiferimentoAmministrazione"),
    }


# The simplified invoice has the same data without the group around them.
_PERSON = ("DatiAnagrafici/Anagrafica", "AltriDatiIdentificativi")


def _name(party):
    for path in ("", *_PERSON):
        person = party.first(path) if path else party
        if person is None:
            continue
        name = person.text("Denominazione") or " ".join(filter(None, (person.text("Nome"), person.text("Cognome"))))
        if name:
            return name
    return ""


def _vat(party):
    number = party.first("DatiAnagrafici/IdFiscaleIVA", "IdFiscaleIVA", "IdentificativiFiscali/IdFiscaleIVA")
    return number.text("IdPaese") + number.text("IdCodice") if number else ""


def _payment(body):
    dues = [day for part in body.all(_DETAIL) if (day := part.day("DataScadenzaPagamento"))]
    return {
        "due_date": max(dues, default=""),
        "vendor_iban": body.text(f"{_DETAIL}/IBAN"),
        "vendor_bic": body.text(f"{_DETAIL}/BIC"),
        "payment_reference": body.text(f"{_DETAIL}/CodicePagamento"),
    }


def _amounts(body, general, taxes):
    net = _sum(part["base"] for part in taxes)
    tax = _sum(part["tax"] for part in taxes)
    total = general.amount("ImportoTotaleDocumento")
    if total is None and net is not None:
        total = net + (tax or 0)
    withheld = _sum(part.amount("ImportoRitenuta") for part in general.all("DatiRitenuta"))
    return {
        "net": net,
        "tax": tax,
        "total": total,
        "withheld": withheld,
        "to_pay": _sum(part.amount("ImportoPagamento") for part in body.all(_DETAIL)),
    }


def _sum(amounts):
    amounts = [amount for amount in amounts if amount is not None]
    return sum(amounts, Decimal()) if amounts else None


def _item(line: Node) -> dict[str, Any]:
    parts = line.all("ScontoMaggiorazione")
    percents = [part.amount("Percentuale") for part in parts if part.text("Tipo") == "SC"]
    is_plain = len(parts) == 1 and len(percents) == 1
    return {
        "text": line.text("Descrizione"),
        "code": line.text("CodiceArticolo/CodiceValore"),
        "quantity": line.amount("Quantita"),
        "unit_price": line.amount("PrezzoUnitario"),
        "total": line.amount("PrezzoTotale"),
        "tax_rate": line.amount("AliquotaIVA"),
        "discount": percents[0] if is_plain else None,
    }


def _funds(general):
    """Contributions to pension funds of professions, which the bill's base holds."""
    return [
        {
            "text": f"Cassa previdenziale {fund.text('TipoCassa')}",
            "total": fund.amount("ImportoContributoCassa"),
            "tax_rate": fund.amount("AliquotaIVA"),
        }
        for fund in general.all("DatiCassaPrevidenziale")
    ]


def _simple_items(body):
    """Of a simplified invoice: one amount with tax per line."""
    return [
        {"text": part.text("Descrizione"), "total": part.amount("Importo"), "tax_rate": part.amount("DatiIVA/Aliquota")}
        for part in body.all("DatiBeniServizi")
        if part.first("Importo")
    ]


def _taxes(body):
    for part in body.all("DatiBeniServizi/DatiRiepilogo"):
        yield {
            "rate": part.amount("AliquotaIVA"),
            "base": part.amount("ImponibileImporto"),
            "tax": part.amount("Imposta"),
            "code": _category(part.text("Natura")) or "S",
        }
    for part in body.all("DatiBeniServizi"):
        if part.first("Importo"):
            yield _simple_tax(part)


def _simple_tax(part):
    gross = part.amount("Importo") or Decimal()
    tax, rate = part.amount("DatiIVA/Imposta"), part.amount("DatiIVA/Aliquota")
    if tax is None and rate is not None:
        tax = (gross * rate / (_HUNDRED + rate)).quantize(Decimal("0.01"))
    code = _category(part.text("Natura")) or "S"
    return {"rate": rate or Decimal(), "base": gross - (tax or 0), "tax": tax or Decimal(), "code": code}


def _category(nature):
    return next((code for start, code in _CATEGORIES if nature.startswith(start)), "")
