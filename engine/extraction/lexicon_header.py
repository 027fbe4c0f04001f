"""Words beside numbers, dates, parties and references."""

HEADER: dict[str, dict[str, str]] = {
    # The bill's own number.
    "number": {
        "en": "invoice number | invoice no | invoice nr | invoice num | invoice # | inv no | inv # | inv number | inv. nr | "
        "tax invoice no | tax invoice number | bill number | bill no | bill # | receipt no | receipt number | receipt # | "
        "document number | document no | doc no | doc # | document # | credit note number | credit note no | "
        "credit memo number | credit memo no | credit memo # | credit note # | invoice id | invoice ref | "
        "invoice reference | transaction no | transaction number | trans no | trans # | slip no | check no | chk no | "
        "check # | ticket no | ticket # | bon no | receipt id | invoice code | statement number | tax invoice # | "
        "cash bill no | cash sales no | cash bill # | rcpt # | rcpt no | rcpt | inv | bill id | our invoice number",
        "de": "rechnungsnummer | rechnungs nr | rechnung nr | rechnungs nummer | rechnung nummer | re nr | rg nr | "
        "rechnungsnr | belegnummer | beleg nr | belegnr | beleg nummer | gutschriftsnummer | gutschrift nr | "
        "gutschriftnummer | gutschriftsnr | dokumentnummer | dokument nr | faktura nr | fakturanummer | faktura nummer | "
        "quittung nr | bon nr | bonnummer | kassenbon nr | rechnung # | re nummer | rechnungsnummer / invoice no | "
        "honorarnote nr | rechnung no | vorgangsnummer | beleg / rechnungsnummer",
        "fr": "numéro de facture | n° de facture | n° facture | facture n° | facture no | facture numéro | no de facture | "
        "no facture | num facture | numéro facture | réf facture | référence facture | référence de la facture | "
        "n° de pièce | numéro de pièce | n° avoir | avoir n° | n° d'avoir | numéro d'avoir | numéro de l'avoir | "
        "n° de document | n° document | ticket n° | n° ticket | reçu n° | facture # | facture nr | n° de la facture",
        "nl": "factuurnummer | factuur nr | factuurnr | factuur nummer | factuur no | nummer factuur | creditnota nummer | "
        "creditnotanummer | creditfactuurnummer | creditnummer | documentnummer | document nr | bonnummer | bonnr | "
        "nota nummer | notanummer | factuur # | factuurreferentie | rekeningnummer factuur",
        "es": "número de factura | nº de factura | nº factura | n° factura | factura nº | factura n° | factura no | "
        "núm factura | factura núm | número factura | no de factura | no factura | factura número | folio | folio fiscal | "
        "nº de documento | número de documento | nº documento | comprobante nº | comprobante no | nº comprobante | "
        "comp nro | factura nro | nro factura | nro de factura | ticket nº | boleta nº | serie y número | serie folio | "
        "nota de crédito nº | nº de abono | número de abono | factura simplificada nº | factura rectificativa nº | "
        "factura # | recibo nº | recibo no | nº recibo",
        "pt": "número da fatura | fatura nº | fatura n° | nº da fatura | nº fatura | fatura no | número da factura | "
        "factura nº | nº da nota | número da nota | nota fiscal nº | nf-e nº | nfs-e nº | nº do documento | "
        "documento nº | número do documento | fatura recibo nº | fatura simplificada nº | nota de crédito nº | nf e | "
        "número nota fiscal | fatura/recibo nº | número da nfs-e | cupom fiscal nº",
        "it": "numero fattura | n. fattura | nr fattura | fattura n. | fattura nr | fattura no | fattura numero | n° fattura | "
        "fattura n° | num fattura | numero documento | n. documento | nr documento | nota di credito n. | "
        "numero della fattura | doc n. | documento n. | documento nr | ricevuta n. | ricevuta fiscale n. | "
        "nota di credito nr | numero doc | fattura di vendita n. | nr doc",
        "ca": "número de factura | núm factura | factura núm | factura número | nº factura",
        "pl": "faktura nr | faktura vat nr | nr faktury | numer faktury | faktura numer | faktura vat numer | rachunek nr | "
        "faktura korygująca nr | nr dokumentu | numer dokumentu | paragon nr | nr paragonu | faktura vat | "
        "faktura zaliczkowa nr | korekta nr | nota korygująca nr",
        "cs": "faktura číslo | faktura č. | číslo faktury | faktura - daňový doklad č. | daňový doklad č. | "
        "daňový doklad číslo | číslo dokladu | doklad č. | faktura - daňový doklad číslo | dobropis č. | "
        "opravný daňový doklad č. | faktura - daňový doklad | č. faktury | účtenka č. | vyúčtování č.",
        "sk": "faktúra číslo | faktúra č. | číslo faktúry | daňový doklad č. | faktúra - daňový doklad č. | číslo dokladu | "
        "dobropis č. | č. faktúry",
        "sv": "fakturanummer | fakturanr | faktura nr | fakturanr. | faktura nummer | kreditfaktura nr | kvittonummer | "
        "kvitto nr | kreditnota nr | kvittonr | fakturanr/ocr",
        "da": "fakturanummer | fakturanr | faktura nr | faktura nummer | kreditnota nr | kreditnotanummer | bilagsnr | "
        "bilagsnummer | bon nr | bonnr | regning nr | regningsnummer",
        "no": "fakturanummer | fakturanr | faktura nr | faktura nummer | kreditnota nr | kreditnotanr | bilagsnummer | "
        "kvittering nr | fakturanr.",
        "fi": "laskun numero | laskunumero | lasku nro | lasku nr | laskunro | laskun nro | kuitti nro | hyvityslasku nro | "
        "tositenumero | laskun nr | kuittinumero",
        "hu": "számla sorszáma | számla száma | számlaszám | sorszám | számla sorszám | számla szám | bizonylatszám | "
        "bizonylat száma | nyugtaszám | számla azonosító | a számla sorszáma",
        "ro": "factura nr | factura seria | seria si nr | număr factură | nr factură | nr. facturii | numărul facturii | "
        "factura fiscală nr | seria și numărul | serie și număr | seria/nr | bon fiscal nr | factură nr",
        "hr": "račun br | račun broj | broj računa | račun br. | račun-otpremnica br | račun R1 br | odobrenje br | r1 račun br",
        "sl": "račun št | številka računa | račun številka | št. računa | faktura št | številka dokumenta | dobropis št",
        "sr": "račun broj | faktura broj | broj računa | broj fakture | faktura br | рачун број | фактура број | број рачуна",
        "tr": "fatura no | fatura numarası | fatura numarasi | fiş no | belge no | fatura sıra no",
        "el": "αριθμός τιμολογίου | αρ. τιμολογίου | τιμολόγιο αρ. | αριθμός παραστατικού | αρ. παραστατικού | αριθμός",
        "bg": "фактура № | фактура номер | номер на фактура | фактура no | номер",
        "ru": "счет № | счёт № | номер счета | счет-фактура № | счет на оплату № | накладная №",
        "uk": "рахунок № | рахунок-фактура № | номер рахунку | рахунок на оплату №",
        "et": "arve nr | arve number | arve numbr | kreeditarve nr | arve nr.",
        "lv": "rēķina numurs | rēķins nr | rēķina nr | pavadzīmes nr | kredītrēķins nr",
        "lt": "sąskaitos numeris | sąskaita nr | sąskaitos nr | pvm sąskaita faktūra nr | sąskaitos faktūros nr | serija nr | "
        "sąskaita faktūra nr",
        "ms": "no invois | no. resit | nombor invois | invois no",
        "id": "nomor faktur | no faktur | nomor invoice | no. nota | nomor kuitansi",
    },
    # A title with the number right behind it: "Invoice 2026-17".
    "number_title": {
        "en": "invoice | tax invoice | bill | receipt | credit note | credit memo | sales invoice | commercial invoice | "
        "vat invoice | cash bill",
        "de": "rechnung | gutschrift | rechnungskorrektur | stornorechnung | quittung | schlussrechnung | honorarnote | "
        "abschlagsrechnung | teilrechnung | faktura",
        "fr": "facture | avoir | note d'honoraires | facture d'avoir | reçu",
        "nl": "factuur | creditnota | creditfactuur | nota | verkoopfactuur",
        "es": "factura | abono | nota de crédito | factura rectificativa | factura simplificada | recibo | boleta",
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
    # A number of anything; taken only where nothing better stands.
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
    "date": {
        "en": "invoice date | date of invoice | bill date | date of issue | issue date | issued on | issued at | issued | "
        "date issued | invoice dated | dated | billing date | tax date | tax point | tax point date | document date | "
        "receipt date | credit note date | transaction date | invoice issued | date created | inv date | doc date | "
        "credit memo date | trans date | invoice dt | bill dt | printed on | date printed | date & time | date time | "
        "date/time | sale date",
        "de": "rechnungsdatum | rechnung vom | datum der rechnung | ausstellungsdatum | ausgestellt am | belegdatum | "
        "rechnungs datum | fakturadatum | gutschriftsdatum | dokumentdatum | dokumentendatum | erstellungsdatum | "
        "ausstelldatum | re datum | rg datum | datum rechnung | gutschrift vom | rechnungstag",
        "fr": "date de facture | date facture | date de la facture | date de facturation | date d'émission | émise le | "
        "émis le | facture du | date du document | date de l'avoir | facturé le | établie le | date d'édition | "
        "date de pièce | date d'établissement | fait le",
        "nl": "factuurdatum | datum factuur | factuur datum | datum van uitgifte | documentdatum | creditdatum | "
        "datum creditnota | uitgiftedatum | facturatiedatum",
        "es": "fecha de factura | fecha factura | fecha de emisión | fecha emisión | fecha de expedición | emitida el | "
        "fecha de la factura | fecha expedición | fecha y hora de emisión | fecha del documento | fecha doc | "
        "fecha y hora de certificación | lugar y fecha de expedición | fecha de facturación",
        "pt": "data da fatura | data de emissão | data emissão | data da emissão | data da factura | data do documento | "
        "emitido em | emitida em | data e hora da emissão | data de faturação",
        "it": "data fattura | data della fattura | data di emissione | data emissione | data documento | emessa il | "
        "data del documento | fattura del | data doc | data fatturazione",
        "ca": "data factura | data de factura | data d'emissió",
        "pl": "data wystawienia | data faktury | wystawiono dnia | data wystawienia faktury | z dnia | wystawiona dnia | "
        "data wyst. | wystawiono w dniu | miejsce i data wystawienia",
        "cs": "datum vystavení | vystaveno | vystaveno dne | datum vyst. | datum vystavení dokladu | datum faktury | "
        "dne | vystaveno:",
        "sk": "dátum vystavenia | vyhotovené | vystavené dňa | dátum vyhotovenia | dátum faktúry",
        "sv": "fakturadatum | datum för faktura | utfärdat | utställd | utskriftsdatum",
        "da": "fakturadato | dato for faktura | udstedt | udstedelsesdato | bilagsdato | kreditnotadato",
        "no": "fakturadato | utstedt | utstedelsesdato | dato for faktura",
        "fi": "laskun päivämäärä | laskupäivä | laskun päiväys | laskun pvm | päiväys | laskutuspäivä | laskupvm",
        "hu": "számla kelte | kelte | kiállítás dátuma | kiállítás kelte | számla dátuma | kiállítva | kibocsátás dátuma | "
        "kelt | számla kiállításának dátuma | kiállítás napja",
        "ro": "data facturii | data emiterii | data factura | data emiterii facturii | din data | data (ziua/luna/anul)",
        "hr": "datum računa | datum izdavanja | datum izdavanja računa | izdano | datum i vrijeme izdavanja | datum ispostave",
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
        "en": "due date | payment due | date due | due on | due by | pay by | payment due date | payment due by | due | "
        "payable by | please pay by | please remit until | pay before | please remit by | must be paid by | "
        "balance due date | amount due by | amount due on | total amount due on | last payment date | invoice due date | "
        "invoice due | expiry date | payment date | to be paid by | payment deadline",
        "de": "fälligkeitsdatum | fällig am | zahlbar bis | fälligkeit | fällig | zahlungsziel | zahlungsfrist | "
        "zahlbar bis zum | bitte überweisen sie bis zum | zahlung bis | fällig bis | zu zahlen bis | "
        "zahlungstermin | bitte zahlen sie bis | bitte bezahlen bis | bis zum | spätestens bis | valuta | "
        "einzug am | abbuchung am | bitte zahlbar bis",
        "fr": "date d'échéance | échéance | à payer avant le | payable le | date limite de paiement | date limite de paiement le | "
        "à régler avant le | à régler le | échéance le | paiement dû le | payable avant le | date de paiement | "
        "à payer avant | payer avant le | date d'exigibilité | prélèvement le | à payer pour le",
        "nl": "vervaldatum | vervaldag | te betalen voor | uiterste betaaldatum | betalen voor | te voldoen voor | "
        "betaal voor | uiterlijk te betalen | betaaldatum | te betalen uiterlijk | vervalt op | betalen vóór | "
        "uiterste betaaldag",
        "es": "fecha de vencimiento | vencimiento | fecha vencimiento | vence | fecha límite de pago | pagar antes de | "
        "vence el | fecha de vto | f. vencimiento | fecha vto | vto | fecha de pago | pagar antes del | "
        "fecha de vto. para el pago",
        "pt": "data de vencimento | vencimento | data vencimento | pagar até | data limite de pagamento | vence em | "
        "data do vencimento | pagamento até",
        "it": "data scadenza | scadenza | data di scadenza | scadenza pagamento | da pagare entro | scadenze | "
        "entro il | pagamento entro",
        "ca": "venciment | data de venciment",
        "pl": "termin płatności | termin zapłaty | data płatności | płatne do | zapłacić do | termin płatn.",
        "cs": "datum splatnosti | splatnost | splatné | splatno | splatno dne | dat. splatnosti",
        "sk": "dátum splatnosti | splatnosť | splatné | splatné dňa",
        "sv": "förfallodatum | förfallodag | oss tillhanda senast | förfaller | betalas senast | att betala senast | "
        "sista betalningsdag",
        "da": "forfaldsdato | betalingsfrist | forfald | forfalder | betales senest | sidste betalingsdag | "
        "sidste rettidige betaling | senest betaling",
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
        "en": "delivery date | date of delivery | date of supply | supply date | service date | date of service | "
        "performance date | shipped on | ship date | shipping date | date shipped",
        "de": "lieferdatum | leistungsdatum | liefertag | datum der lieferung | leistung am | lieferung am | "
        "tag der leistung | liefer-/leistungsdatum | liefer- und leistungsdatum | datum der leistung | "
        "leistungszeitpunkt | lieferdatum entspricht",
        "fr": "date de livraison | date de prestation | livré le | date de la prestation | date d'exécution",
        "nl": "leverdatum | leveringsdatum | datum levering | datum prestatie",
        "es": "fecha de entrega | fecha de operación | fecha operación | fecha de prestación",
        "pt": "data de entrega | data da prestação | data do serviço",
        "it": "data consegna | data di consegna | data prestazione",
        "pl": "data sprzedaży | data dostawy | data wykonania usługi | data dokonania dostawy | data zakończenia dostawy | "
        "data sprzed.",
        "cs": "datum uskutečnění zdanitelného plnění | duzp | datum zdanitelného plnění | datum uskutečnění plnění | "
        "datum zdan. plnění | datum dodání",
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
        "en": "service period | billing period | period | invoice period | period of service | for the period | "
        "for the billing period | statement period | usage period | covering period | subscription period",
        "de": "leistungszeitraum | abrechnungszeitraum | zeitraum | lieferzeitraum | rechnungszeitraum | "
        "abrechnungsperiode | für den zeitraum | liefer-/leistungszeitraum",
        "fr": "période | période de facturation | période de prestation | période facturée | pour la période | "
        "période de consommation",
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
        "en": "order date | date of order | date of birth | print date | valid until | date received | check in | check out | "
        "statement date | quote date | po date | due date of next | vat date | exchange date | dob | expiry | exp",
        "de": "bestelldatum | auftragsdatum | bestellt am | druckdatum | lieferscheindatum | bestellung vom | "
        "auftrag vom | lieferschein vom | gültig bis | angebotsdatum",
        "fr": "date de commande | commande du | date d'impression | valable jusqu'au | date de bon | bon du",
        "nl": "orderdatum | besteldatum | datum bestelling | printdatum | geldig tot",
        "es": "fecha de pedido | fecha pedido | fecha de impresión | fecha del pedido | inicio de actividades | "
        "fecha de inicio de actividades",
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
    "order_reference": {
        "en": "purchase order | purchase order number | purchase order no | po number | po no | po # | p.o. number | p.o. no | "
        "p.o. # | p.o. | po | your order | your order no | your order number | customer order | customer po | order number | "
        "order no | order # | order id | order reference | order ref | your reference | your ref | customer reference | "
        "sales order | buyer reference | buyer's order no | purchase order ref | your order ref | customer ref | "
        "booking id | booking reference | source document | po reference",
        "de": "bestellnummer | bestell nr | bestellnr | bestellung nr | ihre bestellung | ihre bestellnummer | auftragsnummer | "
        "auftrags nr | auftragsnr | auftrag nr | bestellreferenz | ihr zeichen | ihre referenz | ihr auftrag | auftrag | "
        "bestellung | ihre bestellung nr | bestellung nr. | bestellnummer des kunden | ihre auftragsnummer | "
        "referenz | kommission | bestell nummer | ihre bestell nr",
        "fr": "numéro de commande | n° de commande | n° commande | commande n° | bon de commande | votre commande | "
        "votre référence | réf. commande | référence commande | votre réf | v/réf | commande | vos références | "
        "référence client | n° bon de commande | référence de commande | bc n°",
        "nl": "ordernummer | order nr | bestelnummer | uw referentie | uw bestelling | uw kenmerk | inkoopordernummer | "
        "inkooporder | order | bestelbon | uw ordernummer | bestelbonnummer | uw ref | bestelling | opdrachtnummer | "
        "po nummer | ordernr | bestelnr",
        "es": "número de pedido | nº pedido | nº de pedido | pedido nº | su pedido | orden de compra | pedido | su referencia | "
        "orden de compra nº | o.c. | referencia pedido | núm pedido | s/referencia | nº orden | s/ref",
        "pt": "número da encomenda | encomenda nº | nº da encomenda | sua referência | v/ref | ordem de compra | "
        "nº do pedido | pedido nº | v/ encomenda | requisição",
        "it": "numero ordine | ordine n. | n. ordine | vs. ordine | vostro ordine | ordine di acquisto | rif. ordine | "
        "vs. riferimento | riferimento ordine | vs. rif | ordine nr | ordine cliente | nr ordine",
        "pl": "numer zamówienia | nr zamówienia | zamówienie nr | zamówienie | wasze zamówienie",
        "cs": "číslo objednávky | objednávka č. | objednávka | č. objednávky | objednávka číslo | vaše objednávka",
        "sk": "číslo objednávky | objednávka č. | objednávka",
        "sv": "ordernummer | ordernr | ert ordernummer | er referens | beställningsnummer | inköpsorder | er order | "
        "ert ordernr | beställning | ert beställningsnummer | er ref",
        "da": "ordrenummer | ordrenr | deres ref | deres reference | rekvisition | indkøbsordre | ordre nr | "
        "deres ordrenr | rekvisitionsnr | jeres ref | købsordre",
        "no": "ordrenummer | ordrenr | deres ref | deres referanse | bestillingsnummer | innkjøpsordre | deres ordrenr | "
        "bestillingsnr",
        "fi": "tilausnumero | tilausnro | viitteenne | tilauksen numero | tilaus | ostotilaus | tilaus nro | asiakkaan viite",
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
        "en": "customer number | customer no | customer id | customer # | account number | account no | client number | "
        "client id | customer code | client no | member id | customer | account # | acct no | cust no | cust id | "
        "customer account | account id | client code | debtor code | debtor no | membership no",
        "de": "kundennummer | kunden nr | kundennr | kunden nummer | kd nr | kundennr. | debitor | debitorennummer | "
        "debitor nr | vertragskonto | vertragsnummer | ihre kundennummer | ihre nummer | vertrags nr | mandantennummer | "
        "debitorennr | kundenkonto | mitgliedsnummer | kdnr",
        "fr": "numéro client | n° client | n° de client | code client | id client | id.client | référence client | "
        "client n° | numéro de client | compte client | numéro de compte | n° de compte client | n° compte | "
        "numéro de dossier | n° adhérent | n° contrat | no client",
        "nl": "klantnummer | klant nr | klantnr | debiteurnummer | debiteurnr | relatienummer | klant | debiteur | "
        "uw klantnummer | klantcode | lidnummer | debiteurennummer | relatienr",
        "es": "número de cliente | nº cliente | nº de cliente | código cliente | código de cliente | cod. cliente | "
        "cliente nº | id cliente | núm cliente | nº contrato | referencia del contrato",
        "pt": "número de cliente | nº cliente | cliente nº | código de cliente | código do cliente | nº de cliente | "
        "código cliente",
        "it": "codice cliente | cod. cliente | numero cliente | n. cliente | cliente n. | cod cliente | nr cliente | "
        "codice contratto",
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
        "en": "payment reference | payment ref | remittance reference | please quote | reference for payment | "
        "payment communication | transfer reference | please use the following communication for your payment | "
        "payment id | reference number | bank reference | quote reference",
        "de": "verwendungszweck | zahlungsreferenz | referenznummer | zahlungszweck | referenz nr | qr referenz | "
        "kassenzeichen | bitte bei zahlung angeben | mandatsreferenz und verwendungszweck | esr referenz",
        "fr": "référence de paiement | communication structurée | communication | référence à rappeler | "
        "référence du paiement | motif du virement | libellé du virement",
        "nl": "betalingskenmerk | gestructureerde mededeling | mededeling | betaalreferentie | betalingsreferentie | "
        "onder vermelding van | betaalkenmerk | omschrijving betaling",
        "es": "referencia de pago | concepto de pago | referencia del pago | concepto transferencia | línea de captura",
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
    "terms": {
        "en": "payment terms | terms of payment | terms | payment term | terms of sale | net days | credit terms",
        "de": "zahlungsbedingungen | zahlungsbedingung | zahlungskonditionen | zahlungsmodalitäten | zahlweise",
        "fr": "conditions de paiement | conditions de règlement | modalités de paiement | condition de règlement | "
        "délai de paiement | modalités de règlement",
        "nl": "betalingsvoorwaarden | betalingsconditie | betaaltermijn | betalingstermijn | betalingscondities | "
        "betaalconditie | betalingsvoorwaarde",
        "es": "condiciones de pago | términos de pago | forma de pago | plazo de pago | condición de pago",
        "pt": "condições de pagamento | condição de pagamento | prazo de pagamento | forma de pagamento",
        "it": "condizioni di pagamento | termini di pagamento | modalità di pagamento | pagamento | tipo pagamento",
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
    "original_number": {
        "en": "original invoice | original invoice number | original invoice no | credited invoice | invoice reference | "
        "related invoice | refers to invoice | for invoice | credit for invoice | reversal of | against invoice | "
        "reference to invoice | corrects invoice | corrected invoice | applies to invoice | in respect of invoice",
        "de": "ursprüngliche rechnung | originalrechnung | zu rechnung | bezug auf rechnung | zur rechnung | "
        "gutschrift zu rechnung | storno der rechnung | stornierte rechnung | bezug rechnung | zu rechnung nr | "
        "bezugsrechnung | korrektur zu rechnung | ursprungsrechnung | rechnungsbezug",
        "fr": "facture d'origine | facture liée | facture initiale | référence facture d'origine | avoir sur facture | "
        "concerne la facture | annule la facture | sur facture n° | facture origine | relatif à la facture",
        "nl": "oorspronkelijke factuur | betreft factuur | credit op factuur | originele factuur | creditering factuur | "
        "origineel factuurnummer | betreft factuurnummer",
        "es": "factura original | factura rectificada | factura que rectifica | rectifica a | factura de origen | "
        "rectifica la factura | documento relacionado | factura relacionada",
        "pt": "fatura original | fatura de origem | referente à fatura | relativo à fatura",
        "it": "fattura di riferimento | fattura originale | rif. fattura | riferimento fattura | a storno fattura | "
        "storno fattura | fattura collegata",
        "pl": "do faktury | dotyczy faktury | faktura pierwotna | do faktury nr | faktura korygowana | dotyczy faktury nr | "
        "nr faktury korygowanej",
        "cs": "původní faktura | k faktuře č. | původní doklad | k faktuře | opravovaný doklad",
        "sk": "pôvodná faktúra | k faktúre č. | k faktúre",
        "sv": "avser faktura | ursprunglig faktura | krediterar faktura | kredit av faktura | kreditering av faktura",
        "da": "vedrører faktura | oprindelig faktura | krediterer faktura | kreditering af faktura",
        "no": "gjelder faktura | opprinnelig faktura | krediterer faktura | kreditering av faktura",
        "fi": "alkuperäinen lasku | hyvitetty lasku | hyvitettävä lasku | koskee laskua",
        "hu": "eredeti számla | eredeti számla száma | hivatkozott számla | módosított számla",
        "ro": "factura inițială | factura storno | factura originală",
        "hr": "izvorni račun | po računu br | originalni račun",
        "sl": "prvotni račun | k računu | originalni račun",
    },
    # The registration number of the party, as a label before it.
    "vat": {
        "en": "vat id | vat no | vat number | vat reg no | vat registration number | vat registration no | vat | tax id | "
        "tax number | gst no | gst reg no | gst id | gstin | abn | gst registration no | gst reg. no | ein | tin | "
        "vat/tin | gst/hst | gst number | tax registration number | trn | sst no | sst id | sales tax no | vat id no | "
        "vat reg | tax reg no | company vat | gst # | gst reg # | ust id | federal tax id | tax identification number | "
        "uen | gst reg no. | sst reg no",
        "de": "ust-id | ust-idnr | ust-id-nr | ustid | umsatzsteuer-identifikationsnummer | ust idnr | umsatzsteuer-id | uid | "
        "uid-nr | uid nummer | ust-identnr | ust.-id.-nr | mwst-nr | mwst nr | ust-identifikationsnummer | "
        "umsatzsteuer-identnummer | ust-id nr | ust-id.-nr. | eg-identnr | umsatzsteuer id nr | ust id# | ustid# | "
        "ust id nummer | vat-id",
        "fr": "tva intracommunautaire | n° tva | numéro de tva | n° de tva | tva | n° tva intracommunautaire | "
        "n° tva intra | tva intracom | n° de tva intracommunautaire | numéro tva | identifiant tva | num tva | "
        "tva intra-communautaire | n° intracommunautaire | n° id. tva | tva fr | tva n° | "
        "numéro de tva intracommunautaire | n° de tva intra communautaire | id tva",
        "nl": "btw-nummer | btw nr | btw | btw-id | btw nummer | btw-nr | ondernemingsnummer | btw identificatienummer | "
        "btw-identificatienummer | btw id nr",
        "es": "nif | cif | nif-iva | c.i.f. | n.i.f. | rfc | cuit | nif/cif | cif/nif | nit | ruc | rut | r.u.t. | n.i.f/c.i.f | "
        "identificación fiscal | r.f.c. | rfc emisor | c.u.i.t. | nif iva | dni/nif | vat es",
        "pt": "nif | contribuinte | nipc | cnpj | nº contribuinte | contribuinte nº | cpf/cnpj | nif emitente | "
        "número de contribuinte | cnpj/cpf",
        "it": "p.iva | partita iva | p. iva | p.i. | part. iva | p.iva/c.f. | c.f. e p.iva | partita iva e codice fiscale | "
        "piva | p.iva / cf | cod. fisc. e p.iva | c.f./p.iva | partita i.v.a. | codice fiscale e partita iva | "
        "identificativo fiscale ai fini iva",
        "pl": "nip | vat ue | numer vat | nr vat | nip/vat ue",
        "cs": "dič | dic",
        "sk": "ič dph | dič | ič dph:",
        "sv": "momsregnr | momsregistreringsnummer | vat-nr | moms nr | momsreg.nr | momsreg nr | vat nr | momsnr | "
        "momsregistreringsnr",
        "da": "cvr | cvr-nr | se-nr | cvr nr | cvr-nummer | moms nr | cvr/se-nr",
        "no": "org.nr | mva | orgnr | foretaksregisteret | organisasjonsnummer | org nr | org.nr. | foretaksnummer",
        "fi": "alv-numero | y-tunnus | alv nro | alv-tunniste | vat-tunnus | alv-nro",
        "hu": "adószám | adószáma | közösségi adószám | eu adószám | adóazonosító",
        "ro": "cui | cif | c.i.f. | cod fiscal | cod tva | c.u.i. | cod de înregistrare fiscală",
        "hr": "oib | pdv id | pdv broj | pdv id broj",
        "sl": "id za ddv | davčna številka | id ddv | id. št. za ddv | identifikacijska številka za ddv | davčna št",
        "sr": "pib | пиб",
        "tr": "vergi no | vkn | vergi numarası | vergi kimlik no | vkn/tckn",
        "el": "αφμ | α.φ.μ.",
        "bg": "ддс № | ин по ддс | еик | идентификационен номер по ддс | ин по зддс | ддс номер",
        "ru": "инн",
        "uk": "іпн | єдрпоу",
        "et": "kmkr | kmkr nr | käibemaksukohustuslase number | kmkr number",
        "lv": "pvn reģ. nr | pvn nr | pvn reģistrācijas numurs | pvn maksātāja nr",
        "lt": "pvm kodas | pvm mokėtojo kodas",
        "id": "npwp",
    },
    "registry": {
        "en": "company number | registration number | company registration | registered number | co. reg. no | reg no | "
        "registration no | company no | company reg no | cin | ubi | business number | company registration number | "
        "registered in england | registered in england no | co reg no | roc no | brn",
        "de": "handelsregister | hrb | hra | registergericht | amtsgericht | fn | firmenbuch | firmenbuchnummer | "
        "handelsregisternummer | registernummer | steuernummer | steuer nr | st.-nr | st nr | steuer-nr | handelsreg",
        "fr": "siret | siren | rcs | r.c.s. | ape | naf | n° siret | n° siren | code ape | siret n° | numéro siret",
        "nl": "kvk | kvk-nummer | k.v.k. | handelsregister | kvk nr | kamer van koophandel | kvk nummer | kvk-nr | rpr",
        "es": "registro mercantil | inscrita en | nire | ingresos brutos",
        "pt": "conservatória | matrícula | inscrição estadual | inscrição municipal | capital social",
        "it": "codice fiscale | rea | cod. fisc. | c.f. | registro imprese | r.e.a. | capitale sociale | n. rea",
        "pl": "regon | krs",
        "cs": "ič | ičo | spisová značka | ico",
        "sk": "ičo | ico",
        "sv": "org.nr | organisationsnummer | org nr | orgnr | org.nummer | org.-nr",
        "da": "cvr",
        "no": "foretaksregisteret",
        "fi": "y-tunnus | ly-tunnus",
        "hu": "cégjegyzékszám | cégjegyzék szám",
        "ro": "reg. com. | nr. reg. com. | j | registrul comerțului | nr ord reg com",
        "hr": "mbs | matični broj | mb",
        "sl": "matična številka | matična št",
        "sr": "matični broj | матични број",
        "tr": "mersis no | ticaret sicil no",
        "el": "γεμη | γ.ε.μη. | αρ. γεμη",
        "et": "registrikood | reg nr | reg. kood",
        "lv": "reģ. nr | reģistrācijas numurs | reģistrācijas nr",
        "lt": "įmonės kodas | im. kodas",
    },
    "iban": {"en": "iban | iban no | iban number | iban code | bank account (iban)", "de": "iban nr | iban nummer"},
    "bic": {"en": "bic | swift | bic/swift | swift code | swift/bic | swift-bic | bic code | swift bic | bic-code | code bic"},
    "account": {
        "en": "account | bank account | account no | account number | bank details | a/c no | beneficiary | account holder | "
        "account name | sort code | payable to | pay to | cheque payable to",
        "de": "kontonummer | konto | konto-nr | kto | kto-nr | bankverbindung | kontoinhaber | empfänger | blz | "
        "zahlungsempfänger | begünstigter",
        "fr": "titulaire du compte | bénéficiaire | titulaire | domiciliation | coordonnées bancaires | rib",
        "nl": "rekening | rekeningnummer | ten name van | t.n.v. | bankrekening | bankgegevens | tnv",
        "es": "cuenta bancaria | titular | beneficiario | cuenta | nº de cuenta | titular de la cuenta | ccc",
        "pt": "conta | titular | beneficiário | nib",
        "it": "intestatario | beneficiario | banca | conto corrente | intestato a | coordinate bancarie | banca d'appoggio",
        "pl": "konto | numer konta | nr konta | rachunek bankowy | bank | nr rachunku | numer rachunku",
        "cs": "číslo účtu | bankovní spojení | účet | č. účtu | banka",
        "sk": "číslo účtu | bankové spojenie | banka",
        "sv": "bankgiro | plusgiro | bg | pg | bankgironr",
        "da": "konto | kontonummer | reg. nr | bank",
        "no": "kontonummer | konto | kontonr | bankkonto",
        "fi": "tilinumero | tili | saaja | pankkitili",
        "hu": "bankszámlaszám | számlaszám bank | bankszámla | bank",
        "ro": "cont bancar | cont | banca",
        "hr": "žiro račun | račun primatelja | banka",
        "sl": "trr | transakcijski račun | banka",
        "tr": "hesap no | banka",
        "et": "arveldusarve | konto",
        "lv": "konta numurs | konts | banka",
        "lt": "atsiskaitomoji sąskaita | a/s | bankas",
    },
    "phone": {
        "en": "phone | tel | telephone | mobile | call us | ph | hotline | contact no | tel no | customer care | fon | phone no",
        "de": "telefon | tel. | fon | mobil | rufnummer | tel.-nr | telefonnummer | handy",
        "fr": "téléphone | tél. | tél | portable | tel",
        "nl": "telefoon | telefoonnummer | mobiel",
        "es": "teléfono | tfno | tlf | móvil | telf | tels",
        "pt": "telefone | telemóvel | telef",
        "it": "telefono | cell | tel/fax",
        "pl": "telefon | tel. | kom",
        "cs": "telefon | mobil",
        "sv": "telefon | tfn",
        "da": "telefon | tlf",
        "no": "telefon | tlf",
        "fi": "puhelin | puh",
        "hu": "telefon | telefonszám",
        "tr": "telefon",
        "el": "τηλ | τηλέφωνο",
        "ru": "телефон | тел",
    },
    "fax": {"en": "fax | fax no | telefax | facsimile | faks | fax number", "fr": "télécopie", "de": "telefax"},
    "email": {"en": "email | e-mail | mail", "fr": "courriel | mél", "es": "correo electrónico | correo"},
    "buyer": {
        "en": "bill to | billed to | invoice to | invoiced to | sold to | customer | client | buyer | billing address | "
        "bill to address | invoice address | bill-to | customer name | customer details | consignee | buyer (bill to) | "
        "issued to | invoice recipient | for | attn | attention | customer address | guest name | billing details | "
        "billing information | charge to | prepared for | customer information",
        "de": "rechnungsempfänger | rechnungsadresse | rechnungsanschrift | kunde | käufer | auftraggeber | empfänger | "
        "rechnung an | leistungsempfänger | an | firma | herrn | frau",
        "fr": "facturé à | adresse de facturation | client | destinataire | adressé à | facturer à | acheteur | "
        "nom du client | à l'attention de | nom de l'abonné | adresse du client",
        "nl": "factuuradres | klant | factuur aan | debiteur | afnemer | factureren aan | t.a.v. | gefactureerd aan | koper",
        "es": "cliente | facturar a | datos del cliente | dirección de facturación | comprador | receptor | destinatario | "
        "facturado a | nombre o razón social | señor(es) | datos de facturación | nombre del cliente",
        "pt": "cliente | faturar a | destinatário | tomador | adquirente | exmo(s) sr(s) | tomador do serviço | "
        "dados do cliente | exmos senhores",
        "it": "cliente | spett.le | destinatario | intestatario fattura | cessionario | committente | fatturare a | "
        "spettabile | cessionario/committente | spett. le",
        "ca": "client | dades del client",
        "pl": "nabywca | kupujący | odbiorca | klient | płatnik",
        "cs": "odběratel | zákazník | kupující | příjemce",
        "sk": "odberateľ | zákazník | kupujúci",
        "sv": "kund | fakturaadress | köpare | fakturamottagare | faktureras till",
        "da": "kunde | faktureres til | køber | faktureringsadresse",
        "no": "kunde | faktureres til | kjøper | fakturaadresse",
        "fi": "asiakas | ostaja | laskutusosoite | laskutettava | maksaja",
        "hu": "vevő | vásárló | vevő neve | a vevő | vevő adatai",
        "ro": "cumpărător | client | beneficiar",
        "hr": "kupac | primatelj | naručitelj",
        "sl": "kupec | naročnik | prejemnik",
        "sr": "kupac | купац | primalac",
        "tr": "alıcı | müşteri | sayın",
        "el": "πελάτης | αγοραστής | στοιχεία πελάτη",
        "bg": "получател | купувач | клиент",
        "ru": "покупатель | заказчик | плательщик",
        "uk": "покупець | замовник | платник",
        "et": "ostja | klient | maksja | tellija",
        "lv": "pircējs | klients | maksātājs | saņēmējs",
        "lt": "pirkėjas | klientas | mokėtojas",
        "id": "kepada | pelanggan | pembeli",
        "ms": "pelanggan | kepada",
    },
    "ship_to": {
        "en": "ship to | shipping address | deliver to | delivery address | shipped to | delivered to | delivery to | "
        "installation address | service address | site address",
        "de": "lieferadresse | lieferanschrift | warenempfänger | lieferung an | versandadresse | leistungsort",
        "fr": "adresse de livraison | livré à | lieu de livraison | adresse de l'installation | livrer à | lieu de consommation",
        "nl": "afleveradres | leveradres | verzendadres | bezorgadres",
        "es": "dirección de envío | enviar a | dirección de entrega | lugar de entrega | punto de suministro",
        "pt": "local de entrega | endereço de entrega | morada de entrega | local de descarga",
        "it": "destinazione | indirizzo di consegna | luogo di consegna | destinazione merce | destinazione diversa",
        "pl": "adres dostawy | miejsce dostawy",
        "cs": "dodací adresa | místo dodání | adresa dodání | konečný příjemce",
        "sk": "dodacia adresa | miesto dodania",
        "sv": "leveransadress",
        "da": "leveringsadresse",
        "no": "leveringsadresse | leveranseadresse",
        "fi": "toimitusosoite",
        "hu": "szállítási cím",
        "ro": "adresa de livrare",
        "hr": "mjesto isporuke | adresa dostave",
        "sl": "naslov dostave | kraj dobave",
        "tr": "teslimat adresi",
    },
    "seller": {
        "en": "seller | sold by | vendor | supplier | from | bill from | service provider | merchant | issued by | "
        "remit to | invoice from | billed by | supplied by | company name | provider | trading as | make payment to",
        "de": "verkäufer | lieferant | rechnungssteller | leistungserbringer | rechnungsaussteller | absender | von | "
        "auftragnehmer | verkauft von | inh",
        "fr": "vendeur | fournisseur | émetteur | prestataire | vendu par | émis par | de la part de",
        "nl": "verkoper | leverancier | afzender | verkocht door | van",
        "es": "vendedor | proveedor | emisor | emitida por | vendido por | datos del emisor | razón social | expedidor | "
        "nombre emisor",
        "pt": "vendedor | fornecedor | emitente | prestador | prestador de serviços | prestador do serviço",
        "it": "fornitore | venditore | cedente | cedente/prestatore | mittente | emittente | prestatore",
        "ca": "emissor | proveïdor",
        "pl": "sprzedawca | sprzedający | wystawca | dostawca",
        "cs": "dodavatel | prodávající | prodejce",
        "sk": "dodávateľ | predávajúci",
        "sv": "säljare | leverantör | avsändare",
        "da": "sælger | leverandør | afsender",
        "no": "selger | leverandør | avsender",
        "fi": "myyjä | toimittaja | laskuttaja",
        "hu": "eladó | szállító | kibocsátó | számla kibocsátó | kiállító | számlakibocsátó",
        "ro": "furnizor | vânzător | prestator",
        "hr": "prodavatelj | dobavljač | izdavatelj",
        "sl": "prodajalec | dobavitelj | izdajatelj",
        "sr": "prodavac | dobavljač | продавац | испоручилац",
        "tr": "satıcı | tedarikçi",
        "el": "πωλητής | προμηθευτής | εκδότης | στοιχεία εκδότη",
        "bg": "доставчик | продавач | изпълнител",
        "ru": "продавец | поставщик | исполнитель",
        "uk": "продавець | постачальник | виконавець",
        "et": "müüja | tarnija | teenuse osutaja",
        "lv": "pārdevējs | piegādātājs | pakalpojuma sniedzējs",
        "lt": "pardavėjas | tiekėjas | paslaugos teikėjas",
        "id": "penjual",
    },
}
