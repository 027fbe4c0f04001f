"""Words of settlement files: what heads of columns and kinds of rows are called, in the languages of exports."""

from __future__ import annotations

from ..bankfile.sheet_mapping import normalised
from . import values

_HEADS = {
    "payout": (
        "payout id", "payout", "payout reference", "automatic payout id", "settlement id", "settlement reference",
        "settlement", "batch id", "batch number", "batch", "transfer id", "transfer", "transfer reference",
        "deposit id", "auszahlung", "auszahlungs id", "auszahlungsreferenz", "virement", "reference virement",
        "uitbetaling", "uitbetalingsreferentie", "afrekening", "id liquidacion", "liquidacion", "pagamento id",
    ),
    "payout_date": (
        "payout date", "arrival date", "automatic payout effective at", "settlement date", "deposit date",
        "payout effective at", "auszahlungsdatum", "date virement", "date de virement", "uitbetalingsdatum",
        "fecha liquidacion", "data accredito", "available on",
    ),
    "date": (
        "date", "created", "created utc", "created at", "transaction date", "booking date", "creation date",
        "datum", "transaktionsdatum", "buchungsdatum", "date transaction", "date de transaction", "transactiedatum",
        "fecha", "data", "effective at", "date time", "datetime", "timestamp", "time",
    ),
    "kind": (
        "type", "reporting category", "transaction type", "category", "record type", "journal type", "event",
        "kind", "typ", "art", "vorgang", "transaktionstyp", "nature", "soort", "transactietype", "tipo", "operation",
        "description type", "balance impact type",
    ),
    "references": (
        "reference", "merchant reference", "order", "order id", "order number", "order no", "invoice",
        "invoice number", "invoice id", "invoice no", "client reference id", "payment reference", "custom number",
        "source id", "transaction id", "psp reference", "bestellnummer", "bestellung", "rechnungsnummer", "referenz",
        "commande", "numero de commande", "numero de facture", "facture", "bestelling", "bestelnummer", "factuurnummer",
        "factuur", "kenmerk", "pedido", "numero de pedido", "factura", "ordine", "numero ordine", "fattura",
        "end to end id", "metadata order id",
    ),
    "customer": (
        "customer", "customer name", "customer email", "card name", "name", "buyer", "payer", "shopper name",
        "billing name", "client", "kunde", "kundenname", "kaufer", "nom du client", "acheteur", "klant", "klantnaam",
        "cliente", "comprador", "acquirente", "customer description", "card holder", "cardholder",
    ),
    "text": ("description", "details", "memo", "note", "subject", "beschreibung", "betreff", "omschrijving",
             "libelle", "descripcion", "descrizione", "comment"),
    "amount": (
        "gross", "gross amount", "amount", "gross credit", "total", "captured amount", "gross total",
        "transaction amount",
        "brutto", "bruttobetrag", "betrag", "umsatz", "brut", "montant brut", "montant", "bruto", "bedrag",
        "importe bruto", "importe", "lordo", "importo lordo", "importo", "paid amount", "settled gross",
    ),
    "fee": (
        "fee", "fees", "fee amount", "transaction fee", "commission", "processing fee", "total fee", "total fees",
        "gebuhr", "gebuehr", "gebuhren", "entgelt", "frais", "kosten", "comision", "comisiones", "commissione",
        "commissioni", "disagio", "provision",
    ),
    "tax": (
        "tax", "fee tax", "fee vat", "vat", "vat on fee", "tax on fee", "taxes on fee", "mwst", "ust", "umsatzsteuer",
        "tva", "btw", "iva", "gst", "fee taxes", "mehrwertsteuer", "tax amount",
    ),
    "net": (
        "net", "net amount", "netto", "nettobetrag", "montant net", "neto", "importe neto", "netto bedrag",
        "nettobedrag", "importo netto", "payout amount", "settled amount", "net credit", "settled net",
    ),
    "currency": (
        "currency", "settlement currency", "payout currency", "wahrung", "waehrung", "devise", "valuta", "moneda",
        "divisa", "ccy", "net currency", "gross currency",
    ),
    "original_amount": (
        "original amount", "customer facing amount", "presentment amount", "payment amount", "foreign amount",
        "originalbetrag", "montant d origine", "oorspronkelijk bedrag", "importe original",
    ),
    "original_currency": (
        "original currency", "customer facing currency", "presentment currency", "payment currency", "foreign currency",
        "originalwahrung", "devise d origine", "oorspronkelijke valuta", "moneda original",
    ),
    "merchant": (
        "merchant", "merchant account", "merchant id", "account id", "account", "mid", "merchant number", "store id",
        "handler", "handlernummer", "handlerkonto", "commercant", "numero commercant", "shop id", "terminal owner",
    ),
}  # fmt: skip
_EXACT = {word: role for role in reversed(_HEADS) for word in _HEADS[role]}

#: The first that stands in the word decides: "payment refund reversal" is looked up from the left.
_KINDS = (
    (values.CHARGEBACK_WON, "chargeback reversal", "dispute reversal", "chargeback won", "dispute won",
     "chargeback returned", "chargeback reversed", "reversed chargeback", "ruckbuchung storniert"),
    (values.RESERVE_RELEASED, "reserve release", "release of reserve", "released reserve", "reserve released",
     "reserved funds release", "rolling reserve release", "hold release", "general reversal of hold",
     "freigabe", "liberation", "vrijgave", "reserved funds returned", "risk reserved funds release"),
    (values.RESERVE_HELD, "reserve", "reserved funds", "rolling reserve", "hold", "withheld", "deposit kept",
     "einbehalt", "sicherheitseinbehalt", "retenue", "reservering", "inhouding", "retencion", "risk reserved funds"),
    (values.CHARGEBACK, "chargeback", "dispute", "charge back", "ruckbelastung", "ruecklastschrift", "rucklastschrift",
     "contestation", "litige", "impaye", "terugboeking", "contracargo", "storno di addebito", "second chargeback"),
    (values.REFUND, "refund", "payment refund", "refunded", "ruckerstattung", "erstattung", "ruckzahlung",
     "rueckzahlung", "gutschrift",
     "remboursement", "terugbetaling", "reembolso", "rimborso", "devolucion", "reversal", "payment reversal"),
    (values.PAYOUT, "payout", "merchant payout", "transfer to bank", "withdrawal", "general withdrawal",
     "bank transfer", "transfer", "auszahlung", "abbuchung", "virement", "uitbetaling", "retiro", "liquidacion",
     "prelievo", "settlement to bank", "payout to bank"),
    (values.FEE, "fee", "fees", "stripe fee", "commission", "gebuhr", "gebuehr", "entgelt", "frais", "kosten",
     "comision", "commissione", "network fee", "monthly fee", "subscription fee", "invoice deduction",
     "chargeback fee", "dispute fee"),
    (values.ADJUSTMENT, "adjustment", "correction", "manual correction", "balance correction", "korrektur",
     "anpassung", "ajustement", "correctie", "ajuste", "rettifica", "contribution", "misc adjustment",
     "credit adjustment", "topup"),
    (values.SALE, "charge", "payment", "sale", "sales", "settled", "capture", "captured", "purchase", "transaction",
     "zahlung", "verkauf", "einkauf", "paiement", "vente", "betaling", "verkoop", "pago", "venta", "pagamento",
     "vendita", "order", "express checkout payment", "website payment", "website payments", "card payment"),
)  # fmt: skip


def roles_of(head: str) -> list[tuple[int, str]]:
    """Roles that a column's head may name, best first, as (score, role)."""
    name = normalised(head[:80])
    if not name:
        return []
    if name in _EXACT:
        return [(1000, _EXACT[name])]
    scores: dict[str, int] = {}
    for word, role in _EXACT.items():
        if len(word) > 3 and f" {word} " in f" {name} ":
            scores[role] = max(scores.get(role, 0), len(word))
    return sorted(((score, role) for role, score in scores.items()), key=lambda pair: (-pair[0], pair[1]))


def kind_of(word: str) -> str | None:
    """The kind of row that a file's word means; None when nothing is known of it."""
    name = normalised(word[:80])
    exact = next((kind for kind, *known in _KINDS if name in known), None)
    if exact or not name:
        return exact
    # A fee for something is a fee: "chargeback fee", "refund fee".
    if {"fee", "fees", "gebuhr", "frais", "kosten"} & set(name.split()):
        return values.FEE
    return next(
        (kind for kind, *known in _KINDS for each in known if f" {each} " in f" {name} "),
        None,
    )
