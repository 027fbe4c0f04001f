"""Words beside dates, periods and terms of payment; of dates that are not the bill's own."""

from __future__ import annotations

DATES: dict[str, dict[str, str]] = {
    "date": {
        "en": """
            invoice date | date of invoice | bill date | date of issue | issue date | issued on | issued at | issued |
            date issued | invoice dated | dated | billing date | tax date | tax point | tax point date | document date
            | receipt date | credit note date | transaction date | invoice issued | date created | inv date | doc date
            | credit memo date | trans date | invoice dt | bill dt | printed on | date printed | date & time | date
            time | date/time | sale date
        """,
        "de": """
            rechnungsdatum | rechnung vom | datum der rechnung | ausstellungsdatum | ausgestellt am | belegdatum |
            rechnungs datum | fakturadatum | gutschriftsdatum | dokumentdatum | dokumentendatum | erstellungsdatum |
            ausstelldatum | re datum | rg datum | datum rechnung | gutschrift vom | rechnungstag
        """,
        "fr": """
            date de facture | date facture | date de la facture | date de facturation | date d'émission | émise le |
            émis le | facture du | date du document | date de l'avoir | facturé le | établie le | date d'édition |
            date de pièce | date d'établissement | fait le
        """,
        "nl": """
            factuurdatum | datum factuur | factuur datum | datum van uitgifte | documentdatum | creditdatum | datum
            creditnota | uitgiftedatum | facturatiedatum
        """,
        "es": """
            fecha de factura | fecha factura | fecha de emisión | fecha emisión | fecha de expedición | emitida el |
            fecha de la factura | fecha expedición | fecha y hora de emisión | fecha del documento | fecha doc | fecha
            y hora de certificación | lugar y fecha de expedición | fecha de facturación
        """,
        "pt": """
            data da fatura | data de emissão | data emissão | data da emissão | data da factura | data do documento |
            emitido em | emitida em | data e hora da emissão | data de faturação
        """,
        "it": """
            data fattura | data della fattura | data di emissione | data emissione | data documento | emessa il | data
            del documento | fattura del | data doc | data fatturazione
        """,
        "ca": "data factura | data de factura | data d'emissió",
        "pl": """
            data wystawienia | data faktury | wystawiono dnia | data wystawienia faktury | z dnia | wystawiona dnia |
            data wyst. | wystawiono w dniu | miejsce i data wystawienia
        """,
        "cs": """
            datum vystavení | vystaveno | vystaveno dne | datum vyst. | datum vystavení dokladu | datum faktury | dne
            | vystaveno:
        """,
        "sk": "dátum vystavenia | vyhotovené | vystavené dňa | dátum vyhotovenia | dátum faktúry",
        "sv": "fakturadatum | datum för faktura | utfärdat | utställd | utskriftsdatum",
        "da": "fakturadato | dato for faktura | udstedt | udstedelsesdato | bilagsdato | kreditnotadato",
        "no": "fakturadato | utstedt | utstedelsesdato | dato for faktura",
        "fi": "laskun päivämäärä | laskupäivä | laskun päiväys | laskun pvm | päiväys | laskutuspäivä | laskupvm",
        "hu": """
            számla kelte | kelte | kiállítás dátuma | kiállítás kelte | számla dátuma | kiállítva | kibocsátás dátuma
            | kelt | számla kiállításának dátuma | kiállítás napja
        """,
        "ro": """
            data facturii | data emiterii | data factura | data emiterii facturii | din data | data (ziua/luna/anul)
        """,
        "hr": """
            datum računa | datum izdavanja | datum izdavanja računa | izdano | datum i vrijeme izdavanja | datum
            ispostave
        """,
        "sl": "datum računa | datum izdaje | datum izstavitve",
        "sr": "datum računa | datum izdavanja | datum fakture | датум издавања | датум рачуна",
        "tr": "fatura tarihi | düzenleme tarihi | düzenlenme tarihi | belge tarihi",
        "el": "ημερομηνία έκδοσης | ημ/νία έκδοσης | ημερομηνία τιμολογίου | ημ. έκδοσης",
        "bg": "дата на издаване | дата на фактура | дата на фактурата | издадена на",
        "ru": "дата счета | дата выставления | от",
        "uk": "дата рахунку | від",
        "et": "arve kuupäev | arve esitamise kuupäev | kuupäev",
        "lv": "rēķina datums | izrakstīšanas datums | izrakstīts",
        "lt": "sąskaitos data | išrašymo data | išrašyta | sąskaitos išrašymo data | data",
        "ms": "tarikh invois | tarikh",
        "id": "tanggal faktur | tanggal invoice | tgl faktur",
    },
    "date_weak": {
        "en": "date | dt | day",
        "de": "datum | den | vom",
        "fr": "date | le | du",
        "nl": "datum",
        "es": "fecha",
        "pt": "data",
        "it": "data | del",
        "pl": "data | dnia",
        "cs": "datum",
        "sk": "dátum",
        "sv": "datum",
        "da": "dato",
        "no": "dato",
        "fi": "päivämäärä | pvm",
        "hu": "dátum",
        "ro": "data | din",
        "hr": "datum",
        "sl": "datum",
        "tr": "tarih | tarihi",
        "el": "ημερομηνία | ημ/νία",
        "bg": "дата",
        "ru": "дата",
        "uk": "дата",
        "lv": "datums",
        "id": "tanggal | tgl",
    },
    "due_date": {
        "en": """
            due date | payment due | date due | due on | due by | pay by | payment due date | payment due by | due |
            payable by | please pay by | please remit until | pay before | please remit by | must be paid by | balance
            due date | amount due by | amount due on | total amount due on | last payment date | invoice due date |
            invoice due | expiry date | payment date | to be paid by | payment deadline
        """,
        "de": """
            fälligkeitsdatum | fällig am | zahlbar bis | fälligkeit | fällig | zahlungsziel | zahlungsfrist | zahlbar
            bis zum | bitte überweisen sie bis zum | zahlung bis | fällig bis | zu zahlen bis | zahlungstermin | bitte
            zahlen sie bis | bitte bezahlen bis | bis zum | spätestens bis | valuta | einzug am | abbuchung am | bitte
            zahlbar bis
        """,
        "fr": """
            date d'échéance | échéance | à payer avant le | payable le | date limite de paiement | date limite de
            paiement le | à régler avant le | à régler le | échéance le | paiement dû le | payable avant le | date de
            paiement | à payer avant | payer avant le | date d'exigibilité | prélèvement le | à payer pour le
        """,
        "nl": """
            vervaldatum | vervaldag | te betalen voor | uiterste betaaldatum | betalen voor | te voldoen voor | betaal
            voor | uiterlijk te betalen | betaaldatum | te betalen uiterlijk | vervalt op | betalen vóór | uiterste
            betaaldag
        """,
        "es": """
            fecha de vencimiento | vencimiento | fecha vencimiento | vence | fecha límite de pago | pagar antes de |
            vence el | fecha de vto | f. vencimiento | fecha vto | vto | fecha de pago | pagar antes del | fecha de
            vto. para el pago
        """,
        "pt": """
            data de vencimento | vencimento | data vencimento | pagar até | data limite de pagamento | vence em | data
            do vencimento | pagamento até
        """,
        "it": """
            data scadenza | scadenza | data di scadenza | scadenza pagamento | da pagare entro | scadenze | entro il |
            pagamento entro
        """,
        "ca": "venciment | data de venciment",
        "pl": "termin płatności | termin zapłaty | data płatności | płatne do | zapłacić do | termin płatn.",
        "cs": "datum splatnosti | splatnost | splatné | splatno | splatno dne | dat. splatnosti",
        "sk": "dátum splatnosti | splatnosť | splatné | splatné dňa",
        "sv": """
            förfallodatum | förfallodag | oss tillhanda senast | förfaller | betalas senast | att betala senast |
            sista betalningsdag
        """,
        "da": """
            forfaldsdato | betalingsfrist | forfald | forfalder | betales senest | sidste betalingsdag | sidste
            rettidige betaling | senest betaling
        """,
        "no": "forfallsdato | betalingsfrist | forfall | forfaller | betales innen",
        "fi": "eräpäivä | eräpvm | maksettava viimeistään | maksupäivä",
        "hu": "fizetési határidő | esedékesség | fizetési határideje | esedékesség dátuma",
        "ro": "data scadenței | scadență | termen de plată | data scadentei | scadența | scadent la",
        "hr": "datum dospijeća | dospijeće | rok plaćanja | datum valute | valuta | dospijeće plaćanja",
        "sl": "rok plačila | datum zapadlosti | zapadlost | zapade | plačati do | valuta",
        "sr": "datum dospeća | rok plaćanja | датум доспећа | рок плаћања | valuta",
        "tr": "vade tarihi | son ödeme tarihi | vade | ödeme tarihi",
        "el": "ημερομηνία λήξης | ημερομηνία πληρωμής | πληρωτέο έως | λήξη | προθεσμία πληρωμής",
        "bg": "падеж | срок за плащане | дата на падеж | платима до",
        "ru": "срок оплаты | оплатить до",
        "uk": "термін оплати | сплатити до",
        "et": "maksetähtaeg | maksetähtpäev | tasuda enne",
        "lv": "apmaksas termiņš | samaksas termiņš | apmaksāt līdz",
        "lt": "apmokėti iki | mokėjimo terminas | apmokėjimo terminas",
        "ms": "tarikh akhir",
        "id": "jatuh tempo | tanggal jatuh tempo",
    },
    "service_date": {
        "en": """
            delivery date | date of delivery | date of supply | supply date | service date | date of service |
            performance date | shipped on | ship date | shipping date | date shipped
        """,
        "de": """
            lieferdatum | leistungsdatum | liefertag | datum der lieferung | leistung am | lieferung am | tag der
            leistung | liefer-/leistungsdatum | liefer- und leistungsdatum | datum der leistung | leistungszeitpunkt |
            lieferdatum entspricht
        """,
        "fr": "date de livraison | date de prestation | livré le | date de la prestation | date d'exécution",
        "nl": "leverdatum | leveringsdatum | datum levering | datum prestatie",
        "es": "fecha de entrega | fecha de operación | fecha operación | fecha de prestación",
        "pt": "data de entrega | data da prestação | data do serviço",
        "it": "data consegna | data di consegna | data prestazione",
        "pl": """
            data sprzedaży | data dostawy | data wykonania usługi | data dokonania dostawy | data zakończenia dostawy
            | data sprzed.
        """,
        "cs": """
            datum uskutečnění zdanitelného plnění | duzp | datum zdanitelného plnění | datum uskutečnění plnění |
            datum zdan. plnění | datum dodání
        """,
        "sk": "dátum dodania | deň dodania | dátum zdaniteľného plnenia",
        "sv": "leveransdatum | leveransdag",
        "da": "leveringsdato",
        "no": "leveringsdato | leveransedato",
        "fi": "toimituspäivä | toimituspvm",
        "hu": "teljesítés kelte | teljesítés dátuma | teljesítés időpontja | teljesítés | teljesítés napja",
        "ro": "data livrării | data livrarii",
        "hr": "datum isporuke | datum prometa",
        "sl": "datum opravljene storitve | datum dobave | datum storitve",
        "sr": "datum prometa | датум промета",
        "tr": "sevk tarihi | fiili sevk tarihi | teslim tarihi",
        "el": "ημερομηνία παράδοσης",
        "bg": "дата на данъчно събитие | дата на данъчното събитие",
        "et": "tarnekuupäev | lähetuskuupäev",
        "lv": "piegādes datums",
        "lt": "pristatymo data",
    },
    "period": {
        "en": """
            service period | billing period | period | invoice period | period of service | for the period | for the
            billing period | statement period | usage period | covering period | subscription period
        """,
        "de": """
            leistungszeitraum | verrechnungszeitraum | bezugszeitraum | nutzungszeitraum | abrechnungszeitraum |
            zeitraum | lieferzeitraum | rechnungszeitraum |
            abrechnungsperiode | für den zeitraum | liefer-/leistungszeitraum
        """,
        "fr": """
            période | période de facturation | période de prestation | période facturée | pour la période | période de
            consommation
        """,
        "nl": "periode | factuurperiode | dienstperiode | leveringsperiode | over de periode",
        "es": "período | periodo | periodo de facturación | período de facturación | período facturado",
        "pt": "período | período de faturação | período de referência",
        "it": "periodo | periodo di riferimento | periodo di fatturazione | periodo fatturazione",
        "pl": "okres | okres rozliczeniowy | za okres",
        "cs": "období | fakturační období | za období",
        "sk": "obdobie | fakturačné obdobie",
        "sv": "period | faktureringsperiod | avser perioden",
        "da": "periode | faktureringsperiode",
        "no": "periode | faktureringsperiode",
        "fi": "laskutuskausi | ajanjakso | laskutusjakso",
        "hu": "időszak | elszámolási időszak",
        "ro": "perioada | perioada de facturare",
        "hr": "razdoblje | obračunsko razdoblje",
        "sl": "obdobje | obračunsko obdobje",
        "tr": "dönem | fatura dönemi",
        "el": "περίοδος",
        "et": "periood",
        "lv": "periods",
        "lt": "laikotarpis",
    },
    "other_date": {
        "en": """
            order date | date of order | date of birth | print date | valid until | date received | check in | check
            out | statement date | quote date | po date | due date of next | vat date | exchange date | dob | expiry |
            exp
        """,
        "de": """
            bestelldatum | auftragsdatum | bestellt am | druckdatum | lieferscheindatum | bestellung vom | auftrag vom
            | lieferschein vom | gültig bis | angebotsdatum
        """,
        "fr": "date de commande | commande du | date d'impression | valable jusqu'au | date de bon | bon du",
        "nl": "orderdatum | besteldatum | datum bestelling | printdatum | geldig tot",
        "es": """
            fecha de pedido | fecha pedido | fecha de impresión | fecha del pedido | inicio de actividades | fecha de
            inicio de actividades
        """,
        "pt": "data da encomenda | data do pedido",
        "it": "data ordine | data dell'ordine | data ddt | ddt del | ordine del",
        "pl": "data zamówienia",
        "cs": "datum objednávky | objednáno dne",
        "sv": "orderdatum | beställningsdatum",
        "da": "ordredato | bestillingsdato",
        "no": "ordredato | bestillingsdato",
        "fi": "tilauspäivä | tilauspvm",
        "hu": "megrendelés dátuma | rendelés dátuma",
        "ro": "data comenzii",
        "tr": "sipariş tarihi",
    },
    "terms": {
        "en": "payment terms | terms of payment | terms | payment term | terms of sale | net days | credit terms",
        "de": "zahlungsbedingungen | zahlungsbedingung | zahlungskonditionen | zahlungsmodalitäten | zahlweise",
        "fr": """
            conditions de paiement | conditions de règlement | modalités de paiement | condition de règlement | délai
            de paiement | modalités de règlement
        """,
        "nl": """
            betalingsvoorwaarden | betalingsconditie | betaaltermijn | betalingstermijn | betalingscondities |
            betaalconditie | betalingsvoorwaarde
        """,
        "es": "condiciones de pago | términos de pago | forma de pago | plazo de pago | condición de pago",
        "pt": "condições de pagamento | condição de pagamento | prazo de pagamento | forma de pagamento",
        "it": """
            condizioni di pagamento | termini di pagamento | modalità di pagamento | pagamento | tipo pagamento
        """,
        "pl": "warunki płatności | sposób płatności | forma płatności | sposób zapłaty | metoda płatności",
        "cs": "platební podmínky | způsob úhrady | forma úhrady | způsob platby",
        "sk": "platobné podmienky | spôsob úhrady | forma úhrady",
        "sv": "betalningsvillkor",
        "da": "betalingsbetingelser | betalingsbetingelse",
        "no": "betalingsbetingelser | betalingsvilkår",
        "fi": "maksuehto | maksuehdot",
        "hu": "fizetési mód | fizetési feltételek | fizetés módja",
        "ro": "condiții de plată | modalitate de plată | mod de plată",
        "hr": "uvjeti plaćanja | način plaćanja",
        "sl": "plačilni pogoji | način plačila",
        "tr": "ödeme koşulları | ödeme şekli",
        "el": "τρόπος πληρωμής | όροι πληρωμής",
        "bg": "начин на плащане | условия на плащане",
        "et": "maksetingimused | maksetingimus",
        "lv": "apmaksas veids | apmaksas nosacījumi",
        "lt": "mokėjimo sąlygos | apmokėjimo sąlygos",
    },
}
