"""Header words of bank exports in eight languages, without case, accents and punctuation."""

from __future__ import annotations

from .sheet_mapping import normalised

# Role → words in English, German, French, Dutch, Spanish, Italian, Portuguese and Polish.
WORDS: dict[str, tuple[str, ...]] = {
    "date": (
        "date", "booking date", "transaction date", "posting date", "date posted", "completed date",
        "entry date", "buchungstag", "buchungsdatum", "buchung", "datum", "date operation",
        "date de l operation", "date d operation", "date comptable", "date de comptabilisation",
        "boekdatum", "boekingsdatum", "transactiedatum", "fecha", "fecha operacion",
        "fecha de operacion", "fecha contable", "f operacion", "data", "data operazione",
        "data contabile", "data movimento", "data mov", "data do movimento", "data lancamento",
        "data operacji", "data ksiegowania", "data transakcji",
    ),
    "value_date": (
        "value date", "valuta", "valutadatum", "wertstellung", "wertstellungstag", "date valeur",
        "date de valeur", "rentedatum", "fecha valor", "f valor", "data valuta", "data valor",
        "data waluty", "wert",
    ),
    "amount": (
        "amount", "transaction amount", "net amount", "value", "betrag", "umsatz", "montant",
        "bedrag", "importe", "cantidad", "monto", "importo", "valor", "montante", "kwota",
        "kwota transakcji", "kwota operacji",
    ),
    "debit": (
        "debit", "debits", "debit amount", "withdrawal", "withdrawals", "paid out", "money out",
        "out", "soll", "lastschrift", "belastung", "ausgang", "ausgaben", "sortie", "depenses",
        "debet", "af", "debito", "debitos", "cargo", "cargos", "adeudo", "adeudos", "addebito",
        "addebiti", "dare", "uscite", "obciazenie", "obciazenia", "wyplaty", "a debito",
    ),
    "credit": (
        "credit", "credits", "credit amount", "deposit", "deposits", "paid in", "money in", "in",
        "haben", "gutschrift", "eingang", "einnahmen", "entree", "recettes", "bij", "abono",
        "abonos", "haber", "ingreso", "ingresos", "accredito", "accrediti", "avere", "entrate",
        "credito", "creditos", "uznanie", "uznania", "wplaty", "a credito",
    ),
    "sign": (
        "d c", "dc", "c d", "cd", "debit credit", "credit debit", "dr cr", "cr dr", "soll haben",
        "s h", "sh", "soll haben kennzeichen", "debet credit", "af bij", "sens", "debe haber",
        "dare avere", "debito credito", "debit credit indicator", "credit debit indicator",
    ),
    "texts": (
        "description", "details", "detail", "label", "narrative", "memo", "text", "purpose",
        "particulars", "additional information", "remittance information", "message", "note",
        "notes", "transaction details", "transaction description", "verwendungszweck",
        "buchungstext", "beschreibung", "vorgang", "info", "libelle", "libelle operation",
        "communication", "communications", "motif", "omschrijving", "mededelingen", "mededeling",
        "concepto", "descripcion", "observaciones", "movimiento", "causale", "descrizione",
        "descrizione operazione", "descricao", "historico", "opis", "opis operacji",
        "opis transakcji", "tytul", "tytul operacji", "tytulem", "type", "transaction type",
    ),
    "partner_name": (
        "partner name", "partner", "counterparty", "counterparty name", "name", "payee",
        "beneficiary", "beneficiary name", "payer", "merchant", "customer", "empfanger",
        "auftraggeber", "auftraggeber empfanger", "beguenstigter zahlungspflichtiger",
        "begunstigter zahlungspflichtiger", "name zahlungsbeteiligter", "zahlungspflichtiger",
        "zahlungsempfanger", "auftraggeber begunstigter", "tiers", "beneficiaire", "contrepartie",
        "nom", "naam tegenpartij", "tegenpartij", "naam", "naam omschrijving", "begunstigde",
        "contraparte", "beneficiario", "ordenante", "nombre", "controparte", "ordinante",
        "kontrahent", "odbiorca", "nadawca", "nadawca odbiorca", "dane kontrahenta",
    ),
    "account_number": (
        "bank account", "counterparty account", "counterparty iban", "counterparty account number",
        "account number", "iban", "beneficiary account", "iban zahlungsbeteiligter", "kontonummer",
        "kontonummer iban", "gegenkonto", "konto", "compte contrepartie", "compte", "tegenrekening",
        "tegenrekening iban bban", "rekening tegenpartij", "rekeningnummer tegenpartij", "cuenta",
        "cuenta contraparte", "iban beneficiario", "conto", "conto controparte", "conta",
        "numer rachunku", "nr rachunku", "rachunek kontrahenta", "numer konta",
    ),
    "own_account": (
        "auftragskonto", "iban auftragskonto", "bezeichnung auftragskonto", "own account",
        "rekening", "rekeningnummer", "iban bban", "account", "my account", "numero de compte",
    ),
    "reference": (
        "reference", "ref", "customer reference", "payment reference", "end to end",
        "end to end id", "end to end referenz", "kundenreferenz", "kundenreferenz end to end",
        "referenz", "zahlungsreferenz", "reference client", "kenmerk", "betalingskenmerk",
        "referencia", "riferimento", "referencja", "numer referencyjny", "invoice", "cheque number",
    ),
    "bank_id": (
        "transaction id", "transaction number", "operation number", "unique id", "id", "fitid",
        "bank reference", "transaction reference", "transaktions id", "buchungsnummer",
        "numero operation", "numero d operation", "volgnummer", "volgnr", "transactiereferentie",
        "numero de operacion", "numero operacion", "id operazione", "id transakcji",
        "numer transakcji",
    ),
    "balance": (
        "balance", "running balance", "balance after", "account balance", "ledger balance", "saldo",
        "kontostand", "saldo nach buchung", "solde", "saldo na mutatie", "saldo contabile",
        "saldo po operacji", "saldo contabilistico",
    ),
    "currency": (
        "currency", "ccy", "curr", "currency code", "wahrung", "waehrung", "devise", "munt",
        "muntsoort", "valuta", "moneda", "divisa", "moeda", "waluta",
    ),
    "foreign_amount": (
        "amount currency", "amount in currency", "original amount", "foreign amount",
        "foreign currency amount", "amount in foreign currency", "fremdwahrungsbetrag",
        "betrag ursprung", "originalbetrag", "betrag in fremdwahrung", "montant devise",
        "montant en devise", "importe divisa", "importo in valuta", "importo valuta",
        "kwota w walucie",
    ),
    "foreign_currency": (
        "original currency", "foreign currency", "ursprungswahrung", "fremdwahrung",
        "originalwahrung", "devise d origine",
    ),
}  # fmt: skip

OPENING = (
    "opening balance", "balance at start", "start balance", "beginning balance", "previous balance",
    "anfangssaldo", "alter kontostand", "startsaldo", "beginsaldo", "solde initial", "ancien solde",
    "solde debut", "saldo inicial", "saldo anterior", "saldo iniziale", "saldo poczatkowe",
)  # fmt: skip
CLOSING = (
    "closing balance", "balance at end", "end balance", "ending balance", "new balance", "endsaldo",
    "neuer kontostand", "schlusssaldo", "eindsaldo", "solde final", "nouveau solde", "solde fin",
    "saldo final", "saldo finale", "saldo koncowe",
)  # fmt: skip
ACCOUNT = (
    "account number", "account no", "iban", "kontonummer", "konto", "numero de compte", "compte",
    "rekeningnummer", "rekening", "cuenta", "numero de cuenta", "conto", "conta", "numer rachunku",
)  # fmt: skip

_EXACT = {word: role for role in reversed(WORDS) for word in WORDS[role]}
_SAME_WORD = {"valuta": ("value_date", "currency"), "name": ("partner_name",)}


def roles_of(header: str) -> list[tuple[int, str]]:
    """Roles that a header cell may name, best first, as (score, role).

    A whole match scores 1000; words inside a longer header ("Betrag (EUR)") score their length.
    """
    name = normalised(header[:80])
    if not name:
        return []
    scores: dict[str, int] = {}
    for word, role in _EXACT.items():
        # Short words mean something only alone: a "creditor id" is no id of the line.
        if word == name or (len(word) > 3 and f" {word} " in f" {name} "):
            score = 1000 if word == name else len(word)
            for meant in _SAME_WORD.get(word, (role,)):
                scores[meant] = max(scores.get(meant, 0), score)
    return sorted(((score, role) for role, score in scores.items()), key=lambda pair: -pair[0])
