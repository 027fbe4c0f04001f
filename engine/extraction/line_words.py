"""Words over and under the columns of bills, in the languages that bills are written in.

All are folded (``engine.text.fold``): upper case, without accents. A word counts as a whole word.
"""

from __future__ import annotations

import re
from functools import cache

from ..text import fold

#: Heads of columns, by what stands below them.
HEADS = {
    "text": """description desc item items product products article details particulars service services
        designation libelle prestation objet bezeichnung beschreibung artikel leistung position produkt
        artikelbezeichnung text omschrijving descrizione prodotto articolo descripcion concepto producto detalle
        articulo descricao produto servico opis nazwa towar usluga popis nazev leiras megnevezes denumire descriere
        beskrivelse beskrivning varebeskrivelse kuvaus tuote nimike vare vara benamning aciklama urun cinsi perigrafi
        περιγραφη описание наименование товар material title""",
    "quantity": """qty quantity quant units hours hrs nos menge anzahl stk stuck std qte quantite nombre aantal
        hoeveelheid hoeveelheld quantita qta cantidad cant unidades quantidade qtd ilosc mnozstvi pocet mennyiseg
        cantitate antal maara miktar adet posotita ποσοτητα количество кол-во uren ore horas""",
    "price": """price rate rsp u/price unit-price preis einzelpreis e-preis ep stuckpreis vk-preis prix pu p.u.
        prijs stukprijs tarief prezzo precio preco p.unit cena jednotkova egysegar pret pris a-pris yksikkohinta hinta
        fiyat birim τιμη цена satz""",
    "amount": """amount total sum net value zeilenbetrag betrag gesamt gesamtpreis summe netto brutto g-preis
        gesamtbetrag montant somme bedrag totaal importo totale prezzo-totale importe valor wartosc kwota celkem
        castka osszeg ertek valoare suma belop summa belopp yhteensa tutar toplam ποσο αξια сумма стоимость extended
        ext lineamount""",
    "tax": """tax vat gst taxes mwst ust ust. mwst. steuer ust% tva taxe btw iva imposto impuesto vat% dph afa
        tva% moms alv kdv φπα ндс igst cgst sgst taxrate tax% tax(%) sst sales-tax hst pst""",
    "discount": """disc discount disc. disc.% rabatt remise korting sconto sc. dto descuento desconto rabat sleva
        kedvezmeny reducere alennus iskonto indirim скидка εκπτωση""",
    "code": """code sku ref no nr pos pos. art.nr artnr artikelnr itemno reference codice codigo kod cod
        artikelnummer hsn sac hsn/sac part s.no sl lp l.p. # sno date datum""",
}
#: Rows that sum, not sell.
SUMS = """total subtotal sub-total totals grand-total summe zwischensumme gesamt gesamtbetrag gesamtsumme
    endbetrag rechnungsbetrag zahlbetrag nettobetrag bruttobetrag nettosumme netto brutto ubertrag total-ht total-ttc
    ttc ht net-a-payer sous-total montant-du report totaal subtotaal totale subtotale imponibile totaal-exclusief
    exclusief base-imponible total-a-pagar soma valor-total razem suma ogolem do-zaplaty celkem mezisoucet zaklad
    osszesen reszosszeg fizetendo total-plata sum summa yhteensa valisumma toplam ara-toplam genel-toplam balance due
    payable amount-due outstanding итого всего συνολο carried brought forward net nett tot loppusumma att-betala i-alt
    attbetala betrag-zu te-betalen da-pagare a-payer saldo"""
#: Rows of taxes.
TAXES = """tax taxe imposta imposte aliquota taux steuersatz vat service-charge gst mwst ust umsatzsteuer
    mehrwertsteuer tva btw iva imposto impuesto dph afa moms alv kdv cgst sgst igst utgst hst pst qst sst ndс ндс φπα
    pvm davek pdv taxes steuer steuerbetrag podatek"""
#: Rows of payment, not of goods.
PAYMENTS = """cash change visa mastercard maestro amex card paid payment payments tendered tender debit
    kreditkarte girocard bar gegeben ruckgeld wechselgeld bezahlt anzahlung carte especes rendu paye pin contant
    betaald wisselgeld efectivo tarjeta cambio pagado contanti resto pagato gotowka reszta karta zaplaceno hotove
    keszpenz prepaid advance deposit ideal paypal swish vipps bankomat ec-karte multicaja troco dinheiro kontant"""
#: What makes a total round.
ROUNDINGS = "rounding rundung arrondi afronding redondeo roundingadj rnd rounded"
#: What takes away, though it may be printed without a minus.
REDUCTIONS = (
    "discount rabatt nachlass remise rabais korting sconto descuento desconto rabat sleva skonto credit gutschrift"
)
#: Contained in another row already.
INCLUDED = "incl incl. inkl inkl. included inclus davon darin dont waarvan compreso incluido wliczono incluso"


@cache
def pattern(words: str) -> re.Pattern[str]:
    """Any of these words as a whole word of a folded text; a hyphen stands for blanks too."""
    parts = []
    for word in sorted(set(fold(words).split()), key=len, reverse=True):
        parts.append(re.escape(word).replace(r"\-", r"[\s\-]*"))
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(parts)})(?![^\W\d_])")


def says(folded: str, words: str) -> bool:
    """Whether a folded text has one of ``words``."""
    return pattern(words).search(folded) is not None


def begins(folded: str, words: str) -> bool:
    """Whether a folded text begins with one of ``words``, quotes and numbers aside."""
    return pattern(words).match(re.sub(r"^[\W\d_]+", "", folded)) is not None


def head_of(text: str) -> str:
    """The column over which a folded head stands; empty when it is none."""
    for name, words in HEADS.items():
        if pattern(words).search(text):
            return name
    return ""


def is_head(folded: str) -> bool:
    """Whether a folded text is made of heads of columns, and nothing else."""
    rest = pattern(" ".join(HEADS.values())).sub("", folded)
    return sum(map(str.isalpha, rest)) < 3
