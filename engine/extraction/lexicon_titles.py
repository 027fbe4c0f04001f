"""How documents of each kind are called."""

from __future__ import annotations

TITLES: dict[str, str] = {
    "proforma": """
        pro forma | proforma | pro forma invoice | proforma invoice | proforma rechnung | pro forma rechnung | facture
        proforma | facture pro forma | pro forma factuur | proforma factuur | factura proforma | factura pro forma |
        fatura proforma | fattura proforma | fattura pro forma | faktura proforma | faktura pro forma | proforma
        faktura | zálohová faktura | zálohový list | proforma lasku | díjbekérő | proforma számla | factură proformă |
        predračun | ponudba predračun | predfaktúra | zálohová faktúra | проформа фактура | предфактура | proforma
        fatura | προτιμολόγιο | quotation | quote | estimate | angebot | kostenvoranschlag | devis | offerte |
        presupuesto | orçamento | preventivo | oferta | nabídka | tilbud | offert | tarjous | árajánlat | ofertă |
        ponuda | kosten voranschlag | ettemaksuarve | avansa rēķins | išankstinė sąskaita | avanso rēķins | proforma
        arve
    """,
    "order_confirmation": """
        order confirmation | order acknowledgement | sales order confirmation | confirmation of order | order
        confirmation no | acknowledgement of order | auftragsbestätigung | bestellbestätigung | confirmation de
        commande | accusé de réception de commande | orderbevestiging | bevestiging van uw bestelling |
        opdrachtbevestiging | confirmación de pedido | confirmación del pedido | confirmação de encomenda |
        confirmação de pedido | conferma d'ordine | conferma ordine | potwierdzenie zamówienia | potvrzení objednávky
        | potvrdenie objednávky | orderbekräftelse | ordrebekræftelse | ordrebekreftelse | tilausvahvistus | rendelés
        visszaigazolás | megrendelés visszaigazolás | visszaigazolás | confirmare comandă | confirmare de comandă |
        potvrda narudžbe | potrditev naročila | sipariş onayı | επιβεβαίωση παραγγελίας | потвърждение на поръчка |
        tellimuse kinnitus | pasūtījuma apstiprinājums | užsakymo patvirtinimas | purchase order | bestellung | bon de
        commande | inkooporder | orden de compra | ordine di acquisto | ordem de compra | zamówienie | objednávka |
        sales order | nota d'encomenda | potvrdenie o objednávke
    """,
    "delivery_note": """
        delivery note | delivery order | packing slip | packing list | goods delivery note | despatch note | dispatch
        note | delivery docket | delivery slip | shipping note | lieferschein | bon de livraison | bordereau de
        livraison | leveringsbon | pakbon | vrachtbrief | albarán | albarán de entrega | nota de entrega | remito |
        guia de remessa | guia de transporte | documento di trasporto | ddt | bolla di consegna | bolla di
        accompagnamento | list przewozowy | wydanie zewnętrzne | dokument wz | wz | dodací list | följesedel |
        leveranssedel | følgeseddel | pakkseddel | pakkeseddel | lähete | lähetyslista | szállítólevél | aviz de
        însoțire a mărfii | aviz de expediție | otpremnica | dobavnica | irsaliye | sevk irsaliyesi | δελτίο αποστολής
        | стокова разписка | saateleht | pavadzīme | krovinio važtaraštis | surat jalan | lieferbestätigung
    """,
    "reminder": """
        reminder | payment reminder | overdue notice | final notice | past due notice | overdue reminder | second
        reminder | final reminder | first reminder | dunning letter | friendly reminder | late payment notice |
        mahnung | zahlungserinnerung | 1. mahnung | 2. mahnung | 3. mahnung | letzte mahnung | zahlungs erinnerung |
        erste mahnung | zweite mahnung | rappel | rappel de paiement | lettre de rappel | relance | mise en demeure |
        premier rappel | dernier rappel | facture impayée | relance de paiement | herinnering | betalingsherinnering |
        aanmaning | laatste aanmaning | eerste herinnering | tweede herinnering | recordatorio de pago | aviso de pago
        | reclamación de pago | recordatorio | requerimiento de pago | lembrete de pagamento | aviso de cobrança |
        aviso de pagamento | sollecito di pagamento | sollecito | primo sollecito | secondo sollecito | wezwanie do
        zapłaty | przypomnienie o płatności | ponaglenie | upomínka | výzva k úhradě | upomienka |
        betalningspåminnelse | påminnelse | kravbrev | inkassokrav | rykker | betalingspåmindelse | rykkerskrivelse |
        1. rykker | purring | betalingspåminnelse | inkassovarsel | maksumuistutus | maksukehotus | fizetési
        felszólítás | fizetési emlékeztető | somație de plată | notificare de plată | opomena | opomena za plaćanje |
        opomin | ödeme hatırlatması | υπενθύμιση πληρωμής | напомняне за плащане | maksemeeldetuletus | meeldetuletus
        | atgādinājums | priminimas | surat peringatan
    """,
    "statement": """
        statement | statement of account | account statement | monthly statement | customer statement | kontoauszug |
        kontoübersicht | saldenliste | saldenbestätigung | offene posten | offene posten liste | relevé de compte |
        relevé | relevé de factures | état de compte | rekeningoverzicht | rekeningafschrift | overzicht openstaande
        facturen | openstaande posten | estado de cuenta | extracto | extracto de cuenta | extrato de conta | extrato
        | conta corrente extrato | estratto conto | wyciąg z konta | wyciąg | zestawienie sald | potwierdzenie salda |
        výpis z účtu | výpis | přehled faktur | kontoutdrag | kontoudtog | kontoutskrift | saldomeddelelse | tiliote |
        saldoilmoitus | folyószámla kivonat | egyenlegközlő | extras de cont | fișă client | izvod | izvod otvorenih
        stavaka | izpisek | hesap ekstresi | ekstre | κατάσταση λογαριασμού | καρτέλα πελάτη | извлечение | konto
        väljavõte | konta izraksts | sąskaitos išrašas | outstanding invoices | remittance advice | zahlungsavis |
        avis de paiement | betalingsspecificatie
    """,
    "credit_note": """
        credit note | credit memo | credit invoice | tax credit note | sales credit note | credit | refund |
        adjustment note | credit memorandum | refund invoice | gutschrift | rechnungskorrektur | stornorechnung |
        korrekturrechnung | storno | rechnungsgutschrift | storno rechnung | avoir | facture d'avoir | note de crédit
        | avoir n° | note de credit | creditnota | creditfactuur | credit nota | credit factuur | kredietnota | nota
        de crédito | factura rectificativa | abono | factura de abono | nota de credito | nota di credito | nota
        credito | nota di accredito | nota d'abonament | faktura korygująca | korekta faktury | faktura korekta |
        dobropis | opravný daňový doklad | kreditfaktura | kreditnota | kreditnota nr | hyvityslasku | jóváíró számla
        | helyesbítő számla | sztornó számla | érvénytelenítő számla | factură storno | factura storno | odobrenje |
        knjižno odobrenje | storno račun | odobrenje br | iade faturası | πιστωτικό τιμολόγιο | πιστωτικο | кредитно
        известие | kreeditarve | kredītrēķins | kreditinė sąskaita
    """,
    "receipt": """
        receipt | sales receipt | payment receipt | cash receipt | official receipt | cash bill | till receipt |
        customer copy | guest check | cash sale | cash sales | order receipt | quittung | kassenbon | kassenbeleg |
        bon | barverkauf | kaufbeleg | reçu | ticket de caisse | ticket | reçu de paiement | kassabon | bonnetje |
        kasticket | recibo | ticket de compra | factura simplificada | boleta | tique | recibo de pago | talão |
        fatura simplificada | cupom fiscal | scontrino | ricevuta | ricevuta fiscale | documento commerciale | paragon
        | paragon fiskalny | účtenka | zjednodušený daňový doklad | pokladničný doklad | pokladní doklad | kvitto |
        kassakvitto | kvittering | kassebon | salgskvittering | kuitti | käteiskuitti | nyugta | bon fiscal | chitanță
        | fiskalni račun | paragonski blok | fiş | απόδειξη | απόδειξη λιανικής | касова бележка | фискален бон |
        kviitung | kassatšekk | čeks | kvīts | kvitas | kasos čekis | resit | struk | receipt voucher
    """,
    "bill": """
        invoice | tax invoice | vat invoice | sales invoice | commercial invoice | bill | service invoice | retail
        invoice | invoice / bill | retail invoices bill | rechnung | faktura | honorarnote | schlussrechnung |
        abschlagsrechnung | teilrechnung | sammelrechnung | monatsrechnung | facture | note d'honoraires | facture n°
        | factuur | verkoopfactuur | nota | factura | fatura | nota fiscal | fatura recibo | fattura | parcella |
        fattura accompagnatoria | faktura vat | rachunek | faktura daňový doklad | daňový doklad | faktúra | regning |
        lasku | számla | factura fiscală | factură | račun | račun otpremnica | račun r1 | e-fatura | e-arşiv fatura |
        τιμολόγιο | τιμολόγιο πώλησης | τιμολόγιο παροχής υπηρεσιών | фактура | счет | счет-фактура | рахунок | arve |
        arve-saateleht | rēķins | sąskaita faktūra | pvm sąskaita faktūra | sąskaita | invois | faktur | nota fiscal
        eletrônica | danfe | simplified tax invoice | tax invoice adjustment | debit note | belastungsanzeige | note
        de débit
    """,
}
