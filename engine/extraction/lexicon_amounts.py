"""Words beside the sums of a bill."""

from __future__ import annotations

AMOUNTS: dict[str, dict[str, str]] = {
    "net": {
        "en": """
            net | net total | net amount | subtotal | sub total | sub-total | total excl vat | total excluding vat |
            total before tax | amount before tax | total ex vat | total excl tax | net value | taxable amount | total
            net | amount excl vat | total exclusive of vat | total excl gst | total excluding gst | taxable value |
            total (excl vat) | subtotal excl vat | total without vat | total net amount | total excl. tax | excluded
            gst | excl gst | total before gst | total before vat | net amount excl vat | total taxable amount |
            (excluded gst) sub total | total excl | subtotal (excl. vat) | subtotal excluding vat | vatable amount |
            net invoice amount | invoice subtotal | vatable sales | total ex gst | total ex. vat | net total excl vat
        """,
        "de": """
            netto | nettobetrag | summe netto | zwischensumme | gesamt netto | netto summe | nettosumme | gesamtnetto
            | total netto | rechnungsbetrag netto | gesamtbetrag netto | warenwert | nettowert | summe (netto) |
            betrag netto | zwischensumme netto | zwischensumme (netto) | netto gesamt | warenwert netto | summe ohne
            mwst | total exkl. mwst | summe exkl. mwst | gesamtsumme netto | nettogesamtbetrag | gesamt exkl. ust |
            total ohne mwst | summe zzgl. ust | netto-summe | netto betrag | nettoentgelt | positionen netto | summe
            positionen | entgelt | nettorechnungsbetrag | netto-betrag
        """,
        "fr": """
            total ht | montant ht | net ht | sous-total | sous-total ht | total hors taxes | total hors tva | ht |
            base ht | montant total ht | total net ht | montant hors taxe | prix total ht | total h.t. | total hors
            taxe | total eur ht | montant net ht | total général ht | total (ht) | total ht net | total net hors tva |
            montant hors tva | total htva | total brut ht | sous total | base hors tva | base imposable | montant eur
            ht | h.t.
        """,
        "nl": """
            netto | subtotaal | totaal excl btw | exclusief btw | totaal exclusief btw | bedrag excl btw | excl btw |
            totaal netto | netto bedrag | nettobedrag | subtotaal excl btw | totaalbedrag excl btw | totaal ex btw |
            maatstaf van heffing | totaal excl. | grondslag | subtotaal exclusief btw | bedrag exclusief btw | netto
            totaal
        """,
        "es": """
            base imponible | subtotal | importe neto | total neto | neto | base imp. | total sin iva | suma | importe
            sin iva | total base imponible | base | importe base | neto gravado | total bruto | suma parcial |
            sub-total | importe neto gravado | op. gravadas | op. gravada | total base | monto neto | valor neto |
            total antes de impuestos | importe bruto | valor venta
        """,
        "pt": """
            subtotal | total sem iva | valor líquido | total líquido | base tributável | incidência | total ilíquido |
            valor sem iva | base de incidência | total incidência | soma | valor dos produtos | mercadoria/serviços |
            valor dos serviços | total s/ iva | base tributária | mercadoria / serviços
        """,
        "it": """
            imponibile | totale imponibile | totale netto | imponibile iva | netto | subtotale | totale senza iva |
            totale merce | importo netto | totale imp. | importo imponibile | totale documento senza iva | totale iva
            esclusa | tot. imponibile | netto merce | totale imponibile iva
        """,
        "ca": "base imposable | subtotal",
        "pl": """
            netto | wartość netto | razem netto | suma netto | kwota netto | ogółem netto | wartość netto razem
        """,
        "cs": """
            základ daně | celkem bez dph | bez dph | základ | cena bez dph | součet bez dph | mezisoučet | základ dph
            | celková cena bez dph | suma bez dph | cena celkem bez dph | součet položek
        """,
        "sk": """
            základ dane | celkom bez dph | spolu bez dph | suma bez dph | základ | medzisúčet | cena bez dph | spolu
            základ
        """,
        "sv": """
            netto | summa netto | summa exkl moms | delsumma | nettobelopp | exkl. moms | totalt exkl. moms | summa
            exklusive moms | belopp exkl. moms | total exkl. moms | belopp före moms | momsunderlag | netto sek |
            summa före moms
        """,
        "da": """
            netto | subtotal | i alt ekskl. moms | total ekskl. moms | nettobeløb | beløb ekskl. moms | ialt ekskl
            moms | momspligtigt beløb | total excl. moms | netto i alt | momsgrundlag | i alt excl. moms | subtotal
            ekskl. moms | beløb uden moms | total før moms | sum ekskl. moms
        """,
        "no": """
            netto | sum eks mva | sum ekskl mva | nettobeløp | sum netto | delsum | totalt eks. mva | mva-grunnlag |
            beløp eks. mva | netto beløp | total eks. mva | sum eksl. mva | grunnlag | sum uten mva | sum ekskl. mva.
        """,
        "fi": """
            netto | veroton | yhteensä veroton | veroton yhteensä | alv 0% | välisumma | netto yhteensä | veroton
            hinta yhteensä | yhteensä alv 0% | veroton summa | yhteensä (alv 0%) | arvonlisäveroton hinta | verollinen
            osuus veroton | summa ilman alv
        """,
        "hu": """
            nettó | nettó összesen | összesen nettó | nettó érték | nettó összeg | adóalap | áfa nélkül | részösszeg |
            áfa alapja | nettó végösszeg | nettó ár összesen | nettó összérték
        """,
        "ro": """
            total fără tva | subtotal | total net | valoare fără tva | baza impozabilă | total valoare | valoare netă
            | total fara tva | suma fără tva | bază de impozitare | total fără tva ron
        """,
        "hr": """
            osnovica | ukupno bez pdv-a | iznos bez pdv | neto | međuzbroj | ukupno bez pdv | porezna osnovica | iznos
            bez pdv-a | ukupno osnovica
        """,
        "sl": """
            osnova | skupaj brez ddv | neto | znesek brez ddv | vmesna vsota | osnova za ddv | vrednost brez ddv |
            skupaj neto | osnova ddv
        """,
        "sr": "osnovica | ukupno bez pdv | основица | укупно без пдв",
        "tr": """
            ara toplam | matrah | mal hizmet toplam tutarı | net tutar | kdv matrahı | toplam tutar kdv hariç | kdv
            hariç
        """,
        "el": """
            καθαρή αξία | υποσύνολο | σύνολο χωρίς φπα | καθαρό ποσό | αξία προ φπα | σύνολο προ φπα | καθαρή αξία
            συνόλου | συνολική καθαρή αξία | φορολογητέο
        """,
        "bg": """
            данъчна основа | сума без ддс | общо без ддс | стойност без ддс | междинна сума | всичко без ддс | нето
        """,
        "ru": "итого без ндс | сумма без ндс | итого | без ндс | подытог",
        "uk": "разом без пдв | сума без пдв | всього без пдв | разом",
        "et": """
            summa km-ta | summa käibemaksuta | kokku ilma km-ta | neto | vahesumma | summa ilma käibemaksuta | kokku
            käibemaksuta | kokku km-ta | maksustatav summa
        """,
        "lv": "summa bez pvn | kopā bez pvn | starpsumma | neto | apliekamā summa | kopā neto",
        "lt": """
            suma be pvm | iš viso be pvm | tarpinė suma | apmokestinamoji suma | viso be pvm | suma (be pvm) | tarpinė
        """,
        "id": "subtotal | dasar pengenaan pajak | dpp",
    },
    "tax": {
        "en": """
            vat | tax | vat amount | tax amount | total vat | total tax | sales tax | gst | total gst | vat total |
            tax total | gst amount | hst | pst | igst | cgst | sgst | total taxes | service tax | plus vat | sst | gst
            total | add vat | add gst | total vat amount | taxes | total sales tax | utgst | total tax amount | state
            tax | value added tax | qst | hst/gst | vat @ | gst @ | gst payable | total igst | consumption tax |
            output vat | total amount of vat | sst amount | gst amt | tax amt
        """,
        "de": """
            mwst | ust | umsatzsteuer | mehrwertsteuer | mwst-betrag | ust-betrag | steuer | steuerbetrag | zzgl ust |
            zzgl mwst | zuzügl ust | zuzüglich mwst | ust gesamt | mwst gesamt | gesamt mwst | zzgl. umsatzsteuer |
            zuzüglich umsatzsteuer | zzgl. mehrwertsteuer | umsatzsteuer gesamt | summe mwst | summe ust | mwst. |
            enthaltene mwst | darin enthaltene mwst | steuern | gesamt ust | umsatzsteuerbetrag | inkl. mwst betrag |
            enthaltene umsatzsteuer | davon mwst | enth. mwst | mehrwertsteuerbetrag | zzgl. gesetzl. mwst | zuzügl.
            mwst | zuzügl. umsatzsteuer | darin enthaltene umsatzsteuer | umsatzsteuer summe
        """,
        "fr": """
            tva | montant tva | total tva | taxe | taxes | total taxes | montant de la tva | t.v.a. | montant taxe |
            tps | tvq | total t.v.a. | dont tva | total de la tva | montant total tva | montant t.v.a. | tva sur les
            encaissements | tva sur les débits | total des taxes
        """,
        "nl": """
            btw | btw bedrag | btw-bedrag | totaal btw | bedrag btw | b.t.w. | btw totaal | waarvan btw | belasting |
            totaal btw bedrag | btw hoog | btw laag | omzetbelasting | totaalbedrag btw
        """,
        "es": """
            iva | cuota iva | importe iva | total iva | i.v.a. | cuota | impuestos | igic | total impuestos | igv |
            itbis | iva trasladado | total cuota iva | impuesto | total cuota | cuota de iva | importe de iva | iva
            repercutido | iva 21% | impuestos trasladados | monto iva | total i.v.a. | cuotas iva
        """,
        "pt": """
            iva | total iva | valor iva | valor do iva | total de iva | imposto | icms | iss | total do iva | total
            imposto | total impostos | montante iva | i.v.a. | valor do iss | impostos
        """,
        "it": """
            iva | imposta | totale iva | importo iva | i.v.a. | totale imposta | imposte | totale imposte | imposta
            iva | iva totale | tot. iva | totale i.v.a.
        """,
        "ca": "iva | quota iva",
        "pl": """
            vat | kwota vat | podatek vat | razem vat | wartość vat | podatek | ogółem vat | suma vat | kwota podatku
        """,
        "cs": "dph | celkem dph | částka dph | výše dph | daň | dph celkem | suma dph | hodnota dph | výše daně",
        "sk": "dph | dph celkom | spolu dph | suma dph | výška dph | daň | dph spolu | výška dane",
        "sv": """
            moms | momsbelopp | moms totalt | total moms | varav moms | summa moms | moms sek | mervärdesskatt | moms
            kr
        """,
        "da": "moms | momsbeløb | heraf moms | moms i alt | total moms | moms udgør | heraf udgør moms",
        "no": """
            mva | mva beløp | mva-beløp | merverdiavgift | sum mva | herav mva | total mva | moms | mva totalt
        """,
        "fi": """
            alv | alv yhteensä | arvonlisävero | vero | alv-osuus | arvonlisävero yhteensä | vero yhteensä | alv:n
            osuus | veron osuus | alv yht | veron määrä
        """,
        "hu": """
            áfa | áfa összesen | áfa összege | áfa érték | összes áfa | áfa összeg | áfa tartalom | általános forgalmi
            adó
        """,
        "ro": "tva | total tva | valoare tva | suma tva | cota tva | valoarea tva",
        "hr": "pdv | iznos pdv-a | ukupno pdv | iznos pdv | porez | pdv iznos",
        "sl": "ddv | znesek ddv | skupaj ddv | davek | ddv skupaj",
        "sr": "pdv | iznos pdv | ukupno pdv | пдв | износ пдв",
        "tr": "kdv | hesaplanan kdv | kdv tutarı | toplam kdv | vergi",
        "el": "φπα | ποσό φπα | σύνολο φπα | αξία φπα | φ.π.α. | συνολικός φπα",
        "bg": "ддс | начислен ддс | сума ддс | размер на ддс | стойност на ддс | общо ддс",
        "ru": "ндс | сумма ндс | в том числе ндс | в т.ч. ндс | итого ндс",
        "uk": "пдв | сума пдв | у тому числі пдв | в т.ч. пдв",
        "et": "käibemaks | km | km kokku | käibemaks kokku | käibemaksu summa | km summa",
        "lv": "pvn | pvn summa | pvn kopā | kopā pvn",
        "lt": "pvm | pvm suma | iš viso pvm | viso pvm",
        "id": "ppn | pajak",
        "ms": "cukai | cukai perkhidmatan",
    },
    "total": {
        "en": """
            total | grand total | invoice total | total amount | total incl vat | total including vat | total inc vat
            | total incl gst | total inclusive of gst | gross total | gross amount | amount total | total due |
            invoice amount | total for this invoice | total gross | total inc tax | nett total | net total rounded |
            total sales | total (incl vat) | total amount incl vat | bill total | total payable | total rounded |
            rounded total | total amount payable | total incl. tax | total invoice | total amount due | total sales
            inclusive gst | total sales (inclusive of gst) | total inclusive gst | total amt | total (rm) | total
            sales inc gst | total amt payable | total incl | total sales (inclusive gst) | round total | rounding
            total | total after rounding | total inc gst | order total | total charge | total charges | total value |
            overall total | total after tax | total amt incl. gst @6% | total amount after tax | total price | amount
            incl vat | total sales incl gst | credit total | total credit | sales total | total amount (incl. vat) |
            total inclusive of vat | total to be paid | total incl. vat | total with vat | invoice value | gross |
            total cost | total amount inclusive gst | total (inc. gst) | gross invoice amount | total credit amount |
            total bill | total net payable | after rounding adj | net total | total gst incl | total gst included |
            total gst inclusive | total vat incl | total vat included | total tax incl | total tax included | total
            included gst | total incl of gst | total (incl gst) | total including gst | total
            with gst | total rm | total myr | total usd | total eur | total gbp | invoice grand total | total sales
            amount | total w/gst | total (gst incl)
        """,
        "de": """
            gesamtbetrag | gesamt | summe | total | gesamtsumme | rechnungsbetrag | endbetrag | bruttobetrag | brutto
            | gesamtbetrag brutto | rechnungssumme | summe brutto | gesamt brutto | summe inkl ust | summe inkl mwst |
            rechnungsendbetrag | bruttosumme | gesamtbetrag inkl mwst | total inkl mwst | rechnungsbetrag brutto |
            gesamtpreis | betrag | endsumme | gutschriftsbetrag | rechnungstotal | gesamt inkl. mwst | brutto gesamt |
            gesamtbetrag inkl. ust | gesamtsumme brutto | summe eur | total eur | total chf | gutschriftbetrag |
            totalbetrag | gesamtrechnungsbetrag | bruttogesamtbetrag | gesamt eur | betrag inkl. mwst | gesamtbetrag
            eur | total inkl. ust | rechnungsgesamtbetrag | brutto-betrag | summe inkl. mehrwertsteuer |
            rechnungsbetrag inkl. mwst | gesamtbetrag inkl. mwst
        """,
        "fr": """
            total ttc | montant ttc | total | net ttc | total toutes taxes comprises | montant total ttc | total
            facture | total général | montant total | ttc | total t.t.c. | total (ttc) | montant de la facture | total
            tvac | total tva comprise | montant facture | total eur ttc | total général ttc | total à payer ttc |
            total avoir | prix total ttc | montant tvac | montant eur ttc | montant de l'avoir | total de la facture |
            t.t.c.
        """,
        "nl": """
            totaal | totaal incl btw | totaalbedrag | totaal inclusief btw | factuurbedrag | factuur totaal |
            factuurtotaal | eindtotaal | bedrag incl btw | inclusief btw | totaal factuur | bruto | totaal eur |
            totaalbedrag incl btw | totaal generaal | totaal incl. | eindbedrag | creditbedrag | te crediteren |
            bedrag inclusief btw | algemeen totaal | totaal bedrag | totaalbedrag inclusief btw | factuur totaal eur
        """,
        "es": """
            total | total factura | importe total | total euros | total con iva | total eur | importe factura | total
            general | total importe | monto total | total iva incluido | total (iva incl.) | importe total factura |
            total mxn | total líquido | valor total | total documento | total iva incl | total abono | total bruto
            factura | total comprobante | total del documento | total de la factura | gran total | importe total eur |
            total venta
        """,
        "pt": """
            total | total geral | valor total | total com iva | total da fatura | total documento | montante total |
            total (eur) | total eur | total do documento | total da nota | valor total da nota | total c/ iva | total
            fatura | valor do documento | valor total dos serviços | total iva incluído
        """,
        "it": """
            totale | totale fattura | totale documento | importo totale | totale ivato | totale complessivo | totale
            generale | totale iva inclusa | totale lordo | importo totale documento | totale eur | importo fattura |
            totale euro | tot. documento | totale con iva | tot. fattura | totale iva compresa | totale nota credito |
            totale documento eur | lordo
        """,
        "ca": "total | total factura | import total",
        "pl": """
            razem | suma | razem brutto | wartość brutto | kwota brutto | należność ogółem | ogółem | suma brutto |
            kwota należności ogółem | brutto | łącznie | razem do zapłaty | wartość brutto razem | suma pln | kwota
            należności | wartość faktury | ogółem brutto
        """,
        "cs": """
            celkem | celkem s dph | celková částka | celková cena s dph | cena celkem s dph | celkem vč dph | celkem
            včetně dph | částka celkem | cena s dph | součet | celkem kč | cena celkem | fakturováno celkem | celkem
            czk | celková cena | celková hodnota | celkem vč. dph
        """,
        "sk": """
            celkom | spolu | celkom s dph | spolu s dph | celková suma | suma celkom | celkom eur | suma s dph |
            fakturovaná suma | fakturovaná čiastka | celková čiastka | spolu eur
        """,
        "sv": """
            totalt | summa | total | totalsumma | totalbelopp | summa inkl moms | totalt inkl moms | summa sek |
            totalt sek | fakturabelopp | brutto | belopp inkl. moms | fakturasumma | total inkl. moms | summa att
            betala | belopp inkl moms
        """,
        "da": """
            i alt | total | ialt | total inkl moms | i alt inkl. moms | fakturabeløb | totalbeløb | total dkk | beløb
            i alt | samlet beløb | i alt dkk | total incl. moms | i alt kr | fakturatotal | sum inkl. moms | ialt dkk
            | brutto
        """,
        "no": """
            totalt | sum | total | totalsum | sum inkl mva | fakturabeløp | totalbeløp | beløp inkl. mva | total inkl.
            mva | sum totalt | totalt nok | sum nok | totalt inkl. mva | brutto | fakturatotal
        """,
        "fi": """
            yhteensä | summa | loppusumma | laskun summa | kokonaissumma | yhteensä eur | verollinen yhteensä | laskun
            loppusumma | verollinen | yht | brutto | yhteensä verollinen | summa eur | yhteensä sis. alv | verollinen
            hinta yhteensä | laskun loppusumma eur
        """,
        "hu": """
            összesen | végösszeg | bruttó összesen | mindösszesen | számla végösszege | bruttó | bruttó végösszeg |
            bruttó érték | bruttó összeg | számla összesen | összesen bruttó | végösszesen | bruttó összérték
        """,
        "ro": """
            total | total general | total cu tva | total factură | valoare totală | total de plată | suma totală |
            total lei | total ron | total inclusiv tva
        """,
        "hr": """
            ukupno | sveukupno | ukupan iznos | ukupno s pdv-om | ukupno eur | iznos računa | sveukupno eur | ukupno s
            pdv
        """,
        "sl": """
            skupaj | skupaj z ddv | vrednost skupaj | skupaj eur | znesek z ddv | skupni znesek | znesek računa
        """,
        "sr": "ukupno | ukupno sa pdv | укупно | укупно са пдв | ukupan iznos",
        "tr": "toplam | genel toplam | vergiler dahil toplam tutar | toplam tutar | kdv dahil toplam",
        "el": """
            σύνολο | γενικό σύνολο | τελικό σύνολο | συνολική αξία | συνολικό ποσό | σύνολο με φπα | τελική αξία |
            συνολο ευρω
        """,
        "bg": """
            общо | обща сума | всичко | обща стойност | общо с ддс | сума с ддс | крайна сума | сума за плащане
        """,
        "ru": "всего | итого с ндс | всего с ндс | общая сумма | итого к оплате | сумма",
        "uk": "усього | всього | всього з пдв | загальна сума | разом з пдв | сума",
        "et": "kokku | summa kokku | arve summa | kokku eur | kokku koos km-ga | arve kokku | summa",
        "lv": "kopā | summa kopā | kopsumma | kopā ar pvn | summa ar pvn | pavisam kopā | kopā eur",
        "lt": """
            iš viso | viso | bendra suma | suma su pvm | iš viso su pvm | bendra suma su pvm | iš viso eur | viso su
            pvm
        """,
        "id": "total | jumlah | total tagihan | total harga | grand total",
        "ms": "jumlah | jumlah besar | jumlah keseluruhan",
    },
    "to_pay": {
        "en": """
            amount due | balance due | amount payable | total payable | to pay | please pay | balance | due payable |
            amount to pay | total to pay | amount owing | outstanding | total amount due | net payable | outstanding
            balance | pay this amount | amount outstanding | payment due | total due | total outstanding | remaining
            balance | balance payable | total amount due on | net amount payable | current amount due | net due |
            remaining amount | amount to be paid | you pay | due | pay | residual | amt due | net amt | to be paid
        """,
        "de": """
            zu zahlen | zahlbetrag | zahlungsbetrag | offener betrag | zu zahlender betrag | noch zu zahlen | zu
            überweisen | restbetrag | zahllast | fälliger betrag | bitte überweisen | zu bezahlen | verbleibender
            betrag | überweisungsbetrag | rechnungsbetrag zu zahlen | offen | noch offen | restzahlung
        """,
        "fr": """
            net à payer | à payer | montant à payer | solde à payer | reste à payer | somme à payer | total à payer |
            montant dû | solde dû | reste dû | montant à régler | net a payer ttc | solde | net à payer en eur |
            montant net à payer | total à régler | à régler
        """,
        "nl": """
            te betalen | te voldoen | openstaand | openstaand bedrag | nog te betalen | te betalen bedrag | totaal te
            betalen | te voldoen bedrag | restant | saldo | totaal te voldoen
        """,
        "es": """
            total a pagar | a pagar | importe a pagar | líquido a percibir | pendiente de pago | total a abonar |
            importe pendiente | líquido a pagar | total a percibir | saldo pendiente | pendiente | importe debido |
            neto a pagar
        """,
        "pt": """
            total a pagar | valor a pagar | a pagar | montante a pagar | total a liquidar | valor em dívida | saldo |
            valor líquido a pagar | valor líquido da nota
        """,
        "it": """
            netto a pagare | totale da pagare | da pagare | importo da pagare | totale dovuto | importo dovuto |
            totale a pagare | saldo | residuo | netto da pagare | importo a pagare | residuo da pagare | totale a
            saldo | rimanenza
        """,
        "ca": "total a pagar | a pagar",
        "pl": """
            do zapłaty | pozostało do zapłaty | należność | kwota do zapłaty | razem do zapłaty | pozostaje do zapłaty
            | do zapłaty razem | pozostaje
        """,
        "cs": """
            k úhradě | celkem k úhradě | zbývá uhradit | k zaplacení | částka k úhradě | celkem k zaplacení | zbývá k
            úhradě | k úhradě celkem | k úhradě kč
        """,
        "sk": """
            na úhradu | k úhrade | celkom na úhradu | suma na úhradu | k úhrade celkom | zostáva uhradiť | celkom k
            úhrade
        """,
        "sv": """
            att betala | belopp att betala | summa att betala | att betala sek | att betala kr | totalt att betala
        """,
        "da": """
            at betale | til betaling | beløb til betaling | i alt til betaling | skyldigt beløb | restbeløb | betales
        """,
        "no": """
            å betale | til betaling | beløp å betale | sum å betale | å betale nok | beløp til betaling | skyldig
            beløp
        """,
        "fi": """
            maksettava | maksettavaa | maksettava yhteensä | yhteensä maksettava | maksettava summa | maksettavaa
            yhteensä
        """,
        "hu": """
            fizetendő | fizetendő összesen | fizetendő összeg | fizetendő végösszeg | összesen fizetendő | még
            fizetendő | bruttó fizetendő
        """,
        "ro": "total de plată | de plată | rest de plată | sold de plată | total plată | suma de plată",
        "hr": """
            za platiti | ukupno za platiti | iznos za plaćanje | za uplatu | ukupno za naplatu | preostalo za platiti
        """,
        "sl": "za plačilo | znesek za plačilo | skupaj za plačilo | ostane za plačilo | za plačilo eur",
        "sr": "za uplatu | ukupno za uplatu | за уплату | za plaćanje",
        "tr": "ödenecek tutar | ödenecek | ödenecek toplam",
        "el": "πληρωτέο ποσό | πληρωτέο | ποσό πληρωμής | υπόλοιπο | πληρωτέα αξία",
        "bg": "за плащане | сума за плащане | всичко за плащане | дължима сума",
        "ru": "к оплате | итого к оплате | всего к оплате",
        "uk": "до сплати | всього до сплати | до оплати",
        "et": "tasuda | maksta | kuulub tasumisele | tasumisele kuulub | kokku tasuda",
        "lv": "apmaksai | summa apmaksai | kopā apmaksai",
        "lt": "mokėti | mokėtina suma | suma apmokėjimui | apmokėti | viso mokėti | iš viso mokėti",
        "id": "total bayar | jumlah yang harus dibayar | sisa tagihan",
    },
    "prepaid": {
        "en": """
            prepaid | deposit | amount paid | paid | payments | less deposit | payment received | advance | already
            paid | less paid | paid to date | payment made | advance payment | payments received | total paid | less
            payments | down payment | prepayment
        """,
        "de": """
            anzahlung | bereits bezahlt | abzüglich anzahlung | geleistete zahlungen | vorauszahlung | bezahlt |
            bereits gezahlt | abschlag | abschlagszahlung | gezahlt | zahlungen | abzgl. anzahlung | erhaltene
            anzahlung
        """,
        "fr": """
            acompte | déjà réglé | acompte versé | montant réglé | payé | acomptes | déjà payé | règlement | acompte
            déduit | paiement reçu | versement
        """,
        "nl": """
            vooruitbetaald | aanbetaling | reeds betaald | betaald | voorschot | al betaald | reeds voldaan | vooruit
            betaald
        """,
        "es": "anticipo | pagado | entregas a cuenta | a cuenta | importe pagado | anticipos | señal",
        "pt": "adiantamento | pago | já pago | valor pago",
        "it": "acconto | già pagato | pagato | anticipo | acconti | importo pagato",
        "pl": "zapłacono | zaliczka | przedpłata | wpłacono | kwota zapłacona",
        "cs": "zaplaceno | záloha | uhrazeno | odečet záloh | zálohy | uhrazeno zálohou | zaplacené zálohy",
        "sk": "zaplatené | záloha | uhradené | preddavok | zaplatená záloha",
        "sv": "förskott | betalt | inbetalt | förskottsbetalning",
        "da": "betalt | forudbetalt | acontobetaling | aconto",
        "no": "betalt | forskudd | innbetalt",
        "fi": "ennakko | maksettu | ennakkomaksu | suoritettu",
        "hu": "előleg | befizetve | fizetve",
        "ro": "avans | achitat",
        "hr": "predujam | plaćeno | avans",
        "sl": "predplačilo | plačano | avans",
        "tr": "ödenen | avans",
        "et": "ettemaks | makstud",
        "lv": "avanss | samaksāts",
        "lt": "avansas | apmokėta",
    },
    "withheld": {
        "en": "withholding tax | withholding | tds | less withholding tax | wht",
        "de": "quellensteuer | einbehalt | steuerabzug",
        "fr": "retenue à la source | retenue de garantie",
        "es": """
            retención | irpf | retención irpf | retenciones | importe retención | total retenciones | i.r.p.f. | isr |
            retención isr | ret. irpf | iva retenido | isr retenido
        """,
        "pt": "retenção | irs | retenção na fonte | retenção irs | retenção de irs | irrf",
        "it": "ritenuta | ritenuta d'acconto | ritenuta acconto | ritenute | rit. d'acconto | rit. acconto",
        "ca": "retenció irpf | irpf",
        "hr": "porez po odbitku",
        "tr": "tevkifat | stopaj",
        "el": "παρακράτηση | παρακράτηση φόρου",
        "id": "pph | pph 23",
    },
}
