"""Words beside sums that are none of the bill: how it was paid, change, discounts, rounding, quantities."""

from __future__ import annotations

TILLS: dict[str, dict[str, str]] = {
    "paid_by": {
        "en": """
            cash | tendered | amount tendered | cash tendered | visa | mastercard | card | credit card | debit card |
            cash received | payment | amex | received | cash paid | amount received | visa card | master card | debit
            | cash payment | tender | paid amount | cash amount | cash rcvd | master | cheque | e-wallet | eftpos |
            paid cash | paid by card | touch n go
        """,
        "de": """
            bar | gegeben | ec-karte | kartenzahlung | ec cash | girocard | gegeben bar | bargeld | karte |
            kreditkarte | barzahlung
        """,
        "fr": "espèces | carte bancaire | cb | chèque | carte bleue",
        "nl": "contant | pin | pinnen | ontvangen | bankpas",
        "es": "efectivo | tarjeta | entregado | tarjeta de crédito | recibido",
        "pt": "numerário | multibanco | dinheiro | cartão | entregue",
        "it": """
            contanti | bancomat | carta di credito | pagamento elettronico | carta | pagamento contante | contante |
            importo pagato contanti
        """,
        "pl": "gotówka | karta | karta płatnicza",
        "cs": "hotovost | hotově | platební karta | karta",
        "sk": "hotovosť | platobná karta",
        "sv": "kontant | kort | mottaget | kontokort",
        "da": "kontant | dankort | modtaget",
        "no": "kontant | bankkort | bankaxept",
        "fi": "käteinen | kortti | pankkikortti | korttiveloitus",
        "hu": "készpénz | bankkártya",
        "ro": "numerar | card",
        "hr": "gotovina | kartica",
        "sl": "gotovina | kartica",
        "tr": "nakit | kredi kartı",
        "el": "μετρητά | κάρτα",
        "bg": "в брой | карта",
        "ms": "tunai",
        "id": "tunai",
    },
    "change": {
        "en": """
            change | change due | your change | change amt | balance change | change given | cash change | change
            returned
        """,
        "de": "rückgeld | wechselgeld | zurück",
        "fr": "rendu | monnaie rendue | rendu monnaie | à rendre",
        "nl": "wisselgeld | terug",
        "es": "cambio | su cambio | devolución | vuelto",
        "pt": "troco",
        "it": "resto",
        "pl": "reszta | wydano",
        "cs": "vráceno | vrátit",
        "sk": "výdavok",
        "sv": "växel | åter | tillbaka",
        "da": "byttepenge | retur | tilbage",
        "no": "vekslepenger | veksel",
        "fi": "vaihtoraha | takaisin",
        "hu": "visszajáró",
        "ro": "rest",
        "hr": "povrat",
        "sl": "vračilo",
        "tr": "para üstü",
        "el": "ρέστα",
        "bg": "ресто",
        "ms": "baki",
        "id": "kembali | kembalian",
    },
    "other_sum": {
        "en": """
            rounding | rounding adj | rounding adjustment | discount | total discount | total qty | tot qty | total
            quantity | total items | item count | qty | total savings | you saved | saving | shipping | freight |
            handling | delivery | service charge | tip | gratuity | previous balance | opening balance | last bill |
            late fee | round off | total item | no of items | items | total weight | gross weight | net weight |
            weight | shipping cost | s & h | delivery charge | total pieces | total hours | number of items | round
            adj | bill rounding | unit price | line total | price | rate | points | total points | points earned |
            carried forward | brought forward | deductions | rounding mechanism | item disc | less discount | amount
            saved | previous invoice | total no of items | total units | item(s) | less | round d
        """,
        "de": """
            rundung | rabatt | skonto | versandkosten | versand | menge | porto | übertrag | einzelpreis |
            rundungsdifferenz | gesamtmenge | gewicht | anzahl | frachtkosten | zwischensumme seite | gesamtgewicht |
            lieferkosten | abzüglich rabatt | skontobetrag | bearbeitungsgebühr | trinkgeld | kaution | vortrag |
            saldo alt | gesamtrabatt
        """,
        "fr": """
            remise | escompte | frais de port | arrondi | port | quantité | participation port | report | prix
            unitaire | remise totale | poids | nombre d'articles | capital social | capital | frais d'expédition |
            quantité totale | pourboire | ancien solde | solde précédent | indemnité forfaitaire
        """,
        "nl": """
            korting | verzendkosten | afronding | aantal | kredietbeperking | transport | prijs | borg | stuks |
            betalingskorting | totaal korting | vorig saldo | fooi | gewicht
        """,
        "es": """
            descuento | redondeo | gastos de envío | portes | cantidad | dto | total descuento | propina | envío |
            saldo anterior | capital social | precio | recargo de equivalencia | recargo | peso | bultos | total
            artículos
        """,
        "pt": """
            desconto | arredondamento | portes | quantidade | gorjeta | desconto comercial | desconto financeiro |
            total desconto | peso | capital social | saldo anterior | total de descontos
        """,
        "it": """
            sconto | arrotondamento | spese di spedizione | spese | quantità | trasporto | bollo | spese bollo |
            capitale sociale | spese trasporto | sconto totale | peso | colli | spese incasso | prezzo | mancia
        """,
        "pl": "rabat | zaokrąglenie | ilość | transport | cena | kapitał zakładowy | waga | upust",
        "cs": """
            sleva | zaokrouhlení | haléřové vyrovnání | množství | doprava | hmotnost | dopravné | poštovné | počet
            položek | zaokrouhleno
        """,
        "sk": "zľava | zaokrúhlenie | množstvo | doprava | hmotnosť | poštovné",
        "sv": """
            rabatt | öresavrundning | frakt | avrundning | antal | öresutjämning | á-pris | fakturaavgift | dricks |
            totalt antal | porto
        """,
        "da": """
            rabat | afrunding | fragt | antal | øreafrunding | øredifference | gebyr | drikkepenge | porto | stk
        """,
        "no": "rabatt | avrunding | frakt | antall | øreavrunding | gebyr | fakturagebyr | tips | porto",
        "fi": """
            alennus | pyöristys | toimituskulut | määrä | rahti | laskutuslisä | kassa-alennus | kpl | paino |
            viivästyskorko | postikulut
        """,
        "hu": "kedvezmény | kerekítés | szállítási költség | mennyiség | engedmény | egységár | súly | borravaló",
        "ro": "discount | reducere | transport | cantitate | rotunjire | capital social | bacșiș | sold anterior",
        "hr": "popust | zaokruženje | dostava | količina | rabat | temeljni kapital | cijena",
        "sl": "popust | zaokrožitev | dostava | količina | rabat | poštnina",
        "sr": "popust | rabat | количина | рабат | količina",
        "tr": "iskonto | indirim | yuvarlama | miktar | toplam iskonto | kargo",
        "el": "έκπτωση | στρογγυλοποίηση | ποσότητα | μεταφορικά | τιμή",
        "bg": "отстъпка | закръгление | количество | доставка | цена",
        "ru": "скидка | количество | округление | цена",
        "et": "allahindlus | ümardus | kogus | ümardamine | transport | kohaletoimetamine",
        "lv": "atlaide | noapaļošana | daudzums | piegāde",
        "lt": "nuolaida | apvalinimas | kiekis | pristatymas",
        "id": "diskon | pembulatan | potongan | ongkos kirim",
        "ms": "diskaun | pelarasan | pembundaran",
    },
}
