"""Which language data a page is read with: told by its script and by words that bills of a language have."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from .words import Seen

DEFAULT = "eng"
#: Words of bills and small words, without accents, as a first look with another language's data reads them.
_WORDS = {
    "eng": "invoice date total amount due tax the of and for to number bill payment customer please qty price cash",
    "deu": "rechnung rechnungsnummer datum betrag und der die das von netto mwst steuer gesamt kunde zahlung bitte ust",
    "fra": "facture date montant total de la le les du et tva ht ttc client numero paiement adresse prix nous votre",
    "spa": "factura fecha importe total de la el los del y iva cliente numero pago direccion precio nif base imponible",
    "ita": "fattura data importo totale di il la del e iva cliente numero pagamento prezzo imponibile partita codice",
    "por": "fatura data valor total de o a do da e iva cliente numero pagamento preco nif contribuinte montante",
    "nld": "factuur factuurnummer datum bedrag totaal van de het en btw klant nummer betaling prijs inclusief",
    "pol": "faktura data kwota razem nabywca sprzedawca vat nip numer do zaplaty ilosc cena netto brutto wartosc i w z",
    "ces": "faktura datum celkem dph dodavatel odberatel ic dic cislo k uhrade cena castka a splatnosti variabilni",
    "slk": "faktura datum spolu dph dodavatel odberatel ico dic cislo uhrade cena suma splatnosti variabilny",
    "slv": "racun datum skupaj ddv znesek kupec stevilka placilo cena za in rok placila",
    "hrv": "racun datum ukupno pdv iznos kupac broj placanje cijena oib i za rok dospijece",
    "hun": "szamla datum osszesen afa vevo elado szamlaszam fizetendo netto brutto ar mennyiseg fizetesi es a",
    "ron": "factura data total tva client furnizor numar plata pret cantitate valoare cui si de la nr suma",
    "swe": "faktura datum belopp moms summa kund fakturanummer att betala pris antal och av for bankgiro forfallodatum",
    "nor": "faktura dato belop mva sum kunde fakturanummer a betale pris antall og av for forfall kid org",
    "dan": "faktura dato belob moms total kunde fakturanummer betaling pris antal og af for cvr forfald",
    "fin": "lasku paivays summa alv yhteensa asiakas laskun numero maksu hinta maara ja erapaiva viite veroton",
    "est": "arve kuupaev summa kaibemaks kokku klient number maksetahtaeg hind kogus ja tasuda",
    "lav": "rekins datums summa pvn kopa klients numurs apmaksas cena daudzums un samaksai",
    "lit": "saskaita faktura data suma pvm viso pirkejas pardavejas numeris kaina kiekis ir moketi",
    "tur": "fatura tarih tutar toplam kdv musteri numara odeme fiyat miktar ve vergi no genel",
    "cat": "factura data import total de la el els del i iva client numero pagament preu base imposable",
}
_SETS = {code: frozenset(words.split()) for code, words in _WORDS.items()}
#: Scripts as Tesseract names them, and the data that reads them.
_SCRIPTS = {
    "Greek": ("ell",),
    "Cyrillic": ("rus", "bul", "ukr", "srp"),
    "Devanagari": ("hin",),
}
_OF_A_SCRIPT = 2
#: So many words of another language more than of the one it was read with, before it is read again.
_LEAD = 3
_SURE_WORD = 0.5


def choose(words: Sequence[Seen], wanted: Sequence[str], installed: Sequence[str]) -> str:
    """Codes of Tesseract, joined by "+".

    :param words: of a first look, none before it
    :param wanted: codes that the caller expects, likely ones first
    :param installed: codes that there are
    """
    likely = [code for code in wanted if code in installed][:2]
    fallback = likely or [code for code in (DEFAULT,) if code in installed] or list(installed[:1])
    told = _told(words, installed) if words else None
    if told and told not in fallback:
        return told
    return "+".join(fallback) or DEFAULT


def of_script(script: str, wanted: Sequence[str], installed: Sequence[str]) -> str:
    """Codes that read a script other than the Latin one, the wanted ones first; empty when none is installed."""
    known = [code for code in _SCRIPTS.get(script, ()) if code in installed]
    return "+".join(sorted(known, key=lambda code: code not in wanted)[:_OF_A_SCRIPT])


def _told(words, installed):
    seen = [_folded(word.text) for word in words if word.confidence >= _SURE_WORD]
    counts = {code: sum(text in known for text in seen) for code, known in _SETS.items() if code in installed}
    if not counts:
        return None
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= max(_LEAD, counts.get(DEFAULT, 0) + _LEAD) else None


def _folded(text):
    parts = unicodedata.normalize("NFKD", text.lower().strip(".,:;()[]"))
    return "".join(character for character in parts if not unicodedata.combining(character))
