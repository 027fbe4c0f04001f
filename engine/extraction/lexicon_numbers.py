"""Words beside numbers and references; of titles with the number right behind them; of numbers of anything."""

from __future__ import annotations

NUMBERS: dict[str, dict[str, str]] = {
    "number": {
        "en": """
            invoice number | invoice no | invoice nr | invoice num | invoice # | inv no | inv # | inv number | inv. nr
            | tax invoice no | tax invoice number | bill number | bill no | bill # | receipt no | receipt number |
            receipt # | document number | document no | doc no | doc # | document # | credit note number | credit note
            no | credit memo number | credit memo no | credit memo # | credit note # | invoice id | invoice ref |
            invoice reference | transaction no | transaction number | trans no | trans # | slip no | check no | chk no
            | check # | ticket no | ticket # | bon no | receipt id | invoice code | statement number | tax invoice # |
            cash bill no | cash sales no | cash bill # | rcpt # | rcpt no | rcpt | inv | bill id | our invoice number
        """,
        "de": """
            rechnungsnummer | rechnungs nr | rechnung nr | rechnungs nummer | rechnung nummer | re nr | rg nr |
            rechnungsnr | belegnummer | beleg nr | belegnr | beleg nummer | gutschriftsnummer | gutschrift nr |
            gutschriftnummer | gutschriftsnr | dokumentnummer | dokument nr | faktura nr | fakturanummer | faktura
            nummer | quittung nr | bon nr | bonnummer | kassenbon nr | rechnung # | re nummer | rechnungsnummer /
            invoice no | honorarnote nr | rechnung no | vorgangsnummer | beleg / rechnungsnummer
        """,
        "fr": """
            numéro de facture | n° de facture | n° facture | facture n° | facture no | facture numéro | no de facture
            | no facture | num facture | numéro facture | réf facture | référence facture | référence de la facture |
            n° de pièce | numéro de pièce | n° avoir | avoir n° | n° d'avoir | numéro d'avoir | numéro de l'avoir | n°
            de document | n° document | ticket n° | n° ticket | reçu n° | facture # | facture nr | n° de la facture
        """,
        "nl": """
            factuurnummer | factuur nr | factuurnr | factuur nummer | factuur no | nummer factuur | creditnota nummer
            | creditnotanummer | creditfactuurnummer | creditnummer | documentnummer | document nr | bonnummer | bonnr
            | nota nummer | notanummer | factuur # | factuurreferentie | rekeningnummer factuur
        """,
        "es": """
            número de factura | nº de factura | nº factura | n° factura | factura nº | factura n° | factura no | núm
            factura | factura núm | número factura | no de factura | no factura | factura número | folio | folio
            fiscal | nº de documento | número de documento | nº documento | comprobante nº | comprobante no | nº
            comprobante | comp nro | factura nro | nro factura | nro de factura | ticket nº | boleta nº | serie y
            número | serie folio | nota de crédito nº | nº de abono | número de abono | factura simplificada nº |
            factura rectificativa nº | factura # | recibo nº | recibo no | nº recibo
        """,
        "pt": """
            número da fatura | fatura nº | fatura n° | nº da fatura | nº fatura | fatura no | número da factura |
            factura nº | nº da nota | número da nota | nota fiscal nº | nf-e nº | nfs-e nº | nº do documento |
            documento nº | número do documento | fatura recibo nº | fatura simplificada nº | nota de crédito nº | nf e
            | número nota fiscal | fatura/recibo nº | número da nfs-e | cupom fiscal nº
        """,
        "it": """
            numero fattura | n. fattura | nr fattura | fattura n. | fattura nr | fattura no | fattura numero | n°
            fattura | fattura n° | num fattura | numero documento | n. documento | nr documento | nota di credito n. |
            numero della fattura | doc n. | documento n. | documento nr | ricevuta n. | ricevuta fiscale n. | nota di
            credito nr | numero doc | fattura di vendita n. | nr doc
        """,
        "ca": "número de factura | núm factura | factura núm | factura número | nº factura",
        "pl": """
            faktura nr | faktura vat nr | nr faktury | numer faktury | faktura numer | faktura vat numer | rachunek nr
            | faktura korygująca nr | nr dokumentu | numer dokumentu | paragon nr | nr paragonu | faktura vat |
            faktura zaliczkowa nr | korekta nr | nota korygująca nr
        """,
        "cs": """
            faktura číslo | faktura č. | číslo faktury | faktura - daňový doklad č. | daňový doklad č. | daňový doklad
            číslo | číslo dokladu | doklad č. | faktura - daňový doklad číslo | dobropis č. | opravný daňový doklad č.
            | faktura - daňový doklad | č. faktury | účtenka č. | vyúčtování č.
        """,
        "sk": """
            faktúra číslo | faktúra č. | číslo faktúry | daňový doklad č. | faktúra - daňový doklad č. | číslo dokladu
            | dobropis č. | č. faktúry
        """,
        "sv": """
            fakturanummer | fakturanr | faktura nr | fakturanr. | faktura nummer | kreditfaktura nr | kvittonummer |
            kvitto nr | kreditnota nr | kvittonr | fakturanr/ocr
        """,
        "da": """
            fakturanummer | fakturanr | faktura nr | faktura nummer | kreditnota nr | kreditnotanummer | bilagsnr |
            bilagsnummer | bon nr | bonnr | regning nr | regningsnummer
        """,
        "no": """
            fakturanummer | fakturanr | faktura nr | faktura nummer | kreditnota nr | kreditnotanr | bilagsnummer |
            kvittering nr | fakturanr.
        """,
        "fi": """
            laskun numero | laskunumero | lasku nro | lasku nr | laskunro | laskun nro | kuitti nro | hyvityslasku nro
            | tositenumero | laskun nr | kuittinumero
        """,
        "hu": """
            számla sorszáma | számla száma | számlaszám | sorszám | számla sorszám | számla szám | bizonylatszám |
            bizonylat száma | nyugtaszám | számla azonosító | a számla sorszáma
        """,
        "ro": """
            factura nr | factura seria | seria si nr | număr factură | nr factură | nr. facturii | numărul facturii |
            factura fiscală nr | seria și numărul | serie și număr | seria/nr | bon fiscal nr | factură nr
        """,
        "hr": """
            račun br | račun broj | broj računa | račun br. | račun-otpremnica br | račun R1 br | odobrenje br | r1
            račun br
        """,
        "sl": """
            račun št | številka računa | račun številka | št. računa | faktura št | številka dokumenta | dobropis št
        """,
        "sr": """
            račun broj | faktura broj | broj računa | broj fakture | faktura br | рачун број | фактура број | број
            рачуна
        """,
        "tr": "fatura no | fatura numarası | fatura numarasi | fiş no | belge no | fatura sıra no",
        "el": """
            αριθμός τιμολογίου | αρ. τιμολογίου | τιμολόγιο αρ. | αριθμός παραστατικού | αρ. παραστατικού | αριθμός
        """,
        "bg": "фактура № | фактура номер | номер на фактура | фактура no | номер",
        "ru": "счет № | счёт № | номер счета | счет-фактура № | счет на оплату № | накладная №",
        "uk": "рахунок № | рахунок-фактура № | номер рахунку | рахунок на оплату №",
        "et": "arve nr | arve number | arve numbr | kreeditarve nr | arve nr.",
        "lv": "rēķina numurs | rēķins nr | rēķina nr | pavadzīmes nr | kredītrēķins nr",
        "lt": """
            sąskaitos numeris | sąskaita nr | sąskaitos nr | pvm sąskaita faktūra nr | sąskaitos faktūros nr | serija
            nr | sąskaita faktūra nr
        """,
        "ms": "no invois | no. resit | nombor invois | invois no",
        "id": "nomor faktur | no faktur | nomor invoice | no. nota | nomor kuitansi",
    },
    "number_title": {
        "en": """
            invoice | tax invoice | bill | receipt | credit note | credit memo | sales invoice | commercial invoice |
            vat invoice | cash bill
        """,
        "de": """
            rechnung | gutschrift | rechnungskorrektur | stornorechnung | quittung | schlussrechnung | honorarnote |
            abschlagsrechnung | teilrechnung | faktura
        """,
        "fr": "facture | avoir | note d'honoraires | facture d'avoir | reçu",
        "nl": "factuur | creditnota | creditfactuur | nota | verkoopfactuur",
        "es": """
            factura | abono | nota de crédito | factura rectificativa | factura simplificada | recibo | boleta
        """,
        "pt": "fatura | factura | nota fiscal | nota de crédito | fatura recibo | fatura simplificada | nf-e",
        "it": "fattura | nota di credito | parcella | ricevuta | fattura di vendita | fattura accompagnatoria",
        "pl": "faktura | faktura vat | rachunek | faktura korygująca",
        "cs": "faktura | daňový doklad | dobropis",
        "sk": "faktúra | daňový doklad | dobropis",
        "sv": "faktura | kreditfaktura | kvitto",
        "da": "faktura | kreditnota | regning",
        "no": "faktura | kreditnota | kvittering",
        "fi": "lasku | hyvityslasku | kuitti",
        "hu": "számla | jóváíró számla | nyugta",
        "ro": "factura | factură | factura fiscală",
        "hr": "račun | odobrenje | r1 račun",
        "sl": "račun | dobropis",
        "sr": "faktura | račun | рачун | фактура",
        "tr": "fatura",
        "el": "τιμολόγιο | πιστωτικό τιμολόγιο | απόδειξη",
        "bg": "фактура | кредитно известие",
        "ru": "счет | счет-фактура | счёт",
        "uk": "рахунок | рахунок-фактура",
        "et": "arve | kreeditarve",
        "lv": "rēķins | kredītrēķins",
        "lt": "sąskaita | sąskaita faktūra | kreditinė sąskaita",
        "ms": "invois | resit",
        "id": "faktur | kuitansi | nota",
    },
    "number_weak": {
        "en": "number | no | nr | no. | ref | reference | ref no | our reference | our ref | # | document",
        "de": "nummer | nr | beleg | unser zeichen",
        "fr": "numéro | n° | référence | réf | notre référence",
        "nl": "nummer | nr | kenmerk | ons kenmerk | referentie",
        "es": "número | nº | núm | referencia | ref | nro",
        "pt": "número | nº | referência",
        "it": "numero | n. | nr | riferimento",
        "pl": "nr | numer",
        "cs": "číslo | č.",
        "sk": "číslo | č.",
        "sv": "nummer | nr",
        "fi": "numero | nro",
        "hu": "szám | száma",
        "tr": "numara | no",
        "hr": "broj | br",
        "sl": "številka | št",
    },
    "order_reference": {
        "en": """
            purchase order | purchase order number | purchase order no | po number | po no | po # | p.o. number | p.o.
            no | p.o. # | p.o. | po | your order | your order no | your order number | customer order | customer po |
            order number | order no | order # | order id | order reference | order ref | your reference | your ref |
            customer reference | sales order | buyer reference | buyer's order no | purchase order ref | your order
            ref | customer ref | booking id | booking reference | source document | po reference
        """,
        "de": """
            bestellnummer | bestell nr | bestellnr | bestellung nr | ihre bestellung | ihre bestellnummer |
            auftragsnummer | auftrags nr | auftragsnr | auftrag nr | bestellreferenz | ihr zeichen | ihre referenz |
            ihr auftrag | auftrag | bestellung | ihre bestellung nr | bestellung nr. | bestellnummer des kunden | ihre
            auftragsnummer | referenz | kommission | bestell nummer | ihre bestell nr
        """,
        "fr": """
            numéro de commande | n° de commande | n° commande | commande n° | bon de commande | votre commande | votre
            référence | réf. commande | référence commande | votre réf | v/réf | commande | vos références | référence
            client | n° bon de commande | référence de commande | bc n°
        """,
        "nl": """
            ordernummer | order nr | bestelnummer | uw referentie | uw bestelling | uw kenmerk | inkoopordernummer |
            inkooporder | order | bestelbon | uw ordernummer | bestelbonnummer | uw ref | bestelling | opdrachtnummer
            | po nummer | ordernr | bestelnr
        """,
        "es": """
            número de pedido | nº pedido | nº de pedido | pedido nº | su pedido | orden de compra | pedido | su
            referencia | orden de compra nº | o.c. | referencia pedido | núm pedido | s/referencia | nº orden | s/ref
        """,
        "pt": """
            número da encomenda | encomenda nº | nº da encomenda | sua referência | v/ref | ordem de compra | nº do
            pedido | pedido nº | v/ encomenda | requisição
        """,
        "it": """
            numero ordine | ordine n. | n. ordine | vs. ordine | vostro ordine | ordine di acquisto | rif. ordine |
            vs. riferimento | riferimento ordine | vs. rif | ordine nr | ordine cliente | nr ordine
        """,
        "pl": "numer zamówienia | nr zamówienia | zamówienie nr | zamówienie | wasze zamówienie",
        "cs": """
            číslo objednávky | objednávka č. | objednávka | č. objednávky | objednávka číslo | vaše objednávka
        """,
        "sk": "číslo objednávky | objednávka č. | objednávka",
        "sv": """
            ordernummer | ordernr | ert ordernummer | er referens | beställningsnummer | inköpsorder | er order | ert
            ordernr | beställning | ert beställningsnummer | er ref
        """,
        "da": """
            ordrenummer | ordrenr | deres ref | deres reference | rekvisition | indkøbsordre | ordre nr | deres
            ordrenr | rekvisitionsnr | jeres ref | købsordre
        """,
        "no": """
            ordrenummer | ordrenr | deres ref | deres referanse | bestillingsnummer | innkjøpsordre | deres ordrenr |
            bestillingsnr
        """,
        "fi": """
            tilausnumero | tilausnro | viitteenne | tilauksen numero | tilaus | ostotilaus | tilaus nro | asiakkaan
            viite
        """,
        "hu": "megrendelés száma | megrendelésszám | rendelésszám | rendelés száma | megrendelés szám",
        "ro": "nr. comandă | comanda nr | număr comandă | comanda",
        "hr": "broj narudžbe | narudžba br | narudžbenica | narudžba",
        "sl": "številka naročila | naročilo št | naročilnica | naročilo",
        "tr": "sipariş no | sipariş numarası",
        "el": "αριθμός παραγγελίας | παραγγελία",
        "bg": "поръчка № | номер на поръчка",
        "et": "tellimuse nr | tellimuse number | tellimus",
        "lv": "pasūtījuma nr | pasūtījuma numurs",
        "lt": "užsakymo numeris | užsakymo nr",
        "id": "nomor pesanan | no. po",
    },
    "customer_number": {
        "en": """
            customer number | customer no | customer id | customer # | account number | account no | client number |
            client id | customer code | client no | member id | customer | account # | acct no | cust no | cust id |
            customer account | account id | client code | debtor code | debtor no | membership no
        """,
        "de": """
            kundennummer | kunden nr | kundennr | kunden nummer | kd nr | kundennr. | debitor | debitorennummer |
            debitor nr | vertragskonto | vertragsnummer | ihre kundennummer | ihre nummer | vertrags nr |
            mandantennummer | debitorennr | kundenkonto | mitgliedsnummer | kdnr
        """,
        "fr": """
            numéro client | n° client | n° de client | code client | id client | id.client | référence client | client
            n° | numéro de client | compte client | numéro de compte | n° de compte client | n° compte | numéro de
            dossier | n° adhérent | n° contrat | no client
        """,
        "nl": """
            klantnummer | klant nr | klantnr | debiteurnummer | debiteurnr | relatienummer | klant | debiteur | uw
            klantnummer | klantcode | lidnummer | debiteurennummer | relatienr
        """,
        "es": """
            número de cliente | nº cliente | nº de cliente | código cliente | código de cliente | cod. cliente |
            cliente nº | id cliente | núm cliente | nº contrato | referencia del contrato
        """,
        "pt": """
            número de cliente | nº cliente | cliente nº | código de cliente | código do cliente | nº de cliente |
            código cliente
        """,
        "it": """
            codice cliente | cod. cliente | numero cliente | n. cliente | cliente n. | cod cliente | nr cliente |
            codice contratto
        """,
        "pl": "numer klienta | nr klienta | kod klienta | identyfikator klienta",
        "cs": "zákaznické číslo | číslo zákazníka | číslo odběratele | č. zákazníka",
        "sk": "zákaznícke číslo | číslo zákazníka",
        "sv": "kundnummer | kundnr | kund nr | ert kundnummer",
        "da": "kundenummer | kundenr | kunde nr | debitornr | konto nr | kontonr. kunde",
        "no": "kundenummer | kundenr | kunde nr",
        "fi": "asiakasnumero | asiakasnro | asiakas nro | asiakasnr",
        "hu": "ügyfélszám | vevőkód | vevő kód | ügyfélkód | ügyfél azonosító | felhasználó azonosító",
        "ro": "cod client | număr client | nr. client",
        "hr": "šifra kupca | broj kupca | šifra partnera",
        "sl": "šifra kupca | številka kupca | šifra stranke",
        "tr": "müşteri no | müşteri numarası",
        "el": "κωδικός πελάτη",
        "et": "kliendi number | kliendi nr",
        "lv": "klienta numurs | klienta nr",
        "lt": "kliento kodas | pirkėjo kodas | kliento numeris",
    },
    "payment_reference": {
        "en": """
            payment reference | payment ref | remittance reference | please quote | reference for payment | payment
            communication | transfer reference | please use the following communication for your payment | payment id
            | reference number | bank reference | quote reference
        """,
        "de": """
            verwendungszweck | zahlungsreferenz | referenznummer | zahlungszweck | referenz nr | qr referenz |
            kassenzeichen | bitte bei zahlung angeben | mandatsreferenz und verwendungszweck | esr referenz
        """,
        "fr": """
            référence de paiement | communication structurée | communication | référence à rappeler | référence du
            paiement | motif du virement | libellé du virement
        """,
        "nl": """
            betalingskenmerk | gestructureerde mededeling | mededeling | betaalreferentie | betalingsreferentie |
            onder vermelding van | betaalkenmerk | omschrijving betaling
        """,
        "es": """
            referencia de pago | concepto de pago | referencia del pago | concepto transferencia | línea de captura
        """,
        "pt": "referência de pagamento | referência multibanco | referência do pagamento",
        "it": "causale | riferimento pagamento | causale bonifico | causale del bonifico",
        "pl": "tytuł przelewu | tytułem | tytuł płatności",
        "cs": "variabilní symbol | var. symbol | vs | variab. symbol",
        "sk": "variabilný symbol | var. symbol | vs",
        "sv": "ocr | ocr-nummer | ocr nr | betalningsreferens | ange ocr | referensnummer | ange vid betalning",
        "da": "betalingsreference | betalings-id | kortart | fik | ocr | betalingsid | reference ved betaling",
        "no": "kid | kid-nummer | kid nr | betalingsreferanse | kidnr",
        "fi": "viitenumero | viite | viitenro | maksuviite",
        "hu": "közlemény | fizetési azonosító",
        "ro": "referința plății | referință plată",
        "hr": "poziv na broj | model i poziv na broj | opis plaćanja | model i poziv na broj primatelja",
        "sl": "sklic | sklic na številko | referenca | sklic za plačilo",
        "sr": "poziv na broj | позив на број",
        "et": "viitenumber | viite number",
        "lv": "maksājuma uzdevumā norādīt",
        "lt": "mokėjimo kodas | įmokos kodas",
        "tr": "ödeme referansı",
        "el": "αιτιολογία | κωδικός πληρωμής",
    },
    "original_number": {
        "en": """
            original invoice | original invoice number | original invoice no | credited invoice | invoice reference |
            related invoice | refers to invoice | for invoice | credit for invoice | reversal of | against invoice |
            reference to invoice | corrects invoice | corrected invoice | applies to invoice | in respect of invoice
        """,
        "de": """
            ursprüngliche rechnung | originalrechnung | zu rechnung | bezug auf rechnung | zur rechnung | gutschrift
            zu rechnung | storno der rechnung | stornierte rechnung | bezug rechnung | zu rechnung nr | bezugsrechnung
            | korrektur zu rechnung | ursprungsrechnung | rechnungsbezug
        """,
        "fr": """
            facture d'origine | facture liée | facture initiale | référence facture d'origine | avoir sur facture |
            concerne la facture | annule la facture | sur facture n° | facture origine | relatif à la facture
        """,
        "nl": """
            oorspronkelijke factuur | betreft factuur | credit op factuur | originele factuur | creditering factuur |
            origineel factuurnummer | betreft factuurnummer
        """,
        "es": """
            factura original | factura rectificada | factura que rectifica | rectifica a | factura de origen |
            rectifica la factura | documento relacionado | factura relacionada
        """,
        "pt": "fatura original | fatura de origem | referente à fatura | relativo à fatura",
        "it": """
            fattura di riferimento | fattura originale | rif. fattura | riferimento fattura | a storno fattura |
            storno fattura | fattura collegata
        """,
        "pl": """
            do faktury | dotyczy faktury | faktura pierwotna | do faktury nr | faktura korygowana | dotyczy faktury nr
            | nr faktury korygowanej
        """,
        "cs": "původní faktura | k faktuře č. | původní doklad | k faktuře | opravovaný doklad",
        "sk": "pôvodná faktúra | k faktúre č. | k faktúre",
        "sv": """
            avser faktura | ursprunglig faktura | krediterar faktura | kredit av faktura | kreditering av faktura
        """,
        "da": "vedrører faktura | oprindelig faktura | krediterer faktura | kreditering af faktura",
        "no": "gjelder faktura | opprinnelig faktura | krediterer faktura | kreditering av faktura",
        "fi": "alkuperäinen lasku | hyvitetty lasku | hyvitettävä lasku | koskee laskua",
        "hu": "eredeti számla | eredeti számla száma | hivatkozott számla | módosított számla",
        "ro": "factura inițială | factura storno | factura originală",
        "hr": "izvorni račun | po računu br | originalni račun",
        "sl": "prvotni račun | k računu | originalni račun",
    },
}
